"""Called away, killed, or forestalled by another window: nothing that was settled is lost, and nobody is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.ui.hand.view import HandView
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import a_user
from tests.journeys.test_window import Person
from tests.ui.desk import make_clinic
from tests.ui.scripted_prompts import ScriptedPrompts

ANA = a_patient("1001", "Rojas", given_name="Ana")
BO = a_patient("1002", "Berg", given_name="Bo")
SEEN = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).final()
INDEX, RING = parse_site("R.D2"), parse_site("R.D4")
CRT, TEMP = CATALOGUE["crt"], CATALOGUE["skin_temp"]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def sit_down(qtbot: QtBot, tmp_path: Path, settings: QSettings) -> Iterator[Callable[..., Person]]:
    """Open one more window on the clinic; all are closed at the end, and none has asked anything."""
    folder = tmp_path / "clinic"
    make_clinic(folder, a_record(SEEN, patient=ANA), a_record(patient=BO))
    people: list[Person] = []

    def open_window() -> Person:
        people.append(Person(qtbot, folder, settings, ScriptedPrompts()))
        return people[-1]

    yield open_window
    for person in people:
        if person.window.isVisible():
            assert person.window.close()


def refill(person: Person, code: str = "R.D2") -> Any:
    """The refill of the last visit, as another program reads it."""
    found = person.record().visits[-1].observations.get((parse_site(code), "crt", 1))
    return found.value if found else None


def leave_a_draft(person: Person) -> None:
    """Begin a visit of Ana, and leave it at the temperature of the right ring finger."""
    person.open("rojas")
    person.start()
    person.type_in_table("R.D2", "crt", "2.5")
    person.window.editor.set_place("skin_temp@R.D4")
    person.wait()
    assert person.window.close()


def offer(person: Person) -> str:
    """What the message bar offers."""
    notice = person.window.messages.notice
    return notice.text if notice else ""


def test_the_next_start_offers_the_draft_where_it_was_left(sit_down: Callable[..., Person]) -> None:
    leave_a_draft(sit_down())
    person = sit_down()
    assert offer(person) == ("Your draft of 2 Mar 2026 is not finished: Rojas, Ana (Skin temperature, right ring).")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton) and focused.text() == "Go on there (Enter)"
    person.qtbot.keyClick(focused, Qt.Key.Key_Return)
    person.wait()
    assert "Rojas, Ana" in person.banner
    assert person.window.editor.visit is not None and person.window.editor.visit.is_draft
    assert person.window.editor.place == "skin_temp@R.D4"
    assert isinstance(person.window.focusWidget(), HandView)
    assert offer(person) == ""


def test_whoever_types_a_name_instead_finds_somebody_else(sit_down: Callable[..., Person]) -> None:
    leave_a_draft(sit_down())
    person = sit_down()
    person.qtbot.keyClicks(QApplication.focusWidget(), "b")
    assert person.window.browser.text == "b"
    person.open("berg")
    assert "Berg, Bo" in person.banner
    assert offer(person) == ""


def test_a_final_visit_is_not_offered(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D2", "crt", "2.5")
    person.window.editor.set_place("skin_temp@R.D4")
    person.window.editor.keep_place()
    person.click("Finish visit")
    person.wait()
    assert person.window.close()
    assert offer(sit_down()) == ""


def test_another_user_is_not_offered_it(sit_down: Callable[..., Person]) -> None:
    leave_a_draft(sit_down())
    person = sit_down()
    person.window.messages.clear()
    person.window.open_clinic(person.folder, a_user("Dr. Lind"))
    person.wait()
    assert offer(person) == ""


def test_the_place_is_kept_with_the_entry_itself(sit_down: Callable[..., Person]) -> None:
    """So that it is there after the program was killed: no closing, no idle moment."""
    person = sit_down()
    person.open("rojas")
    person.start()
    person.window.editor.set_place("crt@R.D4")
    person.window.editor.set_typed((RING,), CRT, "2.5")
    person.wait()
    again = sit_down()
    assert offer(again).endswith("Rojas, Ana (Capillary refill, right ring).")


def test_called_to_another_patient_in_the_middle_of_a_value_nothing_is_asked_and_it_is_kept(
    sit_down: Callable[..., Person],
) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.press("R.D2")
    person.type_in_form("3.5")
    person.open("berg")
    assert "Berg, Bo" in person.banner
    assert refill(person) == 3.5
    person.open("rojas")
    assert person.window.editor.visit is not None and person.window.editor.visit.is_draft
    person.window.editor.undo_stack.undo()
    assert refill(person) is None


def test_undo_survives_other_pages(sit_down: Callable[..., Person]) -> None:
    person = sit_down()
    person.open("rojas")
    person.start()
    person.type_in_table("R.D2", "crt", "2.5")
    person.window.show_trends_page()
    person.window.show_today()
    person.window.show_visit_page()
    person.window.visit_page.tabs.setCurrentIndex(2)
    person.window.editor.undo_stack.undo()
    assert refill(person) is None
    person.window.editor.undo_stack.redo()
    assert refill(person) == 2.5


def clash(sit_down: Callable[..., Person]) -> Person:
    """Two windows write the same refill; the second, which is given back, also another one."""
    first = sit_down()
    first.open("rojas")
    first.start()
    first.type_in_table("R.D2", "crt", "2")
    first.wait()
    second = sit_down()
    second.open("rojas")
    second.type_in_table("R.D2", "crt", "9")
    second.wait()
    first.type_in_table("R.D2", "crt", "3", "4")
    first.wait()
    return first


def test_what_was_typed_is_kept_on_screen_while_the_cell_says_what_is_in_the_file(
    sit_down: Callable[..., Person],
) -> None:
    first = clash(sit_down)
    bar = first.window.clash_bar
    assert bar.isVisible()
    assert bar.text.startswith("Capillary refill, right index: you entered 3.0 s; Dr. Rey had written 9.0 s ")
    assert (bar.use_button.text(), bar.keep_button.text()) == ("Use 3.0 s", "Keep 9.0 s")
    model = first.window.visit_page.model
    row = model.row_of(CRT)
    assert row is not None and str(model.index(row, 2).data()).startswith("9.0")
    assert (refill(first), refill(first, "R.D3")) == (9.0, 4.0)


def test_it_is_used_or_dropped_with_one_press(sit_down: Callable[..., Person]) -> None:
    first = clash(sit_down)
    first.window.clash_bar.use_button.click()
    assert not first.window.clash_bar.isVisible()
    assert refill(first) == 3.0
    first.window.editor.undo_stack.undo()
    assert refill(first) == 9.0


def test_dropping_it_leaves_what_the_other_wrote(sit_down: Callable[..., Person]) -> None:
    first = clash(sit_down)
    first.window.clash_bar.keep_button.click()
    assert not first.window.clash_bar.isVisible()
    assert refill(first) == 9.0
    first.click("Finish visit")
    first.wait()
    assert not first.record().visits[-1].is_draft
