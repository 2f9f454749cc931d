"""What a request may bring: a body of known members, an idempotency key, the revision it was made from, a query."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from flask import Request

from builder.nearest import nearest
from renderer.api.problem import Problem
from renderer.api.strict import NotStrict, read_object

LONGEST_KEY = 200
_KEY = re.compile(rf"[\x21-\x7e](?:[\x20-\x7e]{{0,{LONGEST_KEY - 2}}}[\x21-\x7e])?")
_REVISION = re.compile(r'"?([0-9]{1,15})"?')
_PAGE = re.compile(r"[1-9][0-9]{0,8}")
_KINDS: Mapping[type, str] = {dict: "object", str: "string", int: "integer", list: "array"}


def body(request: Request, members: Mapping[str, type], *, needed: tuple[str, ...] = ()) -> dict[str, object]:
    """The members of a JSON object, each of its type; an empty body is an empty object where nothing is needed.

    Raises Problem: 415 for another media type, 400 for JSON with two meanings, for a member that is unknown, missing or
    of another type.
    """
    if not request.get_data() and not needed:
        return {}
    _refuse_other_media(request)
    try:
        sent = read_object(request.get_data())
    except NotStrict as error:
        raise Problem(400, error.code, error.args_) from error
    refuse_unknown(sent, members, "member-unknown")
    for name in needed:
        if name not in sent:
            raise Problem(400, "member-missing", {"name": name})
    for name, value in sent.items():
        if not isinstance(value, members[name]) or isinstance(value, bool):
            raise Problem(400, "member-type", {"name": name, "kind": _KINDS[members[name]]})
    return sent


def _refuse_other_media(request: Request) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != "application/json" or charset != "utf-8":
        header = "Accept-Patch" if request.method == "PATCH" else "Accept-Post"
        raise Problem(415, "media-type", headers={header: "application/json"})


def refuse_unknown(sent: Iterable[str], known: Collection[str], code: str) -> None:
    """Raises Problem 400 for the first name that is not known, with the nearest that is."""
    for name in sent:
        if name not in known:
            near = nearest(name[:80], known)
            args = {"name": name[:80], "near": near, "known": ", ".join(known)}
            raise Problem(400, f"{code}-near" if near else code, args)


def query(request: Request, known: Collection[str]) -> dict[str, object]:
    """The parameters of the address. Raises Problem 400 for one that is unknown or stands twice."""
    refuse_unknown(request.args, known, "parameter-unknown")
    for name, values in request.args.lists():
        if len(values) > 1:
            raise Problem(400, "parameter-twice", {"name": name})
    return dict(request.args.items())


def page(asked: object) -> int:
    """A page number counted from 1. Raises Problem 400 for anything else."""
    if not _PAGE.fullmatch(str(asked)):
        raise Problem(400, "page-malformed")
    return int(str(asked))


def names(asked: object) -> tuple[str, ...]:
    """Names separated by commas, each once."""
    return tuple(dict.fromkeys(name for part in str(asked or "").split(",") if (name := part.strip())))


def mapping(sent: Mapping[str, object], name: str) -> dict[str, object]:
    """A member that is an object, empty when it was not sent."""
    value = sent.get(name)
    return value if isinstance(value, dict) else {}


def idempotency_key(request: Request) -> str:
    """The `Idempotency-Key` header, "" without one. Raises Problem 400 unless it is 1 to 200 printable characters."""
    written = request.headers.get("Idempotency-Key")
    if written is not None and not _KEY.fullmatch(written):
        raise Problem(400, "key-malformed", {"most": LONGEST_KEY})
    return written or ""


def revision(request: Request) -> int | None:
    """The revision in `If-Match`, `3` or `"3"`; None for `*`. Raises Problem 428 without one, 400 when it is none."""
    written = request.headers.get("If-Match")
    if written is None:
        raise Problem(428, "revision-missing")
    if written.strip() == "*":
        return None
    found = _REVISION.fullmatch(written.strip())
    if found is None:
        raise Problem(400, "revision-malformed")
    return int(found[1])


def revision_if_any(request: Request) -> int | None:
    """The revision in `If-Match`, None without the header."""
    return revision(request) if "If-Match" in request.headers else None
