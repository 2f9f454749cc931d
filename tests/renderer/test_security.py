"""What every response carries, what a body may be, where a redirect may lead, and when a session is over."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from renderer.sessions import local
from tests.renderer.conftest import PASSWORD, VISIT, Guest, Guests, hidden, make_app

SITE = "https://forms.example"


@pytest.mark.parametrize("address", ["/login", "/healthz", "/nothing", "/static/app.css", "/", "/f/visit"])
def test_every_response_is_guarded(app: Flask, address: str) -> None:
    headers = app.test_client().get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "*" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_what_a_signed_in_person_sees_is_kept_by_no_cache(guest: Guests) -> None:
    me = guest("emil")
    assert {me.get(path).headers["Cache-Control"] for path in ("/", "/f/visit", "/l/visit")} == {"no-store"}


def test_pages_hold_nothing_that_the_policy_refuses(guest: Guests) -> None:
    me = guest("emil")
    for page in ("/", "/f/visit", "/l/visit", "/login", "/nothing"):
        text = me.get(page).text
        assert " style=" not in text and "<style" not in text and " on" + "click" not in text
        files = ("app.js", "form.js", "rows.js") if page == "/f/visit" else ("app.js",)
        assert text.count("<script") == len(files)
        assert all(f'<script type="module" src="/static/{file}?v=' in text for file in files)


def test_cookies_are_out_of_reach_of_scripts_and_other_sites() -> None:
    app = make_app(base_url=SITE)
    answer = app.test_client().get("/login?lang=en", base_url=SITE)
    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in c and "SameSite=Lax" in c and "Secure" in c for c in cookies)
    assert cookies[0].startswith("__Host-session=") or cookies[1].startswith("__Host-session=")
    assert answer.headers["Strict-Transport-Security"]


TARGETS = [
    ("/f/visit", "/f/visit"),
    ("/l/visit?state=open", "/l/visit?state=open"),
    ("//evil.example", "/"),
    ("/\\evil.example", "/"),
    ("\\\\evil.example", "/"),
    ("https://evil.example", "/"),
    ("javascript:alert(1)", "/"),
    ("/\t/evil.example", "/"),
    ("/\n//evil.example", "/"),
    ("evil.example", "/"),
    ("", "/"),
]


@pytest.mark.parametrize(("target", "expected"), TARGETS)
def test_signing_in_leads_on_within_this_site_only(guest: Guests, target: str, expected: str) -> None:
    someone = guest("")
    answer = someone.post("/login", {"user": "emil", "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (303, expected)


@given(st.text(alphabet="/\\.@:?#%evil\t\n\r a") | st.text())
def test_no_target_leaves_the_site(target: str) -> None:
    # What browsers do before they resolve an address: drop tabs and line ends, take a backslash for a slash.
    seen = local(target).translate({9: None, 10: None, 13: None}).replace("\\", "/")
    assert urlsplit(urljoin(SITE + "/login", seen)).netloc == urlsplit(SITE).netloc


@pytest.mark.parametrize("address", ["/f//visit", "/f/visit/", "/api/v1//visit/records"])
def test_the_router_sends_nobody_to_the_host_that_a_request_names(app: Flask, address: str) -> None:
    answer = app.test_client().get(address, headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers.get("Location")) == (404, None)


def test_who_signs_in_again_leaves_no_session_behind(app: Flask, guest: Guests) -> None:
    me, thief = guest("emil"), app.test_client()
    copied = me.client.get_cookie("session")
    assert copied is not None
    me.post("/login", {"user": "emil", "password": PASSWORD})
    thief.set_cookie("session", copied.value)
    assert (thief.get("/").status_code, me.get("/").status_code) == (303, 200)


def test_a_text_in_an_address_is_not_searched_for(guest: Guests) -> None:
    me = guest("emil")
    record = me.post("/f/visit", VISIT).headers["Location"]
    assert record in me.get("/l/visit?text=nowhere").text
    assert record not in me.post("/l/visit", {"text": "nowhere"}).text


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, guest: Guests) -> None:
    me = guest("emil")
    copied = me.client.get_cookie("session")
    assert copied is not None
    thief = app.test_client()
    thief.set_cookie("session", copied.value)
    assert thief.get("/").status_code == 200
    assert me.post("/logout", {}, page="/").headers["Location"] == "/login"
    assert thief.get("/").status_code == 303 and me.get("/").status_code == 303


def test_the_token_of_before_signing_in_is_worth_nothing_after(guest: Guests) -> None:
    someone = guest("")
    before = hidden(someone.get("/login").text)["csrf-token"]
    someone.post("/login", {"user": "emil", "password": PASSWORD})
    assert someone.client.post("/f/visit", data={**VISIT, "csrf-token": before}).status_code == 400


def test_a_wrong_password_says_nothing_of_the_name(guest: Guests) -> None:
    known, unknown = (guest("").post("/login", {"user": user, "password": "wrong"}) for user in ("emil", "nobody"))
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace("emil", "nobody").split("<form")[0] == unknown.text.split("<form")[0]


def test_too_many_wrong_passwords_are_slowed_down() -> None:
    app = make_app()
    statuses = [
        Guest(app.test_client()).post("/login", {"user": "emil", "password": "wrong"}).status_code for _ in range(40)
    ]
    assert statuses[0] == 422 and statuses[-1] == 429


@pytest.mark.parametrize("kind", ["application/json", "multipart/mixed; boundary=x", "text/plain", ""])
def test_a_form_is_taken_as_a_form_only(guest: Guests, kind: str) -> None:
    me = guest("emil")
    token = hidden(me.get("/f/visit").text)["csrf-token"]
    answer = me.client.post("/f/visit", data=b"{}", content_type=kind, headers={"X-CSRFToken": token})
    assert answer.status_code == 415


def test_too_much_is_refused_with_a_page_that_says_so() -> None:
    app = make_app(max_body=5_000, max_parts=50)
    me = Guest(app.test_client())
    me.post("/login", {"user": "emil", "password": PASSWORD})
    for answers in ({"notes": "长" * 5_000}, {f"a{n}": "1" for n in range(60)}):
        answer = me.post("/f/visit", answers)
        assert answer.status_code == 413 and "请缩短过长的内容" in answer.text


def test_too_much_is_refused_whoever_sends_it() -> None:
    app = make_app(max_parts=50)
    answer = app.test_client().post("/f/visit", data={f"a{n}": "1" for n in range(60)})
    assert answer.status_code == 413 and "a59" not in answer.text  # it would go along to the sign-in page


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("GET", "/nothing", 404, "页面不存在"),
        ("PUT", "/healthz", 405, "此页面不支持该操作"),
        ("POST", "/f/visit", 401, "您已退出登录"),
    ],
)
def test_errors_are_pages_in_the_visitors_language(
    app: Flask, method: str, address: str, status: int, words: str
) -> None:
    answer = app.test_client().open(address, method=method, data={})
    assert (answer.status_code, words in answer.text) == (status, True)


def test_our_mistake_is_a_page_and_shows_nothing_of_us() -> None:
    app = make_app(testing=False)
    app.view_functions["health.healthz"] = lambda: 1 / 0
    app.logger.disabled = True
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 500 and "系统出错了" in answer.text and "ZeroDivision" not in answer.text


def test_a_balancer_is_told_whether_the_store_is_there(app: Flask) -> None:
    client = app.test_client()
    assert (client.get("/healthz").status_code, client.get("/readyz").status_code) == (200, 200)
