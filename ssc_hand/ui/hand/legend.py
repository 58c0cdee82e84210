"""The legend under the hands: what the colours, patterns, flags and shapes mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ssc_hand.charts.scales import LegendStep, legend
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import ENDED, UNEXAMINED
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import _
from ssc_hand.ui.hand.marks import mark_shape
from ssc_hand.ui.hand.painting import pattern_brush
from ssc_hand.ui.theme import HandColours, ground

_BOX = 13
_GAP = 9
_WRAPPED = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class _Outline(Enum):
    """How a mark is drawn that is not simply open and known."""

    HALF = "half"
    HOLLOW = "hollow"
    DASHED = "dashed"
    DOUBLE = "double"
    RING = "ring"


#: A box of the scale, a shape, an outline, or the dot of a published limit.
_Sign = LegendStep | LesionKind | _Outline | str


class Legend(QWidget):
    """Boxes with words, wrapped to the width; units and meaning first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure: Measure | None = None
        self._remark = ""
        self._limit = ""
        self._lesions: tuple[LesionAt, ...] = ()
        self._is_first = False
        self._is_brief = False
        #: The most height that was needed at each width: the hands must not shift when another layer is shown.
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(_("Legend"))
        self.setAccessibleDescription(self._heading())

    def show_layer(
        self,
        measure: Measure | None,
        *,
        remark: str,
        limit: str,
        lesions: tuple[LesionAt, ...] = (),
        is_first: bool = False,
    ) -> None:
        """Explain a layer and marks; `remark` tells conditions (room temperature), `limit` what the flag means.

        At a first visit (`is_first`) no lesion is drawn as new.
        """
        told = (measure, remark, limit, lesions, is_first)
        if told == (self._measure, self._remark, self._limit, self._lesions, self._is_first):
            return
        self._measure, self._remark, self._limit, self._lesions, self._is_first = told
        self.setAccessibleDescription(self._heading())
        self.updateGeometry()
        self.update()

    def set_brief(self, *, brief: bool) -> None:
        """Where room is scarce: unit, conditions and the flag, without the steps and signs."""
        self._is_brief = brief
        self._heights.clear()
        self.updateGeometry()
        self.update()

    def _heading(self) -> str:
        if self._measure is None:
            return _("Lesions only")
        note = _(self._measure.note) if self._measure.note else ""
        # Conditions before method: where the line is cut short, the room temperature is still read.
        parts = (self._measure.title, self._remark, note, self._measure.meaning)
        return "; ".join(part for part in parts if part)

    def _items(self) -> list[tuple[_Sign, str]]:
        items: list[tuple[_Sign, str]] = []
        if self._is_brief:
            return [("●", self._limit)] if self._limit else []
        if self._measure is not None:
            items += [(step, step.label) for step in legend(self._measure, ground(self.palette()))]
        if self._limit:
            items.append(("●", self._limit))
        items += [(kind, kind.label) for kind in LesionKind if any(each.lesion.kind is kind for each in self._lesions)]
        return items + _outlines(self._lesions, is_first=self._is_first)

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines, or of more that once stood here."""
        self._heights[width] = max(self._flow(None, width), self._heights.get(width, 0))
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size need other lines."""
        if event.type() is QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

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

    def _head_height(self, width: int) -> int:
        """One line, or two where units and meaning do not fit into one."""
        metrics = self.fontMetrics()
        box = metrics.boundingRect(0, 0, max(width, 1), 0, _WRAPPED, self._heading())
        return max(box.height(), metrics.height()) + 2

    def _flow(self, painter: QPainter | None, width: int) -> int:
        """Lay out, and paint where a painter is given; returns the height used."""
        colours = HandColours(self.palette())
        metrics = self.fontMetrics()
        line = metrics.height() + 2
        head = self._head_height(width)
        if painter:
            painter.setPen(colours.text)
            painter.drawText(QRectF(0, 0, width, head), _WRAPPED, self._heading())
            painter.setFont(self._small())
        x, y = 0, head
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


def _outlines(lesions: Sequence[LesionAt], *, is_first: bool) -> list[tuple[_Sign, str]]:
    """What differs from a filled mark with one outline, and only where a mark does."""
    found: dict[_Outline, dict[str, None]] = {}
    for each in lesions:
        if each.status is Status.INDETERMINATE:
            found.setdefault(_Outline.HALF, {})[each.status.label] = None
        elif each.status in ENDED:
            found.setdefault(_Outline.HOLLOW, {})[each.status.label] = None
        elif each.status in UNEXAMINED:
            found.setdefault(_Outline.DASHED, {})[each.status.label] = None
        if each.is_new and not is_first:
            found.setdefault(_Outline.DOUBLE, {})[_("new")] = None
        if not each.lesion.is_exact:
            found.setdefault(_Outline.RING, {})[_("about here")] = None
    return [(outline, _(" or ").join(found[outline])) for outline in _Outline if outline in found]


def _draw_outline(painter: QPainter, outline: _Outline, colours: HandColours) -> None:
    """A small mark around the origin."""
    radius = _BOX / 2 - (3.5 if outline in (_Outline.DOUBLE, _Outline.RING) else 1)
    centre = QPointF(0, 0)
    line = QPen(colours.text, 1.4)
    painter.setPen(QPen(colours.text, 1.2, Qt.PenStyle.DashLine) if outline is _Outline.DASHED else line)
    is_filled = outline in (_Outline.DOUBLE, _Outline.RING)
    painter.setBrush(colours.text if is_filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if outline is _Outline.HALF:
        painter.setBrush(colours.text)
        painter.drawChord(QRectF(-radius, -radius, 2 * radius, 2 * radius), 180 * 16, 180 * 16)
    elif is_filled:
        painter.setPen(QPen(colours.text, 1.2, Qt.PenStyle.DotLine) if outline is _Outline.RING else line)
        painter.drawEllipse(centre, radius + 3, radius + 3)


def _draw_sign(painter: QPainter, box: QRectF, what: _Sign, colours: HandColours) -> None:
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
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text)
        painter.drawPath(mark_shape(what, _BOX / 2 - 1))
    elif isinstance(what, _Outline):
        painter.translate(box.center())
        _draw_outline(painter, what, colours)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.text)
        painter.drawEllipse(QPointF(box.center()), 4, 4)
    painter.restore()
