"""Labels show what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets import shades
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role, plain_tooltip

HOSTILE = "<b>O'Brien & Søn</b>"
GROUNDS = [QColor.fromHslF(0, 0, step / 10) for step in range(11)]


def test_markup_in_a_name_is_shown_as_typed(qtbot: QtBot) -> None:
    label = PlainLabel(HOSTILE)
    qtbot.addWidget(label)
    assert label.text() == HOSTILE
    assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("letter", ["W", "ק", "e\u0301"])
def test_a_word_of_two_hundred_letters_does_not_widen_the_window(qtbot: QtBot, letter: str) -> None:
    long, short = PlainLabel(letter * 200, wrap=True), PlainLabel(letter * 40, wrap=True)
    qtbot.addWidget(long)
    qtbot.addWidget(short)
    assert long.minimumSizeHint().width() <= short.minimumSizeHint().width()
    assert long.heightForWidth(300) > short.heightForWidth(300)
    assert long.text() == letter * 200


def test_markup_in_a_tooltip_is_spelled_out() -> None:
    assert plain_tooltip(HOSTILE) == "<qt>&lt;b&gt;O&#x27;Brien &amp; Søn&lt;/b&gt;</qt>"
    assert plain_tooltip("O'Brien") == "O'Brien"


def test_a_title_is_larger_and_bold(qtbot: QtBot) -> None:
    plain, title = PlainLabel("a"), PlainLabel("a", role=Role.TITLE)
    qtbot.addWidget(plain)
    qtbot.addWidget(title)
    assert title.font().bold()
    assert title.font().pointSizeF() > plain.font().pointSizeF()


def test_a_long_name_ends_in_an_ellipsis_and_its_tooltip_tells_it_whole(qtbot: QtBot) -> None:
    label = ElidedLabel("Featherstonehaugh-Cholmondeley " * 5)
    qtbot.addWidget(label)
    label.resize(120, 30)
    label.show()
    assert label.shown.endswith("…")
    assert label.toolTip() == label.text()


def test_a_short_name_needs_no_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Li")
    qtbot.addWidget(label)
    label.resize(300, 30)
    label.show()
    assert label.shown == "Li"
    assert label.toolTip() == ""


@pytest.mark.parametrize("ground", GROUNDS, ids=[colour.name() for colour in GROUNDS])
def test_what_went_wrong_is_readable_on_any_ground(ground: QColor) -> None:
    palette = QPalette(ground)
    best = max(shades.contrast(ground, QColor(edge)) for edge in ("white", "black"))
    assert shades.contrast(shades.alarm(palette), ground) >= min(4.5, best - 0.2)
    assert shades.contrast(shades.caution(palette), ground) >= min(4.5, best - 0.2)


def test_a_muted_label_follows_the_desktop_into_the_dark(qtbot: QtBot) -> None:
    label = PlainLabel("a", role=Role.MUTED)
    qtbot.addWidget(label)
    before = label.palette().color(QPalette.ColorRole.WindowText)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.setPalette(QPalette(QColor(40, 40, 40)))
    label.setParent(holder)
    after = label.palette().color(QPalette.ColorRole.WindowText)
    assert before.lightness() < 128 < after.lightness()
