"""Passwords: what is taken, how it is hashed (argon2id), and a check that takes as long when there is nobody."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 10, 200
COMMON = frozenset({"password", "passw0rd", "123456", "12345678", "123456789", "1234567890", "qwertyuiop", "qwerty123",
                    "1q2w3e4r5t", "iloveyou", "admin", "letmein", "welcome", "formwright", "0123456789"})  # fmt: skip
NO_SALT = b"nobody's own salt"


def weakness(password: str, user: str = "") -> str:
    """Why a password cannot be taken, "" when it can: too short, too long, too common, or made of the user's name."""
    plain = password.casefold()
    if len(password) < SHORTEST:
        return "password-too-short"
    if len(password) > LONGEST:
        return "password-too-long"
    if plain.strip("0123456789!.@#-_ ") in COMMON or plain in COMMON or len(set(plain)) < 4:
        return "password-too-common"
    return "password-like-name" if user and user.casefold() in plain and len(plain) - len(user) < 6 else ""


class Hasher:
    """Argon2id with the library's own parameters; a test hands in cheap ones.

    Each hash takes 64 MiB, and anybody may ask for one by trying to sign in: the others wait for their turn.
    """

    def __init__(self, *, rounds: int = 0, memory: int = 0, at_once: int = 2) -> None:
        """`rounds` over `memory` KiB, 0 is the library's own; no more than `at_once` hashes at a time."""
        self._rounds, self._memory = rounds, memory
        self.turns = BoundedSemaphore(at_once)

    @cached_property
    def _argon2(self) -> PasswordHasher:
        from argon2 import DEFAULT_MEMORY_COST, DEFAULT_TIME_COST, PasswordHasher

        return PasswordHasher(
            time_cost=self._rounds or DEFAULT_TIME_COST, memory_cost=self._memory or DEFAULT_MEMORY_COST
        )

    @cached_property
    def _nobody(self) -> str:
        """A hash that no password has, to be checked where there is no user."""
        return self._argon2.hash("nobody", salt=NO_SALT)

    def hash(self, password: str, salt: bytes) -> str:
        """Argon2's own text of a password: parameters, salt and hash. The salt is 16 bytes of chance."""
        with self.turns:
            return self._argon2.hash(_plain(password), salt=salt)

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed; takes as long for no hash at all."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self.turns:
            nobody = self._nobody  # made for whoever comes first, user or not
            try:
                return self._argon2.verify(hashed or nobody, _plain(password)) and bool(hashed)
            except (VerificationError, InvalidHashError):
                return False


def _plain(password: str) -> str:
    """One spelling for every keyboard: composed, full-width signs made plain."""
    return unicodedata.normalize("NFKC", password)[: 4 * LONGEST]
