"""Every URL of the app on one page, with who may knock there.

A row is `(rule, methods, view, permission)`. What the caller may then see or do is judged by `workflows`, record by
record: the permission only says which proof of identity the door asks for. A route that is not here is refused.

    PUBLIC   nobody needs to sign in
    LINK     whoever brings a signed link: no session is looked at or begun; a POST is an HTML form, and a small one
    SESSION  a signed-in person: the session cookie; a POST carries a CSRF token; bodies are HTML forms
    BEARER   a program with a token in `Authorization: Bearer`; the cookie is not looked at; bodies are JSON

`ref` is TEMPLATE or TEMPLATE@DEPT: without a department the caller's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from flask.typing import ResponseReturnValue

from renderer.api import document, lookups, records
from renderer.api import files as api_files
from renderer.pages import (
    assets,
    blank,
    edit,
    entry,
    files,
    fill,
    finding,
    health,
    home,
    links,
    listing,
    login,
    record,
    step,
)
from renderer.visitors import show

Permission = Literal["public", "link", "session", "bearer"]
PUBLIC: Final = "public"
LINK: Final = "link"
SESSION: Final = "session"
BEARER: Final = "bearer"


class Rule(NamedTuple):
    """One line of the table; `methods` are separated by blanks. Only where it `uploads` may a body bring files."""

    rule: str
    methods: str
    view: Callable[..., ResponseReturnValue]
    permission: Permission
    uploads: bool = False

    @property
    def endpoint(self) -> str:
        """The name `url_for` knows it by: `home.show`, `api.records.create`."""
        module = self.view.__module__.removeprefix("renderer.").removeprefix("pages.")
        return f"{module}.{self.view.__name__}"


PAGES: tuple[Rule, ...] = (
    Rule("/", "GET", home.show, SESSION),
    Rule("/f/<ref>", "GET POST", fill.show, SESSION, uploads=True),
    Rule("/f/<ref>/<entry>", "GET POST", fill.show, SESSION, uploads=True),
    Rule("/blank/<ref>", "GET", blank.show, SESSION),
    Rule("/blank/<ref>/<entry>", "GET", blank.show, SESSION),
    Rule("/l/<ref>", "GET POST", listing.show_list, SESSION),
    Rule("/l/<ref>/<name>", "GET POST", listing.show_list, SESSION),
    Rule("/find/<ref>", "POST", finding.find, SESSION),
    Rule("/r/<id>", "GET", record.show, SESSION),
    Rule("/r/<id>/edit", "GET POST", edit.show, SESSION, uploads=True),
    Rule("/r/<id>/add/<name>", "GET POST", entry.show, SESSION, uploads=True),
    Rule("/r/<id>/do/<action>", "GET POST", step.show, SESSION, uploads=True),
    Rule("/r/<id>/files/<field>/<file>", "GET", files.show, SESSION),
    Rule("/r/<id>/tags", "POST", record.tag, SESSION),
    Rule("/links/<ref>", "GET", links.index, SESSION),
    Rule("/links/<ref>/make/<entry>", "GET POST", links.make, SESSION),
    Rule("/links/<ref>/close", "POST", links.close, SESSION),
    Rule("/links/<ref>/sheet", "GET", links.sheet, SESSION),
    Rule("/links/<ref>/<id>.<kind>", "GET", links.picture, SESSION),
    Rule("/p/<token>", "GET POST", show.show, LINK, uploads=True),
    Rule("/login", "GET POST", login.show, PUBLIC),
    Rule("/logout", "POST", login.leave, PUBLIC),
    Rule("/static/<name>", "GET", assets.send, PUBLIC),
    Rule("/healthz", "GET", health.healthz, PUBLIC),
    Rule("/readyz", "GET", health.readyz, PUBLIC),
)

API: tuple[Rule, ...] = (
    Rule("/api/openapi.json", "GET", document.show, BEARER),
    Rule("/api/v1/<template>/records", "GET", records.index, BEARER),
    Rule("/api/v1/<template>/records", "POST", records.create, BEARER),
    Rule("/api/v1/<template>/records/search", "POST", records.search, BEARER),
    Rule("/api/v1/<template>/fields/<field>/options", "GET", lookups.options, BEARER),
    Rule("/api/v1/<template>/fields/<field>/records/search", "POST", lookups.records, BEARER),
    Rule("/api/v1/<template>/files", "POST", api_files.take, BEARER, uploads=True),
    Rule("/api/v1/records/<record>", "GET", records.show, BEARER),
    Rule("/api/v1/records/<record>", "PATCH", records.revise, BEARER),
    Rule("/api/v1/records/<record>/transitions/<action>", "POST", records.act, BEARER),
    Rule("/api/v1/records/<record>/history", "GET", records.history, BEARER),
    Rule("/api/v1/records/<record>/files/<field>/<file>", "GET", api_files.fetch, BEARER),
)

RULES: tuple[Rule, ...] = PAGES + API
