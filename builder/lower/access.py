"""Who may create, read, write and export a record, and who sees which field."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from builder.lower.context import Lowering
from builder.lower.people import lower_people
from builder.lower.workflow import part
from builder.model import Access, Field, FieldAccess, People, Who

STAFF: People = (Who("word", "staff"),)


def lower_access(run: Lowering, fields: Mapping[str, Field]) -> Access:
    """The access part; `record` is obligatory with a personal field."""
    personal = next((field for field in fields.values() if field.holds_personal), None)
    if personal and not part(run, "access", "record"):
        run.find("personal-without-access", ("fields", personal.id), at="key", field=personal.id)
    return access_of(run, fields)


def access_of(run: Lowering, fields: Collection[str]) -> Access:
    """Who has which right; without a `record` part the record is open to all staff."""
    access = part(run, "access")
    record = part(run, "access", "record")
    lists = {verb: _people(run, "record", verb) or () for verb in ("create", "read", "write", "export")}
    if not any(lists.values()):
        lists = {**lists, **dict.fromkeys(("create", "read", "write"), STAFF)}
    elif not record.get("read"):
        run.find("nobody-reads", ("access", "record"), at="key")
    return Access(**lists, fields=_fields(run, access, fields))


def _fields(run: Lowering, access: Mapping[str, object], fields: Collection[str]) -> dict[str, FieldAccess]:
    named: dict[str, FieldAccess] = {}
    for key in access:
        if key == "record":
            continue
        found = run.resolve(key, fields, run.document.layer(("access", key)))
        if found is None:
            run.unknown(key, fields, ("access", key), "field", at="key")
            continue
        named[found] = FieldAccess(**{verb: _people(run, key, verb) for verb in ("read", "masked", "write")})
    return named


def _people(run: Lowering, who: str, verb: str) -> People | None:
    names = part(run, "access", who).get(verb)
    return lower_people(run, [str(name) for name in names], ("access", who, verb)) if isinstance(names, list) else None
