"""Clock, chance, environment and the users' trade stay outside: they are arguments, or the template's words."""

from __future__ import annotations

import re

from tests.house.source import DOORS, ROOT, files, full_names, name, product, words

CLOCK_AND_CHANCE = re.compile(
    r"^(datetime\.(datetime|date)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime|strftime)|random\.(?!Random$)\w+"
    r"|uuid\.uuid[14]|secrets\.\w+|os\.urandom)$"
)
# Where the clock is read or chance is drawn beside the doors, each with its reason.
NAMED: dict[str, str] = {
    "workflows/keep/opening.py": "the salt of a journal line; the stores take it as an argument",
}

ENVIRONMENT = re.compile(r"^os\.(environ(\.\w+)?|getenv|putenv)$")

# What the users' templates talk about. `lead` is not here: the language has a department's `lead`.
TRADE = re.compile(
    r"customer|channel|campaign|prospect|referr(al|ed)_|salesman|客户|渠道|获取方式|线索|商机|成交|流失", re.IGNORECASE
)


def test_time_and_chance_come_in_by_the_doors() -> None:
    wrong = [
        f"{name(path)}:{line} uses {used}"
        for path in product()
        if name(path) not in (*DOORS, *NAMED)
        for line, used in full_names(path)
        if CLOCK_AND_CHANCE.match(used)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_named_place_still_needs_its_name() -> None:
    unused = [place for place in NAMED if not any(CLOCK_AND_CHANCE.match(used) for _, used in full_names(ROOT / place))]
    assert not unused, f"no clock and no chance there any more: {unused}"


def test_only_the_doors_read_the_environment() -> None:
    wrong = [
        f"{name(path)}:{line} reads {used}"
        for path in product()
        if name(path) not in DOORS
        for line, used in full_names(path)
        if ENVIRONMENT.match(used)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_code_knows_the_users_trade() -> None:
    wrong = [
        f"{name(path)}:{line} says {text[:60]!r}"
        for path in files("builder", "renderer", "workflows", *DOORS)
        for line, text in words(path)
        if TRADE.search(text)
    ]
    drawn = (path for ending in ("html", "js", "css", "po") for path in (ROOT / "renderer").rglob(f"*.{ending}"))
    pages = [path for path in drawn if "node_modules" not in path.parts]  # what bundles the scripts is not ours
    wrong += [f"{name(path)} says {found[0]!r}" for path in pages if (found := TRADE.search(path.read_text("utf-8")))]
    assert not wrong, "\n".join(wrong)
