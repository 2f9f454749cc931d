"""Records over HTTP: create, list, search, read, change, move, look back."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue as Answer

from renderer.api import incoming, shape
from renderer.api.door import caller, language, named, service
from renderer.api.problem import Problem
from renderer.api.reply import reply
from renderer.api.where import check_where
from workflows.logs import log_names
from workflows.record import NotFound, Stale
from workflows.view import Done

ENTRY = "api"
SEARCH: Mapping[str, type] = {"where": str, "sort": str, "page": int, "columns": str}


def create(template: str) -> Answer:
    """POST {data}: 201 with the new record; 200 with the same one when its key and body were seen before."""
    actor, asked = caller(), named(template, own=True)
    key = incoming.idempotency_key(request)
    sent = incoming.body(request, {"data": dict}, needed=("data",))
    done = service().create(actor, asked.template, incoming.mapping(sent, "data"), key=key, entry=ENTRY)
    response = _record(done)
    response.status_code = 200 if done.repeated else 201
    response.headers["Location"] = url_for("api.records.show", record=done.id)
    return response


def index(template: str) -> Answer:
    """GET ?where=&sort=&page=&columns=: a page of records; no condition on a personal field, that goes by search."""
    return _found(template, incoming.query(request, SEARCH), in_address=True)


def search(template: str) -> Answer:
    """POST {where, sort, page, columns}: the same, with nothing in the address."""
    return _found(template, incoming.body(request, SEARCH), in_address=False)


def show(record: str) -> Answer:
    """GET: the record as the caller may see it, its rev as ETag."""
    view = service().read(caller(), record)
    return reply(shape.record(view), rev=view.record.rev)


def revise(record: str) -> Answer:
    """PATCH {data} under `If-Match: rev`: only the fields sent change; 409 with both values if somebody was faster.

    Under `If-Match: *` only rows of logs are taken: they overwrite nothing.
    """
    actor, rev, key = caller(), incoming.revision(request), incoming.idempotency_key(request)
    sent = incoming.body(request, {"data": dict}, needed=("data",))
    try:
        return _record(service().revise(actor, record, incoming.mapping(sent, "data"), rev=rev, key=key))
    except Stale as stale:
        raise _both_values(record, stale) from stale


def act(record: str, action: str) -> Answer:
    """POST {data?, comment?}: take the open transition of an action; with `If-Match` only from that rev."""
    actor, rev, key = caller(), incoming.revision_if_any(request), incoming.idempotency_key(request)
    sent = incoming.body(request, {"data": dict, "comment": str})
    data, comment = incoming.mapping(sent, "data"), str(sent.get("comment", ""))
    try:
        return _record(service().act(actor, record, action, data=data, comment=comment, key=key, rev=rev))
    except Stale as stale:
        raise _both_values(record, stale) from stale


def history(record: str) -> Answer:
    """GET: what happened to the record, oldest first, cut to the caller's rights."""
    template = service().read(caller(), record).template
    return reply({"events": [shape.mark(template, event) for event in service().history(caller(), record)]})


def _found(ref: str, asked: Mapping[str, object], *, in_address: bool) -> Response:
    name = named(ref)
    where, page = str(asked.get("where", "")), incoming.page(asked.get("page", 1))
    sort, columns = incoming.names(asked.get("sort")), incoming.names(asked.get("columns"))
    check_where(where, name.definition, caller(), language(), in_address=in_address)
    match = {"department": name.department} if name.department else {}
    found = service().list(caller(), name.template, where=where, match=match, sort=sort, page=page, columns=columns)
    return reply(shape.listing(found))


def _record(done: Done) -> Response:
    """The record after a step, and others that may be of the same thing; a caller who may do the step but not read the
    record is told only that it is stored."""
    try:
        view = service().read(caller(), done.id)
    except NotFound:
        return reply(shape.unread(done), rev=done.rev)
    alike = service().alike(caller(), view)
    return reply({**shape.record(view), **shape.duplicates(view.template, alike)}, rev=view.record.rev)


def _both_values(record: str, stale: Stale) -> Problem:
    view = service().read(caller(), record)
    stored = shape.answers(view)
    conflicts = {
        name: {"stored": stored.get(name), "sent": sent}
        for name, sent in stale.mine.items()
        if stored.get(name) != sent and name not in log_names(view.template)
    }
    return Problem(
        stale.status,
        "conflict",
        members={"current": shape.record(view), "conflicts": conflicts},
        headers={"ETag": f'"{view.record.rev}"'},
    )
