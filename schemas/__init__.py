"""The language as data: JSON Schemas with their layer policy, message catalogues and the starter workspace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def read(name: str) -> str:
    """The text of one file of this folder, such as `language/template.json`. Raises FileNotFoundError."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """The content of one file of this folder that is no text. Raises FileNotFoundError."""
    return files(__name__).joinpath(name).read_bytes()


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """All catalogues of `messages/` as one: code → {severity, zh: {cause, help}, en: {cause, help}}.

    A code that stands in two files is our mistake and raises ValueError.
    """
    return _gathered("messages")


@cache
def hints() -> Mapping[str, Any]:
    """What is shown beside keys: `examples` by key or `definition.key`, `snippets` with the collection they go `in`."""
    import yaml

    loaded: Mapping[str, Any] = yaml.load(read("language/hints.yaml"), Loader=yaml.CSafeLoader)
    return loaded


def example_of(definition: str, key: str) -> str:
    """An example of a key's value in a definition of the language, as it is written; "" when there is none."""
    written = hints()["examples"]
    return str(written.get(f"{definition}.{key}") or written.get(key, ""))


@cache
def examples() -> Mapping[str, Any]:
    """A mistake and its cure for each finding: code → difference, or what else it takes (see `builder/examples.py`).

    A code that stands in two files is our mistake and raises ValueError.
    """
    return _gathered("examples")


@cache
def words() -> Mapping[str, str]:
    """What the Chinese words of the examples are in English."""
    import yaml

    known: Mapping[str, str] = yaml.load(read("examples/frame/words.yaml"), Loader=yaml.CSafeLoader)
    return known


def _gathered(folder: str) -> Mapping[str, Any]:
    """All YAML files of a folder as one map; a key that stands in two of them raises ValueError."""
    import yaml

    entries: dict[str, Any] = {}
    for file in sorted(files(__name__).joinpath(folder).iterdir(), key=lambda f: f.name):
        text = file.read_text(encoding="utf-8") if file.name.endswith(".yaml") else ""
        for code, entry in (yaml.load(text, Loader=yaml.CSafeLoader) or {}).items():
            if code in entries:
                raise ValueError(f"{code} stands twice in {folder}")
            entries[code] = entry
    return entries


def sample() -> Mapping[str, Any]:
    """The starter's `users` by login, the `recipe` of its sample records (`workflows/seed.py`) and their `files`."""
    import yaml

    loaded: Mapping[str, Any] = yaml.load(read("sample.yaml"), Loader=yaml.CSafeLoader)
    return loaded
