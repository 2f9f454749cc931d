"""A form left half-filled to make a record that it links to: its answers go along, and come back with the link chosen.

They travel as `resume.py` has them travel: hidden in the page, drawn again and never stored before their author has
seen them. So an errand may lead to another, without JavaScript and without anything kept on the server.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from flask import Response, request
from markupsafe import Markup

from renderer.drawing.offers import ASKED, TEXT
from renderer.i18n import words
from renderer.pages.form import UPDATE
from renderer.pages.page import render
from renderer.pages.resume import NOT_KEPT, draws_again
from renderer.sessions import CSRF_FIELD, csrf
from renderer.visit import language

FOR: Final = "form-for"  # the button that sends somebody off: address of the form left, name of the link
ERRAND: Final = "form-errand"  # the same, with the answers left behind, encoded
PLACE: Final = "form-place"


@dataclass(frozen=True, slots=True)
class Errand:
    """Where to come back to, the name of the link to fill there, and the answers left behind as they were sent."""

    target: str
    name: str
    kept: tuple[tuple[str, str], ...]

    @classmethod
    def begun(cls) -> Errand | None:
        """The errand that this request begins; None when it begins none."""
        return cls._of(request.form.get(FOR, ""), request.form.items(multi=True))

    @classmethod
    def under_way(cls) -> Errand | None:
        """The errand that the form in this request was opened on."""
        sent = request.form.get(ERRAND, "")
        pairs = parse_qsl(sent, keep_blank_values=True)
        return cls._of(dict(pairs).get(PLACE, ""), pairs)

    @classmethod
    def _of(cls, place: str, pairs: Iterable[tuple[str, str]]) -> Errand | None:
        target, _, name = place.partition(" ")
        if not name or not draws_again(target):
            return None
        kept = tuple((k, v) for k, v in pairs if k not in {*NOT_KEPT, FOR, PLACE})
        return cls(target, name, kept)

    @property
    def typed(self) -> str:
        """What was typed where the link is to stand."""
        return dict(self.kept).get(self.name + TEXT, "")

    def slots(self) -> dict[str, Markup]:
        """What the form of the errand carries: the answers left behind, and a way back without it."""
        sent = urlencode([*self.kept, (PLACE, f"{self.target} {self.name}")])
        _ = words(language())
        pairs = Markup("").join(HIDDEN.format(name, value) for name, value in (*self.kept, (UPDATE, "1")))
        token = HIDDEN.format(CSRF_FIELD, csrf())
        back = BACK.format(_("The form you came from is waiting as you left it."), self.target, token, pairs,
                           _("Back without a new record"))  # fmt: skip
        return {"errand": HIDDEN.format(ERRAND, sent), "return": back, "tabs": Markup("")}

    def done(self, id: str, title: str) -> Response:
        """The page that leads back, with the new record chosen."""
        names = {self.name, self.name + TEXT, self.name + ASKED}
        pairs = [pair for pair in self.kept if pair[0] not in names]
        chosen = [(self.name, id), (UPDATE, "1")]
        return render("errand.html", 200, target=self.target, title=title, pairs=[*pairs, *chosen])


HIDDEN: Final = Markup('<input type="hidden" name="{}" value="{}">')
BACK: Final = Markup(
    '<form class="note" method="post" action="{1}">{2}{3}{0} <button class="quiet" type="submit">{4}</button></form>'
)
