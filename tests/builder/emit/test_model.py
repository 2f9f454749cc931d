"""The model as data: what a version's name depends on, and what it does not."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from builder.emit.model import model, version_hash
from builder.model import Option, Template
from tests.builder.inline import compiled

BODY = """\
sections: {s: {title: 段, fields: [name, amount, kind]}}
workflow:
  states: {new: {label: {zh: 新, en: New}, initial: true}, done: {label: 完, final: true}}
  transitions: {go: {label: 走, from: new, to: done, by: [sales], when: amount > 1}}
access: {record: {create: [sales], read: [sales], write: [owner]}}
"""
FIELDS = """\
name: {type: text, label: 名称, required: true, default: 甲}
amount: {type: integer, label: 数量, visible: name == "x", min: 0}
kind: {type: choice, label: 类, lock: [options, label], options: {a: 甲, b: 乙}}
"""


def template(body: str = BODY, fields: str = FIELDS) -> Template:
    """A small template."""
    result = compiled(body, fields=fields)
    assert result.template is not None, result.diagnostics
    return result.template


def test_it_is_json_in_the_authors_order() -> None:
    data = model(template())
    assert json.loads(json.dumps(data)) == data
    assert list(data["fields"]) == ["name", "amount", "kind"]
    assert data["fields"]["kind"]["lock"] == ["label", "options"]
    assert data["states"]["done"] == {"id": "done", "label": {"zh": "完"}, "final": True}


def test_what_is_at_its_default_is_left_out_and_nothing_else() -> None:
    field = model(template())["fields"]["amount"]
    assert "readonly" not in field and "pattern" not in field
    assert field["min"] == 0  # a bound of 0 is a bound


def test_a_name_is_not_part_of_what_it_names() -> None:
    named = replace(template(), hash="x")
    assert version_hash(named) == version_hash(template())
    assert "hash" not in model(named)


def test_another_spelling_of_the_same_meaning_is_the_same_version() -> None:
    spelled = FIELDS.replace('name == "x"', "'(name) == \"x\"'").replace("label: 数量", '"label": "数量"')
    assert version_hash(template(fields=spelled)) == version_hash(template())


def test_whatever_changes_the_meaning_is_another_version() -> None:
    changes = [
        (BODY, FIELDS.replace('"x"', '"y"')),
        (BODY, FIELDS.replace("min: 0", "min: 1")),
        (BODY, FIELDS.replace("required: true", "required: amount > 1")),
        (BODY, FIELDS.replace("名称", "名字")),
        (BODY, FIELDS.replace("{a: 甲, b: 乙}", "{b: 乙, a: 甲}")),
        (BODY, "\n".join(reversed(FIELDS.splitlines()))),
        (BODY.replace("amount > 1", "amount > 2"), FIELDS),
        (BODY.replace("write: [owner]", "write: [sales]"), FIELDS),
    ]
    hashes = {version_hash(template(body, fields)) for body, fields in [(BODY, FIELDS), *changes]}
    assert len(hashes) == len(changes) + 1


def test_false_and_zero_are_not_the_same() -> None:
    def with_default(value: object) -> Template:
        whole = template()
        return replace(whole, fields={**whole.fields, "name": replace(whole.fields["name"], default=value)})

    assert len({version_hash(with_default(value)) for value in (None, False, 0, "", "0")}) == 5


def test_ids_stay_and_layers_of_the_base_are_left_out() -> None:
    option = Option(id="a", label={})
    assert "layer" not in json.dumps(model(replace(template(), fields={}, sections=())))
    assert model(template())["fields"]["kind"]["options"][0] == {"id": option.id, "label": {"zh": "甲"}}


def test_every_process_names_it_alike(root: Path) -> None:
    program = (
        "from tests.builder.emit.test_model import template\n"
        "from builder.emit.model import version_hash\n"
        "print(version_hash(template()))"
    )
    told = {
        subprocess.run([sys.executable, "-c", program], cwd=root, env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
                       capture_output=True, text=True, check=True).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {version_hash(template())}
