"""Masks: what is left of a value for somebody who may know only that it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from builder.model import Field, Template
from workflows.evaluate import Evaluation
from workflows.guard.access import Rights
from workflows.record import Fault, Faults, Record

STARS = "****"
HOME = "+86"  # the country a masked number is shown without


def mask(field: Field, value: object) -> object:
    """The masked text of a value, None when absent; what is no text shows nothing at all."""
    if value is None:
        return None
    if field.type == "link":
        return STARS
    way = _address if field.mask == "middle" and field.type == "email" else _MASKS[field.mask]
    return way(value) if isinstance(value, str) else STARS


def _address(value: str) -> str:
    """The first sign of an e-mail address and its domain; in any other text all may stand behind an @."""
    local, _, domain = value.rpartition("@")
    return f"{local[:1]}{STARS}@{domain}"


def _middle(value: str) -> str:
    """The first three and last four signs of a number, `138****5678`; less of what is shorter."""
    number = value.removeprefix(HOME)
    if len(number) >= 11:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    if len(number) > 2:
        return f"{number[0]}{'*' * (len(number) - 2)}{number[-1]}"
    return number[:1] + "*"


def _last_four(value: str) -> str:
    return STARS + value[-4:] if len(value) > 8 else STARS


_MASKS: Mapping[str, Callable[[str], str]] = {"middle": _middle, "last4": _last_four, "all": lambda value: STARS}


def guarded(template: Template, rights: Rights, values: Mapping[str, object]) -> dict[str, object]:
    """Values by name as the reader may see them: hidden fields left out, masked ones masked, all else as it is."""
    shown: dict[str, object] = {}
    for name, value in values.items():
        level = rights.fields.get(name, "read")
        if level != "hidden":
            shown[name] = mask(template.fields[name], value) if level == "masked" else value
    return shown


Tagged = Mapping[str, Mapping[str, Mapping[str, object]]]


def guarded_tags(template: Template, rights: Rights, tags: Tagged) -> dict[str, dict[str, Mapping[str, object]]]:
    """Tags with the reasons the reader may see."""
    return {
        group: {option: _guarded_reason(template, rights, reason) for option, reason in given.items()}
        for group, given in tags.items()
    }


def _guarded_reason(template: Template, rights: Rights, reason: Mapping[str, object]) -> Mapping[str, object]:
    because = reason.get("because")
    return {**reason, "because": guarded(template, rights, because)} if isinstance(because, Mapping) else reason


def guarded_record(template: Template, rights: Rights, record: Record) -> Record:
    """The record as the reader may see it."""
    return record.with_(
        data=guarded(template, rights, record.data), tags=guarded_tags(template, rights, record.tags), key=""
    )


def guarded_faults(rights: Rights, faults: Faults) -> Faults:
    """The faults as the reader may hear them: none tells a value that he does not see in clear."""
    return {name: tuple(_guarded_fault(rights, name, fault) for fault in found) for name, found in faults.items()}


def _guarded_fault(rights: Rights, name: str, fault: Fault) -> Fault:
    unseen = frozenset(other for other in fault.of if not rights.clear(other))
    if unseen and fault.without is not None:
        return Fault(fault.code, fault.args, fault.without(unseen))
    return fault if _heard(rights, name, fault) else Fault("condition-unseen")


def _heard(rights: Rights, name: str, fault: Fault) -> bool:
    own = rights.clear(name.partition(".")[0])
    return all(map(rights.clear, fault.of)) and (own or not fault.args)


def guarded_evaluation(template: Template, rights: Rights, evaluation: Evaluation) -> Evaluation:
    """The evaluation as the reader may see it; faults of hidden fields are named, since they hold the record back."""
    return replace(
        evaluation,
        values=guarded(template, rights, evaluation.values),
        stored=guarded(template, rights, evaluation.stored),
        visible=frozenset(name for name in evaluation.visible if rights.fields.get(name.partition(".")[0]) != "hidden"),
        tags=guarded_tags(template, rights, evaluation.tags),
        faults=guarded_faults(rights, evaluation.faults),
    )
