"""Paints a hand: skin, shades, lines, values, marks; the same for the large view and the thumbnail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPalette, QPen

from ssc_hand.charts.scales import Pattern, Shade
from ssc_hand.domain.anatomy import DIGITS, Hand, Site
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.geometry.spread import spread
from ssc_hand.geometry.stump import End
from ssc_hand.i18n import _
from ssc_hand.ui.hand.layout import Placement
from ssc_hand.ui.hand.marks import RADIUS, draw_mark, reach
from ssc_hand.ui.hand.picture import DigitValue, HandPicture
from ssc_hand.ui.hand.qt_path import painter_path
from ssc_hand.ui.theme import HandColours

_VALUE = 46
CHIP = QRectF(-66, -31, 132, 62)
# In units of the drawing: room that the rim of a mark keeps from a value; how near a mark counts as on its point;
# half the breadth of the word at a lost digit.
_FROM_VALUE = 34.0
_STAYED = 12.0
#: How far a mark of the visit before is drawn to the right and down where one of today lies on its point.
_ASIDE = 0.85 * RADIUS
_HALF_A_NOTE = 78.0
# In the same units: how far the word at a stump stands from the middle of the value; half of all that a mark takes.
_WITH_NOTE = 50.0
_MARK = 62.0


@dataclass(frozen=True)
class Brushes:
    """What a painter needs beside the picture."""

    palette: QPalette
    font: QFont

    @cached_property
    def colours(self) -> HandColours:
        """The colours of the hand for this palette."""
        return HandColours(self.palette)


def paint_skin(painter: QPainter, hand: HandPicture, placement: Placement, brushes: Brushes) -> None:
    """What lies under the shades of the values: the same whatever is recorded."""
    colours = brushes.colours
    painter.save()
    painter.setTransform(placement.transform, combine=True)
    _leave_out(painter, hand)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.skin)
    painter.drawPath(painter_path(hand.map.outline))
    painter.setBrush(colours.shadow)
    painter.setOpacity(0.35)
    for path in hand.map.shades:
        painter.drawPath(painter_path(path))
    painter.restore()


def paint_shades(painter: QPainter, hand: HandPicture, placement: Placement, within: QRectF) -> None:
    """The colours of the values, of the digits that reach into a part of the sheet."""
    painter.save()
    painter.setTransform(placement.transform, combine=True)
    _leave_out(painter, hand)
    for site, value in hand.values.items():
        if digit_box(hand, placement, site).intersects(within):
            _fill_digit(painter, hand, site, value.shade)
    painter.restore()


def paint_lines(painter: QPainter, hand: HandPicture, placement: Placement, brushes: Brushes) -> None:
    """What lies over the shades: nails, creases, contour, stumps; the same whatever is recorded."""
    painter.save()
    painter.setTransform(placement.transform, combine=True)
    painter.save()
    _leave_out(painter, hand)
    _draw_lines(painter, hand, brushes.colours)
    painter.restore()
    painter.setPen(_outline_pen(brushes.colours))
    for end in hand.ends.values():
        painter.drawPath(painter_path(end.line))
    painter.restore()


def _leave_out(painter: QPainter, hand: HandPicture) -> None:
    """Nothing is drawn beyond a cut through a bone."""
    gone = [painter_path(end.beyond) for end in hand.ends.values() if end.beyond is not None]
    if gone:
        left = QPainterPath()
        left.addRect(QRectF(0, 0, *hand.map.size))
        for path in gone:
            left -= path
        painter.setClipPath(left, Qt.ClipOperation.IntersectClip)


def _outline_pen(colours: HandColours) -> QPen:
    return QPen(colours.line, 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _fill_digit(painter: QPainter, hand: HandPicture, site: Site, shade: Shade) -> None:
    if site not in hand.boxes:
        return
    path = painter_path(hand.map.digit_path(site))
    if shade.fill:
        painter.fillPath(path, QColor(shade.fill))
    brush = pattern_brush(shade)
    if brush is not None:
        painter.fillPath(path, brush)


def pattern_brush(shade: Shade) -> QBrush | None:
    """Hatching for "could not be assessed", dots for "not scored", a cross-hatch past the end of the scale."""
    styles = {
        Pattern.HATCH: Qt.BrushStyle.BDiagPattern,
        Pattern.DOTS: Qt.BrushStyle.Dense6Pattern,
        Pattern.BEYOND: Qt.BrushStyle.DiagCrossPattern,
    }
    style = styles.get(shade.pattern)
    return None if style is None else QBrush(QColor(shade.ink), style)


def _draw_lines(painter: QPainter, hand: HandPicture, colours: HandColours) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.crease, 2.2, c=Qt.PenCapStyle.RoundCap))
    for crease in hand.map.creases:
        painter.drawPath(painter_path(crease))
    painter.setPen(QPen(colours.crease, 2.4))
    painter.setBrush(colours.nail)
    for nail in hand.map.nails.values():
        painter.drawPath(painter_path(nail))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colours.crease, 1.4))
    for lunula in hand.map.lunulae.values():
        painter.drawPath(painter_path(lunula))
    painter.setPen(QPen(colours.crease, 2, Qt.PenStyle.DotLine))
    for site, edge in hand.map.edges.items():
        if site in hand.map.regions:
            painter.drawPath(painter_path(edge))
    painter.setPen(_outline_pen(colours))
    painter.drawPath(painter_path(hand.map.contour))


def paint_words(painter: QPainter, hand: HandPicture, placement: Placement, within: QRectF, brushes: Brushes) -> None:
    """The side in words, values and marks that reach into a part of the sheet: upright, however the hand lies."""
    if placement.title.intersects(within):
        _paint_side(painter, placement, brushes)
    for site, value in hand.values.items():
        at = value_point(hand, placement, site)
        if not value_box(hand, placement, site).intersects(within):
            continue
        _paint_value(painter, at, value, brushes)
        if value.is_stump:
            outward = -54 if placement.upright else 54
            _paint_note(painter, at + QPointF(0, outward), _("stump"), brushes)
    for site in hand.absent:
        _paint_absent(painter, hand.ends[site], placement, brushes)
    _paint_marks(painter, hand, placement, within, brushes)


def digit_box(hand: HandPicture, placement: Placement, site: Site) -> QRectF:
    """The part of the sheet that the shape of a digit takes; empty where nothing of it is left."""
    if site not in hand.boxes:
        return QRectF()
    left, top, right, bottom = hand.boxes[site]
    return placement.transform.mapRect(QRectF(left, top, right - left, bottom - top))


def value_box(hand: HandPicture, placement: Placement, site: Site) -> QRectF:
    """The part of the sheet that the value of a digit takes, with its flag and the word at a stump."""
    return CHIP.translated(value_point(hand, placement, site)).adjusted(-20, -_WITH_NOTE, 20, _WITH_NOTE)


def mark_box(at: QPointF) -> QRectF:
    """The part of the sheet that a mark at a point takes, with its rings and badges."""
    return QRectF(at.x() - _MARK, at.y() - _MARK, 2 * _MARK, 2 * _MARK)


def side_words(hand: Hand) -> str:
    """Whose hand it is, by the patient's side."""
    return _("patient's RIGHT") if hand is Hand.RIGHT else _("patient's LEFT")


def _paint_side(painter: QPainter, placement: Placement, brushes: Brushes) -> None:
    letter = placement.hand.value
    words = side_words(placement.hand)
    big, small = QFont(brushes.font), QFont(brushes.font)
    big.setPixelSize(92)
    big.setBold(True)
    small.setPixelSize(46)
    small.setBold(True)
    painter.setPen(brushes.colours.text)
    box = placement.title
    painter.setFont(big)
    letter_width = painter.fontMetrics().horizontalAdvance(letter)
    painter.setFont(small)
    width = letter_width + 26 + painter.fontMetrics().horizontalAdvance(words)
    left = box.center().x() - width / 2
    align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(big)
    painter.drawText(QRectF(left, box.top(), letter_width + 10, box.height()), align, letter)
    painter.setFont(small)
    painter.drawText(QRectF(left + letter_width + 26, box.top() + 10, width, box.height() - 10), align, words)


def value_point(hand: HandPicture, placement: Placement, site: Site) -> QPointF:
    """Just beyond the end of the digit, where nothing of the hand is covered."""
    end = hand.ends.get(site)
    return placement.to_sheet(*(end.label if end else hand.map.tip_anchor(site)))


def _paint_value(painter: QPainter, at: QPointF, value: DigitValue, brushes: Brushes) -> None:
    colours = brushes.colours
    painter.save()
    painter.translate(at)
    painter.setPen(QPen(colours.line, 3))
    painter.setBrush(QColor(value.shade.fill) if value.shade.fill else colours.sheet)
    painter.drawRoundedRect(CHIP, 16, 16)
    if brush := pattern_brush(value.shade):
        faint = QColor(brush.color())
        faint.setAlpha(70)
        brush.setColor(faint)
        painter.setBrush(brush)
        painter.drawRoundedRect(CHIP, 16, 16)
    font = QFont(brushes.font)
    font.setPixelSize(_VALUE)
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(value.shade.ink) if value.shade.fill else colours.text)
    painter.drawText(CHIP, Qt.AlignmentFlag.AlignCenter, value.text)
    if value.is_marked:
        flag = QPainterPath()
        flag.addEllipse(QPointF(CHIP.right() - 4, CHIP.top() + 4), 13, 13)
        painter.setPen(QPen(colours.sheet, 3))
        painter.setBrush(colours.text)
        painter.drawPath(flag)
    painter.restore()


def _paint_absent(painter: QPainter, end: End, placement: Placement, brushes: Brushes) -> None:
    """Beyond the end, and where that points aside, far enough that the word does not lie on the hand."""
    at = placement.to_sheet(*end.label)
    way = at - placement.to_sheet(*end.middle)
    aside = way.x() / (hypot(way.x(), way.y()) or 1)
    _paint_note(painter, at + QPointF(aside * _HALF_A_NOTE, 0), _("amputated"), brushes)


def _paint_note(painter: QPainter, at: QPointF, words: str, brushes: Brushes) -> None:
    """A small word in a halo of the sheet, so that it is read also where it meets a line."""
    font = QFont(brushes.font)
    font.setPixelSize(32)
    path = QPainterPath()
    path.addText(0, 0, font, words)
    path.translate(at - path.boundingRect().center())
    painter.save()
    painter.setBrush(brushes.colours.sheet)
    painter.setPen(QPen(brushes.colours.sheet, 9, j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)
    painter.fillPath(path, brushes.colours.text)
    painter.restore()


def mark_points(hand: HandPicture, placement: Placement) -> dict[str, QPointF]:
    """Where the marks of lesions stand, by lesion id: at their points, parted where one would cover another."""
    points = [_lesion_point(hand, placement, found) for found in hand.lesions]
    reaches = [reach(found, is_new=_is_new(hand, found)) + _FROM_VALUE for found in hand.lesions]
    values = [value_point(hand, placement, site) for site in hand.values]
    off = [(at.x() + aside, at.y()) for at in values for aside in (-CHIP.width() / 4, 0.0, CHIP.width() / 4)]
    places = spread([(at.x(), at.y()) for at in points], 2.4 * RADIUS, reaches=reaches, off=off)
    return {found.lesion.id: QPointF(*at) for found, at in zip(hand.lesions, places, strict=True)}


def _lesion_point(hand: HandPicture, placement: Placement, found: LesionAt) -> QPointF:
    """The exact point of a lesion, or the middle of its site."""
    lesion = found.lesion
    if lesion.x is not None and lesion.y is not None:
        return placement.to_sheet(*hand.map.point(lesion.x, lesion.y))
    if lesion.site in hand.map.regions or lesion.site in DIGITS:
        return placement.to_sheet(*hand.map.centre_of(lesion.site))
    return placement.to_sheet(*hand.map.badge)


def lesion_box(hand: HandPicture, placement: Placement, found: LesionAt, at: QPointF) -> QRectF:
    """The part of the sheet that the mark of a lesion takes, with the line to its point."""
    return mark_box(at) | mark_box(_lesion_point(hand, placement, found))


def _paint_marks(painter: QPainter, hand: HandPicture, placement: Placement, within: QRectF, brushes: Brushes) -> None:
    today = [_lesion_point(hand, placement, found) for found in hand.lesions] if hand.previous_lesions else []
    for found in hand.previous_lesions:
        at = _beside(_lesion_point(hand, placement, found), today)
        if mark_box(at).intersects(within):
            painter.save()
            painter.translate(at)
            draw_mark(painter, found, brushes.palette, font=brushes.font, is_previous=True)
            painter.restore()
    places = mark_points(hand, placement)
    near = [
        each for each in hand.lesions if lesion_box(hand, placement, each, places[each.lesion.id]).intersects(within)
    ]
    for found in near:
        _paint_lead(painter, _lesion_point(hand, placement, found), places[found.lesion.id], brushes)
    for found in near:
        painter.save()
        painter.translate(places[found.lesion.id])
        draw_mark(painter, found, brushes.palette, font=brushes.font, is_new=_is_new(hand, found))
        painter.restore()


def _beside(point: QPointF, today: Sequence[QPointF]) -> QPointF:
    """Where the mark of the visit before stands: aside where one of today would cover it."""
    is_covered = any((at - point).manhattanLength() < RADIUS for at in today)
    return point + QPointF(_ASIDE, _ASIDE) if is_covered else point


def _is_new(hand: HandPicture, found: LesionAt) -> bool:
    return found.is_new and not hand.is_first


def _paint_lead(painter: QPainter, point: QPointF, at: QPointF, brushes: Brushes) -> None:
    """A line from a mark that had to give way to the point of its lesion."""
    if (at - point).manhattanLength() < _STAYED:
        return
    painter.setPen(QPen(brushes.colours.text, 3))
    painter.drawLine(at, point)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brushes.colours.text)
    painter.drawEllipse(point, 6, 6)
