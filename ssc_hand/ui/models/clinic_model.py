"""ClinicModel: the clinic behind the window - find, load, save; everything on the storage thread, in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ssc_hand.domain.changes import Change, Put, Withdraw
from ssc_hand.domain.checks import check_patient
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.dates import time_label
from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.people import NotSignedIn, SignIn
from ssc_hand.domain.records import Amputation, Patient, PatientRecord, Procedure, Visit
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.i18n import _
from ssc_hand.ui.jobs import Answer, JobRunner

#: How many found patients are listed; nobody reads further, and painting more takes longer than finding them.
MOST_FOUND = 100


class StorageJobs(QObject):
    """The one open clinic on the one storage thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = JobRunner(self)
        self._clinic: Any = None

    def open(self, folder: Path, by: SignIn | None, done: Answer, failed: Answer) -> None:
        """Open the clinic in a folder; answers with its settings and the name of the user.

        Without a user it opens where everybody may, and fails with `NotSignedIn` elsewhere.
        """
        self._runner.run(partial(self._open, folder, by), done, failed)

    def _open(self, folder: Path, by: SignIn | None) -> tuple[ClinicSettings, str]:
        from ssc_hand.storage.clinic import Clinic  # noqa: PLC0415 - the first paint does not wait for the database

        opened = Clinic.open(folder, by=by or _guest(folder))
        self._close()
        self._clinic = opened
        return opened.settings, opened.user

    def run(self, task: Callable[[Any], Any], done: Answer, failed: Answer) -> None:
        """Run a task with the open clinic after all earlier ones."""
        self._runner.run(partial(self._with_clinic, task), done, failed)

    def _with_clinic(self, task: Callable[[Any], Any]) -> Any:
        if self._clinic is None:
            raise Unavailable(_("No clinic is open, so this was not done. Open the clinic and try again."))
        return task(self._clinic)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._runner.is_busy

    def deliver(self) -> None:
        """Wait for everything that was asked for, and give the answers."""
        self._runner.deliver()

    def close(self) -> None:
        """Finish what was asked for, then close the clinic; the last word to the storage thread."""
        self._runner.run(self._close, _ignore, _ignore)
        self._runner.finish()

    def _close(self) -> None:
        if self._clinic is not None:
            self._clinic.close()
            self._clinic = None


def _ignore(_result: object) -> None:
    """An answer that nobody waits for."""


class ClinicModel(QObject):
    """Asks the storage thread, and tells the panels what it answered."""

    user_known = Signal(str)  #: the name of whoever has opened the clinic, before `opened`
    opened = Signal(object)  #: ClinicSettings
    open_failed = Signal(object)  #: Exception
    patients_found = Signal(object)  #: list[PatientLine]
    expected_found = Signal(object)  #: list[ExpectedLine]
    record_loaded = Signal(object)  #: PatientRecord
    saved = Signal(str)  #: id of the patient whose record was changed
    number_found = Signal(object)  #: Patient
    number_unknown = Signal(object)  #: Exception
    left_off_found = Signal(object)  #: LeftOff | None
    failed = Signal(object)  #: Exception

    def __init__(self, storage: StorageJobs, now: Callable[[], dt.datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._storage = storage
        self._now = now
        self._asked = 0

    def open(self, folder: Path, by: SignIn | None) -> None:
        """Open the clinic in a folder."""
        self._storage.open(folder, by, self._on_opened, self.open_failed.emit)

    @Slot(object)
    def _on_opened(self, answer: tuple[ClinicSettings, str]) -> None:
        self.user_known.emit(answer[1])
        self.opened.emit(answer[0])

    @Slot(str)
    def find(self, text: str) -> None:
        """Find patients; an empty text gives the recent ones. Only the answer to the last question is told."""
        self._asked += 1
        self._storage.run(partial(_find, text, self._asked), self._on_found, self.failed.emit)

    def drop_search(self) -> None:
        """Tell no answer to a question asked before: another one is being typed."""
        self._asked += 1

    @Slot(object)
    def _on_found(self, answer: tuple[int, list[Any]]) -> None:
        if answer[0] == self._asked:
            self.patients_found.emit(answer[1])

    @Slot(str)
    def load(self, patient_id: str) -> None:
        """Read a whole patient."""
        self._storage.run(partial(_record, patient_id), self.record_loaded.emit, self.failed.emit)

    @Slot()
    def look_up_desk(self) -> None:
        """Look which draft this user left."""
        self._storage.run(_left_off, self.left_off_found.emit, self.failed.emit)

    @Slot()
    def look_up_expected(self) -> None:
        """Read the list of today."""
        self._storage.run(partial(_expected, self._now().date()), self.expected_found.emit, self.failed.emit)

    def expect(self, numbers: Sequence[str], failed: Answer | None = None) -> None:
        """Put the patients with these record numbers on the list of today; all or none."""
        task = partial(_expect, self._now().date(), tuple(numbers))
        self._storage.run(task, self.expected_found.emit, failed or self.failed.emit)

    @Slot(str)
    def look_up_number(self, number: str) -> None:
        """Find the one patient with a record number."""
        self._storage.run(partial(_patient, number), self.number_found.emit, self.number_unknown.emit)

    @Slot(str)
    def unexpect(self, patient_id: str) -> None:
        """Take a patient off the list of today."""
        self._storage.run(
            partial(_unexpect, self._now().date(), patient_id), self.expected_found.emit, self.failed.emit
        )

    def save_patient(self, patient: Patient, failed: Answer) -> None:
        """Add or amend a patient; raises `Refused` for what can be seen at once, tells `failed` the rest."""
        check_patient(patient, self._now().date())
        self._write(patient.id, (Put(patient),), failed)

    def put(self, patient_id: str, record: Any, failed: Answer) -> None:
        """Add or amend a procedure, an amputation, a medicine or a complication."""
        self._write(patient_id, (Put(record),), failed)

    def withdraw(self, record: Procedure | Amputation | Medicine | Complication, reason: str, failed: Answer) -> None:
        """Withdraw a record that was entered by mistake; the reason stays with its row."""
        assert record.stamp is not None
        why = _("Withdrawn: {reason}").format(reason=reason)
        told = replace(record, note=f"{record.note}\n{why}" if record.note else why)
        meant = replace(told, stamp=replace(record.stamp, version=record.stamp.version + 1))
        self._write(record.patient_id, (Put(told), Withdraw(meant)), failed)

    def move_visit(self, visit: Visit, target: Patient, names: tuple[str, str], reason: str, who: str) -> None:
        """Move a visit to the patient it belongs to; `names` are who it was under and who that is."""
        remark = _("Moved {when} by {who} from {old} to {new}: {reason}").format(
            when=time_label(self._now()), who=who or _("unknown"), old=names[0], new=names[1], reason=reason
        )
        self._storage.run(partial(_move, visit, target.id, remark), self.saved.emit, self.failed.emit)

    def save_settings(self, settings: ClinicSettings) -> None:
        """Keep what the clinic says about itself."""
        self._storage.run(partial(_save_settings, settings), self.opened.emit, self.failed.emit)

    def fetch_picture(self, photograph_id: str, done: Answer, failed: Answer) -> None:
        """Read the picture of a photograph; answers with its id and its bytes, or None where it is not in the file."""
        self._storage.run(partial(_picture, photograph_id), done, failed)

    def fetch_pictures(self, photograph_ids: Sequence[str], done: Answer, failed: Answer) -> None:
        """Read the pictures of several photographs; answers with the bytes of those in the file, by their ids."""
        self._storage.run(partial(_pictures, tuple(photograph_ids)), done, failed)

    def _write(self, patient_id: str, changes: tuple[Change, ...], failed: Answer) -> None:
        self._storage.run(partial(_write, patient_id, changes), self.saved.emit, failed)


def _guest(folder: Path) -> SignIn:
    from ssc_hand.storage.access import open_to_all  # noqa: PLC0415 - the first paint does not wait for the database
    from ssc_hand.storage.database import check_place  # noqa: PLC0415 - as above

    check_place(folder)
    guest = open_to_all(folder)
    if guest is None:
        raise NotSignedIn(_("This clinic is opened with a name and a passphrase."))
    return guest


def _find(text: str, asked: int, clinic: Any) -> tuple[int, list[Any]]:
    return asked, clinic.find(text, limit=MOST_FOUND) if text.strip() else clinic.recent()


def _record(patient_id: str, clinic: Any) -> PatientRecord:
    record: PatientRecord = clinic.record(patient_id)
    return record


def _picture(photograph_id: str, clinic: Any) -> tuple[str, bytes | None]:
    return photograph_id, clinic.picture(photograph_id)


def _pictures(photograph_ids: tuple[str, ...], clinic: Any) -> dict[str, bytes]:
    found = {each: clinic.picture(each) for each in photograph_ids}
    return {each: content for each, content in found.items() if content is not None}


def _patient(number: str, clinic: Any) -> Patient:
    patient: Patient = clinic.by_number(number).patient
    return patient


def _left_off(clinic: Any) -> Any:
    return clinic.left_off()


def _expected(day: dt.date, clinic: Any) -> Any:
    return clinic.expected(day)


def _expect(day: dt.date, numbers: tuple[str, ...], clinic: Any) -> Any:
    ids = [clinic.by_number(number).patient.id for number in numbers]
    clinic.expect(day, ids)
    return clinic.expected(day)


def _unexpect(day: dt.date, patient_id: str, clinic: Any) -> Any:
    clinic.unexpect(day, patient_id)
    return clinic.expected(day)


def _write(patient_id: str, changes: tuple[Change, ...], clinic: Any) -> str:
    clinic.write(*changes)
    return patient_id


def _move(visit: Visit, target_id: str, remark: str, clinic: Any) -> str:
    """Move the visit as the file has it now: what was entered a moment ago has raised its version."""
    stored = next((each for each in clinic.record(visit.patient_id).visits if each.id == visit.id), None)
    if stored is None:
        raise Refused(_("This visit is no longer under this patient; find the patient again."))
    return _write(target_id, (Put(replace(stored, patient_id=target_id, remarks=(*stored.remarks, remark))),), clinic)


def _save_settings(settings: ClinicSettings, clinic: Any) -> ClinicSettings:
    clinic.save_settings(settings)
    return settings
