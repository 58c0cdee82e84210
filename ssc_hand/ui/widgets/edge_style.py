"""Frames that are seen where the desktop's colours leave none, as on a palette of pure black and white."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from ssc_hand.ui.widgets.shades import hides_frames, mixed

#: Of the colour of text in a frame: 3 against the ground is what WCAG 2.2 asks of an edge (success criterion 1.4.11).
_SHARE = 0.6
_FRAMES = frozenset(
    {
        QStyle.PrimitiveElement.PE_FrameLineEdit,
        QStyle.PrimitiveElement.PE_Frame,
        QStyle.PrimitiveElement.PE_PanelButtonCommand,
        QStyle.PrimitiveElement.PE_PanelButtonTool,
        QStyle.PrimitiveElement.PE_IndicatorCheckBox,
    }
)


class EdgeStyle(QProxyStyle):
    """Fusion with a line around whatever is typed into or pressed; used only where it is needed, for it costs time."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(  # noqa: N802 - overrides Qt's
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw as Fusion does, then the line."""
        super().drawPrimitive(element, option, painter, widget)
        if element in _FRAMES and hides_frames(option.palette):
            painter.save()
            painter.setPen(QPen(_edge(option), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.restore()


def _edge(option: QStyleOption) -> QColor:
    roles = QPalette.ColorRole
    if option.state & QStyle.StateFlag.State_HasFocus:
        return option.palette.color(roles.Highlight)
    return mixed(option.palette.color(roles.Text), option.palette.color(roles.Base), _SHARE)
