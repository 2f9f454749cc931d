"""Check digits of named formats, against python-stdnum."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidComponent, ValidationError

from builder.emit.schema import NAMED
from workflows.formats import CHECKS, USCC_SIGNS

DIGITS = st.text("0123456789", min_size=17, max_size=17)


def shaped(name: str, text: str) -> bool:
    return re.fullmatch(NAMED[name], text) is not None


def last(name: str, text: str, signs: str) -> set[str]:
    """The last signs with which a text of a format is sound."""
    return {sign for sign in signs if shaped(name, text + sign) and CHECKS[name](text + sign)}


def signs(count: int, of: str = USCC_SIGNS) -> st.SearchStrategy[str]:
    return st.text(of, min_size=count, max_size=count)


@given(st.tuples(signs(2), signs(6, "0123456789") | signs(6), signs(9)).map("".join))
def test_company_codes_have_the_check_sign_that_stdnum_gives_them(text: str) -> None:
    """Who registered it, and as what, may be a letter (GB 32100-2015: N of a farmers' cooperative); stdnum wants digits
    there, and agrees about all others."""
    region = re.fullmatch("[0-9]{6}", text[2:8])
    assert last("uscc", text, USCC_SIGNS) == ({uscc.calc_check_digit(text)} if region else set())
    if text[:2].isdigit():
        assert last("uscc", text, USCC_SIGNS) == {sign for sign in USCC_SIGNS if uscc.is_valid(text + sign)}


@given(st.sampled_from(["110105", "310101", "440301"]), st.dates(), st.integers(0, 999))
def test_identity_numbers_have_the_check_sign_that_stdnum_gives_them(place: str, born: object, order: int) -> None:
    text = f"{place}{str(born).replace('-', '')}{order:03}"
    found = last("resident_id", text, "0123456789X")
    assert found == ({ric.calc_check_digit(text + "0")} if re.match("[0-9]{6}(18|19|20)", text) else set())


@pytest.mark.parametrize("born", ["19990230", "19991301", "20010229", "19000229"])
def test_nobody_is_born_on_a_day_that_there_was_not(born: str) -> None:
    text = f"110105{born}002"
    assert last("resident_id", text, "0123456789X") == set()
    with pytest.raises(ValidationError):
        ric.validate(text + ric.calc_check_digit(text + "0"))


def test_a_place_that_no_list_has_is_no_mistake() -> None:
    """Regions come and go, and people keep their numbers: stdnum's list of places is not asked."""
    text = "99999919491231002"
    assert len(last("resident_id", text, "0123456789X")) == 1
    with pytest.raises(InvalidComponent):
        ric.get_birth_place(text + "0")


@given(st.text("0123456789", min_size=11, max_size=18))
def test_cards_have_the_check_digit_that_stdnum_gives_them(text: str) -> None:
    expected = {luhn.calc_check_digit(text)} if shaped("bank_card", text + "0") else set()
    assert last("bank_card", text, "0123456789") == expected


@pytest.mark.parametrize(
    ("name", "text", "sound"),
    [
        ("cn_postcode", "215000", True), ("cn_postcode", "999077", False), ("cn_postcode", "21500", False),
        ("cn_mobile", "13812345678", True), ("cn_mobile", "12812345678", False), ("cn_mobile", "1381234567", False),
        ("bank_card", "0222021234567890", False), ("bank_card", "622202123456", True),
    ],
)  # fmt: skip
def test_shapes(name: str, text: str, sound: bool) -> None:
    assert shaped(name, text) is sound
