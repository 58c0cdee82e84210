"""Frames on a palette that leaves none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.edge_style import EdgeStyle
from ssc_hand.ui.widgets.shades import contrast, hides_frames

BLACK = QPalette(QColor("black"), QColor("black"))
for _role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
    BLACK.setColor(_role, QColor("white"))
for _role in (QPalette.ColorRole.Base, QPalette.ColorRole.Light, QPalette.ColorRole.Mid, QPalette.ColorRole.Dark):
    BLACK.setColor(_role, QColor("black"))


@pytest.fixture
def style(qtbot: QtBot) -> Iterator[EdgeStyle]:
    del qtbot
    made = EdgeStyle()
    yield made
    made.deleteLater()


@pytest.mark.parametrize("kind", [QLineEdit, QPushButton])
def test_on_pure_black_a_field_and_a_button_have_a_line_around_them(
    qtbot: QtBot, style: EdgeStyle, kind: type[QWidget]
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field = kind(page)
    for widget in (page, field):
        widget.setPalette(BLACK)
        widget.setStyle(style)
    field.resize(120, 28)
    picture = field.grab().toImage()
    edge = picture.pixelColor(60, 0)
    assert contrast(edge, QColor("black")) >= 3


def test_lines_are_drawn_only_where_the_desktop_leaves_none() -> None:
    assert hides_frames(BLACK)
    assert not hides_frames(QApplication.palette())
    dark = QPalette(QColor("#33373c"), QColor("#25282b"))
    dark.setColor(QPalette.ColorRole.Base, QColor("#191b1d"))
    assert not hides_frames(dark)
