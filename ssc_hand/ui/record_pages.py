"""The pages of one patient: visit, trends, summary, photographs; all but the first are made when first looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.visit_page import VisitPage
from ssc_hand.ui.widgets.still_frame import StillFrame
from ssc_hand.ui.widgets.tab_order import TabOrder

if TYPE_CHECKING:
    from ssc_hand.ui.photo_desk import PhotoDesk
    from ssc_hand.ui.summary.page import FetchPictures, SummaryPage
    from ssc_hand.ui.trends.panel import TrendPanel

#: Makes the summary of a visit on a kind of paper, off the thread of the window.
MakePdf = Callable[..., bytes]

#: The place of the tab of photographs.
_PHOTOGRAPHS = 3


class RecordPages(QTabWidget):
    """Four ways to look at the patient on the desk; only the one that is seen follows."""

    visit_requested = Signal(str)  #: id of the visit behind a point of a trend
    notice_posted = Signal(str)
    about_to_turn = Signal()  #: another page comes up: what is being typed should settle

    def __init__(
        self,
        visit_page: VisitPage,
        make_pdf: MakePdf,
        errands: JobRunner,
        prompts: Prompts,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_pdf = make_pdf
        self._errands = errands
        self._prompts = prompts
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._clinic: ClinicSettings | None = None
        self._trends: TrendPanel | None = None
        self._summary: SummaryPage | None = None
        self.setDocumentMode(True)
        self.addTab(StillFrame(visit_page, self), _("Visit"))
        self._photo_desk: PhotoDesk | None = None
        self._fetch_pictures: FetchPictures | None = None
        self._places = [self._add_place(name) for name in (_("Trends"), _("Summary"), _("Photographs"))]
        self.tabBar().setAccessibleName(_("Pages of the patient"))
        TabOrder(self, (self.tabBar(),)).keep()  # the page of the visit was made before them
        self.currentChanged.connect(self._on_current_changed)

    def _add_place(self, name: str) -> QVBoxLayout:
        place = QWidget(self)
        layout = QVBoxLayout(place)
        layout.setContentsMargins(0, 0, 0, 0)
        self.addTab(place, name)
        return layout

    # -- what is shown -----------------------------------------------------------------------------------

    def set_clinic(self, clinic: ClinicSettings) -> None:
        """The clinic of these patients."""
        self._clinic = clinic
        self._refresh()

    def set_photographs(self, desk: PhotoDesk, fetch_pictures: FetchPictures) -> None:
        """Who makes the page of photographs, and who reads their pictures for the summary."""
        self._photo_desk, self._fetch_pictures = desk, fetch_pictures
        desk.wanted.connect(self.show_photographs)
        desk.notice_posted.connect(self.notice_posted)

    def show_record(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Follow this patient and this visit."""
        self._record, self._visit = record, visit
        if self._photo_desk is not None:
            name = self._photo_desk.name(record, visit)
            if name != self.tabText(_PHOTOGRAPHS):  # another text would have the whole page painted again
                self.setTabText(_PHOTOGRAPHS, name)
        self._refresh()

    @Slot()
    def show_visit(self) -> None:
        """Turn to the visit."""
        self.setCurrentIndex(0)

    @Slot()
    def show_trends(self) -> None:
        """Turn to the trends."""
        self.setCurrentIndex(1)

    @Slot()
    def show_summary(self) -> None:
        """Turn to the summary."""
        self.setCurrentIndex(2)

    @Slot()
    def show_photographs(self) -> None:
        """Turn to the photographs."""
        self.setCurrentIndex(_PHOTOGRAPHS)

    @Slot(int)
    def _on_current_changed(self, index: int) -> None:
        self.about_to_turn.emit()
        if index == _PHOTOGRAPHS and self._photo_desk is not None:
            self._photo_desk.page.suggest(self._photo_desk.chosen())
        self._refresh()

    def _refresh(self) -> None:
        if self.currentIndex() == 1:
            self._show_trends()
        elif self.currentIndex() == 2:
            self._show_summary()
        elif self.currentIndex() == _PHOTOGRAPHS and self._photo_desk is not None:
            self._places[2].addWidget(self._photo_desk.page)
            self._photo_desk.page.show_record(self._record, self._visit)

    def _show_trends(self) -> None:
        if self._trends is None:
            from ssc_hand.ui.trends.panel import TrendPanel  # noqa: PLC0415 - pyqtgraph and numpy load when looked at

            self._trends = TrendPanel(self._choose_picture, self)
            self._trends.visit_requested.connect(self.visit_requested)
            self._trends.notice_posted.connect(self.notice_posted)
            self._places[0].addWidget(self._trends)
        clinic = self._clinic
        caption = clinic.purpose.label if clinic and clinic.purpose is not Purpose.CLINIC else ""
        self._trends.show_record(self._record, clinic.older_from if clinic else None, caption)

    def _show_summary(self) -> None:
        if self._summary is None:
            from ssc_hand.ui.summary.page import SummaryPage  # noqa: PLC0415 - pypdfium2 loads when looked at

            self._summary = SummaryPage(self._make_summary, self._errands, self._prompts, self)
            self._summary.fetch_pictures = self._fetch_pictures
            self._summary.notice_posted.connect(self.notice_posted)
            self._places[1].addWidget(self._summary)
        self._summary.show_visit(self._record, self._visit, self._clinic)

    def _make_summary(
        self, record: PatientRecord, visit: Visit, paper: str, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        assert self._clinic is not None
        if pictures is None:
            return self._make_pdf(record, visit, self._clinic, paper)
        return self._make_pdf(record, visit, self._clinic, paper, pictures)

    def _choose_picture(self, suggested: str, filters: str) -> Path | None:
        return self._prompts.choose_save_file(_("Save picture"), Path(suggested), _file_kinds(filters))


def _file_kinds(filters: str) -> tuple[tuple[str, str], ...]:
    """Kinds of files from Qt's filter: "PNG picture (*.png);;..." -> ("PNG picture", "png")."""
    kinds = (each.rpartition("(") for each in filters.split(";;"))
    return tuple((name.strip(), pattern.rstrip(")").removeprefix("*.")) for name, _bracket, pattern in kinds)
