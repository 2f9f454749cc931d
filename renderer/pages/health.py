"""Two questions of a load balancer: is the process alive, and can it serve."""

from __future__ import annotations

from flask.typing import ResponseReturnValue


def healthz() -> ResponseReturnValue:
    """200 while the process answers."""
    return "ok", {"Content-Type": "text/plain; charset=utf-8"}
