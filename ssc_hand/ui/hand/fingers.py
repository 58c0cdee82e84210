"""Fingers: what fingers on a touch screen do, told as tap, hold, drag and pinch."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QTimer, Signal, Slot
from PySide6.QtGui import QEventPoint, QGuiApplication, QTouchEvent

#: Milliseconds after which a finger that rests asks for the menu, where the desktop would wait longer.
_HOLD_AT_MOST = 600


class Fingers(QObject):
    """Follows the fingers from the first that comes to the last that leaves."""

    tapped = Signal(object)  #: QPointF
    held = Signal(object)  #: QPointF
    drag_begun = Signal(object)  #: QPointF: where the finger came down
    dragged = Signal(object, object)  #: QPointF, QPointF: from where, to where
    pinched = Signal(float, object, object)  #: times as large, the QPointF between the fingers, from where it came
    lifted = Signal()  #: the last finger is gone

    def __init__(self, parent: QObject, *, slop: float) -> None:
        """Followed on behalf of `parent`; a finger that moves less than `slop` pixels rests."""
        super().__init__(parent)
        #: Runs out when a finger has rested long enough to ask for the menu.
        self.hold = QTimer(self)
        self.hold.setSingleShot(True)
        self.hold.setInterval(min(QGuiApplication.styleHints().mousePressAndHoldInterval(), _HOLD_AT_MOST))
        self.hold.timeout.connect(self._on_hold_timeout)
        self._slop = slop
        self._last: dict[int, QPointF] = {}
        self._start = QPointF()
        self._may_tap = False
        self._is_drag = False
        #: Whether a touch screen was ever used here: then mouse events made from touch say nothing new.
        self.are_used = False

    def take(self, event: QTouchEvent) -> None:
        """Follow one touch event."""
        self.are_used = True
        points = [point for point in event.points() if point.state() is not QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._forget()
        elif event.type() == QEvent.Type.TouchBegin:
            self._begin(points[0].position())
        elif not points:
            self._end()
        elif len(points) == 1:
            self._move_one(points[0])
        else:
            self._move_two(points[0], points[1])
        self._last = {point.id(): point.position() for point in points}

    def _begin(self, at: QPointF) -> None:
        self._start, self._may_tap, self._is_drag = at, True, False
        self.hold.start()

    def _move_one(self, point: QEventPoint) -> None:
        now = point.position()
        if self._may_tap and QLineF(self._start, now).length() > self._slop:
            self._give_up_tap()
            self._is_drag = True
            self.drag_begun.emit(self._start)
            self.dragged.emit(self._start, now)
        elif self._is_drag:
            self.dragged.emit(self._last.get(point.id(), now), now)

    def _move_two(self, one: QEventPoint, other: QEventPoint) -> None:
        self._give_up_tap()
        self._is_drag = False
        if one.id() not in self._last or other.id() not in self._last:
            return
        before = QLineF(self._last[one.id()], self._last[other.id()])
        now = QLineF(one.position(), other.position())
        if before.length() and now.length():
            self.pinched.emit(now.length() / before.length(), now.center(), before.center())

    def _end(self) -> None:
        if self._may_tap:
            self._give_up_tap()
            self.tapped.emit(self._start)
        self._forget()
        self.lifted.emit()

    def _give_up_tap(self) -> None:
        self._may_tap = False
        self.hold.stop()

    def _forget(self) -> None:
        self._give_up_tap()
        self._is_drag = False
        self._last = {}

    @Slot()
    def _on_hold_timeout(self) -> None:
        if self._may_tap:
            self._give_up_tap()
            self.held.emit(self._start)
