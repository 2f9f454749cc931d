"""The web server of `formwright serve`: threads in one process, for one laptop; gunicorn is for more (docs/cli.md)."""

from __future__ import annotations

import socket
from collections.abc import Callable
from wsgiref.types import WSGIApplication

from werkzeug.serving import WSGIRequestHandler, make_server

_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


class Quiet(WSGIRequestHandler):
    """Writes no line per request and does not say which server it is: who looked at what stands in the history."""

    protocol_version = "HTTP/1.1"
    timeout = 60  # seconds an idle connection keeps its thread

    def version_string(self) -> str:
        """What the `Server` header says."""
        return "formwright"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def serve(app: WSGIApplication, host: str, port: int, ready: Callable[[str], object]) -> None:
    """Answer until interrupted; `ready` is told the address once the port is open (port 0 takes a free one).

    Raises OSError when the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        opened = listener.getsockname()[1]
        server = make_server(host, opened, app, threaded=True, request_handler=Quiet, fd=listener.fileno())
        try:
            ready(address(host, opened))
            server.serve_forever()
        finally:
            server.server_close()


def address(host: str, port: int) -> str:
    """The URL to type; a server that listens everywhere is reached on this machine by its loopback address."""
    shown = _EVERYWHERE.get(host, host)
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
