"""The names an expression may use: fields, tag groups and what the system knows of every record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from builder import expressions as x
from builder.diagnostic import Path
from builder.entry import ALWAYS_THERE
from builder.lower.context import Lowering, widened
from builder.lower.log import stamp_symbols
from builder.lower.options import levels_of, option_types, options_of, table_of
from builder.lower.workflow import STATES, part
from builder.model import TABULAR, Company, Field, say

ZERO_DECIMALS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})  # ISO 4217: no minor unit
THREE_DECIMALS = frozenset({"KWD", "BHD", "OMR", "TND", "JOD"})
TEXTUAL = ("text", "phone", "email", "url")
PLAIN: Mapping[str, x.Type] = {
    "number": x.NUMBER, "integer": x.INTEGER, "boolean": x.BOOLEAN, "date": x.DATE, "datetime": x.DATETIME,
    "time": x.TIME, "person": x.PERSON,
}  # fmt: skip


def scale_of(currency: str) -> int:
    """Decimals of a currency (ISO 4217)."""
    return 0 if currency in ZERO_DECIMALS else 3 if currency in THREE_DECIMALS else 2


def fill_symbols(run: Lowering) -> None:
    """Put every name of the template into `run.symbols`."""
    run.symbols.update(system_symbols(run))
    for key, data in part(run, "fields").items():
        if isinstance(data, Mapping):
            run.symbols[key] = symbol(run, data, ("fields", key), key)
    for key, data in part(run, "tags").items():
        run.symbols[key] = _tag(run, widened(data), ("tags", key), key)


def symbol(run: Lowering, data: Mapping[str, object], path: Path, key: str) -> x.Symbol:
    """The symbol of a field or column: its type, whether it is certainly there, and its label."""
    return x.Symbol(
        type=field_type(run, data, path),
        present=data.get("required") is True,
        label=run.text(data.get("label", key)),
        personal=data.get("personal") is True,
    )


def settle_symbols(run: Lowering, fields: Mapping[str, Field]) -> None:
    """Tell the symbols what only the lowered fields know: when they show, when they are asked, what is computed."""
    for key, field in fields.items():
        if field.compute is None and field.visible is None and isinstance(field.required, bool):
            continue  # its own words said it all
        required = field.required
        run.symbols[key] = replace(
            run.symbols[key],
            present=required is True or (field.compute is not None and field.compute.present),
            present_if=(required.tree,) if isinstance(required, x.Expression) else (),
            visible=field.visible.tree if field.visible else None,
        )


def field_type(run: Lowering, data: Mapping[str, object], path: Path) -> x.Type:
    """The expression type of a field; unknown, so that nothing more is said of it, where its own words are broken."""
    kind = data.get("type")
    if run.document.damaged((*path, "type")) or run.document.damaged((*path, "options")):
        return x.UNKNOWN
    if kind in TEXTUAL:
        return x.TEXT
    if kind == "money":
        currency = currency_of(run, data)
        return x.money(scale_of(currency), currency)
    if kind in ("choice", "choices"):
        table = table_of(run, data)
        choice = x.choice(option_types(run, *options_of(run, data, path), levels_of(data)) if table is None else table)
        return choice if kind == "choice" else x.list_of(choice)
    if kind in TABULAR:
        return x.rows(columns(run, data, path))
    if kind == "file":
        return x.list_of(x.FILE)
    if kind == "link":
        return link_type(run, str(data.get("to")))
    if kind == "department":
        return x.choice(_departments(run.company), name="department")
    return PLAIN.get(str(kind), x.TEXT)


def columns(run: Lowering, data: Mapping[str, object], path: Path) -> dict[str, x.Symbol]:
    """The columns of a `rows` field as symbols."""
    fields = data.get("fields")
    stamps = stamp_symbols(run) if data.get("type") == "log" else {}
    return stamps | {key: symbol(run, column, (*path, "fields", key), key)
                     for key, column in (fields if isinstance(fields, Mapping) else {}).items()
                     if isinstance(column, Mapping)}  # fmt: skip


def currency_of(run: Lowering, data: Mapping[str, object]) -> str:
    """The currency of a money field: its own or the workspace's."""
    return str(data.get("currency", run.company.currency))


def _tag(run: Lowering, data: Mapping[str, object], path: Path, key: str) -> x.Symbol:
    options = data.get("options")
    kind = x.choice(option_types(run, options if isinstance(options, Mapping) else {}, (*path, "options")))
    many = data.get("many") is True
    if run.document.damaged((*path, "many")):
        return x.Symbol(type=x.UNKNOWN, label=run.text(data.get("label", key)))
    return x.Symbol(type=x.list_of(kind) if many else kind, present=many, label=run.text(data.get("label", key)))


def system_symbols(run: Lowering) -> dict[str, x.Symbol]:
    """What every record has: state, people, department, times."""
    broken = run.document.damaged(STATES)
    states = x.UNKNOWN if broken else x.choice(option_types(run, part(run, *STATES), STATES), name="state")
    entries = replace(x.TEXT, options=_entries(run), name="entry")
    departments = x.choice(_departments(run.company), name="department")
    types = {
        "id": x.TEXT, "entry": entries, "state": states, "owner": x.PERSON, "creator": x.PERSON, "me": x.PERSON,
        "department": departments, "created": x.DATETIME, "updated": x.DATETIME, "entered": x.DATETIME,
        "completeness": x.NUMBER,
    }  # fmt: skip
    return {name: x.Symbol(type=kind, present=True, label={}) for name, kind in types.items()}


def _entries(run: Lowering) -> x.Options[x.OptionType]:
    """The doors that a record can have come in by; none, so that nothing is said of them, where one is broken."""
    if run.document.damaged(("entries",)):
        return x.Options()
    titled = part(run, "entries").items()
    doors = (x.OptionType(key, run.text(data.get("title"))) for key, data in titled if isinstance(data, Mapping))
    return x.Options((*doors, *map(x.OptionType, ALWAYS_THERE)))


def _departments(company: Company) -> tuple[x.OptionType, ...]:
    first = company.languages[0]
    return tuple(x.OptionType(id=key, label=d.label, written=say(d.label, first))
                 for key, d in company.departments.items())  # fmt: skip


def link_type(run: Lowering, target: str) -> x.Type:
    """A link's type; unknown, so that nothing more is said of it, where its template cannot be read."""
    return x.link(target, parts(run, target)) if target in run.neighbours.documents else x.UNKNOWN


def parts(run: Lowering, target: str) -> Mapping[str, x.Symbol]:
    """The names that a record of another template is asked for by: the base's own, without what departments add.

    Templates may link to each other, and to themselves: the map is known before it is filled.
    """
    known = run.neighbours.parts.get(target)
    if known is None:
        known = run.neighbours.parts[target] = {}
        other = run.neighbour(target)
        fill_symbols(other)
        system = system_symbols(other)
        known.update((name, symbol) for name, symbol in other.symbols.items() if name not in system)
        known.update((name, symbol) for name, symbol in system.items() if name != "me")
    return known
