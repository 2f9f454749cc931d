"""What a field may be answered with, looked up: the options of a choice, the records that a link may lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import request
from flask.typing import ResponseReturnValue as Answer

from builder.expressions import Options
from builder.model import Field, Option, choosable
from renderer.api import incoming, shape
from renderer.api.door import caller, language, named, service
from renderer.api.problem import Problem
from renderer.api.reply import reply
from workflows.find.entries import look_up
from workflows.guard.access import CLEAR, ever_levels
from workflows.reading import called
from workflows.record import NotFound

OPTIONS: Final[Mapping[str, type]] = {"text": str, "parent": str, "page": int}
RECORDS: Final[Mapping[str, type]] = {"text": str, "page": int}
CHOICES, LINKS = ("choice", "choices"), ("link",)
LISTED: Final = 200  # options on a page
FOUND: Final = 50  # records on a page
BEST: Final = 1000  # options that a text finds at most
LONGEST: Final = 100  # signs of a text


def options(template: str, field: str) -> Answer:
    """GET ?text=&parent=&page=: options in the definition's order; those of a text the best first; those under one."""
    spec, asked = _field(template, field, CHOICES), incoming.query(request, OPTIONS)
    text, page = _text(asked), incoming.page(asked.get("page", 1))
    found = _under(spec.options, asked.get("parent"))
    if text:
        among = {option.id for option in found}
        found = [option for option in look_up(spec.options, text, BEST) if option.id in among]
    return reply(
        {
            "options": [shape.option(spec, each, language()) for each in found[(page - 1) * LISTED : page * LISTED]],
            "match": _meant(spec.options, text),
            "total": len(found),
            "page": page,
            "size": LISTED,
        }
    )


def records(template: str, field: str) -> Answer:
    """POST {text, page}: records that a link may lead to and the caller reads, the best first, else the newest."""
    spec, sent = _field(template, field, LINKS), incoming.body(request, RECORDS)
    text, page, links = _text(sent), incoming.page(sent.get("page", 1)), service().links(caller())
    found, more = links.page(spec.to, text, page, FOUND)
    return reply(
        {
            "records": [shape.linkable(match, language()) for match in found],
            "match": (links.exact(spec.to, text) or None) if text else None,
            "more": more,
            "page": page,
            "size": FOUND,
        }
    )


def _field(ref: str, path: str, types: Sequence[str]) -> Field:
    """The field (`channel`), or the column of a field (`touches.channel`), of the definition that the caller fills.

    Raises NotFound where he never sees it in clear, Problem 400 where it is of another type.
    """
    definition = named(ref, own=True).definition
    top = definition.fields.get(path.partition(".")[0])
    spec = next((each for each in (top, *top.fields) if each.path == path), None) if top else None
    if top is None or spec is None or CLEAR.isdisjoint(ever_levels(definition, caller(), top)):
        raise NotFound("no-such-field", field=path[:LONGEST])
    if spec.type not in types:
        raise Problem(400, "field-type", {"field": path, "type": spec.type, "known": ", ".join(types)})
    return spec


def _text(asked: Mapping[str, object]) -> str:
    text = str(asked.get("text", "")).strip()
    if len(text) > LONGEST:
        raise Problem(400, "text-long", {"most": LONGEST})
    return text


def _under(options: Options[Option], parent: object) -> Sequence[Option]:
    """Those directly under an option, "" for the first level; all without one. Raises Problem 400 for an unknown id."""
    if parent is None:
        return options
    if parent and parent not in options.by_id:
        raise Problem(400, "parent-unknown", {"id": str(parent)[:LONGEST]})
    return options.children.get(str(parent), ())


def _meant(options: Options[Option], text: str) -> str | None:
    """The id of the option that a text would be as an answer."""
    option = called(options, text) if text else None
    return option.id if option and option.id in options.once(choosable) else None
