"""Both hands, back and palm, as vectors from the same shapes as the screen, with lettered lesions and values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from ssc_hand.domain.anatomy import Aspect, Hand, Phalanx, Site
from ssc_hand.domain.records import Amputation
from ssc_hand.geometry import stump
from ssc_hand.geometry.hand_map import HandMap, load
from ssc_hand.geometry.path import Path, Point
from ssc_hand.i18n import _
from ssc_hand.reports.marks import RADIUS, Look, Placed, draw_placed, spread
from ssc_hand.reports.styles import INK, QUIET
from ssc_hand.reports.text import Lettering, draw, width

_CONTOUR, _CREASE, _NAIL = HexColor(0x303030), HexColor(0x8C8C8C), HexColor(0x9A9A9A)
_GAP = 13.0
_BETWEEN_VIEWS = 18.0
_TITLE = 13.0
_NAME = 15.0
_VALUE = Lettering(7.6)
_MARKED = Lettering(7.6, bold=True)
#: In points: half the height of a value, the room between it and the skin, and how far it gives way to marks.
_HALF_A_LINE = 3.0
_CLEAR = 3.0
_MOST_ASIDE = 12
#: The forearm is of no interest: the picture ends here (fraction of the drawing's height).
_CUT_AT = 0.955


@dataclass(frozen=True, kw_only=True)
class DigitValue:
    """What is written beyond the end of a digit; a marked value lies beyond a published limit."""

    text: str
    marked: bool


@dataclass(frozen=True, kw_only=True)
class LesionMark:
    """A lesion to draw; the point is in fractions of the right hand's box, None where it is not known."""

    letter: str
    look: Look
    site: Site
    aspect: Aspect
    point: Point | None


@dataclass(frozen=True, kw_only=True)
class View:
    """One aspect of both hands: what its values are, and the values by digit."""

    aspect: Aspect
    caption: str
    values: Mapping[Site, DigitValue]


@dataclass(frozen=True, kw_only=True)
class HandsPicture:
    """Everything that the figure shows; `facing` turns the whole picture, texts stay upright."""

    views: tuple[View, ...]
    lesions: tuple[LesionMark, ...]
    amputations: Mapping[Site, Amputation]
    facing: bool


class HandsFigure(Flowable):
    """The hands side by side over the whole width of the text."""

    def __init__(self, picture: HandsPicture, room: float) -> None:
        super().__init__()
        self._picture = picture
        between = _BETWEEN_VIEWS * (len(picture.views) - 1) + _GAP * len(picture.views)
        self._hand_width = (room - between) / (2 * len(picture.views))
        size = load(Aspect.DORSAL, Hand.RIGHT).size
        self._scale = self._hand_width / size[0]
        self.width = room
        self.height = size[1] * _CUT_AT * self._scale + _TITLE + _NAME

    def wrap(self, *_room: float) -> tuple[float, float]:
        """The room it takes, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw every view."""
        for number, view in enumerate(self._picture.views):
            left = number * (2 * self._hand_width + _GAP + _BETWEEN_VIEWS)
            _draw_caption(self.canv, (left, self.height - 8), view)
            for hand in Hand:
                self._draw_hand(view, hand, left)

    def _draw_hand(self, view: View, hand: Hand, left: float) -> None:
        # Fingers up, a person's own left hand lies at the left; facing that person, it lies at the right.
        at_left = (hand is Hand.LEFT) != self._picture.facing
        x = left + (0 if at_left else self._hand_width + _GAP)
        height = self.height - _TITLE - _NAME
        place = _Placement(
            origin=(x, _NAME if not self._picture.facing else 0.0),
            scale=self._scale,
            size=(self._hand_width, height),
            facing=self._picture.facing,
        )
        name_y = 3.0 if not self._picture.facing else height + 4.0
        words = _("{side} hand").format(side=hand.label.upper())
        hand_map = load(view.aspect, hand)
        middle = place.point(hand_map.badge)[0]
        self.canv.setFillColor(INK)
        draw(self.canv, (middle, name_y), words, Lettering(9.6, bold=True), align=0.5)
        _Drawer(self.canv, place, hand_map, self._picture).draw(view)


@dataclass(frozen=True, kw_only=True)
class _Placement:
    """From units of the drawing to points of the page."""

    origin: Point
    scale: float
    size: tuple[float, float]
    facing: bool

    def point(self, point: Point) -> Point:
        x, y = point[0] * self.scale, point[1] * self.scale
        if self.facing:
            return self.origin[0] + self.size[0] - x, self.origin[1] + y
        return self.origin[0] + x, self.origin[1] + self.size[1] - y


def path_on(path: Path, place: Callable[[Point], Point]) -> PDFPathObject:
    """A path of the drawing as a path of the page."""
    drawn = PDFPathObject()
    for command, numbers in path.segments:
        points = [place((numbers[at], numbers[at + 1])) for at in range(0, len(numbers), 2)]
        if command == "M":
            drawn.moveTo(*points[0])
        elif command == "L":
            drawn.lineTo(*points[0])
        elif command == "C":
            drawn.curveTo(*points[0], *points[1], *points[2])
        else:
            drawn.close()
    return drawn


@lru_cache(maxsize=512)
def _line_on(path: Path, placement: _Placement) -> PDFPathObject:
    """A line at its place, worked out once: the hands lie at the same place in every summary."""
    return path_on(path, placement.point)


class _Drawer:
    """Draws one hand: its shape, then values, then marks on top."""

    def __init__(self, canvas: Canvas, place: _Placement, hand_map: HandMap, picture: HandsPicture) -> None:
        self._canvas = canvas
        self._place = place
        self._whole = hand_map
        self._picture = picture
        self._lost = {site: a for site, a in picture.amputations.items() if site.hand is hand_map.hand}
        self._ends = {site: stump.end_of(hand_map, a) for site, a in self._lost.items()}

    def draw(self, view: View) -> None:
        self._draw_shape()
        marks = [self._placed(m) for m in self._picture.lesions if self._is_here(m)]
        values = self._draw_values(view, spread(marks, []))
        for mark in spread(marks, values):
            draw_placed(self._canvas, mark)

    def _draw_shape(self) -> None:
        canvas = self._canvas
        canvas.saveState()
        canvas.setLineJoin(1)
        canvas.setLineCap(1)
        self._clip()
        shown = self._whole.without(stump.cuts(self._lost))
        for path in (*shown.creases,):
            self._line(path, _CREASE, 0.4)
        for site, path in (*shown.nails.items(), *shown.lunulae.items()):
            if site not in self._lost:
                self._line(path, _NAIL, 0.4)
        self._line(shown.contour, _CONTOUR, 0.8)
        canvas.restoreState()
        for end in self._ends.values():
            self._line(end.line, INK, 2.0)

    def _clip(self) -> None:
        """Leave out the forearm's end and what amputations through a bone took."""
        x, y = self._place.origin
        width, height = self._place.size
        keep = self._canvas.beginPath()
        keep.rect(x - 4, y, width + 8, height + 0.01)
        self._canvas.clipPath(keep, stroke=0, fill=0)
        for end in self._ends.values():
            if end.beyond is not None:
                hole = path_on(end.beyond, self._place.point)
                hole.rect(x - 20, y - 20, width + 40, height + 40)
                self._canvas.clipPath(hole, stroke=0, fill=0, fillMode=0)

    def _line(self, path: Path, colour: Color, width: float) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(width)
        self._canvas.drawPath(_line_on(path, self._place), stroke=1, fill=0)

    def _draw_values(self, view: View, marks: list[Placed]) -> list[Point]:
        """Write the values beyond the ends of the digits; the middles of the values, for marks to keep off."""
        middles = []
        for site, value in view.values.items():
            if site.hand is not self._whole.hand:
                continue
            lettering = _MARKED if value.marked else _VALUE
            x, y = self._value_place(site, width(value.text, lettering), marks)
            self._canvas.setFillColor(INK)
            draw(self._canvas, (x, y - 2.7), value.text, lettering, align=0.5)
            middles.append((x, y))
        return middles

    def _value_place(self, site: Site, wide: float, marks: list[Placed]) -> Point:
        """The middle of a value: beyond the end of its digit, clear of the skin and of marks at the tip."""
        end = self._ends.get(site)
        line = self._whole.axes[site]
        label = self._place.point(end.label if end else self._whole.tip_anchor(site))
        base, tip = (self._place.point(point) for point in (line[0], end.middle if end else line[-1]))
        long = hypot(tip[0] - base[0], tip[1] - base[1])
        ux, uy = (tip[0] - base[0]) / long, (tip[1] - base[1]) / long
        # A digit that points aside has its value beside it, so half of the words must have room as well.
        need = abs(ux) * wide / 2 + abs(uy) * _HALF_A_LINE + _CLEAR
        more = max(0.0, need - hypot(label[0] - tip[0], label[1] - tip[1]))
        x, y = label[0] + ux * more, label[1] + uy * more
        for _step in range(_MOST_ASIDE):
            if not any(_meet(x, y, wide, mark) for mark in marks):
                break
            x, y = x + ux, y + uy
        return x, y

    def _is_here(self, mark: LesionMark) -> bool:
        return mark.aspect is self._whole.aspect and mark.site.hand is self._whole.hand

    def _placed(self, mark: LesionMark) -> Placed:
        drawing = self._whole.point(*mark.point) if mark.point else _middle(self._whole, mark.site)
        point = self._place.point(drawing)
        return Placed(mark.letter, mark.look, point, point)


def _meet(x: float, y: float, wide: float, mark: Placed) -> bool:
    """Whether a mark would cover a value that stands above (or, facing, below) it."""
    beside, above = abs(mark.at[0] - x), abs(mark.at[1] - y)
    return beside < wide / 2 + RADIUS and above < mark.look.height + _HALF_A_LINE + 0.8


def _middle(hand_map: HandMap, site: Site) -> Point:
    """Where a lesion without a point is drawn: the middle of its site, of a digit that of its last phalanx."""
    if site.digit is not None and site.phalanx is None:
        return hand_map.regions[Site(site.hand, site.digit, Phalanx.DISTAL)].centre
    return hand_map.centre_of(site)


def _draw_caption(canvas: Canvas, at: Point, view: View) -> None:
    canvas.setFillColor(INK)
    title = view.aspect.label[:1].upper() + view.aspect.label[1:]
    end = draw(canvas, at, title, Lettering(8.4, bold=True))
    canvas.setFillColor(QUIET)
    draw(canvas, (at[0] + end + 5, at[1]), view.caption, Lettering(7.4))
