"""Marks that stand on one spot are parted."""

from __future__ import annotations

from itertools import combinations
from math import dist

from ssc_hand.geometry.spread import spread


def test_a_point_with_room_stays() -> None:
    assert spread([(5.0, 5.0)], 10, reaches=[4], off=[(50, 50)]) == [(5.0, 5.0)]


def test_points_on_one_spot_part_until_each_has_its_room() -> None:
    places = spread([(0.0, 0.0)] * 4, 10, reaches=[5] * 4, off=[])
    assert min(dist(a, b) for a, b in combinations(places, 2)) > 9.9


def test_a_point_keeps_its_reach_from_what_must_stay_readable() -> None:
    (place,) = spread([(0.0, 1.0)], 10, reaches=[7], off=[(0, 4)])
    assert dist(place, (0, 4)) > 6.9
