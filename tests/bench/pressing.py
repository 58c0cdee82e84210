"""A press on a digit, and a changed value, until the diagram is painted again; and finding the digit under a point."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.domain.records import PatientRecord, observation
from ssc_hand.ui.hand.panel import HandPanel
from ssc_hand.ui.main_window import MainWindow
from tests.bench.measuring import Row, in_turn, seconds, slowest
from tests.bench.window import Paints, opened, settle, until

#: Across the widget in both directions, so many points are asked for.
_GRID = 40


#: Screens in pixels, and the seconds in which a value must be seen on them.
_SCREENS = {(1366, 768): 0.006, (1920, 1080): 0.009}


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
        return [_press_row(window), _hit_row(window), *_value_rows(window)]


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


def _value_rows(window: MainWindow) -> list[Row]:
    """The diagram alone, as large as whole screens, each time with another value at another digit."""
    record = window.editor.record
    assert record is not None
    return [_value_row(record, QSize(*size), at_most) for size, at_most in _SCREENS.items()]


def _value_row(record: PatientRecord, size: QSize, at_most: float) -> Row:
    panel = HandPanel()
    panel.resize(size)
    panel.show()
    panel.show_visit(record, record.visits[-1], older_from=None)
    settle()
    bare_window = QMainWindow()
    bare_window.resize(panel.view.size())
    bare = _BareView(bare_window, panel.view.grab())
    bare.resize(panel.view.size())
    bare_window.show()
    settle()
    here, there = in_turn(lambda: _entries(panel, record), lambda: _presses(bare, [QPoint(9, 9)] * 2))
    panel.close()
    bare_window.close()
    return Row(
        what=f"one value in the diagram at {size.width()}x{size.height()}",
        ours=here,
        floor=there,
        beside="bare widget with one picture",
        at_most=at_most,
    )


def _entries(panel: HandPanel, record: PatientRecord) -> float:
    """The 95th percentile of showing another value, until it is painted."""
    times = []
    panel.show_visit(record, record.visits[-1], older_from=None)
    settle()
    for number, site in enumerate(DIGITS):
        visit = record.visits[-1].with_observation(observation(site, "crt", 1.0 + number % 7))
        record = record.with_visit(visit)
        paints = Paints(panel.view)
        times.append(seconds(lambda: _show(panel, record, paints)))  # noqa: B023 - called at once
        panel.view.removeEventFilter(paints)
    return slowest(times)


def _show(panel: HandPanel, record: PatientRecord, paints: Paints) -> None:
    paints.expect()
    panel.show_visit(record, record.visits[-1], older_from=None)
    until(lambda: paints.are_done)
