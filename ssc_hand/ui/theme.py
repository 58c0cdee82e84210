"""Colour roles from the palette of the desktop, light or dark; nothing else in the window names a colour."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from ssc_hand.charts.colour import contrast
from ssc_hand.charts.scales import Ground


def ground(palette: QPalette) -> Ground:
    """Whether the window is light or dark."""
    return Ground.DARK if palette.color(QPalette.ColorRole.Base).lightness() < 128 else Ground.LIGHT


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """A colour between two, with this share of the second."""
    keep = 1 - share
    return QColor(
        round(first.red() * keep + second.red() * share),
        round(first.green() * keep + second.green() * share),
        round(first.blue() * keep + second.blue() * share),
    )


class HandColours:
    """The colours of the hand drawing, derived from a palette."""

    #: A faint warm tone that tells the hand from the sheet without naming anybody's skin.
    _WARMTH = QColor(214, 158, 120)

    def __init__(self, palette: QPalette) -> None:
        base = palette.color(QPalette.ColorRole.Base)
        text = palette.color(QPalette.ColorRole.Text)
        is_dark = ground(palette) is Ground.DARK
        self.sheet = base
        self.text = text
        self.muted = mixed(base, text, 0.62)
        self.skin = mixed(base, self._WARMTH, 0.20 if is_dark else 0.22)
        self.shadow = mixed(self.skin, self._WARMTH, 0.30)
        self.nail = mixed(self.skin, QColor(255, 255, 255), 0.18 if is_dark else 0.55)
        self.line = mixed(self.skin, text, 0.62)
        self.crease = mixed(self.skin, text, 0.32)
        self.highlight = _standing_out(palette.color(QPalette.ColorRole.Highlight), (self.sheet, self.skin), text)


#: What a line needs to be seen on its ground (WCAG 2.2, 1.4.11).
_OF_LINES = 3.0


def _standing_out(colour: QColor, grounds: tuple[QColor, ...], text: QColor) -> QColor:
    """A colour moved towards that of text until its lines stand out from every ground."""
    for share in (0.0, 0.15, 0.3, 0.45, 0.6, 0.8, 1.0):
        found = mixed(colour, text, share)
        if all(contrast(found.name(), ground.name()) >= _OF_LINES for ground in grounds):
            return found
    return text


#: Filled marks of what is open and needs an eye: a warm red that keeps 3:1 on both grounds, and its ink.
_ALARM = {Ground.LIGHT: ("#a3172a", "#ffffff"), Ground.DARK: ("#ff8a80", "#1a0003")}


def alarm(palette: QPalette) -> tuple[QColor, QColor]:
    """Fill and ink of an open ulcer's mark; its shape says the same without colour."""
    fill, ink = _ALARM[ground(palette)]
    return QColor(fill), QColor(ink)
