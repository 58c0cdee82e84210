"""The message bar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.ui.notices import Notice, NoticeKind
from ssc_hand.ui.widgets.message_bar import MessageBar
from ssc_hand.ui.widgets.plain_label import PlainLabel
from tests.ui.finding import the


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    qtbot.addWidget(made)
    return made


def test_it_is_hidden_until_there_is_something_to_say(bar: MessageBar) -> None:
    assert bar.isHidden()
    bar.show_notice(Notice("Saved."))
    assert not bar.isHidden()
    assert bar.accessibleName() == "Note: Saved."


def test_it_shows_markup_as_typed(bar: MessageBar) -> None:
    bar.show_notice(Notice("<b>O'Brien</b> was saved."))
    assert the(PlainLabel, bar).text() == "<b>O'Brien</b> was saved."


def test_its_button_does_what_the_notice_says_and_closes_it(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.show_notice(Notice("The disk is full.", NoticeKind.ERROR, "Try again", lambda: done.append("again")))
    with qtbot.waitSignal(bar.closed):
        qtbot.mouseClick(the(QPushButton, bar), Qt.MouseButton.LeftButton)
    assert done == ["again"]
    assert bar.isHidden()


def test_an_error_waits_behind_a_later_one(bar: MessageBar) -> None:
    bar.show_notice(Notice("first", NoticeKind.ERROR))
    bar.show_notice(Notice("second", NoticeKind.ERROR))
    bar.dismiss()
    assert bar.notice == Notice("first", NoticeKind.ERROR)


def test_a_mere_note_does_not_come_back(bar: MessageBar) -> None:
    bar.show_notice(Notice("Saved."))
    bar.show_notice(Notice("second", NoticeKind.ERROR))
    bar.dismiss()
    assert bar.notice is None


def test_the_same_words_are_not_said_twice(bar: MessageBar) -> None:
    for _time in range(3):
        bar.show_notice(Notice("The disk is full.", NoticeKind.ERROR))
    bar.dismiss()
    assert bar.notice is None


def test_what_was_refused_goes_with_what_is_left_and_what_can_still_be_done_stays(bar: MessageBar) -> None:
    bar.show_notice(Notice("The disk is full.", NoticeKind.ERROR))
    bar.show_notice(Notice("Not written yet.", NoticeKind.WARNING, "Try again", lambda: None))
    bar.show_notice(Notice("This is no picture.", NoticeKind.WARNING))
    bar.drop_refusals()
    assert bar.notice is not None and bar.notice.text == "Not written yet."
    bar.dismiss()
    assert bar.notice.text == "The disk is full."
