"""A file on its way out: to be kept, never to be opened by the page's own address."""

from __future__ import annotations

from typing import BinaryIO, Final

from flask import Response, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Plain

from workflows.files.facts import File

# Whatever a browser makes of it all the same: no script, no form, no request, as if from nowhere.
SANDBOX: Final = "sandbox; default-src 'none'; frame-ancestors 'none'"


def attachment(file: File, content: BinaryIO) -> ResponseReturnValue:
    """The content for download under its name; a browser asks each time whether it may still have it."""
    response = send_file(
        content,
        mimetype=str(file["type"]),
        as_attachment=True,
        download_name=str(file["name"]),
        etag=str(file["id"]),
    )
    return _guarded(response)


def thumbnail(id: str, picture: bytes) -> ResponseReturnValue:
    """A small picture that was drawn here, to be shown on a page."""
    response = Response(picture, mimetype="image/jpeg")
    response.set_etag(f"{id}-small")
    return _guarded(response.make_conditional(request))


def _guarded(response: Plain) -> ResponseReturnValue:
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-cache"
    return response
