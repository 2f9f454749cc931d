"""`make bench`: every figure in one run, as a table of ratios and their bounds. Nothing is asserted.

`python -m benchmarks.run --write` keeps the table in benchmarks/results.md.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import depth, doors, looking, ours, size, theirs, vocabulary
from benchmarks.timing import Figure

HEAD = "| what | against | bound | ratio | | ours | theirs |\n|---|---|---|---|---|---|---|"


def figures(folder: Path) -> Iterator[Figure]:
    """All figures, as they are measured."""
    workspace = ours.make_workspace(folder / "workspace")
    module = theirs.open_rival(folder)
    our, rival = ours.login(ours.open_app(workspace)), theirs.login(module)
    yield from doors.pages(our, rival)
    yield depth.validation(module)
    yield depth.wide()
    yield size.compiling()
    yield size.getting(our, folder)
    yield from size.validating(module)
    yield from size.changing(folder)
    yield vocabulary.searching()
    yield from looking.looking(folder)
    yield from depth.stores(our, workspace, folder)
    yield from doors.starts(workspace, folder)


def amount(value: float, unit: str) -> str:
    """Seconds as ms, bytes as MB."""
    return f"{value / 1e6:.1f} MB" if unit == "B" else f"{value * 1e3:.3g} ms"


def row(figure: Figure) -> str:
    """One line of the table."""
    pair = figure.pair
    measured = f"{amount(pair.ours, figure.unit)} | {amount(pair.theirs, figure.unit)}"
    verdict = "holds" if figure.holds else "**missed**"
    bound = f"{figure.sign} {figure.bound:g}×"
    return f"| {figure.name} | {figure.against} | {bound} | {pair.ratio:.2f}× | {verdict} | {measured} |"


def main(arguments: list[str]) -> None:
    """Measure, print, and keep the table when asked to."""
    print(HEAD, flush=True)
    table = [HEAD]
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            table.append(row(figure))
            print(table[-1], flush=True)
    if "--write" in arguments:
        title = (
            f"# Benchmarks\n\nOne run of `make bench` on {platform.machine()}, Python {platform.python_version()}.\n"
        )
        (ours.HERE / "results.md").write_text("\n".join([title, *table, ""]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
