"""Lettered marks of lesions on paper: the shape tells the kind, the filling the status, the outline new or old."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from reportlab.lib.colors import Color, HexColor, black, white
from reportlab.pdfgen.canvas import Canvas

from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.records import ENDED, UNEXAMINED
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.geometry.path import Point
from ssc_hand.geometry.spread import spread as spread_points
from ssc_hand.reports.text import Lettering, draw

#: Half the size of a mark, in points.
RADIUS = 5.2
_HALF_TONE: Color = HexColor(0xC8C8C8)
#: Corners of each kind's shape, where the first one points (degrees), and how much larger than a circle it is drawn
#: so that the letter fits; an ulcer is a circle.
_SHAPES = {
    LesionKind.PITTING_SCAR: (3, 90.0, 1.55),
    LesionKind.CALCINOSIS: (4, 90.0, 1.35),
    LesionKind.GANGRENE: (4, 45.0, 1.3),
    LesionKind.OTHER: (6, 90.0, 1.15),
}
#: A contracture is a cross: how far its arms reach and half their breadth, in halves of the mark.
_CROSS = (1.4, 0.72)
_RING = 1.85 * RADIUS
# Room that two marks keep between their middles, and that the rim of a mark keeps from the middle of a value.
_APART = 2.6 * RADIUS
_FROM_VALUE = 5.0


@dataclass(frozen=True)
class Look:
    """What a mark says, without its letter."""

    kind: LesionKind
    #: None where a legend explains the shape alone.
    status: Status | None
    new: bool = False
    exact: bool = True

    @property
    def reach(self) -> float:
        """How far the mark reaches from its middle, in points."""
        if not self.exact:
            return _RING
        return RADIUS + (1.9 if self.new else 0.5)

    @property
    def height(self) -> float:
        """How far the mark reaches up from its middle, in points: the corner of a triangle stands out."""
        _corners, _first, larger = _SHAPES.get(self.kind, (0, 0.0, 1.0))
        if self.kind is LesionKind.CONTRACTURE:
            larger = _CROSS[0]
        return max(self.reach, (RADIUS + (1.9 if self.new else 0.0)) * larger + 0.5)


@dataclass(frozen=True)
class Placed:
    """A mark with the point of the lesion and the place where there is room for the mark."""

    letter: str
    look: Look
    point: Point
    at: Point

    @property
    def is_moved(self) -> bool:
        """Whether the mark stands so far from its point that a line must lead there."""
        return hypot(self.at[0] - self.point[0], self.at[1] - self.point[1]) > 1.5


def look_of(each: LesionAt, *, first_visit: bool) -> Look:
    """How a lesion is drawn at a visit; at a first visit all are first recorded, and none is known to be new."""
    new = each.is_new and not first_visit
    return Look(each.lesion.kind, each.status, new=new, exact=each.lesion.is_exact)


def spread(marks: list[Placed], values: list[Point]) -> list[Placed]:
    """The marks moved apart from each other and from values until every letter can be read."""
    reaches = [mark.look.reach + _FROM_VALUE for mark in marks]
    places = spread_points([mark.at for mark in marks], _APART, reaches=reaches, off=values)
    return [replace(mark, at=place) for mark, place in zip(marks, places, strict=True)]


def draw_placed(canvas: Canvas, mark: Placed) -> None:
    """Draw a mark, and a line to its point where it had to be moved aside."""
    if mark.is_moved:
        canvas.setStrokeColor(black)
        canvas.setFillColor(black)
        canvas.setLineWidth(0.5)
        canvas.line(*mark.at, *mark.point)
        canvas.circle(*mark.point, 1.1, stroke=0, fill=1)
    draw_mark(canvas, mark.at, mark.letter, mark.look)


def draw_mark(canvas: Canvas, at: Point, letter: str, look: Look) -> None:
    """Draw a mark with its letter; new lesions have a double outline, a dotted ring says "about here"."""
    canvas.saveState()
    canvas.setStrokeColor(black)
    if not look.exact:
        _dotted_ring(canvas, at)
    if look.new:
        canvas.setLineWidth(0.6)
        canvas.setFillColor(white)
        _outline(canvas, at, look.kind, RADIUS + 1.9)
    fill, ink = _filling(look.status)
    canvas.setFillColor(fill)
    canvas.setLineWidth(0.9)
    if look.status in UNEXAMINED:
        canvas.setDash(1.6, 1.3)
    _outline(canvas, at, look.kind, RADIUS)
    canvas.setDash()
    if look.status in ENDED:
        _struck(canvas, at)
    canvas.setFillColor(ink)
    size = 7.0 if len(letter) == 1 else 5.2
    down = 0.9 if look.kind is LesionKind.PITTING_SCAR else 0.0
    draw(canvas, (at[0], at[1] - size * 0.36 - down), letter, Lettering(size, bold=True), align=0.5)
    canvas.restoreState()


def _filling(status: Status | None) -> tuple[Color, Color]:
    """The filling and the ink of the letter on it."""
    if status in (Status.ACTIVE, Status.PRESENT):
        return black, white
    return (_HALF_TONE, black) if status is Status.INDETERMINATE else (white, black)


def _outline(canvas: Canvas, at: Point, kind: LesionKind, radius: float) -> None:
    corners = _corners(kind, radius)
    if not corners:
        canvas.circle(*at, radius, stroke=1, fill=1)
        return
    path = canvas.beginPath()
    for number, (dx, dy) in enumerate(corners):
        (path.lineTo if number else path.moveTo)(at[0] + dx, at[1] + dy)
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _corners(kind: LesionKind, radius: float) -> list[Point]:
    """The corners of a kind's shape around its middle; none for a circle."""
    if kind is LesionKind.CONTRACTURE:
        long, half = (radius * part for part in _CROSS)
        quarter, found = [(-half, long), (half, long), (half, half)], []
        for _turn in range(4):
            found += quarter
            quarter = [(y, -x) for x, y in quarter]
        return found
    if kind not in _SHAPES:
        return []
    number, first, larger = _SHAPES[kind]
    angles = [(first + 360 * each / number) * pi / 180 for each in range(number)]
    return [(radius * larger * cos(angle), radius * larger * sin(angle)) for angle in angles]


def _struck(canvas: Canvas, at: Point) -> None:
    """A short stroke under the letter and over the outline: this one has ended."""
    x, y = at
    canvas.setLineWidth(0.9)
    canvas.line(x - RADIUS - 1.6, y - RADIUS - 1.6, x - RADIUS * 0.55, y - RADIUS * 0.55)
    canvas.line(x + RADIUS * 0.55, y + RADIUS * 0.55, x + RADIUS + 1.6, y + RADIUS + 1.6)


def _dotted_ring(canvas: Canvas, at: Point) -> None:
    canvas.saveState()
    canvas.setLineWidth(0.7)
    canvas.setLineCap(1)
    canvas.setDash([0.1, 1.9])
    canvas.circle(*at, _RING, stroke=1, fill=0)
    canvas.restoreState()
