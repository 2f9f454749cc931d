"""Who knocks, how often, in which language, and which template is meant. No cookie is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask import current_app, g, request
from flask.typing import ResponseReturnValue

from builder.model import Template
from renderer.api.budget import Budget
from renderer.api.problem import Problem, answer, of
from renderer.i18n import DEFAULT, best
from renderer.visit import house
from workflows.record import Actor, NotFound
from workflows.service import Service

CHALLENGE = 'Bearer realm="formwright"'
BUDGET = "formwright-budget"


@dataclass(frozen=True, slots=True)
class Named:
    """What `TEMPLATE[@DEPT]` means for a caller: the definition he works with, and whose records ("": everybody's)."""

    template: str
    department: str
    definition: Template


def service() -> Service:
    """What is done with records."""
    return house().service


def admit() -> None:
    """Let a request in that brings a good token and does not come too often. Raises Problem 401, 429."""
    user = house().people.token(_token())
    if user is None:
        raise Problem(401, "token-unknown", headers={"WWW-Authenticate": f'{CHALLENGE}, error="invalid_token"'})
    g.caller = user.actor
    settings = house().settings
    budget: Budget = current_app.extensions.setdefault(BUDGET, Budget(settings.api_per_minute))
    seconds = budget.wait(user.id, datetime.fromisoformat(settings.clock()).timestamp())
    if seconds:
        raise Problem(429, "too-many", headers={"Retry-After": str(seconds)})


def caller() -> Actor:
    """Who the request's token stands for."""
    return cast(Actor, g.caller)


def language() -> str:
    """The language of what people read in an answer: `Accept-Language`, else the caller's own, else Chinese."""
    accepted = next((found for tag in request.accept_languages.values() if (found := best(tag))), "")
    return accepted or (best(caller().language) if "caller" in g else "") or DEFAULT


def respond(error: Exception) -> ResponseReturnValue:
    """The answer to a request that failed."""
    return answer(of(error, language()), language())


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
