"""The two drawings obey the house rules, tile the hand, and are what the script draws."""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from math import hypot
from pathlib import Path as File
from types import ModuleType
from xml.etree import ElementTree

import pytest

from ssc_hand.domain.anatomy import DIGITS, PHALANGES, Aspect, Digit, Hand, Phalanx, Site
from ssc_hand.geometry.hand_map import HandMap, load
from ssc_hand.geometry.path import Path
from ssc_hand.resources import ROOT

SCRIPT = File(__file__).parents[2] / "packaging" / "draw_hands.py"
#: Units of the drawing per millimetre.
SCALE = 5.0
#: Pixels per unit where two hands stand side by side, 680 wide and 560 high.
SMALL = min(340 / 860, 560 / 1300)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The program that draws."""
    spec = importlib.util.spec_from_file_location("draw_hands", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["draw_hands"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(params=list(Aspect))
def drawing(request: pytest.FixtureRequest) -> HandMap:
    """The right hand from each side."""
    return load(request.param, Hand.RIGHT)


def elements(aspect: Aspect) -> dict[str, ElementTree.Element]:
    root = ElementTree.parse(ROOT / f"hand_{aspect}.svg").getroot()
    return {element.get("id", ""): element for element in root.iter() if element.get("id")}


@pytest.mark.parametrize("aspect", Aspect)
def test_nobody_has_edited_the_drawing_by_hand(script: ModuleType, aspect: Aspect) -> None:
    assert (ROOT / f"hand_{aspect}.svg").read_text(encoding="utf-8") == script.draw(aspect.value)


def test_the_script_writes_both_files(script: ModuleType, tmp_path: File) -> None:
    script.main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hand_dorsal.svg", "hand_palmar.svg"]


@pytest.mark.parametrize("aspect", Aspect)
def test_the_box_is_the_one_in_which_lesions_are_stored(aspect: Aspect) -> None:
    root = ElementTree.parse(ROOT / f"hand_{aspect}.svg").getroot()
    assert root.get("viewBox") == "0 0 860 1300"


@pytest.mark.parametrize("aspect", Aspect)
def test_the_hand_never_moves_within_its_box(aspect: Aspect) -> None:
    """Stored lesions would move: knuckle, middle joint and end of the middle finger, as fractions of the box."""
    drawing = load(aspect, Hand.RIGHT)
    axis = drawing.axes[Site(Hand.RIGHT, Digit.D3)]
    sign, left = (1, 99) if aspect is Aspect.DORSAL else (-1, 73)
    for place, (x, y) in {0: (-5, 93), 1: (-7, 138), 2: (-8.2, 166.9)}.items():
        fx, fy = drawing.fraction(*axis[place])
        assert fx == pytest.approx((left + sign * x) / 172, abs=1e-4)
        assert fy == pytest.approx((218 - y) / 260, abs=1e-4)


@pytest.mark.parametrize("aspect", Aspect)
def test_regions_are_named_exactly_as_anatomy_names_them(aspect: Aspect) -> None:
    expected = {"R"} | {site.code for site in PHALANGES if site.hand is Hand.RIGHT}
    names = elements(aspect)
    assert {name for name in names if name == "R" or name.startswith("R.")} == expected
    digits = {site.code for site in DIGITS if site.hand is Hand.RIGHT}
    for prefix, codes in {"anchor.": digits | {"R"}, "tip.": digits, "axis.": digits, "badge.": {"R"}}.items():
        assert {name.removeprefix(prefix) for name in names if name.startswith(prefix)} == codes
    nails = digits if aspect is Aspect.DORSAL else set()
    for prefix in ("nail.", "lunula."):
        assert {name.removeprefix(prefix) for name in names if name.startswith(prefix)} == nails


@pytest.mark.parametrize("aspect", Aspect)
def test_shapes_are_closed_and_lines_open_and_nothing_is_transformed(aspect: Aspect) -> None:
    for name, element in elements(aspect).items():
        assert element.get("transform") is None
        if element.tag.endswith("path"):
            kind = name.split(".")[0]
            closed = kind in {"R", "outline", "nail", "lunula", "shade"}
            assert Path.parse(element.get("d", "")).closed is closed, name


def test_everything_lies_inside_the_box_with_room_above_the_fingertips(drawing: HandMap) -> None:
    width, height = drawing.size
    paths = [*drawing.regions.values(), drawing.outline, *drawing.creases, *drawing.shades, *drawing.nails.values()]
    for path in paths:
        left, top, right, bottom = path.bounds
        assert left > 5 * SCALE
        assert right < width - 5 * SCALE
        assert top > 20 * SCALE
        assert bottom < height - 4 * SCALE


def test_regions_share_their_edges_and_tile_the_hand(drawing: HandMap) -> None:
    """Where areas add up and no sampled point lies in two regions or in none, there is no gap and no overlap."""
    assert sum(path.area for path in drawing.regions.values()) == pytest.approx(drawing.outline.area, rel=1e-9)
    width, height = map(int, drawing.size)
    for x in range(3, width, 11):
        for y in range(3, height, 11):
            holders = [site.code for site, path in drawing.regions.items() if path.contains(x, y)]
            assert len(holders) == drawing.outline.contains(x, y), (x, y, holders)


def test_the_smallest_region_can_be_pressed_when_two_hands_stand_side_by_side(drawing: HandMap) -> None:
    for site, path in drawing.regions.items():
        left, top, right, bottom = path.bounds
        assert (right - left) * SMALL >= 24, site
        assert (bottom - top) * SMALL >= 24, site


def test_a_digit_is_wide_and_long_enough_to_press_along_its_own_axis(drawing: HandMap) -> None:
    """The bounding box flatters a slanting region, so across and along the digit count too.

    Along it 20 pixels, not 24: between crease and middle joint a little finger has only 11 mm of palm.
    """
    for site, axis in drawing.axes.items():
        assert site.digit is not None
        for number, phalanx in enumerate(site.digit.phalanges):
            region = drawing.regions[Site(site.hand, site.digit, phalanx)]
            (x0, y0), (x1, y1) = axis[number : number + 2]
            length = hypot(x1 - x0, y1 - y0)
            ux, uy = (x1 - x0) / length, (y1 - y0) / length
            points = [point for chain in region.flatten() for point in chain]
            for dx, dy in ((ux, uy), (-uy, ux)):
                spread = [x * dx + y * dy for x, y in points]
                assert (max(spread) - min(spread)) * SMALL >= 20, (site, phalanx)


def base_of(drawing: HandMap, digit: Digit) -> float:
    """How far beyond the knuckle, in millimetres, the digit begins on its axis."""
    site = Site(Hand.RIGHT, digit)
    (x0, y0), (x1, y1) = drawing.axes[site][:2]
    length = hypot(x1 - x0, y1 - y0)
    edge = drawing.edges[Site(Hand.RIGHT, digit, Phalanx.PROXIMAL)]
    for chain in edge.flatten(0.01):
        for x, y in chain:
            across = (x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)
            if abs(across) / length < 0.5:
                return ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length / SCALE
    raise AssertionError("the edge does not cross the axis")


@pytest.mark.parametrize("digit", Digit)
def test_on_the_back_a_digit_begins_at_its_knuckle(digit: Digit) -> None:
    assert base_of(load(Aspect.DORSAL, Hand.RIGHT), digit) == pytest.approx(0, abs=0.5)


@pytest.mark.parametrize("digit", Digit)
def test_on_the_palm_a_digit_begins_at_its_crease_further_out(digit: Digit) -> None:
    assert 21 <= base_of(load(Aspect.PALMAR, Hand.RIGHT), digit) <= 29


@pytest.mark.parametrize(
    ("digit", "length"),
    [(Digit.D1, 49.5), (Digit.D2, 63.9), (Digit.D3, 70.7), (Digit.D4, 65.5), (Digit.D5, 53.3)],
)
def test_digits_are_as_long_on_the_palm_as_they_were_measured(digit: Digit, length: float) -> None:
    """Mean lengths from crease to tip: Chatzioglou 2024, Anat Cell Biol 57:172."""
    drawing = load(Aspect.PALMAR, Hand.RIGHT)
    axis = drawing.axes[Site(Hand.RIGHT, digit)]
    whole = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(axis)) / SCALE
    assert whole - base_of(drawing, digit) == pytest.approx(length, abs=0.2)


def test_the_outline_has_no_corner_but_at_the_cut_wrist(drawing: HandMap) -> None:
    curves = [numbers for command, numbers in drawing.contour.segments if command == "C"]
    for before, after in pairwise(curves):
        ax, ay = before[4] - before[2], before[5] - before[3]
        bx, by = after[0] - before[4], after[1] - before[5]
        turn = abs(ax * by - ay * bx) / (hypot(ax, ay) * hypot(bx, by))
        assert turn < 0.02
        assert ax * bx + ay * by > 0


def test_both_sides_of_the_hand_have_the_same_silhouette() -> None:
    dorsal, palmar = load(Aspect.DORSAL, Hand.RIGHT), load(Aspect.PALMAR, Hand.RIGHT)
    assert dorsal.outline.mirrored(dorsal.size[0]) == palmar.outline
