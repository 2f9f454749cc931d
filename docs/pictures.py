"""Takes the pictures of the READMEs: `python -m docs.pictures`. Each is a page of a workspace served for the purpose.

The workspace is what the tutorial's own `yaml` blocks write: a picture shows nothing that the reader does not get.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "a password for pictures"
LANGUAGES = {"README.md": "en", "README.zh.md": "zh"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FILE = re.compile(r"^```(?:yaml|csv)\n# ([\w./-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def workspace(readme: str, folder: Path) -> None:
    """What the tutorial of a README has written when it publishes for the first time."""
    for path, text in _FILE.findall((ROOT / readme).read_text("utf-8")):
        if path.startswith("departments/"):
            break
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text.replace('"meting"', '"meeting"'), "utf-8")


def shell(folder: Path, *words: str, typed: str = "") -> None:
    """One command of the shell in a workspace."""
    command = [sys.executable, str(ROOT / "cli.py"), "-C", str(folder), *words]
    subprocess.run(command, input=typed, text=True, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The workspace's address while it is served."""
    command = [sys.executable, "-u", str(ROOT / "cli.py"), "-C", str(folder), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(found[0] for line in server.stdout if (found := re.search(r"http://[\w.:-]*\d", line)))
        finally:
            server.terminate()


def sign_in(page: Page, address: str, user: str) -> None:
    """Sign in as a user of the workspace."""
    page.goto(f"{address}/login")
    page.fill("[name=user]", user)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: not url.endswith("/login"))


def take(readme: str, page: Page, folder: Path) -> None:
    """The tutorial's form with an answer refused, in the README's language."""
    workspace(readme, folder)
    shell(folder, "publish")
    shell(
        folder, "user", "add", "ming", "--role", "reception", "--department", "gate", "--password-stdin", typed=PASSWORD
    )
    with served(folder) as address:
        sign_in(page, address.rstrip("/"), "ming")
        page.goto(f"{address.rstrip('/')}/f/visit")
        page.fill("[name=name]", "Li Ming" if LANGUAGES[readme] == "en" else "李明")
        page.locator("[name=purpose]").first.evaluate(_CHOOSE, "meeting")
        page.locator("main button.primary").click()
        page.wait_for_load_state()
        page.screenshot(path=IMAGES / f"visit.{LANGUAGES[readme]}.png")


# A choice is drawn as radio buttons or as a list, as its options are many.
_CHOOSE = """(drawn, option) => {
    const box = document.querySelector(`[name="${drawn.name}"][value="${option}"]`);
    if (box) box.checked = true; else drawn.value = option;
    (box ?? drawn).dispatchEvent(new Event("change", { bubbles: true })); // the page reacts before it is sent
}"""


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for readme, language in LANGUAGES.items():
            locale = {"en": "en-GB", "zh": "zh-CN"}[language]
            context = browser.new_context(viewport={"width": 640, "height": 700}, device_scale_factor=2, locale=locale)
            with tempfile.TemporaryDirectory() as folder:
                take(readme, context.new_page(), Path(folder))
        browser.close()


if __name__ == "__main__":
    main()
