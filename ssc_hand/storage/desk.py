"""Where each user left off: one row per user, kept with what that user writes and offered to nobody else."""

from __future__ import annotations

from datetime import datetime

from ssc_hand.domain.desk import KeepPlace, LeftOff
from ssc_hand.storage import reading
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.writing import Batch

_KEEP = (
    "INSERT INTO desk (login, visit_id, place, at) SELECT ?, id, ?, ? FROM visit WHERE id = ? "
    "ON CONFLICT (login) DO UPDATE SET visit_id = excluded.visit_id, place = excluded.place, at = excluded.at"
)
_LEFT_OFF = (
    "SELECT visit.patient_id, visit.id, visit.at, desk.place, desk.at FROM desk JOIN visit ON visit.id = visit_id "
    "WHERE login = ? AND state = 'draft' AND visit.withdrawn_at IS NULL"
)


def keep(batch: Batch, place: KeepPlace) -> None:
    """Remember where the writer of this batch is; nothing happens where the visit is not in the file."""
    batch.connection.execute(_KEEP, (batch.by, place.place, batch.moment, place.visit_id))


def left_off(connection: Connection, login: str) -> LeftOff | None:
    """The draft that this user left; None where there is none, or where it has become final."""
    found = connection.execute(_LEFT_OFF, (login,)).fetchone()
    if found is None:
        return None
    patient_id, visit_id, day, place, at = (str(each) for each in found)
    patient = reading.read_patient(connection, patient_id)
    if patient is None:
        return None
    return LeftOff(
        patient_id=patient_id,
        patient_name=patient.full_name,
        visit_id=visit_id,
        day=datetime.fromisoformat(day).date(),
        place=place,
        at=datetime.fromisoformat(at),
    )
