"""`link create`: a link to a public entry, alone on the last line, and its QR code as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.model import Template
from builder.nearest import nearest
from renderer.secret import secret_key
from renderer.shell.desk import SHELL, Answer, Desk, Usage
from renderer.visitors import qr
from renderer.visitors.tokens import link_token
from workflows.catalogue import Catalogue
from workflows.doors import Doors
from workflows.identity import ids
from workflows.people import People

PICTURES = (".svg", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a link is to be: `values` as `field=value`, whose its records will be, its caption, where its code goes."""

    values: Sequence[str] = ()
    owner: str = ""
    label: str = ""
    picture: Path | None = None


def created(desk: Desk, ref: str, entry: str, wish: Wish, *, key: str, base_url: str, port: int) -> Answer:
    """Make a link. Raises Usage, Refused, StoreError, WeakKey, OSError."""
    if wish.picture and wish.picture.suffix not in PICTURES:
        raise Usage("shell-bad-value", name="--qr", allowed=", ".join(PICTURES))
    secret = secret_key(key, desk.workspace.root / "data", lambda: desk.chance(32).hex(), production=bool(base_url))
    department = ref.partition("@")[2]
    with desk.store() as store:
        catalogue = Catalogue(store)
        template = catalogue.current(ref)
        user = People(store, desk.chance).get(wish.owner) if wish.owner else None
        if wish.owner and user is None:
            raise Usage("no-such-user", name=wish.owner)
        doors = Doors(store, catalogue, desk.clock, ids(desk.chance), desk.chance)
        made = doors.make(template, entry, _values(template, wish.values), owner=wish.owner, by=SHELL,
                          label=wish.label, department=department or (user.department if user else ""))  # fmt: skip
    url = f"{base_url.rstrip('/') or f'http://127.0.0.1:{port}'}/p/{link_token(secret, made)}"
    if wish.picture:
        wish.picture.write_bytes(qr.svg(url, made.label) if wish.picture.suffix == ".svg" else qr.png(url))
    notes = [] if base_url else [desk.say("shell-link-here", port=port)]
    return Answer((desk.say("shell-link-made", ref=template.ref, entry=entry), *notes, url))


def _values(template: Template, written: Sequence[str]) -> dict[str, str]:
    """`field=value` each; a field that a department added may be called by its short name. Raises Usage."""
    found: dict[str, str] = {}
    for one in written:
        name, equals, value = one.partition("=")
        own = f"{template.department}__{name}"
        field = name if name in template.fields else own if own in template.fields else ""
        if not equals or not field:
            known = ", ".join(template.fields)
            raise Usage("unknown-field", name=name, known=known, suggestion=nearest(name, template.fields))
        found[field] = value
    return found
