"""Intake: pictures on their way into the record, worked on off the GUI thread, each for the visit it was meant for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ssc_hand.domain.errors import Refused, SscHandError
from ssc_hand.i18n import _
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.photos.dropping import Source
from ssc_hand.ui.photos.shelf import Jobs
from ssc_hand.ui.photos.subject import Subject
from ssc_hand.ui.photos.taking_in import Picture, take_file, take_image


@dataclass(frozen=True, slots=True)
class _Errand:
    """A source, what it shows, and the visit that was on the desk when it was given."""

    source: Source
    subject: Subject
    visit_id: str

    @property
    def name(self) -> str:
        """What the person calls it: the name of its file."""
        return self.source.name if isinstance(self.source, Path) else _("The picture")


class Intake(QObject):
    """Takes pictures into the visit on the desk, one after the other."""

    taken = Signal(str)  #: id of the photograph
    refused = Signal(str)  #: a sentence
    changed = Signal()  #: more, or fewer, are on their way

    def __init__(self, editor: VisitEditor, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor, self._jobs = editor, jobs
        self.waiting = 0

    def take(self, sources: Sequence[Source], subject: Subject) -> None:
        """Take these in; each is told of by `taken` or `refused`."""
        try:
            visit = self._editor.editable()
        except Refused as refused:
            self.refused.emit(str(refused))
            return
        for source in sources:
            self.waiting += 1
            errand = _Errand(source, subject, visit.id)
            self._jobs.run(partial(_work, errand), self._on_worked, self._on_failed)
        self.changed.emit()

    @Slot(object)
    def _on_worked(self, answer: tuple[_Errand, Picture | SscHandError]) -> None:
        self.waiting -= 1
        errand, found = answer
        try:
            if isinstance(found, SscHandError):
                raise found
            self._enter(errand, found)
        except SscHandError as error:
            self.refused.emit(_("{name} was not taken in. {why}").format(name=errand.name, why=error))
        self.changed.emit()

    def _enter(self, errand: _Errand, picture: Picture) -> None:
        visit = self._editor.visit
        if visit is None or visit.id != errand.visit_id:
            raise Refused(_("Another visit came onto the desk meanwhile; give the picture again at the right one."))
        subject = errand.subject
        made = replace(picture.described(visit.id), site=subject.site, lesion_id=subject.lesion_id)
        self._editor.photographs.add(made, picture.content)
        self.taken.emit(made.id)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        self.waiting -= 1
        self.changed.emit()
        raise error


def _work(errand: _Errand) -> tuple[_Errand, Picture | SscHandError]:
    try:
        source = errand.source
        return errand, take_file(source) if isinstance(source, Path) else take_image(source)
    except SscHandError as error:
        return errand, error
