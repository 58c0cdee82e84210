"""The way of Tab over the parts of a page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.tab_order import TabOrder, go_to_next_part


class Page(QWidget):
    """Two parts with two lines each; the lower one was made first."""

    def __init__(self) -> None:
        super().__init__()
        self.beneath, self.above = QWidget(self), QWidget(self)
        column = QVBoxLayout(self)
        column.addWidget(self.above)
        column.addWidget(self.beneath)
        for part, names in ((self.beneath, "cd"), (self.above, "ab")):
            inside = QVBoxLayout(part)
            for name in names:
                inside.addWidget(self.line(name, part))

    def line(self, name: str, part: QWidget) -> QLineEdit:
        line = QLineEdit(part)
        line.setObjectName(name)
        return line


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def walked(qtbot: QtBot, page: Page, presses: int) -> str:
    """The names of what Tab stops at, from the first line on."""
    line = page.findChild(QLineEdit, "a")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    names = "a"
    for _press in range(presses):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        names += here()
    return names


def here() -> str:
    at = QApplication.focusWidget()
    return at.objectName() if at else ""


def test_tab_goes_over_the_parts_in_their_order(qtbot: QtBot, page: Page) -> None:
    TabOrder(page, (page.above, page.beneath)).keep()
    assert walked(qtbot, page, 4) == "abcda"


def test_what_is_made_later_is_taken_in_at_its_part(qtbot: QtBot, page: Page) -> None:
    order = TabOrder(page, (page.above, page.beneath))
    order.keep()
    late = page.line("x", page.above)
    late.show()
    order.keep()
    assert walked(qtbot, page, 5) == "abxcda"


def test_what_went_since_is_forgotten(qtbot: QtBot, page: Page) -> None:
    order = TabOrder(page, (page.above, page.beneath))
    order.keep()
    gone = page.findChild(QLineEdit, "b")
    assert isinstance(gone, QLineEdit)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    order.keep()
    assert walked(qtbot, page, 3) == "acda"


def test_going_on_turns_to_each_part_and_round_again(qtbot: QtBot, page: Page) -> None:
    page.setFocus()
    been = []
    for _time in range(3):
        go_to_next_part((page.above, page.beneath))
        been.append(here())
    assert been == ["a", "c", "a"]


def test_going_on_passes_over_a_part_that_is_hidden(qtbot: QtBot, page: Page) -> None:
    walked(qtbot, page, 0)
    page.beneath.hide()
    go_to_next_part((page.above, page.beneath))
    assert here() == "a"
