"""How a value behaves: parse what was typed, load what was stored, check, dump, format."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.dates import PartialDate, day_label, time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.text import clean_name, clean_note
from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import _

#: What a file or a table can hold.
Scalar = str | int | float | bool | None
#: A closed interval.
Range = tuple[float, float]

_DECIMAL = re.compile(r"[+-]?[0-9]{1,7}(?:[.,][0-9]{1,6})?")


@dataclass(frozen=True, slots=True, order=True)
class Beyond:
    """A recorded value past the end of the scale: no refill within `end` seconds."""

    end: float

    def __str__(self) -> str:
        return f">{self.end:g}"


def parse_decimal(text: str) -> float:
    """A number as typed with a decimal point or a decimal comma; nothing else is guessed.

    Raises `Refused` for anything that is not one plain number: no grouping, no exponent, no other digits.
    """
    stripped = text.strip()
    if not _DECIMAL.fullmatch(stripped):
        raise Refused(
            _("“{text}” is not a number. Write digits with one point or comma, such as 2.5.").format(text=text[:40])
        )
    return float(stripped.replace(",", ".")) + 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with a hard range that refuses and a soft range that asks for a second look."""

    hard: Range
    soft: Range | None
    decimals: int
    #: The sentence for a value past the end ("no refill within {n} s"), where that can be recorded.
    beyond: str | None = None

    def parse(self, text: str) -> float | int | Beyond:
        """The number typed; ">30" is a value past the end where the scale allows it."""
        if self.beyond and text.strip().startswith(">"):
            return self.load(text.strip())
        value = parse_decimal(text)
        if round(value, self.decimals) != round(value, 6):
            raise Refused(
                _("“{text}” has more decimals than the {n} kept here. Nothing was changed.").format(
                    text=text.strip(), n=self.decimals
                )
            )
        return self.load(value)

    def load(self, stored: object) -> float | int | Beyond:
        """The value of a stored or imported scalar; raises `Refused` outside the hard range."""
        if isinstance(stored, Beyond):
            stored = str(stored)
        if self.beyond and isinstance(stored, str) and stored.startswith(">"):
            return Beyond(self._within_hard(parse_decimal(stored[1:])))
        if isinstance(stored, bool) or not isinstance(stored, int | float) or not math.isfinite(stored):
            raise Refused(_("“{text}” is not a number.").format(text=str(stored)[:40]))
        if round(stored, self.decimals) != stored:
            raise Refused(_("“{text}” has more decimals than the {n} kept here.").format(text=stored, n=self.decimals))
        return self._within_hard(stored)

    def _within_hard(self, value: float) -> float | int:
        low, high = self.hard
        if not low <= value <= high:
            raise Refused(
                _("{value} is outside {low} to {high}. Nothing was changed; type it again.").format(
                    value=f"{value:g}", low=f"{low:g}", high=f"{high:g}"
                )
            )
        return round(value) if self.decimals == 0 else float(value) + 0.0

    def is_unusual(self, value: object) -> bool:
        """Whether a value deserves a second look: outside the soft range."""
        if self.soft is None or not isinstance(value, int | float):
            return False
        return not self.soft[0] <= value <= self.soft[1]

    def second_look(self, value: object) -> str:
        """The sentence that asks to look again at an unusual value; empty for a usual one."""
        if self.soft is None or not self.is_unusual(value):
            return ""
        low, high = self.soft
        return _("Outside the usual {low} to {high}: please look again.").format(low=f"{low:g}", high=f"{high:g}")

    def dump(self, value: object) -> Scalar:
        """The scalar to store."""
        return str(value) if isinstance(value, Beyond) else self.load(value)  # type: ignore[return-value]

    def format(self, value: object) -> str:
        """For people, with the decimals of the measure; short enough to stand on a digit."""
        if isinstance(value, Beyond):
            return str(value)
        return f"{value:.{self.decimals}f}" if isinstance(value, int | float) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a closed list."""

    terms: type[Term]

    def parse(self, text: str) -> Term:
        """The term with this key or label, whatever the case."""
        wanted = text.strip().casefold()
        for term in self.terms:
            if wanted in (term.value.casefold(), term.label.casefold()):
                return term
        raise Refused(
            _("“{text}” is not one of: {known}.").format(
                text=text[:40], known=", ".join(term.label for term in self.terms)
            )
        )

    def load(self, stored: object) -> Term:
        """The term with this stored key."""
        for term in self.terms:
            if stored == term.value:
                return term
        raise Refused(_("“{text}” is not one of: {known}.").format(text=str(stored)[:40], known=", ".join(self.terms)))

    def dump(self, value: object) -> Scalar:
        """The stored key."""
        return self.load(value).value

    def format(self, value: object) -> str:
        """The label."""
        return self.load(value).label


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of words of a closed list, or of the digits; stored as keys joined by commas."""

    terms: type[Term] | type[Digit]

    def parse(self, text: str) -> tuple[Enum, ...]:
        """The terms whose keys are written, separated by commas."""
        return self.load(text)

    def load(self, stored: object) -> tuple[Enum, ...]:
        """The terms in the order of the list, each once."""
        keys = stored.split(",") if isinstance(stored, str) else stored
        if not isinstance(keys, list | tuple):
            raise Refused(_("“{text}” is not a list of words.").format(text=str(stored)[:40]))
        wanted = {str(key).strip() for key in keys if str(key).strip()}
        if unknown := wanted - {term.value for term in self.terms}:
            raise Refused(
                _("“{text}” is not one of: {known}.").format(text=min(unknown)[:40], known=", ".join(self.terms))
            )
        return tuple(term for term in self.terms if term.value in wanted)

    def dump(self, value: object) -> Scalar:
        """The keys joined by commas."""
        return ",".join(str(term.value) for term in self.load(value))

    def format(self, value: object) -> str:
        """The labels joined by commas."""
        return ", ".join(term.label for term in self.load(value))  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no; not recorded is neither."""

    def parse(self, text: str) -> bool:
        """Yes or no, as typed."""
        known = {"yes": True, "no": False, _("yes"): True, _("no"): False, "1": True, "0": False}
        try:
            return known[text.strip().casefold()]
        except KeyError:
            raise Refused(_("Write yes or no.")) from None

    def load(self, stored: object) -> bool:
        """True or false; 1 and 0 as SQLite keeps them."""
        if stored not in (True, False):
            raise Refused(_("“{text}” is neither yes nor no.").format(text=str(stored)[:40]))
        return bool(stored)

    def dump(self, value: object) -> Scalar:
        """True or false."""
        return self.load(value)

    def format(self, value: object) -> str:
        """Yes or no."""
        return _("yes") if value else _("no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of a user: one line of a name, or a note of several lines."""

    lines: bool

    def parse(self, text: str) -> str:
        """The text, cleaned; raises `Refused` where it is too long."""
        return clean_note(text) if self.lines else clean_name(text)

    def load(self, stored: object) -> str:
        """The text, checked as if it had been typed."""
        if not isinstance(stored, str):
            raise Refused(_("A text is expected here, not “{text}”.").format(text=str(stored)[:40]))
        return self.parse(stored)

    def dump(self, value: object) -> Scalar:
        """The text."""
        return str(value)

    def format(self, value: object) -> str:
        """The text."""
        return str(value)


@dataclass(frozen=True, slots=True)
class HistoryDate:
    """A date of history: year, month or day, as exact as it is known."""

    def parse(self, text: str) -> PartialDate:
        """The date as typed."""
        return PartialDate(text.strip())

    def load(self, stored: object) -> PartialDate:
        """The date as stored; raises `Refused` for anything but a text, a year as a bare number included."""
        if not isinstance(stored, str):
            raise Refused(_("A date is expected here as a text, not {text}.").format(text=repr(stored)[:40]))
        return PartialDate(stored)

    def dump(self, value: object) -> Scalar:
        """The date as stored."""
        return str(self.load(value))

    def format(self, value: object) -> str:
        """The date for people."""
        return self.load(value).label


@dataclass(frozen=True, slots=True)
class Day:
    """A whole calendar day, such as a birth date."""

    def parse(self, text: str) -> date:
        """The day typed as YYYY-MM-DD, or with the day first and points: 12.3.1964."""
        stripped = text.strip()
        if match := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", stripped):
            stripped = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
        return self.load(stripped)

    def load(self, stored: object) -> date:
        """The day stored as YYYY-MM-DD."""
        if isinstance(stored, date) and not isinstance(stored, datetime):
            return stored
        try:
            if not isinstance(stored, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", stored):
                raise ValueError
            return date.fromisoformat(stored)
        except ValueError:
            raise Refused(
                _("“{text}” is not a day. Write YYYY-MM-DD, such as 1964-03-12.").format(text=str(stored)[:40])
            ) from None

    def dump(self, value: object) -> Scalar:
        """YYYY-MM-DD."""
        return self.load(value).isoformat()

    def format(self, value: object) -> str:
        """The day for people."""
        return day_label(self.load(value))


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day on a day, kept with its offset from UTC."""

    def parse(self, text: str) -> datetime:
        """An ISO time with its offset; without one, the offset of this computer's place then."""
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError:
            raise Refused(_("“{text}” is not a time. Write 2026-03-02 09:30.").format(text=text[:40])) from None
        return (moment if moment.tzinfo else moment.astimezone()).replace(microsecond=0)

    def load(self, stored: object) -> datetime:
        """The time as stored; raises `Refused` where the offset is missing."""
        if isinstance(stored, datetime) and stored.tzinfo:
            return stored
        try:
            moment = datetime.fromisoformat(stored) if isinstance(stored, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise Refused(
                _("“{text}” is not a time with its offset, such as 2026-03-02T09:30:00-06:00.").format(
                    text=str(stored)[:40]
                )
            )
        return moment.replace(microsecond=0)

    def dump(self, value: object) -> Scalar:
        """ISO with offset, to the second."""
        return self.load(value).isoformat()

    def format(self, value: object) -> str:
        """The time for people, at the place where it was recorded."""
        return time_label(self.load(value))


Kind = Number | Choice | Several | Flag | Text | HistoryDate | Day | Moment
#: What a record holds in memory.
Value = Any
