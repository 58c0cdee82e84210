"""Thumbnail: the other face of both hands, small between the wrists; a press there turns the hands over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF
from PySide6.QtGui import QPainter, QRegion, QTransform

from ssc_hand.domain.anatomy import Aspect, Hand
from ssc_hand.ui.hand.layers import Layers, Stage
from ssc_hand.ui.hand.layout import Posture, place, sheet_size
from ssc_hand.ui.hand.painting import Brushes
from ssc_hand.ui.hand.picture import Pictures
from ssc_hand.ui.hand.zoom import Zoom

#: Its width as a share of the sheet: as much as there is room for between the wrists.
_SHARE = 0.19


def thumbnail_rect(zoom: Zoom, aspect: Aspect, posture: Posture) -> QRect:
    """Where it lies, in pixels, while this face is seen whole."""
    sheet = QRectF(QPointF(0, 0), QSizeF(*sheet_size(aspect)))
    inside = zoom.whole().to_view.mapRect(sheet)
    width = inside.width() * _SHARE
    height = width * sheet.height() / sheet.width()
    top = inside.bottom() - height if posture is Posture.AS_OWN else inside.top()
    return QRectF(inside.center().x() - width / 2, top, width, height).toRect()


class Thumbnail:
    """Keeps the small picture; what changed of it is painted anew."""

    def __init__(self) -> None:
        self._layers = Layers()

    @property
    def is_empty(self) -> bool:
        """Whether it has never been told what to show."""
        return self._layers.stage is None

    def show(
        self, pictures: Pictures, aspect: Aspect, posture: Posture, rect: QRect, ratio: float, brushes: Brushes
    ) -> QRegion:
        """Be of this face of the hands, as large as `rect`; returns what looks different, in pixels of the widget."""
        scale = QTransform.fromScale(*2 * (rect.width() / sheet_size(aspect)[0],))
        stage = Stage(rect.size(), ratio, scale, place(aspect, posture), brushes)
        changed = self._layers.show(stage, {hand: pictures.of(aspect, hand) for hand in Hand})
        return changed.translated(rect.topLeft())

    def paint(self, painter: QPainter, rect: QRect, brushes: Brushes) -> None:
        """The small hands in their frame."""
        if not self.is_empty:
            for pixmap in self._layers.pixmaps():
                painter.drawPixmap(rect.topLeft(), pixmap)
        painter.setPen(brushes.colours.muted)
        painter.drawRect(rect)
