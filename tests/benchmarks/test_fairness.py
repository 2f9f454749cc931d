"""The yardstick is the one that was given, and the definitions measured against it ask for the same."""

from __future__ import annotations

import ast
import hashlib
import re

import yaml

from benchmarks.survey import survey
from benchmarks.wide import wide
from tests.house.source import ROOT

BENCHMARKS = ROOT / "benchmarks"
RENAMED = {"department": "dept", "owner": "owner_name"}  # words of the language


def rival_fields() -> dict[str, ast.Call]:
    """Field → its constructor in the rival's form class, in order."""
    tree = ast.parse((BENCHMARKS / "rival" / "app.py").read_text("utf-8"))
    (form,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "LeadForm"]
    return {node.targets[0].id: node.value for node in form.body if isinstance(node, ast.Assign)}


def lead() -> dict:
    """Our definition of the same form."""
    return yaml.safe_load((BENCHMARKS / "lead.yaml").read_text("utf-8"))


def test_the_rival_is_unchanged() -> None:
    digest = hashlib.sha256((BENCHMARKS / "rival" / "app.py").read_bytes()).hexdigest()
    assert digest == "dd069ad4319405d95fefb4c56fce77e276a0b7a0a5bbf7fb8275929e1f37d4ca"


def test_lead_has_the_rivals_thirty_fields_in_order() -> None:
    wanted = [RENAMED.get(name, name) for name in rival_fields()]
    assert list(lead()["fields"]) == wanted and len(wanted) == 30


def test_lead_asks_for_what_the_rival_asks_for() -> None:
    theirs = {RENAMED.get(name, name) for name, call in rival_fields().items() if "InputRequired" in ast.unparse(call)}
    ours = {name for name, field in lead()["fields"].items() if field.get("required") is True}
    assert ours == theirs
    longest = {
        RENAMED.get(name, name): int(found[1])
        for name, call in rival_fields().items()
        if (found := re.search(r"Length\([^)]*max=(\d+)\)", ast.unparse(call)))
    }
    assert {name: field["max"] for name, field in lead()["fields"].items() if name in longest} == longest


def test_lead_moves_as_the_rival_does() -> None:
    tree = ast.parse((BENCHMARKS / "rival" / "app.py").read_text("utf-8"))
    (flow,) = [node for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FLOW"]
    steps = zip(flow.value.keys, flow.value.values, strict=True)
    theirs = {(*ast.literal_eval(key), ast.literal_eval(value.elts[0])) for key, value in steps}
    assert {(name, way["from"], way["to"]) for name, way in lead()["workflow"]["transitions"].items()} == theirs


def test_wide_is_what_its_script_writes() -> None:
    text = (BENCHMARKS / "wide.yaml").read_text("utf-8")
    assert text == wide()
    fields = yaml.load(text, yaml.CSafeLoader)["fields"]
    conditions = [
        key for field in fields.values() for key in ("visible", "required") if isinstance(field.get(key), str)
    ]
    assert len(fields) == 1000 and len(conditions) == 200


def test_the_survey_is_as_large_and_as_tangled_as_it_is_said_to_be() -> None:
    fields = list(yaml.load(survey(600), yaml.CSafeLoader)["fields"].values())
    conditions = [key for field in fields for key in ("visible", "required") if isinstance(field.get(key), str)]
    checked, computed = (sum(key in field for field in fields) for key in ("valid", "compute"))
    assert (len(fields), len(conditions), checked, computed) == (600, 420, 90, 40)
