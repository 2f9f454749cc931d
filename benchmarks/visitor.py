"""A browser's part, cut to the bone: calls a WSGI app in process, keeps its cookies, reads a form's hidden fields."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status as a number, the headers and the body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(slots=True)
class Visitor:
    """One visitor of one app. Cookies are kept from answer to answer until `settled`: then every request is the same.

    A timed POST is not followed to the page it leads to: what that page takes out of the cookie would pile up.
    """

    app: App
    cookies: dict[str, str] = field(default_factory=dict)
    settled: bool = False

    def get(self, path: str) -> Answer:
        """GET a path."""
        return self._call("GET", path, b"")

    def post(self, path: str, data: dict[str, Any] | bytes) -> Answer:
        """POST a form: a mapping (lists for several values), or a body encoded before."""
        return self._call("POST", path, data if isinstance(data, bytes) else urlencode(data, doseq=True).encode())

    def hidden(self, path: str) -> dict[str, str]:
        """The hidden fields of the forms on a page."""
        reader = _Hidden()
        reader.feed(self.get(path).body.decode())
        return reader.found

    def _call(self, method: str, path: str, body: bytes) -> Answer:
        status: list[Any] = []
        answer = self.app(self._environ(method, path, body), lambda *said: status.extend(said[:2]))
        try:
            content = b"".join(answer)
        finally:
            getattr(answer, "close", bool)()
        for name, value in () if self.settled else status[1]:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return Answer(int(status[0][:3]), status[1], content)

    def _environ(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "en",
            "HTTP_COOKIE": "; ".join(f"{key}={value}" for key, value in self.cookies.items()),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }


class _Hidden(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found.setdefault(str(given["name"]), given.get("value") or "")
