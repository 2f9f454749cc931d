"""Every word of the interface is in every language, and what is compiled is what was translated."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from renderer.i18n import LANGUAGES
from tests.renderer.conftest import VISIT, Guests

METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


@pytest.fixture(scope="module")
def said(root: Path) -> set[str]:
    """The ids of all words in the code and the templates."""
    found = extract_from_dir(root / "renderer", METHODS, {"**": {"encoding": "utf-8"}}, keywords=DEFAULT_KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def catalogue(root: Path, language: str) -> Catalog:
    """What was translated."""
    with (root / "renderer/translations" / language / "LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_nothing_is_untranslated_and_nothing_is_left_over(root: Path, said: set[str], language: str) -> None:
    messages = [m for m in catalogue(root, language) if m.id]
    ids = {m.id if isinstance(m.id, str) else m.id[0] for m in messages}
    assert len(said) > 80
    assert (said - ids, ids - said) == (set(), set())
    assert [m.id for m in messages if m.fuzzy or not all(m.string if isinstance(m.id, tuple) else (m.string,))] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_holes_are_the_same(root: Path, language: str) -> None:
    assert [error for _, errors in catalogue(root, language).check() for error in errors] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_the_compiled_catalogue_is_fresh(root: Path, language: str) -> None:
    made = BytesIO()
    write_mo(made, catalogue(root, language))
    assert (root / "renderer/translations" / language / "LC_MESSAGES/messages.mo").read_bytes() == made.getvalue()


def test_the_language_follows_the_address_then_the_cookie_then_the_browser(guest: Guests) -> None:
    someone = guest("")
    english, chinese = {"Accept-Language": "en-GB, de"}, {"Accept-Language": "fr, zh-CN;q=0.5"}
    assert ">Sign in<" in someone.client.get("/login", headers=english).text
    assert ">登录<" in someone.client.get("/login", headers=chinese).text
    assert ">登录<" in someone.client.get("/login", headers={"Accept-Language": "fr"}).text
    assert ">Sign in<" in someone.client.get("/login?lang=en", headers=chinese).text
    assert ">Sign in<" in someone.client.get("/login", headers=chinese).text
    assert ">登录<" in someone.client.get("/login?lang=zh").text


def test_a_form_and_its_faults_speak_the_visitors_language(guest: Guests) -> None:
    me = guest("emil")
    english = me.post("/f/visit?lang=en", {**VISIT, "title": ""})
    assert 'lang="en"' in english.text and ">Subject<" in english.text and "Not saved yet: 1 answer" in english.text
    chinese = me.post("/f/visit?lang=zh", {**VISIT, "title": ""})
    assert 'lang="zh-Hans"' in chinese.text and ">主题<" in chinese.text and "有 1 处需要修改" in chinese.text
