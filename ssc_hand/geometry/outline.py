"""What is measured on a photograph: length, width and area of an outline, in the mm of a scale marked on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.photographs import Photograph, Point, ScaleMark
from ssc_hand.i18n import _

#: Pixels under which a length is nothing.
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Measured:
    """What an outline measures, in mm and mm²."""

    length_mm: float
    width_mm: float
    area_mm2: float


def distance(first: Point, second: Point) -> float:
    """The distance of two points, in their own unit."""
    return math.hypot(first[0] - second[0], first[1] - second[1])


def mm_per_pixel(scale: ScaleMark) -> float:
    """The mm that one pixel stands for, where the picture was taken straight from above (a single scale: the
    error grows with the tilt, as 1 / cos of its angle)."""
    return scale.mm / distance(scale.first, scale.second)


def area(points: Sequence[Point]) -> float:
    """The area inside a closed outline that does not cross itself, in the square of its unit.

    The surveyor's ("shoelace") formula: half the sum of x(i) y(i+1) - x(i+1) y(i) (Braden B, The surveyor's area
    formula, College Mathematics Journal 1986;17:326-337).
    """
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in _edges(points))) / 2


def length(points: Sequence[Point]) -> float:
    """The longest straight distance between two points of an outline, in its own unit."""
    return distance(*_farthest(points)) if len(points) > 1 else 0.0


def width(points: Sequence[Point]) -> float:
    """The greatest extent of an outline at right angles to its length, in its own unit.

    Length is the longest diameter, width the longest one perpendicular to it: the greater and the smaller diameter
    by which ulcers are sized. On a line across, the extent is taken from its first to its last point of the outline.
    """
    if len(points) < 3:
        return 0.0
    start, end = _farthest(points)
    reach = distance(start, end)
    if reach < _NOTHING:
        return 0.0
    ux, uy = (end[0] - start[0]) / reach, (end[1] - start[1]) / reach
    turned = [((x - start[0]) * ux + (y - start[1]) * uy, (y - start[1]) * ux - (x - start[0]) * uy) for x, y in points]
    # Between two corners the extent changes evenly, so that the greatest one lies at a corner.
    return max(_extent_at(turned, along) for along, _across in turned)


def crosses_itself(points: Sequence[Point]) -> bool:
    """Whether two sides of a closed outline that are not neighbours cross."""
    edges = _edges(points)
    count = len(edges)
    return any(
        _cross(edges[i], edges[j])
        for i, j in combinations(range(count), 2)
        if j - i > 1 and not (i == 0 and j == count - 1)
    )


def measure(points: Sequence[Point], scale: ScaleMark) -> Measured:
    """Length, width and area of an outline in mm; raises `Refused` for one that crosses itself or encloses nothing."""
    if len(points) < 3 or crosses_itself(points):
        raise Refused(_("The outline crosses itself or is not closed, so that it has no area. Draw it again."))
    unit = mm_per_pixel(scale)
    return Measured(length(points) * unit, width(points) * unit, area(points) * unit * unit)


def measured(photograph: Photograph) -> Measured | None:
    """What was measured on a photograph; None without a scale or an outline that has an area."""
    if photograph.scale is None or not photograph.outline or crosses_itself(photograph.outline):
        return None
    return measure(photograph.outline, photograph.scale)


def _edges(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(points, [*points[1:], *points[:1]], strict=True))


def _farthest(points: Sequence[Point]) -> tuple[Point, Point]:
    return max(combinations(points, 2), key=lambda pair: distance(*pair))


def _extent_at(turned: Sequence[Point], along: float) -> float:
    """The extent on the line across at one place of the length."""
    met: list[float] = []
    for (t1, s1), (t2, s2) in _edges(turned):
        if min(t1, t2) - _NOTHING <= along <= max(t1, t2) + _NOTHING:
            if abs(t2 - t1) < _NOTHING:
                met += [s1, s2]
            else:
                met.append(s1 + (s2 - s1) * (along - t1) / (t2 - t1))
    return max(met) - min(met)


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0
