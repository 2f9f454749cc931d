"""What a section's condition means for the fields in it."""

from __future__ import annotations

from collections.abc import Mapping

from builder.lower.context import Lowering
from builder.lower.workflow import part


def section_conditions(run: Lowering) -> dict[str, str]:
    """Field → the condition of the section it is in, where that has one."""
    fields = part(run, "fields")
    found: dict[str, str] = {}
    for key, section in part(run, "sections").items():
        if isinstance(section, Mapping) and isinstance(section.get("visible"), str):
            layer, names = run.document.layer(("sections", key, "fields")), section.get("fields")
            listed = [run.resolve(str(name), fields, layer) for name in names] if isinstance(names, list) else []
            naming = [field for field in fields if part(run, "fields", field).get("section") == key]
            found |= {field: str(section["visible"]) for field in (*listed, *naming) if field}
    return found
