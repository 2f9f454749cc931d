"""Signing in and out."""

from __future__ import annotations

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from renderer import sessions
from renderer.pages.page import render
from renderer.sentences import sentence
from renderer.visit import house, language
from workflows.people import NotAUser, Throttled

# The form again, and not 401: that status asks for a header of its own.
REFUSED = {NotAUser: 422, Throttled: 429}


def show() -> ResponseReturnValue:
    """GET: the sign-in form. POST: sign in and go on to where the visitor wanted to."""
    if request.method == "GET":
        return _form()
    name = request.form.get("user", "").strip()
    try:
        user = house().people.authenticate(name, request.form.get("password", ""), request.remote_addr or "")
    except (NotAUser, Throttled) as refused:
        return _form(REFUSED[type(refused)], name=name, fault=sentence(refused.code, language(), refused.args_))
    sessions.begin(user)
    return redirect(sessions.local(request.form.get("next", "/")), 303)


def leave() -> ResponseReturnValue:
    """POST: end the session."""
    sessions.end()
    flash("signed-out")
    return redirect("/login", 303)


def _form(status: int = 200, *, name: str = "", fault: str = "") -> ResponseReturnValue:
    target = request.values.get("next", "/")
    return render("login.html", status, name=name, fault=fault, next=sessions.local(target))
