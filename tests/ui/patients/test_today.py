"""The list of today."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.vocabulary import Expected
from ssc_hand.ui.patients.today import TodayList
from ssc_hand.ui.widgets.line_list import LineList
from tests.ui.finding import the
from tests.ui.patients.people import a_line, expected, now
from tests.ui.scripted_prompts import ScriptedPrompts

ABEL = a_line("1001", "Abel, Ann")


@pytest.fixture
def today(qtbot: QtBot) -> TodayList:
    made = TodayList(now, ScriptedPrompts(Path("/list.csv")))
    qtbot.addWidget(made)
    made.show()
    return made


def press(qtbot: QtBot, today: TodayList, text: str) -> None:
    """Press the button with this text."""
    button = next(each for each in today.findChildren(QPushButton) if each.text().startswith(text))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_numbers_are_taken_apart_at_commas_semicolons_and_tabs(today: TodayList, qtbot: QtBot) -> None:
    the(QLineEdit, today).setText(" 1024, 1031;MRN 7\t12 ,,")
    wish = ("1024", "1031", "MRN 7", "12")
    with qtbot.waitSignal(today.expect_requested, check_params_cb=lambda numbers: numbers == wish):
        press(qtbot, today, "Add")


def test_a_number_that_nobody_has_stays_to_be_mended(today: TodayList, qtbot: QtBot) -> None:
    entry = the(QLineEdit, today)
    qtbot.keyClicks(entry, "1024")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    today.show_failure(Refused("No patient has the record number “1024”."))
    assert (entry.text(), today.error) == ("1024", "No patient has the record number “1024”.")


def test_numbers_that_were_taken_leave_the_entry(today: TodayList, qtbot: QtBot) -> None:
    entry = the(QLineEdit, today)
    qtbot.keyClicks(entry, "1001")
    qtbot.keyClick(entry, Qt.Key.Key_Return)
    today.show_expected((expected(ABEL),))
    assert (entry.text(), today.error) == ("", "")


def test_an_answer_to_somebody_else_leaves_what_is_being_typed(today: TodayList, qtbot: QtBot) -> None:
    entry = the(QLineEdit, today)
    qtbot.keyClicks(entry, "10")
    today.show_expected((expected(ABEL),))
    assert entry.text() == "10"


def test_nothing_typed_is_told(today: TodayList, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(today.expect_requested):
        press(qtbot, today, "Add")
    assert "at least one" in today.error


def test_each_patient_has_a_state(today: TodayList) -> None:
    today.show_expected([expected(ABEL, state) for state in Expected])
    assert [row.badge for row in today.rows] == ["not begun", "draft", "finished"]


def test_a_patient_is_taken_off_the_list(today: TodayList, qtbot: QtBot) -> None:
    today.show_expected((expected(ABEL),))
    the(LineList, today).enter()
    with qtbot.waitSignal(today.unexpect_requested, check_params_cb=lambda key: key == ABEL.id):
        press(qtbot, today, "Take off")


def test_a_file_can_be_chosen(today: TodayList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(today.file_chosen, check_params_cb=lambda path: path == Path("/list.csv")):
        press(qtbot, today, "From a file")
