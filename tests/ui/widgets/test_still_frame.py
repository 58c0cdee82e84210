"""A frame in which a change of layout ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.still_frame import StillFrame


class Requests(QObject):
    """Counts how often a widget was asked to arrange itself."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count one."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def shown(qtbot: QtBot) -> tuple[QTabWidget, QLabel]:
    """A page of a tab widget in a frame, with a label on it."""
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    page = QWidget()
    column = QVBoxLayout(page)
    label = QLabel("one", page)
    label.setMinimumWidth(200)
    column.addWidget(label)
    tabs.addTab(StillFrame(page, tabs), "page")
    tabs.resize(400, 300)
    tabs.show()
    qtbot.waitExposed(tabs)
    return tabs, label


def test_another_text_of_a_label_arranges_nothing_around_the_frame(qtbot: QtBot) -> None:
    tabs, label = shown(qtbot)
    QApplication.processEvents()
    requests = Requests(tabs)
    label.setText("two and a half")
    QApplication.processEvents()
    assert requests.count == 0


def test_what_needs_more_room_is_passed_on(qtbot: QtBot) -> None:
    tabs, label = shown(qtbot)
    label.setMinimumSize(700, 500)
    qtbot.waitUntil(lambda: tabs.minimumSizeHint().width() > 700)
    page, frame = label.parentWidget(), tabs.currentWidget()
    assert page is not None and frame is not None and page.size() == frame.size()
