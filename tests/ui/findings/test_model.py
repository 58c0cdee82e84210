"""The visit on the desk as a table: what a cell shows, says, takes and refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ssc_hand.charts.scales import Ground
from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import BESIDE, CATALOGUE
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.protocols import QUICK
from ssc_hand.domain.vocabulary import AmputationLevel, Reason, Sex
from ssc_hand.storage.clinic import Clinic
from ssc_hand.ui.findings.model import COLUMNS, SAVING_ROLE, FindingsModel
from ssc_hand.ui.models.entry_writer import Saving
from tests.builders import a_moment, a_patient, a_record, a_visit, an_amputation
from tests.ui.desk import Desk, a_desk

ROLE = Qt.ItemDataRole
PATIENT = a_patient(sex=Sex.FEMALE, birth_date=a_moment().date().replace(year=1964))
VISIT = (
    a_visit()
    .at("R.D2", crt=4.0, colour="blue")
    .at("R.D3", crt=Reason.NAIL)
    .at("R.D4", crt=[2.0, 3.0])
    .at("R.D1", skin_temp=20.0)
    .at("R", dorsum_temp=31.0)
)
GONE = an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP)
STUMP = an_amputation(PATIENT, "L.D4", level=AmputationLevel.PIP)
RECORD = a_record(VISIT, patient=PATIENT, amputations=(GONE, STUMP))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as made:
        yield made


@pytest.fixture
def model(desk: Desk) -> FindingsModel:
    made = FindingsModel(desk.editor)
    desk.show(PATIENT.id, RECORD.visits[0].id)
    return made


@pytest.fixture
def cell(model: FindingsModel) -> Callable[[str, str], QModelIndex]:
    def find(site: str, key: str) -> QModelIndex:
        row = model.row_of(CATALOGUE[key])
        assert row is not None
        return model.index(row, COLUMNS.index(parse_site(site)))

    return find


def test_the_model_keeps_the_rules_of_qt(model: FindingsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_the_model_keeps_the_rules_of_qt_without_a_visit(
    desk: Desk, model: FindingsModel, qtmodeltester: ModelTester
) -> None:
    desk.editor.show(None)
    qtmodeltester.check(model)
    assert model.index(0, 1).data() is None


def test_there_is_a_row_for_each_measure_and_a_column_for_each_hand_and_digit(model: FindingsModel) -> None:
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert heads[:6] == ["RIGHT hand", "R thumb", "R index", "R middle", "R ring", "R little"]
    assert heads[6:8] == ["LEFT hand", "L thumb"]
    wanted = {measure.key for measure in CATALOGUE.values() if measure.scope.value != "visit"}
    assert set(keys_of(model)) == wanted - BESIDE


def keys_of(model: FindingsModel) -> list[str]:
    """The keys of the measures that have a row, from the top."""
    rows = (model.index(n, 0) for n in range(model.rowCount()) if not model.is_heading(n))
    return [model.measure_at(index).key for index in rows]


def test_rows_stand_under_headings_that_take_nothing(model: FindingsModel) -> None:
    assert model.is_heading(0)
    assert model.headerData(0, Qt.Orientation.Vertical) == "Pain and Raynaud"
    for column in range(model.columnCount()):
        assert model.flags(model.index(0, column)) == Qt.ItemFlag.NoItemFlags


def test_only_what_the_protocol_asks_for_has_a_row_and_what_is_recorded(desk: Desk, model: FindingsModel) -> None:
    desk.start(PATIENT.id)
    model.set_protocol(QUICK)
    assert keys_of(model) == ["hand_pain_now", "crt"]
    desk.editor.set_typed((parse_site("R.D2"),), CATALOGUE["spo2"], "96")
    assert keys_of(model) == ["hand_pain_now", "crt", "spo2"]
    desk.editor.undo_stack.undo()
    assert keys_of(model) == ["hand_pain_now", "crt", "spo2"]  # none goes under the cursor
    desk.start(PATIENT.id)
    assert keys_of(model) == ["hand_pain_now", "crt"]


def test_a_refused_text_stays_with_its_measure_when_rows_come(desk: Desk, model: FindingsModel) -> None:
    desk.start(PATIENT.id)
    model.set_protocol(QUICK)
    row = model.row_of(CATALOGUE["crt"])
    assert row is not None
    model.setData(model.index(row, 2), "99")
    desk.editor.set_typed((parse_site("R.D2"),), CATALOGUE["colour"], "blue")
    row = model.row_of(CATALOGUE["crt"])
    assert row is not None and model.index(row, 2).data() == "99 ⚠"
    assert model.rejected == ["right index, Capillary refill: “99”."]


def test_heads_say_in_full_what_they_are(model: FindingsModel) -> None:
    spoken = [model.headerData(n, Qt.Orientation.Horizontal, ROLE.AccessibleTextRole) for n in range(12)]
    assert spoken[2] == "right index" and spoken[6] == "left hand"
    refill = model.row_of(CATALOGUE["crt"])
    assert refill is not None
    assert "higher is worse" in model.headerData(refill, Qt.Orientation.Vertical, ROLE.ToolTipRole)
    assert model.headerData(refill, Qt.Orientation.Vertical) == "Refill (s)"


def test_a_cell_shows_value_mean_reason_and_what_is_gone(cell: Callable[[str, str], QModelIndex]) -> None:
    assert cell("R.D2", "crt").data() == "4.0"
    assert cell("R.D3", "crt").data() == "– nail varnish or pigment"
    assert cell("R.D4", "crt").data() == "2.5"
    assert cell("R.D2", "colour").data() == "blue"
    assert cell("L.D5", "crt").data() == "amput."
    assert cell("L.D4", "crt").data() == ""
    assert cell("R.D5", "crt").data() == ""


def test_a_cell_says_in_full_what_it_shows(cell: Callable[[str, str], QModelIndex]) -> None:
    def words(site: str, key: str) -> str:
        text: str = cell(site, key).data(ROLE.AccessibleTextRole)
        assert cell(site, key).data(ROLE.ToolTipRole) == text
        return text

    assert words("R.D5", "crt") == "right little, Capillary refill: not recorded"
    assert "could not be assessed: nail varnish" in words("R.D3", "crt")
    assert "2.5 s (mean of 2)" in words("R.D4", "crt")
    assert "no SSc norm" in words("R.D2", "crt") and "Schriger" in words("R.D2", "crt")
    assert "no SSc norm" not in words("R.D4", "crt")
    assert "left little: amputated 2024" in words("L.D5", "crt")
    assert "left ring: amputated 2024" in words("L.D4", "crt")
    assert "thumb, not scored" in words("R.D1", "ddd")


def test_only_what_can_be_entered_now_is_editable(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    def takes(site: str, key: str) -> bool:
        return bool(model.flags(cell(site, key)) & Qt.ItemFlag.ItemIsEditable)

    assert takes("R.D2", "crt") and takes("R", "dorsum_temp") and takes("L.D4", "crt")
    assert not takes("L.D5", "crt")
    assert not takes("R.D2", "ddd")
    assert not takes("R", "crt") and model.flags(cell("R", "crt")) == Qt.ItemFlag.NoItemFlags
    desk.editor.finish()
    assert not takes("R.D2", "crt")


@pytest.mark.parametrize("typed", ["1.3", "1,3", " 1,30 "])
def test_point_and_comma_are_typed_into_a_cell(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex], typed: str
) -> None:
    assert model.setData(cell("R.D5", "crt"), typed)
    assert cell("R.D5", "crt").data() == "1.3"
    desk.wait()
    assert desk.visit_on_disk().observations[parse_site("R.D5"), "crt", 1].value == 1.3


def test_a_word_is_typed_into_a_cell(model: FindingsModel, cell: Callable[[str, str], QModelIndex]) -> None:
    assert model.setData(cell("R.D5", "colour"), "Pale")
    assert model.setData(cell("R.D5", "ischaemia"), "yes")
    assert (cell("R.D5", "colour").data(), cell("R.D5", "ischaemia").data()) == ("pale", "yes")


def test_no_refill_is_typed_as_more_than_the_end(model: FindingsModel, cell: Callable[[str, str], QModelIndex]) -> None:
    assert model.setData(cell("R.D5", "crt"), ">30")
    assert cell("R.D5", "crt").data() == ">30" == cell("R.D5", "crt").data(ROLE.EditRole)


@pytest.mark.parametrize("typed", ["31", "13,5,2", "cold", "nan"])
def test_a_refused_text_stays_in_its_cell_marked_and_changes_nothing(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex], typed: str
) -> None:
    told: list[str] = []
    model.refused.connect(told.append)
    before = desk.visit
    assert not model.setData(cell("R.D2", "crt"), typed)
    assert cell("R.D2", "crt").data() == f"{typed} ⚠"
    assert cell("R.D2", "crt").data(ROLE.EditRole) == typed
    assert "refused, not recorded" in cell("R.D2", "crt").data(ROLE.AccessibleTextRole)
    assert len(told) == 1 and told[0].startswith("right index, Capillary refill: ")
    assert desk.visit is before


def test_a_refused_text_is_gone_when_a_good_one_is_typed(
    model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    model.setData(cell("R.D2", "crt"), "31")
    model.setData(cell("R.D2", "crt"), "3,1")
    assert cell("R.D2", "crt").data() == "3.1"


def test_a_refused_text_is_gone_when_a_value_comes_from_elsewhere(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    model.setData(cell("R.D2", "crt"), "31")
    model.setData(cell("R.D5", "crt"), "32")
    desk.editor.set_typed((parse_site("R.D2"),), CATALOGUE["crt"], "3.1")
    assert cell("R.D2", "crt").data() == "3.1"
    assert cell("R.D5", "crt").data() == "32 ⚠"


def test_a_refused_text_does_not_follow_to_another_visit(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    model.setData(cell("R.D2", "crt"), "31")
    desk.start(PATIENT.id)
    assert cell("R.D2", "crt").data() == ""


def test_what_a_cell_opens_with_can_be_typed_again(
    model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    for key, typed in (("crt", "4.0"), ("colour", "blue"), ("ischaemia", "yes"), ("ischaemia_since", "2026-02")):
        index = cell("R.D2", key)
        assert model.setData(index, typed)
        assert index.data(ROLE.EditRole) == typed
        assert model.setData(index, index.data(ROLE.EditRole))
    assert cell("R.D2", "ischaemia_since").data() == "Feb 2026"


def test_an_empty_text_clears(desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex]) -> None:
    assert model.setData(cell("R.D2", "crt"), "")
    assert cell("R.D2", "crt").data() == ""
    desk.wait()
    assert (parse_site("R.D2"), "crt", 1) not in desk.visit_on_disk().observations


def test_what_cannot_be_edited_takes_nothing(
    desk: Desk, model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    before = desk.visit
    for site, key in (("L.D5", "crt"), ("R.D2", "ddd"), ("R", "crt")):
        assert not model.setData(cell(site, key), "2")
    assert not model.setData(cell("R.D2", "crt"), "2", ROLE.DisplayRole)
    assert desk.visit is before


def test_the_computed_row_follows_what_is_typed(model: FindingsModel, cell: Callable[[str, str], QModelIndex]) -> None:
    model.setData(cell("R.D2", "skin_temp"), "28,5")
    assert cell("R.D2", "ddd").data() == "−2.5"


def test_a_cell_tells_saving_saved_and_failed(
    desk: Desk,
    model: FindingsModel,
    cell: Callable[[str, str], QModelIndex],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = cell("R.D5", "crt")
    assert index.data(SAVING_ROLE) is Saving.UNTOUCHED
    model.setData(index, "2")
    assert index.data(SAVING_ROLE) is Saving.SAVING
    desk.wait()
    assert index.data(SAVING_ROLE) is Saving.SAVED

    def refuse(*_changes: Any) -> Any:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Clinic, "write", refuse)
        model.setData(index, "3")
        desk.wait()
    assert index.data(SAVING_ROLE) is Saving.FAILED
    assert index.data() == "3.0"
    desk.editor.retry()
    desk.wait()
    assert index.data(SAVING_ROLE) is Saving.SAVED


def test_views_are_told_when_the_tick_changes(desk: Desk, model: FindingsModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.dataChanged):
        desk.editor.set_typed((parse_site("R.D5"),), CATALOGUE["crt"], "2")
    with qtbot.waitSignal(model.dataChanged):
        desk.wait()


def test_a_coloured_cell_has_ink_that_fits_and_follows_light_and_dark(
    model: FindingsModel, cell: Callable[[str, str], QModelIndex]
) -> None:
    index = cell("R.D2", "crt")
    by_day = index.data(ROLE.BackgroundRole).color()
    model.set_look(Ground.DARK, None)
    assert index.data(ROLE.BackgroundRole).color() != by_day
    assert index.data(ROLE.ForegroundRole).color() != index.data(ROLE.BackgroundRole).color()
    assert cell("R.D5", "crt").data(ROLE.BackgroundRole) is None
    assert cell("R.D2", "colour").data(ROLE.BackgroundRole) is None


def test_the_column_of_a_phalanx_is_that_of_its_digit(model: FindingsModel) -> None:
    column = model.column_of(parse_site("L.D3.distal"))
    assert column is not None and model.site_at(model.index(0, column)) == parse_site("L.D3")
    assert model.column_of(parse_site("V")) is None
