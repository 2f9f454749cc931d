"""`link create`: a link to a public entry, alone on the last line, and its QR code as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.entry import Entry
from builder.model import Template, say
from builder.nearest import nearest
from renderer.secret import secret_key
from renderer.shell.desk import SHELL, Answer, Desk, Usage
from renderer.shell.staff import known
from renderer.visitors import qr
from renderer.visitors.tokens import link_token
from workflows.catalogue import Catalogue
from workflows.doors import Doors
from workflows.identity import ids
from workflows.people import People
from workflows.record import NotFound

PICTURES = (".svg", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a link is to be: `values` as `field=value`, whose its records will be, its caption, where its code goes."""

    values: Sequence[str] = ()
    owner: str = ""
    label: str = ""
    picture: Path | None = None


def created(desk: Desk, ref: str, entry: str, wish: Wish, *, key: str, base_url: str, port: int) -> Answer:
    """Make a link. Raises Usage, Refused, WorkspaceError, StoreError, WeakKey, OSError."""
    if wish.picture and wish.picture.suffix not in PICTURES:
        raise Usage("shell-bad-value", name="--qr", allowed=", ".join(PICTURES))
    secret = secret_key(key, desk.workspace.root / "data", lambda: desk.chance(32).hex(), production=bool(base_url))
    department = ref.partition("@")[2]
    if department:
        known("department", department, desk.company.departments)
    with desk.store() as store:
        catalogue = Catalogue(store)
        template = _published(desk, catalogue, ref)
        door = _door(template, entry)
        values = _values(template, door, wish.values)
        own = People(store, desk.chance).present(wish.owner) if wish.owner else None
        doors = Doors(store, catalogue, desk.clock, ids(desk.chance), desk.chance)
        _complete(desk, template, door, values, doors)
        if wish.picture:
            wish.picture.touch()  # whether it can be written shows before there is a link
        made = doors.make(template, entry, values, owner=wish.owner, by=SHELL, label=wish.label,
                          department=department or (own.department if own else ""))  # fmt: skip
    url = f"{base_url.rstrip('/') or f'http://127.0.0.1:{port}'}/p/{link_token(secret, made)}"
    if wish.picture:
        wish.picture.write_bytes(qr.svg(url, made.label) if wish.picture.suffix == ".svg" else qr.png(url))
    notes = [] if base_url else [desk.say("shell-link-here", port=port)]
    return Answer((desk.say("shell-link-made", ref=template.ref, entry=entry), *notes, url))


def _published(desk: Desk, catalogue: Catalogue, ref: str) -> Template:
    """What is served under `TEMPLATE[@DEPT]`. Raises WorkspaceError for a name that no file has, Usage."""
    try:
        return catalogue.current(ref)
    except NotFound:
        name = desk.workspace.resolve(ref.partition("@")[0])
        raise Usage("shell-not-published", name=str(name)) from None


def _door(template: Template, entry: str) -> Entry:
    """A template's public entry. Raises Usage, with the nearest there is."""
    public = [door.id for door in template.entries.values() if door.public]
    if entry not in public:
        named = {"name": entry, "template": template.ref, "known": ", ".join(public)}
        raise Usage("shell-no-entry", **named, suggestion=nearest(entry, public))
    return template.entries[entry]


def _values(template: Template, door: Entry, written: Sequence[str]) -> dict[str, str]:
    """`field=value` each; a field that a department added may be called by its short name. Raises Usage."""
    found: dict[str, str] = {}
    for one in written:
        name, equals, value = one.partition("=")
        own = f"{template.department}__{name}"
        field = name if name in door.ask_link else own if own in door.ask_link else ""
        if not equals:
            raise Usage("shell-set-form", written=one, field=next(iter(door.ask_link), ""))
        if not field:
            known = ", ".join(door.ask_link)
            raise Usage("shell-set-other", name=name, entry=door.id, known=known,
                        suggestion=nearest(name, door.ask_link))  # fmt: skip
        found[field] = value
    return found


def _complete(desk: Desk, template: Template, door: Entry, values: Mapping[str, str], doors: Doors) -> None:
    """Raises Usage with what to add where the link has to fix more."""
    faults = doors.faults(template, door, values)
    lacking = [name for name in door.ask_link if name in faults and not values.get(name)]
    if lacking:
        written = " ".join(f"--set {name}={desk.say('shell-value')}" for name in lacking)
        labels = [f"{say(template.fields[name].label, desk.language)} ({name})" for name in lacking]
        raise Usage("shell-set-missing", labels=labels, written=written)
