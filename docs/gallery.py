"""Takes the pictures of the reference pages: each type filled in, refused and stored, in Chinese, wide and narrow."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from docs.pictures import BROWSERS, PASSWORD, served, shell, sign_in
from docs.types import COMPANY, IMAGES, WIDTHS, definition, picture, shown

COLORS: Final = 32  # of a picture's palette: text on paper wants no more
HEIGHT: Final = 1600  # whatever sticks to the window's foot stays out of the picture
FILES: Final[Mapping[str, bytes]] = {"notes.txt": "只有文字\n".encode()}


def take_all(names: Sequence[str]) -> None:
    """Every picture of some types anew."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--lang=zh-CN"], env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        for name in names:
            with tempfile.TemporaryDirectory() as folder:
                take(name, browser, Path(folder))
        browser.close()


def take(name: str, browser: Browser, folder: Path) -> None:
    """The pictures of one type, in a workspace of its own."""
    (folder / "templates").mkdir()
    (folder / "formwright.yaml").write_text(COMPANY, "utf-8")
    (folder / "templates" / "t.yaml").write_text(definition(name), "utf-8")
    shell(folder, "publish")
    words = ("user", "add", "chen", "--name", "陈晓", "--role", "sales", "--department", "east", "--password-stdin")
    shell(folder, *words, typed=PASSWORD)
    with served(folder) as address:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="zh-CN")
            page = context.new_page()
            sign_in(page, address.rstrip("/"), "chen")
            _states(name, page, f"{address.rstrip('/')}/f/t", width, folder)
            context.close()


def _states(name: str, page: Page, form: str, width: int, folder: Path) -> None:
    each = shown()[name]
    if each.get("before") and width == WIDTHS[0]:
        _fill(page, form, each["before"], folder)
        _save(page)
    _fill(page, form, each["bad"], folder)
    _save(page)
    _keep(page.locator("section.card").first, name, "fault", width)
    _fill(page, form, each["good"], folder)
    _keep(page.locator("section.card").first, name, "fill", width)
    _save(page)
    assert "/r/" in page.url, (name, page.locator("main").inner_text())
    _keep(page.locator(".record section.card:has(dl.values)").first, name, "read", width)


def _fill(page: Page, form: str, answers: Mapping[str, Any], folder: Path) -> None:
    page.goto(form)
    for name, value in answers.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                if not page.locator(f'[data-field^="{name}.{number}."]').count():
                    page.locator(f'button[name="form-add"][value="{name}"]').click()
                page.wait_for_selector(f'[data-field^="{name}.{number}."]')
                for column, cell in row.items():
                    _answer(page, f"{name}.{number}.{column}", cell, folder)
        else:
            _answer(page, name, value, folder)


def _answer(page: Page, name: str, value: Any, folder: Path) -> None:
    """Give one answer, whatever control it is asked with."""
    control = page.locator(f'[name="{name}"], [name="{name}-text"]').first
    kind = control.evaluate("it => it.type ?? it.tagName") if control.count() else "levels"
    if kind == "checkbox" and value is True:
        control.check()
    elif kind in ("checkbox", "radio"):
        for each in value if isinstance(value, list) else [value]:
            page.locator(f'[name="{name}"][value="{each}"]').check()
    elif kind == "select-one":
        control.select_option(str(value))
    elif kind == "file":
        control.set_input_files(_file(folder, value))
    else:
        control.fill(str(value))
        control.blur()


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if name in FILES:
        path.write_bytes(FILES[name])
    else:
        Image.linear_gradient("L").convert("RGB").save(path)
    return path


def _save(page: Page) -> None:
    page.locator("main button.primary").click()
    page.wait_for_load_state()


def _keep(part: Locator, name: str, state: str, width: int) -> None:
    """Keep a picture of a part of the page, with as few colours as it needs."""
    part.page.evaluate("document.activeElement?.blur()")
    drawn = Image.open(io.BytesIO(part.screenshot(animations="disabled"))).convert("RGB")
    drawn.quantize(COLORS, dither=Image.Dither.NONE).save(picture(name, state, width), optimize=True)
