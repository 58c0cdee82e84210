"""Path of absolute M L C Z segments: parse, bounds, mirror, scale, centre, and whether a point lies inside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil, hypot, sqrt

#: A command letter and its absolute coordinates x, y, x, y, ...
Point = tuple[float, float]
Segment = tuple[str, tuple[float, ...]]
Box = tuple[float, float, float, float]

_NUMBERS = {"M": 2, "L": 2, "C": 6, "Z": 0}
#: Mirroring rounds to this many decimals, so that mirroring twice gives back the very same numbers.
_DECIMALS = 4
#: How far, in units of the drawing, a flattened curve may leave the true one.
_FLATNESS = 0.15


@dataclass(frozen=True)
class Path:
    """A line or shape: immutable, comparable, in the units of its drawing."""

    segments: tuple[Segment, ...]

    def __hash__(self) -> int:
        """Of all numbers, counted once: a shape is looked up at every paint."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.segments)

    @classmethod
    def parse(cls, d: str) -> Path:
        """The path written in an SVG `d` attribute of absolute M, L, C, Z only.

        Raises `ValueError` for any other command, and where numbers are missing or left over.
        """
        for command in "MLCZ,":
            d = d.replace(command, " " if command == "," else f" {command} ")
        segments: list[Segment] = []
        words = d.split()
        at = 0
        while at < len(words):
            command = words[at]
            if command not in _NUMBERS or (not segments and command != "M"):
                raise ValueError(f"a path holds absolute M, L, C, Z and begins with M, not {command!r}")
            count = _NUMBERS[command]
            numbers = tuple(map(float, words[at + 1 : at + 1 + count]))
            if len(numbers) != count:
                raise ValueError(f"{command} needs {count} numbers")
            segments.append((command, numbers))
            at += 1 + count
        return cls(tuple(segments))

    @classmethod
    def polyline(cls, points: list[Point]) -> Path:
        """An open path of straight lines through `points`."""
        return cls(tuple(("L" if number else "M", point) for number, point in enumerate(points)))

    @property
    def closed(self) -> bool:
        """Whether every part of the path ends with Z."""
        commands = [command for command, _ in self.segments]
        ends = [*commands[1:], "M"]
        return all(command == "Z" for command, after in zip(commands, ends, strict=True) if after == "M")

    @property
    def start(self) -> Point:
        """The first point."""
        x, y = self.segments[0][1]
        return x, y

    @property
    def end(self) -> Point:
        """The last point that is written out."""
        numbers = next(numbers for command, numbers in reversed(self.segments) if command != "Z")
        return numbers[-2], numbers[-1]

    def reversed(self) -> Path:
        """The same open line, walked from its end to its start (one part only)."""
        if any(command in "MZ" for command, _ in self.segments[1:]):
            raise ValueError("only an open path of one part can be reversed")
        points = [numbers[-2:] for _, numbers in self.segments]
        back: list[Segment] = [("M", points[-1])]
        for index in range(len(self.segments) - 1, 0, -1):
            command, numbers = self.segments[index]
            controls = (*numbers[2:4], *numbers[0:2]) if command == "C" else ()
            back.append((command, (*controls, *points[index - 1])))
        return Path(tuple(back))

    def mirrored(self, width: float) -> Path:
        """The mirror image inside a drawing `width` units wide."""
        return Path(tuple((command, _flipped(numbers, width)) for command, numbers in self.segments))

    def scaled(self, factor: float) -> Path:
        """The path enlarged about the origin."""
        return self._mapped(lambda x: x * factor, lambda y: y * factor)

    def translated(self, dx: float, dy: float) -> Path:
        """The path moved by (dx, dy)."""
        return self._mapped(lambda x: x + dx, lambda y: y + dy)

    def _mapped(self, fx: Callable[[float], float], fy: Callable[[float], float]) -> Path:
        return Path(
            tuple(
                (
                    command,
                    tuple(fy(number) if index % 2 else fx(number) for index, number in enumerate(numbers)),
                )
                for command, numbers in self.segments
            )
        )

    @cached_property
    def bounds(self) -> Box:
        """Left, top, right, bottom of the exact curve."""
        xs: list[float] = []
        ys: list[float] = []
        for before, numbers in self._curves():
            xs += _extremes(before[0], *numbers[0::2])
            ys += _extremes(before[1], *numbers[1::2])
        return min(xs), min(ys), max(xs), max(ys)

    def _curves(self) -> Iterator[tuple[Point, tuple[float, ...]]]:
        """Each drawn segment (and each M, as a point) with the point before it."""
        point: Point = self.start
        for command, numbers in self.segments:
            if command == "Z":
                continue
            yield (point if command != "M" else (numbers[0], numbers[1])), numbers
            point = numbers[-2], numbers[-1]

    def flatten(self, tolerance: float = _FLATNESS) -> tuple[tuple[Point, ...], ...]:
        """Each part as a chain of points no further than about `tolerance` from the curve."""
        parts: list[list[Point]] = []
        for command, numbers in self.segments:
            if command == "M":
                parts.append([(numbers[0], numbers[1])])
            elif command == "L":
                parts[-1].append((numbers[0], numbers[1]))
            elif command == "C":
                parts[-1] += _flat_cubic(parts[-1][-1], numbers, tolerance)
        return tuple(map(tuple, parts))

    @cached_property
    def _chains(self) -> tuple[tuple[Point, ...], ...]:
        return self.flatten()

    def contains(self, x: float, y: float) -> bool:
        """Whether the point lies inside the closed shape (even-odd rule)."""
        left, top, right, bottom = self.bounds
        if not (left <= x <= right and top <= y <= bottom):
            return False
        inside = False
        for chain in self._chains:
            x0, y0 = chain[-1]
            for x1, y1 in chain:
                if (y0 > y) != (y1 > y) and x < x0 + (y - y0) * (x1 - x0) / (y1 - y0):
                    inside = not inside
                x0, y0 = x1, y1
        return inside

    @cached_property
    def area(self) -> float:
        """The area enclosed, in square units (parts with opposite direction subtract)."""
        return abs(sum(_shoelace(chain) for chain in self._chains))

    @cached_property
    def centre(self) -> Point:
        """A point surely inside a closed shape: its centroid, or else the middle of a wide chord."""
        chain = max(self._chains, key=len)
        twice = 2 * _shoelace(chain)
        if twice == 0:
            return chain[len(chain) // 2]
        cx = cy = 0.0
        x0, y0 = chain[-1]
        for x1, y1 in chain:
            cross = x0 * y1 - x1 * y0
            cx += (x0 + x1) * cross
            cy += (y0 + y1) * cross
            x0, y0 = x1, y1
        x, y = cx / (3 * twice), cy / (3 * twice)
        return (x, y) if self.contains(x, y) else self._middle_of_widest_chord()

    def _middle_of_widest_chord(self) -> Point:
        _left, top, _right, bottom = self.bounds
        best = (0.0, self.start)
        for step in range(1, 20):
            y = top + (bottom - top) * step / 20
            crossings = sorted(_crossings(self._chains, y))
            for x0, x1 in zip(crossings[0::2], crossings[1::2], strict=False):
                best = max(best, (x1 - x0, ((x0 + x1) / 2, y)))
        return best[1]

    def distance(self, x: float, y: float) -> float:
        """The distance from a point to the line, in units of the drawing."""
        pairs = (
            pair
            for chain in self._chains
            for pair in zip(chain, (*chain[1:], chain[0]) if self.closed else chain[1:], strict=False)
        )
        return min(_distance_to_piece((x, y), a, b) for a, b in pairs)


def _flipped(numbers: tuple[float, ...], width: float) -> tuple[float, ...]:
    if len(numbers) == 6:  # spelled out, because start-up mirrors some thousand curves
        a, b, c, d, e, f = numbers
        return (round(width - a, _DECIMALS), b, round(width - c, _DECIMALS), d, round(width - e, _DECIMALS), f)
    return (round(width - numbers[0], _DECIMALS), numbers[1]) if numbers else ()


def _flat_cubic(start: Point, numbers: tuple[float, ...], tolerance: float) -> list[Point]:
    x0, y0 = start
    x1, y1, x2, y2, x3, y3 = numbers
    # The second differences of the control points bound how far the curve leaves its chords.
    bend = max(hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3))
    pieces = max(1, ceil(sqrt(0.75 * bend / tolerance)))
    points = []
    for step in range(1, pieces):
        t = step / pieces
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    points.append((x3, y3))
    return points


def _extremes(p0: float, *rest: float) -> list[float]:
    """The ends of a segment in one coordinate, and the turning points of a cubic between them."""
    if len(rest) != 3:
        return [p0, *rest]
    p1, p2, p3 = rest
    values = [p0, p3]
    if min(p0, p3) <= min(p1, p2) and max(p1, p2) <= max(p0, p3):
        return values
    a, b, c = p3 - 3 * p2 + 3 * p1 - p0, 2 * (p2 - 2 * p1 + p0), p1 - p0
    for t in _roots(a, b, c):
        if 0 < t < 1:
            s = 1 - t
            values.append(s**3 * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t**3 * p3)
    return values


def _roots(a: float, b: float, c: float) -> list[float]:
    if abs(a) < 1e-9:
        return [-c / b] if b else []
    under = b * b - 4 * a * c
    if under < 0:
        return []
    return [(-b + sqrt(under)) / (2 * a), (-b - sqrt(under)) / (2 * a)]


def _shoelace(chain: tuple[Point, ...]) -> float:
    total = 0.0
    x0, y0 = chain[-1]
    for x1, y1 in chain:
        total += x0 * y1 - x1 * y0
        x0, y0 = x1, y1
    return total / 2


def _crossings(chains: tuple[tuple[Point, ...], ...], y: float) -> Iterator[float]:
    for chain in chains:
        x0, y0 = chain[-1]
        for x1, y1 in chain:
            if (y0 > y) != (y1 > y):
                yield x0 + (y - y0) * (x1 - x0) / (y1 - y0)
            x0, y0 = x1, y1


def _distance_to_piece(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = 0.0 if length == 0 else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length
    t = min(1.0, max(0.0, t))
    return hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)
