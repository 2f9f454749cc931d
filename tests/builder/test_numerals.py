"""language.md, rule 2: in a number place `1,000`, full-width digits and `5万` are numbers; anything else is not."""

from decimal import Decimal

import pytest

from builder.numerals import read_decimal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1000", "1000"),
        ("1,000", "1000"),
        ("1,234,567.50", "1234567.50"),
        ("１０００", "1000"),
        ("１，０００．５", "1000.5"),
        ("5万", "50000"),
        ("1.5亿", "150000000"),
        ("-3", "-3"),
        ("－3", "-3"),
        (".5", "0.5"),
        (" 7 ", "7"),
        ("0", "0"),
    ],
)
def test_numbers_as_people_write_them(written: str, meant: str) -> None:
    assert read_decimal(written) == Decimal(meant)


@pytest.mark.parametrize(
    "written",
    ["", "  ", "1,00", "1,0000", "1.2.3", "5千", "五", "1e5", "NaN", "Infinity", "0x10", "1 000", "-", "万", "1."],
)
def test_everything_else_is_not_a_number(written: str) -> None:
    assert read_decimal(written) is None


def test_a_number_longer_than_any_amount_is_not_one() -> None:
    assert read_decimal("9" * 41) is None
