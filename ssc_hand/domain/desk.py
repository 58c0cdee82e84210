"""Where a user left off in a draft, as a code that only the path of entry reads; and what waits for a decision."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any

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


#: What an entry is about: ("observation", key), ("state", lesion id), ("lesion", id), ("visit", field key), or
#: ("photograph", id).
EntryPlace = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Forestalled:
    """An entry that was not written, because another window had written first; it waits for a decision."""

    place: EntryPlace
    #: What was known when it was entered, and what was entered; None is "not recorded".
    before: Any
    after: Any
    _: KW_ONLY
    #: The file had another version; else the visit had become final.
    is_conflict: bool
