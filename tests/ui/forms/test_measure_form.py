"""Rows generated from the catalogue for the chosen places."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Scope, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.protocols import QUICK, TRIAL
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.ui.forms.measure_form import GroupHeading, MeasureForm
from ssc_hand.ui.forms.measure_row import Entry, MeasureRow
from tests.builders import VisitBuilder, a_record, a_visit

CRT = CATALOGUE["crt"]
INDEX, MIDDLE, RING = (parse_site(f"R.D{n}") for n in (2, 3, 4))


@pytest.fixture
def form(qtbot: QtBot) -> MeasureForm:
    made = MeasureForm(Scope.DIGIT)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def row(form: MeasureForm, key: str = "crt") -> MeasureRow:
    """The row of a measure."""
    return next(each for each in form.findChildren(MeasureRow) if each.measure.key == key)


def lines(form: MeasureForm, key: str = "crt") -> list[QLineEdit]:
    """The line edits of a row, a reading each."""
    return row(form, key).findChildren(QLineEdit)


def show(form: MeasureForm, *visits: VisitBuilder, sites: tuple[Any, ...] = (INDEX,)) -> None:
    """Show the last of these visits at these places."""
    record = a_record(*visits)
    form.show_visit(record, record.visits[-1], sites)


def entries(form: MeasureForm) -> list[Entry]:
    """What is entered from now on."""
    told: list[Entry] = []
    form.entered.connect(told.append)
    return told


def choose(form: MeasureForm, words: str, key: str = "crt") -> None:
    """Choose from the menu of reasons."""
    button = row(form, key).findChild(QToolButton)
    assert isinstance(button, QToolButton)
    found: list[QAction] = [action for action in button.menu().actions() if words in action.text()]
    found[0].trigger()


def test_there_is_a_row_for_each_measure_that_is_typed_in_and_none_for_the_computed() -> None:
    keys = [measure.key for measure in CATALOGUE.entered(Scope.DIGIT)]
    assert "crt" in keys and "ddd" not in keys


def visible(form: MeasureForm) -> list[str]:
    """The keys of the rows in sight, from the top."""
    found = [each for each in form.findChildren(MeasureRow) if each.isVisible()]
    return [each.measure.key for each in sorted(found, key=lambda row: row.y())]


def headings(form: MeasureForm) -> dict[str, GroupHeading]:
    """The headings in sight by their words, from the top."""
    found = sorted((each for each in form.findChildren(GroupHeading) if each.isVisible()), key=lambda each: each.y())
    return {each.heads.label: each for each in found}


def test_rows_stand_in_the_order_of_the_examination_under_headings(form: MeasureForm) -> None:
    show(form, a_visit())
    keys = ["pain", "colour", "ischaemia", "ischaemia_since", "skin_temp", "crt", "refill_place", "spo2"]
    assert visible(form) == [*keys, "sensation_radial", "sensation_ulnar"]
    assert list(headings(form))[:3] == ["Pain and Raynaud", "Look", "Temperature"]


def test_only_what_the_protocol_asks_for_stands_there_and_what_is_recorded(form: MeasureForm) -> None:
    form.set_protocol(QUICK)
    show(form, a_visit().at("R.D3", spo2=96))
    assert visible(form) == ["crt", "refill_place", "spo2"]
    form.set_protocol(TRIAL)
    assert visible(form) == ["pain", "ischaemia", "ischaemia_since", "skin_temp", "crt", "refill_place", "spo2"]


def test_a_row_stays_when_its_value_is_taken_back(form: MeasureForm) -> None:
    form.set_protocol(QUICK)
    with_value = a_record(a_visit().at("R.D2", spo2=96))
    (visit,) = with_value.visits
    form.show_visit(with_value, visit, (INDEX,))
    without = visit.without_observation((INDEX, "spo2", 1))
    form.show_visit(with_value.with_visit(without), without, (INDEX,))
    assert visible(form) == ["crt", "refill_place", "spo2"]


def test_many_measures_start_folded_and_open_when_wanted(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit())
    heading = headings(form)["Movement"]
    assert heading.text() == "Movement (6)"
    assert not any(each.measure.key == "pip_flexion" for each in form.findChildren(MeasureRow))  # not even made
    qtbot.mouseClick(heading, Qt.MouseButton.LeftButton)
    assert "pip_flexion" in visible(form)
    qtbot.mouseClick(headings(form)["Movement"], Qt.MouseButton.LeftButton)
    assert "pip_flexion" not in visible(form)


def test_a_thumb_does_not_open_for_the_fingers_what_is_folded(form: MeasureForm) -> None:
    show(form, a_visit(), sites=(parse_site("R.D1"),))
    assert headings(form)["Movement"].text() == "Movement (4)"
    show(form, a_visit())
    assert headings(form)["Movement"].text() == "Movement (6)"


def test_a_heading_with_a_value_is_open(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D4", pip_flexion=80))
    assert "pip_flexion" in visible(form)


def test_a_thumb_has_its_own_joints(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", mcp_flexion=80), sites=(parse_site("R.D1"),))
    assert {"mcp_flexion", "ip_flexion"} <= set(visible(form)) and "pip_flexion" not in visible(form)


def test_of_a_thumb_and_a_finger_an_angle_goes_where_it_belongs(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit().at("R.D2", mcp_flexion=80), sites=(parse_site("R.D1"), INDEX))
    told = entries(form)
    qtbot.keyClicks(lines(form, "pip_flexion")[0], "90")
    qtbot.keyClick(lines(form, "pip_flexion")[0], Qt.Key.Key_Return)
    assert [(each.sites, each.value) for each in told] == [((INDEX,), 90)]


def test_one_reading_is_asked_for_and_the_next_can_be_added(form: MeasureForm) -> None:
    show(form, a_visit())
    assert [line.isVisible() for line in lines(form)] == [True, False, False]
    show(form, a_visit().at("R.D2", crt=2.0))
    assert [line.isVisible() for line in lines(form)] == [True, True, False]
    form.set_protocol(TRIAL)
    assert [line.isVisible() for line in lines(form)] == [True, True, True]


def test_values_are_shown_a_reading_each(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=[2.0, 3.5]))
    assert [line.text() for line in lines(form)] == ["2.0", "3.5", ""]
    assert row(form).label.text() == "Capillary refill"


@pytest.mark.parametrize("typed", ["4.5", "4,5"])
def test_a_number_typed_with_point_or_comma_is_handed_on_once(form: MeasureForm, qtbot: QtBot, typed: str) -> None:
    show(form, a_visit())
    told = entries(form)
    qtbot.keyClicks(lines(form)[1], typed)
    qtbot.keyClick(lines(form)[1], Qt.Key.Key_Return)
    assert [(each.measure.key, each.repeat, each.value, each.sites) for each in told] == [("crt", 2, 4.5, (INDEX,))]


def test_a_refused_text_stays_and_says_why_beneath(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit())
    told = entries(form)
    qtbot.keyClicks(lines(form)[0], "31")
    qtbot.keyClick(lines(form)[0], Qt.Key.Key_Return)
    assert told == []
    assert lines(form)[0].text() == "31"
    (error,) = form.errors
    assert "right index" in error and "outside 0 to 30" in error


def test_what_is_being_typed_is_handed_on_when_the_form_is_settled(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit())
    told = entries(form)
    qtbot.keyClicks(lines(form)[0], "4")
    form.settle()
    form.settle()
    assert [each.value for each in told] == [4.0]


def test_an_emptied_line_is_not_recorded(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit().at("R.D2", crt=2.0))
    told = entries(form)
    lines(form)[0].selectAll()
    qtbot.keyClick(lines(form)[0], Qt.Key.Key_Delete)
    qtbot.keyClick(lines(form)[0], Qt.Key.Key_Return)
    assert [(each.value, each.reason) for each in told] == [(None, None)]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_can_be_chosen(form: MeasureForm, reason: Reason) -> None:
    show(form, a_visit())
    told = entries(form)
    choose(form, reason.in_place_of_a_value())
    assert [(each.reason, each.value, each.sites) for each in told] == [(reason, None, (INDEX,))]


def test_no_refill_is_chosen_where_the_scale_knows_it_and_nowhere_else(form: MeasureForm) -> None:
    show(form, a_visit())
    told = entries(form)
    choose(form, "no refill within 30 s")
    assert [each.value for each in told] == [Beyond(30)]
    with pytest.raises(IndexError):
        choose(form, "no refill", "pain")


def test_not_recorded_can_be_chosen(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=2.0))
    told = entries(form)
    choose(form, "not recorded")
    assert [(each.value, each.reason) for each in told] == [(None, None)]


def test_a_reason_is_shown_in_words(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=Reason.OTHER))
    words = {label.text() for label in row(form).findChildren(QLabel)}
    assert "not assessed: in plaster" in words


def test_what_was_not_done_is_not_said_to_be_impossible(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=Reason.NOT_DONE))
    words = {label.text() for label in row(form).findChildren(QLabel)}
    assert "not done" in words
    assert not any("assessed" in each for each in words)


def test_several_places_that_agree_show_their_value_and_those_that_differ_none(form: MeasureForm) -> None:
    visit = a_visit().at("R.D2", crt=2.0, pain=3).at("R.D3", crt=2.0, pain=4)
    show(form, visit, sites=(INDEX, MIDDLE))
    assert lines(form)[0].text() == "2.0"
    assert lines(form, "pain")[0].text() == ""
    assert lines(form)[0].accessibleName() == "Capillary refill, right index, right middle"
    assert lines(form)[1].accessibleName().endswith("reading 2")


def test_a_value_for_several_places_goes_to_all_of_them(form: MeasureForm, qtbot: QtBot) -> None:
    sites = (INDEX, MIDDLE, RING)
    show(form, a_visit().at("R.D2", pain=3).at("R.D3", pain=4), sites=sites)
    told = entries(form)
    qtbot.keyClicks(lines(form, "pain")[0], "5")
    form.settle()
    assert [(each.value, each.sites) for each in told] == [(5, sites)]
    assert lines(form)[0].accessibleName() == "Capillary refill, 3 sites"


def test_looking_at_places_that_differ_changes_nothing(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", pain=3).at("R.D3", pain=4), sites=(INDEX, MIDDLE))
    told = entries(form)
    form.settle()
    assert told == []


def test_what_is_being_typed_stays_when_the_same_visit_is_shown_again(form: MeasureForm, qtbot: QtBot) -> None:
    record = a_record(a_visit())
    form.show_visit(record, record.visits[0], (INDEX,))
    qtbot.keyClicks(lines(form)[0], "4")
    form.show_visit(record, record.visits[0], (INDEX,))
    assert lines(form)[0].text() == "4"
    form.show_visit(record, record.visits[0], (MIDDLE,))
    assert lines(form)[0].text() == ""


def test_the_visit_before_is_shown_beside_with_the_change(form: MeasureForm) -> None:
    before = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).final()
    show(form, before, a_visit().at("R.D2", crt=2.5))
    assert row(form).before.text() == "4.0 s\n(−1.5 s)"
    assert row(form, "pain").before.text() == "not recorded"


def test_how_conditions_differed_is_said_before_any_change(form: MeasureForm) -> None:
    before = a_visit("2025-09-01T09:00").at("V", room_temp=23.0).final()
    show(form, before, a_visit().at("V", room_temp=21.5))
    shown = [label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)]
    assert "Conditions differed: Room temperature: 23.0 °C then, 21.5 °C now" in shown


def test_of_several_conditions_that_differed_the_names_are_said_and_the_rest_told_on_hover(form: MeasureForm) -> None:
    before = a_visit("2025-09-01T09:00").at("V", room_temp=23.0, acclimatisation=20).final()
    show(form, before, a_visit().at("V", room_temp=21.5, acclimatisation=10))
    words = "Conditions differed: Room temperature, Acclimatisation"
    told = next(label for label in form.findChildren(QLabel) if label.text() == words)
    assert "23.0 °C then, 21.5 °C now" in told.toolTip() and "20 min then, 10 min now" in told.toolTip()


def test_a_first_visit_has_none_before(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=2.5))
    assert row(form).before.text() == ""


def test_a_final_visit_is_shown_without_a_way_to_change_it(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=2.5).final())
    assert not any(line.isVisibleTo(form) for line in form.findChildren(QLineEdit))
    assert not any(button.isVisibleTo(form) for button in row(form).findChildren(QToolButton))


def test_an_error_of_the_desk_is_shown_at_its_reading(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit())
    told = entries(form)
    qtbot.keyClicks(lines(form)[1], "4")
    form.settle()
    form.show_error(told[0], "right index: amputated 2024. Nothing can be recorded there.")
    assert "amputated 2024" in form.errors[0] and "reading 2" in form.errors[0]


def test_places_that_differ_are_said_to_differ_because_an_empty_line_reads_as_not_recorded(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=2.0).at("R.D3", crt=3.0), sites=(INDEX, MIDDLE))
    assert "not the same at all of them" in said(form)
    show(form, a_visit().at("R.D2", crt=2.0).at("R.D3", crt=2.0), sites=(INDEX, MIDDLE))
    assert "not the same at all of them" not in said(form)


def test_why_a_reading_was_refused_has_the_width_of_the_row(form: MeasureForm, qtbot: QtBot) -> None:
    show(form, a_visit())
    qtbot.keyClicks(lines(form)[0], "99")
    qtbot.keyClick(lines(form)[0], Qt.Key.Key_Return)
    told = next(label for label in row(form).findChildren(QLabel) if "outside" in label.text())
    qtbot.waitUntil(lambda: told.width() > lines(form)[2].geometry().right())


def said(form: MeasureForm) -> str:
    """The words that stand beneath the first measure."""
    return " ".join(label.text() for label in row(form).findChildren(QLabel) if label.isVisibleTo(form))


def test_a_value_of_a_final_visit_is_read_with_its_unit(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=2.0, skin_temp=27.0).final())
    shown = {label.text() for label in form.findChildren(QLabel) if label.isVisibleTo(form)}
    assert {"2.0 s", "27.0 °C"} <= shown


def test_a_reason_of_a_final_visit_does_not_stand_beside_not_recorded(form: MeasureForm) -> None:
    show(form, a_visit().at("R.D2", crt=Reason.OTHER, skin_temp=27.0).final())
    assert said(form) == "not assessed: in plaster"
    show(form, a_visit().at("R.D2", skin_temp=27.0).final())
    assert said(form) == "not recorded"
