"""Every URL of the app on one page, with who may knock there.

A row is `(rule, methods, view, permission)`. What the caller may then see or do is judged by `workflows`, record by record:
the permission only says which proof of identity the door asks for. A route that is not in this table is refused (403).

    PUBLIC   nobody needs to sign in
    SESSION  a signed-in person: the session cookie; a POST carries a CSRF token; bodies are HTML forms
    BEARER   a program with a token in `Authorization: Bearer`; the cookie is not looked at; bodies are JSON
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from flask.typing import ResponseReturnValue

from renderer.pages import health

Permission = Literal["public", "session", "bearer"]
PUBLIC: Final = "public"
SESSION: Final = "session"
BEARER: Final = "bearer"


class Rule(NamedTuple):
    """One line of the table; `methods` are separated by blanks."""

    rule: str
    methods: str
    view: Callable[..., ResponseReturnValue]
    permission: Permission

    @property
    def endpoint(self) -> str:
        """The name `url_for` knows it by: `home.show`, `api.records.create`."""
        module = self.view.__module__.removeprefix("renderer.").removeprefix("pages.")
        return f"{module}.{self.view.__name__}"


PAGES: tuple[Rule, ...] = (
    Rule("/healthz", "GET", health.healthz, PUBLIC),
)

API: tuple[Rule, ...] = ()

RULES: tuple[Rule, ...] = PAGES + API
