"""What is signed and handed out: a link's token, and the pass that a form carries from page to page.

Both can be read by whoever holds them and changed by nobody; neither says anything personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from workflows.links import Link

LONGEST: Final = 4_000  # characters of a token that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What a public form brings along: by which link and when it was opened, its key, what was captured on arrival."""

    link: str
    opened: str
    key: str
    captured: Mapping[str, str]


def link_token(secret: str, link: Link) -> str:
    """The token that stands in a link's address."""
    return _sign(secret, "link", said_by(link))


def read_link(secret: str, token: str) -> list[object] | None:
    """What a link's token says (see `said_by`); None for one that this installation has not signed."""
    found = _read(secret, "link", token)
    return found if isinstance(found, list) and len(found) == 4 else None


def said_by(link: Link) -> list[object]:
    """What the token of a link says."""
    return [link.id, link.ref, link.entry, dict(link.values)]


def write_pass(secret: str, carried: Pass) -> str:
    """A pass, signed."""
    return _sign(secret, "pass", [carried.link, carried.opened, carried.key, dict(carried.captured)])


def read_pass(secret: str, token: str, link: str) -> Pass | None:
    """The pass of a form that was opened by this link; None for any other text."""
    match _read(secret, "pass", token):
        case [str(own), str(opened), str(key), dict(captured)] if own == link:
            return Pass(link=own, opened=opened, key=key, captured=captured)
    return None


def write_arrival(secret: str, link: str, captured: Mapping[str, str]) -> str:
    """What was captured on arrival, signed: it outlives one redirect in a cookie."""
    return _sign(secret, "arrival", [link, dict(captured)])


def read_arrival(secret: str, token: str, link: str) -> dict[str, str]:
    """What was captured when somebody arrived by this link; nothing for any other text."""
    match _read(secret, "arrival", token):
        case [str(own), dict(captured)] if own == link:
            return {str(name): str(value) for name, value in captured.items()}
    return {}


def _sign(secret: str, purpose: str, said: object) -> str:
    signed = _signer(secret, purpose).dumps(said)
    return signed if isinstance(signed, str) else signed.decode("ascii")


def _read(secret: str, purpose: str, token: str) -> object:
    if len(token) > LONGEST:
        return None
    try:
        return _signer(secret, purpose).loads(token)
    except BadData:
        return None


def _signer(secret: str, purpose: str) -> URLSafeSerializer:
    """Each purpose has a key of its own: what was signed for one is worth nothing for another."""
    options = {"key_derivation": "hmac", "digest_method": sha256}
    return URLSafeSerializer(secret, salt=f"formwright-{purpose}", signer_kwargs=options)
