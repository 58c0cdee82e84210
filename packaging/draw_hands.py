"""Draws resources/hand_dorsal.svg and hand_palmar.svg from numbers: `python packaging/draw_hands.py`.

Everything is drawn once, as the back of a right hand with the fingers up: millimetres, origin at the
middle of the distal wrist crease, y towards the fingertips, thumb at negative x, points as complex
numbers. The palm is the same silhouette seen from the other side. Joint centres, half breadths and
digit lengths are measured proportions (Chatzioglou 2024, Anat Cell Biol 57:172, doi:10.5115/acb.23.310);
everything between them is drawn by eye.
"""

from __future__ import annotations

import sys
from cmath import phase, rect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi, sin
from pathlib import Path

#: The fixed box of both drawings, in millimetres of the right hand seen from behind: left, right, top,
#: bottom. Lesions are stored for ever as fractions of this box: NEVER CHANGE IT, and never move the hand in it.
BOX_LEFT, BOX_RIGHT, BOX_TOP, BOX_BOTTOM = -99.0, 73.0, 218.0, -42.0
#: Units of the drawing per millimetre; the view box is therefore 860 x 1300.
SCALE = 5.0
WIDTH, HEIGHT = (BOX_RIGHT - BOX_LEFT) * SCALE, (BOX_TOP - BOX_BOTTOM) * SCALE

Cubic = tuple[complex, complex, complex, complex]
Curve = list[Cubic]


@dataclass(frozen=True)
class Digit:
    """A digit's skeleton: joint centres from the knuckle outwards, half breadth at each, length on the palm."""

    name: str
    joints: tuple[complex, ...]
    breadths: tuple[float, ...]
    palmar_length: float

    @property
    def lengths(self) -> list[float]:
        """Distances from the knuckle to each joint, and to the centre of the tip."""
        total, sums = 0.0, [0.0]
        for a, b in pairwise(self.joints):
            total += abs(b - a)
            sums.append(total)
        return sums

    @property
    def end(self) -> float:
        """The distance from the knuckle to the very end."""
        return self.lengths[-1] + self.breadths[-1]

    @property
    def crease(self) -> float:
        """The distance from the knuckle to the finger crease, where the digit begins on the palm."""
        return self.end - self.palmar_length

    @property
    def last(self) -> float:
        """The distance from the knuckle to the last joint."""
        return self.lengths[-2]

    @property
    def phalanges(self) -> list[str]:
        """Names from proximal to distal."""
        return ["proximal", "distal"] if len(self.joints) == 3 else ["proximal", "middle", "distal"]

    def breadth(self, t: float) -> float:
        """The half breadth at distance `t` from the knuckle, on straight lines between the joints."""
        at = self.lengths
        k = max(0, min(len(at) - 2, sum(t >= x for x in at) - 1))
        part = (t - at[k]) / (at[k + 1] - at[k])
        return self.breadths[k] + part * (self.breadths[k + 1] - self.breadths[k])

    def at(self, t: float, side: float = 0.0) -> complex:
        """The point `t` mm beyond the knuckle and `side` mm to the radial side of the axis."""
        at = self.lengths
        k = max(0, min(len(at) - 2, sum(t >= x for x in at) - 1))
        along = (self.joints[k + 1] - self.joints[k]) / (at[k + 1] - at[k])
        across = along
        if k > 0 and t - at[k] < 4:  # turn gently over a joint, so that sides do not fold
            before = (self.joints[k] - self.joints[k - 1]) / (at[k] - at[k - 1])
            across = before + (along - before) * (0.5 + (t - at[k]) / 8)
        elif k < len(at) - 2 and at[k + 1] - t < 4:
            after = (self.joints[k + 2] - self.joints[k + 1]) / (at[k + 2] - at[k + 1])
            across = along + (after - along) * (0.5 - (at[k + 1] - t) / 8)
        return self.joints[k] + along * (t - at[k]) + 1j * across / abs(across) * side


THUMB = Digit("D1", (-48 + 50j, -69 + 76j, -83 + 101j), (12.5, 11.3, 8.6), 49.5)
FINGERS = (
    Digit("D2", (-26.5 + 88j, -35 + 128.1j, -40.2 + 152.6j, -43.8 + 169.6j), (10.4, 9.3, 8.2, 6.6), 63.9),
    Digit("D3", (-5 + 93j, -7 + 138j, -8.2 + 166.9j, -9 + 185.2j), (10.6, 9.4, 8.3, 6.7), 70.7),
    Digit("D4", (16.5 + 88j, 22 + 129.6j, 25.6 + 157.4j, 28 + 175.4j), (10.2, 8.9, 7.8, 6.3), 65.5),
    Digit("D5", (35 + 77j, 46.6 + 108.9j, 53.5 + 127.7j, 59.1 + 143.2j), (9.2, 7.8, 6.9, 5.6), 53.3),
)
DIGITS = (THUMB, *FINGERS)

#: The radius of the round web between two digits; the wider, the further out it lies.
WEBS = {"W12": 6.9, "W23": 3.25, "W34": 3.25, "W45": 3.15}
#: The radial border of the hand below the index, which the web of the thumb runs into.
INDEX_BORDER = (-37.6 + 78j, -37.9 + 98j)
#: Where the clefts between the digits end, between the knuckles on the back of the hand.
VALLEYS = {"W12": -39.4 + 57.4j, "W23": -16.2 + 87.4j, "W34": 5.8 + 87.6j, "W45": 26.9 + 78.8j}


# Curves.


def spline(points: Sequence[complex]) -> Curve:
    """The smoothest curve through `points`: a natural cubic spline over the distances between them."""
    gaps = [abs(b - a) for a, b in pairwise(points)]
    count = len(points)
    diagonal, right = [2.0] * count, [0j] * count
    lower, upper = [0.0] * count, [0.0] * count
    upper[0] = lower[-1] = 1.0
    right[0] = 3 * (points[1] - points[0]) / gaps[0]
    right[-1] = 3 * (points[-1] - points[-2]) / gaps[-1]
    for k in range(1, count - 1):
        before, after = gaps[k - 1], gaps[k]
        lower[k], diagonal[k], upper[k] = 1 / before, 2 / before + 2 / after, 1 / after
        right[k] = 3 * ((points[k] - points[k - 1]) / before**2 + (points[k + 1] - points[k]) / after**2)
    for k in range(1, count):
        factor = lower[k] / diagonal[k - 1]
        diagonal[k] -= factor * upper[k - 1]
        right[k] -= factor * right[k - 1]
    tangents = [0j] * count
    tangents[-1] = right[-1] / diagonal[-1]
    for k in range(count - 2, -1, -1):
        tangents[k] = (right[k] - upper[k] * tangents[k + 1]) / diagonal[k]
    return [
        (
            points[k],
            points[k] + tangents[k] * gap / 3,
            points[k + 1] - tangents[k + 1] * gap / 3,
            points[k + 1],
        )
        for k, gap in enumerate(gaps)
    ]


def arc(a: complex, b: complex, rise: float) -> Curve:
    """A shallow arc from a to b whose middle stands `rise` mm to the left of the way."""
    lift = 1j * (b - a) / abs(b - a) * rise * 4 / 3
    return [(a, a + (b - a) * 0.3 + lift, b - (b - a) * 0.3 + lift, b)]


def straight(a: complex, b: complex) -> Curve:
    """A straight line, as a cubic."""
    return [(a, a + (b - a) / 3, b - (b - a) / 3, b)]


def back(curve: Curve) -> Curve:
    """The curve walked the other way."""
    return [(d, c, b, a) for a, b, c, d in reversed(curve)]


def without_spikes(curve: Curve) -> Curve:
    """The curve without stretches that are walked to and at once back again."""
    kept: Curve = []
    for cubic in curve:
        if kept and kept[-1] == cubic[::-1]:
            kept.pop()
        else:
            kept.append(cubic)
    return kept


# The silhouette.

Knot = tuple[str, complex]


def _side(digit: Digit, sign: int) -> list[Knot]:
    """The knots of one side of a digit, from the crease outwards; sign is 1 for radial, -1 for ulnar."""
    letter = "r" if sign > 0 else "u"
    at, tip = digit.lengths, digit.breadths[-1]
    knots: list[Knot] = []

    def add(t: float, swell: float, name: str = "") -> None:
        knots.append((f"{digit.name}.{name}.{letter}" if name else "", digit.at(t, sign * (digit.breadth(t) + swell))))

    if digit is THUMB:
        add(digit.crease, -0.6 if sign > 0 else -0.5, "crease")
        add(at[1] - 1.1, -0.6 if sign > 0 else 0.2, "IP")
        add(at[1] + 8, -0.15 if sign > 0 else 0.7)
        add(at[1] + 17, 0.2 if sign > 0 else 0.9, "pulp")
    else:
        add(digit.crease + 0.6, -0.15, "crease")
        add((digit.crease + at[1]) / 2, -0.1)
        add(at[1] - 1.1, 0.2 if sign > 0 else 0.3, "PIP")
        add(at[1] + 0.52 * (at[2] - at[1]), -0.3)
        add(at[2] - 1.1, 0.1, "DIP")
        add(at[2] + 0.48 * (at[3] - at[2]), 0.05, "pulp")
        add(at[3] - 0.3 * tip, 0.1)
    knots.append(("", digit.at(at[-1] + 0.55 * tip, sign * 0.805 * tip)))
    return knots


def _digit_knots(digit: Digit) -> list[Knot]:
    radial, ulnar = _side(digit, 1), _side(digit, -1)
    return [*radial, ("", digit.at(digit.end)), *reversed(ulnar)]


def _border(digit: Digit, sign: int) -> tuple[complex, complex]:
    """Two points on the straight part of a digit's side near its base, the lower one first."""
    low, high = digit.crease - 8, digit.crease
    return digit.at(low, sign * (digit.breadth(low) - 0.1)), digit.at(high, sign * (digit.breadth(high) - 0.15))


def _web(name: str) -> list[Knot]:
    """Knots on the circle that touches the sides of two neighbouring digits."""
    number = list(WEBS).index(name)
    radius = WEBS[name]
    left = _border(DIGITS[number], -1)
    right = INDEX_BORDER if number == 0 else _border(DIGITS[number + 1], 1)
    ways = [(b - a) / abs(b - a) for a, b in (left, right)]
    p, q = left[0] - 1j * ways[0] * radius, right[0] + 1j * ways[1] * radius
    # Where the two borders, each moved by the radius into the gap, cross.
    along = ((q - p) * ways[1].conjugate()).imag / (ways[0] * ways[1].conjugate()).imag
    centre = p + along * ways[0]
    first, last = phase(1j * ways[0]) % (2 * pi), phase(-1j * ways[1]) % (2 * pi)
    if last < first:
        last += 2 * pi
    return [
        (name if part == 0.5 else "", centre + rect(radius, first + part * (last - first)))
        for part in (0.04, 0.27, 0.5, 0.73, 0.96)
    ]


def silhouette_knots() -> list[Knot]:
    """The points of the silhouette, from the radial corner of the wrist round to the ulnar one."""
    d2, d3, d4, d5 = FINGERS
    return [
        ("", -29.4 - 34j), ("", -28.4 - 22j), ("", -28.5 - 10j), ("", -30.4 - 0.5j), ("", -35.2 + 9.6j),
        ("", -40.8 + 17.8j), ("", -46.5 + 26.8j), ("", -52.8 + 35.6j), ("D1.mcp.r", -58.5 + 43.2j),
        ("", -63.2 + 51.2j),
        *_digit_knots(THUMB), *_web("W12"),
        ("D2.mcp.r", -37.4 + 86.4j), ("", -38.1 + 98j),
        *_digit_knots(d2), *_web("W23"),
        *_digit_knots(d3), *_web("W34"),
        *_digit_knots(d4), *_web("W45"),
        *_digit_knots(d5),
        ("", 46.8 + 84j), ("D5.mcp.u", 44.6 + 72j), ("", 44.7 + 60j), ("", 44.6 + 45j), ("", 42.5 + 29.5j),
        ("", 38.2 + 15j), ("", 33.1 + 3.5j), ("", 30.2 - 8j), ("", 29.2 - 21j), ("", 30.2 - 34j),
    ]  # fmt: skip


class Silhouette:
    """The smooth contour of the hand, cut at its named knots."""

    def __init__(self) -> None:
        knots = silhouette_knots()
        self.contour = spline([point for _, point in knots])
        self.wrist = arc(knots[-1][1], knots[0][1], 1.6)
        self._at = {name: number for number, (name, _) in enumerate(knots) if name}

    def point(self, name: str) -> complex:
        """The place of a named knot."""
        return self.contour[self._at[name]][0]

    def between(self, start: str, end: str) -> Curve:
        """The contour from one named knot to another; "" means the corner of the wrist."""
        return self.contour[self._at[start] if start else 0 : self._at[end] if end else None]


# Regions.


@dataclass(frozen=True)
class Edge:
    """The proximal edge of a phalanx, from the radial to the ulnar side of the silhouette."""

    start: str
    end: str
    curve: Curve


def joint_line(hand: Silhouette, digit: Digit, number: int) -> Edge:
    """The line across joint `number` (1 is the first beyond the knuckle), through its centre."""
    name = "IP" if digit is THUMB else ("PIP", "DIP")[number - 1]
    start, end = f"{digit.name}.{name}.r", f"{digit.name}.{name}.u"
    return Edge(start, end, spline([hand.point(start), digit.joints[number], hand.point(end)]))


def crease_line(hand: Silhouette, digit: Digit) -> Edge:
    """Where the digit begins on the palm."""
    start, end = f"{digit.name}.crease.r", f"{digit.name}.crease.u"
    return Edge(start, end, spline([hand.point(start), digit.at(digit.crease), hand.point(end)]))


def knuckle_line(hand: Silhouette, digit: Digit) -> Edge:
    """Where the digit begins on the back of the hand: over the knuckle, and up the clefts to the webs."""
    number = DIGITS.index(digit)
    webs = list(WEBS)
    start = webs[number - 1] if number > 1 else f"{digit.name}.mcp.r"
    end = webs[number] if number < 4 else "D5.mcp.u"
    a = VALLEYS.get(start, hand.point(start))
    b = VALLEYS.get(end, hand.point(end))
    curve = spline([a, digit.joints[0], b])
    if start in VALLEYS:
        curve = straight(hand.point(start), a) + curve
    if end in VALLEYS:
        curve = curve + straight(b, hand.point(end))
    return Edge(start, end, curve)


def edges_of(hand: Silhouette, digit: Digit, aspect: str) -> list[Edge]:
    """The proximal edges of the digit's phalanges, from proximal to distal."""
    base = knuckle_line(hand, digit) if aspect == "dorsal" else crease_line(hand, digit)
    return [base, *(joint_line(hand, digit, number) for number in range(1, len(digit.joints) - 1))]


def phalanx_region(hand: Silhouette, near: Edge, far: Edge | None) -> Curve:
    """The region between two edges, bounded by the silhouette at both sides."""
    if far is None:
        return hand.between(near.start, near.end) + back(near.curve)
    return hand.between(near.start, far.start) + far.curve + hand.between(far.end, near.end) + back(near.curve)


def palm_region(hand: Silhouette, bases: Sequence[Edge]) -> Curve:
    """The whole hand without its digits."""
    curve, here = [], ""
    for edge in bases:
        curve += hand.between(here, edge.start) + edge.curve
        here = edge.end
    return without_spikes(curve + hand.between(here, "") + hand.wrist)


# Decoration.


def cross_arc(digit: Digit, t: float, half: float, rise: float, off: float = 0.0) -> Curve:
    """A wrinkle across a digit; `half` is its half length as a part of the half breadth."""
    w = digit.breadth(t) * half
    return arc(digit.at(t, off + w), digit.at(t, off - w), rise)


def dorsal_creases() -> Iterator[Curve]:
    """Wrinkles over the joints."""
    for digit in DIGITS:
        pip = digit.lengths[1]
        for t, half, rise in ((3.3, 0.44, 0.9), (1.6, 0.58, 0.9), (-2.8, 0.60, -0.8), (-4.6, 0.42, -0.8)):
            yield cross_arc(digit, pip + t, half, rise)
        if digit is not THUMB:
            yield cross_arc(digit, digit.last + 0.9, 0.46, 0.5)
            yield cross_arc(digit, digit.last - 2.2, 0.46, -0.4)
        yield cross_arc(digit, 2.4, 0.40, 1.3)
        yield cross_arc(digit, 4.6, 0.24, 0.8)
        yield cross_arc(digit, -4.2, 0.26, -0.7)


def _across(digit: Digit, off: float, point: complex) -> complex:
    """The mirror image of a point in the line `off` mm to the radial side of the last phalanx's axis."""
    foot, way = digit.at(digit.last + 5, off), digit.at(digit.end) - digit.at(digit.last + 5)
    return foot + way * ((point - foot) / way).conjugate()


def nail(digit: Digit) -> tuple[Curve, Curve, Curve]:
    """Nail plate, lunula, and the fold of skin round the nail."""
    tip = digit.breadths[-1]
    half, length = 1.35 * tip / 2, 1.75 * tip
    middle = digit.last + 0.93 * (digit.lengths[-1] - digit.last)
    off = 1.3 if digit is THUMB else 0.0
    base, top = middle - length / 2, middle + length / 2

    def at(t: float, side: float) -> complex:
        return digit.at(t, off + side)

    low, high = base + 0.22 * length, base + 0.76 * length
    plate: Curve = [
        (at(base, 0), at(base, half * 0.6), at(base + 0.04 * length, half * 0.94), at(low, half * 0.96)),
        (at(low, half * 0.96), at(low + 2, half), at(high - 2, half * 1.01), at(high, half)),
        (at(high, half), at(base + 0.95 * length, half * 0.98), at(top, half * 0.62), at(top, 0)),
    ]
    plate += [tuple(_across(digit, off, point) for point in cubic) for cubic in back(plate)]  # type: ignore[misc]
    foot, wide, rise = base + 0.12 * length, 0.62 * half, 0.17 * length
    moon: Curve = [
        (at(foot, wide), at(foot + rise * 4 / 3, wide * 0.8), at(foot + rise * 4 / 3, -wide * 0.8), at(foot, -wide)),
        (at(foot, -wide), at(base, -wide * 0.5), at(base, wide * 0.5), at(foot, wide)),
    ]
    fold = spline([
        at(base + 0.42 * length, half + 1.15), at(base + 0.08 * length, half + 0.75), at(base - 1.3, half * 0.5),
        at(base - 1.55, 0), at(base - 1.3, -half * 0.5), at(base + 0.08 * length, -half - 0.75),
        at(base + 0.42 * length, -half - 1.15),
    ])  # fmt: skip
    return plate, moon, fold


def palmar_creases() -> Iterator[Curve]:
    """Creases of the digits, the palm and the wrist."""
    for digit in DIGITS:
        at = digit.lengths
        yield cross_arc(digit, digit.crease + 0.5, 0.86, -0.5)
        yield cross_arc(digit, at[1] - 0.9, 0.86, 0.9)
        yield cross_arc(digit, at[1] - 3.0, 0.70, 0.8)
        if digit is not THUMB:
            yield cross_arc(digit, digit.last - 0.9, 0.84, 0.9)
    yield spline(THENAR_CREASE)
    yield spline([-36.4 + 81j, -26 + 78.4j, -12 + 72.5j, 4 + 65j, 17 + 57.5j, 26 + 51j])
    yield spline([42.6 + 66j, 32 + 66.8j, 18 + 70.5j, 4 + 77j, -7 + 84.5j, -14.5 + 93.5j, -17.4 + 100j])
    yield spline([-26.5 + 0.8j, -14 - 0.8j, 0 - 1.2j, 14 - 0.6j, 27 + 1.4j])
    yield spline([-25 - 4.4j, -12 - 5.6j, 2 - 5.9j, 15 - 5.2j, 25.4 - 3.6j])


def crescent(curve: Curve, width: float) -> Curve:
    """A sickle between a curve and its own offset to the right, `width` wide in the middle."""
    samples = [(bezier(cubic, t), slope(cubic, t)) for cubic in curve for t in (0.0, 0.5)]
    inner = [curve[0][0]]
    for number, (point, way) in enumerate(samples[1:], start=1):
        inner.append(point - 1j * way / abs(way) * width * sin(pi * number / len(samples)) ** 0.8)
    return curve + back(spline([*inner, curve[-1][3]]))


def lens(points: Sequence[complex], width: float) -> Curve:
    """A slender shape round the line through `points`."""
    line = spline(points)
    return crescent(line, width / 2)[len(line) :] + crescent(back(line), width / 2)[len(line) :]


def bezier(cubic: Cubic, t: float) -> complex:
    """The point at parameter t."""
    a, b, c, d = cubic
    s = 1 - t
    return s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d


def slope(cubic: Cubic, t: float) -> complex:
    """The direction at parameter t."""
    a, b, c, d = cubic
    s = 1 - t
    return s * s * (b - a) + 2 * s * t * (c - b) + t * t * (d - c)


def shades(hand: Silhouette) -> Iterator[tuple[str, Curve]]:
    """Softly tinted sickles along the shaded, ulnar sides; two over each other make a soft edge."""
    for digit in DIGITS:
        end = {"D1": "W12", "D2": "W23", "D3": "W34", "D4": "W45", "D5": "D5.mcp.u"}[digit.name]
        side = hand.between(f"{digit.name}.pulp.u", end)
        for number, width in enumerate((1.6, 3.0), start=1):
            yield f"side.{digit.name}.{number}", crescent(side, width)
    border = hand.between("D5.mcp.u", "")[:-1]
    for number, width in enumerate((2.0, 4.2), start=1):
        yield f"border.{number}", crescent(border, width)


def dorsal_shades() -> Iterator[tuple[str, Curve]]:
    """Tendons that meet at the wrist."""
    ends = (-27 + 11j, -8 + 9j, -2 + 8j, 4 + 8j, 9 + 9j)
    for digit, wrist in zip(DIGITS, ends, strict=True):
        start = digit.at(-8)
        middle = (start + wrist) / 2 + (wrist - start) * 1j * 0.02 * (DIGITS.index(digit) - 2)
        stop = start + (wrist - start) * 0.86
        yield f"tendon.{digit.name}", lens([start, middle, stop], 2.0)


THENAR_CREASE = (-36.8 + 79j, -30 + 76.6j, -21 + 69j, -14.5 + 57j, -11.4 + 43j, -10.8 + 29j, -12.4 + 15j, -15 + 6j)


def palmar_shades() -> Iterator[tuple[str, Curve]]:
    """The balls of the thumb and of the little finger, by their shade in the hollow of the palm."""
    thenar = spline(THENAR_CREASE)[1:]
    hypothenar = spline([14.5 + 9j, 12.4 + 21j, 13.8 + 33j, 18.5 + 42.5j, 25.5 + 48.5j])
    for number, width in enumerate((2.4, 4.8), start=1):
        yield f"thenar.{number}", crescent(back(thenar), width)
        yield f"hypothenar.{number}", crescent(hypothenar, width * 0.5)


# Writing.


class Sheet:
    """Collects the elements of one drawing, turned into units of its view box."""

    def __init__(self, aspect: str) -> None:
        self.aspect = aspect
        self.lines: list[str] = []

    def xy(self, point: complex) -> tuple[float, float]:
        """A point of the hand in units of the view box; the palm is seen from the other side."""
        x, y = (point.real - BOX_LEFT) * SCALE, (BOX_TOP - point.imag) * SCALE
        return (x if self.aspect == "dorsal" else WIDTH - x), y

    def _text(self, point: complex) -> str:
        return " ".join(f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".") for value in self.xy(point))

    def path(self, name: str, curve: Curve, *, closed: bool) -> None:
        """Add a path."""
        words = [f"M {self._text(curve[0][0])}"]
        words += [f"C {self._text(b)} {self._text(c)} {self._text(d)}" for _, b, c, d in curve]
        self.lines.append(f'<path id="{name}" d="{" ".join(words)}{" Z" if closed else ""}"/>')

    def circle(self, name: str, point: complex) -> None:
        """Add an anchor."""
        x, y = self._text(point).split()
        self.lines.append(f'<circle id="{name}" cx="{x}" cy="{y}" r="2"/>')

    def axis(self, digit: Digit) -> None:
        """Add the joint centres of a digit, from knuckle to end."""
        points = [*digit.joints[:-1], digit.at(digit.end)]
        words = " L ".join(map(self._text, points))
        self.lines.append(f'<path id="axis.R.{digit.name}" d="M {words}"/>')

    def group(self, style: str) -> None:
        """Begin a group with a look of its own (only for whoever opens the file by itself)."""
        self.lines.append(f"</g><g {style}>")

    def text(self) -> str:
        """The whole file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">\n'
            "<!-- Written by packaging/draw_hands.py; not to be edited by hand. Right hand, five units to the\n"
            "     millimetre. Only absolute M L C Z, no transforms. The view box never changes. -->\n<g>\n"
        )
        return head + "\n".join(self.lines) + "\n</g>\n</svg>\n"


SKIN = 'fill="#f4e3d7" stroke="none"'
LINE = 'fill="none" stroke="#5b4a42" stroke-width="4" stroke-linejoin="round"'
FINE = 'fill="none" stroke="#a98f81" stroke-width="2.2" stroke-linecap="round"'
SHADE = 'fill="#d9b8a4" fill-opacity="0.3" stroke="none"'
NAIL = 'fill="#fbf1ea" stroke="#a98f81" stroke-width="2"'
HIDDEN = 'fill="none" stroke="none"'


def draw(aspect: str) -> str:
    """The SVG text of one aspect, "dorsal" or "palmar"."""
    hand, sheet = Silhouette(), Sheet(aspect)
    edges = {digit.name: edges_of(hand, digit, aspect) for digit in DIGITS}
    sheet.group(SKIN)
    sheet.path("R", palm_region(hand, [edges[digit.name][0] for digit in DIGITS]), closed=True)
    for digit in DIGITS:
        mine = edges[digit.name]
        for name, near, far in zip(digit.phalanges, mine, [*mine[1:], None], strict=True):
            sheet.path(f"R.{digit.name}.{name}", phalanx_region(hand, near, far), closed=True)
    _decorate(sheet, hand)
    sheet.group(LINE)
    sheet.path("outline", hand.contour + hand.wrist, closed=True)
    sheet.group(HIDDEN)
    sheet.path("contour", hand.contour, closed=False)
    for digit in DIGITS:
        for name, edge in zip(digit.phalanges, edges[digit.name], strict=True):
            sheet.path(f"edge.R.{digit.name}.{name}", edge.curve, closed=False)
        sheet.axis(digit)
    _anchors(sheet)
    return sheet.text()


def _decorate(sheet: Sheet, hand: Silhouette) -> None:
    dorsal = sheet.aspect == "dorsal"
    sheet.group(SHADE)
    for name, curve in [*shades(hand), *(dorsal_shades() if dorsal else palmar_shades())]:
        sheet.path(f"shade.{name}", curve, closed=True)
    creases = list(dorsal_creases() if dorsal else palmar_creases())
    if dorsal:
        sheet.group(NAIL)
        for digit in DIGITS:
            plate, moon, fold = nail(digit)
            sheet.path(f"nail.R.{digit.name}", plate, closed=True)
            sheet.path(f"lunula.R.{digit.name}", moon, closed=True)
            creases.append(fold)
    sheet.group(FINE)
    for number, curve in enumerate(creases, start=1):
        sheet.path(f"crease.{number}", curve, closed=False)


def _anchors(sheet: Sheet) -> None:
    for digit in DIGITS:
        at = digit.lengths
        if digit is not THUMB:
            middle = (at[1] + at[2]) / 2
        elif sheet.aspect == "dorsal":
            middle = (12 + at[1]) / 2
        else:
            middle = (digit.crease + at[1]) / 2
        sheet.circle(f"anchor.R.{digit.name}", digit.at(middle))
        sheet.circle(f"tip.R.{digit.name}", digit.at(digit.end + 6.5))
    sheet.circle("anchor.R", 2 + 52j)
    sheet.circle("badge.R", 0.5 - 18j)


def main(folder: Path) -> None:
    """Write both drawings into `folder`."""
    for aspect in ("dorsal", "palmar"):
        (folder / f"hand_{aspect}.svg").write_text(draw(aspect), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "resources")
