"""The highlight of what is chosen: one place is current, told by line, sign and field; the others by a thinner line."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ssc_hand.domain.anatomy import Site
from ssc_hand.ui.hand.layers import Hands, Stage
from ssc_hand.ui.hand.layout import Placement
from ssc_hand.ui.hand.painting import CHIP, Brushes, digit_box, value_box, value_point
from ssc_hand.ui.hand.picture import HandPicture
from ssc_hand.ui.hand.qt_path import painter_path

# Breadths of lines, in units of the drawing, and how much broader the ground beneath the current one is.
_CURRENT, _OTHER, _GROUND = 15.0, 8.0, 9.0
# The arrow at the root of a digit: how far before the knuckle it ends, how long and how broad it is.
_BEFORE, _LONG, _HALF_BREADTH = 12.0, 78.0, 34.0


@dataclass(frozen=True)
class Chosen:
    """What is highlighted."""

    sites: tuple[Site, ...] = ()
    #: Where the next entry goes: the one place that must not be mistaken.
    current: Site | None = None
    #: Whether anything can be entered; where not, the current place is one that was chosen, like the others.
    is_asked: bool = True

    def boxes(self, stage: Stage, hands: Hands) -> dict[Site, QRectF]:
        """What is highlighted, the current site last, and the part of the sheet that each takes."""
        ordered = [*(site for site in self.sites if site != self.current), self.current]
        return {site: _box_of(*_of(site, stage, hands), site) for site in ordered if site is not None and site.hand}

    def paint_under(self, painter: QPainter, stage: Stage, hands: Hands, within: QRectF) -> None:
        """What lies under the values, where it meets a part of the sheet."""
        for site, box in self.boxes(stage, hands).items():
            if box.intersects(within):
                paint = _paint_current if site == self.current and self.is_asked else _paint_other
                paint(painter, *_of(site, stage, hands), site, stage.brushes)

    def paint_over(self, painter: QPainter, stage: Stage, hands: Hands, within: QRectF) -> None:
        """What lies over the values: the field of the current site, where it meets a part of the sheet."""
        site = self.current
        if self.is_asked and site is not None and site.hand and self.boxes(stage, hands)[site].intersects(within):
            _paint_field(painter, *_of(site, stage, hands), site, stage.brushes)


def _of(site: Site, stage: Stage, hands: Hands) -> tuple[HandPicture, Placement]:
    assert site.hand is not None
    return hands[site.hand], stage.placements[site.hand]


def _box_of(hand: HandPicture, placement: Placement, site: Site) -> QRectF:
    """The part of the sheet that the highlight of a site takes."""
    if not site.digit:
        return placement.transform.mapRect(painter_path(hand.map.outline).controlPointRect()).adjusted(-20, -20, 20, 20)
    box = digit_box(hand, placement, site.of_digit) | value_box(hand, placement, site.of_digit)
    return box | placement.transform.mapRect(_arrow(hand, site).boundingRect()).adjusted(-20, -20, 20, 20)


def _paint_other(painter: QPainter, hand: HandPicture, placement: Placement, site: Site, brushes: Brushes) -> None:
    """The outline around a site that is chosen beside the current one: a digit, a phalanx, or the hand."""
    painter.save()
    painter.setTransform(placement.transform, combine=True)
    _wash(painter, hand, site, brushes)
    for path in _outlines(hand, site):
        _stroke(painter, path, brushes.colours.highlight, _OTHER)
    painter.restore()


def _paint_current(painter: QPainter, hand: HandPicture, placement: Placement, site: Site, brushes: Brushes) -> None:
    """The outline of the current site, and an arrow to it from the root of its digit."""
    colours = brushes.colours
    painter.save()
    painter.setTransform(placement.transform, combine=True)
    _wash(painter, hand, site, brushes)
    for path in _outlines(hand, site):
        _stroke(painter, path, colours.sheet, _CURRENT + _GROUND)
        _stroke(painter, path, colours.highlight, _CURRENT)
    if site.digit:
        arrow = _arrow(hand, site)
        _stroke(painter, arrow, colours.sheet, _GROUND)
        painter.fillPath(arrow, colours.highlight)
    painter.restore()


def _paint_field(painter: QPainter, hand: HandPicture, placement: Placement, site: Site, brushes: Brushes) -> None:
    """Over the values: a frame around the current digit's value, or an empty field where none is recorded."""
    if not site.digit or site.of_digit in hand.absent:
        return
    colours = brushes.colours
    field = CHIP.translated(value_point(hand, placement, site.of_digit))
    painter.save()
    painter.setPen(QPen(colours.highlight, 9))
    has_value = site.of_digit in hand.values
    painter.setBrush(Qt.BrushStyle.NoBrush if has_value else colours.sheet)
    painter.drawRoundedRect(field, 16, 16)
    painter.restore()


def _outlines(hand: HandPicture, site: Site) -> list[QPainterPath]:
    if site.of_digit in hand.boxes:
        return [painter_path(hand.map.digit_path(site))]
    return [] if site.digit else [painter_path(hand.map.outline)]


def _wash(painter: QPainter, hand: HandPicture, site: Site, brushes: Brushes) -> None:
    """A phalanx, or a hand, is tinted in its whole."""
    if site in hand.map.regions:
        wash = QColor(brushes.colours.highlight)
        wash.setAlpha(70)
        painter.fillPath(painter_path(hand.map.regions[site]), wash)


def _arrow(hand: HandPicture, site: Site) -> QPainterPath:
    """On the hand, before the knuckle, pointing along the digit."""
    (x0, y0), (x1, y1) = hand.map.axes[site.of_digit][0], hand.map.axes[site.of_digit][-1]
    length = hypot(x1 - x0, y1 - y0)
    along, across = QPointF(x1 - x0, y1 - y0) / length, QPointF(y0 - y1, x1 - x0) / length
    tip = QPointF(x0, y0) - along * _BEFORE
    base = tip - along * _LONG
    path = QPainterPath()
    path.addPolygon(
        QPolygonF([tip, base + across * _HALF_BREADTH, base + along * _LONG * 0.28, base - across * _HALF_BREADTH])
    )
    path.closeSubpath()
    return path


def _stroke(painter: QPainter, path: QPainterPath, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
