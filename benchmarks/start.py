"""Starts one app in a process of its own, asks for its first page and says how much memory it rests with.

`python -m benchmarks.start MODULE ATTRIBUTE` prints the resident set in bytes; the caller measures time from outside.
"""

from __future__ import annotations

import importlib
import resource
import sys
from pathlib import Path

from benchmarks.visitor import Visitor


def resident() -> int:
    """Bytes of memory this process holds now; where the system does not say, the most it ever held."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def main(module: str, attribute: str) -> None:
    """Import, ask once, print."""
    answer = Visitor(getattr(importlib.import_module(module), attribute)).get("/login")
    assert answer.status == 200, answer.status
    print(resident())


if __name__ == "__main__":
    main(*sys.argv[1:])
