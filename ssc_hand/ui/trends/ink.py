"""How a chart is dressed on screen: colours from the palette, dashes, and a symbol for each kind of point."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPalette, QPolygonF, QTransform

from ssc_hand.charts.colour import BLACK, WHITE
from ssc_hand.charts.scales import Ground, line_colour
from ssc_hand.charts.spec import Mark
from ssc_hand.ui.theme import ground, mixed

#: How neighbours are joined that stand on different digits.
BRIDGE = Qt.PenStyle.DotLine
#: How a published limit is drawn.
LEVEL = Qt.PenStyle.DashDotLine
_SOLID, _DASHED = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
#: Lines 0 to 4 are solid (right hand), 5 to 9 dashed (left hand).
_PER_HAND = 5


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a chart, all from one palette."""

    ground: Ground
    sheet: QColor
    text: QColor
    muted: QColor
    grid: QColor
    limit: QColor
    procedure: QColor

    @classmethod
    def of(cls, palette: QPalette) -> Ink:
        """The colours for a palette, light or dark."""
        base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        return cls(
            ground=ground(palette),
            sheet=base,
            text=text,
            muted=mixed(base, text, 0.68),
            grid=mixed(base, text, 0.13),
            limit=mixed(base, text, 0.75),
            procedure=mixed(base, text, 0.55),
        )

    def line(self, style: int) -> QColor:
        """The colour of a line: by the digit, so that both hands' index fingers are kin."""
        return QColor(line_colour(style % _PER_HAND, self.ground))


def paper_palette() -> QPalette:
    """Black on white, for pictures that leave the program."""
    palette = QPalette(QColor(WHITE))
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, QColor(WHITE))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(role, QColor(BLACK))
    return palette


#: Width of each symbol on a chart, in pixels.
SIZES = {Mark.VALUE: 9, Mark.AT_LEAST: 23, Mark.BEYOND: 15, Mark.NOT_ASSESSED: 9}


def faint(colour: QColor) -> QColor:
    """The same colour, stepping back."""
    paler = QColor(colour)
    paler.setAlphaF(0.6)
    return paler


def dash(style: int) -> Qt.PenStyle:
    """Solid for the right hand, dashed for the left."""
    return _SOLID if style < _PER_HAND else _DASHED


@cache
def symbol(style: int, mark: Mark) -> QPainterPath:
    """The outline of a point, one unit wide around (0, 0): a shape per digit, or what is special about the value."""
    if mark is Mark.NOT_ASSESSED:
        return _cross()
    if mark is Mark.BEYOND:
        return _arrow_to_a_bar()
    path = _SHAPES[style % _PER_HAND]()
    if mark is Mark.AT_LEAST:
        # All of it within one unit, since what sticks out is cut off; the shape stays on the value.
        path = QTransform.fromScale(0.4, 0.4).map(path)
        path.addPath(_polygon((-0.22, -0.33), (0, -0.49), (0.22, -0.33), (0.22, -0.3), (0, -0.46), (-0.22, -0.3)))
    return path


def _disc() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(-0.5, -0.5, 1, 1))
    return path


def _polygon(*points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path


def _square() -> QPainterPath:
    return _polygon((-0.45, -0.45), (0.45, -0.45), (0.45, 0.45), (-0.45, 0.45))


def _triangle() -> QPainterPath:
    return _polygon((0, -0.58), (0.56, 0.42), (-0.56, 0.42))


def _diamond() -> QPainterPath:
    return _polygon((0, -0.62), (0.55, 0), (0, 0.62), (-0.55, 0))


def _star() -> QPainterPath:
    corners = []
    for at in range(10):
        radius = 0.64 if at % 2 == 0 else 0.3
        angle = math.pi * at / 5 - math.pi / 2
        corners.append((radius * math.cos(angle), radius * math.sin(angle)))
    return _polygon(*corners)


_SHAPES = (_disc, _square, _triangle, _diamond, _star)


def _cross() -> QPainterPath:
    path = QPainterPath()
    for rise in (1, -1):
        path.moveTo(-0.42, -0.42 * rise)
        path.lineTo(0.42, 0.42 * rise)
    return path


def _arrow_to_a_bar() -> QPainterPath:
    path = _polygon((-0.6, -0.62), (0.6, -0.62), (0.6, -0.46), (-0.6, -0.46))
    path.addPath(_polygon((0, -0.4), (0.56, 0.2), (0.2, 0.2), (0.2, 0.62), (-0.2, 0.62), (-0.2, 0.2), (-0.56, 0.2)))
    return path
