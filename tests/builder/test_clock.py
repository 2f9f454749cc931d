"""Zones against the zone files themselves, and times as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.clock import NoSuchTime, read_moment, read_time
from builder.zones import instant, instants, local, neutral, offset

ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Africa/Casablanca", "UTC")
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_clock_of_a_zone_is_that_of_its_files(moment: datetime, zone: str) -> None:
    expected = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert local(neutral(moment), zone) == expected.replace(microsecond=moment.microsecond)


@given(MOMENTS, st.sampled_from(ZONES))
def test_what_a_clock_shows_leads_back_to_when_it_showed_it(moment: datetime, zone: str) -> None:
    clock = local(neutral(moment), zone)
    assert clock is not None and neutral(moment) in instants(clock, zone)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("2026-03-08T01:59", ["2026-03-08T06:59"]),
        ("2026-03-08T02:30", []),
        ("2026-03-08T03:00", ["2026-03-08T07:00"]),
        ("2026-11-01T01:30", ["2026-11-01T05:30", "2026-11-01T06:30"]),
    ],
)
def test_new_york_puts_its_clocks_forward_and_back(clock: str, expected: list[str]) -> None:
    found = instants(datetime.fromisoformat(clock), "America/New_York")
    assert [each[:16] for each in found] == expected


def test_a_time_that_was_left_out_goes_on_as_far_as_the_clock_was_put() -> None:
    assert instant(datetime(2026, 3, 8, 2, 30), "America/New_York") == "2026-03-08T07:30:00.000000Z"
    assert instant(datetime(2011, 12, 30, 12), "Pacific/Apia") == "2011-12-30T22:00:00.000000Z"  # a day left out


def test_the_calendar_ends() -> None:
    assert instants(datetime(1, 1, 1), "Asia/Shanghai") == ()
    assert local("9999-12-31T20:00:00.000000Z", "Asia/Shanghai") is None
    assert offset("9999-12-31T20:00:00.000000Z", "Asia/Shanghai") == timedelta(hours=8).total_seconds()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:00", "00:00"), ("23:59", "23:59"), ("9点", "09:00"), ("9點", None), ("9时05分", "09:05"), ("9点5", "09:05"),
        ("上午12点", "!"), ("凌晨12点半", "00:30"), ("中午12点", "12:00"), ("中午1点", "13:00"), ("中午9点", "!"),
        ("下午12:15", "12:15"), ("下午15:00", "15:00"), ("晚上4点", "!"), ("晚上 11:30", "23:30"), ("3 p.m.", "15:00"),
        ("12pm", "12:00"), ("13pm", "13:00"), ("9:5", None), ("9:60", "!"), ("24:00", "!"), ("9", None), ("", None),
        ("09:30:00", "09:30"), ("9点三刻", "09:45"), ("9点半30", None),
    ],
)  # fmt: skip
def test_times_of_day(text: str, expected: str | None) -> None:
    if expected == "!":
        with pytest.raises(NoSuchTime):
            read_time(text)
    else:
        assert read_time(text) == expected


@pytest.mark.parametrize(
    "text", ["2026-01-05 0930", "2026-01 09:30", "09:30 2026-01-05", "2026-01-0509:30", "昨天 9:30"]
)
def test_no_moments(text: str) -> None:
    assert read_moment(text, "Asia/Shanghai") is None
