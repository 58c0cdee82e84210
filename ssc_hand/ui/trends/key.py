"""The key of a chart: which line is what, drawn into the chart so that an exported picture has it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from ssc_hand.charts.spec import ChartSpec, Mark
from ssc_hand.i18n import _
from ssc_hand.ui.trends.ink import BRIDGE, LEVEL, SIZES, Ink, dash, symbol

_SAMPLE = 34.0
_GAP = 7.0
_BETWEEN = 20.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample with its words."""

    text: str
    colour: QColor
    #: The line of the sample; none for a mark alone.
    dash: Qt.PenStyle = Qt.PenStyle.NoPen
    width: float = 2.0
    #: The symbol in its middle; none for a line alone.
    symbol: QPainterPath | None = None
    size: float = SIZES[Mark.VALUE]


class Key(QGraphicsWidget):
    """Samples of lines with their names, flowing over as many rows as the width needs."""

    def __init__(self) -> None:
        """An empty key."""
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._caption = ""
        self._ink: Ink | None = None

    def show_entries(self, entries: Sequence[Entry], *, ink: Ink, caption: str) -> None:
        """Show these samples; the caption stands at the right."""
        self._entries = tuple(entries)
        self._ink, self._caption = ink, caption
        self._fit()
        self.update()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Take as many rows as the new width needs."""
        super().resizeEvent(event)
        self._fit()

    def boundingRect(self) -> QRectF:
        """All of it."""
        return QRectF(QPointF(0, 0), self.size())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw samples and names."""
        if self._ink is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        for entry, place in self._placed():
            self._draw(painter, self._ink, entry, place)
        if self._caption:
            painter.setPen(self._ink.muted)
            painter.drawText(
                self._caption_box(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._caption
            )

    def _draw(self, painter: QPainter, ink: Ink, entry: Entry, place: QRectF) -> None:
        middle = place.center().y()
        painter.setPen(QPen(entry.colour, entry.width, entry.dash))
        painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + _SAMPLE, middle))
        if entry.symbol is not None:
            painter.setPen(QPen(entry.colour, 1.4))
            painter.setBrush(entry.colour)
            at = QTransform.fromTranslate(place.left() + _SAMPLE / 2, middle).scale(entry.size, entry.size)
            painter.drawPath(at.map(entry.symbol))
        painter.setPen(ink.text)
        box = place.adjusted(_SAMPLE + _GAP, 0, 2, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, entry.text)

    def _placed(self) -> list[tuple[Entry, QRectF]]:
        metrics = QFontMetricsF(QFont(self.font()))
        height = metrics.height() * 1.4
        x = y = 0.0
        placed = []
        for entry in self._entries:
            width = _SAMPLE + _GAP + metrics.horizontalAdvance(entry.text)
            if x and x + width > self._room():
                x, y = 0.0, y + height
            placed.append((entry, QRectF(x, y, width, height)))
            x += width + _BETWEEN
        return placed

    def _room(self) -> float:
        """The width left for entries: the caption keeps its place at the right."""
        taken = QFontMetricsF(QFont(self.font())).horizontalAdvance(self._caption) + _BETWEEN if self._caption else 0.0
        return max(80.0, self.size().width() - taken)

    def _caption_box(self) -> QRectF:
        height = QFontMetricsF(QFont(self.font())).height() * 1.4
        return QRectF(0, 0, self.size().width(), height)

    def _fit(self) -> None:
        placed = self._placed()
        height = placed[-1][1].bottom() if placed else 0.0
        if self._caption:
            height = max(height, self._caption_box().height())
        wanted = QSizeF(0, height + 4)
        if self.minimumHeight() != wanted.height():
            self.setMinimumHeight(wanted.height())
            self.setMaximumHeight(wanted.height())


def key_of(spec: ChartSpec, ink: Ink) -> list[Entry]:
    """What the key of a chart explains: its lines, its limits, and the marks that stand on it."""
    entries = [
        Entry(line.name, ink.line(line.style), dash(line.style), symbol=symbol(line.style, Mark.VALUE))
        for line in spec.lines
    ]
    entries += [Entry(level.words, ink.limit, LEVEL, 1.4) for level in spec.levels]
    found = {point.mark for line in spec.lines for point in (*line.points, *line.asides)}
    words = {
        Mark.BEYOND: spec.beyond,
        Mark.AT_LEAST: _("at least this"),
        Mark.NOT_ASSESSED: _("not assessed"),
    }
    entries += [
        Entry(text, ink.muted, symbol=symbol(0, mark), size=SIZES[mark])
        for mark, text in words.items()
        if mark in found
    ]
    if any(line.bridges for line in spec.lines):
        entries.append(Entry(_("other digits measured"), ink.muted, BRIDGE, 1.2))
    return entries
