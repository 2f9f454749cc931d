"""The interface's own words: English in the code, other languages in `translations/`, read with the standard library.

Babel extracts and compiles the catalogues; at run time it would cost memory and start-up for nothing.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = {"zh": "中文", "en": "English"}  # each by its own name
DEFAULT: Final = "zh"

_FOLDER = Path(__file__).parent / "translations"


@cache
def translation(language: str) -> gettext.NullTranslations:
    """The catalogue of a language; English, the language of the message ids, needs none."""
    return gettext.translation("messages", _FOLDER, [language], fallback=language == "en")


def words(language: str) -> Callable[[str], str]:
    """What turns a message id into a language's words (`_` by convention)."""
    return translation(language).gettext


def counted(language: str) -> Callable[[str, str, int], str]:
    """The same for words that depend on a number (`ngettext`)."""
    return translation(language).ngettext


def speech(language: str) -> dict[str, object]:
    """What templates need to speak a language."""
    return {"_": words(language), "ngettext": counted(language), "language": language}


@lru_cache(maxsize=256)
def best(wanted: str) -> str:
    """The interface's language for a language tag (`zh-Hans-CN` → `zh`); empty when it has none."""
    primary = wanted.replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else ""
