"""In which order values that depend on each other are computed."""

from __future__ import annotations

import heapq
from collections.abc import Mapping


def dependency_order(reads: Mapping[str, frozenset[str]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """(order, cycles): each name after those it reads; among the free, as written. Names that are not keys are ignored.

    A cycle is a tuple of names, each reading the next and the last the first; its names, and those that need them,
    are not in the order. Each tangle gives one of its shortest cycles.
    """
    place = {name: i for i, name in enumerate(reads)}
    needs = {name: {other for other in reads[name] if other in place} for name in reads}
    readers: dict[str, list[str]] = {name: [] for name in reads}
    for name, others in needs.items():
        for other in others:
            readers[other].append(name)
    waiting = {name: len(others) for name, others in needs.items()}
    free = [place[name] for name in reads if not waiting[name]]
    names, order = list(reads), []
    while free:
        name = names[heapq.heappop(free)]
        order.append(name)
        for reader in readers[name]:
            waiting[reader] -= 1
            if not waiting[reader]:
                heapq.heappush(free, place[reader])
    return tuple(order), _cycles({name: needs[name] for name in names if waiting[name]}, place)


def _cycles(tangled: Mapping[str, set[str]], place: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for name in tangled:
        cycle = () if name in seen else _shortest(name, tangled, place)
        if cycle and not seen & set(cycle):
            found.append(cycle)
            seen.update(cycle)
    return tuple(found)


def _shortest(start: str, needs: Mapping[str, set[str]], place: Mapping[str, int]) -> tuple[str, ...]:
    """The shortest way from a name through what it reads back to itself, or nothing."""
    came: dict[str, str] = {}
    rim = [start]
    while rim:
        following = []
        for name in rim:
            for other in sorted(needs[name] & needs.keys(), key=place.__getitem__):
                if other == start:
                    return _path(start, name, came)
                if other not in came:
                    came[other] = name
                    following.append(other)
        rim = following
    return ()


def _path(start: str, last: str, came: Mapping[str, str]) -> tuple[str, ...]:
    path = [last]
    while path[-1] != start:
        path.append(came[path[-1]])
    return tuple(reversed(path))
