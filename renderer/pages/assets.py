"""Style sheet, script and icon; their address names their content, so a browser may keep them for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Response, request, send_from_directory

FOLDER = Path(__file__).parent.parent / "static"


def send(name: str) -> Response:
    """A file of `renderer/static/`; 404 for any other."""
    response = send_from_directory(FOLDER, name, conditional=True)
    lasting = request.args.get("v") == version(name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    return response


def asset(name: str) -> str:
    """The address of a file with the version it has now."""
    return f"/static/{name}?v={version(name)}"


@cache
def version(name: str) -> str:
    """A short digest of a file's content, empty for a file that is not there."""
    path = FOLDER / name
    return sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""
