"""Printing a document: pages are drawn one by one off the GUI thread and laid on the printer's paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ssc_hand.domain.errors import Unavailable
from ssc_hand.i18n import _
from ssc_hand.ui.summary.preview import Jobs
from ssc_hand.ui.summary.render import Document, PagePicture, render_page

#: Pixels per inch at which pages are drawn for a printer: as fine as ink on paper shows, and a page fits in memory.
_FINEST = 300
_POINTS_PER_INCH = 72


#: Shows the person the printers; False where the person thought better of it.
ChoosePrinter = Callable[[QPrinter, QWidget], bool]


def ask_for_printer(printer: QPrinter, parent: QWidget) -> bool:
    """The print dialog of the system."""
    dialog = QPrintDialog(printer, parent)
    accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
    dialog.deleteLater()
    return bool(accepted)


def printer_for(document: Document) -> QPrinter:
    """A printer with paper of the document's size, to its edges: the document has margins of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = document.sizes[0]
    page = QPageSize(QSizeF(size), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)
    return printer


class PrintRun(QObject):
    """One document on its way to the printer."""

    finished = Signal()
    failed = Signal(object)  #: the exception

    def __init__(self, document: Document, printer: QPrinter, jobs: Jobs, parent: QObject) -> None:
        """Ready to start; `printer` is what the person chose."""
        super().__init__(parent)
        self._document, self._printer, self._jobs = document, printer, jobs
        self._left = _pages_to_print(printer, len(document.sizes))
        self._painter = QPainter()
        self._scale = min(_FINEST, printer.resolution()) / _POINTS_PER_INCH

    def start(self) -> None:
        """Draw and print the pages in order; `finished` or `failed` follows."""
        if not self._painter.begin(self._printer):
            self.failed.emit(Unavailable(_("The printer does not take the document. Choose another printer.")))
            return
        self._next()

    def _next(self) -> None:
        if not self._left:
            self._painter.end()
            self.finished.emit()
            return
        task = partial(render_page, self._document, self._left.pop(0), self._scale)
        self._jobs.run(task, self._print, self._give_up)

    def _print(self, page: PagePicture) -> None:
        if not isValid(self):  # the window was closed while pages were drawn
            self._painter.end()
            return
        paper = QRectF(self._printer.pageLayout().fullRectPixels(self._printer.resolution()))
        size = QSizeF(page.image.size()).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((paper.width() - size.width()) / 2, 0, size.width(), size.height())
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(place, page.image)
        if self._left:
            self._printer.newPage()
        self._next()

    def _give_up(self, error: Exception) -> None:
        self._printer.abort()
        self._painter.end()
        if not isValid(self):
            return
        self.failed.emit(error)


def _pages_to_print(printer: QPrinter, count: int) -> list[int]:
    """The pages chosen in the dialog, 0 first, as often as the printer cannot repeat them itself."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    pages = list(range(max(first, 1) - 1, min(last, count)))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return pages * max(1, copies)
