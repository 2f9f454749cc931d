"""Ids: which spellings may name a thing for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

RESERVED = frozenset(
    {"id", "state", "owner", "creator", "department", "entry", "created", "updated", "entered", "completeness"}
    | {"me", "today", "now", "true", "false", "and", "or", "not", "in", "if", "given"}
)
VERBS = frozenset({"only", "plus", "minus"})

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,62}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@lru_cache(maxsize=4096)  # keys and languages come again and again
def id_fault(id: str, rule: str) -> str:
    """The catalogue code of what is wrong with an id under a rule (name, option, slug, language); "" when nothing is.

    `name` is for what expressions name (fields, columns, tag groups): a digit in front would read as a number.
    """
    return _RULES[rule](id)


def _word(id: str) -> str:
    if not ("_" + id).isidentifier() or "·" in id:
        return "bad-id"
    if "__" in id:
        return "double-underscore"
    return "reserved-id" if id in RESERVED else "verb-id" if id in VERBS else ""


def _name(id: str) -> str:
    fault = _word(id)
    return fault or ("id-starts-with-digit" if not id.isidentifier() else "")


_RULES: Mapping[str, Callable[[str], str]] = {
    "name": _name,
    "option": _word,
    "slug": lambda id: "" if _SLUG.fullmatch(id) else "bad-slug",
    "language": lambda id: "" if _LANGUAGE.fullmatch(id) else "bad-language",
}


def valid_id(text: str) -> str:
    """The id that is nearest to a text: what cannot stand in one becomes "_"."""
    return re.sub(r"[\W_]+", "_", text).strip("_")
