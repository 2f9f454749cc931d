"""Answers that met a closed door: a session that ended, or a page that was open too long, costs nobody what he wrote.

What was sent travels on, hidden in the page that says so, and comes back in the form it was written in. It is drawn
again, never stored, before its author has seen it: a forged request gains nothing by this way.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.routing import RequestRedirect

from renderer.drawing.answers import ROWS
from renderer.pages.form import UPDATE
from renderer.pages.page import render
from renderer.sessions import CSRF_FIELD
from renderer.uploads import MULTIPART, admit_files
from renderer.visit import house

KEPT: Final = "kept"  # the sent pairs, encoded as they were sent
DRAWN_AGAIN: Final = frozenset({"fill.show", "edit.show"})
NOT_KEPT: Final = frozenset({CSRF_FIELD, UPDATE, *ROWS})


def refused() -> str:
    """The answers of this request, encoded; empty where they could not be drawn again."""
    if request.method != "POST" or request.endpoint not in DRAWN_AGAIN:
        return ""
    if request.mimetype == MULTIPART:
        # Nobody is known to bring them: they have to be chosen again.
        admit_files(house().settings.max_upload, keep=False)
    try:
        return urlencode([pair for pair in request.form.items(multi=True) if pair[0] not in NOT_KEPT])
    except RequestEntityTooLarge:
        return ""


def offer(target: str, kept: str, status: int) -> Response | None:
    """The page that brings answers back into their form at `target`; None for an address that would store them."""
    if not kept or not draws_again(target):
        return None
    pairs = [pair for pair in parse_qsl(kept, keep_blank_values=True) if pair[0] not in NOT_KEPT]
    return render("resume.html", status, target=target, pairs=pairs, update=UPDATE)


def draws_again(target: str) -> bool:
    """Whether answers sent to an address would be drawn again."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(target.partition("?")[0], method="POST")
    except (HTTPException, RequestRedirect):
        return False
    return endpoint in DRAWN_AGAIN
