"""The product's source as the house tests read it: files, imports, calls, words."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("schemas", "builder", "workflows", "renderer")  # an earlier one never imports a later one
DOORS = ("cli.py", "wsgi.py")


def files(*places: str) -> list[Path]:
    """The Python files of rooms (or the doors, which are files themselves), sorted."""
    found = [
        path for place in places for path in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))
    ]
    return sorted(path for path in found if path.exists())


def product() -> list[Path]:
    """Every Python file that is shipped."""
    return files(*ROOMS, *DOORS)


def name(path: Path) -> str:
    """The path as the documents write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """The file, parsed once a run."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted module of each import, those inside functions and under TYPE_CHECKING included."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: imports are written in full"
            yield node.lineno, str(node.module)


def outside(module: str) -> str:
    """The library a dotted module belongs to, or empty for ours and the standard library's."""
    top = module.split(".")[0]
    ours = (*ROOMS, *(door.removesuffix(".py") for door in DOORS))
    return "" if top in sys.stdlib_module_names or top in ours or top == "_typeshed" else top  # types only, never there


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of attributes over a name, else empty."""
    if isinstance(node, ast.Name):
        return node.id
    before = dotted(node.value) if isinstance(node, ast.Attribute) else ""
    return f"{before}.{node.attr}" if before and isinstance(node, ast.Attribute) else ""


def full_names(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every attribute chain and imported name that is used, aliases followed."""
    aliases: dict[str, str] = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            aliases.update(
                {a.asname or a.name.split(".")[0]: a.name if a.asname else a.name.split(".")[0] for a in node.names}
            )
        elif isinstance(node, ast.ImportFrom):
            aliases.update({a.asname or a.name: f"{node.module}.{a.name}" for a in node.names})
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.Attribute, ast.Name)):
            head, _, rest = dotted(node).partition(".")
            if head in aliases:
                yield node.lineno, aliases[head] + (f".{rest}" if rest else "")


def docstrings(module: ast.Module) -> set[int]:
    """The ids of the constant nodes that are docstrings."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(module) if isinstance(node, owners) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def words(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every identifier and string of the code; comments and docstrings are for people."""
    skipped = docstrings(tree(path))
    for node in ast.walk(tree(path)):
        match node:
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text):
                yield node.lineno, text
            case ast.FunctionDef(name=text) | ast.ClassDef(name=text) | ast.AsyncFunctionDef(name=text):
                yield node.lineno, text
            case ast.Constant(value=str(text)) if id(node) not in skipped:
                yield node.lineno, text
