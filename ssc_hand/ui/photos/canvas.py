"""PictureCanvas: one picture to look at closely, with a scale and an outline marked on it by mouse or keyboard."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ssc_hand.domain.photographs import MOST_POINTS, Point, ScaleMark
from ssc_hand.geometry.outline import mm_per_pixel
from ssc_hand.i18n import _
from ssc_hand.ui.photos.ink import cross, dot, line, plate, ring, surround

#: How far into a picture one can go, as a multiple of the whole picture in the window.
_MOST_ZOOM = 16.0
_ZOOM_STEP = 1.25
#: Screen pixels within which a press means the first point of an outline.
_NEAR = 10.0
#: Screen pixels that an arrow key moves the cross, and with Shift.
_STRIDE, _SMALL_STRIDE = 12.0, 1.0
_MARGIN = 6.0


class Tool(Enum):
    """What a press on the picture does."""

    LOOK = auto()
    SCALE = auto()
    OUTLINE = auto()


_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_POINT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PictureCanvas(QWidget):
    """Shows a picture as large as it fits, or closer; points are told in pixels of the picture."""

    scale_marked = Signal(object, object)  #: both points
    outline_drawn = Signal(object)  #: tuple[Point, ...]
    tool_left = Signal()  #: Escape, or the last point was set

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(_("Photograph"))
        self._image: QImage | None = None
        self._scaled: tuple[float, QPixmap] | None = None
        self._words = ""
        self._zoom = 1.0
        self._middle = QPointF()
        self._tool = Tool.LOOK
        self._points: list[Point] = []
        self._cross = QPointF()
        self._dragged_from: QPointF | None = None
        self._scale: ScaleMark | None = None
        self._outline: tuple[Point, ...] = ()

    # -- what is shown -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for a picture."""
        return QSize(640, 480)

    def show_picture(self, image: QImage | None, words: str = "") -> None:
        """Show a picture whole; without one, these words."""
        self._image, self._words, self._scaled = image, words, None
        self._zoom = 1.0
        self._middle = QPointF(image.width() / 2, image.height() / 2) if image else QPointF()
        self.set_tool(Tool.LOOK)

    def show_marks(self, scale: ScaleMark | None, outline: tuple[Point, ...]) -> None:
        """Show what was marked on the picture."""
        self._scale, self._outline = scale, outline
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a picture is shown."""
        return self._image is not None

    @property
    def tool(self) -> Tool:
        """What a press does."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Choose what a press does; points of an unfinished mark are dropped."""
        self._tool = tool
        self._points = []
        self._cross = self._to_picture(QPointF(self.rect().center()))
        self.setCursor(Qt.CursorShape.OpenHandCursor if tool is Tool.LOOK else Qt.CursorShape.CrossCursor)
        self.update()

    @property
    def zoom(self) -> float:
        """1 where the whole picture fits the window."""
        return self._zoom

    def zoom_by(self, factor: float, around: QPointF | None = None) -> None:
        """Come closer or go back; the point of the picture under `around` stays where it is."""
        if self._image is None:
            return
        place = around or QPointF(self.rect().center())
        under = self._to_picture(place)
        self._zoom = min(max(self._zoom * factor, 1.0), _MOST_ZOOM)
        self._middle += under - self._to_picture(place)
        self._stay_inside()
        self.update()

    def zoom_in(self) -> None:
        """One step closer."""
        self.zoom_by(_ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step back."""
        self.zoom_by(1 / _ZOOM_STEP)

    def fit(self) -> None:
        """The whole picture."""
        self.zoom_by(1 / _MOST_ZOOM)

    # -- where things lie --------------------------------------------------------------------------------

    def _ratio(self) -> float:
        """Screen pixels for a pixel of the picture."""
        if self._image is None:
            return 1.0
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        whole = min(room.width() / self._image.width(), room.height() / self._image.height())
        return max(whole, 1e-3) * self._zoom

    def _transform(self) -> QTransform:
        ratio, centre = self._ratio(), QRectF(self.rect()).center()
        at = QTransform.fromTranslate(centre.x(), centre.y()).scale(ratio, ratio)
        return at.translate(-self._middle.x(), -self._middle.y())

    def to_screen(self, point: Point) -> QPointF:
        """Where a point of the picture lies in the window."""
        return self._transform().map(QPointF(*point))

    def _to_picture(self, place: QPointF) -> QPointF:
        back, _is_possible = self._transform().inverted()
        return back.map(place)

    def _stay_inside(self) -> None:
        if self._image is None:
            return
        width, height, ratio = self._image.width(), self._image.height(), self._ratio()
        half = (min(self.width() / ratio, width) / 2, min(self.height() / ratio, height) / 2)
        self._middle = QPointF(
            min(max(self._middle.x(), half[0]), width - half[0]),
            min(max(self._middle.y(), half[1]), height - half[1]),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in the window."""
        super().resizeEvent(event)
        self._scaled = None
        self._stay_inside()

    # -- marking -----------------------------------------------------------------------------------------

    def _set_point(self, place: QPointF) -> None:
        """Set the next point of a scale or an outline at a place of the window."""
        if self._image is None or self._tool is Tool.LOOK:
            return
        found = self._to_picture(place)
        x = round(min(max(found.x(), 0.0), float(self._image.width())), 1)
        y = round(min(max(found.y(), 0.0), float(self._image.height())), 1)
        if self._tool is Tool.OUTLINE and self._closes(place):
            self._finish_outline()
            return
        self._points.append((x, y))
        if self._tool is Tool.SCALE and len(self._points) == 2:
            first, second = self._points
            self._leave()
            self.scale_marked.emit(first, second)
        elif len(self._points) >= MOST_POINTS:
            self._finish_outline()
        self.update()

    def _closes(self, place: QPointF) -> bool:
        """Whether a press there means the end of an outline: on its first point, or again on its last."""
        ends = (self._points[0], self._points[-1]) if len(self._points) >= 3 else ()
        return any((self.to_screen(end) - place).manhattanLength() <= _NEAR for end in ends)

    def _finish_outline(self) -> None:
        points = tuple(self._points)
        if len(points) >= 3:
            self._leave()
            self.outline_drawn.emit(points)

    def _leave(self) -> None:
        self.set_tool(Tool.LOOK)
        self.tool_left.emit()

    # -- mouse and keys ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set a point, or take hold of the picture."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._tool is Tool.LOOK:
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self._cross = self._to_picture(event.position())
            self._set_point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture that is held, or the line to the next point."""
        if self._dragged_from is not None:
            self._middle -= (event.position() - self._dragged_from) / self._ratio()
            self._dragged_from = event.position()
            self._stay_inside()
            self.update()
        elif self._tool is not Tool.LOOK:
            self._cross = self._to_picture(event.position())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of the picture."""
        if self._dragged_from is not None:
            self._dragged_from = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """End an outline; come closer otherwise."""
        if self._tool is Tool.OUTLINE:
            self._finish_outline()
        elif self._tool is Tool.LOOK:
            self.zoom_by(2.0, event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come closer to what lies under the pointer, or go back."""
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom_by(_ZOOM_STEP**turns, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the picture or the cross, Enter sets a point, Backspace takes the last back, Escape leaves."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._step(_ARROWS[key], small=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.text() in ("+", "-", "0") and event.text():
            {"+": self.zoom_in, "-": self.zoom_out, "0": self.fit}[event.text()]()
        elif self._tool is Tool.LOOK:
            super().keyPressEvent(event)
        elif key in _POINT_KEYS:
            self._set_point(self._transform().map(self._cross))
        elif key == Qt.Key.Key_Backspace:
            del self._points[-1:]
            self.update()
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _step(self, direction: QPointF, *, small: bool) -> None:
        stride = (_SMALL_STRIDE if small else _STRIDE) / self._ratio()
        if self._tool is Tool.LOOK:
            self._middle += direction * stride * 3
            self._stay_inside()
        elif self._image is not None:
            moved = self._cross + direction * stride
            self._cross = QPointF(
                min(max(moved.x(), 0.0), float(self._image.width())),
                min(max(moved.y(), 0.0), float(self._image.height())),
            )
        self.update()

    # -- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture and what is marked on it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), surround(self.palette()))
        if self._image is None:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
        else:
            self._paint_picture(painter, self._image)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_marks(painter)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        ratio = self._ratio() * self.devicePixelRatioF()
        if ratio >= 1.0:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(self._transform(), combine=True)
            painter.drawImage(QPointF(), image)
            painter.restore()
            return
        if self._scaled is None or self._scaled[0] != ratio:
            size = QSize(max(1, round(image.width() * ratio)), max(1, round(image.height() * ratio)))
            smaller = image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            smaller.setDevicePixelRatio(self.devicePixelRatioF())
            self._scaled = (ratio, QPixmap.fromImage(smaller))
        painter.drawPixmap(self.to_screen((0.0, 0.0)), self._scaled[1])

    def _paint_marks(self, painter: QPainter) -> None:
        if self._scale is not None and self._tool is not Tool.SCALE:
            ends = [self.to_screen(self._scale.first), self.to_screen(self._scale.second)]
            line(painter, ends)
            for end in ends:
                ring(painter, end)
            plate(painter, (ends[0] + ends[1]) / 2 - QPointF(0, 18), _("{n} mm").format(n=f"{self._scale.mm:g}"))
        if self._outline and self._tool is not Tool.OUTLINE:
            line(painter, [self.to_screen(point) for point in self._outline], is_closed=True)
        if self._tool is not Tool.LOOK:
            places = [self.to_screen(point) for point in self._points]
            at = self._transform().map(self._cross)
            line(painter, [*places, at])
            for place in places[:1]:
                ring(painter, place)
            for place in places[1:]:
                dot(painter, place)
            cross(painter, at)
        elif self._scale is not None:
            self._paint_bar(painter, self._scale)

    def _paint_bar(self, painter: QPainter, scale: ScaleMark) -> None:
        """Ten millimetres (or one, close by; or a hundred) in the lower left corner."""
        for mm in (10.0, 1.0, 100.0):
            reach = mm / mm_per_pixel(scale) * self._ratio()
            if 24 <= reach <= self.width() / 2:
                start = QPointF(14, self.height() - 16)
                line(painter, [start, start + QPointF(reach, 0)])
                words = _("{n} mm").format(n=f"{mm:g}")
                beside = reach + 12 + painter.fontMetrics().horizontalAdvance(words) / 2
                plate(painter, start + QPointF(beside, 0), words)
                return
