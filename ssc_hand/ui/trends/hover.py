"""Which points lie under the pointer, and what is said about them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

from ssc_hand.charts.spec import Line, Point
from ssc_hand.i18n import ngettext
from ssc_hand.ui.widgets.plain_label import PlainLabel

#: How near the pointer must come to a point, and how near points count as lying on one another, in pixels.
REACH = 14.0
_SAME = 4.0
_MOST_NAMED = 6

#: A point with its place in pixels.
Placed = tuple[Point, float, float]


def points_of(lines: Sequence[Line]) -> tuple[Point, ...]:
    """Every point of a chart, in order of date, so that arrow keys walk over it."""
    found = [point for line in lines for point in (*line.points, *line.asides)]
    return tuple(sorted(found, key=lambda point: point.x))


def nearest(placed: Sequence[Placed], x: float, y: float) -> Placed | None:
    """The point under the pointer; None where there is none within reach."""
    found = min(placed, key=lambda each: _square(each, x, y), default=None)
    return found if found and _square(found, x, y) <= REACH**2 else None


def _square(placed: Placed, x: float, y: float) -> float:
    return (placed[1] - x) ** 2 + (placed[2] - y) ** 2


def words(placed: Sequence[Placed], chosen: Placed) -> str:
    """The words of a point and of those that lie on it: the date once, then a line for each."""
    point, x, y = chosen
    together = [
        other
        for other, a, b in placed
        if other is not point and other.visit_id == point.visit_id and (a - x) ** 2 + (b - y) ** 2 <= _SAME**2
    ]
    head, _newline, body = point.words.partition("\n")
    bodies = [body, *(other.words.partition("\n")[2] for other in together)]
    more = len(bodies) - _MOST_NAMED
    if more > 0:
        bodies[_MOST_NAMED:] = [ngettext("and {n} more here", "and {n} more here", more).format(n=more)]
    return "\n".join((head, *bodies))


class HoverLabel(PlainLabel):
    """A small sheet of plain text beside what it tells about."""

    _OFFSET = 14

    def __init__(self, parent: QWidget) -> None:
        """A hidden label over `parent`."""
        super().__init__("", parent)
        self._parent = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self.setFrameShape(QFrame.Shape.Box)
        self.setMargin(6)
        self.hide()

    def tell(self, text: str, at: QPointF) -> None:
        """Show the text beside a place of the parent, inside it; without text, hide."""
        self.setVisible(bool(text))
        if not text:
            return
        self.setText(text)
        self.adjustSize()
        room = self._parent.size()
        x, y = at.x() + self._OFFSET, at.y() - self.height() - self._OFFSET
        if x + self.width() > room.width():
            x = at.x() - self.width() - self._OFFSET
        if y < 0:
            y = at.y() + self._OFFSET
        self.move(round(max(0, min(x, room.width() - self.width()))), round(min(y, room.height() - self.height())))
        self.raise_()
