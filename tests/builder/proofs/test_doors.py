"""Doors: whatever is asked, set and defaulted there must make a whole record; answers show where it does not."""

from __future__ import annotations

import pytest

from tests.builder.inline import codes, compiled

FIELDS = """\
name: {type: text, label: 名称, required: true}
source: {type: choice, label: 来源, required: true, options: {online: 线上, offline: 线下}}
platform: {type: text, label: 平台, visible: source == "online", required: true}
event: {type: text, label: 活动, visible: source == "offline", required: true}
phone: {type: phone, label: 电话, required: not given(email)}
email: {type: email, label: 邮箱, required: not given(phone)}
day: {type: date, label: 日期, required: true, default: =today()}
"""


def lacking(entry: str) -> list[tuple[object, object]]:
    """The fields that a door lacks, with the answers that show it."""
    found = compiled(f"entries: {{door: {{title: 门, {entry}}}}}\n", fields=FIELDS).diagnostics
    assert {d.code for d in found} <= {"entry-lacks-required"}
    return [(d.args["field"], d.witness) for d in found]


@pytest.mark.parametrize(
    ("entry", "lacks"),
    [
        ("fields: [name, source, platform, event, phone, email]", []),
        ("fields: [name, phone], set: {source: online, platform: 官网}", []),  # the other one is never required then
        ("fields: [name, email], set: {source: offline, event: 展会}", []),
        ("fields: [name, source, phone], set: {platform: 官网, event: 展会}", []),
        ("fields: [name], set: {source: online, platform: 官网}", [("phone, email", None)]),
        ("fields: [phone], set: {source: online, platform: 官网}", [("name", None)]),
        ("fields: [name, source, phone, event]", [("platform", {"source": "online"})]),
        ("fields: [name, phone], set: {source: offline}", [("event", {"source": "offline"})]),
        ("fields: [name, phone], set: {source: offline}, public: true, ask_link: [event]", []),
        ("fields: [name, phone], set: {source: offline}, public: true, capture: {event: e}",
         [("event", {"source": "offline"})]),
        ("fields: [name, phone], set: {source: online, platform: 官网}, public: true, capture: {platform: p}", []),
    ],
)  # fmt: skip
def test_what_a_door_lacks(entry: str, lacks: list[tuple[object, object]]) -> None:
    assert lacking(entry) == lacks


def test_a_default_that_nobody_can_change_decides() -> None:
    fields = """\
    kind: {type: choice, label: 类, default: a, options: {a: 甲, b: 乙}}
    why: {type: text, label: 因, visible: kind == "b", required: true}
    note: {type: text, label: 注}
    """
    assert codes(compiled("entries: {door: {title: 门, fields: [note]}}\n", fields=fields)) == []
    assert codes(compiled("entries: {door: {title: 门, fields: [kind]}}\n", fields=fields)) == [
        ("entry-lacks-required", 1)
    ]


def test_the_state_that_records_begin_in_decides() -> None:
    fields = """\
    why: {type: text, label: 因, visible: state == "hot", required: true}
    note: {type: text, label: 注}
    """
    states = "workflow: {states: {new: {label: 新, initial: true}, hot: {label: 热, initial: true, final: true}}, "
    states += "transitions: {heat: {label: 升, from: new, to: hot, by: [sales]}}}\n"
    entry = "entries: {door: {title: 门, fields: [note]%s}}\n"
    assert codes(compiled(states + entry % "", fields=fields)) == []
    assert codes(compiled(states + entry % ", set: {state: hot}", fields=fields)) == [("entry-lacks-required", 2)]


BASE = """\
fields: {name: {type: text, label: 名称, required: true}}
entries: {door: {title: 门, public: true, fields: [name]}}
"""


def test_a_department_may_reword_a_door_and_have_its_own() -> None:
    overlay = """\
    change: {entries: {door: {title: 华西之门, thanks: 谢谢, pages: one}}}
    add: {entries: {own: {title: 自己的门, public: true, fields: [name]}}}
    """
    found = compiled(BASE, overlay=overlay)
    assert found.diagnostics == () and found.template is not None
    entries = found.template.entries
    assert list(entries) == ["door", "west__own"]
    assert (entries["door"].title["zh"], entries["door"].pages, entries["west__own"].layer) == (
        "华西之门",
        "one",
        "west",
    )


def test_a_department_does_not_open_a_door_of_the_company_to_everybody() -> None:
    base = BASE.replace("public: true, ", "")
    (found,) = compiled(base, overlay="change: {entries: {door: {public: true}}}\n").diagnostics
    assert (found.code, found.place.file) == ("sealed", "west/sheet.yaml")


def test_who_adds_a_required_field_looks_after_the_doors_that_were_there() -> None:
    add = "add: {fields: {code: {type: text, label: 编码, required: true}}}\n"
    (found,) = compiled(BASE, overlay=add).diagnostics
    assert (found.code, found.place.file, found.args["field"]) == (
        "entry-lacks-required",
        "west/sheet.yaml",
        "code",
    )
    assert compiled(BASE, overlay=add + "change: {entries: {door: {fields: {plus: [code]}}}}\n").diagnostics == ()


def test_a_door_is_its_own_entry_and_keeps_to_bounds() -> None:
    fields = """\
    n: {type: integer, label: 数, max: 5}
    web_only: {type: text, label: 网, required: entry == "web"}
    others: {type: text, label: 他, required: entry != "web"}
    many: {type: text, label: 多, required: n > 3}
    """
    web, desk = "web: {title: 网, fields: [n, web_only, many]}", "desk: {title: 台, fields: [n, others, many]}"
    assert codes(compiled(f"entries: {{{web}, {desk}}}\n", fields=fields)) == []
    assert codes(compiled("entries: {web: {title: 网, fields: [n, others, many]}}\n", fields=fields)) == [
        ("entry-lacks-required", 1)
    ]


def test_who_asks_what_cannot_show_there_is_told_once() -> None:
    fields = """\
    kind: {type: choice, label: 类, options: {a: 甲, b: 乙}}
    more: {type: text, label: 详, visible: kind == "a"}
    dead: {type: text, label: 死, visible: kind == "a" and kind == "b"}
    """
    doors = "entries:\n  one: {title: 一, fields: [more, dead]}\n  two: {title: 二, fields: [kind, more]}\n"
    assert codes(compiled(doors, fields=fields)) == [("entry-never-asks", 2), ("never-shows", 7)]
