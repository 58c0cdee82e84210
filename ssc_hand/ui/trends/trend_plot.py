"""The chart that answers: hover and arrow keys tell values, a click opens the visit behind a point."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssc_hand.charts.spec import Band, Break, ChartSpec, Point, day_number
from ssc_hand.ui.trends import hover
from ssc_hand.ui.trends.hover import HoverLabel
from ssc_hand.ui.trends.ink import paper_palette
from ssc_hand.ui.trends.plot import Picture, Plot

#: A chart shows at least so many days.
_SHORTEST_SPAN = 45.0


class TrendPlot(QWidget):
    """Draws a chart, says what lies under the pointer or the arrow keys, and asks for the visit behind a point."""

    visit_requested = Signal(str)  #: the id of a visit

    def __init__(self, parent: QWidget | None = None) -> None:
        """A plot without a chart."""
        super().__init__(parent)
        self._spec: ChartSpec | None = None
        self._caption = ""
        self._points: tuple[Point, ...] = ()
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot = Plot(self)
        self._plot.pointed.connect(self._point_at)
        self._plot.pressed.connect(self._open_at)
        self._hover = HoverLabel(self._plot.viewport())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)

    @property
    def spec(self) -> ChartSpec | None:
        """The chart that is shown."""
        return self._spec

    @property
    def told(self) -> str:
        """The words shown beside the pointer; empty while there are none."""
        return self._hover.text() if not self._hover.isHidden() else ""

    @property
    def canvas(self) -> QWidget:
        """The widget that takes the clicks."""
        return self._plot.viewport()  # type: ignore[no-any-return]

    def show_chart(self, spec: ChartSpec, caption: str = "") -> None:
        """Draw a chart over its whole time; the caption is written into it and its pictures."""
        self._spec, self._caption = spec, caption
        self._points = hover.points_of(spec.lines)
        self._current = -1
        self._hover.hide()
        self._plot.draw(spec, self.palette(), caption)
        self.show_all()

    def show_all(self) -> None:
        """Show the whole time again after looking closer."""
        if self._spec is not None:
            self._plot.show_time(*_time_of(self._spec))

    def picture(self, kind: Picture) -> bytes:
        """The chart as the content of a file, in the colours of paper whatever the window's are."""
        assert self._spec is not None, "there is no chart to take a picture of"
        self._hover.hide()
        self._plot.draw(self._spec, paper_palette(), self._caption)
        try:
            return self._plot.picture(kind)
        finally:
            self._plot.draw(self._spec, self.palette(), self._caption)

    def placed(self) -> list[hover.Placed]:
        """The points with their places in pixels of the canvas."""
        assert self._spec is not None
        found = []
        for point in self._points:
            at = self._plot.place(point.x, self._spec.height_of(point))
            found.append((point, at.x(), at.y()))
        return found

    def _point_at(self, at: QPointF) -> None:
        if self._spec is None:
            return
        placed = self.placed()
        found = hover.nearest(placed, at.x(), at.y())
        inside = self._plot.area.contains(at)
        if found and inside:
            self._describe(placed, found)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        self.unsetCursor()
        self._plot.ring(())
        words = self._line_at(at) if inside else ""
        self._hover.tell(words, at)

    def _line_at(self, at: QPointF) -> str:
        """The words of the vertical lines under the pointer; empty where there are none."""
        assert self._spec is not None
        low = self._spec.axis.low
        lines: tuple[Band | Break, ...] = (*self._spec.bands, *self._spec.breaks)
        return "\n".join(
            each.words for each in lines if abs(self._plot.place(each.x, low).x() - at.x()) < hover.REACH / 2
        )

    def _describe(self, placed: Sequence[hover.Placed], found: hover.Placed) -> None:
        point, x, y = found
        words = hover.words(placed, found)
        self._plot.ring((point,))
        self._hover.tell(words, QPointF(x, y))
        self.setAccessibleDescription(words)

    def _open_at(self, at: QPointF) -> None:
        found = hover.nearest(self.placed(), at.x(), at.y()) if self._spec else None
        if found:
            self.visit_requested.emit(found[0].visit_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk over the points by date, Enter opens the visit."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Home: -len(self._points), Qt.Key.Key_End: 10**6}
        if self._points and event.key() in steps:
            self._walk(self._current + steps[Qt.Key(event.key())])
        elif self._current >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.visit_requested.emit(self._points[self._current].visit_id)
        else:
            super().keyPressEvent(event)

    def _walk(self, number: int) -> None:
        self._current = min(max(number, 0), len(self._points) - 1)
        placed = self.placed()
        self._describe(placed, placed[self._current])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the label away with the focus."""
        super().focusOutEvent(event)
        self._hover.hide()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the label away with the pointer."""
        super().leaveEvent(event)
        self._hover.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the desktop into another palette or size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._spec:
            self._plot.draw(self._spec, self.palette(), self._caption)


def _time_of(spec: ChartSpec) -> tuple[float, float]:
    """The time to show: all values, and procedures that lie near them, with a little room on both sides."""
    low, high = spec.span
    near = max((high - low) / 4, 180.0)
    days = [day for band in spec.bands for day in (day_number(band.first), day_number(band.last) + 1)]
    low = min([low, *(day for day in days if low - near <= day)])
    high = max([high, *(day for day in days if day <= high + near)])
    pad = max((high - low) * 0.04, (_SHORTEST_SPAN - (high - low)) / 2)
    return low - pad, high + pad
