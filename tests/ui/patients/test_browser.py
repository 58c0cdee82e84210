"""Search and pick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ssc_hand.domain.vocabulary import Expected
from ssc_hand.ui.patients.browser import MOST_LINES, PatientBrowser
from ssc_hand.ui.widgets.line_list import LineList, RowStyle
from tests.ui.finding import the
from tests.ui.patients.people import HOSTILE, a_line, expected, now

ABEL, BERG, COHN = a_line("1001", "Abel, Ann"), a_line("1002", "Berg, Bo", draft=True), a_line("1003", HOSTILE)


@pytest.fixture
def browser(qtbot: QtBot) -> PatientBrowser:
    made = PatientBrowser(now)
    qtbot.addWidget(made)
    made.resize(260, 500)
    made.show()
    made.show_lines((ABEL, BERG, COHN))
    return made


def box(browser: PatientBrowser) -> QLineEdit:
    """The search box."""
    return the(QLineEdit, browser)


def titles(browser: PatientBrowser) -> list[str]:
    """What is listed, line by line."""
    return [row.title for row in browser.rows]


def test_each_line_says_who_it_is(browser: PatientBrowser) -> None:
    row = browser.rows[1]
    assert row.title == "Berg, Bo"
    assert row.badge == "draft"
    assert " ".join(row.detail.replace("\u00a0", " ").split()) == "1002 · 12 Mar 1964 · 2 visits"


def test_a_name_with_markup_is_listed_as_typed(browser: PatientBrowser) -> None:
    assert titles(browser)[2] == HOSTILE


def test_every_letter_asks(browser: PatientBrowser, qtbot: QtBot) -> None:
    asked: list[str] = []
    browser.search_changed.connect(asked.append)
    qtbot.keyClicks(box(browser), "be")
    assert asked == ["b", "be"]


def test_the_keyboard_finds_and_opens(browser: PatientBrowser, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(browser), "b")
    browser.show_lines((BERG, COHN))
    qtbot.keyClick(box(browser), Qt.Key.Key_Down)
    qtbot.keyClick(the(LineList, browser), Qt.Key.Key_Down)
    with qtbot.waitSignal(browser.patient_chosen, check_params_cb=lambda key: key == COHN.id):
        qtbot.keyClick(the(LineList, browser), Qt.Key.Key_Return)


def test_enter_in_the_box_opens_the_first_found(browser: PatientBrowser, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(browser), "b")
    browser.show_lines((BERG, COHN))
    with qtbot.waitSignal(browser.patient_chosen, check_params_cb=lambda key: key == BERG.id):
        qtbot.keyClick(box(browser), Qt.Key.Key_Return)


def test_enter_before_the_answer_waits_for_it_and_opens_nobody_listed_until_then(
    browser: PatientBrowser, qtbot: QtBot
) -> None:
    opened: list[str] = []
    browser.patient_chosen.connect(opened.append)
    qtbot.keyClicks(box(browser), "berg")
    qtbot.keyClick(box(browser), Qt.Key.Key_Down)
    qtbot.keyClick(box(browser), Qt.Key.Key_Return)
    assert opened == []
    browser.show_lines((BERG,))
    assert opened == [BERG.id]


def test_typing_on_forgets_an_enter_that_has_not_been_answered(browser: PatientBrowser, qtbot: QtBot) -> None:
    opened: list[str] = []
    browser.patient_chosen.connect(opened.append)
    qtbot.keyClicks(box(browser), "b")
    qtbot.keyClick(box(browser), Qt.Key.Key_Return)
    qtbot.keyClicks(box(browser), "e")
    browser.show_lines((BERG,))
    assert opened == []


def test_letters_typed_over_the_list_go_on_with_the_search(browser: PatientBrowser, qtbot: QtBot) -> None:
    qtbot.keyClick(box(browser), Qt.Key.Key_Down)
    qtbot.keyClicks(the(LineList, browser), "k")
    assert box(browser).text() == "k"


def test_the_page_of_the_patient_just_found_opens_by_its_shortcut(browser: PatientBrowser, qtbot: QtBot) -> None:
    opened: list[str] = []
    action = QAction("Person", browser)
    action.setShortcut("Ctrl+E")
    action.triggered.connect(lambda: opened.append("page"))
    browser.addAction(action)
    browser.activateWindow()
    browser.focus_search()
    qtbot.waitUntil(box(browser).hasFocus)
    qtbot.keyClick(box(browser), Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert opened == ["page"]


def test_escape_empties_the_box(browser: PatientBrowser, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(browser), "b")
    qtbot.keyClick(box(browser), Qt.Key.Key_Escape)
    assert browser.text == ""


def test_those_expected_today_stand_first_with_their_state_and_only_once(browser: PatientBrowser) -> None:
    browser.show_expected((expected(COHN, Expected.FINISHED),))
    assert titles(browser) == ["Today", HOSTILE, "Recent", "Abel, Ann", "Berg, Bo"]
    assert browser.rows[1].badge == "finished"
    assert browser.rows[0].style is RowStyle.HEADING


def test_a_search_shows_only_what_was_found(browser: PatientBrowser, qtbot: QtBot) -> None:
    browser.show_expected((expected(COHN),))
    qtbot.keyClicks(box(browser), "abel")
    browser.show_lines((ABEL,))
    assert titles(browser) == ["Abel, Ann"]


def test_an_empty_clinic_says_how_to_begin(browser: PatientBrowser) -> None:
    browser.show_lines(())
    assert "No patients yet" in browser.remark


def test_nobody_found_repeats_what_was_looked_for(browser: PatientBrowser, qtbot: QtBot) -> None:
    qtbot.keyClicks(box(browser), "<i>zz")
    browser.show_lines(())
    assert "“<i>zz”" in browser.remark


def test_before_the_first_answer_nothing_is_claimed(qtbot: QtBot) -> None:
    browser = PatientBrowser(now)
    qtbot.addWidget(browser)
    assert browser.remark == ""


def test_too_many_lines_ask_to_type_further(browser: PatientBrowser) -> None:
    browser.show_lines([a_line(str(number), f"Patient {number}") for number in range(MOST_LINES + 50)])
    assert len(browser.rows) == MOST_LINES + 1
    assert "type further" in titles(browser)[-1]


def test_a_listed_patient_can_be_expected_today_and_taken_off(browser: PatientBrowser, qtbot: QtBot) -> None:
    with qtbot.waitSignal(browser.expect_requested, check_params_cb=lambda numbers: numbers == ("1001",)):
        browser.menu_for(ABEL.id).actions()[0].trigger()
    browser.show_expected((expected(ABEL),))
    with qtbot.waitSignal(browser.unexpect_requested, check_params_cb=lambda key: key == ABEL.id):
        browser.menu_for(ABEL.id).actions()[0].trigger()


def test_shortcuts_are_told_in_tooltips(browser: PatientBrowser) -> None:
    for action in (browser.find_action, browser.new_action, browser.today_action):
        assert action.shortcut().toString() in action.toolTip()


def test_the_button_asks_for_a_new_patient(browser: PatientBrowser, qtbot: QtBot) -> None:
    with qtbot.waitSignal(browser.new_patient_requested):
        browser.new_action.trigger()
