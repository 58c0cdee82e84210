"""Lengths, widths and areas on a picture: known shapes, and what must hold of every shape."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.photographs import Point, ScaleMark
from ssc_hand.geometry.outline import area, crosses_itself, distance, length, measure, mm_per_pixel, width

RECTANGLE = ((10.0, 10.0), (50.0, 10.0), (50.0, 40.0), (10.0, 40.0))
BOW = ((0.0, 0.0), (40.0, 40.0), (40.0, 0.0), (0.0, 40.0))
TEN_MM = ScaleMark((0.0, 0.0), (100.0, 0.0), 10.0)


def ellipse(a: float, b: float, count: int = 360) -> tuple[Point, ...]:
    """An ellipse with these half axes around (500, 500)."""
    turns = (2 * math.pi * step / count for step in range(count))
    return tuple((500 + a * math.cos(turn), 500 + b * math.sin(turn)) for turn in turns)


def turned(points: tuple[Point, ...], angle: float) -> tuple[Point, ...]:
    """The points turned around the corner of the picture."""
    cos, sin = math.cos(angle), math.sin(angle)
    return tuple((x * cos - y * sin, x * sin + y * cos) for x, y in points)


# Corners in the order of their direction from the middle: a shape that does not cross itself.
stars = st.lists(st.floats(20, 400), min_size=3, max_size=40).map(
    lambda radii: tuple(
        (
            500 + radius * math.cos(2 * math.pi * n / len(radii)),
            500 + radius * math.sin(2 * math.pi * n / len(radii)),
        )
        for n, radius in enumerate(radii)
    )
)
angles = st.floats(0, 2 * math.pi)


def test_a_rectangle_has_its_area_and_its_diagonal_as_length() -> None:
    assert area(RECTANGLE) == pytest.approx(1200)
    assert length(RECTANGLE) == pytest.approx(50)
    assert width(RECTANGLE) == pytest.approx(2 * 1200 / 50 / 2 * 25 / 16)


def test_an_ellipse_has_its_axes_and_area() -> None:
    shape = ellipse(60, 25)
    assert length(shape) == pytest.approx(120, rel=1e-3)
    assert width(shape) == pytest.approx(50, rel=1e-3)
    assert area(shape) == pytest.approx(math.pi * 60 * 25, rel=1e-3)


def test_a_scale_of_ten_mm_over_a_hundred_pixels_is_a_tenth_of_a_mm() -> None:
    assert mm_per_pixel(TEN_MM) == pytest.approx(0.1)


def test_an_outline_is_measured_in_mm() -> None:
    found = measure(ellipse(60, 25), TEN_MM)
    assert found.length_mm == pytest.approx(12, rel=1e-3)
    assert found.width_mm == pytest.approx(5, rel=1e-3)
    assert found.area_mm2 == pytest.approx(math.pi * 6 * 2.5, rel=1e-3)


def test_an_outline_that_crosses_itself_has_no_area() -> None:
    assert crosses_itself(BOW)
    with pytest.raises(Refused, match="crosses itself"):
        measure(BOW, TEN_MM)


@pytest.mark.parametrize("mm", [0.0, -3.0, 501.0, math.nan])
def test_a_scale_needs_a_distance_that_can_be(mm: float) -> None:
    with pytest.raises(Refused):
        ScaleMark((0, 0), (100, 0), mm)


def test_a_scale_of_two_points_in_one_place_is_refused() -> None:
    with pytest.raises(Refused, match="too close"):
        ScaleMark((5, 5), (6, 6), 10)


@given(stars, angles)
def test_turning_the_picture_changes_nothing(shape: tuple[Point, ...], angle: float) -> None:
    other = turned(shape, angle)
    assert area(other) == pytest.approx(area(shape), rel=1e-6, abs=1e-6)
    assert length(other) == pytest.approx(length(shape), rel=1e-6)


@given(stars, st.floats(0.1, 10))
def test_a_picture_twice_as_large_has_four_times_the_area(shape: tuple[Point, ...], factor: float) -> None:
    larger = tuple((x * factor, y * factor) for x, y in shape)
    assert area(larger) == pytest.approx(area(shape) * factor**2, rel=1e-6, abs=1e-6)
    assert length(larger) == pytest.approx(length(shape) * factor, rel=1e-6)


@given(stars)
def test_no_width_exceeds_the_length_and_no_area_their_box(shape: tuple[Point, ...]) -> None:
    assert 0 <= width(shape) <= length(shape) * (1 + 1e-9)
    assert area(shape) <= length(shape) ** 2
    assert all(distance(a, b) <= length(shape) * (1 + 1e-9) for a in shape for b in shape)


@given(stars)
def test_a_star_never_crosses_itself_and_its_direction_does_not_matter(shape: tuple[Point, ...]) -> None:
    assert not crosses_itself(shape)
    assert area(shape[::-1]) == pytest.approx(area(shape))
