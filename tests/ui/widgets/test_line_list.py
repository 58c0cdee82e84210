"""The list of two-line entries."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.line_list import LineList, Row, RowModel, RowStyle

HOSTILE = "<b>O'Brien & Søn</b>"
ROWS = (
    Row("Today", style=RowStyle.HEADING),
    Row("Abel", "1001", "draft", "a"),
    Row(HOSTILE, "1002", "", "b"),
    Row("More: type further.", style=RowStyle.REMARK),
)


@pytest.fixture
def lines(qtbot: QtBot) -> LineList:
    made = LineList()
    qtbot.addWidget(made)
    made.resize(200, 300)
    made.set_rows(ROWS)
    made.show()
    return made


def test_the_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = RowModel()
    model.set_rows(ROWS)
    qtmodeltester.check(model)
    watcher = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_rows(ROWS[:2])
    model.set_rows(())
    assert watcher.model() is model


def test_headings_and_remarks_cannot_be_chosen() -> None:
    model = RowModel()
    model.set_rows(ROWS)
    can = [bool(model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable) for row in range(4)]
    assert can == [False, True, True, False]


def test_a_screen_reader_hears_the_whole_row_as_typed() -> None:
    model = RowModel()
    model.set_rows(ROWS)
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Abel, 1001, draft"
    assert model.index(2, 0).data() == HOSTILE


def test_a_click_chooses(lines: LineList, qtbot: QtBot) -> None:
    place = lines.visualRect(lines.model().index(2, 0)).center()
    with qtbot.waitSignal(lines.chosen, check_params_cb=lambda key: key == "b"):
        qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_arrows_pass_over_headings_and_enter_chooses(lines: LineList, qtbot: QtBot) -> None:
    lines.enter()
    assert lines.current_key == "a"
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    with qtbot.waitSignal(lines.chosen, check_params_cb=lambda key: key == "b"):
        qtbot.keyClick(lines, Qt.Key.Key_Return)


def test_up_from_the_first_entry_leaves_the_list(lines: LineList, qtbot: QtBot) -> None:
    lines.enter()
    with qtbot.waitSignal(lines.left_upwards):
        qtbot.keyClick(lines, Qt.Key.Key_Up)


def test_letters_are_handed_to_the_search_box(lines: LineList, qtbot: QtBot) -> None:
    lines.enter()
    with qtbot.waitSignal(lines.typed, check_params_cb=lambda letters: letters == "k"):
        qtbot.keyClicks(lines, "k")


def test_the_cursor_stays_on_its_entry_when_others_come_and_go(lines: LineList) -> None:
    lines.set_current("b")
    lines.set_rows((Row("Zoe", "9", "", "z"), ROWS[2]))
    assert lines.current_key == "b"
    lines.set_rows(ROWS[:2])
    assert lines.current_key == ""


def test_a_long_detail_takes_another_line_instead_of_being_cut(lines: LineList) -> None:
    short = lines.visualRect(lines.model().index(1, 0)).height()
    lines.set_rows((Row("Abel", "a long detail that has no room " * 3, "", "a"),))
    assert lines.visualRect(lines.model().index(0, 0)).height() > short
    assert lines.grab().width() == lines.width()


def test_rows_grow_when_the_list_becomes_narrower(lines: LineList, qtbot: QtBot) -> None:
    lines.set_rows((Row("Abel", "a detail of many words that needs more lines in a narrow list", "", "a"), ROWS[2]))
    first, second = (lines.model().index(row, 0) for row in range(2))
    qtbot.waitUntil(lambda: lines.visualRect(second).top() > 0)
    before = lines.visualRect(first).height()
    lines.resize(90, lines.height())
    qtbot.waitUntil(lambda: lines.visualRect(first).height() > before)
    assert lines.visualRect(second).top() >= lines.visualRect(first).bottom()


def test_an_entry_that_assistive_software_selects_is_chosen(lines: LineList, qtbot: QtBot) -> None:
    index = lines.model().index(2, 0)
    with qtbot.waitSignal(lines.chosen, check_params_cb=lambda key: key == "b"):
        lines.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_an_entry_marked_by_the_program_and_unmarked_at_once_is_not_chosen(lines: LineList) -> None:
    chosen: list[str] = []
    lines.chosen.connect(chosen.append)
    lines.set_current("b")
    lines.set_current("")
    QApplication.processEvents()
    assert not chosen
