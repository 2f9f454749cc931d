"""Every code that the rooms of a record's life raise has its words, in both languages, with its holes filled."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import schemas
from workflows.record import Fault
from workflows.words import tell

RAISED = "Fault|Forbidden|NotFound|NotOpen|NotPublished|KeyReused|Throttled|NameTaken|BadName|WeakPassword"
CODES = re.compile(
    rf'(?:{RAISED})\(\s*"([a-z-]+)"'
    r'|return\s+"(password-[a-z-]+|not-[a-z-]+|no-such-[a-z-]+)"|_folded\(raw, "([a-z-]+)"\)|reason="([a-z-]+)"'
)
ALSO = {
    *("not-uscc", "not-resident-id", "not-cn-mobile", "not-person", "not-department", "not-choice", "not-choices"),
    *("too-short", "too-long", "under-min", "over-max", "too-early", "too-late", "too-few", "too-many"),
    *("required", "must-be-yes", "stale", "invalid"),
}  # made up of parts, or raised without being named


def raised(root: Path) -> set[str]:
    texts = (path.read_text("utf-8") for path in (root / "workflows").rglob("*.py"))
    return ALSO | {code for text in texts for found in CODES.findall(text) for code in found if code}


def test_every_code_has_its_words(root: Path) -> None:
    codes = raised(root)
    assert len(codes) > 60 and {"not-phone", "guard-not-met", "password-too-short", "key-reused"} <= codes
    assert sorted(codes - schemas.messages().keys()) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_are_of_the_language_and_whole(root: Path, language: str) -> None:
    for code in sorted(raised(root)):
        text = tell(Fault(code), language)
        assert text and bool(re.search("[一-鿿]", text.replace("万", ""))) == (language == "zh"), (code, text)


@pytest.mark.parametrize(
    ("fault", "zh"),
    [
        (Fault("too-long", {"size": 5, "bound": 4}), "有 5 个字，最多 4 个字。"),
        (Fault("under-min", {"bound": "0.50", "unit": "CNY", "size": 0}), "不能小于 0.50 CNY。"),
        (Fault("under-min", {"bound": 1, "size": 0}), "不能小于 1。"),
        (Fault("pattern", {"example": {"zh": "AB123"}}), "格式不对。例如：AB123"),
        (Fault("pattern"), "格式不对。"),
        (Fault("refused", {}, {"zh": "请写明平台", "en": "Name it"}), "请写明平台"),
    ],
)
def test_a_fault_in_words(fault: Fault, zh: str) -> None:
    assert tell(fault, "zh").strip() == zh


def test_sentences_stand_apart_as_their_language_writes_them() -> None:
    assert tell(Fault("not-email"), "zh") == "这不是邮箱地址。写成 name@example.com。"
    assert tell(Fault("not-email"), "en") == "This is not an e-mail address. Write it like name@example.com."
