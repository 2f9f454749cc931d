"""One app with many forms in it, and the ways into each: pages with scripts and without, the API, `try`, a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server

from builder.case import Case, Step
from builder.compile import Compiled
from builder.model import Company, Field, Template
from renderer.drawing.answers import parse
from renderer.drawing.cabinet import plan_for
from renderer.drawing.plan import Plan
from renderer.house import House
from renderer.shell.trying import attempt
from tests.laws.answers import Raws
from tests.renderer.conftest import NOW, PASSWORD, make_app
from workflows.catalogue import publish
from workflows.filing import RECORDS, record_of
from workflows.guard.access import Rights, rights
from workflows.life.cases import Stage
from workflows.record import Actor, Record
from workflows.words import tell

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCRIPT = Path(__file__).with_name("ways.js")
EMIL = Actor(id="emil", name="艾米", roles=frozenset({"clerk"}), department="east")
Shown = dict[str, Any]


@dataclass
class Told:
    """What one way says of an answer: what is wrong, in words, and of a stored record its id (pages) or values."""

    errors: dict[str, str]
    values: Mapping[str, object] | None = None
    id: str = ""
    rev: int = 0


@dataclass
class Desk:
    """An app that is served, and somebody of the company who has a page open and a token."""

    page: Page
    house: House
    company: Company
    token: str

    def template(self, ref: str) -> Template:
        return self.house.catalogue.current(ref, EMIL.department)

    def rights(self, of: Template, record: Record | None = None) -> Rights:
        return rights(of, self.company, EMIL, record)

    def plan(self, of: Template, record: Record | None = None) -> Plan:
        return plan_for(of, self.rights(of, record), "zh", new=record is None)

    def stored(self, id: str) -> Record:
        row = self.house.store.get(RECORDS, id)
        assert row is not None
        return record_of(row)

    # -- the five ways ------------------------------------------------------------------------------------------------

    def typed(self, address: str, plan: Plan, raws: Raws, chance: Random) -> tuple[Shown, Raws]:
        """What the page with scripts shows once all is typed, in any order, and sent; what its controls made of it.

        What it does not refuse itself it leaves to the server, as one without scripts does: then `sent` is what counts.
        """
        page = self.page
        page.goto(address, wait_until="commit")
        page.locator("#form-status[data-ready]").wait_for(state="attached")
        for name in chance.sample([*raws], len(raws)):
            page.evaluate("ways.type", [name, raws[name]])
        page.locator("#form-status:not([data-asking])").wait_for(state="attached")
        page.evaluate("ways.stay()")
        page.locator(".actions .primary").click()
        return page.evaluate("ways.shown(document)"), self.reads(plan, page.evaluate("ways.pairs(document)"))

    def reads(self, plan: Plan, pairs: list[list[str]]) -> Raws:
        """The answers in a form that is sent."""
        return parse(plan, MultiDict(map(tuple, pairs)))

    def sent(self) -> dict[str, Any]:
        """What comes of the form on the page when it is sent without its scripts; whether these refused to send it."""
        return self.page.evaluate("ways.sent()")  # type: ignore[no-any-return]

    def without(self, raws: Raws) -> dict[str, Any]:
        """The same answers by somebody who has no scripts."""
        return self.page.evaluate("(raws) => ways.without(raws)", raws)  # type: ignore[no-any-return]

    def api(self, method: str, address: str, raws: Raws, rev: int = 0, good: int = 201, **more: str) -> Told:
        """What the API says, with `good` of what it takes."""
        found = self.page.evaluate("ways.call", [method, address, {"data": raws, **more}, self.token, str(rev or "")])
        errors = {name: " ".join(said) for name, said in found.get("errors", {}).items()}
        assert found["status"] == (422 if errors else good), found
        return Told(errors, found.get("data"), found.get("id", ""), found.get("rev", 0))

    def tried(self, of: Template, raws: Raws) -> tuple[Told, list[str]]:
        """What `try` says, and what is visible."""
        found: Any = attempt(of, self.company, raws, NOW, "zh")
        return Told({name: " ".join(said) for name, said in found["errors"].items()}, found["values"]), found["visible"]

    def case(self, of: Template, raws: Raws, then: Raws | None = None) -> Told:
        """What a case finds: `given`, and perhaps a step that changes answers."""
        case = Case(id="c", given=raws, at="2026-01-05T09:30:00")
        stage = Stage.of(of, self.company, case, "2026-01-05")
        made = stage.make(case)
        faults, record = made.faults, stage.record(made, "")
        if then is not None:
            taken = stage.take(Step(set=then), stage.actor("creator"), record)
            assert not isinstance(taken, str), taken
            record, _, faults = taken
        return Told({name: " ".join(tell(f, "zh") for f in found) for name, found in faults.items()}, record.data)


@contextmanager
def opened(browser: Browser, folder: Path, forms: list[Compiled]) -> Iterator[Desk]:
    """The desk of an app over these forms."""
    (folder / "formwright.yaml").write_text(forms[0].sources[0].text, "utf-8")
    app = make_app(folder)
    house: House = app.extensions["formwright"]
    for form in forms:
        publish(house.store, form, NOW, "test")
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}", locale="zh-CN")
    context.add_init_script(path=SCRIPT)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("用户名").fill("emil")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading").first.wait_for()
    try:
        yield Desk(page, house, house.service.company(), house.people.create_token("emil", NOW))
    finally:
        context.close()
        server.shutdown()
        house.store.close()


def asked(plan: Plan) -> list[Field]:
    """What somebody can type an answer to: a file is no text, and a record to link to has to be there."""
    return [field for field in plan.inputs if field.type not in ("file", "link")]
