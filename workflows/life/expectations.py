"""What a case expects, compared with what came about.

`errors`, `tags` and `enabled` name what must be there; with `only: true` there may be no other error, and no other tag
or way where these are expected. An error is expected by a part of its text in any language, by its code, or by its
field alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.model import Field, Template
from workflows.evaluate import Evaluation
from workflows.outward import same
from workflows.record import Fault, Faults
from workflows.words import tell


@dataclass(frozen=True, slots=True)
class Failure:
    """One expectation that did not hold; `kind` is state, values, absent, errors, tags, enabled or step."""

    kind: str
    name: str
    expected: object
    got: object


def compare(
    template: Template,
    expect: Mapping[str, object],
    evaluation: Evaluation,
    state: str,
    faults: Faults,
    enabled: Sequence[str],
) -> Iterator[Failure]:
    """Everything that is otherwise than expected."""
    exact = expect.get("only") is True
    if "state" in expect and expect["state"] != state:
        yield Failure("state", "state", expect["state"], state)
    known = {**evaluation.values, "state": state, "completeness": str(evaluation.completeness)}
    yield from _values(template, _map(expect.get("values")), known)
    yield from _absent(_list(expect.get("absent")), evaluation)
    if "errors" in expect or exact:
        yield from _errors(template, expect.get("errors"), faults, exact)
    if "tags" in expect:
        given = [f"{group}.{option}" for group, options in evaluation.tags.items() for option in options]
        yield from _names("tags", _list(expect["tags"]), given, exact, template)
    if "enabled" in expect:
        yield from _names("enabled", _list(expect["enabled"]), enabled, exact, template)


def _values(template: Template, expected: Mapping[str, object], known: Mapping[str, object]) -> Iterator[Failure]:
    for name, wanted in expected.items():
        got = known.get(name)
        field = template.fields.get(name)
        if field and field.type == "log":
            got = unstamped(field, wanted, got)
        holds = same(field, wanted, got) if field else (wanted == got or [wanted] == got)
        if not holds:
            yield Failure("values", name, wanted, got)


def _absent(names: Iterable[str], evaluation: Evaluation) -> Iterator[Failure]:
    for name in names:
        got = evaluation.values.get(name)
        if got is not None and got != []:
            yield Failure("absent", name, None, got)


def unstamped(field: Field, wanted: object, got: object) -> object:
    """The rows of a log without the stamps of which the expectation does not speak."""
    spoken = {name for row in wanted if isinstance(row, Mapping) for name in row} if isinstance(wanted, list) else set()
    dropped = {column.id for column in field.fields if column not in field.asked} - spoken
    rows = got if isinstance(got, list) else []
    return [{k: v for k, v in row.items() if k not in dropped and v is not None} for row in rows] or None


def _errors(template: Template, expected: object, faults: Faults, exact: bool) -> Iterator[Failure]:
    wanted = expected if isinstance(expected, Mapping) else dict.fromkeys(_list(expected), "")
    places = {name: resolve(name, faults, template) for name in wanted}
    for name, part in wanted.items():
        found = faults.get(places[name], ())
        if not any(_says(template, fault, str(part or "")) for fault in found):
            yield Failure("errors", name, part, told(template, found))
    for name in faults if exact else ():
        if name not in places.values():
            yield Failure("errors", name, "", told(template, faults[name]))


def _says(template: Template, fault: Fault, part: str) -> bool:
    texts = (tell(fault, language) for language in template.languages)
    return fault.code == part or any(part in text for text in texts)


def told(template: Template, faults: Sequence[Fault]) -> list[str]:
    """Faults as they are told in the workspace's first language."""
    return [tell(fault, template.languages[0]) for fault in faults]


def resolve(name: str, known: Mapping[str, object] | Sequence[str], template: Template) -> str:
    """The name, or where only the clone's own addition of that name is known, that one."""
    own = f"{template.department}__{name}"
    return own if name not in known and own in known else name


def _names(
    kind: str, expected: Sequence[str], got: Sequence[str], exact: bool, template: Template
) -> Iterator[Failure]:
    wanted = [resolve(name, got, template) for name in expected]
    missing = [name for name in wanted if name not in got]
    more = [name for name in got if name not in wanted] if exact else []
    if missing or more:
        yield Failure(kind, kind, list(expected), list(got))


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else [] if value is None else [str(value)]


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
