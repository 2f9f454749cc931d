"""Options as the model holds them, and what is asked of a list of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from builder.expressions import Expression, Options, OptionType

Text = Mapping[str, str]
Words = Mapping[str, str | Expression]  # a text that may have values in it: then what it says is worked out
Said = TypeVar("Said", str, str | Expression)

BASE = ""  # the layer of what the base template itself says; else the id of the department (or plug-in) that said it


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(OptionType):
    """An option of a choice, a tag group or a vocabulary.

    `counts_as` names the base's option it counts as, `parent` the one it stands under. `visible`: it can be chosen only
    while this holds. An option under a retired one is retired too.
    """

    help: Text = field(default_factory=dict)
    color: str = ""
    retired: bool = False
    when: Expression | None = None  # tags only: given by rule
    layer: str = BASE
    visible: Expression | None = None


NO_OPTIONS: Options[Option] = Options()


class Shared(Protocol):
    """A vocabulary that several templates hold together."""

    @property
    def options(self) -> Options[Option]:
        """Its options."""


def choosable(options: Options[Option]) -> frozenset[str]:
    """The ids that are an answer by themselves: not retired, and nothing under them is left to choose."""
    parents = {option.parent for option in options if not option.retired}
    return frozenset(option.id for option in options if not option.retired and option.id not in parents)


def conditions(options: Options[Option]) -> Mapping[str, tuple[Expression, ...]]:
    """What must hold for each option to be chosen, itself and those above it; without the options always offered."""
    return options.once(_conditions)


def _conditions(options: Options[Option]) -> Mapping[str, tuple[Expression, ...]]:
    if all(option.visible is None for option in options):
        return {}
    held = {o.id: tuple(each.visible for each in options.path(o.id) if each.visible is not None) for o in options}
    return {option: all_ for option, all_ in held.items() if all_}


def say(text: Mapping[str, Said], language: str) -> Said | str:
    """The text in a language, else in the first language it was written in, else empty."""
    return text.get(language) or next(iter(text.values()), "")
