"""`add`: new definitions under the layer's own ids, placed where they belong."""

from __future__ import annotations

import pytest

from builder.compose import compose
from builder.diagnostic import Place
from tests.builder.compose.layers import BASE, BASE_FILE, OVERLAY_FILE, base, codes, composed, overlay, sound

SECTIONS = """
sections:
  what: {title: 什么, fields: [name, source, platform]}
  rest: {title: 其余, fields: [amount, touches, closed]}
"""


def test_additions_of_every_kind_are_stored_under_the_layers_ids() -> None:
    document = sound(
        """
        add:
          fields:
            code: {type: text, label: 编号}
            team: {type: choice, label: 小组, options: {a: 甲, b: 乙}}
            source: {options: {radio: {label: 电台, counts_as: offline}}}
            touches: {fields: {cost: {type: money, label: 费用}}}
          tags: {heat: {label: 热度, options: {hot: 热}}, size: {options: {huge: {label: 巨, counts_as: big}}}}
          workflow:
            states: {trial: {label: 试用, counts_as: new}}
            transitions: {try: {from: new, to: trial, by: [sales]}}
          access: {code: {read: [owner]}, name: {read: [owner]}}
          lists: {coded: {title: 编号, columns: [code]}}
          cases: {one: {given: {name: 甲}}}
          vocabularies: {east: [a, b], ways: {street: {label: 街头, counts_as: fair}}}
        """
    )
    data = document.data
    assert list(data["fields"])[-2:] == ["east__code", "east__team"]
    assert list(data["fields"]["east__team"]["options"]) == ["a", "b"]  # its own definition's own ids
    assert list(data["fields"]["source"]["options"]) == ["online", "offline", "other", "east__radio"]
    assert list(data["fields"]["touches"]["fields"]) == ["day", "note", "east__cost"]
    assert list(data["tags"]) == ["size", "east__heat"]
    assert list(data["tags"]["size"]["options"]) == ["big", "small", "east__huge"]
    assert list(data["workflow"]["states"]) == ["new", "won", "lost", "east__trial"]
    assert list(data["workflow"]["transitions"]) == ["win", "lose", "east__try"]
    assert list(data["access"]) == ["record", "amount", "east__code", "name"]
    assert list(data["lists"]) == ["mine", "east__coded"]
    assert list(data["cases"]) == ["east__one"]
    assert list(data["vocabularies"]) == ["vague", "ways", "east__east"]
    assert list(data["vocabularies"]["ways"]) == ["shop", "fair", "east__street"]


def test_names_inside_stay_as_written_and_are_read_in_the_layers_words() -> None:
    document = sound(
        """
        change: {workflow: {transitions: {win: {requires: {plus: [code]}}}}}
        add:
          fields:
            code: {type: text, label: 编号, visible: source == "radio", after: name}
            source: {options: {radio: {label: 电台, counts_as: offline}}}
        """
    )
    assert document.data["fields"]["east__code"] == {"type": "text", "label": "编号", "visible": 'source == "radio"'}
    assert document.layer(("fields", "east__code", "visible")) == "east"
    assert document.layer(("fields", "platform", "visible")) == ""
    requires = ("workflow", "transitions", "win", "requires")
    assert [(document.data["workflow"]["transitions"]["win"]["requires"][i], document.layer((*requires, i)))
            for i in range(2)] == [("amount", ""), ("code", "east")]  # fmt: skip


def test_an_added_place_is_the_overlays() -> None:
    document = sound("add:\n  fields:\n    code: {type: text, label: 编号}")
    assert document.place(("fields", "east__code"), "key") == Place(OVERLAY_FILE, 5, 5)
    assert document.place(("fields", "east__code", "label")) == Place(OVERLAY_FILE, 5, 31)
    assert document.place(("fields", "name", "type")).file == BASE_FILE


def test_after_places_several_in_written_order_also_behind_each_other() -> None:
    document = sound(
        """
        add:
          fields:
            d: {type: text, label: d, after: b}
            a: {type: text, label: a, after: name}
            b: {type: text, label: b, after: name}
            c: {type: text, label: c}
            touches: {fields: {cost: {type: money, label: 费用, after: day}}}
        """
    )
    fields = ["name", "east__a", "east__b", "east__d", "source", "platform", "amount", "touches", "closed", "east__c"]
    assert list(document.data["fields"]) == fields
    assert list(document.data["fields"]["touches"]["fields"]) == ["day", "east__cost", "note"]


def test_each_added_field_joins_the_section_of_the_field_before_it() -> None:
    added = """
        add:
          fields:
            code: {type: text, label: 编号, after: name}
            more: {type: text, label: 更多, after: code}
            last: {type: text, label: 最后}
        """
    document, findings = compose(base(BASE + SECTIONS), overlay(added), language="zh")
    assert findings == []
    sections = document.data["sections"]
    assert sections["what"]["fields"] == ["name", "east__code", "east__more", "source", "platform"]
    assert sections["rest"]["fields"] == ["amount", "touches", "closed", "east__last"]
    path = ("sections", "what", "fields")
    assert [document.layer((*path, i)) for i in range(5)] == ["", "east", "east", "", ""]
    assert document.place((*path, 1)).file == OVERLAY_FILE
    assert document.place((*path, 3)) == base(BASE + SECTIONS).place((*path, 1))


def test_an_added_field_that_the_overlay_puts_somewhere_stays_there() -> None:
    added = """
        change: {sections: {what: {fields: {plus: [code]}}}}
        add:
          fields:
            code: {type: text, label: 编号}
            own: {type: text, label: 自己}
            third: {type: text, label: 三, section: what}
          sections: {mine: {title: 本部门, fields: [own]}}
        """
    document, findings = compose(base(BASE + SECTIONS), overlay(added), language="zh")
    assert findings == []
    assert document.data["sections"]["what"]["fields"] == ["name", "source", "platform", "code"]
    assert document.data["sections"]["east__mine"]["fields"] == ["own"]
    assert document.data["sections"]["rest"]["fields"] == ["amount", "touches", "closed"]
    assert document.data["fields"]["east__third"]["section"] == "what"


EXISTING = [
    "fields: {name: {type: text, label: 名称}}",
    "fields: {name: {help: 写全称, max: 3}}",
    "workflow: {states: {won: {label: 成交}}}",
    "workflow: {states: {won: 成交}}",
    "access: {amount: {write: [owner]}}",
    "fields: {source: {options: {online: {label: 网上}}}}",
]


@pytest.mark.parametrize("words", EXISTING)
def test_what_exists_is_not_added_again(words: str) -> None:
    document, findings = composed(f"add: {{{words}}}")
    assert codes(findings) == ["add-existing"]
    assert findings[0].related[0].place.file == BASE_FILE
    assert document.data == base().data


def test_nothing_is_added_under_a_lock() -> None:
    text = BASE.replace("lock: [label]", "lock: [options]")
    added = "add: {fields: {source: {options: {tv: {label: 电视, counts_as: other}}}}}"
    document, findings = compose(base(text), overlay(added), language="zh")
    assert codes(findings) == ["locked"]
    assert list(document.data["fields"]["source"]["options"]) == ["online", "offline", "other"]


@pytest.mark.parametrize(
    ("words", "name", "meant"),
    [
        ("fields: {code: {type: text, label: 编号, after: nmae}}", "nmae", "name"),
        ("access: {amuont: {read: [owner]}}", "amuont", "amount"),
    ],
)
def test_an_unknown_id_is_told_with_what_was_meant(words: str, name: str, meant: str) -> None:
    _, findings = composed(f"add: {{{words}}}")
    assert codes(findings) == ["unknown-id"]
    assert (findings[0].args["name"], findings[0].args["suggestion"]) == (name, meant)


def test_two_fields_after_each_other_are_both_told_and_kept() -> None:
    document, findings = composed(
        "add: {fields: {a: {type: text, label: a, after: b}, b: {type: text, label: b, after: a}}}"
    )
    assert codes(findings) == ["unknown-id", "unknown-id"]
    assert list(document.data["fields"])[-2:] == ["east__a", "east__b"]


def test_an_added_definition_is_a_whole_one() -> None:
    document, findings = composed("add: {fields: {code: {label: 编号}}, lists: {l: {columns: [name]}}}")
    assert [(finding.code, finding.place.line) for finding in findings] == [("missing-key", 3), ("missing-key", 3)]
    assert document.kind == "template"


def test_a_base_field_may_move_to_another_section() -> None:
    changed = "change: {fields: {amount: {section: what}}}"
    document, findings = compose(base(BASE + SECTIONS), overlay(changed), language="zh")
    assert findings == []
    assert document.data["sections"]["rest"]["fields"] == ["touches", "closed"]
    assert document.data["fields"]["amount"]["section"] == "what"


def test_an_added_field_follows_a_neighbour_that_names_its_section_itself() -> None:
    text = BASE.replace("touches:\n    type: rows", "touches:\n    section: rest\n    type: rows")
    text += SECTIONS.replace("touches, ", "")
    added = "add: {fields: {code: {type: text, label: 编号, after: touches}}}"
    document, findings = compose(base(text), overlay(added), language="zh")
    assert findings == []
    assert document.data["fields"]["east__code"]["section"] == "rest"
