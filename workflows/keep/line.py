"""One line of the journal: `{format, seq, prev, at, actor, kind, record, digest, salt, body}`, in this order.

The first eight are the chained part: `prev` is the sha256 of the chained part of the line before. It covers the
body only through `digest = sha256(salt + body)`, so salt and body may be blanked (`null`) and the chain still verifies.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256

from workflows.keep.draft import Changes
from workflows.keep.port import Event, Head

GENESIS = Head(0, "0" * 64)
FORMAT = 1

_CHAINED = ("format", "seq", "prev", "at", "actor", "kind", "record", "digest")
_PRIVATE = b',"salt":'  # inside a JSON string its quotes would be escaped, so the first one ends the chained part
_SALT_AND_BODY = re.compile(rb',"salt":(?:"([0-9a-f]*)"|null),"body":(.*)\}', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was checked; an erased one has an empty event and no changes."""

    event: Event
    changes: Changes
    head: Head


class BadLine(ValueError):
    """The bytes are not a line of this chain; `code` is a catalogue code that says why, `args_` fill it."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code, self.args_ = code, args


def compact(value: object) -> bytes:
    """Canonical JSON: no spaces, UTF-8; raises ValueError for NaN and infinities."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which a program may send: escaped, it survives
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def encode(after: Head, *, at: str, actor: str, kind: str, record: str, salt: str, body: object) -> bytes:
    """The bytes of the line that follows a head, without its newline."""
    private = compact(body)
    digest = sha256(salt.encode() + private).hexdigest()
    values = (FORMAT, after.seq + 1, after.hash, at, actor, kind, record, digest)
    chained = compact(dict(zip(_CHAINED, values, strict=True)))
    return chained[:-1] + _PRIVATE + compact(salt) + b',"body":' + private + b"}"


def decode(raw: bytes, after: Head | None) -> Line:
    """The line these bytes are; `after` is the head it must follow (None: not asked). Raises BadLine."""
    chained, mark, rest = raw.partition(_PRIVATE)
    match = _SALT_AND_BODY.fullmatch(mark + rest)
    try:
        fields = json.loads(chained + b"}")
        body = json.loads(match[2]) if match else None
    except ValueError:
        raise BadLine("kept-no-json") from None
    if match is None or not isinstance(fields, dict) or tuple(fields) != _CHAINED or fields["format"] != FORMAT:
        raise BadLine("kept-no-line")
    _check_body(fields["digest"], match[1], match[2])
    if after is not None:
        _check_chain(fields, after)
    said, rows = (body["event"], body["rows"]) if body else ({}, {})
    event = Event(**{name: fields[name] for name in ("seq", "at", "actor", "kind", "record")}, body=said)
    return Line(event, rows, Head(fields["seq"], sha256(chained).hexdigest()))


def _check_body(digest: str, salt: bytes | None, body: bytes) -> None:
    erased = salt is None and body.strip() == b"null"
    if not erased and sha256((salt or b"") + body).hexdigest() != digest:
        raise BadLine("kept-other-body")


def _check_chain(fields: dict[str, object], after: Head) -> None:
    if fields["seq"] != after.seq + 1:
        raise BadLine("kept-out-of-order", expected=after.seq + 1, found=fields["seq"])
    if fields["prev"] != after.hash:
        raise BadLine("kept-broken-chain")
