"""Colours made from the palette of the desktop, readable on light and dark ground."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QPalette

#: Contrast that WCAG 2.2 asks of text (success criterion 1.4.3) is 4.5; a little more for tired eyes.
READABLE = 5.0
_RED = 0.01
_AMBER = 0.09
_STEPS = 50
#: Contrast under which a frame, or a field on its page, counts as not seen.
_UNSEEN = 1.1
#: What is only read (a heading) must not look switched off.
_ACTIVE = QPalette.ColorGroup.Active


def mixed(first: QColor, second: QColor, share: float) -> QColor:
    """The colour with this share (0 to 1) of the first and the rest of the second."""
    return QColor.fromRgbF(
        *(one * share + other * (1 - share) for one, other in zip(_parts(first), _parts(second), strict=True))
    )


def muted(palette: QPalette) -> QColor:
    """For texts of second rank: between text and ground, and still readable."""
    text, ground = palette.color(_ACTIVE, QPalette.ColorRole.Text), palette.color(_ACTIVE, QPalette.ColorRole.Window)
    return QColor(_muted(text.rgb(), ground.rgb()))


@lru_cache(maxsize=16)
def _muted(text_rgb: int, ground_rgb: int) -> int:
    """Worked out once for a theme: every label asks for it."""
    text, ground = QColor(text_rgb), QColor(ground_rgb)
    shades = (mixed(text, ground, share) for share in (0.66, 0.75, 0.85))
    return next((shade for shade in shades if contrast(shade, ground) >= READABLE), text).rgb()


def alarm(palette: QPalette) -> QColor:
    """For what went wrong: red, as light or dark as the ground needs."""
    return _readable_hue(palette, _RED)


def caution(palette: QPalette) -> QColor:
    """For what wants a second look: amber, as light or dark as the ground needs."""
    return _readable_hue(palette, _AMBER)


def contrast(first: QColor, second: QColor) -> float:
    """Contrast of two colours from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def hides_frames(palette: QPalette) -> bool:
    """Whether a field has neither an edge nor a ground of its own: styles make edges by darkening the window."""
    window, base = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.Base)
    return contrast(window.darker(140), base) < _UNSEEN and contrast(window, base) < _UNSEEN


def _readable_hue(palette: QPalette, hue: float) -> QColor:
    return QColor(_hue_on(hue, palette.color(_ACTIVE, QPalette.ColorRole.Window).rgb()))


@lru_cache(maxsize=16)
def _hue_on(hue: float, ground_rgb: int) -> int:
    """Worked out once for a theme: every label asks for it."""
    ground = QColor(ground_rgb)
    onward = 1 if _luminance(ground) < 0.18 else -1  # 0.18: equally far from black and white
    shades = (QColor.fromHslF(hue, 0.75, 0.5 + onward * step / _STEPS / 2) for step in range(_STEPS + 1))
    return next(shade for shade in shades if contrast(shade, ground) >= min(READABLE, _most(ground))).rgb()


def _most(ground: QColor) -> float:
    """The contrast that black or white, whichever is farther, has with this ground; a hair less against rounding."""
    light = _luminance(ground)
    return ((light + 0.05) / 0.05 if light >= 0.18 else 1.05 / (light + 0.05)) - 0.1


def _parts(colour: QColor) -> tuple[float, float, float]:
    return (colour.redF(), colour.greenF(), colour.blueF())


def _luminance(colour: QColor) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
