"""Tags: given by rule, with the answers that were the reason, or by hand."""

from __future__ import annotations

from collections.abc import Mapping

from builder.expressions import Expression, Situation
from builder.model import TagGroup

Reason = Mapping[str, object]
Tags = Mapping[str, Mapping[str, Reason]]  # group → {option: reason}


def give_tags(
    group: TagGroup, values: Mapping[str, object], situation: Situation, by_hand: Mapping[str, Reason]
) -> dict[str, Reason]:
    """The tags of a group: those given by hand, and those whose rule holds, in the group's order.

    In an exclusive group what a person said wins over the rules, and an earlier rule over a later one.
    """
    manual = {o.id: by_hand[o.id] for o in group.options if o.when is None and o.id in by_hand}
    if manual and not group.many:
        return dict([*manual.items()][:1])
    found: dict[str, Reason] = {}
    for option in group.options:
        if option.id in manual:
            found[option.id] = manual[option.id]
        elif option.when is not None and option.when.function(values, situation, {}) is True:
            found[option.id] = {"by": "rule", "because": because(option.when, values)}
            if not group.many:
                break
    return found


def because(when: Expression, values: Mapping[str, object]) -> dict[str, object]:
    """The answers a rule has read, those that were there."""
    return {name: values[name] for name in sorted(when.reads) if values.get(name) is not None}


def tag_value(group: TagGroup, given: Mapping[str, Reason]) -> object:
    """What expressions see of a group: a list of ids where there may be many, else one id or None."""
    return list(given) if group.many else next(iter(given), None)
