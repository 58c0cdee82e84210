"""Typing into the digit-by-measure table, with the keys as they arrive in a window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.ui.findings.model import FindingsModel
from ssc_hand.ui.findings.table import FindingsTable
from ssc_hand.ui.models.visit_editor import VisitEditor
from tests.builders import a_moment, a_record, a_visit

RIGHT_HAND = ("R.D1", "R.D2", "R.D3", "R.D4", "R.D5")


class _Desk:
    """A storage that is asked and has not answered yet."""

    def run(self, task: Callable[[Any], Any], done: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        del task, done, failed


class Typist:
    """A table on the screen, and a person typing into it."""

    def __init__(self, qtbot: QtBot) -> None:
        record = a_record(a_visit())
        self.editor = VisitEditor(_Desk(), a_moment)
        self.editor.show(record, record.visits[-1].id)
        self.model = FindingsModel(self.editor)
        self.table = FindingsTable(self.model)
        self.refusals: list[str] = []
        self.model.refused.connect(self.refusals.append)
        qtbot.addWidget(self.table)
        with qtbot.waitExposed(self.table):
            self.table.show()
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(self.row, 1))

    @property
    def row(self) -> int:
        """The row of capillary refill."""
        found = self.model.row_of(CATALOGUE["crt"])
        assert found is not None
        return found

    def types(self, text: str) -> None:
        """Type into whatever has the keys, and press Enter."""
        for letter in text:
            self.presses(letter)
        assert isinstance(QApplication.focusWidget(), QLineEdit)
        self.presses("\r")
        QApplication.processEvents()

    def presses(self, letter: str) -> None:
        """Press one key, which whatever has the keys receives."""
        where = QApplication.focusWidget() or self.table
        if letter == "\r":
            QTest.keyClick(where, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(where, letter)

    @property
    def place(self) -> str:
        """The name of the site of the chosen cell."""
        return self.model.site_at(self.table.currentIndex()).name

    def shown(self, site: str) -> str:
        """What the cell of a site shows."""
        column = self.model.column_of(parse_site(site))
        assert column is not None
        return str(self.model.index(self.row, column).data())


@pytest.fixture
def typist(qtbot: QtBot) -> Typist:
    return Typist(qtbot)


def test_values_typed_one_after_the_other_stand_on_neighbouring_digits(typist: Typist) -> None:
    for text in ("1.1", "2,2", "3.3", "4.4", "5.5"):
        typist.types(text)
    assert [typist.shown(site) for site in RIGHT_HAND] == ["1.1", "2.2", "3.3", "4.4", "5.5"]
    assert typist.place == "left thumb"


def test_keys_typed_faster_than_they_are_handled_are_neither_lost_nor_mixed_up(typist: Typist) -> None:
    for text in ("1.9", "2.8", "3.7"):
        for letter in text:
            typist.presses(letter)
        typist.presses("\r")  # the next key follows without the window having had a moment
    QApplication.processEvents()
    assert [typist.shown(site) for site in RIGHT_HAND[:3]] == ["1.9", "2.8", "3.7"]


def test_what_is_being_typed_stays_when_an_earlier_entry_reaches_the_disk(typist: Typist) -> None:
    typist.types("1.9")
    typist.presses("2")
    typist.editor.saved_changed.emit()
    typist.types(".8")
    assert [typist.shown(site) for site in RIGHT_HAND[:2]] == ["1.9", "2.8"]


def test_a_refused_entry_stays_in_its_cell_and_no_later_value_lands_on_its_finger(typist: Typist) -> None:
    typist.types("31")
    assert typist.place == "right index"
    assert typist.shown("R.D1") == "31 ⚠"
    assert typist.refusals[-1].startswith("right thumb, Capillary refill: 31 is outside 0 to 30.")
    visit = typist.editor.visit
    assert visit is not None
    assert not visit.observations


def test_an_unusual_value_is_kept_and_asks_for_a_second_look(typist: Typist) -> None:
    typist.types("12")
    assert typist.shown("R.D1") == "12.0 ?"
    told = typist.model.index(typist.row, 1).data(Qt.ItemDataRole.ToolTipRole)
    assert "Outside the usual 0 to 10: please look again." in told


def test_enter_on_a_cell_that_is_not_being_edited_goes_to_the_next_digit(typist: Typist) -> None:
    QTest.keyClick(typist.table, Qt.Key.Key_Return)
    assert typist.place == "right index"
