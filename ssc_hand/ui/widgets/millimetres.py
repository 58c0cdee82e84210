"""How many pixels a length takes on a screen, for targets that a finger must hit."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

#: What a finger in a glove hits surely; also the least of a whole digit on the drawing.
TARGET_MM = 9.0
_PER_INCH = 25.4
#: Dots per inch that a screen can have; what tells others does not know its size (projectors, remote desktops).
_POSSIBLE = (60.0, 400.0)
_USUAL = 96.0


def millimetres(widget: QWidget, length: float) -> int:
    """A length (mm) in pixels of the widget, on the screen on which it stands."""
    told = widget.screen().physicalDotsPerInch()
    dots = told if _POSSIBLE[0] <= told <= _POSSIBLE[1] else _USUAL
    return round(length / _PER_INCH * dots)
