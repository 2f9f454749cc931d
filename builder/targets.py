"""Where a definition's links lead: the templates it names at `to`, and those that these name in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from builder.language import Source, load


@lru_cache(maxsize=256)
def targets(source: Source) -> tuple[str, ...]:
    """The templates that a definition's own links lead to, each once; a layer's changes count, too."""
    if "link" not in source.text:
        return ()
    document = load(replace(source, kind="template") if source.kind == "linked" else source)[0]
    return tuple(dict.fromkeys(_named(document.data))) if document else ()


def _named(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        if data.get("type") == "link" and isinstance(data.get("to"), str):
            yield data["to"]
        for part in data.values():
            yield from _named(part)


def reached(sources: Iterable[Source], own: str, read: Callable[[str], Source | None]) -> list[Source]:
    """The base templates that links lead to, through any number of them, but for `own`; `read` gives one by its id."""
    waiting = [target for source in sources for target in targets(source)]
    found: dict[str, Source | None] = {own: None}
    for target in waiting:  # the list grows while it is walked
        if target not in found:
            source = found[target] = read(target)
            waiting += targets(source) if source else ()
    return [source for source in found.values() if source is not None]
