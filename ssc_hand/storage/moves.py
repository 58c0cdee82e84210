"""A visit that was recorded under the wrong patient goes to the right one, and its lesions with it.

A lesion that only this visit knows goes along. One that other visits of the old patient know stays there, and the
visit gets a copy under a new id. Either keeps its letter unless the new patient has used it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ssc_hand.domain.changes import Put
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.records import Lesion, Patient, Visit, letter_after
from ssc_hand.storage import reading, rows

if TYPE_CHECKING:
    from ssc_hand.storage.writing import Batch

_LESIONS_OF_VISIT = (
    f"{rows.LESIONS.select} JOIN lesion_state ON lesion_id = lesion.id "
    "WHERE visit_id = ? AND lesion.withdrawn_at IS NULL ORDER BY length(letter), letter"
)
_ELSEWHERE = (
    "SELECT 1 FROM lesion_state JOIN visit ON visit.id = visit_id WHERE lesion_id = ? AND visit_id <> ? LIMIT 1"
)
_LETTERS = "SELECT letter FROM lesion WHERE patient_id = ?"
_GO_ALONG = (
    "UPDATE lesion SET patient_id = ?, letter = ?, changed_at = ?, changed_by = ?, version = version + 1 WHERE id = ?"
)
_POINT_TO_COPY = "UPDATE lesion_state SET lesion_id = ? WHERE visit_id = ? AND lesion_id = ?"
_PICTURE_OF_COPY = "UPDATE photograph SET lesion_id = ? WHERE visit_id = ? AND lesion_id = ?"
# "Follows" holds within one patient only.
_PART = (
    "UPDATE lesion SET follows = NULL WHERE patient_id IN (?, ?) AND follows IS NOT NULL "
    "AND patient_id <> (SELECT patient_id FROM lesion AS earlier WHERE earlier.id = lesion.follows)"
)


def take_along(batch: Batch, visit: Visit, old_patient: str) -> None:
    """Move or copy the lesions of a visit that now belongs to another patient, and tell it in the old record."""
    connection = batch.connection
    letters = {str(letter) for (letter,) in connection.execute(_LETTERS, (visit.patient_id,))}
    for row in connection.execute(_LESIONS_OF_VISIT, (visit.id,)).fetchall():
        lesion = rows.load_lesion(row)
        letter = lesion.letter if lesion.letter not in letters else letter_after(letters)
        letters.add(letter)
        if connection.execute(_ELSEWHERE, (lesion.id, visit.id)).fetchone():
            _copy(batch, visit, lesion, letter)
        else:
            connection.execute(_GO_ALONG, (visit.patient_id, letter, batch.moment, batch.by, lesion.id))
    connection.execute(_PART, (old_patient, visit.patient_id))
    _tell(batch, visit, old_patient)


def _copy(batch: Batch, visit: Visit, lesion: Lesion, letter: str) -> None:
    copy = replace(lesion, id=new_id(), patient_id=visit.patient_id, letter=letter, follows=None, stamp=None)
    batch.write(Put(copy), (copy.patient_id,), rows.lesion_values(copy))
    for statement in (_POINT_TO_COPY, _PICTURE_OF_COPY):
        batch.connection.execute(statement, (copy.id, visit.id, lesion.id))


def _tell(batch: Batch, visit: Visit, old_patient: str) -> None:
    """The reason of the move as one more line of the old patient's note: the visit itself is gone from there."""
    patient: Patient | None = reading.read_patient(batch.connection, old_patient)
    if patient is not None:
        lines = [line for line in (patient.note, visit.remarks[-1]) if line]
        told = replace(patient, note="\n".join(lines))
        batch.apply(Put(told))
