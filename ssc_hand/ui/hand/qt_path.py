"""geometry.Path -> QPainterPath."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QPainterPath

from ssc_hand.geometry.path import Path


@lru_cache(maxsize=1024)
def painter_path(path: Path) -> QPainterPath:
    """The same shape for Qt; shared, so callers must not change it."""
    drawn = QPainterPath()
    for command, numbers in path.segments:
        if command == "M":
            drawn.moveTo(*numbers)
        elif command == "L":
            drawn.lineTo(*numbers)
        elif command == "C":
            drawn.cubicTo(*numbers)
        else:
            drawn.closeSubpath()
    return drawn
