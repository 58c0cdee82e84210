"""Path: what is parsed, mirrored, measured and hit."""

from __future__ import annotations

from math import hypot, pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.geometry.path import Path, Segment

SQUARE = Path.parse("M 0 0 L 10 0 L 10 10 L 0 10 Z")
#: A circle of radius 10 about (10, 10), as four cubics.
ROUND = Path.parse(
    "M 0 10 C 0 4.477 4.477 0 10 0 C 15.523 0 20 4.477 20 10 C 20 15.523 15.523 20 10 20 C 4.477 20 0 15.523 0 10 Z"
)
CRESCENT = Path.parse("M 0 0 C 40 0 40 40 0 40 C 30 40 30 0 0 0 Z")

numbers = st.integers(0, 86_000).map(lambda value: value / 100)


@st.composite
def paths(draw: st.DrawFn) -> Path:
    """Any path of the drawings' kind: two decimals, inside the box."""
    segments: list[Segment] = [("M", (draw(numbers), draw(numbers)))]
    for _ in range(draw(st.integers(1, 6))):
        command, count = draw(st.sampled_from([("L", 2), ("C", 6)]))
        segments.append((command, tuple(draw(numbers) for _ in range(count))))
    if draw(st.booleans()):
        segments.append(("Z", ()))
    return Path(tuple(segments))


@given(paths())
def test_the_mirror_image_of_the_mirror_image_is_the_path_itself(path: Path) -> None:
    assert path.mirrored(860).mirrored(860) == path


def written(path: Path) -> str:
    """The `d` attribute of a path."""
    return " ".join(" ".join((command, *map(str, numbers))) for command, numbers in path.segments)


@given(paths())
def test_a_path_written_and_read_is_the_same_path(path: Path) -> None:
    assert Path.parse(written(path)) == path


@given(paths())
def test_every_point_of_a_path_lies_within_its_bounds(path: Path) -> None:
    left, top, right, bottom = path.bounds
    for chain in path.flatten():
        for x, y in chain:
            assert left - 1e-6 <= x <= right + 1e-6
            assert top - 1e-6 <= y <= bottom + 1e-6


@given(paths())
def test_an_open_path_reversed_twice_is_itself(path: Path) -> None:
    if not path.closed:
        assert path.reversed().reversed() == path
        assert path.reversed().start == path.end


@given(paths())
def test_the_centre_of_a_shape_with_an_inside_lies_inside(path: Path) -> None:
    if path.closed and path.area > 400:
        assert path.contains(*path.centre)


def test_bounds_reach_to_where_a_curve_turns_and_not_to_its_control_points() -> None:
    left, top, right, bottom = CRESCENT.bounds
    assert (left, top, bottom) == (0, 0, 40)
    assert right == pytest.approx(30)


def test_a_point_in_the_cut_off_corner_of_a_round_shape_is_outside() -> None:
    assert ROUND.contains(10, 10)
    assert ROUND.contains(3.2, 3.2)
    assert not ROUND.contains(2.6, 2.6)
    assert not ROUND.contains(25, 10)


def test_the_area_of_a_round_shape_is_that_of_a_circle() -> None:
    assert ROUND.scaled(10).area == pytest.approx(10_000 * pi, rel=0.005)


def test_the_centre_of_a_crescent_lies_in_it_although_its_centroid_may_not() -> None:
    assert CRESCENT.contains(*CRESCENT.centre)


def test_moving_and_scaling_keep_the_shape() -> None:
    assert SQUARE.scaled(2).translated(5, 1).bounds == (5, 1, 25, 21)


def test_the_distance_to_a_closed_line_counts_its_last_side() -> None:
    assert SQUARE.distance(-3, 5) == pytest.approx(3)
    assert SQUARE.distance(13, 14) == pytest.approx(hypot(3, 4))
    assert Path.polyline([(0, 0), (10, 0), (10, 10), (0, 10)]).distance(-3, 5) == pytest.approx(hypot(3, 5))


def test_commas_and_missing_spaces_are_read() -> None:
    assert Path.parse("M0,0L10,0L10,10L0,10Z") == SQUARE


@pytest.mark.parametrize("d", ["m 0 0 l 1 1", "M 0 0 Q 1 1 2 2", "L 1 1", "M 0 0 L 1", "M 0 0 5 5", "M 0 x"])
def test_anything_but_absolute_m_l_c_z_is_refused(d: str) -> None:
    with pytest.raises(ValueError):
        Path.parse(d)


def test_a_closed_path_has_no_reverse() -> None:
    with pytest.raises(ValueError, match="open path"):
        SQUARE.reversed()


def test_a_shape_without_area_has_a_centre_on_itself() -> None:
    line = Path.parse("M 0 0 L 10 0 Z")
    assert line.centre in [(0, 0), (10, 0)]
