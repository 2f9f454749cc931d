"""Order independence: a template with its fields, tags, checks and conditions in any order behaves the same.

Order is what people see, and what a list's first option or an exclusive group's first tag means; never what is so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from builder.compile import Compiled, compile_sources
from builder.expressions.parser import parse
from builder.expressions.syntax import Syntax, unparse
from builder.language import Source
from builder.model import Template
from tests.laws import answers as typed
from tests.laws import definitions
from tests.laws.test_clone_comparable import COMPANY, NOW, Data, answer, bases, yaml
from tests.workflows.test_laws import answers
from workflows.evaluate import Evaluation, evaluate
from workflows.record import Record

CONDITIONS = ("visible", "required", "check", "when", "compute")
UNORDERED = ("fields", "tags", "transitions")  # maps whose order is for the eye


def shuffled(data: object, chance: Random, key: str = "") -> object:
    """A definition with everything in another order that need not be in this one."""
    if isinstance(data, Mapping):
        items = [(name, shuffled(value, chance, name)) for name, value in data.items()]
        if key in UNORDERED:
            chance.shuffle(items)
        return dict(items)
    if isinstance(data, list):
        items = [shuffled(item, chance) for item in data]
        return chance.sample(items, len(items)) if key == "valid" else items
    return turned(data, chance) if key in CONDITIONS and isinstance(data, str) else data


def turned(text: str, chance: Random) -> str:
    """A formula with the operands of `and`, `or`, `==`, `+`, `*` in any order."""
    tree, findings = parse(text)
    assert tree is not None and not findings
    return unparse(_turned(tree, chance))


def _turned(tree: Syntax, chance: Random) -> Syntax:
    args = [_turned(arg, chance) for arg in tree.args]
    if tree.kind in ("and", "or", "==", "!=", "+", "*"):
        chance.shuffle(args)
    return replace(tree, args=tuple(args))


def compiled(data: object) -> Compiled:
    sources = [Source("formwright.yaml", COMPANY, "workspace"), Source("sheet.yaml", yaml(data), "template")]  # type: ignore[arg-type]  # a map
    return compile_sources(sources)


def outcome(found: Evaluation) -> tuple[object, ...]:
    """What an evaluation says, without the order in which it says it."""
    faults = {name: sorted(map(repr, faults)) for name, faults in found.faults.items()}
    tags = {group: dict(given) for group, given in found.tags.items()}
    return (dict(found.values), dict(found.stored), found.visible, found.required, faults, tags, found.completeness,
            found.state)  # fmt: skip


def kept(template: Template, data: Mapping[str, object], state: str) -> Record:
    times = dict.fromkeys(("created", "updated", "entered"), NOW.now)
    return Record(id="r", template=template.id, version=template.hash, department="east", state=state, rev=1,
                  owner="u1", creator="u1", data=dict(data), **times)  # fmt: skip


def check_same(one: Template, other: Template, given_: Data, then: Data) -> None:
    """Both give the same at creation, and when answers are laid over what was stored."""
    first, second = evaluate(one, given_, NOW), evaluate(other, given_, NOW)
    assert outcome(first) == outcome(second)
    stored = [kept(template, found.stored, found.state) for template, found in ((one, first), (other, second))]
    later = [evaluate(t, then, NOW, record=record) for t, record in zip((one, other), stored, strict=True)]
    assert outcome(later[0]) == outcome(later[1])


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_a_template_in_any_order_behaves_the_same(data: st.DataObject) -> None:
    base = data.draw(bases())
    chance = Random(data.draw(st.integers(0, 2**32)))
    one, other = compiled(base), compiled(shuffled(base, chance))
    assert sorted(d.code for d in one.diagnostics) == sorted(d.code for d in other.diagnostics)
    assume(one.template is not None)
    assert one.template is not None and other.template is not None
    for _ in range(6):
        given_, then = ({name: answer(field, chance) for name, field in one.template.fields.items()} for _ in range(2))
        check_same(one.template, other.template, given_, then)
    check_same(one.template, other.template, data.draw(answers(one.template.fields)), {})


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
def test_any_definition_in_any_order_behaves_the_same(seed: int) -> None:
    """The whole language of forms; which claims are undecided when proofs are cut short is not asked."""
    chance, one = Random(seed), definitions.drawn(seed)
    other = definitions.compiled(shuffled(json.loads(one.sources[1].text), chance))  # type: ignore[arg-type]  # a map
    assert one.template is not None
    if other.template is None:  # an error that is left undecided in the one order, where proofs are cut short
        told = [sorted(found.code for found in compile_sources(each.sources).diagnostics) for each in (one, other)]
        assert told[0] == told[1]  # with the budget that authors have
        return
    fields = [field for field in one.template.fields.values() if not field.serial]
    for _ in range(6):
        given_, then = (typed.answers(fields, chance, 0.2) for _ in range(2))
        check_same(one.template, other.template, given_, then)


def test_what_is_turned_means_the_same() -> None:
    texts = {turned('a == "x" and (b or not c)', Random(seed)) for seed in range(60)}
    assert len(texts) == 8 and '(not c or b) and "x" == a' in texts


def test_shuffling_reaches_columns_and_checks() -> None:
    data = {"fields": {"a": {"fields": {"x": 1, "y": 2}}, "b": {"valid": [1, 2, 3]}}, "states": {"p": 1, "q": 2}}
    made = [shuffled(data, Random(seed)) for seed in range(20)]
    assert all(each == data or each["fields"]["b"]["valid"] != [1, 2, 3] for each in made)  # type: ignore[index]
    orders = {(*each["fields"], *each["fields"]["a"]["fields"]) for each in made}  # type: ignore[index]
    assert len(orders) == 4 and all([*each["states"]] == ["p", "q"] for each in made)  # type: ignore[index]
