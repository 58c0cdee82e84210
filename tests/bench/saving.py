"""One changed value, durable on the disk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from ssc_hand.domain.changes import Put
from ssc_hand.domain.records import Observation, PatientRecord
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.database import NAME
from ssc_hand.storage.driver import Connection, connect
from tests.bench.material import BY
from tests.bench.measuring import Row, in_turn, seconds
from tests.clinics import enter_clinic, key_of

#: Writes per measurement: one alone is mostly the luck of the disk.
_WRITES = 20
_UPDATE = (
    "UPDATE observation SET value = ?, reason = NULL, reason_text = '', changed_at = ?, changed_by = ?, "
    "withdrawn_at = NULL, withdrawn_by = NULL, version = version + 1 "
    "WHERE visit_id = ? AND site = ? AND measure = ? AND repeat = ?"
)


def rows(clinic_folder: Path, record: PatientRecord) -> list[Row]:
    """A value changed to and fro through the clinic, and the same row through the bare driver in a copy."""
    copy = clinic_folder.parent / "copy.db"
    shutil.copyfile(clinic_folder / NAME, copy)
    visit = record.visits[-1]
    found = next(each for each in visit.observations.values() if each.measure == "crt" and each.value is not None)
    bare = connect(copy, key_of(clinic_folder).database)
    bare.execute("PRAGMA journal_mode = WAL").fetchone()
    with enter_clinic(clinic_folder, by=BY) as clinic:
        stamped = _Written(clinic, visit.id, clinic.record(record.patient.id).visits[-1].observations[found.key])
        key = (visit.id, found.site.code, found.measure, found.repeat)
        here, there = in_turn(
            lambda: seconds(stamped.write_all) / _WRITES,
            lambda: seconds(lambda: _write_bare(bare, key)) / _WRITES,
        )
    bare.close()
    return [Row(what="one changed value saved", ours=here, floor=there, beside="same row, bare sqlite3", times=3)]


class _Written:
    """A value that is written again and again, each time from the version before."""

    def __init__(self, clinic: Clinic, visit_id: str, observation: Observation) -> None:
        self._clinic = clinic
        self._visit_id = visit_id
        self._observation = observation

    def write_all(self) -> None:
        """Write one value after another."""
        for number in range(_WRITES):
            changed = replace(self._observation, value=1.0 + number / 10)
            (stamp,) = self._clinic.write(Put(changed, self._visit_id))
            self._observation = replace(changed, stamp=stamp)


def _write_bare(connection: Connection, key: tuple[object, ...]) -> None:
    for number in range(_WRITES):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_UPDATE, (1.0 + number / 10, "2026-08-06T10:30:00.000000+00:00", BY, *key))
        connection.execute("COMMIT")
