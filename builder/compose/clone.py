"""A department's own overlay, begun: a file that says how to go on, and its pin in the lock."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from builder.compose.pins import digest, read_lock, version_of, write, write_lock
from builder.diagnostic import Diagnostic, Place
from builder.language import Source, catalogue, load
from builder.nearest import nearest
from builder.workspace import HEAD, Workspace, WorkspaceError, refusal

# Nothing is changed yet, and nothing that is empty may stand in a definition: the examples wait behind a #.
SKELETON = """\
# yaml-language-server: $schema=../../.formwright/schemas/overlay.json
formwright: 1
overlay: {department}
extends: {template}@{version}

# {change}
#
# change:
#   fields:
#     {field}:
#       label: {label}

# {add}
#
# add:
#   fields:
#     my_field:
#       type: text
#       label: {own}
#       after: {field}
"""


def clone(workspace: Workspace, template: str, department: str) -> Path:
    """Write `departments/DEPT/TEMPLATE.yaml` over the newest published version, else over the template as it stands.

    Comments are in the workspace's first language. The lock gets the base's line. Raises OSError, and WorkspaceError
    (unknown template or department, a file that is already there, a damaged lock): then nothing was written.
    """
    workspace.resolve(template)
    file = f"departments/{department}/{template}.yaml"
    language = _language(workspace, department)
    if workspace.path(file).exists():
        raise refusal("overlay-exists", workspace.shown(file), name=file)
    source = _base(workspace, template)
    lines, damage = read_lock(workspace)
    if damage:
        raise WorkspaceError(damage[0])
    write(workspace.path(file), skeleton(template, department, source, language))
    write_lock(workspace, {**lines, f"{template}@{version_of(source)}": digest(source.text)})
    return workspace.path(file)


def skeleton(template: str, department: str, source: Source, language: str) -> str:
    """The text of a new overlay; its example is the base's first field."""
    document, _ = load(source)
    fields = document.data.get("fields") if document else None
    words = {name: _words(f"clone-{code}", language) for name, code in
             (("change", "change"), ("label", "label"), ("add", "add"), ("own", "field"))}  # fmt: skip
    return SKELETON.format(template=template, department=department, version=version_of(source),
                           field=_first(fields, "field"), **words)  # fmt: skip


def _language(workspace: Workspace, department: str) -> str:
    """The workspace's first language. Raises WorkspaceError where it does not have the department."""
    source, _ = workspace.company_source()
    document = load(source)[0] if source else None
    data = document.data if document else {}
    departments = data.get("departments")
    known = list(departments) if isinstance(departments, Mapping) else []
    if department not in known:
        raise refusal("unknown-department", workspace.shown(HEAD), name=department, known=", ".join(known),
                      suggestion=nearest(department, known))  # fmt: skip
    return str(_first(data.get("languages"), "en"))


def _base(workspace: Workspace, template: str) -> Source:
    versions = workspace.versions(template)
    file = f"published/{template}/{versions[-1]}.yaml" if versions else f"templates/{template}.yaml"
    source, found = workspace.source(file)
    if source is None:
        raise WorkspaceError(found[0])
    return source


def _first(value: object, otherwise: str) -> object:
    return next(iter(value), otherwise) if isinstance(value, Mapping | list) else otherwise


def _words(code: str, language: str) -> str:
    return catalogue.describe(Diagnostic(code, Place("", 1, 1)), language).cause
