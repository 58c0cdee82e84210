"""A word in a box: what must not be overlooked."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ssc_hand.ui.widgets import shades
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role


class Badge(PlainLabel):
    """A bold word with an edge of its own colour."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """A badge with this word."""
        super().__init__(text, parent, role=Role.WARNING)
        pad = self.fontMetrics().height() // 3
        self.setContentsMargins(pad, pad // 3, pad, pad // 3)

    def minimumSizeHint(self) -> QSize:
        """It is never cut short."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The edge, then the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(shades.alarm(self.palette()))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.end()
        super().paintEvent(event)
