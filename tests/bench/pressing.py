"""A press on a digit until the diagram is painted again; and finding the digit under a point."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.ui.main_window import MainWindow
from tests.bench.measuring import Row, in_turn, seconds, slowest
from tests.bench.window import Paints, opened, settle, until

#: Across the widget in both directions, so many points are asked for.
_GRID = 40


class _BareView(QWidget):
    """The floor: one picture, and an outline that changes with each press."""

    def __init__(self, parent: QWidget, picture: QPixmap) -> None:
        super().__init__(parent)
        self._picture = picture
        self._pressed = QPointF()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Draw the outline elsewhere."""
        self._pressed = event.position()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture and the outline."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.drawEllipse(self._pressed, 30, 30)


def rows(clinic: Path) -> list[Row]:
    """Both goals of the diagram, measured in the window with the patient of forty visits."""
    with opened(clinic) as window:
        window.open_patient(window.browser.rows[0].key)
        until(lambda: window.editor.record is not None)
        settle()
        return [_press_row(window), _hit_row(window)]


def _press_row(window: MainWindow) -> Row:
    view = window.visit_page.hands.view
    bare_window = QMainWindow()
    bare_window.resize(view.size())
    bare = _BareView(bare_window, view.grab())
    bare.resize(view.size())
    bare_window.show()
    settle()
    points = [view.point_of(site) for site in DIGITS for _twice in range(2)]
    here, there = in_turn(lambda: _presses(view, points), lambda: _presses(bare, points))
    bare_window.close()
    return Row(
        what="press on a digit, 95th percentile",
        ours=here,
        floor=there,
        beside="bare widget with one picture",
        at_most=0.016,
    )


def _presses(view: QWidget, points: list[QPoint]) -> float:
    paints = Paints(view)
    found = slowest([_press(view, point, paints) for point in points])
    view.removeEventFilter(paints)
    return found


def _press(view: QWidget, point: QPoint, paints: Paints) -> float:
    def press_and_wait() -> None:
        paints.expect()
        for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            at = QPointF(point)
            held = Qt.MouseButton.LeftButton if kind is QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
            event = QMouseEvent(
                kind,
                at,
                QPointF(view.mapToGlobal(point)),
                Qt.MouseButton.LeftButton,
                held,
                Qt.KeyboardModifier.NoModifier,
            )
            QApplication.sendEvent(view, event)
        until(lambda: paints.are_done)

    taken = seconds(press_and_wait)
    settle()
    return taken


def _hit_row(window: MainWindow) -> Row:
    view = window.visit_page.hands.view
    width, height = view.width(), view.height()
    points = [QPointF(width * x / _GRID, height * y / _GRID) for x in range(_GRID) for y in range(_GRID)]
    paths = []
    for site in DIGITS:
        path = QPainterPath()
        path.addEllipse(QPointF(view.point_of(site)), 20, 40)
        paths.append(path)
    here, there = in_turn(
        lambda: seconds(lambda: [view.site_at(point) for point in points]) / len(points),
        lambda: seconds(lambda: [any(path.contains(point) for path in paths) for point in points]) / len(points),
    )
    return Row(what="hit test", ours=here, floor=there, beside="ten ellipses of Qt", at_most=0.0002)
