"""What went wrong, as problem+json (RFC 9457): a stable `code` for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask import Response
from werkzeug.exceptions import HTTPException

import schemas
from renderer.api.strict import write
from renderer.sentences import sentence
from workflows.keep.port import StoreError
from workflows.record import Invalid, Refused
from workflows.words import tell

MEDIA_TYPE = "application/problem+json"
PASSED_ON = ("Allow", "Retry-After")

# Statuses that werkzeug finds before a view is reached, by the catalogue code that says what to do.
BY_STATUS: Mapping[int, str] = {
    400: "malformed",
    404: "no-such-address",
    405: "method",
    413: "too-large",
    415: "media-type",
    429: "too-many",
    500: "our-mistake",
}


class Problem(Exception):
    """A request that cannot be answered: status, catalogue code, what fills it, further members, headers."""

    def __init__(
        self,
        status: int,
        code: str,
        args: Mapping[str, object] | None = None,
        *,
        members: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.args_ = status, code, dict(args or {})
        self.members, self.headers = dict(members or {}), dict(headers or {})

    @property
    def message(self) -> str:
        """The catalogue's code: those that only the API says are written there with `api-` in front."""
        return f"api-{self.code}" if f"api-{self.code}" in schemas.messages() else self.code


def answer(problem: Problem, language: str) -> Response:
    """The problem as a response in a language."""
    body = {
        "type": f"urn:formwright:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": sentence(problem.message, language, problem.args_),
        **problem.members,
    }
    response = Response(write(body), problem.status, problem.headers, mimetype=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    return response


def of(error: Exception, language: str) -> Problem:
    """The problem behind any error a view or the router may end with; errors of ours stay without detail."""
    match error:
        case Problem():
            return error
        case Refused():
            return _refused(error, language)
        case StoreError():
            return Problem(503, "store-failed", headers={"Retry-After": "5"})
        case HTTPException():
            return _http(error)
    return Problem(500, "our-mistake")


def _refused(error: Refused, language: str) -> Problem:
    if isinstance(error, Invalid):
        errors = {name: [tell(fault, language) for fault in faults] for name, faults in error.faults.items()}
        return Problem(error.status, "invalid", members={"errors": errors})
    return Problem(error.status, error.code, error.args_)


def _http(error: HTTPException) -> Problem:
    status = error.code or 500
    kept = {name: value for name, value in error.get_headers() if name in PASSED_ON}
    return Problem(status, BY_STATUS.get(status, "malformed"), headers=kept)
