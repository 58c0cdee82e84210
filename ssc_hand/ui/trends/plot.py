"""ChartSpec -> pyqtgraph items; the only module that imports pyqtgraph, itself imported when first shown."""

from __future__ import annotations

import html
from collections.abc import Sequence
from enum import Enum
from math import nan
from typing import Any

import pyqtgraph as pg
import pyqtgraph.exporters
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from ssc_hand.charts.spec import Band, Break, ChartSpec, Level, Line, Mark, Point, day_number
from ssc_hand.charts.ticks import date_ticks, value_ticks
from ssc_hand.ui.trends.ink import BRIDGE, LEVEL, SIZES, Ink, dash, faint, symbol
from ssc_hand.ui.trends.key import Key, key_of
from ssc_hand.ui.trends.strip import Placement, place_labels

_RING = 19
#: Space around the values, in pixels.
_PAD = 14
_UNDER_DATES = 10
#: How far beyond the chart's time one can look, and how near, in days.
_FARTHEST = 3650.0
_NEAREST = 7.0
_PICTURE_WIDTH = 2000


class Picture(Enum):
    """The formats a chart can be saved in."""

    PNG = "png"
    SVG = "svg"


class _DateAxis(pg.AxisItem):  # type: ignore[misc]
    """Days since 1970 as dates."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """As many dates as have room for their words."""
        room = QFontMetricsF(self.style["tickFont"]).horizontalAdvance("30 Sep 2024") * 1.5
        self._words = dict(date_ticks(low, high, max(1, int(size / room))))
        return [(1.0, list(self._words))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """The words chosen with the ticks."""
        return [self._words[value] for value in values]


class _ValueAxis(pg.AxisItem):  # type: ignore[misc]
    """Round values within the range that the measure has; nothing beyond it."""

    bounds = (0.0, 1.0, False)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """As many values as have room for their words."""
        return [(1.0, self.ticks(size))]

    def ticks(self, size: float) -> list[float]:
        """The values of the ticks of an axis of this length, in pixels."""
        first, last, whole = self.bounds
        height = QFontMetricsF(self.style["tickFont"]).height()
        return value_ticks(first, last, max(2, min(10, int(size / height / 2.6))), whole=whole)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """With the sign that print uses."""
        return [f"{value:g}".replace("-", "−") for value in values]


class Plot(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Draws a chart with its key, keeps its words in place while time is zoomed, and makes pictures of it."""

    pointed = Signal(QPointF)  #: where the pointer moves, in pixels
    pressed = Signal(QPointF)  #: where the plot was clicked, in pixels

    def __init__(self, parent: QWidget | None = None) -> None:
        """A plot without a chart."""
        super().__init__(parent)
        self._spec: ChartSpec | None = None
        self._ink = Ink.of(self.palette())
        self._bands: list[tuple[Band, pg.TextItem]] = []
        self._levels: list[tuple[Level, pg.PlotCurveItem]] = []
        self._breaks: list[tuple[Break, pg.TextItem]] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ci.setContentsMargins(10, 8, 14, 6)
        self.ci.setSpacing(4)
        self._key = Key()
        self.addItem(self._key, row=0, col=0)
        self._dates, self._values = _DateAxis("bottom"), _ValueAxis("left")
        self._dress_axes()
        axes = {"bottom": self._dates, "left": self._values}
        self._plot = self.addPlot(row=1, col=0, axisItems=axes, enableMenu=False)
        self._plot.hideButtons()
        self._box = self._plot.getViewBox()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setDefaultPadding(0)
        self._box.sigXRangeChanged.connect(self._arrange)
        self._box.sigResized.connect(self._arrange)
        self.scene().sigMouseMoved.connect(self._on_moved)
        self.scene().sigMouseClicked.connect(self._on_clicked)

    @property
    def area(self) -> QRectF:
        """Where values are drawn, in pixels."""
        return QRectF(self._box.sceneBoundingRect())

    def place(self, x: float, y: float) -> QPointF:
        """Where a date and a value stand, in pixels."""
        return QPointF(self._box.mapViewToScene(QPointF(x, y)))

    def show_time(self, low: float, high: float) -> None:
        """Show this stretch of the axis of dates, in days."""
        self._box.setLimits(xMin=low - _FARTHEST, xMax=high + _FARTHEST, minXRange=_NEAREST)
        self._box.setXRange(low, high, padding=0)
        self._arrange()

    def ring(self, points: Sequence[Point]) -> None:
        """Put a ring around these points and no others."""
        if self._spec is not None:
            heights = [self._spec.height_of(point) for point in points]
            self._ring.setData(x=[point.x for point in points], y=heights)

    def picture(self, kind: Picture) -> bytes:
        """The chart as it is drawn, as the content of a file."""
        return self._svg() if kind is Picture.SVG else self._png()

    def draw(self, spec: ChartSpec, palette: QPalette, caption: str) -> None:
        """Draw a chart in the colours of a palette; the caption stands beside its key."""
        self._spec = spec
        ink = self._ink = Ink.of(palette)
        self._plot.clear()
        self.setBackground(ink.sheet)
        self._dress_axes()
        self._grid = self._add(pg.PlotCurveItem(pen=pg.mkPen(ink.grid), connect="pairs"))
        self._key.setFont(self.font())
        self._key.show_entries(key_of(spec, ink), ink=ink, caption=caption)
        if spec.axis.low < 0 < spec.axis.high:
            self._add(pg.InfiniteLine(0, angle=0, pen=pg.mkPen(ink.muted)))
        self._bands = [(band, self._add_band(band)) for band in spec.bands]
        self._levels = [(level, self._add_level()) for level in spec.levels]
        self._breaks = [(each, self._add_break(each.x)) for each in spec.breaks]
        for line in spec.lines:
            self._add_line(spec, line)
        ring = pg.ScatterPlotItem(size=_RING, pxMode=True, brush=None, pen=pg.mkPen(ink.text, width=1.5))
        self._ring = self._add(ring)
        self._arrange()

    def _on_moved(self, at: QPointF) -> None:
        self.pointed.emit(at)

    def _on_clicked(self, event: Any) -> None:
        self.pressed.emit(event.scenePos())

    def _add(self, item: Any) -> Any:
        self._plot.addItem(item, ignoreBounds=True)
        return item

    def _png(self) -> bytes:
        exporter = pg.exporters.ImageExporter(self.scene())
        exporter.params["width"] = max(_PICTURE_WIDTH, self.width())
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        exporter.export(toBytes=True).save(buffer, "PNG")
        return bytes(buffer.data().data())

    def _svg(self) -> bytes:
        # pyqtgraph's own SVG export fails on closed outlines; Qt's clips since it writes SVG 1.1.
        scene = self.scene()
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        buffer = QBuffer()
        generator.setOutputDevice(buffer)
        generator.setResolution(self.logicalDpiX())
        area = QRectF(self.rect())
        generator.setViewBox(area)
        generator.setTitle(self._spec.title if self._spec else "")
        exporter = pg.exporters.ImageExporter(scene)
        painter = QPainter(generator)
        exporter.setExportMode(export=True, opts={"antialias": True, "painter": painter, "resolutionScale": 1.0})
        painter.fillRect(area, self._ink.sheet)
        scene.render(painter, area, area)
        exporter.setExportMode(export=False)
        painter.end()
        return bytes(buffer.data().data())

    def _dress_axes(self) -> None:
        # Qt crashes on a font that is None, which is what pyqtgraph begins with.
        ink = self._ink
        for axis in (self._dates, self._values):
            axis.setStyle(tickFont=self.font(), tickLength=-4)
            axis.setPen(pg.mkPen(ink.grid))
            axis.setTextPen(pg.mkPen(ink.text))
            axis.label.setFont(self.font())
        # Left to itself, the axis leaves its words out where they are taller than it was.
        self._dates.setHeight(QFontMetricsF(self.font()).height() + _UNDER_DATES)
        if self._spec:
            self._values.bounds = (self._spec.axis.low, self._spec.axis.high, self._spec.axis.decimals == 0)
            self._values.setLabel(text=_escaped(self._spec.axis.title), color=ink.text.name())

    def _add_line(self, spec: ChartSpec, line: Line) -> None:
        colour = self._ink.line(line.style)
        self._join(spec, line.runs, QPen(colour, 2, dash(line.style)))
        self._join(spec, line.bridges, QPen(faint(colour), 1.2, BRIDGE))
        points = list(line.points)
        if points:
            heights = [spec.height_of(point) for point in points]
            item = _scatter(points, heights, line.style, colour=colour, sheet=self._ink.sheet)
            self._add(item)
        if line.asides:
            marks = pg.ScatterPlotItem(
                pxMode=True, symbol=symbol(0, Mark.NOT_ASSESSED), size=SIZES[Mark.NOT_ASSESSED], brush=None
            )
            marks.setData(
                x=[point.x for point in line.asides],
                y=[spec.axis.low] * len(line.asides),
                pen=pg.mkPen(colour, width=1.8),
            )
            self._add(marks)

    def _join(self, spec: ChartSpec, runs: Sequence[Sequence[Point]], pen: QPen) -> None:
        """Join the points within each run; one item for all of them, which is quicker to draw."""
        x: list[float] = []
        y: list[float] = []
        for run in runs:
            x += [*(point.x for point in run), nan]
            y += [*(spec.height_of(point) for point in run), nan]
        pen.setCosmetic(True)
        if any(len(run) > 1 for run in runs):
            self._add(pg.PlotCurveItem(x=x, y=y, pen=pen, antialias=True, connect="finite", skipFiniteCheck=False))

    def _add_band(self, band: Band) -> pg.TextItem:
        style = Qt.PenStyle.DashLine if band.planned else Qt.PenStyle.SolidLine
        if not band.is_exact:
            style = Qt.PenStyle.DotLine
            days = (day_number(band.first), day_number(band.last) + 1)
            self._add(pg.LinearRegionItem(days, movable=False, pen=pg.mkPen(None), brush=_washed(self._ink)))
        self._add(pg.InfiniteLine(band.x, angle=90, pen=pg.mkPen(self._ink.procedure, width=1.4, style=style)))
        return self._add_text(band.words, self._ink.text)

    def _add_level(self) -> pg.PlotCurveItem:
        curve = pg.PlotCurveItem(pen=pg.mkPen(self._ink.limit, width=1.4, style=LEVEL), antialias=False)
        self._add(curve)
        return curve

    def _add_break(self, x: float) -> pg.TextItem:
        pen = pg.mkPen(self._ink.muted, width=1, style=Qt.PenStyle.DotLine)
        self._add(pg.InfiniteLine(x, angle=90, pen=pen))
        return self._add_text("≠", self._ink.muted)

    def _add_text(self, text: str, colour: QColor) -> pg.TextItem:
        fill = QColor(self._ink.sheet)
        fill.setAlphaF(0.82)
        item = pg.TextItem(text="", color=colour, fill=fill)
        item.setFont(self.font())
        item.setPlainText(text)
        item.setZValue(10)
        self._add(item)
        return item

    # Arranging: what depends on the size of the plot and the time shown

    def _arrange(self, *_ignored: object) -> None:
        spec = self._spec
        if spec is None or self._box.height() < 1:
            return
        places = self._band_places()
        height = QFontMetricsF(self.font()).height() + 3
        rows = 1 + max((place.row for place in places), default=-1)
        top = _PAD + rows * height
        highest = spec.axis.high if spec.axis.beyond is None else spec.axis.beyond
        per_pixel = (highest - spec.axis.low) / max(1.0, self._box.height() - top - _PAD)
        high = highest + top * per_pixel
        self._box.setYRange(spec.axis.low - _PAD * per_pixel, high, padding=0)
        for (band, text), place in zip(self._bands, places, strict=True):
            text.setAnchor((1 if place.left_of else 0, 0))
            text.setPos(band.x, high - (place.row * height + 2) * per_pixel)
            text.setVisible(place.is_visible)
        self._arrange_rest(per_pixel)

    def _arrange_rest(self, per_pixel: float) -> None:
        assert self._spec is not None
        low, high = self._box.viewRange()[0]
        for level, curve in self._levels:
            first = max(low, day_number(level.first)) if level.first else low
            last = min(high, day_number(level.last)) if level.last else high
            curve.setData(x=[first, max(first, last)], y=[level.value] * 2)
        for each, text in self._breaks:
            text.setAnchor((0.5, 1))
            text.setPos(each.x, self._spec.axis.low - _PAD * per_pixel)
        ticks = self._values.ticks(self._box.height())
        self._grid.setData(x=[low, high] * len(ticks), y=[tick for tick in ticks for _end in (0, 1)])

    def _band_places(self) -> list[Placement]:
        metrics = QFontMetricsF(self.font())
        low, high = self._box.viewRange()[0]
        scale = self._box.width() / max(1e-9, high - low)
        wanted = [((band.x - low) * scale, metrics.horizontalAdvance(band.words) + 12) for band, _text in self._bands]
        return place_labels(wanted, self._box.width())


def _scatter(
    points: Sequence[Point], heights: Sequence[float], style: int, *, colour: QColor, sheet: QColor
) -> pg.ScatterPlotItem:
    """The points of a line; those of drafts are hollow, those of a special value have a shape of their own."""
    plain, hollow = pg.mkBrush(colour), pg.mkBrush(sheet)
    item = pg.ScatterPlotItem(pxMode=True)
    item.setData(
        x=[point.x for point in points],
        y=heights,
        size=[SIZES[point.mark] for point in points],
        symbol=[symbol(style, point.mark) for point in points],
        pen=pg.mkPen(colour, width=1.6),
        brush=[hollow if point.hollow else plain for point in points],
    )
    return item


def _washed(ink: Ink) -> QColor:
    colour = QColor(ink.procedure)
    colour.setAlphaF(0.14)
    return colour


def _escaped(text: str) -> str:
    """pyqtgraph reads an axis title as HTML."""
    return html.escape(text)
