"""What the proofs claim is true of every record: what never shows never shows, what always holds always does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from builder.model import Template
from tests.laws import answers as typed
from tests.laws import definitions
from tests.laws.test_clone_comparable import CONDITIONS, NOW, Data, answer, bases, valid_record
from tests.laws.test_order import compiled
from workflows.evaluate import Evaluation, evaluate
from workflows.record import Faults

MORE = ("amount > 7", "amount < 3", "given(amount)", "sum > 9", "sum == 4", 'detail == "abc"', "size(note) > 4",
        'note == "网络"', "size(kinds) > 3", "day > today()", "sure", "count(lines.n) > 2", "given(sum)",
        "avg(lines.n) > 4", "lines.all(x, not (x.n > 4))", "count(lines.filter(x, x.n > 4)) > 0",
        "sum(lines.filter(x, x.n < 3).n) > 5")  # fmt: skip
OF_ROWS = ("x.n > 4", "x.n < 6", "not (x.n > 5)", "given(x.n)", 'x.kind == "o1"', "amount > 3")


def formulas(*atoms: str) -> st.SearchStrategy[str]:
    """Conditions of some atoms."""
    return st.recursive(
        st.sampled_from(atoms),
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) and ({two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) or ({two[1]})"),
        ),
        max_leaves=4,
    )


FORMULAS, ROW_FORMULAS = formulas(*CONDITIONS, *MORE), formulas(*OF_ROWS)
Claim = Callable[[Evaluation], bool]


def probes(draw: st.DrawFn) -> Data:
    """Fields that show, and are asked, under random conditions, and check themselves by them."""
    made: Data = {}
    for name in ("p1", "p2", "p3"):
        word, formula = draw(st.sampled_from(("or", "and"))), draw(FORMULAS)
        made[name] = {"type": "integer", "label": name, "visible": draw(FORMULAS), "required": draw(FORMULAS), "max": 9,
                      "valid": {"check": f"{name} > 4 {word} ({formula})", "say": "不行"}}  # fmt: skip
    return made


def picked(draw: st.DrawFn) -> Data:
    """A choice whose options wait for random conditions, a field that waits for one of them, a formula with `if`."""
    offered = {name: {"label": name, "visible": draw(FORMULAS)} for name in ("q1", "q2")}
    return {
        "pick": {"type": "choice", "label": "选", "options": offered, "required": draw(st.booleans())},
        "after": {"type": "text", "label": "后", "visible": f'pick == "q1" and ({draw(FORMULAS)})'},
        "fee": {"type": "integer", "label": "费", "compute": f"if({draw(FORMULAS)}, 1, 2)"},
    }


def worked_out(draw: st.DrawFn) -> Data:
    """A default that is a formula, with bounds and a check of its own; what is counted of some rows only."""
    formula = draw(st.sampled_from(("amount + 3", "if(sure, 2, 8)", "abs(amount)", "count(lines)", "sum(lines.n)")))
    start: Data = {"type": "integer", "label": "起", "default": f"={formula}"}
    for side, bounds in (("min", (1, 3, 9, "=amount")), ("max", (1, 3, 7, "=amount"))):
        if (bound := draw(st.sampled_from((None, *bounds)))) is not None:
            start[side] = bound
    if draw(st.booleans()):
        start["valid"] = {"check": draw(st.sampled_from(("start > 7", "start < amount", "start != 2"))), "say": "不行"}
    kept = {"type": "integer", "label": "留", "compute": f"count(lines.filter(x, {draw(ROW_FORMULAS)}))"}
    return {"start": start, "kept": kept}


@st.composite
def probed(draw: st.DrawFn) -> Data:
    base = draw(bases())
    base["fields"] = {**base["fields"], **probes(draw)}  # type: ignore[dict-item]
    base["fields"] |= {**picked(draw), **worked_out(draw)}  # type: ignore[operator]
    options = {name: {"label": name, "when": draw(FORMULAS)} for name in ("t1", "t2", "t3")}
    base["tags"] = {**base["tags"], "probe": {"label": "探", "options": options}}  # type: ignore[dict-item]
    return base


CLAIMS: dict[str, Callable[[str], Claim]] = {
    "never-shows": lambda id: lambda found: id not in found.visible,
    "always-shows": lambda id: lambda found: id in found.visible,
    "never-required": lambda id: lambda found: id not in found.required,
    "always-required": lambda id: lambda found: (id in found.visible) <= (id in found.required),
    "tag-never-given": lambda id: lambda found: id not in found.tags.get("probe", {}),
    "tag-shadowed": lambda id: lambda found: id not in found.tags.get("probe", {}),
    "option-never-shows": lambda id: lambda found: id not in offered(found),
    "option-always-shows": lambda id: lambda found: "pick" not in found.visible or id in offered(found),
    "branch-never-taken": lambda id: lambda found: found.values.get(id) != 1,
    "branch-always-taken": lambda id: lambda found: found.values.get(id) != 2,
    "filter-keeps-none": lambda id: lambda found: id != "kept" or not found.values["kept"],
    "filter-keeps-all": lambda id: lambda found: id != "kept" or found.values["kept"] == len(rows(found)),
    "check-never-fails": lambda id: lambda found: "valid" not in {f.code for f in found.faults.get(id, ())},
    "check-never-passes": lambda id: lambda found: found.values.get(id) is None or id in found.faults,
}
# Said of records half filled in, too.
ALWAYS = ("always-shows", "always-required", "check-never-fails", "option-always-shows", "branch-never-taken",
          "branch-always-taken", "filter-keeps-none", "filter-keeps-all")  # fmt: skip
UNFINISHED = ("required", "must-be-yes")


def offered(found: Evaluation) -> set[str]:
    """The options that can be chosen."""
    return {"q1", "q2"} - found.shut.get("pick", frozenset()) if "pick" in found.visible else set()


def rows(found: Evaluation) -> list[object]:
    """The rows of a record."""
    there = found.values["lines"]
    return there if isinstance(there, list) else []


def filled_in_vain(template: Template, field: str, chance: Random) -> None:
    """What fills a field at first is refused, if it is anything, with whatever sound answers to the others."""
    begun = anything(template, chance, without=field)
    others = {fault.code for name, faults in begun.faults.items() for fault in faults if name != field}
    if others <= set(UNFINISHED) and begun.values[field] is not None:
        assert field in begun.faults, begun.stored


def left_without(template: Template, witness: Mapping[str, object]) -> None:
    """With the answers of a finding `no-option-left` the choice is asked for, and nothing is offered."""
    plain = template.fields["amount"].default is None  # else a new record is filled with it
    if plain and witness.keys() <= {"amount", "source", "second", "kinds", "sure", "state"}:
        begun = evaluate(template, witness, NOW)
        assert "pick" in begun.required and not offered(begun), begun.stored


def anything(template: Template, chance: Random, without: str = "") -> Evaluation:
    """A record as it stands while somebody fills it in, its faults with it."""
    asked = (item for item in template.fields.items() if item[0] != without)
    return evaluate(template, {name: answer(field, chance) for name, field in asked}, NOW)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_no_record_contradicts_a_claim(data: st.DataObject) -> None:
    found = compiled(data.draw(probed()))
    claims = [(d.code, CLAIMS[d.code](str(d.args["id"]))) for d in found.diagnostics if d.code in CLAIMS]
    vain = [str(d.args["field"]) for d in found.diagnostics if d.code == "default-refused"]
    assume(found.template is not None and (claims or vain))
    assert found.template is not None
    for finding in found.diagnostics:
        if finding.code == "no-option-left" and finding.witness is not None:
            left_without(found.template, finding.witness)
    chance = Random(data.draw(st.integers(0, 2**32)))
    for _ in range(12):
        finished = valid_record(found.template, chance)
        for code, claim in claims:
            assert finished is None or claim(finished), (code, finished.stored)
        for field in vain:
            filled_in_vain(found.template, field, chance)
        begun = anything(found.template, chance)
        if all(fault.code in UNFINISHED for faults in begun.faults.values() for fault in faults):
            assert all(claim(begun) for code, claim in claims if code in ALWAYS), begun.stored


# What a finding of any form says by the id of a field or column alone; tags and options are the other law's.
OF_FIELDS = ("never-shows", "always-shows", "never-required", "always-required", "check-never-fails",
             "check-never-passes")  # fmt: skip


def entered(template: Template, chance: Random, without: str = "") -> tuple[Evaluation, Evaluation]:
    """A form as somebody begins it, and as he leaves it: finished as far as a few tries go."""
    fields = [each for each in template.fields.values() if not each.serial and each.id != without]
    first = {"state": next((state.id for state in template.states.values() if state.initial), "")}
    begun = evaluate(template, first | typed.answers(fields, chance), NOW)

    def wrong(raws: typed.Raws) -> Faults:
        return evaluate(template, first | raws, NOW).faults

    return begun, evaluate(template, first | typed.good(fields, wrong, chance, 4), NOW)


def codes(found: Evaluation, without: str = "") -> set[str]:
    """What is wrong with a form, one field left aside."""
    return {fault.code for name, faults in found.faults.items() if name != without for fault in faults}


@pytest.mark.slow
@given(seed=st.integers(0, 2**32))
def test_no_record_of_any_form_contradicts_a_claim(seed: int) -> None:
    """Each type and property of the language; claims are rarer here, about one a definition."""
    found, chance = definitions.drawn(seed), Random(seed)
    template = found.template
    assert template is not None
    within = {name for section in template.sections if section.visible for name in section.fields}
    claims = [(each.code, str(each.args["id"])) for each in found.diagnostics if each.code in OF_FIELDS]
    claims = [(code, id) for code, id in claims if code != "always-shows" or id not in within]  # while the section does
    vain = [str(each.args["field"]) for each in found.diagnostics if each.code == "default-refused"]
    for _ in range(8 if claims else 0):
        begun, finished = entered(template, chance)
        for code, id in claims:
            if id in template.fields:
                assert codes(finished) or CLAIMS[code](id)(finished), (code, id, finished.stored)
                assert code not in ALWAYS or not codes(begun) <= set(UNFINISHED) or CLAIMS[code](id)(begun), (code, id)
    for id in [id for id in vain if id in template.fields] * 8:
        begun, _ = entered(template, chance, without=id)
        assert not codes(begun, id) <= set(UNFINISHED) or begun.values[id] is None or id in begun.faults, id
