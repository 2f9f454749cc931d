"""Options: what can be chosen, in levels; what is asked of a list of them is worked out once, however long it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar, cast

T = TypeVar("T")
JOINT = "-"  # between the levels of an option's path: 江苏省-苏州市


@dataclass(frozen=True, slots=True)
class OptionType:
    """An option as expressions see it: `label` language → text, `written` what `join` writes for it.

    `written` is the base's path of labels in the workspace's first language; without it, the first text of `label`,
    else the id. `parent` is the option it stands under, "" at the first level.
    """

    id: str
    label: Mapping[str, str] = field(default_factory=dict, hash=False)
    counts_as: str = ""
    synonyms: tuple[str, ...] = ()
    written: str = ""
    parent: str = ""

    @property
    def text(self) -> str:
        """What `join` writes."""
        return self.written or next(iter(self.label.values()), "") or self.id

    @property
    def words(self) -> frozenset[str]:
        """Everything people call it beside its id."""
        return frozenset((*self.label.values(), *self.synonyms, self.written)) - {""}


Each = TypeVar("Each", bound=OptionType, covariant=True)


class Options(tuple[Each, ...]):
    """Options in order, each after its parent. One list is shared by all who use it: a vocabulary may hold 50,000."""

    @classmethod
    def of(cls, options: Iterable[Each]) -> Options[Each]:
        """These options; a list that is one already stays the same."""
        return options if isinstance(options, Options) else cls(options)

    @cached_property
    def by_id(self) -> Mapping[str, Each]:
        """The options by id."""
        return {option.id: option for option in self}

    @cached_property
    def children(self) -> Mapping[str, tuple[Each, ...]]:
        """Those directly under each parent; under "" the first level."""
        found: dict[str, list[Each]] = {}
        for option in self:
            found.setdefault(option.parent, []).append(option)
        return {parent: tuple(inner) for parent, inner in found.items()}

    @property
    def levels(self) -> int:
        """How many levels there are; 0 when there is nothing to choose."""
        return self.once(_levels)

    def path(self, option_id: object) -> tuple[Each, ...]:
        """An option with those above it, the first level first; empty when there is none of this id."""
        found: list[Each] = []
        option = self.by_id.get(cast(str, option_id))
        while option is not None:
            found.append(option)
            option = self.by_id.get(option.parent)
        return tuple(reversed(found))

    def above(self, option_id: str) -> tuple[str, ...]:
        """What an option counts as or stands under, nearest first, through any number of steps."""
        found = [option_id]
        for known in found:  # the list grows while it is walked
            option = self.by_id.get(known)
            nearer = (option.counts_as, option.parent) if option is not None else ()
            found += [each for each in dict.fromkeys(nearer) if each and each not in found]
        return tuple(found[1:])

    def counting_as(self, option_id: str) -> tuple[str, ...]:
        """The ids that count as an option, itself first, the others as declared, through any number of steps."""
        found = dict.fromkeys((option_id,))
        waiting = [option_id]
        for known in waiting:
            fresh = [each for each in self._counted.get(known, ()) if each not in found]
            found |= dict.fromkeys(fresh)
            waiting += fresh
        return tuple(found)

    @cached_property
    def _counted(self) -> Mapping[str, tuple[str, ...]]:
        """What counts as or stands under each id, one step."""
        found: dict[str, list[str]] = {}
        for option in self:
            for above in {option.counts_as, option.parent} - {""}:
                found.setdefault(above, []).append(option.id)
        return {above: tuple(ids) for above, ids in found.items()}

    def once(self, make: Callable[[Options[Any]], T]) -> T:
        """What a function makes of these options, worked out at its first call and kept as long as they are."""
        made = self.__dict__.setdefault("made", {})
        if make not in made:
            made[make] = make(self)
        return cast(T, made[make])


NONE: Options[Any] = Options()


def _levels(options: Options[Any]) -> int:
    depth: dict[str, int] = {"": 0}
    for option in options:
        depth[option.id] = depth.get(option.parent, 0) + 1
    return max(depth.values())
