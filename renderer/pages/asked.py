"""What a list's address or search form asks for, and the addresses of its neighbours.

Filters stand in the address (`state`, `f-FIELD`, `sort`, `page`), but only over fields that are not personal. A text
that is searched for may be a name or a number, so it travels in the body of a POST and never in an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from builder.model import Field, Template
from renderer.drawing.choosing import lines
from renderer.drawing.offers import ID
from workflows.guard.access import ever_clear
from workflows.record import Actor

SIZE: Final = 50
PREFIX: Final = "f-"
MOST_FILTERS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to a list."""

    match: Mapping[str, str]
    sort: str = ""
    page: int = 1
    text: str = ""
    linked: str = ""  # only records that link to this one

    @classmethod
    def of(cls, sent: MultiDict[str, str], text: str, template: Template, actor: Actor) -> Asked:
        """What was sent, without what the template does not have."""
        fields = {PREFIX + f.id: f for f in filters(template, actor)}
        match = {f.id: sent[name] for name, f in fields.items() if f.option(sent.get(name))}
        if sent.get("state") in template.states:
            match["state"] = sent["state"]
        page = sent.get("page", "1")
        linked = sent.get("linked", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
        return cls(
            match=match,
            sort=sent.get("sort", ""),
            page=max(1, number),
            text=" ".join(text.split())[:100],
            linked=linked if ID.fullmatch(linked) else "",
        )

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """The question as names and values, without the text that is searched for."""
        asked = replace(self, **changes)  # type: ignore[arg-type]  # the names are this class's own
        named = ((name if name == "state" else PREFIX + name, value) for name, value in asked.match.items())
        page = str(asked.page) if asked.page > 1 else ""
        pairs = [*named, ("linked", asked.linked), ("sort", asked.sort), ("page", page)]
        return [(name, value) for name, value in pairs if value]

    def query(self, **changes: object) -> str:
        """The same as the query of an address, with its `?`."""
        return "?" + urlencode(self.pairs(**changes))

    def turned(self, column: str) -> str:
        """What to sort by after a click on a column's heading: it, or the other way round."""
        return f"-{column}" if self.sort == column else column


def filters(template: Template, actor: Actor) -> tuple[Field, ...]:
    """The fields a list can be narrowed by in its address: choices that every record shows, not personal, in clear."""
    choices = (f for f in template.fields.values() if f.type == "choice" and f.visible is None)
    fields = (f for f in choices if not f.personal and lines(f.options, ""))
    return tuple(f for f in fields if ever_clear(template, actor, f.id))[:MOST_FILTERS]
