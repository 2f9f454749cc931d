"""Where a link leads."""

from __future__ import annotations

from collections.abc import Mapping

from builder.diagnostic import Path
from builder.lower.context import Lowering


def target(run: Lowering, data: Mapping[str, object], path: Path) -> str:
    """The template whose records a link leads to; "" of any other field."""
    if data.get("type") != "link":
        return ""
    if "to" not in data:
        run.find("link-needs-to", path, at="key", field=path[-1])
        return ""
    return run.reference(str(data["to"]), run.neighbours.known, (*path, "to"), "template") or ""
