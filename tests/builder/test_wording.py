"""Findings in the author's words: ids as he wrote them, answers by their labels."""

from __future__ import annotations

from builder.language import catalogue
from renderer.shell.findings import answers, as_json
from tests.builder.inline import compiled

BASE = """\
kind:
  type: choice
  label: {zh: 种类, en: Kind}
  required: true
  options: {a: {label: {zh: 甲, en: First}}, b: 乙}
"""


def test_a_witness_is_told_by_labels() -> None:
    body = """\
        tags:
          level:
            label: 级
            options: {one: {label: 一, when: kind == "a"}, two: {label: 二, when: kind == "a" and urgent}}
        """
    (found,) = compiled(body, fields=BASE + "urgent: {type: boolean, label: 急}\n").diagnostics
    assert found.code == "tag-shadowed"
    assert answers(found, "zh") == "种类 (kind) = 甲 (a), 急 (urgent) = true"
    assert answers(found, "en") == "Kind (kind) = First (a), 急 (urgent) = true"
    assert as_json(found, "en")["witness"] == {"kind": "a", "urgent": True}


def test_money_and_states_in_a_witness() -> None:
    found = compiled("""\
        fields: {amount: {type: money, label: 金额, required: true}}
        workflow:
          states: {new: {label: 新, initial: true}, low: {label: 低, final: true}, high: {label: 高, final: true}}
          transitions:
            a: {label: 批, action: ok, from: new, to: low, by: [sales], when: amount < 5万}
            b: {label: 批, action: ok, from: new, to: high, by: [sales], when: amount > 5万}
        """).diagnostics
    assert [answers(each, "zh") for each in found] == ["金额 (amount) = 50000"]


def test_an_id_is_shown_as_its_layer_wrote_it() -> None:
    overlay = """\
        add:
          fields:
            extra: {type: integer, label: 另, max: 5}
            shown: {type: text, label: 显, visible: extra > 5}
            wrong: {type: text, label: 错, visible: extar > 5}
        """
    found = compiled("", fields=BASE, overlay=overlay).diagnostics
    assert [(d.code, d.args.get("suggestion")) for d in found] == [("unknown-name", "extra")]
    found = compiled("", fields=BASE, overlay=overlay.replace("extar > 5", "extra > 3")).diagnostics
    (never,) = found
    assert (never.code, never.args["id"]) == ("never-shows", "shown")
    assert "extra" in catalogue.describe(never, "zh").related[0] and "west__" not in str(found)
