"""What comes with every log: the columns `at` and `by`, and what makes no sense of rows that never change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from builder import expressions as x
from builder.diagnostic import Path
from builder.emit.phrases import phrase
from builder.lower.context import Lowering
from builder.model import Field, Text

AT, BY = "at", "by"
STAMPS: Final[Mapping[str, str]] = {AT: "datetime", BY: "person"}  # written by the server; column → type
SYMBOLS: Final[Mapping[str, x.Type]] = {AT: x.DATETIME, BY: x.PERSON}
NONSENSE: Final = ("default", "compute", "when_hidden")


def stamp_symbols(run: Lowering) -> dict[str, x.Symbol]:
    """The stamps as names of an expression; `by` is nobody where a visitor wrote."""
    return {key: x.Symbol(type=type, present=key == AT, label=_label(run, key)) for key, type in SYMBOLS.items()}


def stamp_columns(run: Lowering, log: str) -> tuple[Field, ...]:
    """The stamps as columns of a log."""
    return tuple(
        Field(
            id=key,
            path=f"{log}.{key}",
            type=type,
            label=_label(run, key),
            required=key == AT,
            readonly=True,
            zone=run.company.timezone if key == AT else "",
        )
        for key, type in STAMPS.items()
    )


def check_log(run: Lowering, data: Mapping[str, object], path: Path) -> None:
    """A finding for each column that is called like a stamp, and for what would start, compute or clear a log."""
    columns = data.get("fields")
    for key in columns if isinstance(columns, Mapping) else ():
        if str(key).casefold() in STAMPS:
            run.find("log-column-taken", (*path, "fields", key), at="key", column=key)
    for key in NONSENSE:
        if key in data:
            run.find("not-of-a-log", (*path, key), at="key", key=key)


def _label(run: Lowering, key: str) -> Text:
    return {language: phrase(f"log-{key}", language) for language in run.company.languages}
