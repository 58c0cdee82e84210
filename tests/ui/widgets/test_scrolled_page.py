"""A page that scrolls only where it cannot shrink any more."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.still_frame import ScrolledPage


class _Block(QWidget):
    """Wants 400 pixels of height, and can do with 200."""

    def sizeHint(self) -> QSize:
        return QSize(100, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 200)


def a_page(qtbot: QtBot) -> tuple[ScrolledPage, QWidget]:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(_Block(content))
    page = ScrolledPage(content)
    qtbot.addWidget(page)
    page.show()
    return page, content


def test_content_shrinks_before_it_has_to_be_scrolled(qtbot: QtBot) -> None:
    page, content = a_page(qtbot)
    page.resize(300, 250)
    assert content.height() == 250
    assert page.verticalScrollBar().maximum() == 0


def test_content_that_cannot_shrink_any_more_is_scrolled_to_its_end(qtbot: QtBot) -> None:
    page, content = a_page(qtbot)
    page.resize(300, 150)
    assert content.height() == 200
    assert page.verticalScrollBar().maximum() == 50


def test_it_follows_content_that_grows(qtbot: QtBot) -> None:
    page, content = a_page(qtbot)
    page.resize(300, 250)
    layout = content.layout()
    assert layout is not None
    layout.addWidget(_Block(content))
    qtbot.waitUntil(lambda: content.height() > 400)
    assert page.verticalScrollBar().maximum() > 0


def test_what_the_keyboard_goes_to_comes_into_sight(qtbot: QtBot) -> None:
    page, content = a_page(qtbot)
    line, layout = QLineEdit(content), content.layout()
    assert layout is not None
    layout.addWidget(line)
    page.resize(300, 150)
    page.activateWindow()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 50)
    line.setFocus()
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 0)
    assert page.viewport().rect().contains(line.mapTo(page.viewport(), line.rect().center()))
