"""`change`: deep by id, what is not named stays; texts, lists, options and checks have rules of their own."""

from __future__ import annotations

import pytest

from builder.diagnostic import Place
from tests.builder.compose.layers import BASE_FILE, OVERLAY_FILE, base, codes, composed, sound


def test_several_properties_of_several_fields_change_and_the_rest_stays() -> None:
    document = sound(
        """
        change:
          fields:
            name: {help: 写营业执照上的名称, max: 30}
            touches: {max: 5, fields: {note: {label: 说明}}}
        """
    )
    name, touches = document.data["fields"]["name"], document.data["fields"]["touches"]
    assert name == {**base().data["fields"]["name"], "help": "写营业执照上的名称", "max": "30"}
    assert touches["max"] == "5"
    assert touches["fields"] == {"day": {"type": "date", "label": "日期"}, "note": {"type": "text", "label": "说明"}}


def test_neither_document_is_changed() -> None:
    before = base()
    sound("change: {fields: {name: {max: 30}}}")
    assert before.data == base().data


def test_a_definition_that_is_only_its_label_is_widened() -> None:
    document = sound(
        "change: {workflow: {states: {won: {edit: none}}}, fields: {source: {options: {offline: 线下活动}}}}"
    )
    assert document.data["workflow"]["states"]["won"] == {"label": "成交", "edit": "none"}
    assert document.data["fields"]["source"]["options"]["offline"] == {"label": "线下活动"}
    assert [layer.value for layer in document.layers(("workflow", "states", "won", "label"))] == ["成交"]


def test_a_text_in_one_language_replaces_that_language_only() -> None:
    document = sound("change: {fields: {name: {label: 企业名称}, platform: {label: {en: Ad platform}}}}")
    assert document.data["fields"]["name"]["label"] == {"zh": "企业名称", "en": "Name"}
    assert document.data["fields"]["platform"]["label"] == {"zh": "平台", "en": "Ad platform"}


def test_a_bare_text_is_in_the_workspaces_first_language() -> None:
    document = sound("change: {fields: {name: {label: Company, help: {zh: 全称}}}}", language="en")
    assert document.data["fields"]["name"]["label"] == {"zh": "名称", "en": "Company"}
    assert document.data["fields"]["name"]["help"] == {"en": "写全称", "zh": "全称"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{plus: [name, source]}", ["amount", "name", "source"]),
        ("{only: [name]}", ["name"]),
        ("{minus: [amount], plus: [source]}", ["source"]),
    ],
)
def test_a_list_of_names_says_how_it_changes(words: str, expected: list[str]) -> None:
    document = sound(f"change: {{workflow: {{transitions: {{win: {{requires: {words}}}}}}}}}")
    assert document.data["workflow"]["transitions"]["win"]["requires"] == expected


def test_a_list_that_was_not_there_begins_empty() -> None:
    document = sound(
        "change: {workflow: {transitions: {lose: {requires: {plus: [name]}}}}, checklist: {plus: [name, source]}}"
    )
    assert document.data["workflow"]["transitions"]["lose"]["requires"] == ["name"]
    assert document.data["checklist"] == ["name", "source"]


def test_all_may_be_narrowed_to_some_and_none_may_grow() -> None:
    document = sound("change: {workflow: {states: {new: {edit: {only: [name, amount]}}}}}")
    assert document.data["workflow"]["states"]["new"]["edit"] == ["name", "amount"]


def test_a_list_that_becomes_empty_is_gone_and_nothing_to_edit_is_none() -> None:
    document = sound(
        "change: {lists: {mine: {sort: {minus: [name]}}}, workflow: {states: {lost: {edit: {minus: [name, amount]}}}}}"
    )
    assert "sort" not in document.data["lists"]["mine"]
    assert document.data["workflow"]["states"]["lost"]["edit"] == "none"


def test_each_item_of_a_list_knows_who_said_it() -> None:
    document = sound("change: {workflow: {transitions: {win: {requires: {plus: [name]}}}}}")
    path = ("workflow", "transitions", "win", "requires")
    assert [document.layer((*path, i)) for i in range(2)] == ["", "east"]
    assert [document.place((*path, i)).file for i in range(2)] == [BASE_FILE, OVERLAY_FILE]


def test_vocabularies_grow() -> None:
    document = sound("change: {vocabularies: {vague: {plus: [电话]}, ways: {shop: {label: 专卖店}}}}")
    assert document.data["vocabularies"]["vague"] == ["网络", "展会", "电话"]
    assert document.data["vocabularies"]["ways"]["shop"] == {"label": "专卖店"}


def test_options_left_out_are_retired_so_that_the_bases_words_keep_their_meaning() -> None:
    document = sound("change: {fields: {source: {options: {only: [online], online: {label: 网上}}}}}")
    options = document.data["fields"]["source"]["options"]
    assert list(options) == ["online", "offline", "other"]
    assert options["online"] == {"label": "网上", "color": "blue"}
    assert options["offline"] == {"label": "线下", "retired": True}
    assert options["other"] == {"label": "其他", "retired": True}
    assert document.layer(("fields", "source", "options", "other", "retired")) == "east"


def test_checks_are_added_beside_the_bases() -> None:
    document = sound(
        """
        change:
          fields:
            platform:
              valid: {check: size(platform) < 9, say: 太长}
              refuse: {values: {only: [网站]}, say: 写明网站}
            name:
              valid: [{check: size(name) > 1, say: 短}, {check: size(name) < 99, say: 长}]
        """
    )
    fields = document.data["fields"]
    assert fields["platform"]["valid"] == [
        {"check": "size(platform) > 1", "say": "太短"},
        {"check": "size(platform) < 9", "say": "太长"},
    ]
    assert [check["say"] for check in fields["name"]["valid"]] == ["短", "长"]
    path = ("fields", "platform", "valid")
    assert [document.layer((*path, i, "check")) for i in range(2)] == ["", "east"]
    assert document.place((*path, 0, "check")).file == BASE_FILE
    assert document.place((*path, 1, "check")) == Place(OVERLAY_FILE, 7, 22)


def test_a_check_that_is_there_is_reworded() -> None:
    document = sound(
        """
        change:
          fields:
            platform:
              valid: {say: 至少两个字}
              refuse: {say: 写明具体平台}
        """
    )
    assert document.data["fields"]["platform"]["valid"] == {"check": "size(platform) > 1", "say": "至少两个字"}
    assert document.data["fields"]["platform"]["refuse"] == {"values": "vague", "say": "写明具体平台"}


def test_after_moves_a_field_and_is_gone() -> None:
    document = sound("change: {fields: {amount: {after: name}}}")
    assert list(document.data["fields"]) == ["name", "amount", "source", "platform", "touches", "closed"]
    assert "after" not in document.data["fields"]["amount"]


def test_rights_of_a_field_that_followed_the_record_can_be_named() -> None:
    document = sound("change: {access: {name: {read: {only: [owner]}}, amount: {read: {minus: [manager]}}}}")
    assert document.data["access"]["name"] == {"read": ["owner"]}
    assert document.data["access"]["amount"] == {"read": ["owner"]}


SEALED = [
    ("fields: {name: {type: integer}}", (3, 26)),
    ("fields: {platform: {visible: 'true'}}", (3, 30)),
    ("fields: {name: {visible: 'true'}}", (3, 26)),
    ("fields: {amount: {unit: 个}}", (3, 28)),
    ("fields: {touches: {fields: {day: {type: text}}}}", (3, 44)),
    ("fields: {source: {options: {online: {counts_as: other}}}}", (3, 47)),
    ("tags: {size: {options: {big: {when: amount > 99}}}}", (3, 40)),
    ("workflow: {transitions: {win: {to: lost}}}", (3, 41)),
]


@pytest.mark.parametrize(("words", "at"), SEALED)
def test_a_sealed_property_keeps_what_the_base_says(words: str, at: tuple[int, int]) -> None:
    document, findings = composed(f"change: {{{words}}}")
    assert codes(findings) == ["sealed"]
    assert findings[0].place == Place(OVERLAY_FILE, *at)
    assert findings[0].related[0].place.file == BASE_FILE
    assert "label" in str(findings[0].args["possible"])
    assert document.data == base().data


def test_a_lock_seals_for_later_layers() -> None:
    document, findings = composed("change: {fields: {source: {label: 渠道, help: 选一个}, closed: {help: 不用填}}}")
    assert codes(findings) == ["locked", "locked"]
    assert [finding.args["property"] for finding in findings] == ["fields.source.label", "fields.closed.help"]
    assert findings[0].related[0].place == base().place(("fields", "source", "lock"), "key")
    assert document.data["fields"]["source"]["help"] == "选一个"


REPEATS = [
    "fields: {name: {required: true}}",
    "fields: {name: {label: 名称}}",
    "fields: {name: {label: {zh: 名称}}}",
    "workflow: {states: {won: 成交}}",
    "workflow: {transitions: {win: {requires: {plus: [amount]}}}}",
    "workflow: {transitions: {win: {requires: {only: [amount]}}}}",
    "lists: {mine: {columns: {plus: [name]}}}",
    "fields: {platform: {valid: {check: size(platform) > 1}}}",
    'fields: {platform: {visible: source == "online"}}',
]


@pytest.mark.parametrize("verb", ["only", "minus"])
def test_synonyms_only_grow(verb: str) -> None:
    grown = sound("change: {fields: {source: {options: {online: {synonyms: {plus: [网上]}}}}}}")
    assert grown.data["fields"]["source"]["options"]["online"]["synonyms"] == ["网上"]
    words = f"change: {{fields: {{source: {{options: {{online: {{synonyms: {{{verb}: [网上]}}}}}}}}}}}}"
    _, findings = composed(words)
    assert codes(findings) == ["plus-only"]
    assert findings[0].place == Place(OVERLAY_FILE, 3, words.index(verb) + 1)


@pytest.mark.parametrize("words", REPEATS)
def test_what_repeats_the_base_is_said(words: str) -> None:
    document, findings = composed("change:\n  " + words)
    assert codes(findings) == ["repeats-base"]
    assert findings[0].args["version"] == "1.2.0"
    assert document.layers(("fields", "name", "required"))[0].name == ""


UNKNOWN = [
    ("fields: {nmae: {max: 3}}", "nmae", "name"),
    ("fields: {touches: {fields: {nots: {label: x}}}}", "nots", "note"),
    ("workflow: {states: {wonn: {label: x}}}", "wonn", "won"),
    ("workflow: {transitions: {win: {requires: {minus: [amuont]}}}}", "amuont", "amount"),
    ("fields: {source: {options: {only: [onlin]}}}", "onlin", "online"),
    ("access: {amuont: {read: {only: [owner]}}}", "amuont", "amount"),
    ("fields: {amount: {after: nmae}}", "nmae", "name"),
]


@pytest.mark.parametrize(("words", "name", "meant"), UNKNOWN)
def test_an_unknown_id_is_told_with_what_was_meant(words: str, name: str, meant: str) -> None:
    _, findings = composed(f"change: {{{words}}}")
    assert codes(findings) == ["unknown-id"]
    assert (findings[0].args["name"], findings[0].args["suggestion"]) == (name, meant)


def test_what_the_overlay_itself_adds_is_not_changed() -> None:
    _, findings = composed(
        """
        change: {fields: {code: {max: 3}}}
        add: {fields: {code: {type: text, label: 编号}}}
        """
    )
    assert codes(findings) == ["changes-its-own"]


def test_which_check_is_meant_must_be_clear() -> None:
    _, findings = composed("change: {fields: {name: {valid: {say: 太短}}}}")
    assert codes(findings) == ["which-check"]
