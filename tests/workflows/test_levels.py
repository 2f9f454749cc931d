"""Choices of several levels, and options with a condition: language.md, OPTION; the forms C3 asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.model import Template
from tests.builder.inline import codes
from tests.builder.inline import compiled as inline
from tests.workflows.world import record, situation, template
from workflows.evaluate import evaluate
from workflows.life.project import project
from workflows.sight import options_of

FORM = """
fields:
  region:
    type: choice
    label: 地区
    options:
      js:
        label: 江苏省
        synonyms: [江苏]
        options: {sz: {label: 苏州市, synonyms: [苏州]}, nj: 南京市}
      zj: {label: 浙江省, synonyms: [浙江], options: {hz: {label: 杭州市, options: {xh: 西湖区}}, ct: 城区}}
      sh: {label: 上海市, options: {shc: 上海市}}
      hk: 香港
      old: {label: 旧省, retired: true, options: {gone: 旧市}}
      void: {label: 空省, options: {ended: {label: 撤销, retired: true}}}
  east: {type: text, label: 华东, visible: region == "js", required: true}
  inland: {type: text, label: 内地, visible: 'region in ["js", "zj"]'}
  text: {type: text, label: 全称, compute: 'join("/", region)'}
  kind: {type: choice, label: 类, options: {a: 甲, b: {label: 乙, visible: size > 3, options: {b1: 乙一}}, c: 丙}}
  size: {type: integer, label: 数}
  kinds: {type: choices, label: 多, options: {a: 甲, b: {label: 乙, visible: size > 3}}}
  rows:
    type: rows
    label: 表
    fields:
      n: {type: integer, label: 数}
      k: {type: choice, label: 类, options: {x: 叉, y: {label: 歪, visible: n > 1}}}
"""
T = template(FORM)


def region(sent: str, form: Template = T) -> object:
    """The id that is read, or the code of the fault."""
    found = evaluate(form, {"region": sent}, situation())
    return found.faults["region"][0].code if "region" in found.faults else found.values["region"]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("sz", "sz"),
        ("苏州市", "sz"),
        ("苏州", "sz"),
        ("江苏省-苏州市", "sz"),
        ("江苏省苏州市", "sz"),
        ("江苏-苏州", "sz"),
        ("江苏 苏州", "sz"),
        ("江苏省／南京市", "nj"),
        ("浙江-杭州市-西湖区", "xh"),
        ("浙江-城区", "ct"),
        ("香港", "hk"),
        ("上海市", "shc"),  # the label of both levels means what can be chosen
        ("上海市-上海市", "shc"),
        ("void", "void"),  # nothing under it is left to choose
        ("江苏省", "choose-further"),
        ("js", "choose-further"),
        ("浙江-杭州市", "choose-further"),
        ("江苏-杭州市", "not-option"),
        ("江苏省苏", "not-option"),
        ("旧市", "retired-option"),  # what stands under a retired option is retired with it
        ("old", "retired-option"),
        ("北京", "not-option"),
    ],
)
def test_an_answer_is_an_id_a_label_a_synonym_or_a_path(sent: str, meant: str) -> None:
    assert region(sent) == meant


def test_a_child_counts_as_its_parent() -> None:
    found = evaluate(T, {"region": "sz", "east": "x"}, situation())
    assert {"east", "inland"} <= found.visible and not found.faults
    found = evaluate(T, {"region": "xh"}, situation())
    assert "east" not in found.visible and "inland" in found.visible
    assert options_of(T, "region").above("xh") == ("hz", "zj")


def test_the_path_is_what_is_written() -> None:
    assert evaluate(T, {"region": "sz"}, situation()).values["text"] == "江苏省-苏州市"
    assert T.fields["region"].spoken("xh", "zh") == "浙江省-杭州市-西湖区"


def test_depth_cuts_the_levels_that_are_asked() -> None:
    cut = template(FORM.replace("    label: 地区\n", "    label: 地区\n    depth: 2\n", 1))
    assert region("浙江-杭州市", cut) == "hz" and region("xh", cut) == "not-option"


def test_an_option_is_offered_only_while_its_condition_holds() -> None:
    few, many = ({"kind": "b1", "size": str(n), "kinds": ["a", "b"]} for n in (3, 4))
    refused = evaluate(T, few, situation())
    assert [fault.code for name in ("kind", "kinds") for fault in refused.faults[name]] == ["not-option-now"] * 2
    assert refused.shut["kind"] == {"b", "b1"} and refused.shut["kinds"] == {"b"}
    taken = evaluate(T, many, situation())
    assert not taken.faults and not taken.shut["kind"]
    kept = evaluate(T, {"size": "2"}, situation(), record=record(T, taken.stored))
    assert kept.faults.keys() == {"kind", "kinds"} and kept.values["kind"] == "b1"


def test_in_rows_each_row_decides_for_itself() -> None:
    found = evaluate(T, {"rows": [{"n": "1", "k": "y"}, {"n": "2", "k": "y"}]}, situation())
    assert found.faults.keys() == {"rows.0.k"}
    assert found.shut["rows.0.k"] == {"y"} and found.shut["rows.1.k"] == frozenset()


SENT = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["苏州", "江苏省", "xh", "香港", "旧市", "?"]),
        "kind": st.sampled_from(["a", "b", "b1", "c"]),
        "kinds": st.lists(st.sampled_from(["a", "b"])),
        "size": st.integers(0, 6).map(str),
    },
)


@given(SENT)
def test_judging_what_was_judged_changes_nothing(sent: dict[str, object]) -> None:
    once = evaluate(T, sent, situation())
    again = evaluate(T, {}, situation(), record=record(T, once.stored))
    assert (again.stored, again.values, again.visible, again.shut) == (
        once.stored,
        once.values,
        once.visible,
        once.shut,
    )


OVERLAY = """
overlay: marketing
extends: t@1.0.0
change:
  fields:
    region:
      options:
        only: [js, hk]
        js: {label: 苏, options: {nj: {label: 金陵}, only: [nj]}}
add:
  fields:
    region:
      options:
        js: {options: {wx: 无锡市}}
        hk: {options: {kl: 九龙}}
        macau: {label: 澳门, counts_as: hk, options: {mi: 澳门半岛}}
"""


def test_a_department_adds_and_narrows_on_every_level() -> None:
    clone = template(FORM, OVERLAY)
    assert region("无锡市", clone) == "marketing__wx" and region("wx", clone) == "marketing__wx"
    assert region("金陵", clone) == "nj" and region("九龙", clone) == "marketing__kl"
    assert region("sz", clone) == region("西湖区", clone) == "retired-option"
    assert region("hk", clone) == "choose-further"
    found = evaluate(clone, {"region": "wx", "east": "x"}, situation())
    assert "east" in found.visible and found.values["text"] == "江苏省-无锡市"  # the base's own words


@pytest.mark.parametrize(
    ("own", "theirs"), [("nj", "nj"), ("marketing__wx", "js"), ("marketing__kl", "hk"), ("marketing__mi", "hk")]
)
def test_a_clones_answer_is_in_the_base_what_it_counts_as_or_stands_under(own: str, theirs: str) -> None:
    clone = template(FORM, OVERLAY)
    data = project(clone, T, {"region": own, "east": "x"})
    assert data["region"] == theirs
    assert not evaluate(T, {}, situation(), record=record(T, data)).faults


FINDINGS = [
    ("options: {a: {label: 甲, options: {c: 丙, A: 又}}}", "option-twice"),
    ("options: {a: {label: 甲, options: {c: 丙}}, c: 乙}", "option-twice"),
    ("options: {a: {label: 甲, options: {c: 丙}}}, default: a", "default-has-levels"),
    ("options: {a: {label: 甲, retired: true, options: {c: 丙}}}, default: c", "default-retired"),
    ("options: {a: {label: 甲, options: {c: {label: 丙, counts_as: d}}}}", "unknown-option"),
    ("options: {a: 甲}, visible: f == '甲'", "label-not-id"),
    ("options: {a: {label: 甲, options: {c: 丙}}}, visible: f == '丙'", "label-not-id"),
    ("options: {a: {label: 甲, options: {c: 丙}}}, visible: f == '甲-丙'", "label-not-id"),
    ("options: {a: {label: 甲, visible: nothing > 1}}", "unknown-name"),
    ("options: {a: {label: 甲, visible: 1 + 1}}", "not-a-condition"),
]


@pytest.mark.parametrize(("words", "code"), FINDINGS)
def test_mistakes_on_any_level_are_found(words: str, code: str) -> None:
    found = inline("", fields=f"f: {{type: choice, label: 选, {words}}}")
    assert code in {name for name, _ in codes(found)} - {"cycle"}, found.diagnostics


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("add: {fields: {f: {options: {a: {options: {c: 丙}}}}}}", ""),
        ("add: {fields: {f: {options: {new: {label: 新, options: {c: 丙}}}}}}", "counts-as-missing"),
        ("change: {fields: {f: {options: {b: {visible: true}}}}}", "sealed"),
        ("change: {fields: {f: {options: {b: {options: {d: {retired: false}}}}}}}", "wider-retired"),
        ("change: {fields: {f: {options: {b: {options: {x: {label: 无}}}}}}}", "unknown-id"),
    ],
)
def test_what_a_layer_may_do_with_levels(words: str, code: str) -> None:
    options = "{a: 甲, b: {label: 乙, options: {d: {label: 丁, retired: true}, e: 戊}}}"
    found = inline("", fields=f"f: {{type: choice, label: 选, options: {options}}}", overlay=words)
    assert [d.code for d in found.diagnostics] == ([code] if code else []), found.diagnostics
