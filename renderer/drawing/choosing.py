"""How a choice is asked: side by side, in one list, level by level, or by search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, cast

from builder.expressions import Options
from builder.model import Field, Option, say
from renderer.drawing.filling import Choices
from workflows.find.entries import look_up
from workflows.reading import called

Way = Literal["radio", "select", "levels", "search"]
HANDFUL: Final = 12  # so many boxes stand side by side, more in a list of their own that scrolls
FEW: Final = 5  # so many options are shown side by side
GROUPED: Final = 60  # so many of several levels go into one list with headings
LISTED: Final = 300  # so many go into one list, or into one level; more are searched
NEAREST: Final = 8  # offered to who typed something that no option is called


def way(spec: Field) -> Way:
    """How one of the options is chosen; the definition's `widget` decides where it says something."""
    if spec.widget in ("radio", "select", "search"):
        return cast(Way, spec.widget)
    return spec.options.once(_way)


def _way(options: Options[Option]) -> Way:
    if options.levels <= 1:
        return "radio" if len(options) <= FEW else "select" if len(options) <= LISTED else "search"
    widest = max(map(len, options.children.values()))
    return "select" if len(options) <= GROUPED else "levels" if widest <= LISTED else "search"


def ticked(spec: Field) -> bool:
    """Whether several options are ticked off, not typed by name: the definition's `widget` may ask for either."""
    return spec.widget != "search" and (spec.widget == "checkboxes" or len(spec.options) <= LISTED)


def named(spec: Field) -> bool:
    """Whether a field asks for several options by name: there are too many to show."""
    return spec.type == "choices" and not ticked(spec)


def asked_by(spec: Field, kind: Way) -> bool:
    """Whether a field is a choice that is asked this way."""
    return spec.type == "choice" and way(spec) == kind


def level_name(name: str, level: int) -> str:
    """The HTML name of one level's list; no field's id has a hyphen."""
    return f"{name}-{level}"


def chosen_path(spec: Field, answer: object) -> tuple[str, ...]:
    """The ids that an answer (an id, or as typed) stands for, level by level; empty for none and for an unknown one."""
    option = called(spec.options, answer) if isinstance(answer, str) and answer.strip() else None
    return tuple(each.id for each in spec.options.path(option.id)) if option else ()


def levels(
    spec: Field, name: str, answer: object, language: str, shut: frozenset[str]
) -> tuple[dict[str, str], dict[str, Choices]]:
    """What is chosen in each level's list, and what each list after the first offers, by HTML name."""
    path = chosen_path(spec, answer)
    chosen = {level_name(name, level): id for level, id in enumerate(path, 1)}
    offered: dict[str, Choices] = {}
    for level, parent in enumerate(path, 2):
        here = [o for o in spec.options.children.get(parent, ()) if _offered(o, shut) or o.id in path]
        if here:
            offered[level_name(name, level)] = [(o.id, say(o.label, language)) for o in here]
    return chosen, offered


def _offered(option: Option, shut: frozenset[str]) -> bool:
    return not option.retired and option.id not in shut


def nearest(spec: Field, answer: object, language: str, shut: frozenset[str]) -> Choices:
    """What comes nearest to a text that is no option's name; nothing where it is one that can be chosen."""
    if not isinstance(answer, str) or not answer.strip():
        return ()
    option = called(spec.options, answer)
    if option is not None and option.id not in spec.options.children:
        return ()
    found = look_up(spec.options, answer, NEAREST)
    return [(o.id, spec.spoken(o.id, language)) for o in found if o.id not in shut]


def typed_choice(spec: Field, answer: object, language: str) -> str:
    """What stands in the text box of a choice that is searched: what the option is called, if that leads back to it."""
    option = spec.option(answer)
    if option is None:
        return answer if isinstance(answer, str) else ""
    text = spec.spoken(option.id, language)
    back = called(spec.options, text)
    return text if back is not None and back.id == option.id else option.id


def typed_names(spec: Field, answer: object, language: str) -> str:
    """What stands in the text box for several options: what they are called, one after the other."""
    chosen = answer if isinstance(answer, list | tuple) else [answer] if isinstance(answer, str) else ()
    return "、".join(typed_choice(spec, each, language) for each in chosen)


def lines(options: Options[Option], language: str, most: int = LISTED) -> list[tuple[str, str]]:
    """Options for one list, each level indented under its parent; as many levels as fit, perhaps none."""
    depth: Mapping[str, int] = options.once(_depths)
    deepest = next((d for d in range(options.levels, 0, -1) if sum(at <= d for at in depth.values()) <= most), 0)
    return [(o.id, INDENT * (depth[o.id] - 1) + say(o.label, language)) for o in options if depth[o.id] <= deepest]


INDENT: Final = "\u3000"


def _depths(options: Options[Option]) -> Mapping[str, int]:
    found: dict[str, int] = {"": 0}
    for option in options:
        found[option.id] = found.get(option.parent, 0) + 1
    del found[""]
    return found
