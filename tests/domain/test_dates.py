"""Dates as people know them, and ages."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.dates import PartialDate, age_on, day_label, month_label, time_label
from ssc_hand.domain.errors import Refused


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "Feb 2024"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "Feb 2023"),
        ("2024-03-12", date(2024, 3, 12), date(2024, 3, 12), "12 Mar 2024"),
    ],
)
def test_a_date_knows_what_it_can_mean(text: str, earliest: date, latest: date, label: str) -> None:
    when = PartialDate(text)
    assert (when.earliest, when.latest, when.label) == (earliest, latest, label)
    assert when == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "2024-3",
        "2024-3-1",
        "2024/03",
        "03-2024",
        "2024-03-12T09:00",
        " 2024",
        "0000",
        "２０２４",
        "٢٠٢٤",
        "unknown",
        "2024-",
        "2024\n",
    ],
)
def test_anything_else_is_refused_and_says_how_to_write_it(text: str) -> None:
    with pytest.raises(Refused, match="YYYY, YYYY-MM or YYYY-MM-DD, or leave it empty"):
        PartialDate(text)


@given(st.dates(date(1, 1, 1)), st.integers(1, 3))
def test_every_date_holds_the_day_it_was_cut_from(day: date, parts: int) -> None:
    when = PartialDate("-".join(day.isoformat().split("-")[:parts]))
    assert when.earliest <= day <= when.latest
    assert str(day.year) in when.label


@given(st.dates(), st.dates())
def test_age_grows_by_one_on_the_birthday(birth: date, day: date) -> None:
    age = age_on(birth, day)
    has_had_it = (day.month, day.day) >= (birth.month, birth.day)
    assert age == day.year - birth.year - (0 if has_had_it else 1)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("1964-03-12", "2026-03-11", 61),
        ("1964-03-12", "2026-03-12", 62),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("1921-05-01", "2026-03-02", 104),
    ],
)
def test_completed_years_are_counted(birth: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(birth), date.fromisoformat(day)) == age


def test_people_read_the_month_in_letters_and_the_time_of_the_place() -> None:
    place = timezone(timedelta(hours=-6))
    assert day_label(date(2024, 3, 2)) == "2 Mar 2024"
    assert month_label(date(2024, 12, 31)) == "Dec 2024"
    assert time_label(datetime(2026, 3, 2, 9, 5, tzinfo=place)) == "2 Mar 2026, 09:05"
