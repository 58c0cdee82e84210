"""Whether everything on the drawing is read in light, dark and high contrast, and told without colour."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from ssc_hand.charts.colour import contrast, luminance
from ssc_hand.charts.scales import Ground, Shade, legend
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.measures import Measure
from ssc_hand.ui.theme import HandColours, alarm, ground

#: Window, text and choice of desktops as they are found.
DESKTOPS = {
    "light": ("#ffffff", "#000000", "#308cc6"),
    "pale choice": ("#ffffff", "#2e3436", "#cfe3f7"),
    "dark": ("#191b1d", "#e8e8e8", "#3d7dd8"),
    "deep choice on dark": ("#202020", "#f0f0f0", "#10305a"),
    "high contrast black": ("#000000", "#ffffff", "#1aebff"),
    "high contrast white": ("#ffffff", "#000000", "#37006e"),
    "high contrast yellow": ("#000000", "#ffff00", "#008000"),
}
every_desktop = pytest.mark.parametrize("desktop", DESKTOPS.values(), ids=DESKTOPS.keys())
every_layer = pytest.mark.parametrize("layer", CATALOGUE.layers, ids=lambda layer: layer.key)


def a_palette(desktop: tuple[str, str, str]) -> QPalette:
    """The palette of a desktop."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in zip((roles.Base, roles.Text, roles.Highlight), desktop, strict=True):
        palette.setColor(role, QColor(colour))
    return palette


def between(one: QColor, other: QColor) -> float:
    """The contrast of two colours."""
    return contrast(one.name(), other.name())


def shades_of(layer: Measure, on: Ground) -> list[Shade]:
    """Every look that a value of a layer can have."""
    return [step.shade for step in legend(layer, on)]


@every_desktop
def test_words_on_the_sheet_are_read(qtbot: QtBot, desktop: tuple[str, str, str]) -> None:
    colours = HandColours(a_palette(desktop))
    assert between(colours.text, colours.sheet) >= 4.5
    assert between(colours.text, colours.skin) >= 4.5


@every_desktop
def test_the_line_of_the_choice_stands_out_from_sheet_and_skin(qtbot: QtBot, desktop: tuple[str, str, str]) -> None:
    colours = HandColours(a_palette(desktop))
    for behind in (colours.sheet, colours.skin):
        assert between(colours.highlight, behind) >= 3


@every_desktop
def test_the_letter_of_a_mark_is_read_filled_and_hollow(qtbot: QtBot, desktop: tuple[str, str, str]) -> None:
    palette = a_palette(desktop)
    colours, (fill, ink) = HandColours(palette), alarm(palette)
    assert between(ink, fill) >= 4.5
    assert between(fill, colours.sheet) >= 4.5
    assert between(colours.sheet, colours.text) >= 4.5


@every_desktop
@every_layer
def test_every_value_is_read_on_its_shade(qtbot: QtBot, layer: Measure, desktop: tuple[str, str, str]) -> None:
    palette = a_palette(desktop)
    colours = HandColours(palette)
    for shade in shades_of(layer, ground(palette)):
        ink = shade.ink if shade.fill else colours.text.name()
        assert contrast(ink, shade.fill or colours.sheet.name()) >= 4.5


@every_layer
@pytest.mark.parametrize("on", Ground, ids=lambda on: on.value)
def test_the_steps_of_a_layer_go_one_way_in_grey(layer: Measure, on: Ground) -> None:
    lights = [luminance(shade.fill) for shade in shades_of(layer, on) if shade.fill]
    assert lights in (sorted(lights), sorted(lights, reverse=True))
    assert len(set(lights)) == len(lights)


@every_layer
def test_what_is_no_plain_value_is_told_by_its_pattern(layer: Measure) -> None:
    unfilled = [shade for shade in shades_of(layer, Ground.LIGHT) if not shade.fill]
    assert len({shade.pattern for shade in unfilled}) == len(unfilled)
