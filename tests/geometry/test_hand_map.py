"""HandMap: the right hand read from its drawing, the left mirrored, hits, cuts and hints."""

from __future__ import annotations

from itertools import product
from math import hypot

import pytest

from ssc_hand.domain.anatomy import DIGITS, Aspect, Digit, Hand, Phalanx, Site
from ssc_hand.geometry.hand_map import HandMap, load, location_hint

BOTH = list(product(Aspect, Hand))
SCALE = 5.0


@pytest.fixture(params=BOTH, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def drawing(request: pytest.FixtureRequest) -> HandMap:
    """Each hand from each side."""
    return load(*request.param)


def digits(drawing: HandMap) -> list[Site]:
    return [site for site in DIGITS if site.hand is drawing.hand]


@pytest.mark.parametrize(
    ("aspect", "hand", "side"),
    [
        (Aspect.DORSAL, Hand.RIGHT, "left"),
        (Aspect.DORSAL, Hand.LEFT, "right"),
        (Aspect.PALMAR, Hand.RIGHT, "right"),
        (Aspect.PALMAR, Hand.LEFT, "left"),
    ],
)
def test_the_thumb_is_on_the_side_where_it_belongs(aspect: Aspect, hand: Hand, side: str) -> None:
    drawing = load(aspect, hand)
    thumb, _ = drawing.centre_of(Site(hand, Digit.D1, Phalanx.DISTAL))
    little, _ = drawing.centre_of(Site(hand, Digit.D5, Phalanx.DISTAL))
    middle = drawing.size[0] / 2
    assert (thumb < middle < little) if side == "left" else (little < middle < thumb)


def test_fingers_point_up_and_stand_in_order(drawing: HandMap) -> None:
    tips = [drawing.tip_anchor(site) for site in digits(drawing)]
    across = [x for x, _ in tips]
    assert across in (sorted(across), sorted(across, reverse=True))
    assert all(y < drawing.centre_of(Site(drawing.hand))[1] for _, y in tips)


def test_a_press_on_the_middle_of_each_region_finds_that_region(drawing: HandMap) -> None:
    for site in drawing.regions:
        assert drawing.site_at(*drawing.centre_of(site)) == site


def test_a_press_beside_the_hand_finds_nothing(drawing: HandMap) -> None:
    width, height = drawing.size
    assert drawing.site_at(2, 2) is None
    assert drawing.site_at(width - 2, height - 2) is None
    for site in digits(drawing):
        assert drawing.site_at(*drawing.tip_anchor(site)) is None


def test_values_stand_on_their_digit_and_the_hand_s_on_the_hand(drawing: HandMap) -> None:
    hand = Site(drawing.hand)
    assert drawing.site_at(*drawing.centre_of(hand)) == hand
    assert drawing.site_at(*drawing.badge) == hand
    for site in digits(drawing):
        found = drawing.site_at(*drawing.centre_of(site))
        level = Phalanx.PROXIMAL if site.digit is Digit.D1 else Phalanx.MIDDLE
        assert found == Site(site.hand, site.digit, level)


@pytest.mark.parametrize("aspect", Aspect)
def test_the_left_hand_is_the_mirror_image_of_the_right(aspect: Aspect) -> None:
    right, left = load(aspect, Hand.RIGHT), load(aspect, Hand.LEFT)
    width = right.size[0]
    assert {site.mirrored() for site in right.regions} == set(left.regions)
    for site, path in right.regions.items():
        assert left.regions[site.mirrored()].mirrored(width) == path


def test_fractions_are_those_of_the_right_hand_s_box(drawing: HandMap) -> None:
    site = Site(drawing.hand, Digit.D1, Phalanx.DISTAL)
    fx, fy = drawing.fraction(*drawing.centre_of(site))
    right = load(drawing.aspect, Hand.RIGHT)
    assert right.site_at(*right.point(fx, fy)) == Site(Hand.RIGHT, Digit.D1, Phalanx.DISTAL)
    assert drawing.point(fx, fy) == pytest.approx(drawing.centre_of(site))


def test_a_drawing_is_read_only_once() -> None:
    assert load(Aspect.DORSAL, Hand.LEFT) is load(Aspect.DORSAL, Hand.LEFT)


def test_the_outline_of_a_digit_is_as_large_as_its_phalanges(drawing: HandMap) -> None:
    for site in digits(drawing):
        parts = [path for each, path in drawing.regions.items() if each.phalanx and each.of_digit == site]
        whole = drawing.digit_path(site)
        assert whole.closed
        assert whole.area == pytest.approx(sum(part.area for part in parts), rel=1e-6)


def test_only_the_back_of_the_hand_has_nails_and_each_lies_in_its_distal_phalanx(drawing: HandMap) -> None:
    if drawing.aspect is Aspect.PALMAR:
        assert not drawing.nails
        assert not drawing.lunulae
        return
    assert list(drawing.nails) == list(drawing.lunulae) == digits(drawing)
    for site, nail in drawing.nails.items():
        distal = drawing.regions[Site(site.hand, site.digit, Phalanx.DISTAL)]
        assert all(distal.contains(*point) for chain in nail.flatten() for point in chain)
        assert all(nail.contains(*point) for chain in drawing.lunulae[site].flatten() for point in chain)


# Amputation.


def closes_over_a_knuckle(drawing: HandMap, level: Phalanx) -> bool:
    """Seen from the back, the skin of such a stump runs from web to web, beyond the region of the hand."""
    return drawing.aspect is Aspect.DORSAL and level is Phalanx.PROXIMAL


def test_after_an_amputation_the_outline_ends_at_the_stump(drawing: HandMap) -> None:
    for site in digits(drawing):
        assert site.digit is not None
        for level in site.digit.phalanges:
            cut = drawing.without({site: level})
            gone = Site(site.hand, site.digit, level)
            assert gone not in cut.regions
            assert not cut.outline.contains(*drawing.axes[site][-1])
            if not closes_over_a_knuckle(drawing, level):
                assert not cut.outline.contains(*drawing.regions[gone].centre)
                assert cut.outline.area == pytest.approx(sum(path.area for path in cut.regions.values()), rel=1e-6)
            assert site not in cut.nails
            assert len(cut.creases) < len(drawing.creases)


def test_no_shade_or_crease_hangs_in_the_air_beyond_a_stump(drawing: HandMap) -> None:
    for site in digits(drawing):
        cut = drawing.without({site: Phalanx.DISTAL})
        assert len(cut.shades) == len(drawing.shades) - 2
        for path in (*cut.shades, *cut.creases):
            points = [point for chain in path.flatten() for point in chain]
            away = [point for point in points if not cut.outline.contains(*point)]
            assert all(cut.outline.distance(*point) < 1.5 * SCALE for point in away)


def test_a_hand_without_fingers_is_the_region_of_the_hand(drawing: HandMap) -> None:
    bare = drawing.without(dict.fromkeys(digits(drawing), Phalanx.PROXIMAL))
    assert list(bare.regions) == [Site(drawing.hand)]
    hand = drawing.regions[Site(drawing.hand)].area
    if closes_over_a_knuckle(drawing, Phalanx.PROXIMAL):
        assert hand < bare.outline.area < 1.25 * hand
    else:
        assert bare.outline.area == pytest.approx(hand)
    with pytest.raises(KeyError):
        bare.digit_path(digits(drawing)[0])


def test_without_amputations_nothing_changes(drawing: HandMap) -> None:
    assert drawing.without({}) is drawing


def test_the_stump_of_a_cut_digit_keeps_an_outline_of_its_own(drawing: HandMap) -> None:
    ring = Site(drawing.hand, Digit.D4)
    cut = drawing.without({ring: Phalanx.DISTAL})
    assert cut.digit_path(ring).area < drawing.digit_path(ring).area


# Location classes.


def along(drawing: HandMap, site: Site, joint: int, part: float, side: float = 0.0) -> tuple[float, float]:
    """A point between two joints; `side` in millimetres towards the thumb."""
    (x0, y0), (x1, y1) = drawing.axes[site][joint : joint + 2]
    length = hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    sign = 1 if (drawing.aspect is Aspect.DORSAL) == (drawing.hand is Hand.RIGHT) else -1
    return (
        x0 + part * (x1 - x0) + uy * side * SCALE * sign,
        y0 + part * (y1 - y0) - ux * side * SCALE * sign,
    )


def hint(drawing: HandMap, point: tuple[float, float]) -> str:
    site = drawing.site_at(*point)
    assert site is not None
    return location_hint(drawing.aspect, site, *drawing.fraction(*point))


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("digit", [digit for digit in Digit if digit is not Digit.D1])
def test_on_the_back_of_a_finger_the_class_follows_the_place(hand: Hand, digit: Digit) -> None:
    drawing, site = load(Aspect.DORSAL, hand), Site(hand, digit)
    assert hint(drawing, along(drawing, site, 2, 0.98)) == "tip"
    assert hint(drawing, drawing.nails[site].centre) == "periungual"
    assert hint(drawing, along(drawing, site, 2, 0.02)) == "dip"
    assert hint(drawing, along(drawing, site, 1, 0.02)) == "pip"
    assert hint(drawing, along(drawing, site, 0, 0.05)) == "mcp"
    assert hint(drawing, along(drawing, site, 1, 0.5)) == "other"
    assert hint(drawing, along(drawing, site, 1, 0.5, side=6)) == "radial"
    assert hint(drawing, along(drawing, site, 1, 0.5, side=-6)) == "ulnar"


@pytest.mark.parametrize("hand", Hand)
@pytest.mark.parametrize("digit", Digit)
def test_on_the_palm_a_distal_phalanx_is_mostly_pulp(hand: Hand, digit: Digit) -> None:
    drawing, site = load(Aspect.PALMAR, hand), Site(hand, digit)
    last = len(drawing.axes[site]) - 2
    assert hint(drawing, along(drawing, site, last, 0.6)) == "tip"
    assert hint(drawing, along(drawing, site, last, 0.95)) == "tip"
    edge = drawing.edges[Site(hand, digit, Phalanx.DISTAL)]
    near = 0.7 * hypot(edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]) / 2 / SCALE
    assert hint(drawing, along(drawing, site, last, 0.3, side=near)) == "radial"
    assert hint(drawing, along(drawing, site, last, 0.3, side=-near)) == "ulnar"
    assert hint(drawing, along(drawing, site, last, 0.1)) == "other"


@pytest.mark.parametrize("hand", Hand)
def test_the_thumb_s_only_joint_is_called_its_distal_one(hand: Hand) -> None:
    drawing = load(Aspect.DORSAL, hand)
    assert hint(drawing, along(drawing, Site(hand, Digit.D1), 1, 0.02)) == "dip"


def test_on_the_hand_itself_only_the_knuckles_have_a_class(drawing: HandMap) -> None:
    hand = Site(drawing.hand)
    assert hint(drawing, drawing.centre_of(hand)) == "other"
    below = along(drawing, Site(drawing.hand, Digit.D3), 0, -0.08)
    assert hint(drawing, below) == ("mcp" if drawing.aspect is Aspect.DORSAL else "other")
