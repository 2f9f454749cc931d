"""The API's calls as a table: what each takes and answers. `renderer/urls.py` serves them; a test compares the two.

`{template}` in a path is written out for every template; where a schema is named `TEMPLATE.x`, it is its own there
and any of them where the path names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

EVERYWHERE = (401, 429, 503)  # no token, too often, no disk: any call may meet these
QUERY = ("where", "sort", "page", "columns")
BODY = (400, 413, 415, 422)  # what may be wrong with a body


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `name` finds its words (`openapi-NAME`); `answers` maps a good status to its headers.

    `body` and `answer` name schemas; a body is obligatory unless `body_optional`. `body_type` and `answer_type` are
    media types, `*/*` any.
    """

    path: str
    method: str
    name: str
    answer: str
    answers: Mapping[int, tuple[str, ...]]
    problems: tuple[int, ...] = ()
    parameters: tuple[str, ...] = ()
    body: str = ""
    body_optional: bool = False
    body_type: str = "application/json"
    answer_type: str = "application/json"


CALLS: tuple[Call, ...] = (
    Call("/api/openapi.json", "get", "document", "document", {200: ()}),
    Call("/api/v1/{template}/records", "get", "list", "page", {200: ()}, (400, 403, 404, 422), QUERY),
    Call(
        "/api/v1/{template}/records", "post", "create", "record",
        {201: ("Location", "ETag"), 200: ("Location", "ETag")},
        (*BODY, 403, 404, 409), ("Idempotency-Key",), "new",
    ),
    Call(
        "/api/v1/{template}/records/search", "post", "search", "page",
        {200: ()},
        (*BODY, 403, 404), (), "search", True,
    ),
    Call(
        "/api/v1/{template}/fields/{field}/options", "get", "options", "options",
        {200: ()},
        (400, 404), ("text", "parent", "page"),
    ),
    Call(
        "/api/v1/{template}/fields/{field}/records/search", "post", "linkable", "linkable",
        {200: ()},
        (400, 404, 413, 415), (), "look-up", True,
    ),
    Call(
        "/api/v1/{template}/files", "post", "send-file", "file",
        {201: ()},
        (*BODY, 404), (), "sent-file", body_type="multipart/form-data",
    ),
    Call("/api/v1/records/{record}", "get", "read", "record", {200: ("ETag",)}, (404,)),
    Call(
        "/api/v1/records/{record}", "patch", "change", "record",
        {200: ("ETag",)},
        (*BODY, 403, 404, 409, 428), ("If-Match", "Idempotency-Key"), "change",
    ),
    Call(
        "/api/v1/records/{record}/transitions/{action}", "post", "act", "record",
        {200: ("ETag",)},
        (*BODY, 403, 404, 409), ("If-Match-optional", "Idempotency-Key"), "step", True,
    ),
    Call("/api/v1/records/{record}/history", "get", "history", "history", {200: ()}, (404,)),
    Call(
        "/api/v1/records/{record}/files/{field}/{file}", "get", "fetch-file", "content",
        {200: ("ETag-content", "Content-Disposition")},
        (404,), answer_type="*/*",
    ),
)  # fmt: skip
