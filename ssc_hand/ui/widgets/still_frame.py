"""A frame whose content may arrange itself anew without everything around it being arranged and painted again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


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
        self._needed = content.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """That of the content."""
        return self._content.minimumSizeHint()

    def sizeHint(self) -> QSize:
        """That of the content."""
        return self._content.sizeHint()

    def event(self, event: QEvent) -> bool:
        """Pass on that something was arranged only where the content needs another room."""
        if event.type() == QEvent.Type.LayoutRequest:
            needed = self._content.minimumSizeHint()
            if needed != self._needed:
                self._needed = needed
                self.updateGeometry()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The content fills the frame."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
