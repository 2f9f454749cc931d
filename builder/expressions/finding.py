"""A finding inside one expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with text[start:end] (code points): a code of the message catalogue and what fills its `{holes}`.

    `suggestion`, where one is certain, is what to write in place of text[start:end].
    """

    code: str
    start: int
    end: int
    args: Mapping[str, object] = field(default_factory=dict)
    suggestion: str = ""
