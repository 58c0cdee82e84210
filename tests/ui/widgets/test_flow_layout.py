"""Widgets set like words."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.flow_layout import FlowLayout


def _row_of_five(qtbot: QtBot) -> tuple[QWidget, FlowLayout]:
    row = QWidget()
    qtbot.addWidget(row)
    flow = FlowLayout(row)
    for number in range(5):
        flow.addWidget(QPushButton(f"digit {number}", row))
    return row, flow


def test_what_has_no_room_goes_to_the_next_line(qtbot: QtBot) -> None:
    row, flow = _row_of_five(qtbot)
    wide = flow.heightForWidth(flow.sizeHint().width())
    narrow = flow.heightForWidth(flow.sizeHint().width() // 2)
    assert narrow >= 2 * wide
    row.resize(flow.sizeHint().width() // 2, narrow)
    row.show()
    assert all(row.rect().contains(button.geometry()) for button in row.findChildren(QPushButton))


def test_a_hidden_widget_takes_no_room(qtbot: QtBot) -> None:
    row, flow = _row_of_five(qtbot)
    row.show()
    before = flow.sizeHint().width()
    row.findChildren(QPushButton)[2].hide()
    assert flow.sizeHint().width() < before
