"""Which vocabularies a definition names: for its options, for what it refuses, or to change them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from builder.language.document import Document


def named(document: Document | None) -> frozenset[str]:
    """Every vocabulary that a template or an overlay names or changes."""
    data = document.data if document is not None else {}
    parts = [data, *(part for verb in ("change", "add") if isinstance(part := data.get(verb), Mapping))]
    changed = (part["vocabularies"] for part in parts[1:] if isinstance(part.get("vocabularies"), Mapping))
    return frozenset((*(name for part in parts for name in mentioned(part.get("fields"))),
                      *(name for part in changed for name in part)))  # fmt: skip


def mentioned(data: object) -> Iterator[str]:
    """Every vocabulary that the fields of a tree name."""
    waiting = [data]
    for here in waiting:  # the list grows while it is walked
        if isinstance(here, dict):  # not Mapping: this walks all fields, and asking an ABC costs more
            yield from (here[key] for key in ("vocabulary", "values") if isinstance(here.get(key), str))
        inner = here.values() if isinstance(here, dict) else here if isinstance(here, list) else ()
        waiting += [each for each in inner if isinstance(each, (dict, list))]


def mentions(text: str, name: str) -> bool:
    """Whether a definition's text has a vocabulary's name in it: if not, it need not be read to know."""
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None
