"""Colour arithmetic agrees with the published definitions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ssc_hand.charts.colour import contrast, from_lab, ink_on, luminance, ramp, to_lab


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#c0392b", "#1f77b4", "#7f7f7f"])
def test_a_colour_survives_the_way_through_oklab(colour: str) -> None:
    assert from_lab(to_lab(colour)) == colour


def test_ink_reads_on_every_grey() -> None:
    for level in range(256):
        fill = f"#{level:02x}{level:02x}{level:02x}"
        assert contrast(ink_on(fill), fill) >= 4.5


def test_a_ramp_goes_from_the_first_anchor_to_the_last_in_even_lightness() -> None:
    colours = ramp(("#fff4cf", "#ea7a3c", "#2c0f3a"), 7)
    lightness = [to_lab(colour)[0] for colour in colours]
    gaps = [a - b for a, b in pairwise(lightness)]
    assert (colours[0], colours[-1]) == ("#fff4cf", "#2c0f3a")
    assert max(gaps) - min(gaps) < 0.02
    assert luminance(colours[0]) > luminance(colours[-1])
