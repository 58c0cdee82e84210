"""Several cells at once: typed once, taken back with one undo; and rows pasted from a spreadsheet, whole or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import DIGITS, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.vocabulary import AmputationLevel
from ssc_hand.ui.findings.model import COLUMNS, FindingsModel
from ssc_hand.ui.findings.table import FindingsTable
from tests.builders import a_patient, a_record, a_visit, an_amputation
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
RECORD = a_record(a_visit(), patient=PATIENT)
GONE = a_record(a_visit(), patient=PATIENT, amputations=(an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP),))
TEN = "\t".join(f"{n}.5" for n in range(10))


class Sheet:
    """A table on the screen with a visit on the desk."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.desk = desk
        self.model = FindingsModel(desk.editor)
        self.table = FindingsTable(self.model)
        self.refusals: list[str] = []
        self.model.refused.connect(self.refusals.append)
        qtbot.addWidget(self.table)
        self.table.resize(1100, 500)
        with qtbot.waitExposed(self.table):
            self.table.show()
        self.table.setFocus()

    def cell(self, site: str, key: str = "crt") -> Any:
        """A cell of the table."""
        row = self.model.row_of(CATALOGUE[key])
        assert row is not None
        return self.model.index(row, COLUMNS.index(parse_site(site)))

    def choose(self, *cells: tuple[str, str]) -> None:
        """Choose several cells, the last being the current one."""
        chosen = QItemSelection()
        for site, key in cells:
            index = self.cell(site, key)
            chosen.merge(QItemSelection(index, index), QItemSelectionModel.SelectionFlag.Select)
        selection = self.table.selectionModel()
        selection.setCurrentIndex(self.cell(*cells[-1]), QItemSelectionModel.SelectionFlag.NoUpdate)
        selection.select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def type(self, text: str) -> None:
        """Type over the current cell and press Enter."""
        QTest.keyClicks(self.table, text[:1])
        line = next(line for line in self.table.findChildren(QLineEdit) if line.isVisible())
        QTest.keyClicks(line, text[1:])
        QTest.keyClick(line, Qt.Key.Key_Return)

    def paste(self, text: str, site: str = "R.D1", key: str = "crt") -> None:
        """Paste into a cell."""
        QGuiApplication.clipboard().setText(text)
        self.table.setCurrentIndex(self.cell(site, key))
        QTest.keyClick(self.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def values(self, key: str = "crt") -> list[Any]:
        """What is recorded at the ten digits."""
        known = self.desk.visit.observations
        return [known[site, key, 1].value if (site, key, 1) in known else None for site in DIGITS]


@pytest.fixture
def sheet(qtbot: QtBot, tmp_path: Path) -> Iterator[Sheet]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        desk.show(PATIENT.id, RECORD.visits[0].id)
        yield Sheet(qtbot, desk)


def test_a_value_typed_once_fills_every_chosen_cell_and_is_one_undo(sheet: Sheet) -> None:
    sheet.choose(("R.D2", "crt"), ("R.D3", "crt"), ("L.D4", "crt"))
    sheet.type("2,5")
    assert sheet.values() == [None, 2.5, 2.5, None, None, None, None, None, 2.5, None]
    sheet.desk.editor.undo_stack.undo()
    assert sheet.values() == [None] * 10 and not sheet.desk.editor.undo_stack.canUndo()


def test_cells_of_several_measures_are_filled_together(sheet: Sheet) -> None:
    sheet.choose(("R.D2", "crt"), ("R.D2", "pain"))
    sheet.type("3")
    assert (sheet.values()[1], sheet.values("pain")[1]) == (3.0, 3)
    sheet.desk.editor.undo_stack.undo()
    assert (sheet.values()[1], sheet.values("pain")[1]) == (None, None)


def test_what_one_of_the_cells_refuses_is_recorded_in_none(sheet: Sheet) -> None:
    sheet.choose(("R.D2", "crt"), ("R.D2", "pain"))
    sheet.type("12")
    assert sheet.values() == [None] * 10 and sheet.values("pain") == [None] * 10
    assert sheet.cell("R.D2", "crt").data() == "12 ⚠"
    assert "Pain now" in sheet.refusals[0]


def test_the_line_says_how_many_cells_it_fills(sheet: Sheet) -> None:
    sheet.choose(("R.D2", "crt"), ("R.D3", "crt"), ("R.D4", "crt"))
    QTest.keyClicks(sheet.table, "2")
    line = next(line for line in sheet.table.findChildren(QLineEdit) if line.isVisible())
    assert line.accessibleName() == "Capillary refill, right ring and 2 more"


def test_after_the_last_chosen_cell_the_table_goes_on(sheet: Sheet) -> None:
    sheet.choose(("R.D4", "crt"), ("R.D3", "crt"), ("R.D2", "crt"))
    sheet.type("2")
    assert sheet.model.site_at(sheet.table.currentIndex()).code == "R.D5"


def test_several_cells_are_emptied_in_one_step(sheet: Sheet) -> None:
    sheet.choose(("R.D2", "crt"), ("R.D3", "crt"))
    sheet.type("2")
    sheet.choose(("R.D2", "crt"), ("R.D3", "crt"))
    QTest.keyClick(sheet.table, Qt.Key.Key_Delete)
    assert sheet.values() == [None] * 10
    sheet.desk.editor.undo_stack.undo()
    assert sheet.values()[1:3] == [2.0, 2.0]


def test_a_row_of_ten_fills_the_digits_in_order_and_is_one_undo(sheet: Sheet) -> None:
    sheet.paste(TEN, site="R.D3")
    assert sheet.values() == [n + 0.5 for n in range(10)]
    sheet.desk.editor.undo_stack.undo()
    assert sheet.values() == [None] * 10


def test_a_paste_over_recorded_values_waits_for_one_confirming_key(sheet: Sheet) -> None:
    sheet.paste("2.0\t3.0")
    others = "2.0\t4.0\t5.0"
    sheet.paste(others)
    assert sheet.values()[:3] == [2.0, 3.0, None]
    assert sheet.refusals == [
        "A value is recorded already: right index. Enter replaces it, any other key keeps it.",
    ]
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.values()[:3] == [2.0, 4.0, 5.0]
    sheet.desk.editor.undo_stack.undo()
    assert sheet.values()[:3] == [2.0, 3.0, None]


def test_any_other_key_keeps_what_is_recorded_and_pasting_once_more_replaces_it(sheet: Sheet) -> None:
    sheet.paste("2.0\t3.0")
    sheet.paste("4.0\t5.0")
    QTest.keyClick(sheet.table, Qt.Key.Key_Escape)
    QTest.keyClick(sheet.table, Qt.Key.Key_Return)
    assert sheet.values()[:2] == [2.0, 3.0]
    for _time in range(2):
        sheet.paste("4.0\t5.0")
    assert sheet.values()[:2] == [4.0, 5.0]


def test_the_same_values_pasted_again_ask_nothing(sheet: Sheet) -> None:
    sheet.paste(TEN)
    sheet.paste(TEN)
    assert sheet.refusals == []


def test_eleven_are_refused_whole(sheet: Sheet) -> None:
    sheet.paste(TEN + "\t2.0")
    assert sheet.values() == [None] * 10
    assert "11 values do not fit" in sheet.refusals[0]


def test_a_bad_cell_refuses_the_row_and_names_its_digit(sheet: Sheet) -> None:
    sheet.paste(TEN.replace("4.5", "4..5"))
    assert sheet.values() == [None] * 10
    assert sheet.refusals[0].startswith("right little: “4..5” is not a number")


def test_rows_of_ten_fill_one_measure_after_the_other(sheet: Sheet) -> None:
    temperatures = "\t".join(str(20 + n) for n in range(10))
    sheet.paste(f"{temperatures}\n{TEN}\n", key="skin_temp")
    assert sheet.values("skin_temp") == [20.0 + n for n in range(10)]
    assert sheet.values("crt") == [n + 0.5 for n in range(10)]
    sheet.desk.editor.undo_stack.undo()
    assert sheet.values("skin_temp") == sheet.values("crt") == [None] * 10


def test_a_row_too_short_in_a_block_refuses_all_of_it(sheet: Sheet) -> None:
    sheet.paste(f"{TEN}\n1.5\t2.5\n")
    assert sheet.values() == [None] * 10
    assert "2 values where there are 10 digits" in sheet.refusals[0]


def test_a_value_for_a_digit_without_that_joint_refuses_the_row(sheet: Sheet) -> None:
    sheet.paste("\t".join("45" for _digit in range(10)), site="R.D2", key="pip_flexion")
    assert sheet.values("pip_flexion") == [None] * 10
    assert "PIP flexion is not recorded at: right thumb" in sheet.refusals[0]
    sheet.paste("\t45\t46\t47\t48\t\t49\t50\t51\t52", site="R.D2", key="pip_flexion")
    assert sheet.values("pip_flexion") == [None, 45, 46, 47, 48, None, 49, 50, 51, 52]


def test_a_value_for_a_digit_that_is_gone_refuses_the_row(qtbot: QtBot, tmp_path: Path) -> None:
    with a_desk(qtbot, tmp_path / "clinic", GONE) as desk:
        desk.show(PATIENT.id, GONE.visits[0].id)
        sheet = Sheet(qtbot, desk)
        sheet.paste(TEN)
        assert sheet.values() == [None] * 10
        assert "left little: amputated" in sheet.refusals[0]
