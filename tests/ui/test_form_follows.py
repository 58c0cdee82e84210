"""The form of the chosen place follows keys typed over the hands a moment later, and is never behind whom it serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from tests.ui.desk import a_desk
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.test_visit_page import PATIENT, RECORD, Page


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        made = Page(qtbot, desk, ScriptedPrompts())
        desk.start(PATIENT.id)
        made.press("R.D2")
        made.widget.bedside.path.go_to("crt@R.D2")
        yield made


def title(page: Page) -> str:
    """The place whose form is shown."""
    return page.widget.findChild(QLabel, "place").text()  # type: ignore[union-attr]


def test_the_form_follows_the_keys_of_the_path(page: Page) -> None:
    page.qtbot.keyClicks(page.widget.hands.view, "2.5")
    assert page.widget.bedside.path.place == "crt@R.D3"
    page.qtbot.waitUntil(lambda: title(page) == "Right middle")
    assert page.line().text() == ""
    page.press("R.D2")
    assert page.line().text() == "2.5"


def test_whoever_goes_into_the_form_finds_the_place_that_is_chosen(page: Page) -> None:
    page.qtbot.keyClicks(page.widget.hands.view, "2.5")
    page.type("7")
    page.qtbot.keyClick(page.line(), Qt.Key.Key_Return)
    assert title(page) == "Right middle"
    assert (page.value(), page.value(parse_site("R.D3"))) == (2.5, 7.0)
