"""The list of a day: who is expected. How far each visit has come is read off the visits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ssc_hand.storage.writing import Batch

_EXPECT = (
    "INSERT INTO expected (day, patient_id, created_at, created_by, changed_at, changed_by, version) "
    "VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (day, patient_id) DO UPDATE SET withdrawn_at = NULL, "
    "withdrawn_by = NULL, changed_at = excluded.changed_at, changed_by = excluded.changed_by, "
    "version = version + 1 WHERE expected.withdrawn_at IS NOT NULL"
)
_UNEXPECT = (
    "UPDATE expected SET withdrawn_at = ?, withdrawn_by = ?, changed_at = ?, changed_by = ?, version = version + 1 "
    "WHERE day = ? AND patient_id = ? AND withdrawn_at IS NULL"
)


def expect(batch: Batch, day: date, patient_ids: Iterable[str]) -> None:
    """Put patients on the list of a day; who is on it already stays where they are."""
    for patient_id in patient_ids:
        batch.check_patient(patient_id)
        who = (batch.moment, batch.by, batch.moment, batch.by)
        batch.connection.execute(_EXPECT, (day.isoformat(), patient_id, *who))


def unexpect(batch: Batch, day: date, patient_id: str) -> None:
    """Take a patient off the list of a day; nothing happens to one who is not on it."""
    who = (batch.moment, batch.by, batch.moment, batch.by)
    batch.connection.execute(_UNEXPECT, (*who, day.isoformat(), patient_id))
