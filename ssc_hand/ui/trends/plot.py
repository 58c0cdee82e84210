"""ChartSpec -> pyqtgraph items; the only module that imports pyqtgraph, itself imported when first shown."""

from __future__ import annotations

import html
from collections.abc import Sequence
from enum import Enum

import pyqtgraph as pg
import pyqtgraph.exporters
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssc_hand.charts.spec import Band, ChartSpec, Level, Line, Mark, Point, day_number
from ssc_hand.charts.ticks import date_ticks, value_ticks
from ssc_hand.ui.trends import hover
from ssc_hand.ui.trends.hover import HoverLabel
from ssc_hand.ui.trends.ink import BRIDGE, LEVEL, Ink, dash, faint, paper_palette, symbol
from ssc_hand.ui.trends.key import Key, key_of
from ssc_hand.ui.trends.strip import Placement, place_labels

_POINT = 9
_SPECIAL = 15
_RING = 19
#: Space around the values, in pixels.
_PAD = 14
_SHORTEST_SPAN = 45.0
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


class TrendPlot(QWidget):
    """Draws a chart, says what lies under the pointer or the arrow keys, and asks for the visit behind a point."""

    visit_requested = Signal(str)  #: the id of a visit

    def __init__(self, parent: QWidget | None = None) -> None:
        """A plot without a chart."""
        super().__init__(parent)
        self._spec: ChartSpec | None = None
        self._caption = ""
        self._ink = Ink.of(self.palette())
        self._points: tuple[Point, ...] = ()
        self._current = -1
        self._bands: list[tuple[Band, pg.TextItem]] = []
        self._levels: list[tuple[Level, pg.PlotCurveItem]] = []
        self._breaks: list[tuple[float, str, pg.TextItem]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view = pg.GraphicsLayoutWidget(self)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.ci.setContentsMargins(10, 8, 14, 6)
        self._view.ci.setSpacing(4)
        self._key = Key()
        self._view.addItem(self._key, row=0, col=0)
        self._dates, self._values = _DateAxis("bottom"), _ValueAxis("left")
        self._dress_axes()
        axes = {"bottom": self._dates, "left": self._values}
        self._plot = self._view.addPlot(row=1, col=0, axisItems=axes, enableMenu=False)
        self._box = self._plot.getViewBox()
        self._hover = HoverLabel(self._view.viewport())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._prepare()

    def _prepare(self) -> None:
        self._plot.hideButtons()
        self._box.setMouseEnabled(x=True, y=False)
        self._box.setDefaultPadding(0)
        for axis in (self._dates, self._values):
            axis.enableAutoSIPrefix(enable=False)
        self._box.sigXRangeChanged.connect(self._arrange)
        self._box.sigResized.connect(self._arrange)
        self._view.scene().sigMouseMoved.connect(self._point_at)
        self._view.scene().sigMouseClicked.connect(self._open_at)

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
        return self._view.viewport()  # type: ignore[no-any-return]

    def show_chart(self, spec: ChartSpec, caption: str = "") -> None:
        """Draw a chart over its whole time; the caption is written into it and its pictures."""
        self._spec, self._caption = spec, caption
        self._points = hover.points_of(spec.lines)
        self._current = -1
        self._hover.hide()
        self._draw(self.palette())
        self.show_all()

    def show_all(self) -> None:
        """Show the whole time again after looking closer."""
        if self._spec is None:
            return
        low, high = _time_of(self._spec)
        self._box.setLimits(xMin=low - 3650, xMax=high + 3650, minXRange=7)
        self._box.setXRange(low, high, padding=0)
        self._arrange()

    def picture(self, kind: Picture) -> bytes:
        """The chart as a file's content, in the colours of paper whatever the window's are."""
        self._hover.hide()
        self._draw(paper_palette())
        try:
            return self._svg() if kind is Picture.SVG else self._png()
        finally:
            self._draw(self.palette())

    def _png(self) -> bytes:
        exporter = pg.exporters.ImageExporter(self._view.scene())
        exporter.params["width"] = max(_PICTURE_WIDTH, self._view.width())
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        exporter.export(toBytes=True).save(buffer, "PNG")
        return bytes(buffer.data().data())

    def _svg(self) -> bytes:
        # pyqtgraph's own SVG export fails on closed outlines; Qt's clips since it writes SVG 1.1.
        scene = self._view.scene()
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        buffer = QBuffer()
        generator.setOutputDevice(buffer)
        generator.setResolution(self._view.logicalDpiX())
        area = QRectF(self._view.rect())
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

    # Drawing

    def _draw(self, palette: QPalette) -> None:
        spec = self._spec
        ink = self._ink = Ink.of(palette)
        if spec is None:
            return
        self._plot.clear()
        self._view.setBackground(ink.sheet)
        self._dress_axes()
        self._grid = pg.PlotCurveItem(pen=pg.mkPen(ink.grid), connect="pairs")
        self._plot.addItem(self._grid, ignoreBounds=True)
        self._key.setFont(self.font())
        self._key.show_entries(key_of(spec, ink), ink=ink, caption=self._caption)
        if spec.axis.low < 0 < spec.axis.high:
            self._plot.addItem(pg.InfiniteLine(0, angle=0, pen=pg.mkPen(ink.muted)), ignoreBounds=True)
        self._bands = [(band, self._add_band(band)) for band in spec.bands]
        self._levels = [(level, self._add_level()) for level in spec.levels]
        self._breaks = [(each.x, each.words, self._add_break(each.x)) for each in spec.breaks]
        for line in spec.lines:
            self._add_line(spec, line)
        self._ring = pg.ScatterPlotItem(size=_RING, pxMode=True, brush=None, pen=pg.mkPen(ink.text, width=1.5))
        self._plot.addItem(self._ring, ignoreBounds=True)
        self._arrange()

    def _dress_axes(self) -> None:
        # Qt crashes on a font that is None, which is what pyqtgraph begins with.
        ink = self._ink
        for axis in (self._dates, self._values):
            axis.setStyle(tickFont=self.font(), tickLength=-4)
            axis.setPen(pg.mkPen(ink.grid))
            axis.setTextPen(pg.mkPen(ink.text))
            axis.label.setFont(self.font())
        if self._spec:
            self._values.bounds = (self._spec.axis.low, self._spec.axis.high, self._spec.axis.decimals == 0)
            self._values.setLabel(text=_escaped(self._spec.axis.title), color=ink.text.name())

    def _add_line(self, spec: ChartSpec, line: Line) -> None:
        colour = self._ink.line(line.style)
        for run in line.runs:
            if len(run) > 1:
                self._join(spec, run, QPen(colour, 2, dash(line.style)))
        for pair in line.bridges:
            self._join(spec, pair, QPen(faint(colour), 1.2, BRIDGE))
        points = list(line.points)
        if points:
            heights = [spec.height_of(point) for point in points]
            item = _scatter(points, heights, line.style, colour=colour, sheet=self._ink.sheet)
            self._plot.addItem(item, ignoreBounds=True)
        if line.asides:
            marks = pg.ScatterPlotItem(pxMode=True, symbol=symbol(0, Mark.NOT_ASSESSED), size=_POINT, brush=None)
            marks.setData(
                x=[point.x for point in line.asides],
                y=[spec.axis.low] * len(line.asides),
                pen=pg.mkPen(colour, width=1.8),
            )
            self._plot.addItem(marks, ignoreBounds=True)

    def _join(self, spec: ChartSpec, points: Sequence[Point], pen: QPen) -> None:
        pen.setCosmetic(True)
        x, y = [point.x for point in points], [spec.height_of(point) for point in points]
        self._plot.addItem(pg.PlotCurveItem(x=x, y=y, pen=pen, antialias=True), ignoreBounds=True)

    def _add_band(self, band: Band) -> pg.TextItem:
        style = Qt.PenStyle.DashLine if band.planned else Qt.PenStyle.SolidLine
        pen = pg.mkPen(self._ink.procedure, width=1.4, style=style)
        first, last = day_number(band.first), day_number(band.last)
        if not band.is_exact:
            region = pg.LinearRegionItem((first, last + 1), movable=False, pen=pg.mkPen(None), brush=_washed(self._ink))
            self._plot.addItem(region, ignoreBounds=True)
            first = (first + last + 1) / 2
            pen.setStyle(Qt.PenStyle.DotLine)
        self._plot.addItem(pg.InfiniteLine(first, angle=90, pen=pen), ignoreBounds=True)
        return self._add_text(band.words, self._ink.text)

    def _add_level(self) -> pg.PlotCurveItem:
        curve = pg.PlotCurveItem(pen=pg.mkPen(self._ink.limit, width=1.4, style=LEVEL), antialias=False)
        self._plot.addItem(curve, ignoreBounds=True)
        return curve

    def _add_break(self, x: float) -> pg.TextItem:
        pen = pg.mkPen(self._ink.muted, width=1, style=Qt.PenStyle.DotLine)
        self._plot.addItem(pg.InfiniteLine(x, angle=90, pen=pen), ignoreBounds=True)
        return self._add_text("≠", self._ink.muted)

    def _add_text(self, text: str, colour: QColor) -> pg.TextItem:
        fill = QColor(self._ink.sheet)
        fill.setAlphaF(0.82)
        item = pg.TextItem(text="", color=colour, fill=fill)
        item.setFont(self.font())
        item.setPlainText(text)
        item.setZValue(10)
        self._plot.addItem(item, ignoreBounds=True)
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
            text.setPos(_middle(band), high - (place.row * height + 2) * per_pixel)
            text.setVisible(place.is_visible)
        self._arrange_rest(per_pixel)

    def _arrange_rest(self, per_pixel: float) -> None:
        assert self._spec is not None
        low, high = self._box.viewRange()[0]
        for level, curve in self._levels:
            first = max(low, day_number(level.first)) if level.first else low
            last = min(high, day_number(level.last)) if level.last else high
            curve.setData(x=[first, max(first, last)], y=[level.value] * 2)
        for x, _words, text in self._breaks:
            text.setAnchor((0.5, 1))
            text.setPos(x, self._spec.axis.low - _PAD * per_pixel)
        ticks = self._values.ticks(self._box.height())
        self._grid.setData(x=[low, high] * len(ticks), y=[tick for tick in ticks for _end in (0, 1)])

    def _band_places(self) -> list[Placement]:
        metrics = QFontMetricsF(self.font())
        low, high = self._box.viewRange()[0]
        scale = self._box.width() / max(1e-9, high - low)
        wanted = [
            ((_middle(band) - low) * scale, metrics.horizontalAdvance(band.words) + 12) for band, _text in self._bands
        ]
        return place_labels(wanted, self._box.width())

    # Pointer and keys

    def placed(self) -> list[hover.Placed]:
        """The points with their places in pixels of the view."""
        assert self._spec is not None
        found = []
        for point in self._points:
            at = self._box.mapViewToScene(QPointF(point.x, self._spec.height_of(point)))
            found.append((point, at.x(), at.y()))
        return found

    def _point_at(self, at: QPointF) -> None:
        if self._spec is None:
            return
        placed = self.placed()
        found = hover.nearest(placed, at.x(), at.y())
        inside = self._box.sceneBoundingRect().contains(at)
        if found and inside:
            self._describe(placed, found)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            return
        self.unsetCursor()
        self._ring.clear()
        words = self._line_at(at) if inside else ""
        self._hover.tell(words, at)

    def _line_at(self, at: QPointF) -> str:
        """The words of the vertical line under the pointer; empty where there is none."""
        assert self._spec is not None
        lines = [(_middle(band), band.words) for band in self._spec.bands]
        lines += [(each.x, each.words) for each in self._spec.breaks]
        lower = self._box.sceneBoundingRect()
        near = [
            words
            for x, words in lines
            if abs(self._box.mapViewToScene(QPointF(x, self._spec.axis.low)).x() - at.x()) < hover.REACH / 2
        ]
        return "\n".join(near) if lower.contains(at) else ""

    def _describe(self, placed: Sequence[hover.Placed], found: hover.Placed) -> None:
        point, x, y = found
        words = hover.words(placed, found)
        self._ring.setData(x=[point.x], y=[self._spec.height_of(point) if self._spec else 0.0])
        self._hover.tell(words, QPointF(x, y))
        self.setAccessibleDescription(words)

    def _open_at(self, event: object) -> None:
        found = hover.nearest(self.placed(), event.scenePos().x(), event.scenePos().y()) if self._spec else None  # type: ignore[attr-defined]
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
            self._draw(self.palette())


def _scatter(
    points: Sequence[Point], heights: Sequence[float], style: int, *, colour: QColor, sheet: QColor
) -> pg.ScatterPlotItem:
    """The points of a line; those of drafts are hollow, those of a special value have a shape of their own."""
    plain, hollow = pg.mkBrush(colour), pg.mkBrush(sheet)
    item = pg.ScatterPlotItem(pxMode=True)
    item.setData(
        x=[point.x for point in points],
        y=heights,
        size=[_POINT if point.mark is Mark.VALUE else _SPECIAL for point in points],
        symbol=[symbol(style, point.mark) for point in points],
        pen=pg.mkPen(colour, width=1.6),
        brush=[hollow if point.hollow else plain for point in points],
    )
    return item


def _time_of(spec: ChartSpec) -> tuple[float, float]:
    """The time to show: all values, and procedures that lie near them, with a little room on both sides."""
    low, high = spec.span
    near = max((high - low) / 4, 180.0)
    days = [day for band in spec.bands for day in (day_number(band.first), day_number(band.last) + 1)]
    low = min([low, *(day for day in days if low - near <= day)])
    high = max([high, *(day for day in days if day <= high + near)])
    pad = max((high - low) * 0.04, (_SHORTEST_SPAN - (high - low)) / 2)
    return low - pad, high + pad


def _middle(band: Band) -> float:
    """Where the line of a procedure stands: in the middle of its day, or of the days it can mean."""
    return (day_number(band.first) + day_number(band.last) + 1) / 2


def _washed(ink: Ink) -> QColor:
    colour = QColor(ink.procedure)
    colour.setAlphaF(0.14)
    return colour


def _escaped(text: str) -> str:
    """pyqtgraph reads an axis title as HTML."""
    return html.escape(text)
