"""The names an expression over stored records may use: what `where` in a list and in a URL is compiled against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder import expressions as x
from builder.model import Company, Field, Option, State, TagGroup, Template

SYSTEM: Mapping[str, x.Type] = {
    "id": x.TEXT,
    "entry": x.TEXT,
    "owner": x.PERSON,
    "creator": x.PERSON,
    "me": x.PERSON,
    "created": x.DATETIME,
    "updated": x.DATETIME,
    "entered": x.DATETIME,
    "completeness": x.NUMBER,
}
SIMPLE: Mapping[str, x.Type] = {
    "number": x.NUMBER,
    "integer": x.INTEGER,
    "boolean": x.BOOLEAN,
    "date": x.DATE,
    "person": x.PERSON,
}


def scope_of(template: Template, company: Company) -> x.Scope:
    """The scope of a template's records: fields, tag groups and what the system knows."""
    departments = _departments(company)
    names = {name: x.Symbol(type=kind, present=True) for name, kind in SYSTEM.items()}
    names["department"] = x.Symbol(type=departments, present=True)
    names["state"] = x.Symbol(type=_choice(template.states.values(), "state"), present=True)
    names |= {field.id: _symbol(field, departments) for field in template.fields.values()}
    names |= {group.id: _tag(group) for group in template.tags.values()}
    return x.Scope(names, layer=template.department)


def _symbol(field: Field, departments: x.Type) -> x.Symbol:
    return x.Symbol(type=_type(field, departments), label=field.label)


def _type(field: Field, departments: x.Type) -> x.Type:
    if field.type == "money":
        return x.money(field.scale, field.currency)
    if field.type in ("choice", "choices"):
        choice = _choice(field.options, "")
        return choice if field.type == "choice" else x.list_of(choice)
    if field.type == "rows":
        return x.rows({column.id: _symbol(column, departments) for column in field.fields})
    return departments if field.type == "department" else SIMPLE.get(field.type, x.TEXT)


def _tag(group: TagGroup) -> x.Symbol:
    choice = _choice(group.options, "")
    return x.Symbol(type=x.list_of(choice) if group.many else choice, label=group.label)


def _choice(options: Iterable[Option | State], name: str) -> x.Type:
    return x.choice(
        tuple(
            x.OptionType(
                id=o.id, label=o.label, counts_as=o.counts_as, synonyms=o.synonyms if isinstance(o, Option) else ()
            )
            for o in options
        ),
        name=name,
    )


def _departments(company: Company) -> x.Type:
    known = (x.OptionType(id=key, label=department.label) for key, department in company.departments.items())
    return x.choice(tuple(known), name="department")
