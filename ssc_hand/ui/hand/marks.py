"""Marks of lesions: the shape tells kind and status, the outline new or old, the letter which one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.records import Lesion
from ssc_hand.domain.vocabulary import Judgement, LesionKind, Status
from ssc_hand.ui.theme import HandColours, alarm

#: Half the size of a mark, in units of the drawing.
RADIUS = 29.0
_LETTER = 36.0
#: The ring of an approximate point, in halves of the mark; how far outside the second outline of a new lesion runs.
_RING = 1.75
_NEW = 9.0


def mark_shape(kind: LesionKind, radius: float = RADIUS) -> QPainterPath:
    """Ulcer: circle. Scar: triangle. Calcinosis: diamond. Gangrene: square. Contracture: cross. Other: hexagon."""
    path = QPainterPath()
    r = radius
    corners = {
        LesionKind.PITTING_SCAR: [(0, -r * 1.25), (-r * 1.25, r * 0.85), (r * 1.25, r * 0.85)],
        LesionKind.CALCINOSIS: [(0, -r * 1.1), (r * 1.1, 0), (0, r * 1.1), (-r * 1.1, 0)],
        LesionKind.GANGRENE: [(-r * 0.9, -r * 0.9), (r * 0.9, -r * 0.9), (r * 0.9, r * 0.9), (-r * 0.9, r * 0.9)],
        LesionKind.CONTRACTURE: _cross(r * 1.25, r * 0.6),
        LesionKind.OTHER: [(r * 0.5, -r), (r, 0), (r * 0.5, r), (-r * 0.5, r), (-r, 0), (-r * 0.5, -r)],
    }.get(kind)
    if corners is None:
        path.addEllipse(QPointF(0, 0), r, r)
    else:
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    return path


def _cross(r: float, half: float) -> list[tuple[float, float]]:
    """The corners of a cross as long as `r` from its middle, with arms of twice `half` in breadth."""
    quarter = [(-half, -r), (half, -r), (half, -half)]
    corners = []
    for _turn in range(4):
        corners += quarter
        quarter = [(-y, x) for x, y in quarter]
    return corners


def reach(found: LesionAt, *, is_new: bool) -> float:
    """How far the mark of a lesion reaches from its middle, in units of the drawing."""
    if not found.lesion.is_exact:
        return RADIUS * _RING
    return RADIUS + (_NEW if is_new else 0) + 3


def draw_mark(
    painter: QPainter,
    found: LesionAt,
    palette: QPalette,
    *,
    font: QFont,
    is_new: bool = False,
    is_previous: bool = False,
) -> None:
    """Draw a lesion's mark around the origin.

    Filled: open. Half filled: indeterminate. Hollow: healed or resolved, or (`is_previous`) of the visit before.
    Dashed outline: not examined today. Double outline: new at this visit. Broken ring: its point is approximate.
    """
    colours = HandColours(palette)
    fill, ink = alarm(palette) if found.lesion.kind in (LesionKind.ULCER, LesionKind.GANGRENE) else _quiet(colours)
    shape = mark_shape(found.lesion.kind)
    status = found.status
    is_filled = status in (Status.ACTIVE, Status.PRESENT) and not is_previous
    pen = QPen(fill, 5)
    if status in (Status.NOT_SEEN, Status.NOT_REEXAMINED):
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(QBrush(fill if is_filled else colours.sheet))
    painter.drawPath(shape)
    letter_ink = ink if is_filled else fill
    if status is Status.INDETERMINATE and not is_previous:
        _half(painter, shape, fill)
        letter_ink = colours.text
    if is_new:
        painter.setPen(QPen(fill, 3.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mark_shape(found.lesion.kind, RADIUS + _NEW))
    if not found.lesion.is_exact:
        _broken_ring(painter, fill)
    _letter(painter, found.lesion, letter_ink, font, colours.sheet if letter_ink is colours.text else None)
    if found.state.infection is Judgement.YES:
        _infection_flag(painter, fill, ink, font)


def _quiet(colours: HandColours) -> tuple[QColor, QColor]:
    return colours.text, colours.sheet


def _half(painter: QPainter, shape: QPainterPath, fill: QColor) -> None:
    painter.save()
    painter.setClipRect(QRectF(-RADIUS * 2, 0, RADIUS * 4, RADIUS * 2))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawPath(shape)
    painter.restore()


def _broken_ring(painter: QPainter, colour: QColor) -> None:
    painter.setPen(QPen(colour, 3, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(0, 0), RADIUS * _RING, RADIUS * _RING)


def _letter(painter: QPainter, lesion: Lesion, ink: QColor, font: QFont, halo: QColor | None) -> None:
    letter, kind = lesion.letter, lesion.kind
    sized = QFont(font)
    sized.setPixelSize(round(_LETTER if len(letter) == 1 else _LETTER * 0.75))
    sized.setBold(True)
    path = QPainterPath()
    path.addText(0, 0, sized, letter)
    box = path.boundingRect()
    path.translate(-box.center())
    if kind is LesionKind.PITTING_SCAR:
        path.translate(0, RADIUS * 0.22)  # the middle of a triangle lies below the middle of its box
    if halo is not None:
        painter.setPen(QPen(halo, 7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(path)


def _infection_flag(painter: QPainter, fill: QColor, ink: QColor, font: QFont) -> None:
    """An exclamation mark in a small badge: the clinician said infected."""
    at = QPointF(RADIUS * 0.95, -RADIUS * 0.95)
    painter.setPen(QPen(ink, 3))
    painter.setBrush(fill)
    painter.drawEllipse(at, 15, 15)
    sized = QFont(font)
    sized.setPixelSize(26)
    sized.setBold(True)
    painter.setFont(sized)
    painter.setPen(ink)
    painter.drawText(QRectF(at.x() - 15, at.y() - 16, 30, 32), Qt.AlignmentFlag.AlignCenter, "!")
