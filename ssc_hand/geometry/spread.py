"""Moves marks apart that stand on one spot, until every letter can be read; the same for screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from ssc_hand.geometry.path import Point

_ROUNDS = 60


def spread(points: Sequence[Point], apart: float, *, reaches: Sequence[float], off: Sequence[Point]) -> list[Point]:
    """The points moved until each keeps `apart` from the others and its own reach from every point of `off`."""
    # Exactly equal points have no direction to part in, so each begins a hair aside.
    hair = apart / 1000
    places = [(x + hair * n, y + 0.7 * hair * n) for n, (x, y) in enumerate(points)]
    for _round in range(_ROUNDS):
        moved = False
        for a in range(len(places)):
            for b in range(a):
                moved |= _part(places, a, b, apart)
            for point in off:
                moved |= _leave(places, a, point, reaches[a])
        if not moved:
            break
    return places


def _part(places: list[Point], a: int, b: int, apart: float) -> bool:
    (ax, ay), (bx, by) = places[a], places[b]
    far = hypot(ax - bx, ay - by)
    if far >= apart:
        return False
    push = (apart - far) / 2 / (far or 1)
    dx, dy = (ax - bx) * push, (ay - by) * push
    places[a], places[b] = (ax + dx, ay + dy), (bx - dx, by - dy)
    return True


def _leave(places: list[Point], a: int, point: Point, apart: float) -> bool:
    (ax, ay), (px, py) = places[a], point
    far = hypot(ax - px, ay - py)
    if far >= apart:
        return False
    push = (apart - far) / (far or 1)
    places[a] = ax + (ax - px) * push, ay + (ay - py) * push
    return True
