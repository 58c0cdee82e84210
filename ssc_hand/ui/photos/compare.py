"""CompareView: a picture and an earlier one of the same place, under a divider that is dragged, or side by side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from ssc_hand.i18n import _
from ssc_hand.ui.photos.ink import line, plate, ring, surround
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Steps of the divider from the left edge to the right.
STEPS = 100
_KEY_STEP = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two pictures: what it says above, and the mm that a pixel stands for where a scale was marked."""

    image: QImage
    words: str
    mm_per_pixel: float | None = None


class CompareCanvas(QWidget):
    """Paints both pictures at one scale: in mm where both have one, else each as large as fits."""

    divider_moved = Signal(int)  #: 0 to STEPS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(_("Two photographs compared"))
        self._sides: tuple[Side, Side] | None = None
        #: Each picture as large as it was last painted: dragging the divider scales nothing.
        self._smaller: dict[int, tuple[QSize, QImage]] = {}
        self._is_overlay = True
        self._divider = STEPS // 2

    def sizeHint(self) -> QSize:
        """Room for two pictures."""
        return QSize(640, 480)

    def show_sides(self, before: Side | None, now: Side | None) -> None:
        """Show the earlier picture at the left and the other at the right."""
        self._sides = (before, now) if before and now else None
        self._smaller = {}
        if before and now:
            self.setAccessibleDescription(_("Left: {before}. Right: {now}.").format(before=before.words, now=now.words))
        self.update()

    def set_overlay(self, *, is_overlay: bool) -> None:
        """One over the other, or side by side."""
        self._is_overlay = is_overlay
        self.update()

    @property
    def divider(self) -> int:
        """Where the divider stands, 0 at the left edge to STEPS at the right."""
        return self._divider

    def set_divider(self, step: int) -> None:
        """Move the divider."""
        step = min(max(step, 0), STEPS)
        if step != self._divider:
            self._divider = step
            self.divider_moved.emit(step)
            self.update()

    @property
    def is_to_scale(self) -> bool:
        """Whether a mm is equally long on both."""
        return self._sides is not None and all(side.mm_per_pixel for side in self._sides)

    # -- mouse and keys ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the divider wherever it is pressed."""
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the divider."""
        if self._is_overlay and event.buttons() & Qt.MouseButton.LeftButton:
            self.set_divider(round(event.position().x() / max(self.width(), 1) * STEPS))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the divider, Home and End bring it to an edge."""
        steps = {
            Qt.Key.Key_Left: self._divider - _KEY_STEP,
            Qt.Key.Key_Right: self._divider + _KEY_STEP,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: STEPS,
        }
        key = Qt.Key(event.key())
        if self._is_overlay and key in steps:
            self.set_divider(steps[key])
        else:
            super().keyPressEvent(event)

    # -- painting ----------------------------------------------------------------------------------------

    def _ratios(self, room: QRectF) -> tuple[float, float]:
        """Screen pixels for a pixel of each picture."""
        assert self._sides is not None
        fits = [min(room.width() / s.image.width(), room.height() / s.image.height()) for s in self._sides]
        before, now = (side.mm_per_pixel for side in self._sides)
        if not before or not now:
            return fits[0], fits[1]
        per_mm = min(fits[0] / before, fits[1] / now)
        return per_mm * before, per_mm * now

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Both pictures, what each is, and the divider."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), surround(self.palette()))
        if self._sides is not None:
            self._paint_sides(painter, self._sides)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_sides(self, painter: QPainter, sides: tuple[Side, Side]) -> None:
        whole = QRectF(self.rect())
        half = whole.width() / 2
        rooms = [whole, whole] if self._is_overlay else [whole.adjusted(0, 0, -half, 0), whole.adjusted(half, 0, 0, 0)]
        cut = whole.width() * self._divider / STEPS if self._is_overlay else half
        clips = [QRectF(0, 0, cut, whole.height()), QRectF(cut, 0, whole.width() - cut, whole.height())]
        ratios = self._ratios(rooms[0])
        for number, (side, room, clip, ratio) in enumerate(zip(sides, rooms, clips, ratios, strict=True)):
            target = QRectF(0, 0, side.image.width() * ratio, side.image.height() * ratio)
            target.moveCenter(room.center())
            painter.setClipRect(clip)
            painter.drawImage(target, self._as_large(number, side.image, target.size().toSize()))
        painter.setClipping(False)
        line(painter, [QPointF(cut, 0), QPointF(cut, whole.height())])
        if self._is_overlay:
            ring(painter, QPointF(cut, whole.height() / 2))
        self._paint_words(painter, sides)

    def _as_large(self, number: int, image: QImage, size: QSize) -> QImage:
        size *= self.devicePixelRatioF()
        if size.width() >= image.width() or size.isEmpty():
            return image
        known = self._smaller.get(number)
        if known is None or known[0] != size:
            smaller = image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            known = self._smaller[number] = (size, smaller)
        return known[1]

    def _paint_words(self, painter: QPainter, sides: tuple[Side, Side]) -> None:
        metrics = painter.fontMetrics()
        y = metrics.height() / 2 + 8
        left, right = (metrics.horizontalAdvance(side.words) / 2 + 12 for side in sides)
        plate(painter, QPointF(left, y), sides[0].words)
        plate(painter, QPointF(self.width() - right, y), sides[1].words)


class CompareView(QWidget):
    """The two pictures with the divider as a slider, which keys and screen readers move as well."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = CompareCanvas(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, STEPS)
        self.slider.setValue(self.canvas.divider)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(_("Divider between the earlier and this photograph"))
        self.overlay = ChipButton(_("One over the other"), self)
        self.beside = ChipButton(_("Side by side"), self)
        self.overlay.setChecked(True)
        self._remark = PlainLabel("", self, role=Role.MUTED, wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.overlay)
        row.addWidget(self.beside)
        row.addWidget(self.slider, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas, 1)
        column.addLayout(row)
        column.addWidget(self._remark)
        self.overlay.clicked.connect(self._on_overlay_clicked)
        self.beside.clicked.connect(self._on_beside_clicked)
        self.slider.valueChanged.connect(self.canvas.set_divider)
        self.canvas.divider_moved.connect(self._on_canvas_divider_moved)

    def show_sides(self, before: Side | None, now: Side | None) -> None:
        """Show both pictures, once both are here."""
        self.canvas.show_sides(before, now)
        is_to_scale = self.canvas.is_to_scale
        self._remark.setText(
            _("Both are drawn to the same scale in mm.")
            if is_to_scale
            else _("Not to the same scale: mark a scale on both photographs to compare sizes.")
        )

    def _on_overlay_clicked(self) -> None:
        self._choose(is_overlay=True)

    def _on_beside_clicked(self) -> None:
        self._choose(is_overlay=False)

    def _choose(self, *, is_overlay: bool) -> None:
        self.overlay.setChecked(is_overlay)
        self.beside.setChecked(not is_overlay)
        self.slider.setEnabled(is_overlay)
        self.canvas.set_overlay(is_overlay=is_overlay)

    def _on_canvas_divider_moved(self, step: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(step)
