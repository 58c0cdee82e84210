"""Where a user left off in a draft: the visit, and the place in it as a code that only the path of entry reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

#: Ends a place whose value was settled in the same write: whoever comes back goes on with what follows it.
_SETTLED = ">"


def settled(code: str) -> str:
    """The place after a value was settled at the stop with this code."""
    return code + _SETTLED


def is_settled(place: str) -> bool:
    """Whether the value at a place was settled when it was kept."""
    return place.endswith(_SETTLED)


def stop_code(place: str) -> str:
    """The code of the stop of a place."""
    return place.removesuffix(_SETTLED)


@dataclass(frozen=True, slots=True)
class KeepPlace:
    """Remember with the changes of one write where the writer is in a visit; a code, never a word of the record."""

    visit_id: str
    place: str


@dataclass(frozen=True, slots=True)
class LeftOff:
    """The draft that a user left, with what is needed to offer it again."""

    patient_id: str
    patient_name: str
    visit_id: str
    #: The day of the visit, where it took place.
    day: date
    #: As `KeepPlace` was given it; empty where nobody was at a place.
    place: str
    #: When the place was last kept.
    at: datetime
