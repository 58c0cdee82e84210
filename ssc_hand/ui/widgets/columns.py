"""Parts under each other in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 28


class Columns(QWidget):
    """Keeps its parts in their order, down the first column, then the next; never wider than it is let."""

    def __init__(self, parts: Sequence[QWidget], parent: QWidget | None = None) -> None:
        """Columns of these parts, which become its own."""
        super().__init__(parent)
        self._parts = list(parts)
        for part in self._parts:
            part.setParent(self)
        # Sentences that wrap elsewhere on the page must not squeeze the parts.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def count(self) -> int:
        """How many columns there are at this width."""
        return len({part.x() for part in self._parts})

    def minimumSizeHint(self) -> QSize:
        """The widest part: one column is enough, and what is beneath begins below the last."""
        return QSize(max(part.sizeHint().width() for part in self._parts), self.minimumHeight())

    def sizeHint(self) -> QSize:
        """As wide as it is."""
        return QSize(self.width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Follow another size of text."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return done

    def _arrange(self) -> None:
        sizes = [part.sizeHint() for part in self._parts]
        x = height = 0
        for column in _lowest(sizes, self.width()):
            y = 0
            for number in column:
                self._parts[number].setGeometry(x, y, sizes[number].width(), sizes[number].height())
                y += sizes[number].height()
            x += max(sizes[number].width() for number in column) + _GAP
            height = max(height, y)
        if height != self.minimumHeight():
            self.setFixedHeight(height)


def _lowest(sizes: Sequence[QSize], width: int) -> list[range]:
    """The numbers of the parts in each column: of the ways that fit the lowest, of these the one of fewest columns."""
    every = range(1, len(sizes))
    cuts = (cut for count in range(len(sizes)) for cut in combinations(every, count))
    ways = ([range(a, b) for a, b in pairwise((0, *cut, len(sizes)))] for cut in cuts)
    fitting = [way for way in ways if len(way) == 1 or _width(sizes, way) <= width]
    return min(fitting, key=lambda way: max(sum(sizes[n].height() for n in column) for column in way))


def _width(sizes: Sequence[QSize], columns: Sequence[range]) -> int:
    return sum(max(sizes[number].width() for number in column) + _GAP for column in columns) - _GAP
