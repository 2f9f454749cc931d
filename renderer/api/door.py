"""Who knocks, and which template is meant: the bearer token, read before anything else of a request, and `T`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import g, request

from builder.model import Template
from renderer.api.problem import Problem
from renderer.visit import house
from workflows.record import Actor, NotFound
from workflows.service import Service

CHALLENGE = 'Bearer realm="formwright"'


@dataclass(frozen=True, slots=True)
class Named:
    """What `TEMPLATE[@DEPT]` means for a caller: the definition he works with, and whose records ("": everybody's)."""

    template: str
    department: str
    definition: Template


def service() -> Service:
    """What is done with records."""
    return house().service


def caller() -> Actor:
    """Who the request's token stands for. Raises Problem 401 for a token that is missing or no longer good."""
    if "caller" not in g:
        g.caller = _by_token(_token())
    return cast(Actor, g.caller)


def named(ref: str, *, own: bool = False) -> Named:
    """The template a caller names. Raises NotFound when there is none for him; `own` allows his own department only."""
    template, at, department = ref.partition("@")
    definition = next((known for known in service().templates(caller()) if known.id == template), None)
    mine = (caller().department,) if own else service().company().departments
    if definition is None or (at and department not in mine):
        raise NotFound("no-such-template", template=ref)
    return Named(template, department, definition)


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Problem(401, "token-missing", headers={"WWW-Authenticate": CHALLENGE})
    return token.strip()


def _by_token(token: str) -> Actor:
    user = house().people.token(token)
    if user is None:
        raise Problem(401, "token-unknown", headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})
    return user.actor
