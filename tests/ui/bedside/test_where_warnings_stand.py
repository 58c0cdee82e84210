"""Soft warnings stand beside the value wherever it is entered: in the form and in the table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Scope, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.warnings import limits_of
from ssc_hand.ui.findings.model import COLUMNS, FindingsModel
from ssc_hand.ui.forms.measure_form import MeasureForm
from ssc_hand.ui.forms.measure_row import MeasureRow
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.ui.desk import a_desk

INDEX, MIDDLE = parse_site("R.D2"), parse_site("R.D3")
PATIENT = a_patient()
RECORD = a_record(
    a_visit("2025-09-01T09:00").at("R.D2", crt=1.0).at("R.D3", crt=1.0).final(),
    a_visit().at("R.D2", crt=8.5).at("R.D3", crt=1.5).at("V", room_temp=18.0),
    patient=PATIENT,
)
NOW = RECORD.visits[-1]


def told(form: MeasureForm) -> str:
    """What stands in the row of refill."""
    row = next(each for each in form.findChildren(MeasureRow) if each.measure.key == "crt")
    return " ".join(label.text() for label in row.findChildren(QLabel) if label.isVisible())


def test_the_form_says_it_beside_the_entry_and_only_of_the_place_shown(qtbot: QtBot) -> None:
    form = MeasureForm(Scope.DIGIT)
    qtbot.addWidget(form)
    form.show()
    form.show_visit(RECORD, NOW, (INDEX,))
    assert "Far from the last visit (+7.5 s" in told(form)
    assert "The room has 18.0 °C" in told(form)
    form.show_visit(RECORD, NOW, (MIDDLE,))
    assert "Far from" not in told(form)
    form.show_visit(RECORD, NOW, (INDEX,))
    form.set_limits(limits_of(the_settings(far_refill=10)))
    assert "Far from" not in told(form)


def test_the_table_marks_the_value_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        model = FindingsModel(desk.editor)
        desk.show(PATIENT.id, NOW.id)
        row = model.row_of(CATALOGUE["crt"])
        assert row is not None
        index, middle = (model.index(row, COLUMNS.index(site)) for site in (INDEX, MIDDLE))
        assert (index.data(), middle.data()) == ("8.5 ?", "1.5")
        assert "Far from the last visit (+7.5 s" in index.data(Qt.ItemDataRole.ToolTipRole)
        assert "The room has 18.0 °C" in middle.data(Qt.ItemDataRole.AccessibleTextRole)
        model.set_limits(limits_of(the_settings(far_refill=10)))
        assert index.data() == "8.5"
