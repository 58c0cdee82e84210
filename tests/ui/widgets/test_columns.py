"""Columns make use of the width there is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.columns import Columns


def some_columns(qtbot: QtBot, width: int) -> tuple[Columns, list[QLabel]]:
    """Six parts of 100 by 20 pixels, the first twice as high."""
    parts = [QLabel() for _part in range(6)]
    for part in parts:
        part.setFixedSize(100, 20)
    parts[0].setFixedHeight(40)
    made = Columns(parts)
    qtbot.addWidget(made)
    made.resize(width, 10)
    made.show()
    return made, parts


@pytest.mark.parametrize(("width", "count", "height"), [(60, 1, 140), (300, 2, 80), (400, 3, 60), (1000, 4, 40)])
def test_columns_are_as_low_as_the_width_lets_them(qtbot: QtBot, width: int, count: int, height: int) -> None:
    columns, parts = some_columns(qtbot, width)
    assert columns.count == count
    assert columns.height() == height
    assert [(p.x(), p.y()) for p in parts] == sorted((p.x(), p.y()) for p in parts)


def test_a_narrow_window_is_not_widened(qtbot: QtBot) -> None:
    columns, _parts = some_columns(qtbot, 1000)
    assert columns.minimumSizeHint().width() == 100
