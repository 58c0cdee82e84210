"""A chart as plain data: drawn alike by the plot on screen and the figure on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

#: Day 0 of the x axis.
_EPOCH = dt.date(1970, 1, 1).toordinal()


def day_number(moment: dt.date) -> float:
    """Days since 1970 by the clock and calendar of the place of the visit: the x of a date or time."""
    days = float(moment.toordinal() - _EPOCH)
    if isinstance(moment, dt.datetime):
        days += (moment.hour * 3600 + moment.minute * 60 + moment.second) / 86_400
    return days


def day_at(x: float) -> dt.date:
    """The day at an x of the axis, held within the years that a calendar has."""
    return dt.date.fromordinal(min(dt.date.max.toordinal(), max(1, int(x // 1) + _EPOCH)))


class Mark(Enum):
    """What kind of value a point is."""

    VALUE = "value"
    #: The true value is at least this: a value past the end of the scale entered it, or not all was examined.
    AT_LEAST = "at_least"
    #: Recorded as past the end of the scale; drawn at that end.
    BEYOND = "beyond"
    #: Could not be assessed: no value, a small mark on the baseline.
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One visit on a line."""

    visit_id: str
    at: dt.datetime
    #: None for what could not be assessed, which has no value.
    value: float | None
    mark: Mark
    #: Whether the visit is a draft; drawn hollow.
    hollow: bool
    #: Date and kind of the visit, and the value in words; two or more plain lines.
    words: str

    @property
    def x(self) -> float:
        """Where it stands on the axis of dates."""
        return day_number(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing followed over visits."""

    name: str
    #: Picks colour, dash and symbol; the same thing has the same number on every chart.
    style: int
    #: Stretches of values to join; between two stretches nothing is drawn.
    runs: tuple[tuple[Point, ...], ...]
    #: Neighbours that stand on different digits: joined faintly, for they cannot be compared.
    bridges: tuple[tuple[Point, Point], ...] = ()
    #: Visits at which it could not be assessed.
    asides: tuple[Point, ...] = ()

    @property
    def points(self) -> Iterator[Point]:
        """The values in order of date."""
        return (point for run in self.runs for point in run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A published limit as a horizontal line."""

    value: float
    #: Where it begins and ends to apply; None on a side without end.
    first: dt.datetime | None
    last: dt.datetime | None
    words: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A procedure as a vertical line, or as a band over the days that its date can mean."""

    first: dt.date
    last: dt.date
    words: str
    planned: bool

    @property
    def x(self) -> float:
        """The middle of its day, or of the days it can mean."""
        return (day_number(self.first) + day_number(self.last) + 1) / 2

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where values before and after cannot be compared, and why; drawn between the two visits."""

    before: dt.datetime
    after: dt.datetime
    words: str

    @property
    def x(self) -> float:
        """Halfway between the two visits."""
        return (day_number(self.before) + day_number(self.after)) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The axis of values."""

    title: str
    low: float
    high: float
    decimals: int
    #: Where values past the end of the scale are drawn, above all others; None where there are none.
    beyond: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """A whole chart; every text in it is plain."""

    title: str
    #: What the scale means and which way is worse, in words; may be empty.
    meaning: str
    axis: Axis
    lines: tuple[Line, ...]
    levels: tuple[Level, ...] = ()
    bands: tuple[Band, ...] = ()
    breaks: tuple[Break, ...] = ()
    #: What a value past the end of the scale means, in words; empty where there is none.
    beyond: str = ""
    #: Sentences to print below: sources, what is not comparable, what was left out.
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no line has a value or a mark to show."""
        return not any(line.runs or line.asides for line in self.lines)

    def height_of(self, point: Point) -> float:
        """Where a point stands on the axis of values; what has no value stands on the baseline."""
        if point.value is None:
            return self.axis.low
        if point.mark is Mark.BEYOND and self.axis.beyond is not None:
            return self.axis.beyond
        return point.value

    @property
    def span(self) -> tuple[float, float]:
        """The first and the last x of values and marks; of day 0 where there are none."""
        found = [point.x for line in self.lines for point in (*line.points, *line.asides)]
        return (min(found), max(found)) if found else (0.0, 0.0)
