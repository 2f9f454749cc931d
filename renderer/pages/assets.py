"""Style sheet, script and icon; their address names their content, so a browser may keep them for good."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

FOLDER: Final = Path(__file__).parent.parent / "static"
TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def send(name: str) -> ResponseReturnValue:
    """A file of `renderer/static/`; 404 for any other."""
    content = known(name)
    if content is None:
        abort(404)
    response = Response(content, mimetype=TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = LASTING if request.args.get("v") == version(name) else "no-cache"
    response.set_etag(version(name))
    return response.make_conditional(request)


LASTING: Final = "public, max-age=31536000, immutable"


def asset(name: str) -> str:
    """The address of a file with the version it has now."""
    return f"/static/{name}?v={version(name)}"


@cache
def version(name: str) -> str:
    """A short digest of a file's content."""
    return sha256(known(name) or b"").hexdigest()[:12]


@cache
def files() -> dict[str, bytes]:
    """The files of the folder, by name: there are three of them, and small."""
    return {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in TYPES}


def known(name: str) -> bytes | None:
    """A file's content; None when there is no such file."""
    return files().get(name)
