"""`/p/TOKEN`: a form for whoever has its link. No session, no script and no cookie is needed.

Nothing of what is written stands in an address: each page is posted to the same one, the answers of the other pages
travel in hidden fields. There is no CSRF token, for there is nothing to forge: the page acts for nobody, and whoever
could make a visitor's browser send it could as well send it himself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from flask import Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from renderer.drawing.answers import Answers, opened
from renderer.drawing.cabinet import Door
from renderer.drawing.plan import DOOR
from renderer.i18n import words
from renderer.pages.form import Form, asks, programs, redraws, spoken
from renderer.pages.page import unsaved
from renderer.pages.searching import found, searched
from renderer.sentences import sentence
from renderer.uploads import MULTIPART, admit_files
from renderer.visit import house, language, speak
from renderer.visitors.arrival import LANGUAGE, captured
from renderer.visitors.page import BACK, CHANGE, NOTE, PASS, RETURN, SPEAK, SPOKEN, STEP, TRAP, Visitor, shut
from renderer.visitors.steps import CHECK, Step, after, before, shown, step_at, steps
from renderer.visitors.tokens import Pass, read_arrival, read_link, read_pass, said_by, write_arrival
from workflows.doors import Visit
from workflows.filing import KEY_DAYS
from workflows.guard.attempts import later
from workflows.hours import Shut
from workflows.keep.port import StoreError
from workflows.life.door import stuck
from workflows.links import Rush
from workflows.reading import absent
from workflows.record import Faults, Invalid, KeyReused, NotFound

COOKIE: Final = "arrival"
LASTING: Final = 2 * 60 * 60  # seconds that a form may lie open and be loaded again
SOONEST: Final = 2  # seconds: nobody has read and written a form in less


def show(token: str) -> ResponseReturnValue:
    """GET: the entry's first page. POST: another page, or store what was sent and say thanks."""
    try:
        visit = _visit(token)
        _let_files_in(visit)
        _speak()
        if searched():
            return found(_whole(visit).plan, request.remote_addr or "")
        if request.method == "POST":
            return _posted(visit, token)
        if programs():
            return _program(visit)
        return _stripped(visit, token) if request.args.keys() - {LANGUAGE} else _opened(visit, token)
    except Shut as reason:
        _speak()
        return shut(reason)


def _speak() -> None:
    """Say it in the language the form was in."""
    speak(request.form.get(SPEAK) or request.values.get(SPOKEN, ""))


def _let_files_in(visit: Visit) -> None:
    """Files are read where the entry asks for some; a body with them may be large then."""
    if request.mimetype == MULTIPART and _whole(visit).plan.uploads:
        admit_files(house().settings.max_visit_upload, keep=True)


def _program(visit: Visit) -> Response:
    """The program of one of the entry's pages. Raises NotFound."""
    for step in steps(visit.template, visit.entry):
        door = Door(asked=step.fields, headed=step.headed, page=DOOR)
        form = Form.of(visit.template, visit.rights, new=True, door=door)
        if form.script.digest == programs():
            break
    return form.program(programs())


def _visit(token: str) -> Visit:
    """The visit a token stands for. Raises NotFound, Shut."""
    said = read_link(house().settings.secret_key, token)
    if said is None:
        raise NotFound("no-such-link")
    visit = house().doors.visit(str(said[0]))
    if said_by(visit.link) != said:
        raise NotFound("no-such-link")
    return visit


def _stripped(visit: Visit, token: str) -> ResponseReturnValue:
    """The way to the same address without its query, which is captured once and stands in no history then."""
    found = captured(visit.entry, request.args, request.headers.get("Referer", ""), request.url)
    response = redirect(url_for("visitors.show.show", token=token, lang=request.args.get(LANGUAGE)), 303)
    if found:
        secret, path = house().settings.secret_key, url_for("visitors.show.show", token=token)
        signed = write_arrival(secret, visit.link.id, found)
        response.set_cookie(COOKIE, signed, max_age=LASTING, path=path, httponly=True, samesite="Lax",
                            secure=house().settings.secure)  # fmt: skip
    return response


def _opened(visit: Visit, token: str) -> Response:
    house_ = house()
    kept = read_arrival(house_.settings.secret_key, request.cookies.get(COOKIE, ""), visit.link.id)
    carried = _pass(visit, kept or captured(visit.entry, {}, request.headers.get("Referer", ""), request.base_url))
    evaluation = house_.doors.judge(visit, {}, carried.captured)
    form = _whole(visit)
    guest = Visitor(
        visit=visit, carried=carried, form=form, answers=opened(form.plan, evaluation), evaluation=evaluation
    )
    return guest.page(shown(guest.steps, evaluation.visible)[0])


def _posted(visit: Visit, token: str) -> Response:
    """Another page, the same one again, or thanks.

    One without a good pass is given a new one, for he wrote it all the same.
    """
    carried = read_pass(house().settings.secret_key, request.form.get(PASS, ""), visit.link.id) or _pass(visit, {})
    if later(carried.opened, days=KEY_DAYS) <= house().settings.clock():  # its key may be forgotten by now
        carried = _pass(visit, carried.captured)
    visit = replace(visit, key=f"{carried.link} {carried.key}")
    g.visit = visit.key
    guest = _guest(visit, carried, _whole(visit).posted())
    sent = request.form
    at_check = sent.get(STEP) == CHECK and guest.paged
    here = None if at_check else step_at(guest.steps, sent.get(STEP, ""))
    if asks() and here:
        return guest.reply(here)
    if redraws() or SPEAK in sent:
        return guest.check() if here is None else _arrive(guest, here)
    if BACK in sent:
        earlier = before(guest.steps, here, guest.evaluation.visible) or guest.steps[0]
        return _arrive(replace(guest, returns=False), earlier)
    if here is None and CHANGE in sent:
        return _arrive(guest, step_at(guest.steps, sent[CHANGE]), returns=True)
    if here is None or not guest.paged:
        return _send(guest, token, here)
    return _next(guest, here)


def _guest(visit: Visit, carried: Pass, answers: Answers) -> Visitor:
    """The visitor behind a posted page."""
    return Visitor(
        visit=visit,
        carried=carried,
        form=_whole(visit),
        answers=answers,
        evaluation=house().doors.judge(visit, answers, carried.captured),
        returns=RETURN in request.form,
    )


def _next(guest: Visitor, here: Step) -> Response:
    faults = _on(here, guest.evaluation.faults)
    if faults:
        return guest.page(here, status=422, faults=faults)
    following = None if guest.returns else after(guest.steps, here, guest.evaluation.visible)
    return _arrive(guest, following) if following else guest.check()


def _arrive(guest: Visitor, step: Step, *, returns: bool = False) -> Response:
    """A page that is come to: what was not answered yet stands there as it would be stored, with its default."""
    values = guest.evaluation.values
    presets = {name: values[name] for name in step.fields if absent(guest.answers.get(name)) and values[name]}
    answers = guest.answers | presets
    return replace(guest, answers=answers, returns=returns or guest.returns).page(step)


def _send(guest: Visitor, token: str, here: Step | None) -> Response:
    """Store it and say thanks; whatever stands against that is said on the page, and nothing written is lost."""
    _ = words(language())
    if guest.evaluation.faults:
        return _faulty(guest, guest.evaluation.faults)
    if _doubtful(guest.carried):
        text = _("This was very quick. Please look your answers over, then send them once more.")
        return _again(guest, here, NOTE.format("", "", text))
    path = url_for("visitors.show.show", token=token)
    try:
        done = house().doors.enter(guest.visit, guest.answers, guest.carried.captured, guest.carried.key)
        response = guest.thanks(done.id, path)
    except Invalid as invalid:
        return _faulty(guest, invalid.faults)
    except KeyReused:
        fresh = replace(guest, carried=_pass(guest.visit, guest.carried.captured))
        text = _("You have sent this form already. To send this as another one, send it once more.")
        return _again(fresh, here, NOTE.format("", "", text), 409)
    except Rush as rush:
        return _again(guest, here, NOTE.format("bad", "", sentence(rush.code, language())), rush.status)
    except StoreError:
        return _again(guest, here, unsaved(), 503)
    if COOKIE in request.cookies:
        response.delete_cookie(COOKIE, path=path)
    return response


def _again(guest: Visitor, here: Step | None, note: Markup, status: int = 200) -> Response:
    return guest.check(status=status, note=note) if here is None else guest.page(here, status=status, note=note)


def _faulty(guest: Visitor, faults: Faults) -> Response:
    """The first page with something wrong on it; what no page asks is said at the top."""
    hopeless = stuck(guest.visit.entry, faults)
    step = next((step for step in guest.steps if _on(step, faults)), guest.steps[0])
    note = NOTE.format("bad", "", " ".join(spoken(hopeless).values())) if len(hopeless) == len(faults) else Markup("")
    return guest.page(step, status=422, faults=_on(step, faults), note=note)


def _on(step: Step, faults: Faults) -> Faults:
    """The faults of the answers that a page asks for."""
    return {name: found for name, found in faults.items() if name.partition(".")[0] in step.fields}


def _doubtful(carried: Pass) -> bool:
    """Whether this looks like no person: the field that nobody sees is filled, or it took no time at all."""
    now = datetime.fromisoformat(house().settings.clock())
    return bool(request.form.get(TRAP)) or (now - datetime.fromisoformat(carried.opened)).total_seconds() < SOONEST


def _pass(visit: Visit, found: Mapping[str, str]) -> Pass:
    settings = house().settings
    return Pass(link=visit.link.id, opened=settings.clock(), key=settings.chance(16).hex(), captured=found)


def _whole(visit: Visit) -> Form:
    """The form with everything the entry asks, whatever page it is asked on."""
    door = Door(asked=visit.entry.fields, page=DOOR)
    return Form.of(visit.template, visit.rights, new=True, door=door)
