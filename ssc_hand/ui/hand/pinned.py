"""The side of a hand, named at the edge of the view where the hands are so large that its words are out of sight."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter

from ssc_hand.domain.anatomy import Hand
from ssc_hand.ui.hand.layers import Stage
from ssc_hand.ui.hand.layout import Placement
from ssc_hand.ui.hand.painting import Brushes, side_words

#: Height of the letters, in pixels.
_PINNED = 22
#: How far the side is named above the lower edge, in pixels: over the button that leads back to the whole hands.
_ABOVE_BUTTON = 86


def pinned_sides(stage: Stage, narrowest: float) -> dict[Hand, QRectF]:
    """The hands of which a part is seen without the words of their side, each with its part of the width.

    All in pixels; a part narrower than `narrowest` is left out.
    """
    seen = {}
    for hand, placement in stage.placements.items():
        title = stage.to_view.mapRect(placement.title)
        left, right = max(title.left(), 0.0), min(title.right(), float(stage.size.width()))
        if title.top() < 0 and right - left >= narrowest:
            # At the wrists, where no value stands, and above the way back to the whole hands.
            top = stage.size.height() - _ABOVE_BUTTON if placement.upright else 2
            seen[hand] = QRectF(left, top, right - left, 0)
    return seen


def paint_pinned_side(painter: QPainter, placement: Placement, column: QRectF, brushes: Brushes) -> None:
    """The side of a hand at the upper edge of `column`, where its own words are out of sight (all in pixels)."""
    font = QFont(brushes.font)
    font.setPixelSize(_PINNED)
    font.setBold(True)
    painter.setFont(font)
    words = side_words(placement.hand)
    size = QSizeF(painter.fontMetrics().horizontalAdvance(words) + 12, painter.fontMetrics().height() + 6)
    if size.width() > column.width():
        words = placement.hand.value
        size.setWidth(painter.fontMetrics().horizontalAdvance(words) + 12)
    box = QRectF(QPointF(column.center().x() - size.width() / 2, column.top()), size)
    painter.fillRect(box, brushes.colours.sheet)
    painter.setPen(brushes.colours.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
