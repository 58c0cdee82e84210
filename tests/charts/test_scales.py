"""Each measure's colours tell values apart for every eye, on screen and on grey paper."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest

from ssc_hand.charts.colour import contrast, luminance, to_lab
from ssc_hand.charts.scales import Ground, Pattern, ink, legend, line_colour, shade
from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import Reading, not_scored
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.measures import Direction, Measure

LAYERS = pytest.mark.parametrize("measure", CATALOGUE.layers, ids=lambda measure: measure.key)
GROUNDS = pytest.mark.parametrize("ground", Ground, ids=lambda ground: ground.value)
# What each kind of colour blindness leaves of linear red, green, blue (Viénot 1999; tritan after Machado 2009).
BLIND = {
    "protan": ((0.1121, 0.8853, -0.0005), (0.1127, 0.8897, -0.0001), (0.0045, 0.0000, 1.0019)),
    "deutan": ((0.2920, 0.7054, -0.0003), (0.2934, 0.7089, 0.0000), (-0.02098, 0.02559, 1.0019)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def read(measure: Measure, value: object, why: str = "") -> Reading:
    return Reading(measure=measure, site=parse_site("R.D2"), value=value, n=1, why=why)


def fills(measure: Measure, ground: Ground) -> list[str]:
    return [step.fill for step in legend(measure, ground) if step.fill]


@LAYERS
@GROUNDS
def test_lightness_goes_one_way_so_that_grey_paper_keeps_the_order(measure: Measure, ground: Ground) -> None:
    light = [luminance(fill) for fill in fills(measure, ground)]
    assert light in (sorted(light), sorted(light, reverse=True))
    assert len(set(light)) == len(light) >= 6


@LAYERS
@GROUNDS
def test_text_on_every_step_can_be_read(measure: Measure, ground: Ground) -> None:
    for step in legend(measure, ground):
        back = step.fill or {Ground.LIGHT: "#ffffff", Ground.DARK: "#1e1e1e"}[ground]
        assert contrast(step.shade.ink, back) >= 4.5


@LAYERS
@GROUNDS
@pytest.mark.parametrize("blindness", BLIND)
def test_neighbouring_steps_differ_for_the_colour_blind(measure: Measure, ground: Ground, blindness: str) -> None:
    seen = [to_lab(_seen(fill, blindness)) for fill in fills(measure, ground)]
    for one, other in pairwise(seen):
        assert math.dist(one, other) > 0.02


def _seen(colour: str, blindness: str) -> str:
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    mixed = [sum(w * v for w, v in zip(row, linear, strict=True)) for row in BLIND[blindness]]
    clipped = [min(1.0, max(0.0, v)) for v in mixed]
    encoded = [v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in clipped]
    return "#" + "".join(f"{round(v * 255):02x}" for v in encoded)


@GROUNDS
def test_the_worst_stands_out_furthest_from_the_ground(ground: Ground) -> None:
    back = {Ground.LIGHT: "#ffffff", Ground.DARK: "#1e1e1e"}[ground]
    for measure in CATALOGUE.layers:
        if measure.worse is Direction.HIGHER:
            ratios = [contrast(fill, back) for fill in fills(measure, ground)]
            assert ratios == sorted(ratios)


def test_temperature_has_no_warm_warning_colour() -> None:
    for fill in fills(CATALOGUE["skin_temp"], Ground.LIGHT):
        _lightness, a, b = to_lab(fill)
        assert math.hypot(a, b) < 0.06
        assert b <= 0


def test_the_hue_of_a_difference_turns_at_zero() -> None:
    ddd = CATALOGUE["ddd"]
    colder, warmer = (to_lab(shade(ddd, read(ddd, value)).fill or "") for value in (-0.1, 0.0))
    assert colder[2] < 0 < warmer[2]


def test_a_value_is_coloured_as_it_is_written() -> None:
    crt = CATALOGUE["crt"]
    assert shade(crt, read(crt, 1.96)) == shade(crt, read(crt, 2.0))
    assert shade(crt, read(crt, 1.94)) == shade(crt, read(crt, 0.0))


def test_zero_pain_stands_alone() -> None:
    pain = CATALOGUE["pain"]
    assert [shade(pain, read(pain, value)).step for value in range(11)] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert [step.label for step in legend(pain)][:3] == ["0", "1 to 2", "3 to 4"]


def test_no_refill_has_a_colour_and_a_mark_of_its_own() -> None:
    crt = CATALOGUE["crt"]
    beyond, worst = shade(crt, read(crt, Beyond(30))), shade(crt, read(crt, 30.0))
    assert beyond.pattern is Pattern.BEYOND
    assert worst.pattern is Pattern.PLAIN
    assert beyond.fill != worst.fill


def test_not_recorded_not_assessed_and_not_scored_look_different_and_are_no_value() -> None:
    ddd = CATALOGUE["ddd"]
    absent = shade(ddd, None)
    hidden = shade(ddd, read(ddd, None, "dressing"))
    thumb = shade(ddd, read(ddd, None, not_scored()))
    assert [each.pattern for each in (absent, hidden, thumb)] == [Pattern.PLAIN, Pattern.HATCH, Pattern.DOTS]
    assert {each.fill for each in (absent, hidden, thumb)} == {None}
    assert {each.step for each in (absent, hidden, thumb)} == {-1}


def test_what_was_not_done_is_not_hatched_as_if_it_had_been_impossible() -> None:
    crt = CATALOGUE["crt"]
    not_done = shade(crt, replace(read(crt, None, "not done"), is_not_done=True))
    assert (not_done.pattern, not_done.fill, not_done.step) == (Pattern.PLAIN, None, -1)
    assert "/ not done; empty: not recorded" in [step.label for step in legend(crt)]


@LAYERS
def test_every_value_of_a_measure_finds_its_box_in_the_legend(measure: Measure) -> None:
    low, high = measure.kind.hard  # type: ignore[union-attr]
    boxes = [step.shade for step in legend(measure)]
    for tenth in range(round(low * 10), round(high * 10) + 1):
        value = tenth / 10
        found = shade(measure, read(measure, value))
        assert boxes[found.step] == found


def test_open_ends_of_a_legend_say_so() -> None:
    labels = [step.label for step in legend(CATALOGUE["skin_temp"])]
    assert (labels[0], labels[1], labels[7]) == ("under 18.0", "18.0 to 20.9", "36.0 or more")
    assert "−2.0 to −0.1" in [step.label for step in legend(CATALOGUE["ddd"])]


@GROUNDS
def test_lines_of_a_chart_read_on_their_ground(ground: Ground) -> None:
    back = {Ground.LIGHT: "#ffffff", Ground.DARK: "#1e1e1e"}[ground]
    colours = [line_colour(number, ground) for number in range(5)]
    assert len(set(colours)) == 5
    assert all(contrast(colour, back) >= 3 for colour in colours)
    assert contrast(ink(ground), back) >= 4.5


def test_a_measure_that_colours_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="rcs"):
        shade(CATALOGUE["rcs"], None)
