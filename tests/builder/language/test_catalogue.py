"""The catalogue: every code that can be found has its words in both languages, and the words' holes are filled."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import schemas
from builder.diagnostic import Diagnostic, Place, Related
from builder.language import catalogue
from builder.language.grammar import deref, grammar

ROOT = Path(__file__).resolve().parents[3]
# Calls whose first argument or `code=` is a code of the catalogue.
FINDERS = {"Diagnostic", "Finding", "Flaw", "Fix", "Fault", "find", "flaw", "leave", "Misread", "_wrapped"}
KINDS = {
    "object": "map", "array": "list", "string": "text", "boolean": "flag", "integer": "number", "number": "number",
}  # fmt: skip
PLACE = Place("t.yaml", 1, 1)


def texts(entry: Mapping[str, Any], language: str) -> Iterator[str]:
    for part in entry[language].values():
        yield from part if isinstance(part, list) else [part]


def holes(entry: Mapping[str, Any], language: str) -> set[str]:
    return {name for text in texts(entry, language) for _, name, _, _ in Formatter().parse(text) if name}


def constants(node: ast.expr) -> Iterator[str]:
    """The literals that an expression may be: itself, or the branches of `a if b else c`."""
    if isinstance(node, ast.IfExp):
        yield from (*constants(node.body), *constants(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def codes_in(folder: str) -> set[str]:
    """Codes written as literals in calls that make findings."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                literals = [*node.args[:3], *(k.value for k in node.keywords if k.arg == "code")]
                found |= {code for each in literals for code in constants(each) if name in FINDERS and "-" in code}
    return found


def schemas_in(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from schemas_in(inner)


def test_every_code_of_this_room_has_words() -> None:
    assert codes_in("builder/language") - schemas.messages().keys() == set()


@pytest.mark.parametrize("kind", ["workspace", "template", "overlay"])
def test_every_spelling_and_kind_of_node_that_a_place_wants_has_words(kind: str) -> None:
    root = grammar(kind)
    patterns = {f"bad-{schema['x-read']}" for schema in schemas_in(root) if "pattern" in schema and "x-read" in schema}
    forms = [[deref(form, root) for form in schema["anyOf"]] for schema in schemas_in(root) if "anyOf" in schema]
    forms += [[schema] for schema in schemas_in(root) if isinstance(schema.get("type"), str)]
    wanted = {"-or-".join(sorted({KINDS[form["type"]] for form in choice})) + "-wanted" for choice in forms}
    wanted.discard("list-or-map-or-text-wanted")  # takes any node there is
    assert patterns
    assert (patterns | wanted) - schemas.messages().keys() == set()


@pytest.mark.parametrize("code", sorted(schemas.messages()))
def test_every_entry_speaks_both_languages_with_the_same_holes(code: str) -> None:
    entry = schemas.messages()[code]
    assert entry["severity"] in ("error", "warning", "info")
    assert all(entry[language]["cause"] for language in ("zh", "en"))
    assert ("help" in entry["zh"]) == ("help" in entry["en"])
    assert holes(entry, "zh") == holes(entry, "en") or code == "missing-key"  # whose Chinese names the key's title too


def test_a_finding_in_both_languages() -> None:
    found = Diagnostic("nothing-written", PLACE, {"key": "label"})
    assert catalogue.describe(found, "en").cause == "nothing written after `label:`"
    assert catalogue.describe(found, "zh").cause == "label: 后面什么也没有写"
    assert catalogue.describe(found, "zh-CN") == catalogue.describe(found, "zh")
    assert catalogue.describe(found, "fr") == catalogue.describe(found, "en")


def test_a_suggestion_comes_first_in_the_way_out() -> None:
    found = Diagnostic("unknown-key", PLACE, {"key": "lable", "suggestion": "label", "known": "label, help"})
    assert catalogue.describe(found, "en").help == "Did you mean label? There are: label, help"
    nothing = Diagnostic("unknown-key", PLACE, {"key": "x", "suggestion": "", "known": "label, help"})
    assert catalogue.describe(nothing, "en").help == "There are: label, help"


def test_of_several_texts_the_first_that_can_be_filled() -> None:
    root = Diagnostic("missing-key", PLACE, {"key": "title", "owner": "", "title": {"zh": "标题", "en": "Title"}})
    field = Diagnostic("missing-key", PLACE, {"key": "label", "owner": "phone", "title": {"zh": "名称", "en": "Label"}})
    assert catalogue.describe(root, "zh").cause == "缺少 title（标题）"
    assert catalogue.describe(field, "en").cause == "phone has no label"


def test_related_places_have_their_notes() -> None:
    found = Diagnostic("duplicate-key", PLACE, {"key": "a"}, (Related(PLACE, "first-here"),))
    assert len(catalogue.describe(found, "en").related) == 1


def test_an_unknown_code_is_our_bug() -> None:
    with pytest.raises(KeyError):
        catalogue.describe(Diagnostic("no-such-code", PLACE), "en")


def test_braces_in_what_an_author_wrote_are_shown_as_written() -> None:
    found = Diagnostic("unknown-value", PLACE, {"key": "mask", "value": "{x}", "known": "all"})
    assert catalogue.describe(found, "en").cause == "mask cannot be {x}"
