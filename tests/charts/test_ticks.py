"""Ticks stand at round values and at days that a calendar reader expects."""

from __future__ import annotations

import datetime as dt

import pytest

from ssc_hand.charts.spec import day_number
from ssc_hand.charts.ticks import date_ticks, value_ticks


def labels(first: str, last: str, most: int = 8) -> list[str]:
    low, high = (day_number(dt.date.fromisoformat(day)) for day in (first, last))
    found = date_ticks(low, high, most)
    return [label for _x, label in found]


def test_twelve_years_are_ticked_by_years() -> None:
    assert labels("2012-06-01", "2024-06-01") == ["2014", "2016", "2018", "2020", "2022", "2024"]


def test_a_year_is_ticked_by_quarters() -> None:
    assert labels("2023-12-20", "2024-12-20") == ["Jan 2024", "Apr 2024", "Jul 2024", "Oct 2024"]


def test_days_are_named_in_full() -> None:
    assert labels("2024-02-28", "2024-03-02") == ["28 Feb 2024", "29 Feb 2024", "1 Mar 2024", "2 Mar 2024"]


@pytest.mark.parametrize("days", [1, 10, 60, 200, 800, 4000, 40_000])
@pytest.mark.parametrize("most", [2, 5, 9])
def test_ticks_are_few_in_order_and_never_repeat(days: int, most: int) -> None:
    start = day_number(dt.date(1990, 3, 5))
    found = date_ticks(start, start + days, most)
    assert len(found) <= most + 2
    assert [x for x, _label in found] == sorted(x for x, _label in found)
    assert len({label for _x, label in found}) == len(found)


def test_values_are_round_and_counts_are_whole() -> None:
    assert value_ticks(0, 10, 6, whole=True) == [0, 2, 4, 6, 8, 10]
    assert value_ticks(18, 36, 6, whole=False) == [20, 25, 30, 35]
    assert value_ticks(0, 3, 8, whole=True) == [0, 1, 2, 3]
    assert value_ticks(-2, 2, 4, whole=False) == [-2, -1, 0, 1, 2]
