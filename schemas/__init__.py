"""The language as data: JSON Schemas with their layer policy, message catalogues and the starter workspace."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def read(name: str) -> str:
    """The text of one file of this folder, such as `language/template.json`. Raises FileNotFoundError."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def messages() -> Mapping[str, Mapping[str, Any]]:
    """All catalogues of `messages/` as one: code → {severity, zh: {cause, help}, en: {cause, help}}.

    A code that stands in two files is our mistake and raises ValueError.
    """
    import yaml

    entries: dict[str, Mapping[str, Any]] = {}
    for file in sorted(files(__name__).joinpath("messages").iterdir(), key=lambda f: f.name):
        for code, entry in (yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}).items():
            if code in entries:
                raise ValueError(f"message {code} stands twice")
            entries[code] = entry
    return entries


def sample() -> Mapping[str, Any]:
    """The starter's `users`, by login name, and the `recipe` of its sample records (see `workflows/seed.py`)."""
    import yaml

    loaded: Mapping[str, Any] = yaml.load(read("sample.yaml"), Loader=yaml.CSafeLoader)
    return loaded
