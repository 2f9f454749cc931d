"""Two questions of a load balancer: is the process alive, and can it serve."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from renderer.visit import house
from workflows.keep.port import StoreError

PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


def healthz() -> ResponseReturnValue:
    """200 while the process answers."""
    return "ok", PLAIN


def readyz() -> ResponseReturnValue:
    """200 while the store can be read, 503 else."""
    try:
        house().store.head()
    except StoreError:
        return "store unavailable", 503, PLAIN
    return "ready", PLAIN
