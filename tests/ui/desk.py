"""A visit on the desk over a real clinic in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from pytestqt.qtbot import QtBot

from ssc_hand.domain.changes import whole
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import VisitKind
from ssc_hand.ui.models.clinic_model import StorageJobs
from ssc_hand.ui.models.visit_editor import VisitEditor
from tests.builders import a_moment, the_settings
from tests.clinics import a_user, enter_clinic, found_clinic

WHO = "Dr. Rey"


class Clock:
    """The time, as a test sets it."""

    def __init__(self) -> None:
        self.moment = a_moment()

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, minutes: int) -> None:
        """Let minutes pass."""
        self.moment += timedelta(minutes=minutes)


def make_clinic(folder: Path, *records: PatientRecord) -> None:
    """A clinic with these patients, closed."""
    with found_clinic(folder, the_settings(), by=WHO) as clinic:
        for record in records:
            clinic.write(*whole(record))


class Desk:
    """The editor, the storage thread behind it, and a look at the file through another connection."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.clock = Clock()
        self.storage = StorageJobs()
        self.failures: list[object] = []
        self.storage.open(folder, a_user(WHO), self._on_opened, self.failures.append)
        self.editor = VisitEditor(self.storage, self.clock)

    def _on_opened(self, _settings: object) -> None:
        """The clinic is open."""

    def show(self, patient_id: str, visit_id: str | None = None) -> None:
        """Put a patient on the desk as the file has it."""
        self.editor.show(self.on_disk(patient_id), visit_id)

    def start(self, patient_id: str, kind: VisitKind = VisitKind.FOLLOW_UP) -> None:
        """Put a patient on the desk and begin a visit."""
        self.show(patient_id)
        self.editor.start(kind, "Dr. Rey", "rheumatologist")

    def on_disk(self, patient_id: str) -> PatientRecord:
        """The patient as a second program reads it now."""
        with enter_clinic(self.folder, by="another") as clinic:
            return clinic.record(patient_id)

    def visit_on_disk(self) -> Visit:
        """The visit of the desk as a second program reads it now."""
        visit = self.visit
        return self.on_disk(visit.patient_id).visit(visit.id)

    @property
    def visit(self) -> Visit:
        """The visit on the desk."""
        assert self.editor.visit is not None
        return self.editor.visit

    @property
    def record(self) -> PatientRecord:
        """The patient on the desk."""
        assert self.editor.record is not None
        return self.editor.record

    def wait(self) -> None:
        """Wait until the disk has answered everything."""
        self.qtbot.waitUntil(lambda: not self.storage.is_busy)

    def close(self) -> None:
        """Close the clinic."""
        self.wait()
        self.storage.close()
        self.editor.deleteLater()
        self.storage.deleteLater()


@contextmanager
def a_desk(qtbot: QtBot, folder: Path, *records: PatientRecord) -> Iterator[Desk]:
    """A desk over a new clinic with these patients."""
    make_clinic(folder, *records)
    desk = Desk(qtbot, folder)
    try:
        yield desk
    finally:
        desk.close()
