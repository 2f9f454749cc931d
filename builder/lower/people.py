"""People lists (language.md, rule 5): words, roles, `role@department` and person fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from builder.diagnostic import Path
from builder.lower.context import Lowering
from builder.model import People, Who
from builder.nearest import nearest

# What people say for the words.
MEANT = {
    **dict.fromkeys(("all", "everyone", "everybody", "*", "所有人", "全员", "员工", "全体"), "staff"),
    **dict.fromkeys(("anyone", "anybody", "任何人", "公众"), "public"),
    **dict.fromkeys(("self", "applicant", "本人", "申请人", "创建人", "填写人"), "creator"),
    **dict.fromkeys(("boss", "supervisor", "lead", "上级", "主管", "直属上级"), "superior"),
    "负责人": "owner", "部门": "department", "本部门": "department",
}  # fmt: skip
WORDS = ("creator", "owner", "superior", "department", "staff", "public", "me")


def lower_people(run: Lowering, names: Sequence[str], path: Path) -> People:
    """The words of one people list; each unknown one is a finding of its own."""
    found = (lower_person(run, name, (*path, i)) for i, name in enumerate(names))
    return tuple(who for who in found if who is not None)


def lower_person(run: Lowering, name: str, path: Path) -> Who | None:
    """One word of a people list; None after a finding."""
    if name in WORDS:
        return Who("word", name)
    role, _, department = name.partition("@")
    if role in run.company.roles and (not department or department in run.company.departments):
        return Who("role_at", role, department) if department else Who("role", role)
    if role in run.company.roles:
        run.unknown(department, run.company.departments, path, "department")
        return None
    fields = {k: v for k, v in _fields(run).items() if isinstance(v, Mapping) and v.get("type") == "person"}
    found = run.resolve(name, fields, run.document.layer(path))
    if found:
        return Who("field", found)
    by_label = next((role_id for role_id, label in run.company.roles.items() if name in label.values()), "")
    run.find("unknown-person-word", path, name=name, words=", ".join(WORDS), roles=", ".join(run.company.roles),
             suggestion=by_label or MEANT.get(name.lower(), "")
             or nearest(name, [*WORDS, *run.company.roles, *fields]))  # fmt: skip
    return None


def _fields(run: Lowering) -> Mapping[str, object]:
    fields = run.data.get("fields")
    return fields if isinstance(fields, Mapping) else {}
