"""Where a visitor came from: captured once, at the first arrival, into the fields that the entry declares.

An address with a query is answered by a redirect to the same address without one, so what it brought stands in no
history and in no later address or log; a cookie carries it over that redirect and is of no use for anything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from builder.entry import Entry

REFERRER: Final = "referrer"
LANDING: Final = "landing"
LANGUAGE: Final = "lang"  # the one parameter that may stay in the address: it says nothing of a person
LONGEST: Final = 500  # characters of one captured value; an address may be longer
LONGEST_ADDRESS: Final = 2_000


def captured(entry: Entry, parameters: Mapping[str, str], referrer: str, landing: str) -> dict[str, str]:
    """What an arrival brings, by field: the first of the field's parameters that is there.

    The address it landed on is kept with the parameters that some field captures: others may say who somebody is.
    """
    known = {**parameters, REFERRER: _foreign(referrer, landing), LANDING: _declared(entry, landing)}
    return dict(_found(entry, known))


def _declared(entry: Entry, landing: str) -> str:
    captures = {name for names in entry.capture.values() for name in names}
    address = urlsplit(landing)
    kept = [(name, value) for name, value in parse_qsl(address.query) if name in captures]
    return urlunsplit(address._replace(query=urlencode(kept)))


def _found(entry: Entry, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for field, names in entry.capture.items():
        name = next((name for name in names if known.get(name, "").strip()), "")
        most = LONGEST_ADDRESS if name in (REFERRER, LANDING) else LONGEST
        if name and len(known[name]) <= most:
            yield field, known[name].strip()


def _foreign(referrer: str, landing: str) -> str:
    """The page a visitor comes from, unless it is one of ours."""
    try:
        return "" if urlsplit(referrer).netloc == urlsplit(landing).netloc else referrer
    except ValueError:
        return ""
