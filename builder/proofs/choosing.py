"""Options that nobody can choose or tell apart, and choices that are asked for while nothing is left to choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from builder.diagnostic import Diagnostic
from builder.expressions import UNDECIDED, Expression, Witness
from builder.model import Field, Option, choosable
from builder.proofs.conditions import field_path, option_path
from builder.proofs.limits import every
from builder.proofs.showing import shown
from builder.proofs.world import World

Alike = Sequence[tuple[Option, Option, str]]  # an earlier option, a later one under the same, what both are called


def choosing(world: World) -> Iterator[Diagnostic]:
    """Findings `options-alike`, `more-than-options`, `all-options-retired` and `no-option-left`."""
    for field in world.fields.values():
        if field.options:
            yield from _enough(world, field)
            yield from _alike(world, field)
            yield from _left(world, field)


def _left(world: World, field: Field) -> Iterator[Diagnostic]:
    """A required choice of which some answers rule out every option: nobody could give them and finish."""
    path, waits = (*field_path(field), "required"), world.waits.get(field.path, {})
    left = field.options.once(choosable)
    if field.required is False or not left or not left <= waits.keys() or not world.own(path):
        return
    asked = [world.lifted(field, field.required.tree)] if isinstance(field.required, Expression) else []
    found = world.shown([*world.around(field), *asked], [every(waits[option]) for option in sorted(left)])
    if found is UNDECIDED:
        world.undecided.append(path)
    elif isinstance(found, Witness):
        args = {"field": field.id, "label": field.label}
        yield Diagnostic("no-option-left", world.document.place(path), args, (), shown(world.template, found))


def _enough(world: World, field: Field) -> Iterator[Diagnostic]:
    """A choice of several cannot ask for more options than there are."""
    left, path = len(field.options.once(choosable)), field_path(field)
    args = {"field": field.id, "label": field.label}
    if field.type == "choices" and isinstance(field.min, int) and field.min > left:
        yield Diagnostic(
            "more-than-options", world.document.place((*path, "min")), {**args, "min": field.min, "count": left}
        )
    elif not left:
        yield Diagnostic("all-options-retired", world.document.place(path, "key"), args)


def _alike(world: World, field: Field) -> Iterator[Diagnostic]:
    for first, second, word in field.options.once(_same_words):
        path = option_path(world, field, second)
        if path and world.own(path):
            args = {"field": field.id, "label": field.label, "word": word, "first": first.id, "second": second.id}
            yield Diagnostic("options-alike", world.document.place(path, "key"), args)


def _same_words(options: Sequence[Option]) -> Alike:
    """Options under the same parent that share a label of a language or a synonym; each pair once."""
    found, told = [], set()
    known: defaultdict[tuple[str, str], list[Option]] = defaultdict(list)
    for option in options:
        for word in () if option.retired else dict.fromkeys((*option.label.values(), *option.synonyms)):
            for other in known[option.parent, word.strip().casefold()]:
                if (other.id, option.id) not in told:
                    told.add((other.id, option.id))
                    found.append((other, option, word))
            known[option.parent, word.strip().casefold()].append(option)
    return found
