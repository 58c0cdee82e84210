"""Marks on the paper: every letter has room, and a mark that was moved leads back to its point."""

from __future__ import annotations

from itertools import combinations
from math import dist

from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.reports.marks import RADIUS, Look, Placed, spread

ULCER = Look(LesionKind.ULCER, Status.ACTIVE)


def marks(*points: tuple[float, float], look: Look = ULCER) -> list[Placed]:
    return [Placed(chr(65 + number), look, point, point) for number, point in enumerate(points)]


def test_a_mark_with_room_stays_on_its_point() -> None:
    (one, other) = spread(marks((0, 0), (50, 50)), [])
    assert dist(one.at, (0, 0)) < 0.1
    assert not one.is_moved
    assert not other.is_moved


def test_marks_on_one_point_part_until_every_letter_can_be_read() -> None:
    placed = spread(marks((10, 10), (10, 10), (10, 10), (11, 10)), [])
    assert all(dist(a.at, b.at) > 2 * RADIUS for a, b in combinations(placed, 2))


def test_a_moved_mark_keeps_the_point_of_its_lesion() -> None:
    placed = spread(marks((10, 10), (10, 10)), [])
    assert all(mark.is_moved and mark.point == (10, 10) for mark in placed)


def test_a_mark_keeps_off_the_value_of_its_digit() -> None:
    (mark,) = spread(marks((10, 10)), [(10, 14)])
    assert dist(mark.at, (10, 14)) > RADIUS + 4


def test_a_mark_whose_point_is_not_known_takes_more_room() -> None:
    assert Look(LesionKind.ULCER, Status.ACTIVE, exact=False).reach > ULCER.reach


def test_a_triangle_stands_higher_than_it_is_wide() -> None:
    scar = Look(LesionKind.PITTING_SCAR, Status.PRESENT)
    assert scar.height > scar.reach
