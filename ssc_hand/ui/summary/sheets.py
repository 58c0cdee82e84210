"""Pages on a desk: pictures of paper with a shadow, one below the other, to scroll through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ssc_hand.charts.colour import BLACK, WHITE
from ssc_hand.i18n import _
from ssc_hand.ui.theme import mixed

_MARGIN = 18
_SHADOW = 7


class Sheet(QWidget):
    """One page; white until its picture has come."""

    def __init__(self, number: int, count: int, size: QSizeF, parent: QWidget) -> None:
        """Page `number` (0 first) of `count`, `size` in points."""
        super().__init__(parent)
        self._points = size
        self._image: QImage | None = None
        self.image_scale = 0.0
        self.setAccessibleName(_("Page {n} of {count}").format(n=number + 1, count=count))

    def zoom(self, scale: float) -> None:
        """Take `scale` pixels of the window for a point."""
        size = QSize(round(self._points.width() * scale), round(self._points.height() * scale))
        self.setFixedSize(size + QSize(2 * _SHADOW, 2 * _SHADOW))

    def show_image(self, image: QImage, scale: float) -> None:
        """Show the picture of the page, drawn at `scale` pixels of the screen for a point."""
        self._image, self.image_scale = image, scale
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw shadow, paper and picture."""
        painter = QPainter(self)
        paper = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(_SHADOW, 0, -1):
            shade = QColor(BLACK)
            shade.setAlphaF(0.035)
            painter.setBrush(shade)
            painter.drawRoundedRect(paper.adjusted(-step, -step + 2, step, step), step, step)
        painter.fillRect(paper, QColor(WHITE))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(paper, self._image)
        painter.end()


class Desk(QScrollArea):
    """The pages of a document, as wide as the view or at a zoom of one's own."""

    page_changed = Signal(int)  #: the page in view, 0 first
    zoom_changed = Signal()

    _STEPS = (0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A desk without pages, fitting their width."""
        super().__init__(parent)
        self._sizes: tuple[QSizeF, ...] = ()
        self.sheets: tuple[Sheet, ...] = ()
        self.fits_width = True
        self._zoom = 1.0
        self._current = 0
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Pages of the summary"))
        self.verticalScrollBar().valueChanged.connect(self._tell_page)
        self._shade()

    @property
    def zoom(self) -> float:
        """The size of a page on screen; 1 is as large as on paper."""
        return self._fitting() if self.fits_width else self._zoom

    @property
    def scale(self) -> float:
        """Pixels of the screen for a point, at the zoom of now."""
        return self.zoom * self._unit() * self.devicePixelRatioF()

    @property
    def current(self) -> int:
        """The page in view, 0 first."""
        return self._current

    def lay(self, sizes: Sequence[QSizeF]) -> None:
        """Lay empty pages of these sizes, in points; pages of the same sizes stay as they are."""
        if tuple(sizes) == self._sizes and self.sheets:
            return
        self._sizes = tuple(sizes)
        body = QWidget()
        body.setAutoFillBackground(False)
        column = QVBoxLayout(body)
        column.setContentsMargins(_MARGIN, _MARGIN - _SHADOW, _MARGIN, _MARGIN - _SHADOW)
        column.setSpacing(_MARGIN - _SHADOW)
        self.sheets = tuple(Sheet(number, len(sizes), size, body) for number, size in enumerate(sizes))
        for sheet in self.sheets:
            column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setWidget(body)
        self._current = 0
        self._apply()

    def fit_width(self) -> None:
        """Make pages as wide as the view, and keep them so."""
        self.fits_width = True
        self._apply()

    def zoom_to(self, zoom: float) -> None:
        """Show pages at this part of their size on paper."""
        self.fits_width = False
        self._zoom = min(max(zoom, self._STEPS[0]), self._STEPS[-1])
        self._apply()

    def zoom_full(self) -> None:
        """Show pages as large as on paper."""
        self.zoom_to(1.0)

    def zoom_in(self) -> None:
        """The next larger step."""
        self.zoom_to(next((step for step in self._STEPS if step > self.zoom * 1.01), self._STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller step."""
        self.zoom_to(next((step for step in reversed(self._STEPS) if step < self.zoom * 0.99), self._STEPS[0]))

    def _fitting(self) -> float:
        widest = max((size.width() for size in self._sizes), default=600.0)
        room = self.viewport().width() - 2 * (_MARGIN + _SHADOW)
        return min(max(room / (widest * self._unit()), self._STEPS[0]), 2.0)

    def _unit(self) -> float:
        """Pixels of the window for a point at full size."""
        return self.logicalDpiX() / 72

    def _apply(self) -> None:
        scale = self.zoom * self._unit()
        for sheet in self.sheets:
            sheet.zoom(scale)
        self.zoom_changed.emit()

    def _tell_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        passed = [number for number, sheet in enumerate(self.sheets) if sheet.y() <= middle]
        self._current = passed[-1] if passed else 0
        self.page_changed.emit(self._current)

    def _shade(self) -> None:
        palette = self.palette()
        window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        desk = QPalette(palette)
        desk.setColor(QPalette.ColorRole.Window, mixed(window, text, 0.10))
        self.viewport().setPalette(desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the width fitted."""
        super().resizeEvent(event)
        if self.fits_width and self.sheets:
            self._apply()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last page; the rest scrolls as usual."""
        bar = self.verticalScrollBar()
        ends = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        if event.key() in ends:
            bar.setValue(ends[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the desktop into another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._shade()
