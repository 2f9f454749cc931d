"""`serve --watch`: pages follow the definitions; while they have mistakes the last good state stays, and it is told."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from renderer.house import House
from renderer.live import Live
from renderer.shell import serving
from renderer.shell.desk import Desk, Usage
from renderer.shell.serving import follow, following, settings
from tests.renderer.conftest import HERE, NOW, PASSWORD, Guest, make_app

KEY = "k" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE / "workspace", tmp_path / "workspace"))


@pytest.fixture
def live_app(folder: Path) -> Flask:
    return make_app(folder, live=True, author=KEY)


@pytest.fixture
def live(live_app: Flask) -> Live:
    house: House = live_app.extensions["formwright"]
    assert house.live is not None
    house.live.refresh()
    return house.live


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "templates" / "visit.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def enter(app: Flask, user: str, key: str = "") -> Guest:
    """Somebody who has signed in, with the author's key if he has opened the terminal's address."""
    guest = Guest(app.test_client())
    guest.get(f"/?author={key}" if key else "/")
    guest.post("/login", {"user": user, "password": PASSWORD})
    return guest


def test_a_page_follows_the_definition(live_app: Flask, live: Live, folder: Path) -> None:
    guest = enter(live_app, "emil")
    assert "续约缘由" not in guest.get("/f/visit").text
    edit(folder, "label: 加急原因", "label: 续约缘由")
    assert live.refresh().served == {"visit": "1.0.0-draft.1", "visit@west": "1.0.0-draft.1+west"}
    assert "续约缘由" in guest.get("/f/visit").text
    assert "note bad" not in guest.get("/f/visit").text


def test_with_mistakes_the_last_good_state_stays_and_is_told_with_the_place(
    live_app: Flask, live: Live, folder: Path
) -> None:
    guest = enter(live_app, "emil", KEY)
    edit(folder, "label: 加急原因", "label: 续约缘由")
    live.refresh()
    edit(folder, "type: money, label: 预算", "type: mony, label: 预算")
    assert not live.refresh().served
    for path in ("/", "/f/visit", "/l/visit"):
        page = guest.get(path).text
        assert "<code>templates/visit.yaml:27:18</code>" in page and "没有 mony 这种字段类型" in page, path
        assert str(folder) not in page
    assert "续约缘由" in guest.get("/f/visit").text
    edit(folder, "type: mony", "type: money")
    live.refresh()
    assert "note bad" not in guest.get("/").text


def test_what_would_leave_records_behind_is_held_back(live_app: Flask, live: Live, folder: Path) -> None:
    guest = enter(live_app, "emil", KEY)
    guest.post("/f/visit", {"title": "续约", "kind": "remote", "phone": "13812345678", "state": "open"})
    edit(folder, "remote: 远程", "video: 视频")
    edit(folder, 'kind == "remote"', 'kind == "video"')
    news = live.refresh()
    assert (news.errors, set(news.refused)) == ((), {"visit"})
    page = guest.get("/f/visit").text
    assert "remote" in page and "<code>visit</code> 这样改会丢下已有记录。" in page


def test_nobody_is_told_but_who_has_the_key_of_the_terminal(live_app: Flask, live: Live, folder: Path) -> None:
    head = folder / "formwright.yaml"
    head.write_text(head.read_text("utf-8").replace("boss: 主管}", "boss: 主管, admin: 管理员}"), "utf-8")
    live.refresh()
    house: House = live_app.extensions["formwright"]
    house.people.change("bo", NOW, roles=frozenset({"boss", "admin"}))
    edit(folder, "type: money, label: 预算", "type: mony, label: 预算")
    live.refresh()
    for user, key in (("emil", ""), ("bo", ""), ("bo", "x" * 32)):
        guest = enter(live_app, user, key)
        assert not [path for path in ("/", "/f/visit", "/nothing") if "mony" in guest.get(path).text], (user, key)
    author = enter(live_app, "emil", KEY)
    assert "mony" in author.get("/").text and "mony" in author.get("/nothing").text


def test_without_a_key_nobody_is_the_author(folder: Path) -> None:
    app = make_app(folder, live=True)
    edit(folder, "type: money, label: 预算", "type: mony, label: 预算")
    app.extensions["formwright"].live.refresh()
    assert "mony" not in enter(app, "emil").get("/?author=").text


def test_a_server_without_it_knows_nothing_of_drafts(folder: Path) -> None:
    app = make_app(folder)
    assert app.extensions["formwright"].live is None
    assert "note bad" not in enter(app, "emil").get("/").text


def test_it_is_for_this_machine_only(folder: Path) -> None:
    desk = Desk(str(folder), clock=lambda: NOW, chance=lambda size: b"k" * size)
    for base_url, host in (("https://forms.example", "127.0.0.1"), ("", "0.0.0.0")):
        with pytest.raises(Usage) as refused:
            settings(desk, "k" * 40, base_url, host, watch=True)
        assert refused.value.code == "shell-watch-local"
    told = settings(desk, "", "", "127.0.0.1", watch=True)
    assert told.live and len(told.author) == 32 and not settings(desk, "", "", "127.0.0.1").author


def test_the_terminal_tells_what_is_served_and_what_is_found(live: Live, folder: Path) -> None:
    desk = Desk(str(folder), clock=lambda: NOW, chance=bytes, asked_language="en")
    said: list[str] = []
    edit(folder, "label: 加急原因", "label: 续约缘由")
    follow(desk, live, said.append)
    assert said == ["Now serving visit 1.0.0-draft.1.", "Now serving visit@west 1.0.0-draft.1+west."]
    (folder / "formwright.yaml").rename(folder / "away.yaml")
    follow(desk, live, said.append)
    assert "formwright.yaml" in said[-2] and said[-1].startswith("  → ")
    (folder / "away.yaml").rename(folder / "formwright.yaml")
    edit(folder, "type: money, label: 预算", "type: mony, label: 预算")
    follow(desk, live, said.append)
    assert "[unknown-type]" in said[-2] and said[-1] == "What has mistakes is served in its last good state."
    edit(folder, "type: mony, label: 预算", "type: money, label: 预算")
    for _ in range(2):  # told once
        follow(desk, live, said.append)
    mended = "No errors are left: all is served as it is written."
    assert said[-1] == mended and said.count(mended) == 1


def test_a_thread_follows_until_it_is_stopped(live: Live, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(str(folder), clock=lambda: NOW, chance=bytes, asked_language="en")
    monkeypatch.setattr(serving, "PAUSE", 0.001)
    stop, served = Event(), Event()

    def say(line: str) -> None:
        if "draft" in line:
            served.set()

    thread = following(desk, live, stop, say)
    edit(folder, "label: 加急原因", "label: 续约缘由更新")
    assert served.wait(20)
    stop.set()
    thread.join()
    assert not thread.is_alive()
