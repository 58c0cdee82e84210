"""Frames around a page: one where a change of layout ends, and one that scrolls what a small screen has no room for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class StillFrame(QWidget):
    """Holds one widget and has no layout of its own: there a change of layout ends, unless more room is needed.

    A tab widget paints all of its page again whenever anything on it asks to be arranged, even a label with another
    text; that is longer than one key may take.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """A frame around a widget, which it takes over."""
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self._needed = self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the content, as high as its texts are at this width."""
        least, layout = self._content.minimumSizeHint(), self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            least.setHeight(max(least.height(), layout.totalMinimumHeightForWidth(max(self.width(), least.width()))))
        return least

    def sizeHint(self) -> QSize:
        """That of the content."""
        return self._content.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Pass on that something was arranged only where the content needs another room."""
        if event.type() == QEvent.Type.LayoutRequest:
            needed = self.minimumSizeHint()
            if needed != self._needed:
                self._needed = needed
                self.updateGeometry()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fills the frame."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())


class ScrolledPage(QScrollArea):
    """Holds one widget with a layout; unlike a resizable scroll area it asks for the least height, not for the best."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        """A scroll area around a widget, which it takes over."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the keyboard, and is no stop of Tab itself
        self._content = content
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)
        self.setWidget(content)  # from now on what happens to it goes through `eventFilter`

    def minimumSizeHint(self) -> QSize:
        """Room for some lines: the rest can be scrolled to."""
        side = self.fontMetrics().height() * 12
        return QSize(side, side)

    def sizeHint(self) -> QSize:
        """That of the content."""
        return self._content.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content was arranged anew, and may need another room."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fills the area, unless it needs more."""
        super().resizeEvent(event)
        self._fit()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Whatever the keyboard goes to comes into sight, also where no Tab brought it there."""
        if self.verticalScrollBar().maximum() and now is not None and self._content.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def _fit(self) -> None:
        content, room = self._content, self.viewport().size()
        layout = content.layout()
        assert layout is not None
        least = layout.totalMinimumSize()
        width = max(room.width(), least.width())
        at_width = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
        content.resize(width, max(room.height(), least.height(), at_width))
