"""What can be asked of a clinic's file: put a record, or withdraw it. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ssc_hand.domain.photographs import Photograph
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
)
from ssc_hand.domain.treatment import Complication, Medicine

#: A record that is one row of the file.
Record = (
    Patient | Visit | Procedure | Amputation | Medicine | Complication | Lesion | Observation | LesionState | Photograph
)


@dataclass(frozen=True, slots=True)
class Put:
    """Write a record as it is now; its stamp names the version it was made from (None: it is new).

    A visit is put without its observations and states, which are records of their own; an observation and the
    state of a lesion need the id of their visit. A new visit can be put as final before them in the same write.
    """

    record: Record
    visit_id: str | None = None
    #: The picture of a photograph that the file does not have yet.
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a record back; its stamp names the version that is meant. The file keeps it, nobody sees it."""

    record: Record
    visit_id: str | None = None


Change = Put | Withdraw


def whole(record: PatientRecord, pictures: Mapping[str, bytes] | None = None) -> tuple[Put, ...]:
    """What a clinic that does not have this patient is told to take in the whole record, in one write.

    `pictures` holds the bytes of its photographs, by their ids, as far as they came along.
    """
    rows: list[Record] = [record.patient, *record.procedures, *record.amputations]
    rows += [*record.medicines, *record.complications]
    rows += _earlier_first(record.lesions)
    found = [Put(row) for row in rows]
    for visit in record.visits:
        parts: list[Record] = [*visit.observations.values(), *visit.states.values()]
        found += [Put(visit), *(Put(part, visit.id) for part in parts)]
    found += [Put(photograph, content=(pictures or {}).get(photograph.id)) for photograph in record.photographs]
    return tuple(found)


def _earlier_first(lesions: tuple[Lesion, ...]) -> list[Lesion]:
    """The lesions in their order, save that one that follows another comes after it."""
    waiting, found = list(lesions), list[Lesion]()
    while waiting:
        known = {lesion.id for lesion in found}
        ready = [lesion for lesion in waiting if lesion.follows is None or lesion.follows in known]
        # What follows a lesion that is not there is left for the clinic to refuse.
        found += ready or waiting
        waiting = [lesion for lesion in waiting if lesion not in found]
    return found
