"""Small trends: a chart of plain data drawn on a few square centimetres, legible without colour."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from ssc_hand.charts.spec import ChartSpec, Line, Mark, Point, day_at
from ssc_hand.charts.ticks import value_ticks
from ssc_hand.charts.trend import style_of
from ssc_hand.domain.anatomy import HANDS
from ssc_hand.domain.dates import month_label
from ssc_hand.reports.styles import HAIR, INK, LINE, QUIET
from ssc_hand.reports.text import Lettering, draw, fit

_PER_ROW = 3
_GAP = 16.0
_HEIGHT = 98.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 18.0, 24.0, 27.0, 18.0
_TITLE, _SMALL = Lettering(7.4, bold=True), Lettering(6.2)
_VALUE = Lettering(6.8, bold=True)
#: Beyond so many visits the points are drawn smaller.
_MANY = 16
#: Lines of the left hand have numbers from here on (see charts.trend.style_of).
_LEFT_HAND = 5


class TrendFigures(Flowable):
    """One row of small charts, each as wide as a third of the text."""

    def __init__(self, specs: Sequence[ChartSpec], width: float) -> None:
        super().__init__()
        self._specs = specs
        self.width = width
        self.height = _HEIGHT

    def wrap(self, *_room: float) -> tuple[float, float]:
        """The room it takes, whatever there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the charts from left to right."""
        each = (self.width - (_PER_ROW - 1) * _GAP) / _PER_ROW
        for number, spec in enumerate(self._specs):
            self.canv.saveState()
            self.canv.translate(number * (each + _GAP), 0)
            _Chart(self.canv, spec, each).draw()
            self.canv.restoreState()


def trend_rows(specs: Sequence[ChartSpec], width: float) -> list[Flowable]:
    """The charts that have something to show, in rows."""
    shown = [spec for spec in specs if not spec.is_empty]
    return [TrendFigures(shown[at : at + _PER_ROW], width) for at in range(0, len(shown), _PER_ROW)]


class _Chart:
    """Draws one chart with its lower left corner at the origin."""

    def __init__(self, canvas: Canvas, spec: ChartSpec, width: float) -> None:
        self._canvas = canvas
        self._spec = spec
        self._width = width
        self._visits = max((len(list(line.points)) for line in spec.lines), default=0)
        first, last = spec.span
        # Visits of a single day stand in the middle.
        self._first, self._last = (first, last) if last - first >= 1 else (first - 30, first + 30)

    def draw(self) -> None:
        self._draw_axes()
        self._draw_context()
        for line in self._spec.lines:
            self._draw_line(line)
        self._draw_last_values()

    def _x(self, day: float) -> float:
        return _LEFT + 4 + (self._width - _LEFT - _RIGHT - 8) * (day - self._first) / (self._last - self._first)

    def _y(self, value: float) -> float:
        axis = self._spec.axis
        top = axis.high if axis.beyond is None else axis.beyond
        part = (value - axis.low) / ((top - axis.low) or 1)
        return _BOTTOM + (_HEIGHT - _TOP - _BOTTOM) * part

    def _draw_axes(self) -> None:
        canvas, axis = self._canvas, self._spec.axis
        canvas.setFillColor(INK)
        draw(canvas, (0, _HEIGHT - 9), fit(self._spec.title, _TITLE, self._width), _TITLE)
        canvas.setFillColor(QUIET)
        draw(canvas, (0, _HEIGHT - 17.5), fit(_legend(self._spec), _SMALL, self._width), _SMALL)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(HAIR)
        for value in value_ticks(axis.low, axis.high, 4, whole=True):
            canvas.line(_LEFT, self._y(value), self._width - _RIGHT, self._y(value))
            draw(canvas, (_LEFT - 3, self._y(value) - 2.2), f"{value:.0f}", _SMALL, align=1)
        first, last = self._spec.span
        draw(canvas, (_LEFT, 8), month_label(day_at(first)), _SMALL)
        if last - first >= 1:
            draw(canvas, (self._width - _RIGHT, 8), month_label(day_at(last)), _SMALL, align=1)

    def _draw_context(self) -> None:
        """Published limits, procedures, and where values stopped being comparable."""
        canvas = self._canvas
        low, high = self._y(self._spec.axis.low), self._y(self._spec.axis.high)
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.5)
        for level in self._spec.levels:
            canvas.setDash(1.2, 1.6)
            canvas.line(_LEFT, self._y(level.value), self._width - _RIGHT, self._y(level.value))
        canvas.setDash()
        for band in self._spec.bands:
            days = [float((day - day_at(0)).days) for day in (band.first, band.last)]
            middle = sum(days) / 2
            if self._first <= middle <= self._last:
                canvas.setLineWidth(0.7)
                canvas.line(self._x(middle), low, self._x(middle), high)
                _triangle(canvas, (self._x(middle), high + 2.4))
        for cut in self._spec.breaks:
            canvas.setLineWidth(0.7)
            for shift in (-1.1, 1.1):
                x = self._x(cut.x) + shift
                canvas.line(x - 1.4, low - 2.5, x + 1.4, low + 2.5)

    def _draw_line(self, line: Line) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(black)
        canvas.setLineWidth(1.0)
        canvas.setDash(*_dash(line.style))
        for run in line.runs:
            for a, b in pairwise(run):
                canvas.line(*self._place(a), *self._place(b))
        canvas.setDash()
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(0.4)
        for a, b in line.bridges:
            canvas.line(*self._place(a), *self._place(b))
        canvas.setStrokeColor(black)
        for point in line.points:
            self._draw_point(point, line.style)
        for point in line.asides:
            _cross(canvas, (self._x(point.x), self._y(self._spec.axis.low)))

    def _place(self, point: Point) -> tuple[float, float]:
        return self._x(point.x), self._y(self._spec.height_of(point))

    def _draw_point(self, point: Point, style: int) -> None:
        canvas = self._canvas
        x, y = self._place(point)
        canvas.setLineWidth(0.8)
        size = 1.7 if self._visits <= _MANY else 1.0
        canvas.setFillColor(white if point.hollow or style >= _LEFT_HAND or style % _LEFT_HAND else black)
        if style >= _LEFT_HAND:
            canvas.rect(x - size, y - size, 2 * size, 2 * size, stroke=1, fill=1)
        else:
            canvas.circle(x, y, size, stroke=1, fill=1)
        if point.mark in (Mark.AT_LEAST, Mark.BEYOND):
            canvas.line(x - 1.8, y + 3.2, x, y + 5)
            canvas.line(x + 1.8, y + 3.2, x, y + 5)

    def _draw_last_values(self) -> None:
        """The last value of each line at its right, moved apart where two are close."""
        ends = []
        for line in self._spec.lines:
            points = list(line.points)
            if points and points[-1].value is not None:
                text = f"{points[-1].value:.{self._spec.axis.decimals}f}"
                sign = {Mark.BEYOND: ">", Mark.AT_LEAST: "≥"}.get(points[-1].mark, "")
                ends.append((self._y(self._spec.height_of(points[-1])), sign + text))
        ends.sort()
        placed = -100.0
        self._canvas.setFillColor(INK)
        for y, text in ends:
            placed = max(y - 2.4, placed + 7)
            draw(self._canvas, (self._width - _RIGHT + 4, placed), text, _VALUE)


def _legend(spec: ChartSpec) -> str:
    if len(spec.lines) < 2:
        return spec.meaning
    return "   ".join(f"{_symbol(line.style)} {_name(line)}" for line in spec.lines)


def _name(line: Line) -> str:
    """What a line is called: of a hand, its name alone, for the title says what was drawn."""
    hands = {style_of(site): site.name for site in HANDS}
    return hands.get(line.style, line.name) if any(name in line.name for name in hands.values()) else line.name


def _symbol(style: int) -> str:
    if style >= _LEFT_HAND:
        return "□"
    return "○" if style else "●"


def _dash(style: int) -> tuple[float, ...] | tuple[()]:
    return (2.4, 1.6) if style else ()


def _triangle(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    canvas.setFillColor(QUIET)
    path = canvas.beginPath()
    path.moveTo(x, y - 2.4)
    path.lineTo(x - 1.9, y + 1.2)
    path.lineTo(x + 1.9, y + 1.2)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _cross(canvas: Canvas, at: tuple[float, float]) -> None:
    x, y = at
    canvas.setLineWidth(0.7)
    canvas.line(x - 1.8, y - 1.8, x + 1.8, y + 1.8)
    canvas.line(x - 1.8, y + 1.8, x + 1.8, y - 1.8)
