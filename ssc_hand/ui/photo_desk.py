"""PhotoDesk: introduces the page of photographs to the visit, the hands and the clinic; makes it when first wanted."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, Signal, Slot

from ssc_hand.domain.photographs import photographs_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.models.clinic_model import ClinicModel
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.visit_page import VisitPage

if TYPE_CHECKING:
    from ssc_hand.domain.anatomy import Site
    from ssc_hand.ui.photos.dropping import Source
    from ssc_hand.ui.photos.page import PhotographPage
    from ssc_hand.ui.photos.subject import Subject


class PhotoDesk(QObject):
    """Knows what is chosen on the hands, and takes pictures that are dropped there."""

    wanted = Signal()  #: pictures were dropped on the hands: their page should come up
    notice_posted = Signal(str)

    def __init__(
        self, visit_page: VisitPage, editor: VisitEditor, clinic: ClinicModel, errands: JobRunner, prompts: Prompts
    ) -> None:
        """Nothing is made and nothing loaded until a visit is shown."""
        super().__init__(visit_page)
        self._visit_page, self._editor, self._clinic = visit_page, editor, clinic
        self._errands, self._prompts = errands, prompts
        self._lesion_id: str | None = None
        visit_page.entries_made.connect(self._on_visit_page_entries_made)

    @cached_property
    def page(self) -> PhotographPage:
        """The page."""
        from ssc_hand.ui.photos.page import PhotographPage  # noqa: PLC0415 - loads when looked at

        page = PhotographPage(self._editor, self._clinic.fetch_picture, self._errands, self._prompts)
        page.notice_posted.connect(self.notice_posted)
        return page

    def name(self, record: PatientRecord | None, visit: Visit | None) -> str:
        """What the tab is called: with the number of photographs where there are any."""
        count = len(photographs_at(record, visit)) if record and visit else 0
        return _("Photographs ({n})").format(n=count) if count else _("Photographs")

    @Slot()
    def _on_visit_page_entries_made(self) -> None:
        """With the first visit on the desk: take what is dropped on the hands, and remember what is chosen there."""
        from ssc_hand.ui.photos.dropping import PhotoDrops  # noqa: PLC0415 - the window stands before it is needed

        view = self._visit_page.hands.view
        self._drops = PhotoDrops(view, self._subject_under, self)
        self._drops.dropped.connect(self._on_drops_dropped)
        view.lesion_pressed.connect(self._on_lesion_chosen)
        self._visit_page.lesions.lesion_chosen.connect(self._on_lesion_chosen)
        self._visit_page.selection.changed.connect(self._on_selection_changed)

    def chosen(self) -> Subject:
        """What is chosen on the hands: a lesion, or a hand."""
        from ssc_hand.ui.photos.subject import Subject, subject_at  # noqa: PLC0415 - as above

        record = self._editor.record
        if record is not None and any(lesion.id == self._lesion_id for lesion in record.lesions):
            return Subject(lesion_id=self._lesion_id)
        return subject_at(self._visit_page.selection.sites)

    def _subject_under(self, point: QPointF) -> Subject | None:
        """What lies under the pointer: the mark of a lesion, else the hand."""
        from ssc_hand.ui.photos.subject import Subject, subject_at  # noqa: PLC0415 - as above

        view = self._visit_page.hands.view
        lesion_id = view.aim.lesion_at(point)
        if lesion_id is not None:
            return Subject(lesion_id=lesion_id)
        site = view.site_at(point)
        return subject_at([site]) if site is not None else None

    @Slot(object, object)
    def _on_drops_dropped(self, sources: list[Source], subject: Subject | None) -> None:
        self.wanted.emit()
        self.page.take(sources, subject)

    @Slot(str)
    def _on_lesion_chosen(self, lesion_id: str) -> None:
        self._lesion_id = lesion_id

    @Slot(object)
    def _on_selection_changed(self, sites: tuple[Site, ...]) -> None:
        """Another place is chosen: the lesion before is no longer meant, unless it lies there."""
        record = self._editor.record
        lesions = record.lesions if record else ()
        places = {lesion.site.of_digit for lesion in lesions if lesion.id == self._lesion_id}
        if not places <= {site.of_digit for site in sites}:
            self._lesion_id = None
