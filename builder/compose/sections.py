"""Where a layer's fields stand on the form: each in exactly one section, when there are sections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from builder.compose.merge import Merge, Node
from builder.diagnostic import Path
from builder.language.document import Origin


def place_in_sections(run: Merge) -> None:
    """Each field that the layer adds and puts nowhere joins its neighbour's section, right behind it.

    The neighbour is the field before it, so what `after` names. A base field whose `section` the layer changes leaves
    the section that lists it.
    """
    sections, fields = run.data.get("sections"), run.data.get("fields")
    if not isinstance(sections, dict) or not isinstance(fields, dict):
        return
    neighbour = ""
    for name, field in fields.items():
        listed = _listed(run, sections, name)
        if run.said(("fields", name, "section"))[0].name == run.name and isinstance(field, dict) and "section" in field:
            if listed is not None:
                _leave(run, sections[listed[0]], listed)
        elif listed is None and run.said(("fields", name))[0].name == run.name:
            _join(run, sections, name, neighbour)
        neighbour = name


def _listed(run: Merge, sections: Mapping[str, object], field: str) -> tuple[str, int] | None:
    """The section that lists a field, and at which index."""
    found = ((key, i) for key, section in sections.items() for i, name in enumerate(_names(section))
             if run.resolve(str(name), [field]))  # fmt: skip
    return next(found, None)


def _names(section: object) -> list[object]:
    names = section.get("fields") if isinstance(section, Mapping) else None
    return names if isinstance(names, list) else []


def _join(run: Merge, sections: Node, field: str, neighbour: str) -> None:
    """The first field of a form has no neighbour: it heads the first section."""
    fields = run.data["fields"]
    beside = fields.get(neighbour) if isinstance(fields, dict) else None
    here = _listed(run, sections, neighbour)
    if here is None and isinstance(beside, Mapping) and "section" in beside and isinstance(fields, dict):
        run.put(fields[field], ("fields", field, "section"), beside["section"], _reason(run, field))
        return
    key, index = here or (next(iter(sections)), -1)
    items = list(_items(run, sections[key], key))
    items.insert(index + 1, (field, (run.mine(_reason(run, field)),)))
    _write(run, sections[key], key, items)


def _leave(run: Merge, section: object, listed: tuple[str, int]) -> None:
    key, index = listed
    items = list(_items(run, section, key))
    _write(run, section, key, [*items[:index], *items[index + 1 :]])


def _items(run: Merge, section: object, key: str) -> Iterator[tuple[object, tuple[Origin, ...]]]:
    return ((name, run.said(("sections", key, "fields", i))) for i, name in enumerate(_names(section)))


def _write(run: Merge, section: object, key: str, items: list[tuple[object, tuple[Origin, ...]]]) -> None:
    if isinstance(section, dict):
        section["fields"] = [name for name, _ in items]
        run.origins.update({("sections", key, "fields", i): origins for i, (_, origins) in enumerate(items)})


def _reason(run: Merge, field: str) -> Path:
    """Where the overlay says that a field stands there: its `after`, else the field itself."""
    where = run.said(("fields", field))[0].path
    return (*where, "after") if run.overlay.has((*where, "after")) else where
