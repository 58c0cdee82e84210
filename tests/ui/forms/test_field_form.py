"""Forms generated from fields."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import LESION_STATE, PATIENT, VISIT
from ssc_hand.domain.vocabulary import Sex
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.widgets.plain_label import PlainLabel


@pytest.fixture
def form(qtbot: QtBot) -> FieldForm:
    made = FieldForm(PATIENT)
    qtbot.addWidget(made)
    made.show()
    return made


def line_of(form: FieldForm, key: str) -> QLineEdit:
    """The line of a field."""
    entry = form.editor(key).entry
    assert isinstance(entry, QLineEdit)
    return entry


def test_every_field_has_a_row_in_the_order_of_the_table(form: FieldForm) -> None:
    assert form.keys == tuple(field.key for field in PATIENT)


def test_every_label_leads_to_its_entry(form: FieldForm) -> None:
    buddies = {label.buddy() for label in form.findChildren(PlainLabel) if label.buddy()}
    assert buddies == {form.editor(key).entry for key in form.keys}


def test_what_is_entered_is_told_with_its_key(form: FieldForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_of(form, "birth_date"), "1964-03-12")
    with qtbot.waitSignal(form.field_settled, check_params_cb=lambda told: told == ("birth_date", date(1964, 3, 12))):
        qtbot.keyClick(line_of(form, "birth_date"), Qt.Key.Key_Return)


def test_tab_goes_from_field_to_field(form: FieldForm, qtbot: QtBot) -> None:
    line_of(form, "record_number").setFocus()
    qtbot.keyClick(line_of(form, "record_number"), Qt.Key.Key_Tab)
    assert line_of(form, "family_name").hasFocus()


def test_values_come_back_as_shown(form: FieldForm) -> None:
    values = {"record_number": "1", "family_name": "<b>Li & Co</b>", "birth_date": date(1921, 1, 1), "sex": Sex.OTHER}
    form.show_values(values)
    assert {key: value for key, value in form.values().items() if value is not None} == values


def test_a_needed_field_that_is_empty_refuses_and_takes_the_keyboard(form: FieldForm) -> None:
    form.show_values({"record_number": "1"})
    with pytest.raises(Refused, match="Family name is needed"):
        form.values()
    assert "needed" in form.editor("family_name").error
    assert form.focusWidget() is form.editor("family_name").entry


def test_every_bad_field_is_told_at_once(form: FieldForm) -> None:
    form.show_values({"family_name": "Li"})
    line_of(form, "birth_date").setText("soon")
    with pytest.raises(Refused):
        form.values()
    assert [key for key in form.keys if form.editor(key).error] == ["record_number", "birth_date"]


def test_a_refusal_is_shown_beside_the_field_it_names(form: FieldForm) -> None:
    form.show_refused(Refused("Birth date: 12 Mar 2064 lies in the future."))
    assert form.editor("birth_date").error == "12 Mar 2064 lies in the future."
    assert form.error == ""


def test_a_refusal_that_names_no_field_is_shown_beneath_the_form(form: FieldForm) -> None:
    form.show_refused(Refused("Somebody else changed this patient."))
    assert form.error == "Somebody else changed this patient."
    form.show_values({})
    assert form.error == ""


def test_a_form_can_be_read_only(form: FieldForm) -> None:
    form.show_values({"record_number": "1", "family_name": "Li"})
    form.set_read_only(read_only=True)
    assert not line_of(form, "family_name").isVisible()
    shown = [label.text() for label in form.editor("family_name").findChildren(PlainLabel) if label.isVisible()]
    assert shown == ["Li"]
    form.set_read_only(read_only=False)
    assert line_of(form, "family_name").isVisible()


def test_settling_hands_on_what_was_not_left_yet(form: FieldForm, qtbot: QtBot) -> None:
    qtbot.keyClicks(line_of(form, "given_name"), "Keiko")
    with qtbot.waitSignal(form.field_settled, check_params_cb=lambda told: told == ("given_name", "Keiko")):
        form.settle()


@pytest.mark.parametrize("fields", [PATIENT, LESION_STATE, VISIT], ids=["patient", "lesion", "visit"])
def test_nothing_is_clipped_with_letters_twice_as_large(qtbot: QtBot, fields: tuple[object, ...]) -> None:
    before = QApplication.font()
    large = QFont(before)
    large.setPointSizeF(before.pointSizeF() * 2)
    QApplication.setFont(large)
    try:
        form = FieldForm(fields)  # type: ignore[arg-type]
        scroll = QScrollArea()
        qtbot.addWidget(scroll)
        scroll.setWidgetResizable(True)
        scroll.setWidget(form)
        scroll.resize(700, 500)
        scroll.show()
        QApplication.processEvents()
        short = [
            key
            for key in form.keys
            if form.editor(key).isVisible()
            and form.editor(key).entry.height() < form.editor(key).entry.minimumSizeHint().height()
        ]
        assert short == []
        assert form.width() <= scroll.viewport().width()
    finally:
        QApplication.setFont(before)


def test_a_text_that_can_only_be_read_is_shown_to_its_last_line(qtbot: QtBot) -> None:
    form = FieldForm(VISIT)
    qtbot.addWidget(form)
    form.resize(400, 700)
    form.show()
    form.show_values({"plan": "Dress daily, review in two weeks, and call at once if the finger turns dark or hurts."})
    form.set_read_only(read_only=True)
    said = next(label for label in form.findChildren(PlainLabel) if label.text().startswith("Dress daily"))
    qtbot.waitUntil(lambda: said.isVisible() and said.height() >= said.heightForWidth(said.width()))


@pytest.mark.parametrize("scale", [1, 2])
def test_the_lines_of_a_long_name_are_not_cut_off_beside_a_short_text(qtbot: QtBot, scale: int) -> None:
    form = FieldForm(VISIT)
    qtbot.addWidget(form)
    form.set_read_only(read_only=True)
    font = QFont(form.font())
    font.setPointSizeF(font.pointSizeF() * scale)
    form.setFont(font)
    form.resize(400 * scale, 300)
    form.show()
    qtbot.waitExposed(form)
    labels = [label for label in form.findChildren(PlainLabel) if label.buddy() and label.isVisible()]
    assert any(label.heightForWidth(label.width()) > label.fontMetrics().height() * 1.5 for label in labels)
    assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
