"""Dates as people know them: a year, a month, a day, or unknown; and ages."""

from __future__ import annotations

import re
from datetime import date, datetime

from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import N_, _

_PARTIAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MONTHS = tuple(N_(m) for m in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"))


class PartialDate(str):
    """A date of history, as exact as it is known: "2024", "2024-03" or "2024-03-12"."""

    __slots__ = ()

    def __new__(cls, text: str) -> PartialDate:
        """The date written in `text`; raises `Refused` for anything that is no such date."""
        match = _PARTIAL.fullmatch(text)
        try:
            if not match:
                raise ValueError(text)
            year, month, day = (int(part) if part else 1 for part in match.groups())
            date(year, month, day)
        except ValueError:
            raise Refused(
                _("“{text}” is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD, or leave it empty if unknown.").format(
                    text=text[:40]
                )
            ) from None
        return super().__new__(cls, text)

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        year, month, day = (int(part) for part in (*self.split("-"), "1", "1")[:3])
        return date(year, month, day)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        import calendar  # noqa: PLC0415 - start-up: needed for the reach of partial dates alone

        parts = [int(part) for part in self.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])

    @property
    def label(self) -> str:
        """For people: "2024", "Mar 2024", "12 Mar 2024"."""
        parts = self.split("-")
        if len(parts) == 1:
            return parts[0]
        return month_label(self.earliest) if len(parts) == 2 else day_label(self.earliest)


def month_label(day: date) -> str:
    """A month for people, with its name so that no order of numbers can be misread."""
    return f"{_(_MONTHS[day.month - 1])} {day.year:04d}"


def day_label(day: date) -> str:
    """A day for people: "12 Mar 2024"."""
    return f"{day.day} {month_label(day)}"


def time_label(moment: datetime) -> str:
    """A moment for people, in the time of the place where it was recorded: "12 Mar 2024, 09:30"."""
    return f"{day_label(moment.date())}, {moment:%H:%M}"


def age_on(birth: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
