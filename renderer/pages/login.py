"""Signing in and out."""

from __future__ import annotations

from flask import redirect, request
from flask.typing import ResponseReturnValue

from renderer import sessions
from renderer.pages.page import announce, render
from renderer.visit import house
from workflows.people import Throttled


def show() -> ResponseReturnValue:
    """GET: the sign-in form. POST: sign in and go on to where the visitor wanted to."""
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
    return redirect(sessions.local(request.form.get("next", "/")), 303)


def leave() -> ResponseReturnValue:
    """POST: end the session."""
    sessions.end()
    announce("signed-out")
    return redirect("/login", 303)


def _form(status: int = 200, *, name: str = "") -> ResponseReturnValue:
    target = sessions.local(request.values.get("next", "/"))
    return render("login.html", status, name=name, status=status, next=target)
