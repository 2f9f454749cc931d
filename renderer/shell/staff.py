"""`user` and `token`: the people who may sign in, and the tokens of their programs."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Sequence

from builder.model import say
from builder.nearest import nearest
from renderer.shell.desk import SHELL, Answer, Chance, Desk, Usage
from renderer.shell.table import table
from workflows.people import User


def generated(chance: Chance) -> str:
    """A password of 80 bits that can be read out on the telephone: four groups of four small letters and digits."""
    signs = b32encode(chance(10)).decode().lower()
    return "-".join(signs[start : start + 4] for start in range(0, 16, 4))


def add(desk: Desk, user: str, password: str | None, *, name: str, roles: Sequence[str], department: str) -> Answer:
    """A new user; without a password one is made and shown this once. Raises Usage, Refused, StoreError."""
    for role in roles:
        known("role", role, desk.company.roles)
    if department:
        known("department", department, desk.company.departments)
    made = generated(desk.chance) if password is None else password
    with desk.people() as people:
        people.add(user, made, desk.clock(), name=name, roles=roles, department=department, by=SHELL)
    return Answer((desk.say("shell-user-added", name=user), *_shown(desk, password, made)))


def known(kind: str, name: str, there_are: Iterable[str]) -> None:
    """Raises Usage, with the nearest there is, for a role or department that the workspace does not have."""
    names = list(there_are)
    if name not in names:
        raise Usage(f"unknown-{kind}", name=name, known=", ".join(names), suggestion=nearest(name, names))


def password(desk: Desk, user: str, given: str | None) -> Answer:
    """Another password; ends the user's sessions and tokens. Raises Refused, StoreError."""
    made = generated(desk.chance) if given is None else given
    with desk.people() as people:
        people.set_password(user, made, desk.clock(), by=SHELL)
    return Answer((desk.say("shell-password-set", name=user), *_shown(desk, given, made)))


def disable(desk: Desk, user: str) -> Answer:
    """Let a user in no more; records and history stay. Raises Refused, StoreError."""
    with desk.people() as people:
        people.disable(user, desk.clock(), by=SHELL)
    return Answer((desk.say("shell-user-disabled", name=user),))


def users(desk: Desk) -> Answer:
    """Everybody who may sign in, and who may no more."""
    with desk.people() as people:
        everybody = people.all()
    rows = [[desk.say(f"shell-column-{name}") for name in ("user", "name", "roles", "department", "disabled")]]
    rows += [_row(desk, user) for user in everybody]
    return Answer(tuple(table(rows)), [_data(user) for user in everybody])


def token(desk: Desk, user: str) -> Answer:
    """A new token, alone on the last line. Raises Refused, StoreError."""
    with desk.people() as people:
        secret = people.create_token(user, desk.clock(), by=SHELL)
    return Answer((desk.say("shell-token-made", name=user), secret))


def _shown(desk: Desk, given: str | None, made: str) -> tuple[str, ...]:
    """A password that was made here is shown this once; one that was given is not repeated."""
    return (desk.say("shell-password-once"), made) if given is None else ()


def _row(desk: Desk, user: User) -> list[str]:
    company, language = desk.company, desk.language
    roles = [say(company.roles.get(role, {}), language) or role for role in sorted(user.roles)]
    department = company.departments.get(user.department)
    shown = say(department.label, language) if department else user.department
    return [user.id, user.name, "、".join(roles) or "-", shown or "-", desk.say("shell-yes") if user.disabled else ""]


def _data(user: User) -> dict[str, object]:
    return {
        "user": user.id,
        "name": user.name,
        "roles": sorted(user.roles),
        "department": user.department,
        "disabled": user.disabled,
    }
