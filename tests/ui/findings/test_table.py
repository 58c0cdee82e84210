"""The table under keys and mouse: in step with the drawing, and nothing lost by looking."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.vocabulary import AmputationLevel, Reason
from ssc_hand.ui.findings.model import COLUMNS, FindingsModel
from ssc_hand.ui.findings.table import FindingsTable
from tests.builders import a_patient, a_record, a_visit, an_amputation
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
GONE = an_amputation(PATIENT, "R.D3", level=AmputationLevel.MCP)
RECORD = a_record(
    a_visit().at("R.D1", crt=[2.0, 3.0, 4.0]).at("R.D2", crt=Reason.NAIL).at("R.D4", crt=5.0, colour="pale"),
    patient=PATIENT,
    amputations=(GONE,),
)
RETURN = Qt.Key.Key_Return


class Bench:
    """A table over a visit on a real desk."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        self.model = FindingsModel(desk.editor)
        self.table = FindingsTable(self.model)
        self.qtbot = qtbot
        qtbot.addWidget(self.table)
        self.table.resize(1100, 400)
        with qtbot.waitExposed(self.table):
            self.table.show()
        self.table.setFocus()

    def cell(self, site: str, key: str = "crt") -> QModelIndex:
        """A cell of the table."""
        row = self.model.row_of(CATALOGUE[key])
        assert row is not None
        return self.model.index(row, COLUMNS.index(parse_site(site)))

    def go_to(self, site: str, key: str = "crt") -> None:
        """Choose a cell."""
        self.table.setCurrentIndex(self.cell(site, key))

    def type(self, text: str, key: Qt.Key = RETURN) -> None:
        """Type into the chosen cell and end with a key."""
        self.qtbot.keyClicks(self.table.viewport() if not text else self.table, text[:1])
        line = self.line
        self.qtbot.keyClicks(line, text[1:])
        self.qtbot.keyClick(line, key)

    @property
    def line(self) -> QLineEdit:
        """The open line edit."""
        found = [line for line in self.table.findChildren(QLineEdit) if line.isVisible()]
        assert found, "no cell is being edited"
        return found[-1]

    @property
    def place(self) -> tuple[str, str]:
        """Where the table is: site and measure."""
        index = self.table.currentIndex()
        return self.model.site_at(index).code, self.model.measure_at(index).key

    def value(self, site: str, key: str = "crt", repeat: int = 1) -> Any:
        """What is recorded."""
        found = self.desk.visit.observations.get((parse_site(site), key, repeat))
        return found and (found.value if found.reason is None else found.reason)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        desk.show(PATIENT.id, RECORD.visits[0].id)
        yield Bench(desk, qtbot)


def heard(signal: Any) -> list[Any]:
    """What a signal tells from now on."""
    told: list[Any] = []
    signal.connect(told.append)
    return told


@pytest.mark.parametrize("typed", ["1.3", "1,3"])
def test_a_number_typed_over_a_cell_replaces_it_and_enter_goes_on(bench: Bench, typed: str) -> None:
    bench.go_to("R.D4")
    bench.type(typed)
    assert bench.value("R.D4") == 1.3
    assert bench.place == ("R.D5", "crt")


def test_enter_skips_a_digit_that_is_gone_and_the_other_hand_column(bench: Bench) -> None:
    bench.go_to("R.D2")
    bench.type("2")
    assert bench.place == ("R.D4", "crt")
    bench.go_to("R.D5")
    bench.type("2")
    assert bench.place == ("L.D1", "crt")


def test_enter_at_the_end_of_a_row_goes_to_the_first_of_the_next(bench: Bench) -> None:
    bench.go_to("L.D5")
    bench.type("2")
    assert bench.place == ("R.D1", "spo2")


def test_a_refused_text_stays_in_its_cell_while_the_table_goes_on(bench: Bench) -> None:
    bench.go_to("R.D4")
    bench.type("99")
    assert bench.place == ("R.D5", "crt")
    assert bench.cell("R.D4").data() == "99 ⚠"
    assert bench.value("R.D4") == 5.0
    bench.go_to("R.D4")
    bench.type("9")
    assert bench.value("R.D4") == 9.0


def test_escape_leaves_the_cell_as_it_was(bench: Bench) -> None:
    bench.go_to("R.D4")
    bench.type("8", Qt.Key.Key_Escape)
    assert bench.value("R.D4") == 5.0
    assert bench.place == ("R.D4", "crt")


def test_the_line_edit_says_which_value_it_takes(bench: Bench) -> None:
    bench.go_to("R.D4")
    bench.table.edit(bench.cell("R.D4"))
    assert bench.line.accessibleName() == "Capillary refill, right ring"
    assert bench.line.text() == "5.0"


@pytest.mark.parametrize(("site", "value"), [("R.D1", 2.0), ("R.D2", Reason.NAIL), ("R.D4", 5.0), ("R.D5", None)])
def test_looking_into_a_cell_and_pressing_enter_changes_nothing(bench: Bench, site: str, value: Any) -> None:
    """A mean and a reason cannot be typed, so their cells open empty; that is no wish to clear them."""
    bench.go_to(site)
    bench.table.edit(bench.cell(site))
    bench.qtbot.keyClick(bench.line, RETURN)
    assert bench.value(site) == value
    assert bench.desk.editor.undo_stack.count() == 0


def test_a_cell_emptied_by_hand_is_not_recorded(bench: Bench) -> None:
    bench.go_to("R.D4")
    bench.table.edit(bench.cell("R.D4"))
    bench.line.selectAll()
    bench.qtbot.keyClick(bench.line, Qt.Key.Key_Delete)
    bench.qtbot.keyClick(bench.line, RETURN)
    assert bench.value("R.D4") is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_makes_the_chosen_cells_not_recorded(bench: Bench, key: Qt.Key) -> None:
    bench.go_to("R.D4")
    bench.qtbot.keyClick(bench.table, key)
    bench.go_to("R.D2")
    bench.qtbot.keyClick(bench.table, key)
    assert bench.value("R.D4") is None and bench.value("R.D2") is None
    assert bench.desk.editor.undo_stack.count() == 2


@pytest.mark.parametrize("key", ["x", "X"])
def test_x_asks_for_the_reason_of_the_chosen_cells(bench: Bench, key: str) -> None:
    asked = heard(bench.table.reason_requested)
    bench.go_to("R.D4")
    bench.qtbot.keyClicks(bench.table, key)
    assert asked == [((parse_site("R.D4"), CATALOGUE["crt"]),)]


def test_x_asks_nothing_where_nothing_can_be_entered(bench: Bench) -> None:
    asked = heard(bench.table.reason_requested)
    for site, key in (("R.D3", "crt"), ("R.D2", "ddd")):
        bench.go_to(site, key)
        bench.qtbot.keyClicks(bench.table, "x")
    bench.desk.editor.finish()
    bench.go_to("R.D4")
    bench.qtbot.keyClicks(bench.table, "x")
    assert asked == []


def test_choosing_a_cell_chooses_its_site(bench: Bench) -> None:
    chosen = heard(bench.table.sites_chosen)
    bench.qtbot.mouseClick(
        bench.table.viewport(), Qt.MouseButton.LeftButton, pos=bench.table.visualRect(bench.cell("L.D2")).center()
    )
    assert chosen == [(parse_site("L.D2"),)]


def test_several_cells_choose_several_sites_the_current_last(bench: Bench) -> None:
    chosen = heard(bench.table.sites_chosen)
    bench.go_to("R.D4")
    bench.qtbot.keyClick(bench.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert set(chosen[-1]) == {parse_site("R.D4"), parse_site("R.D5")}
    assert chosen[-1][-1] == parse_site("R.D5")


def test_the_table_follows_the_choice_made_elsewhere_without_telling_it_back(bench: Bench) -> None:
    bench.go_to("R.D2", "skin_temp")
    chosen = heard(bench.table.sites_chosen)
    bench.table.show_sites((parse_site("L.D3.distal"),))
    assert bench.place == ("L.D3", "skin_temp")
    bench.table.show_sites(())
    bench.table.show_sites((parse_site("V"),))
    assert bench.place == ("L.D3", "skin_temp")
    assert chosen == []


def test_the_table_goes_to_a_row_that_fits_a_hand(bench: Bench) -> None:
    bench.go_to("R.D2")
    bench.table.show_sites((parse_site("L"),))
    site, key = bench.place
    assert site == "L" and CATALOGUE[key].scope.value == "hand"


def test_the_row_of_a_measure_is_found_when_its_layer_is_chosen(bench: Bench) -> None:
    bench.go_to("L.D2")
    bench.table.show_measure(CATALOGUE["pain"])
    assert bench.place == ("L.D2", "pain")
    bench.table.show_measure(CATALOGUE["dorsum_temp"])
    assert bench.place[1] == "dorsum_temp"


def test_a_final_visit_takes_no_typing(bench: Bench) -> None:
    bench.desk.editor.finish()
    bench.go_to("R.D4")
    bench.qtbot.keyClicks(bench.table, "8")
    bench.qtbot.keyClick(bench.table, Qt.Key.Key_Delete)
    assert bench.value("R.D4") == 5.0
    assert not [line for line in bench.table.findChildren(QLineEdit) if line.isVisible()]


def test_a_tick_is_painted_in_the_cell_that_was_saved(bench: Bench) -> None:
    def corner() -> Any:
        return bench.table.viewport().grab(bench.table.visualRect(bench.cell("R.D5"))).toImage()

    bench.desk.editor.set_typed((parse_site("R.D5"),), CATALOGUE["crt"], "2")
    saving = corner()
    bench.desk.wait()
    assert corner() != saving
