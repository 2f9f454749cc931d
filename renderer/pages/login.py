"""Signing in and out."""

from __future__ import annotations

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue

from renderer import sessions
from renderer.pages import resume
from renderer.pages.page import announce, render
from renderer.visit import house
from workflows.people import Throttled


def show() -> ResponseReturnValue:
    """GET: the sign-in form. POST: sign in and go on to where the visitor wanted to, with the answers he had there."""
    if request.method == "GET":
        return _form()
    name, password = request.form.get("user", "").strip(), request.form.get("password", "")
    try:
        token = house().people.sign_in(name, password, house().settings.clock(), request.remote_addr or "")
    except Throttled:
        return _form(429, name=name)
    if token is None:
        return _form(422, name=name)
    sessions.begin(token)
    target = sessions.local(request.form.get("next", "/"))
    return resume.offer(target, request.form.get(resume.KEPT, ""), 200) or redirect(target, 303)


def leave() -> ResponseReturnValue:
    """POST: end the session."""
    sessions.end()
    announce("signed-out")
    return redirect("/login", 303)


def again(kept: str) -> Response:
    """The sign-in form for somebody whose session ended over a form: his answers wait in it."""
    return render("login.html", 401, name="", status=401, next=request.path, kept=kept)


def _form(status: int = 200, *, name: str = "") -> ResponseReturnValue:
    target, kept = sessions.local(request.values.get("next", "/")), request.form.get(resume.KEPT, "")
    return render("login.html", status, name=name, status=status, next=target, kept=kept)
