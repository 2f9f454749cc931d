"""`explain`, `build`, `try`, `test`: what a T is made of, what it becomes, and how it judges."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence

from builder.compose.explain import Explained, explain
from builder.emit.guide import guide
from builder.emit.mermaid import mermaid
from builder.emit.model import model
from builder.emit.openapi import openapi
from builder.emit.schema import json_schema
from builder.language.document import Layer
from builder.model import Company, Template
from builder.nearest import nearest
from renderer.api.strict import NotStrict, read_object
from renderer.shell.casing import Coverage, Tested, run
from renderer.shell.checking import compiled
from renderer.shell.desk import Answer, Desk, Usage
from renderer.shell.findings import at
from renderer.shell.table import table
from renderer.shell.trying import attempt
from workflows.life.expectations import Failure


def explained(desk: Desk, ref: str, path: str) -> Answer:
    """Each leaf at or under a path: what holds, and who said what, newest first. Raises as `compiled`, and Usage."""
    document = compiled(desk, ref).document
    assert document is not None
    leaves, wrong = explain(document, path)
    if wrong:
        raise Usage(wrong[0].code, **wrong[0].args)
    return Answer(tuple(line for leaf in leaves for line in _leaf(desk, leaf)), [_leaf_data(leaf) for leaf in leaves])


def _leaf(desk: Desk, leaf: Explained) -> list[str]:
    stale = f"  ({desk.say('shell-stale')})" if leaf.stale else ""
    base = desk.say("shell-base")
    rows = [(f"  {at(layer.place)}", layer.name or base, _written(layer.value)) for layer in leaf.layers]
    return [f"{leaf.path} = {_written(leaf.value)}{stale}", *table(rows)]


def _leaf_data(leaf: Explained) -> dict[str, object]:
    layers = [_layer_data(layer) for layer in leaf.layers]
    return {"path": leaf.path, "value": leaf.value, "stale": leaf.stale, "layers": layers}


def _layer_data(layer: Layer) -> dict[str, object]:
    place = layer.place
    return {"layer": layer.name, "file": place.file, "line": place.line, "column": place.column, "value": layer.value}


def _written(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


EMITTERS: Mapping[str, Callable[[Template, Company, str], object]] = {
    "model": lambda template, company, language: model(template),
    "schema": lambda template, company, language: json_schema(template, language),
    "openapi": lambda template, company, language: openapi(template, language),
    "mermaid": lambda template, company, language: mermaid(template, language),
    "guide": guide,
}


def built(desk: Desk, ref: str, emit: str) -> Answer:
    """One artefact; texts in it are in the reader's language where they can be in one only."""
    found = compiled(desk, ref)
    assert found.template is not None and found.company is not None
    artefact = EMITTERS[emit](found.template, found.company, desk.language)
    text = artefact if isinstance(artefact, str) else json.dumps(artefact, ensure_ascii=False, indent=2)
    return Answer((text.rstrip("\n"),))


def tried(desk: Desk, ref: str, body: bytes, entry: str = "") -> Answer:
    """One record judged and not stored, as it would come in by an entry; 1 when something is wrong with it.

    Raises Usage, Findings, WorkspaceError.
    """
    found = compiled(desk, ref)
    assert found.template is not None and found.company is not None
    try:
        data = read_object(body.removeprefix(BOM_UTF8))
    except NotStrict as error:
        raise Usage("shell-no-answers", why=desk.say(f"api-{error.code}", **error.args_)) from error
    doors = found.template.entries
    if entry and entry not in doors:
        raise Usage("unknown-entry", name=entry, known=", ".join(doors), suggestion=nearest(entry, doors))
    outcome = attempt(found.template, found.company, data, desk.clock(), desk.language, entry)
    text = json.dumps(outcome, ensure_ascii=False, indent=2)
    return Answer((text,), outcome, int(bool(outcome["errors"])))


def tested(desk: Desk, refs: Sequence[str]) -> Answer:
    """The cases of some T's, of all without a name; 1 when one comes out otherwise."""
    names = refs or [str(ref) for ref in desk.workspace.refs()]
    today = desk.clock()[:10]
    results = [run(compiled(desk, name), today) for name in names]
    lines = [line for result in results for line in _result(desk, result)]
    return Answer(tuple(lines), [_result_data(result) for result in results], int(any(r.failed for r in results)))


def _result(desk: Desk, result: Tested) -> list[str]:
    passed = sum(not failures for failures in result.cases.values())
    lines = [desk.say("shell-cases", ref=result.ref, passed=passed, total=len(result.cases))]
    for name, failures in result.cases.items():
        lines += [_difference(desk, name, failure) for failure in failures]
    return [*lines, *(f"  {_covered(desk, part)}" for part in result.coverage)]


def _difference(desk: Desk, case: str, failure: Failure) -> str:
    what, expected, got = f"{failure.kind} {failure.name}", _got(failure.expected), _got(failure.got)
    return desk.say("shell-case-differs", case=case, what=what, expected=expected, got=got)


def _got(value: object) -> str:
    if value is None:
        return "—"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _covered(desk: Desk, part: Coverage) -> str:
    missing = desk.say("shell-not-covered", names=", ".join(part.missing)) if part.missing else ""
    return f"{desk.say(f'shell-covered-{part.kind}', covered=part.covered, total=part.total)} {missing}".rstrip()


def _result_data(result: Tested) -> dict[str, object]:
    return {
        "template": result.ref,
        "cases": [
            {
                "case": name,
                "passed": not failures,
                "differences": [
                    {"kind": f.kind, "name": f.name, "expected": f.expected, "got": _plain(f.got)} for f in failures
                ],
            }
            for name, failures in result.cases.items()
        ],
        "coverage": [
            {"kind": part.kind, "covered": part.covered, "total": part.total, "missing": list(part.missing)}
            for part in result.coverage
        ],
    }


def _plain(value: object) -> object:
    return json.loads(json.dumps(value, ensure_ascii=False, default=str))
