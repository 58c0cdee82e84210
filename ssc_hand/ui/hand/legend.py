"""The legend under the hands: what the colours, patterns, flags and shapes mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssc_hand.charts.scales import LegendStep, legend
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.vocabulary import LesionKind
from ssc_hand.i18n import _
from ssc_hand.ui.hand.marks import mark_shape
from ssc_hand.ui.hand.painting import pattern_brush
from ssc_hand.ui.theme import HandColours, ground

_BOX = 13
_GAP = 9


class Legend(QWidget):
    """Boxes with words, wrapped to the width; units and meaning first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure: Measure | None = None
        self._remark = ""
        self._limit = ""
        self._kinds: tuple[LesionKind, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Legend"))

    def show_layer(
        self, measure: Measure | None, *, remark: str, limit: str, kinds: tuple[LesionKind, ...] = ()
    ) -> None:
        """Explain a layer; `remark` tells conditions (room temperature), `limit` what the flag means."""
        self._measure, self._remark, self._limit, self._kinds = measure, remark, limit, kinds
        self.setAccessibleDescription(self._heading())
        self.updateGeometry()
        self.update()

    def _heading(self) -> str:
        if self._measure is None:
            return _("Lesions only")
        note = _(self._measure.note) if self._measure.note else ""
        # Conditions before method: where the line is cut short, the room temperature is still read.
        parts = (self._measure.title, self._remark, note, self._measure.meaning)
        return "; ".join(part for part in parts if part)

    def _items(self) -> list[tuple[LegendStep | LesionKind | str, str]]:
        items: list[tuple[LegendStep | LesionKind | str, str]] = []
        if self._measure is not None:
            items += [(step, step.label) for step in legend(self._measure, ground(self.palette()))]
        if self._limit:
            items.append(("●", self._limit))
        items += [(kind, kind.label) for kind in self._kinds]
        return items

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._flow(None, width)

    def sizeHint(self) -> QSize:
        """As for a laptop."""
        return QSize(500, self.heightForWidth(500))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, self.fontMetrics().height() * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heading, then the items."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._flow(painter, self.width())

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.92)
        return font

    def _flow(self, painter: QPainter | None, width: int) -> int:
        """Lay out, and paint where a painter is given; returns the height used."""
        colours = HandColours(self.palette())
        metrics = self.fontMetrics()
        line = metrics.height() + 2
        if painter:
            painter.setPen(colours.text)
            heading = metrics.elidedText(self._heading(), Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(0, 0, width, line), Qt.AlignmentFlag.AlignVCenter, heading)
            painter.setFont(self._small())
        x, y = 0, line
        for what, words in self._items():
            step = _BOX + 5 + metrics.horizontalAdvance(words) + _GAP
            if x and x + step > width:
                x, y = 0, y + line
            if painter:
                box = QRectF(x, y + (line - _BOX) / 2, _BOX, _BOX)
                _draw_sign(painter, box, what, colours)
                painter.setPen(colours.text)
                rect = QRectF(x + _BOX + 5, y, step, line)
                painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, words)
            x += step
        return y + line


def _draw_sign(painter: QPainter, box: QRectF, what: LegendStep | LesionKind | str, colours: HandColours) -> None:
    painter.save()
    if isinstance(what, LegendStep):
        painter.setPen(QPen(colours.line, 1))
        painter.setBrush(QColor(what.fill) if what.fill else colours.sheet)
        painter.drawRoundedRect(box, 3, 3)
        brush = pattern_brush(what.shade)
        if brush is not None:
            painter.setBrush(brush)
            painter.drawRoundedRect(box, 3, 3)
    elif isinstance(what, LesionKind):
        painter.translate(box.center())
        painter.setPen(QPen(colours.text, 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(mark_shape(what, _BOX / 2 - 1))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text)
        painter.drawEllipse(QPointF(box.center()), 4, 4)
    painter.restore()
