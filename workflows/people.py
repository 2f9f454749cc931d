"""People: users, their passwords, sessions and tokens, kept in the store. Chance and time are arguments.

Collections: `users` (id: the login name), `sessions` and `tokens` (id: sha256 of the secret, which is stored nowhere)
and `attempts` (failed logins, by name and by address). A user's `epoch` is counted up when the password, the roles or
the department change or the user is disabled: every session and token of an older epoch is void then.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from builder.nearest import nearest
from workflows.find.query import Order, Query
from workflows.guard.attempts import ATTEMPTS, Attempts, later
from workflows.identity import Chance
from workflows.keep.port import Row, Store, Transaction
from workflows.passwords import Hasher, weakness
from workflows.record import Actor, Forbidden, NotFound, Refused

USERS, SESSIONS, TOKENS = "users", "sessions", "tokens"
TOKEN_PREFIX = "fw_"
SECRET_BYTES = 32
NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")
SESSION_DAYS = 14


class Throttled(Refused):
    """Too many failed logins; `args_["until"]` says when to try again (UTC)."""

    status = 429


class WeakPassword(Refused):
    """The password cannot be taken; the code says why."""

    status = 422


class BadName(Refused):
    """No user can be called this: a lower-case letter, then letters, digits and `-`, 63 at most."""

    status = 422


class NameTaken(Refused):
    """There is a user of this name already."""

    status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody who may log in. The id is the login name."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    department: str = ""
    language: str = ""
    disabled: bool = False
    epoch: int = 1
    password: str = field(default="", repr=False)  # argon2's own text: parameters, salt and hash

    @property
    def actor(self) -> Actor:
        """The user as one who acts."""
        return Actor(id=self.id, name=self.name, roles=self.roles, department=self.department, language=self.language)


def user_of(row: Row) -> User:
    """The user of a row."""
    values: Any = {name: row[name] for name in User.__slots__ if name in row}
    return User(**{**values, "roles": frozenset(values["roles"])})


def row_of(user: User) -> Row:
    """The row of a user."""
    values = {name: getattr(user, name) for name in User.__slots__}
    return {**values, "roles": sorted(user.roles)}


def nobody(store: Store | Transaction, user: str) -> NotFound:
    """What is raised for a name that no user has, with the nearest there is."""
    known = [str(row["id"]) for row in store.find(Query(collection=USERS)).rows]
    return NotFound("no-such-user", name=user, suggestion=nearest(user, known))


def digest(secret: str) -> str:
    """What is stored of a session's or token's secret."""
    return sha256(secret.encode()).hexdigest()


class People:
    """The users of a store. `at` is the time of an act, `by` who does it."""

    def __init__(
        self, store: Store, chance: Chance, hasher: Hasher | None = None, attempts: Attempts | None = None
    ) -> None:
        self.store, self.chance = store, chance
        self.hasher, self.attempts = hasher or Hasher(), attempts or Attempts()

    def get(self, user: str) -> User | None:
        """The user of this id."""
        row = self.store.get(USERS, user)
        return None if row is None else user_of(row)

    def present(self, user: str) -> User:
        """The user of this id. Raises NotFound, Forbidden (disabled)."""
        found = self.get(user)
        if found is None:
            raise nobody(self.store, user)
        if found.disabled:
            raise Forbidden("user-disabled", name=user)
        return found

    def all(self) -> tuple[User, ...]:
        """Every user, by id."""
        return tuple(map(user_of, self.store.find(Query(collection=USERS, order=(Order("id"),))).rows))

    def choices(self) -> list[tuple[str, str]]:
        """Id and name of everyone who is not disabled, by name."""
        rows = self.store.find(Query(collection=USERS, where={"disabled": False}, order=(Order("name"),))).rows
        return [(str(row["id"]), str(row["name"])) for row in rows]

    def add(
        self,
        user: str,
        password: str,
        at: str,
        *,
        name: str = "",
        roles: Iterable[str] = (),
        department: str = "",
        language: str = "",
        by: str = "",
    ) -> User:
        """A new user. Raises BadName, NameTaken, WeakPassword."""
        if not NAME.fullmatch(user):
            raise BadName("bad-user-name", name=user)
        hashed = self._hashed(password, user)
        held = frozenset(roles)
        made = User(id=user, name=name or user, roles=held, department=department, language=language, password=hashed)
        with self.store.write(at=at, actor=by) as tx:
            if tx.get(USERS, user) is not None:
                raise NameTaken("user-name-taken", name=user)
            tx.put(USERS, user, row_of(made))
            tx.log("user", user, {"did": "added", "roles": sorted(held), "department": department})
        return made

    def change(self, user: str, at: str, *, by: str = "", **changes: object) -> User:
        """Change `name`, `roles`, `department`, `language` or `disabled`. Raises NotFound.

        All but name and language end the user's sessions and tokens.
        """
        ends = bool(changes.keys() - {"name", "language"})
        return self._write(user, at, by, {"did": "changed", "what": sorted(changes)}, changes, ends)

    def disable(self, user: str, at: str, *, by: str = "") -> User:
        """Shut a user out, at once and everywhere. Raises NotFound."""
        return self.change(user, at, by=by, disabled=True)

    def set_password(self, user: str, password: str, at: str, *, by: str = "") -> User:
        """A new password; ends the user's sessions and tokens. Raises NotFound, WeakPassword."""
        return self._write(user, at, by, {"did": "password"}, {"password": self._hashed(password, user)}, True)

    def authenticate(self, name: str, password: str, at: str, address: str = "") -> User | None:
        """The user who knows this password, else None; takes as long for a name nobody has. Raises Throttled."""
        until = self.attempts.tried(self.store, at, name, address)
        if until:
            raise Throttled("throttled", until=until)
        user = self.get(name)
        known = self.hasher.verify(user.password if user else "", password)
        if user is None or user.disabled or not known:
            return None
        self.attempts.succeeded(self.store, at, name, address)
        return user

    def sign_in(self, name: str, password: str, at: str, address: str = "") -> str | None:
        """The secret of a new session (256 bits of chance); None for a wrong password. Raises Throttled."""
        user = self.authenticate(name, password, at, address)
        return self._secret(SESSIONS, user, at, by=user.id) if user else None

    def visitor(self, secret: str, at: str) -> Actor | None:
        """Whose session this is; None when it is over, at the latest SESSION_DAYS after it began."""
        row = self._row(SESSIONS, secret)
        user = self._holder(row)
        return user.actor if row and user and not _ended(row, at) else None

    def sign_out(self, secret: str, at: str) -> None:
        """End a session."""
        self._revoke(SESSIONS, digest(secret), at)

    @property
    def over(self) -> Mapping[str, Callable[[Row, str], bool]]:
        """By collection, which rows are of no use to anybody any more at a moment."""
        return {
            SESSIONS: lambda row, at: _ended(row, at) or self._holder(row) is None,
            TOKENS: lambda row, at: self._holder(row) is None,
            ATTEMPTS: self.attempts.over,
        }

    def create_token(self, user: str, at: str, *, label: str = "", by: str = "") -> str:
        """A new API token of a user, shown this once. Raises NotFound, Forbidden (disabled)."""
        owner = self.present(user)
        return self._secret(TOKENS, owner, at, label=label, by=by, prefix=TOKEN_PREFIX)

    def token(self, secret: str) -> User | None:
        """Whose token this is; None when it is void."""
        return self._holder(self._row(TOKENS, secret)) if secret.startswith(TOKEN_PREFIX) else None

    def tokens(self, user: str) -> tuple[Row, ...]:
        """The tokens of a user: `id` (no secret), `label`, `at`."""
        return self.store.find(Query(collection=TOKENS, where={"user": user})).rows

    def revoke_token(self, id: str, at: str) -> None:
        """End a token, by its id."""
        self._revoke(TOKENS, id, at)

    def _secret(self, collection: str, user: User, at: str, *, by: str, label: str = "", prefix: str = "") -> str:
        secret = prefix + self.chance(SECRET_BYTES).hex()
        id = digest(secret)
        with self.store.write(at=at, actor=by) as tx:
            tx.put(collection, id, {"id": id, "user": user.id, "epoch": user.epoch, "label": label, "at": at})
            tx.log(_KIND[collection], user.id, {"did": "opened", "id": id, "label": label})
        return secret

    def _row(self, collection: str, secret: str) -> Row | None:
        return self.store.get(collection, digest(secret)) if secret else None

    def _holder(self, row: Row | None) -> User | None:
        user = self.get(str(row["user"])) if row else None
        return user if row and user and not user.disabled and user.epoch == row["epoch"] else None

    def _revoke(self, collection: str, id: str, at: str) -> None:
        row = self.store.get(collection, id)
        if row is not None:
            with self.store.write(at=at, actor=str(row["user"])) as tx:
                tx.delete(collection, id)
                tx.log(_KIND[collection], str(row["user"]), {"did": "closed", "id": id})

    def _write(self, user: str, at: str, by: str, event: Row, changes: Row, ends: bool) -> User:
        with self.store.write(at=at, actor=by) as tx:
            row = tx.get(USERS, user)
            if row is None:
                raise nobody(tx, user)
            before = user_of(row)
            changed = user_of({**row, **changes, "epoch": before.epoch + ends})
            tx.put(USERS, user, row_of(changed))
            tx.log("user", user, event)
        return changed

    def _hashed(self, password: str, user: str) -> str:
        code = weakness(password, user)
        if code:
            raise WeakPassword(code)
        return self.hasher.hash(password, self.chance(16))


def _ended(session: Row, at: str) -> bool:
    return at >= later(str(session["at"]), days=SESSION_DAYS)


_KIND = {SESSIONS: "session", TOKENS: "token"}
