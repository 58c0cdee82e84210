"""The first start."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.people import SignIn
from ssc_hand.ui.setup.first_start import FirstStart, SetupAnswers
from tests.ui.scripted_prompts import ScriptedPrompts

HERE = Path("/clinics/hand").absolute()
ELSEWHERE = Path("/clinics/other").absolute()


@pytest.fixture
def page(qtbot: QtBot) -> FirstStart:
    made = FirstStart(HERE, ScriptedPrompts(ELSEWHERE))
    qtbot.addWidget(made)
    made.show()
    return made


def press(qtbot: QtBot, page: FirstStart, text: str) -> None:
    """Press the button whose text begins so."""
    button = next(each for each in page.findChildren(QPushButton) if each.text().startswith(text))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_answers_are_handed_on(page: FirstStart, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.form.editor("name").entry, "Hand clinic")
    qtbot.keyClicks(page.form.editor("by").entry, "Dr Lind")
    page.demo_choice.setChecked(True)
    answers = SetupAnswers(clinic_name="Hand clinic", folder=HERE, by=SignIn("Dr Lind", ""), demo=True)
    with qtbot.waitSignal(page.create_requested, check_params_cb=lambda told: told == answers):
        press(qtbot, page, "Create")


def test_missing_names_are_told_beside_their_fields(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(page.create_requested):
        press(qtbot, page, "Create")
    assert page.form.editor("name").error
    assert page.form.editor("by").error


def test_a_chosen_folder_takes_the_place_of_the_proposed_one(page: FirstStart, qtbot: QtBot) -> None:
    press(qtbot, page, "Choose")
    assert page.form.editor("folder").value == str(ELSEWHERE)


def test_half_a_path_is_refused_beside_it(page: FirstStart, qtbot: QtBot) -> None:
    page.form.show_values({"name": "Hand clinic", "by": "Dr Lind", "folder": "hand"})
    with qtbot.assertNotEmitted(page.create_requested):
        press(qtbot, page, "Create")
    assert "whole path" in page.form.editor("folder").error


def test_a_clinic_that_is_there_can_be_opened(page: FirstStart, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.open_requested, check_params_cb=lambda path: path == ELSEWHERE):
        press(qtbot, page, "Open")


def test_a_failure_is_told_and_create_can_be_pressed_again(page: FirstStart, qtbot: QtBot) -> None:
    page.form.show_values({"name": "Hand clinic", "by": "Dr Lind", "folder": str(HERE)})
    press(qtbot, page, "Create")
    page.show_failure(Unavailable("The folder cannot be written."))
    assert page.error == "The folder cannot be written."
    with qtbot.waitSignal(page.create_requested):
        press(qtbot, page, "Create")
