"""Zoom: how large the sheet with the hands is seen, and which part of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

_MARGIN = 6.0
#: The largest, as times of what fits into the widget.
LARGEST = 4.0
Size = tuple[float, float]


@dataclass(frozen=True)
class Zoom:
    """A widget of some size looking at a sheet; at factor 1 the whole sheet is seen."""

    size: Size
    sheet: Size
    factor: float = 1.0
    #: What stands in the middle of the widget, as parts of the sheet's breadth and height.
    centre: tuple[float, float] = (0.5, 0.5)

    @property
    def is_whole(self) -> bool:
        """Whether the whole sheet is seen."""
        return self.factor <= 1.0

    @property
    def scale(self) -> float:
        """Pixels of the widget to a unit of the sheet."""
        fits = min((have - 2 * _MARGIN) / need for have, need in zip(self.size, self.sheet, strict=True))
        return max(fits, 0.01) * self.factor

    @property
    def to_view(self) -> QTransform:
        """From the sheet to the widget."""
        transform = QTransform()
        x, y = (
            have / 2 - at * need * self.scale for have, at, need in zip(self.size, self.centre, self.sheet, strict=True)
        )
        transform.translate(x, y)
        transform.scale(self.scale, self.scale)
        return transform

    def on(self, size: Size, sheet: Size) -> Zoom:
        """The same on another widget or another sheet."""
        return replace(self, size=size, sheet=sheet)._inside()

    def whole(self) -> Zoom:
        """The whole sheet."""
        return replace(self, factor=1.0, centre=(0.5, 0.5))

    def scaled(self, times: float, about: QPointF) -> Zoom:
        """Larger or smaller, while the point of the widget `about` stays where it is."""
        factor = min(max(self.factor * times, 1.0), LARGEST)
        fixed = self.to_view.inverted()[0].map(about)
        larger = replace(self, factor=factor)
        return larger.moved(about - larger.to_view.map(fixed))

    def moved(self, by: QPointF) -> Zoom:
        """The sheet pushed by so many pixels, never out of sight."""
        x, y = (
            at - step / (need * self.scale)
            for at, step, need in zip(self.centre, (by.x(), by.y()), self.sheet, strict=True)
        )
        return replace(self, centre=(x, y))._inside()

    def showing(self, part: QRectF) -> Zoom:
        """Pushed just so far that a part of the sheet is in sight."""
        box = self.to_view.mapRect(part)
        return self.moved(
            QPointF(
                _push(box.left(), box.right(), self.size[0]),
                _push(box.top(), box.bottom(), self.size[1]),
            )
        )

    def _inside(self) -> Zoom:
        x, y = (
            _held(at, (have / 2 - _MARGIN) / (need * self.scale))
            for at, have, need in zip(self.centre, self.size, self.sheet, strict=True)
        )
        return replace(self, centre=(x, y))


def _held(at: float, half: float) -> float:
    """The middle, held so far from the edges of the sheet that nothing beyond them is seen."""
    return 0.5 if half >= 0.5 else min(max(at, half), 1 - half)


def _push(first: float, last: float, size: float) -> float:
    """How far a stretch must be pushed to lie in sight; its beginning where it is longer."""
    if first < _MARGIN or last - first > size - 2 * _MARGIN:
        return _MARGIN - first
    return min(0.0, size - _MARGIN - last)
