"""The shell beside running servers: `serve` on a laptop, gunicorn with two workers, and `starter` behind `make run`."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell, run

CLEAN = {
    name: value for name, value in os.environ.items() if not name.startswith(("FORMWRIGHT", "LC_", "LANG", "PORT"))
}


@contextmanager
def running(*command: str, cwd: Path, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A server of ours in a process of its own, ended with it."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        env={**CLEAN, "PYTHONUNBUFFERED": "1", **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def call(port: int, token: str, method: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """One request as `curl` would send it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    media = {"Content-Type": "application/json"} if body is not None else {}
    data = None if body is None else json.dumps(body).encode()
    connection.request(method, path, data, {"Authorization": f"Bearer {token}", **media, **named})
    response = connection.getresponse()
    read = response.read()
    connection.close()
    return response.status, json.loads(read) if read.startswith(b"{") else read.decode()


def until_said(process: subprocess.Popen[str], pattern: str) -> re.Match[str]:
    """The first line a server prints that matches."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        found = re.search(pattern, line)
        if found:
            return found
    raise AssertionError("".join(said))


@pytest.mark.slow
def test_a_journey_by_curl_over_the_laptops_server(shell: Shell, place: Path, root: Path) -> None:
    assert shell("publish").code == 0
    shell("user", "add", "wang", "--role", "clerk", "--department", "south")
    token = shell("token", "create", "wang").last
    with running(
        str(root / "cli.py"), "-C", str(place), "serve", "--port", "0", cwd=place, LANG="en_US.UTF-8"
    ) as server:
        port = int(until_said(server, r"Open http://127\.0\.0\.1:(\d+)/")[1])
        key = place / "data/secret.key"
        assert sys.platform == "win32" or stat.S_IMODE(key.stat().st_mode) == 0o600
        status, made = call(port, token, "POST", "/api/v1/repair/records", {"data": {"bike": "A", "price": 12.5}})
        assert (status, made["open"]) == (201, ["fix"])
        path = f"/api/v1/records/{made['id']}"
        assert call(port, token, "PATCH", path, {"data": {"kind": "minor"}}, If_Match="1")[0] == 200
        assert call(port, token, "PATCH", path, {"data": {"kind": "major"}}, If_Match="1")[0] == 409
        assert call(port, token, "POST", f"{path}/transitions/fix")[1]["state"] == "fixed"
        assert [event["kind"] for event in call(port, token, "GET", f"{path}/history")[1]["events"]] == [
            "created",
            "changed",
            "moved",
        ]
        # The shell beside it: what it adds, the server knows at once.
        assert shell("user", "add", "li", "--role", "clerk", "--department", "south").code == 0
        fresh = shell("token", "create", "li").last
        assert call(port, fresh, "GET", "/api/v1/repair/records")[1]["total"] == 1
        assert shell("user", "disable", "li").code == 0
        assert call(port, fresh, "GET", "/api/v1/repair/records")[0] == 401
    assert shell("store", "verify").code == 0


def test_a_taken_port_and_a_weak_key_are_told(shell: Shell, place: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = shell("serve", PORT=str(taken.getsockname()[1]))
    assert (refused.code, refused.out) == (1, "")
    for weak in (
        shell("serve", FORMWRIGHT_SECRET_KEY="dev", FORMWRIGHT_BASE_URL="https://forms.example"),
        shell("serve", "--host", "0.0.0.0", FORMWRIGHT_SECRET_KEY="dev"),
    ):
        assert (weak.code, weak.out) == (1, "")
        assert "FORMWRIGHT_SECRET_KEY" in weak.err


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows")
def test_two_workers_serve_while_the_shell_writes_beside_them(shell: Shell, place: Path, root: Path) -> None:
    assert shell("publish").code == 0
    shell("user", "add", "wang", "--role", "clerk", "--department", "south")
    token = shell("token", "create", "wang").last
    bind = ("-m", "gunicorn", "wsgi:application", "--workers", "2", "--bind", "127.0.0.1:0", "--chdir", str(root))
    with running(*bind, cwd=root, FORMWRIGHT_WORKSPACE=str(place)) as server:
        port = int(until_said(server, r"Listening at: http://127\.0\.0\.1:(\d+)")[1])
        made = []
        for number in range(12):
            shell("user", "add", f"user-{number}", "--password-stdin", input=f"a long sentence {number}\n")
            fresh = shell("token", "create", "wang").last
            status, record = call(port, fresh, "POST", "/api/v1/repair/records", {"data": {"bike": f"B{number}"}})
            assert status == 201
            made.append(record["id"])
            assert call(port, token, "GET", f"/api/v1/records/{record['id']}")[0] == 200
        assert call(port, token, "GET", "/api/v1/repair/records")[1]["total"] == len(set(made)) == 12
    assert len(shell("user", "list", "--format", "json").json) == 13
    assert shell("store", "verify").code == 0


@pytest.mark.slow
def test_the_starter_is_made_whole_once(tmp_path: Path) -> None:
    (tmp_path / "demo.draft").mkdir()  # left behind by a run that was interrupted
    made = run("--lang", "en", "starter", str(tmp_path / "demo"))
    assert made.code == 0
    users = dict(line.split() for line in made.out.splitlines()[2:])
    assert list(users) == ["admin", "staff", "lead", "manager", "auditor"]
    again = run("--lang", "en", "starter", str(tmp_path / "demo"))
    assert (again.code, [name for name in users.values() if name in again.out]) == (0, [])
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    rehearsed = run("-C", str(tmp_path / "demo"), "publish", "--dry-run", "--format", "json").json
    assert {one["status"] for one in rehearsed} == {"unchanged"}
    count = sum(line["count"] for one in rehearsed for line in one["records"])
    assert count == 360 and f" {count} " in made.out
    assert run("-C", str(tmp_path / "demo"), "store", "verify").code == 0
