"""Imports go one way, and each outside library comes in by one door (docs/architecture.md)."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.house.source import DOORS, ROOMS, ROOT, files, imports, name, outside, product

# Packages whose modules are called otherwise, and modules that come with a package's own door.
DISTRIBUTIONS = {
    "yaml": "pyyaml",
    "PIL": "pillow",
    "argon2": "argon2-cffi",
    "flask_wtf": "flask-wtf",
    "jsonschema_rs": "jsonschema-rs",
}
COMES_WITH = {
    "werkzeug": "flask",
    "markupsafe": "jinja2",
    "itsdangerous": "flask",
    "referencing": "jsonschema",
    "flask_wtf": "flask",
}
# Never imported by us: a server's command, the zone files of zoneinfo, a table read beside its package.
RUN_BY_NAME = {"gunicorn", "tzdata", "pypinyin"}


def doors() -> dict[str, tuple[str, ...]]:
    """Library → where it may be imported, read from the sentence in docs/architecture.md."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    sentence = re.search(r"One outside library, one door: (.*?)\.\n- ", text, re.DOTALL)
    assert sentence, "docs/architecture.md lost its sentence about doors"
    table: dict[str, tuple[str, ...]] = {}
    for part in sentence[1].split(";"):
        libraries, _, places = part.partition("→")
        written = [place for place in re.findall(r"`([^`]+)`", places)]
        if "that file" in places:
            written = [*written, *table["jsonschema"]]
        table |= {library.strip(): tuple(written) for library in libraries.split(",")}
    return table


def test_the_doors_are_read_from_the_document() -> None:
    assert doors()["yaml"] == ("builder/language/events.py", "schemas/__init__.py")
    assert doors()["wtforms"] == doors()["flask"] == ("renderer",)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_no_later_room_and_no_front_door(room: str) -> None:
    later = {*ROOMS[ROOMS.index(room) + 1 :], *(door.removesuffix(".py") for door in DOORS)}
    wrong = [
        f"{name(path)}:{line} imports {module}"
        for path in files(room)
        for line, module in imports(path)
        if module.split(".")[0] in later
    ]
    assert not wrong, "\n".join(wrong)


def test_the_front_doors_do_not_import_each_other() -> None:
    pairs = [(name(path), module) for path in files(*DOORS) for _, module in imports(path)]
    assert not [pair for pair in pairs if pair[1] in ("cli", "wsgi")]


def test_each_outside_library_comes_in_by_its_door() -> None:
    table, wrong = doors(), []
    for path in product():
        for line, module in imports(path):
            library = outside(module)
            allowed = table.get(library) or table.get(COMES_WITH.get(library, ""), ())
            if library and not any(name(path) == place or name(path).startswith(f"{place}/") for place in allowed):
                wrong.append(
                    f"{name(path)}:{line} imports {library}, whose door is {' and '.join(allowed) or 'nowhere'}"
                )
    assert not wrong, "\n".join(wrong)


def test_what_is_imported_is_what_is_declared() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    declared = {re.match(r"[\w-]+", line)[0] for line in declared} - RUN_BY_NAME
    used = {outside(module) for path in product() for _, module in imports(path)} - {""}
    indirect = {
        "werkzeug",
        "markupsafe",
        "itsdangerous",
        "referencing",
    }  # their packages promise them with the door's own
    assert {DISTRIBUTIONS.get(library, library) for library in used - indirect} == declared
