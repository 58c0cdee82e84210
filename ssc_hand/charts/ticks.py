"""Where ticks stand on the axes of a chart, and what they say: the same on screen and on paper."""

from __future__ import annotations

import datetime as dt
import math

from ssc_hand.charts.spec import day_at, day_number
from ssc_hand.domain.dates import day_label, month_label

#: Steps in months that a calendar reader expects: a quarter, half a year, whole years.
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAYS = (1, 2, 7, 14)
_DAYS_OF_A_MONTH = 30.44


def date_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """At most about `most` ticks between two days, at whole days, months or years, labelled so that none repeats."""
    room = max(high - low, 1.0) / max(1, most)
    for step in _DAYS:
        if step >= room:
            return [(x, day_label(day_at(x))) for x in _days(low, high, step)]
    months = next((step for step in _MONTHS if step * _DAYS_OF_A_MONTH >= room), _MONTHS[-1])
    return [
        (day_number(day), f"{day.year}" if months >= 12 else month_label(day)) for day in _firsts(low, high, months)
    ]


def _days(low: float, high: float, step: int) -> list[float]:
    first = math.ceil(low / step) * step
    return [float(x) for x in range(first, math.floor(high) + 1, step)]


def _firsts(low: float, high: float, months: int) -> list[dt.date]:
    """The first days of every so many months, counted from January of year 0."""
    start, end = day_at(low), day_at(high)
    number = (start.year * 12 + start.month - 1) // months * months
    found = []
    while number <= end.year * 12 + end.month - 1:
        year, month = divmod(number, 12)
        if 1 <= year <= dt.MAXYEAR and low <= day_number(day := dt.date(year, month + 1, 1)) <= high:
            found.append(day)
        number += months
    return found


def value_ticks(low: float, high: float, most: int, *, whole: bool) -> list[float]:
    """At most `most` round values from low to high; whole numbers only where nothing lies between."""
    step = _round_step((high - low) / max(1, most), whole=whole)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def _round_step(least: float, *, whole: bool) -> float:
    power = 10.0 ** math.floor(math.log10(max(least, 1e-6)))
    step = next(power * each for each in (1.0, 2.0, 5.0, 10.0) if power * each >= least - 1e-9)
    return max(1.0, step) if whole else step
