"""Lines, points and words over a picture: light with a dark edge, so that they are seen on any skin and in grey."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF

from ssc_hand.charts.colour import BLACK, WHITE
from ssc_hand.ui.theme import mixed

_EDGE, _LINE = 4.0, 1.8
_RING, _DOT, _CROSS = 5.0, 2.2, 11.0


def line(painter: QPainter, points: Sequence[QPointF], *, is_closed: bool = False) -> None:
    """A line through the points."""
    shape = QPolygonF(list(points))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((BLACK, _EDGE), (WHITE, _LINE)):
        painter.setPen(_pen(colour, width))
        if is_closed:
            painter.drawPolygon(shape)
        else:
            painter.drawPolyline(shape)


def ring(painter: QPainter, at: QPointF) -> None:
    """A point that was set; what lies under it stays visible."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((BLACK, _EDGE), (WHITE, _LINE)):
        painter.setPen(_pen(colour, width))
        painter.drawEllipse(at, _RING, _RING)


def dot(painter: QPainter, at: QPointF) -> None:
    """One of many points."""
    painter.setPen(_pen(BLACK, 1.0))
    painter.setBrush(QColor(WHITE))
    painter.drawEllipse(at, _DOT, _DOT)


def surround(palette: QPalette) -> QColor:
    """What lies around a picture: neither as light nor as dark as anything in it, on light and dark windows."""
    return mixed(palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text), 0.28)


def cross(painter: QPainter, at: QPointF) -> None:
    """Where the next point will be set."""
    for reach in (QPointF(_CROSS, 0), QPointF(0, _CROSS)):
        line(painter, [at - reach, at + reach])


def plate(painter: QPainter, at: QPointF, words: str) -> None:
    """Words on a dark plate around a point."""
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(words) + 10, metrics.height() + 4)
    box.moveCenter(at)
    ground = QColor(BLACK)
    ground.setAlphaF(0.78)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QColor(WHITE))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _pen(colour: str, width: float) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
