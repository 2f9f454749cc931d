"""Records as the API shows them: what the service cut to the caller's rights, money in currency units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from builder.model import Field, Option, Template, choosable, say
from builder.numerals import in_units
from workflows.life.asked import fields_of
from workflows.linking import Match
from workflows.view import Alike, Change, Done, Line, Listing, Mark, View

Json = dict[str, object]


def record(view: View) -> Json:
    """A record as its reader may see it; absent answers are left out, `open` names the actions he may take now."""
    kept = view.record
    return {
        "id": kept.id,
        "rev": kept.rev,
        "state": kept.state,
        "data": answers(view),
        "tags": {group: dict(tags) for group, tags in view.evaluation.tags.items() if tags},
        "open": [way.transition.action for way in view.ways if way.open],
        "template": kept.template,
        "version": view.template.version,
        "department": kept.department,
        "entry": kept.entry,
        "owner": kept.owner,
        "creator": kept.creator,
        "created": kept.created,
        "updated": kept.updated,
    }


def answers(view: View) -> Json:
    """A record's answers by field id, as its reader may see them."""
    values = view.evaluation.values
    return outward(view.template, {name: values[name] for name in view.template.fields if name in values})


def unread(done: Done) -> Json:
    """What is known of a stored step to somebody who may do it but not read the record."""
    return {"id": done.id, "rev": done.rev, "state": done.state, "data": {}, "tags": {}, "open": []}


def listing(found: Listing) -> Json:
    """One page of a list."""
    return {
        "records": [line(row) for row in found.lines],
        "columns": list(found.columns),
        "total": found.total,
        "page": found.page,
        "size": found.size,
    }


def line(row: Line) -> Json:
    """One record of a list, its columns by name; `masked` names those whose text is only a mask."""
    shown: Json = {"id": row.id, "rev": row.rev, "data": outward(row.template, row.values)}
    return {**shown, "masked": sorted(row.masked)} if row.masked else shown


def option(spec: Field, each: Option, language: str) -> Json:
    """An option of a choice, in a language; what does not apply is left out."""
    told: Json = {"parent": each.parent, "counts_as": each.counts_as, "synonyms": list(each.synonyms)}
    return {
        "id": each.id,
        "label": say(each.label, language),
        "path": spec.spoken(each.id, language),
        "choosable": each.id in spec.options.once(choosable),
        "retired": each.retired,
        **{name: value for name, value in told.items() if value},
    }


def linkable(match: Match, language: str) -> Json:
    """A record that a link may lead to: `title` is what the caller calls it, "" when he sees none of its texts."""
    return {"id": match.id, "title": match.title, "about": say(match.state, language)}


def duplicates(template: Template, found: Iterable[Alike]) -> Json:
    """Records that may be of the same thing, where the template looks for any; `fields` are those that are alike."""
    if not any(field.duplicates for field in template.fields.values()):
        return {}
    return {"duplicates": [{**line(each.line), "fields": list(each.fields)} for each in found]}


def mark(template: Template, event: Mark) -> Json:
    """One event of a history; what does not belong to its kind is left out."""
    moved = {"action": event.action, "from": event.old_state, "to": event.new_state, "comment": event.comment}
    told = {name: text for name, text in moved.items() if text}
    fields = fields_of(template, event.transition)
    changes = {"changes": [_change(fields, change) for change in event.changes]} if event.changes else {}
    tags = {"tags": [_change(fields, change) for change in event.tags]} if event.tags else {}
    return {"at": event.at, "actor": event.actor, "name": event.name, "kind": event.kind, **told, **changes, **tags}


def _change(fields: Mapping[str, Field], change: Change) -> Json:
    spec = fields.get(change.field)
    old, new = (None if value is None else _value(spec, value) for value in (change.old, change.new))
    return {"field": change.field, "old": old, "new": new}


def outward(template: Template, values: Mapping[str, object]) -> Json:
    """Neutral values as a program would send them, absent ones left out."""
    fields = template.fields
    return {name: _value(fields.get(name), value) for name, value in values.items() if value is not None}


def _value(field: Field | None, value: object) -> object:
    if field is None:
        return value
    if field.type == "money" and isinstance(value, int):
        return in_units(value, field.scale)
    if field.tabular and isinstance(value, list):
        columns = {column.id: column for column in field.fields}
        return [_row(columns, row) for row in value]
    return value


def _row(columns: Mapping[str, Field], row: Mapping[str, object]) -> Json:
    return {name: _value(columns.get(name), cell) for name, cell in row.items() if cell is not None}
