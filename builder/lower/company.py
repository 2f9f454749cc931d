"""The workspace file, lowered."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostic import Diagnostic, Path
from builder.language import Document
from builder.lower.context import Lowering, widened
from builder.lower.people import WORDS
from builder.model import Company, Department

DEFAULT_LANGUAGES = ("zh",)


def lower_company(data: Mapping[str, object]) -> Company:
    """The company as written; what it names wrongly is told by `check_company`."""
    languages = data.get("languages")
    tongues = tuple(str(item) for item in languages) if isinstance(languages, list) else DEFAULT_LANGUAGES
    roles, departments = data.get("roles"), data.get("departments")
    return Company(
        name=_text(data.get("company"), tongues[0]),
        languages=tongues,
        currency=str(data.get("currency", "CNY")),
        timezone=str(data.get("timezone", "Asia/Shanghai")),
        roles={key: _text(label, tongues[0]) for key, label in _map(roles).items()},
        departments={key: _department(key, widened(item), tongues[0]) for key, item in _map(departments).items()},
        store=str(data.get("store", "tinydb:data")),
    )


def check_company(document: Document, company: Company) -> list[Diagnostic]:
    """No role is a word for people; departments belong to departments that exist, and not to themselves in a circle."""
    run = Lowering(document, company)
    departments = company.departments
    for role in company.roles:
        if role in WORDS:
            run.find("role-is-a-word", ("roles", role), at="key", name=role)
    for key, department in departments.items():
        path: Path = ("departments", key, "in")
        if department.parent and department.parent not in departments:
            run.unknown(department.parent, departments, path, "department")
        elif key in _above(departments, key):
            run.find("cycle", path, names=" → ".join([key, *_above(departments, key)]))
    return run.findings


def _above(departments: Mapping[str, Department], key: str) -> list[str]:
    """The departments above one, nearest first; stops where a circle closes."""
    chain: list[str] = []
    parent = departments[key].parent
    while parent in departments and parent not in chain:
        chain.append(parent)
        parent = departments[parent].parent
    return chain


def _department(key: str, data: Mapping[str, object], language: str) -> Department:
    return Department(
        id=key,
        label=_text(data.get("label", key), language),
        lead=str(data.get("lead", "")),
        parent=str(data.get("in", "")),
    )


def _text(value: object, language: str) -> dict[str, str]:
    if isinstance(value, Mapping):
        return {str(key): str(item) for key, item in value.items()}
    return {language: str(value)} if value is not None else {}


def _map(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
