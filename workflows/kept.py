"""What is made of a template at its first use, and kept by identity: what is kept holds it, so no id is reused."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

from builder.model import Template

T = TypeVar("T")
MOST: Final = 256  # held at once; the oldest go first


class Kept(Generic[T]):
    """Things made of templates; `part` tells apart several that are made of one."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, str], tuple[Template, T]] = {}
        self._lock = Lock()

    def of(self, template: Template, make: Callable[[], T], part: str = "") -> T:
        """What was made of this template, or is now."""
        found = self._made.get((id(template), part))
        if found is not None and found[0] is template:
            return found[1]
        made = make()
        with self._lock:
            self._made[id(template), part] = template, made
            while len(self._made) > MOST:
                del self._made[next(iter(self._made))]
        return made
