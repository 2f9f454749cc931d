"""The laptop's server: it says where it listens, and a taken port is an ordinary error."""

from __future__ import annotations

import http.client
import queue
import socket
import threading
from collections.abc import Callable, Iterable

import pytest

from renderer.serving import address, serve


def hello(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


def test_it_answers_several_visitors_at_the_address_it_names() -> None:
    told: queue.Queue[str] = queue.Queue()
    threading.Thread(target=serve, args=(hello, "127.0.0.1", 0, told.put), daemon=True).start()
    url = told.get(timeout=20)
    visits = [http.client.HTTPConnection(url.split("/")[2], timeout=20) for _ in range(3)]
    for visit in visits:  # all connections are open before the first answer is read
        visit.request("GET", "/")
    answers = [visit.getresponse() for visit in visits]
    assert [(answer.status, answer.read(), answer.getheader("Server")) for answer in answers] == [
        (200, b"ok", "formwright")
    ] * 3
    for visit in visits:
        visit.close()


def test_a_taken_port_raises_oserror_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        serve(hello, "127.0.0.1", taken.getsockname()[1], lambda url: None)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),
        ("::", "http://[::1]:80/"),
        ("::1", "http://[::1]:80/"),
    ],
)
def test_the_address_is_one_that_can_be_typed(host: str, shown: str) -> None:
    assert address(host, 80) == shown
