"""The summary page: the real PDF of the visit on a desk, to be checked, saved and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ssc_hand.domain.clinic import ClinicSettings, Paper
from ssc_hand.domain.errors import SscHandError
from ssc_hand.domain.photographs import photographs_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.saving import write_file
from ssc_hand.ui.summary.preview import Jobs, Preview
from ssc_hand.ui.summary.printing import ChoosePrinter, PrintRun, ask_for_printer, printer_for
from ssc_hand.ui.summary.render import Document, PagePicture
from ssc_hand.ui.summary.sheets import Desk
from ssc_hand.ui.widgets.action_button import action_button, page_action
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Builds the PDF of a visit on a paper ("A4", "Letter"), with pictures where they are given; runs off the GUI thread.
MakePdf = Callable[..., bytes]
#: Reads pictures by the ids of photographs; then who is told of them, and who of a failure.
FetchPictures = Callable[[Sequence[str], Callable[[Any], None], Callable[[Any], None]], None]


class SummaryPage(QWidget):
    """Shows the summary of one visit as it will be printed."""

    notice_posted = Signal(str)  #: one sentence for the message bar
    shown = Signal()  #: every page stands on the desk, at the zoom of now

    def __init__(self, make_pdf: MakePdf, jobs: Jobs, prompts: Prompts, parent: QWidget | None = None) -> None:
        """A page without a visit; `jobs` runs what takes time, `prompts` asks where to save."""
        super().__init__(parent)
        self._make_pdf, self._jobs, self._prompts = make_pdf, jobs, prompts
        #: Shows the printers; a test puts its own in its place.
        self.choose_printer: ChoosePrinter = ask_for_printer
        #: Reads photographs; without it none can be printed.
        self.fetch_pictures: FetchPictures | None = None
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._clinic: ClinicSettings | None = None
        self._preview: Preview | None = None
        self._printing: PrintRun | None = None
        self._is_stale = False
        self._fetched_for = ""
        self._desk = Desk()
        self._make_actions()
        self._paper = QComboBox()
        for paper in Paper:
            self._paper.addItem(paper.label, paper.value)
        self._paper.setAccessibleName(_("Paper"))
        self._paper.setToolTip(_("Size of the paper (arrow keys change it)"))
        self.with_photographs = QCheckBox(_("with photographs"))
        self.with_photographs.setAccessibleName(_("Print with photographs"))
        self.with_photographs.setShortcut(QKeySequence("Ctrl+Shift+P"))
        keys = self.with_photographs.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = _("Puts the photographs of this visit at the end; never by itself")
        self.with_photographs.setToolTip(f"{tip} ({keys})")
        self.with_photographs.hide()
        self._zoom = PlainLabel("")
        self._zoom.setAccessibleDescription(_("Zoom"))
        self._place = PlainLabel("")
        self._place.setAccessibleDescription(_("Page in view"))
        self._words = PlainLabel("", role=Role.MUTED, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._lay_out()
        self._paper.currentIndexChanged.connect(self._renew)
        self.with_photographs.toggled.connect(self._renew)
        self._desk.zoom_changed.connect(self._on_zoom_changed)
        self._desk.page_changed.connect(self._tell_place)
        self._clear()

    def show_visit(self, record: PatientRecord | None, visit: Visit | None, clinic: ClinicSettings | None) -> None:
        """Show the summary of this visit as soon as somebody looks; what was shown for another one goes at once."""
        if record is self._record and visit is self._visit and clinic == self._clinic:
            return
        if clinic is not None and clinic != self._clinic:
            with QSignalBlocker(self._paper):
                self._paper.setCurrentIndex(self._paper.findData(clinic.paper.value))
        is_other = visit is None or self._visit is None or visit.id != self._visit.id
        self._record, self._visit, self._clinic = record, visit, clinic
        if is_other:
            self._clear()
            with QSignalBlocker(self.with_photographs):
                self.with_photographs.setChecked(False)  # asked for anew at each visit
        can_print = self.fetch_pictures is not None and bool(self._photographs())
        self.with_photographs.setVisible(can_print)
        self._renew()

    @property
    def document(self) -> Document | None:
        """The document that is shown; None until it has been made."""
        return self._preview.document if self._preview else None

    @property
    def words(self) -> str:
        """The sentence shown in place of pages; empty while pages are shown."""
        return self._words.text() if self._pages.currentWidget() is self._words else ""

    @property
    def place(self) -> str:
        """Which page is in view, in words."""
        return self._place.text()

    @property
    def desk(self) -> Desk:
        """The pages."""
        return self._desk

    def save(self) -> None:
        """Ask for a file and write the document that is shown, whole or not at all."""
        if self.document is None or self._record is None or self._visit is None or self._clinic is None:
            return
        name = self._clinic.file_name(
            record=self._record.patient.record_number, day=self._visit.day, document=_("summary")
        )
        path = self._prompts.choose_save_file(_("Save summary"), Path(f"{name}.pdf"), [(_("PDF document"), "pdf")])
        if path is None:
            return
        try:
            write_file(path, self.document.content)
        except SscHandError as error:
            self.notice_posted.emit(str(error))
        else:
            self.notice_posted.emit(_("The summary was saved as {name}.").format(name=path.name))

    def print_pages(self) -> None:
        """Ask for a printer and print the document that is shown."""
        if self.document is None or self._printing is not None:
            return
        printer = printer_for(self.document)
        if not self.choose_printer(printer, self):
            return
        self._printing = PrintRun(self.document, printer, self._jobs, self)
        self._printing.finished.connect(self._on_printed)
        self._printing.failed.connect(self._on_print_failed)
        self.print_action.setEnabled(False)
        self._printing.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Make what was put off while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._renew()

    # Building

    def _make_actions(self) -> None:
        keys = QKeySequence.StandardKey
        for_save, for_print = QKeySequence(keys.Save), QKeySequence(keys.Print)
        larger, smaller = QKeySequence(keys.ZoomIn), QKeySequence(keys.ZoomOut)
        self.save_action = page_action(self, _("Save as…"), for_save, self.save, tip=_("Save the summary as a PDF"))
        self.print_action = page_action(self, _("Print…"), for_print, self.print_pages, tip=_("Print the summary"))
        self.zoom_in_action = page_action(self, "+", larger, self._desk.zoom_in, tip=_("Larger"))
        self.zoom_out_action = page_action(self, "−", smaller, self._desk.zoom_out, tip=_("Smaller"))
        self.full_size_action = page_action(
            self, _("100 %"), QKeySequence("Ctrl+9"), self._desk.zoom_full, tip=_("As large as on paper")
        )
        self.fit_action = page_action(
            self, _("Fit width"), QKeySequence("Ctrl+0"), self._desk.fit_width, tip=_("As wide as the window")
        )

    def _lay_out(self) -> None:
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("400 %") + 6)
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        bar = QHBoxLayout()
        bar.addWidget(self._paper)
        bar.addWidget(self.with_photographs)
        bar.addSpacing(12)
        bar.addWidget(action_button(self.zoom_out_action, _("Smaller")))
        bar.addWidget(self._zoom)
        bar.addWidget(action_button(self.zoom_in_action, _("Larger")))
        bar.addWidget(action_button(self.fit_action, _("Fit width")))
        bar.addWidget(action_button(self.full_size_action, _("As large as on paper")))
        bar.addSpacing(12)
        bar.addWidget(self._place)
        bar.addStretch(1)
        bar.addWidget(action_button(self.save_action, _("Save as…")))
        bar.addWidget(action_button(self.print_action, _("Print…")))
        self._pages.addWidget(self._desk)
        self._pages.addWidget(self._words)
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self._pages, 1)

    # The preview

    def _renew(self) -> None:
        """Make the document anew where somebody looks; else remember that it is to be made."""
        self._is_stale = True
        if not self.isVisible():
            return
        self._is_stale = False
        self._drop_preview()
        if self._record is None or self._visit is None or self._clinic is None:
            self._clear()
            return
        if self.with_photographs.isChecked() and self.fetch_pictures is not None:
            self._fetched_for = self._visit.id
            self.fetch_pictures(self._photographs(), self._on_pictures, self._on_failed)
            return
        self._begin(partial(self._make_pdf, self._record, self._visit, self._paper.currentData()))

    def _photographs(self) -> list[str]:
        """The ids of the photographs of this visit."""
        record, visit = self._record, self._visit
        return [each.id for each in photographs_at(record, visit)] if record and visit else []

    @Slot(object)
    def _on_pictures(self, pictures: dict[str, bytes]) -> None:
        """The pictures were read; they are dropped where another visit, or none with pictures, is wanted by now."""
        record, visit = self._record, self._visit
        is_wanted = self.with_photographs.isChecked() and visit is not None and visit.id == self._fetched_for
        if is_wanted and record is not None:
            self._begin(partial(self._make_pdf, record, visit, self._paper.currentData(), pictures))

    def _begin(self, make: Callable[[], bytes]) -> None:
        self._drop_preview()
        self._preview = Preview(make, self._jobs, self)
        self._preview.made.connect(self._on_made)
        self._preview.drawn.connect(self._on_drawn)
        self._preview.failed.connect(self._on_failed)
        if not self._desk.sheets:
            self._say(_("The summary is being made…"))
        self._allow()
        self._preview.start()

    def _drop_preview(self) -> None:
        if self._preview is not None:
            self._preview.drop()
            self._preview = None

    def _clear(self) -> None:
        """Show no page of any visit."""
        self._drop_preview()
        self._desk.lay(())
        self._say(_("Choose a visit; its summary appears here as it will be printed."))
        self._allow()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._pages.setCurrentWidget(self._words)
        self._place.setText("")
        self._zoom.setText("")

    def _allow(self) -> None:
        has_document = self.document is not None
        self.save_action.setEnabled(has_document)
        self.print_action.setEnabled(has_document and self._printing is None)
        for action in (self.zoom_in_action, self.zoom_out_action, self.full_size_action, self.fit_action):
            action.setEnabled(bool(self._desk.sheets))

    def _on_made(self, document: Document) -> None:
        self._pages.setCurrentWidget(self._desk)
        self._desk.lay(document.sizes)
        self._allow()
        self._tell_place()
        self._on_zoom_changed()

    def _on_drawn(self, page: PagePicture) -> None:
        page.image.setDevicePixelRatio(self._desk.devicePixelRatioF())
        self._desk.sheets[page.number].show_image(page.image, page.scale)
        if self._preview is not None and self._preview.is_drawn:
            self.shown.emit()

    def _on_failed(self, error: Exception) -> None:
        self._desk.lay(())
        self._drop_preview()
        self._allow()
        if isinstance(error, SscHandError):
            self._say(str(error))
            return
        self._say(_("The summary could not be made. The record is safe; close the program and start it again."))
        raise error

    def _on_zoom_changed(self) -> None:
        self._zoom.setText(_("{n} %").format(n=round(self._desk.zoom * 100)) if self._desk.sheets else "")
        if self._preview is not None:
            self._preview.draw(self._desk.scale, self._desk.current)

    def _tell_place(self) -> None:
        count = len(self._desk.sheets)
        words = _("page {n} of {count}").format(n=self._desk.current + 1, count=count)
        self._place.setText(words if count else "")

    # Printing

    def _on_printed(self) -> None:
        self._printing = None
        self._allow()
        self.notice_posted.emit(_("The summary was sent to the printer."))

    def _on_print_failed(self, error: Exception) -> None:
        self._printing = None
        self._allow()
        if not isinstance(error, SscHandError):
            raise error
        self.notice_posted.emit(str(error))
