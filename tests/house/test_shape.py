"""Small files, small functions, and a promise over each room's door."""

from __future__ import annotations

import ast
import re
from statistics import median

from tests.house.source import ROOMS, ROOT, files, name, product, tree

LONGEST_FILE, LONGEST_FUNCTION = 300, 50
# What is longer, each with its reason.
LONG: dict[str, str] = {}


def functions() -> dict[str, int]:
    """`file:name` → lines, over the product."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {
        f"{name(path)}:{node.name}": int(node.end_lineno or 0) - node.lineno + 1
        for path in product()
        for node in ast.walk(tree(path))
        if isinstance(node, kinds)
    }


def lengths() -> dict[str, int]:
    """File → lines, over the product."""
    return {name(path): len(path.read_text("utf-8").splitlines()) for path in product()}


def test_no_file_and_no_function_is_long_without_a_reason() -> None:
    long = {what: n for what, n in lengths().items() if n > LONGEST_FILE}
    long |= {what: n for what, n in functions().items() if n > LONGEST_FUNCTION}
    assert {what: n for what, n in long.items() if what not in LONG} == {}
    assert not set(LONG) - set(long), "these are short now: take them off the list"


def test_most_functions_fit_in_one_glance() -> None:
    assert median(functions().values()) <= 10


def test_no_file_is_called_after_nothing() -> None:
    assert not [name(path) for path in product() if re.fullmatch(r"(utils?|helpers?|common|misc)\.py", path.name)]


def test_every_room_states_its_promise() -> None:
    silent = [name(path) for path in files(*ROOMS) if path.name == "__init__.py" and not ast.get_docstring(tree(path))]
    folders = {path.parent for path in files(*ROOMS)}
    doorless = [name(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert not silent and not doorless


def test_every_file_the_architecture_names_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(
        re.findall(r"`((?:builder|workflows|renderer|schemas|benchmarks|docs)/[\w./-]+|cli\.py|wsgi\.py)`", text)
    )
    assert len(named) > 10
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
