"""EntryStrip: the path written out above the hands, with what is typed and what was settled last in large type."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolButton, QToolTip, QWidget

from ssc_hand.domain.derived import reading
from ssc_hand.domain.path import Stop
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.strip_accessible import StopButtons
from ssc_hand.ui.bedside.strip_painting import Line, StripPainter, chips_of
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import plain_tooltip

_GAP = 6


class EntryStrip(QWidget):
    """Shows where the path stands; a press on a digit goes there. It changes nothing by itself."""

    menu_requested = Signal(QPoint)  #: how the path goes, at this point of the screen

    def __init__(self, path: EntryPath, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._chips: list[tuple[QRect, Stop]] = []
        self._typed_over: tuple[QWidget, ...] = (self,)
        #: What the strip had no room for when it was painted last; hovering says it.
        self.left_out: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Path of entry"))
        self.menu_button = self._button("⋯", _("How the path goes over the digits"))
        self.menu_button.clicked.connect(self._on_menu_button_clicked)
        self.keys_button = self._button("F1", _("Map of keys (F1)"))
        self.keys_button.clicked.connect(path.map_wanted)
        self._buttons = StopButtons(path, self)
        self._buttons.stop_chosen.connect(self._go)
        path.changed.connect(self._on_path_changed)
        path.spoken.connect(self._announce)
        path.said.connect(self._announce)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def type_over(self, *widgets: QWidget) -> None:
        """Show a caret also while one of these has the keyboard, since what is typed over it goes to the path."""
        self._typed_over = (self, *widgets)
        cast(QApplication, QApplication.instance()).focusChanged.connect(self._on_focus_changed)

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed next goes to the path."""
        return any(widget.hasFocus() for widget in self._typed_over)

    @Slot()
    def _on_focus_changed(self) -> None:
        """Takes no widget: the one that loses the keyboard may be half gone."""
        self.update()

    # -- size ----------------------------------------------------------------------------------------------

    @property
    def _chip_height(self) -> int:
        return max(millimetres(self, TARGET_MM), StripPainter.chip_height(self.font()))

    def sizeHint(self) -> QSize:
        """Two lines: one in large type, one of chips."""
        return QSize(600, StripPainter.head_height(self.font()) + _GAP + self._chip_height + 2)

    def minimumSizeHint(self) -> QSize:
        """As high as ever, and as narrow as the chips can be read."""
        return QSize(300, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stay at the right end of the chips."""
        super().resizeEvent(event)
        side, at = self._chip_height, self.width()
        for button in (self.menu_button, self.keys_button):
            at -= side
            button.setGeometry(at, self.height() - side - 1, side, side)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text is another height."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.updateGeometry()

    # -- what is shown -------------------------------------------------------------------------------------

    @Slot()
    def _on_path_changed(self) -> None:
        line = Line.of(self._path)
        self.setAccessibleDescription(line.words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line in large type, and the chips beneath; with large text a question takes their place for a moment."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawn = StripPainter(painter, self.palette(), self.font())
        head = StripPainter.head_height(self.font())
        line = Line.of(self._path, has_keyboard=self.has_keyboard)
        if drawn.line(QRect(0, 0, self.width(), head), line):
            self._chips = drawn.chips(self._chip_area, chips_of(self._path))
        else:
            self._chips = []
            drawn.said(self._chip_area, line)
        self._buttons.place(self._chips)
        if self.hasFocus():
            drawn.focus(self.rect())
        self.left_out = tuple(drawn.left_out)
        painter.end()

    @property
    def _chip_area(self) -> QRect:
        top = StripPainter.head_height(self.font()) + _GAP
        return QRect(0, top, self.keys_button.x() - _GAP, self._chip_height)

    def chip_rect(self, stop: Stop) -> QRect:
        """Where a stop of the current measure is drawn; empty where it is not."""
        return next((rect for rect, each in self._chips if each == stop), QRect())

    def _stop_at(self, point: QPoint) -> Stop | None:
        return next((stop for rect, stop in self._chips if rect.contains(point)), None)

    def event(self, event: QEvent) -> bool:
        """Hover names the digit and its value, or says the large line where it is not all there."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            stop, visit = self._stop_at(event.pos()), self._path.visit
            found = reading(visit, stop.site, stop.measure) if stop and visit else None
            words = f"{stop.name}: {found.words if found else _('not recorded')}" if stop else ""
            if not words and self.left_out:
                words = Line.of(self._path).words
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    # -- what is done --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the digit that is pressed; what is typed is settled first."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(self._stop_at(event.position().toPoint()))

    @Slot(object)
    def _go(self, stop: Stop | None) -> None:
        if stop in self._path.stops and self._path.can_edit:
            self._path.settle()
            self._path.go(stop)

    @Slot()
    def _on_menu_button_clicked(self) -> None:
        self.menu_requested.emit(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    @Slot(str)
    def _announce(self, words: str) -> None:
        """Tell a screen reader; what is said next takes its place in time by itself."""
        if words:
            spoken = QAccessibleAnnouncementEvent(self, words)
            spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(spoken)
