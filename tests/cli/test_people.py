"""The verbs over people: user add, list, disable, password; token create."""

from __future__ import annotations

import re

from tests.cli.conftest import Shell


def test_a_generated_password_is_shown_once_and_works(shell: Shell) -> None:
    added = shell("user", "add", "wang", "--role", "clerk", "--role", "boss", "--department", "north", "--name", "王磊")
    assert added.code == 0
    assert re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", added.last)
    listed = shell("user", "list", "--format", "json")
    assert listed.json == [
        {"user": "wang", "name": "王磊", "roles": ["boss", "clerk"], "department": "north", "disabled": False}
    ]
    assert added.last not in shell("user", "list").out
    again = shell("user", "password", "wang")
    assert again.code == 0 and again.last != added.last


def test_a_piped_password_is_taken_and_not_repeated(shell: Shell) -> None:
    secret = "正确的马 电池 订书钉"
    added = shell("user", "add", "li", "--password-stdin", input=f"{secret}\n")
    assert added.code == 0 and secret not in added.out
    weak = shell("user", "add", "zhao", "--password-stdin", input="123\n")
    assert (weak.code, weak.out) == (1, "")
    assert [user["user"] for user in shell("user", "list", "--format", "json").json] == ["li"]


def test_names_roles_and_departments_must_make_sense(shell: Shell) -> None:
    assert shell("user", "add", "wang").code == 0
    taken = shell("user", "add", "wang")
    assert (taken.code, taken.out) == (1, "")
    assert shell("user", "add", "../etc").code == 1
    role, department = shell("user", "add", "x", "--role", "clrk"), shell("user", "add", "x", "--department", "nort")
    assert (role.code, department.code) == (2, 2)
    assert "clerk" in role.err and "north" in department.err
    assert shell("user", "add").code == 2
    assert len(shell("user", "list", "--format", "json").json) == 1


def test_a_token_stands_alone_on_the_last_line(shell: Shell) -> None:
    shell("user", "add", "wang")
    tokens = [shell("token", "create", "wang").last for _ in range(2)]
    assert all(re.fullmatch(r"fw_[0-9a-f]{64}", token) for token in tokens)
    assert tokens[0] != tokens[1]
    assert (shell("token", "create", "wan").code, shell("token", "create", "wan").out) == (1, "")


def test_a_misspelt_user_is_answered_with_the_nearest(shell: Shell) -> None:
    shell("user", "add", "wang")
    for words in (("token", "create"), ("user", "disable"), ("user", "password")):
        assert "Did you mean wang?" in shell(*words, "wagn").err, words


def test_a_disabled_user_gets_nothing_more(shell: Shell) -> None:
    shell("user", "add", "wang")
    assert shell("user", "disable", "wang").code == 0
    assert shell("user", "list", "--format", "json").json[0]["disabled"] is True
    assert shell("token", "create", "wang").code == 1
    assert shell("user", "disable", "nobody").code == 1


def test_nothing_on_the_standard_input_is_no_password(shell: Shell) -> None:
    # A script whose secret is missing must fail; it must not end with a password in its log.
    refused = shell("user", "add", "li", "--password-stdin", input="")
    assert (refused.code, refused.out) == (1, "") and "short" in refused.err
    shell("user", "add", "li", "--password-stdin", input="a long sentence\n")
    changed = shell("user", "password", "li", "--password-stdin", input="\n")
    assert (changed.code, changed.out) == (1, "")
