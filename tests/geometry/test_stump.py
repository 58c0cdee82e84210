"""Where a shortened digit ends on the drawing."""

from __future__ import annotations

from math import dist

import pytest

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Phalanx, Site, parse_site
from ssc_hand.domain.records import Amputation
from ssc_hand.domain.vocabulary import AmputationLevel
from ssc_hand.geometry.hand_map import load
from ssc_hand.geometry.stump import cuts, end_of


def amputation(code: str, level: AmputationLevel) -> Amputation:
    return Amputation(id="a", patient_id="p", site=parse_site(code), level=level)


@pytest.mark.parametrize(
    ("code", "level", "gone"),
    [
        ("R.D2", AmputationLevel.TIP, None),
        ("R.D2", AmputationLevel.DIP, Phalanx.DISTAL),
        ("R.D2", AmputationLevel.MIDDLE, Phalanx.DISTAL),
        ("R.D2", AmputationLevel.PIP, Phalanx.MIDDLE),
        ("R.D2", AmputationLevel.PROXIMAL, Phalanx.MIDDLE),
        ("R.D2", AmputationLevel.MCP, Phalanx.PROXIMAL),
        ("R.D1", AmputationLevel.DIP, Phalanx.DISTAL),
        ("R.D1", AmputationLevel.PROXIMAL, Phalanx.DISTAL),
        ("R.D1", AmputationLevel.MCP, Phalanx.PROXIMAL),
    ],
)
def test_only_a_phalanx_of_which_nothing_is_left_is_left_out(
    code: str, level: AmputationLevel, gone: Phalanx | None
) -> None:
    site = parse_site(code)
    assert cuts({site: amputation(code, level)}) == ({} if gone is None else {site: gone})


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize("digit", list(Digit))
def test_a_cut_through_a_bone_runs_across_the_phalanx_from_skin_to_skin(
    aspect: Aspect, hand: Hand, digit: Digit
) -> None:
    drawing = load(aspect, hand)
    end = end_of(drawing, amputation(f"{hand}.{digit}", AmputationLevel.TIP))
    region = drawing.regions[Site(hand, digit, Phalanx.DISTAL)]
    (x0, y0), (x1, y1) = end.line.start, end.line.end
    for part in (0.1, 0.5, 0.9):
        assert region.contains(x0 + part * (x1 - x0), y0 + part * (y1 - y0))
    assert not region.contains(x0, y0)
    assert not region.contains(x1, y1)


@pytest.mark.parametrize("digit", list(Digit))
def test_what_is_left_out_beyond_the_cut_holds_the_tip_and_no_other_digit(digit: Digit) -> None:
    drawing = load(Aspect.PALMAR, Hand.LEFT)
    beyond = end_of(drawing, amputation(f"L.{digit}", AmputationLevel.TIP)).beyond
    assert beyond is not None
    assert beyond.contains(*drawing.axes[Site(Hand.LEFT, digit)][-1])
    others = [each for each in Digit if each is not digit]
    assert not any(beyond.contains(*drawing.axes[Site(Hand.LEFT, each)][-1]) for each in others)


def test_a_stumps_value_stands_beyond_it() -> None:
    drawing = load(Aspect.DORSAL, Hand.RIGHT)
    for level in (AmputationLevel.TIP, AmputationLevel.DIP, AmputationLevel.PIP, AmputationLevel.MIDDLE):
        end = end_of(drawing, amputation("R.D3", level))
        assert end.label[1] < min(end.line.start[1], end.line.end[1])


@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize("digit", list(Digit))
def test_skin_over_a_knuckle_runs_from_one_end_of_the_edge_to_the_other_without_the_dent_between_the_webs(
    hand: Hand, digit: Digit
) -> None:
    drawing = load(Aspect.DORSAL, hand)
    site = Site(hand, digit)
    edge = drawing.edges[Site(hand, digit, Phalanx.PROXIMAL)]
    line = end_of(drawing, amputation(f"{hand}.{digit}", AmputationLevel.MCP)).line
    assert (line.start, line.end) == (edge.start, edge.end)
    (points,) = line.flatten()
    knuckle = drawing.axes[site][0]
    assert min(dist(point, knuckle) for point in points[1:-1]) > 5


@pytest.mark.parametrize("hand", list(Hand))
@pytest.mark.parametrize("digit", [Digit.D2, Digit.D3, Digit.D4, Digit.D5])
def test_on_the_palm_a_cut_through_the_first_bone_ends_the_digit_in_sight(hand: Hand, digit: Digit) -> None:
    end = end_of(load(Aspect.PALMAR, hand), amputation(f"{hand}.{digit}", AmputationLevel.PROXIMAL))
    assert dist(end.line.start, end.line.end) > 40
