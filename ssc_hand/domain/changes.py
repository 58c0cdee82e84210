"""What can be asked of a clinic's file: put a record, or withdraw it. Nothing is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass

from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    Procedure,
    Visit,
)

#: A record that is one row of the file.
Record = Patient | Visit | Procedure | Amputation | Lesion | Observation | LesionState


@dataclass(frozen=True, slots=True)
class Put:
    """Write a record as it is now; its stamp names the version it was made from (None: it is new).

    A visit is put without its observations and states, which are records of their own; an observation and the
    state of a lesion need the id of their visit.
    """

    record: Record
    visit_id: str | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take a record back; its stamp names the version that is meant. The file keeps it, nobody sees it."""

    record: Record
    visit_id: str | None = None


Change = Put | Withdraw
