"""What a screen reader is told of the path: each place of the strip, and what is asked for as it changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.ui.visit_page import VisitPage
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.ui.desk import Desk, a_desk
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient()
TWO = own_protocol("own", "Two", ("pain", "crt"), refill_once=True)
SEEN = a_visit("2025-06-01T09:00").at("R.D3", pain=4.0)


class Listener:
    """A screen reader that keeps every announcement."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[str] = []
        monkeypatch.setattr(QAccessible, "updateAccessibility", self._hear)

    def _hear(self, event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.heard.append(event.message())


class Bedside:
    """Somebody who listens at the page of a visit."""

    def __init__(self, qtbot: QtBot, desk: Desk, settings: QSettings) -> None:
        self.qtbot = qtbot
        self.page = VisitPage(desk.editor, ScriptedPrompts())
        self.page.use_settings(settings)
        self.page.set_clinic(the_settings(protocol=TWO.key, own_protocols=write_own((TWO,))))
        qtbot.addWidget(self.page)
        self.page.resize(1250, 900)
        self.page.show()
        qtbot.waitExposed(self.page)

    def type(self, text: str) -> None:
        """Press one key after the other over the hands."""
        for char in text:
            QTest.keyClicks(self.page.hands.view, char)

    def places(self) -> dict[str, QAccessibleInterface]:
        """What the strip shows, by name, as assistive software finds it."""
        strip = QAccessible.queryAccessibleInterface(self.page.bedside.strip)
        children = [strip.child(number) for number in range(strip.childCount())]
        shown = [each for each in children if each.role() is QAccessible.Role.CheckBox and not each.state().invisible]
        return {each.text(QAccessible.Text.Name): each for each in shown}

    def says(self, name: str) -> str:
        """What is told of a place of the strip."""
        return self.places()[name].text(QAccessible.Text.Description)

    def wait_until_told(self, name: str, words: str) -> None:
        self.qtbot.waitUntil(lambda: name in self.places() and self.says(name) == words)


@pytest.fixture
def bedside(qtbot: QtBot, tmp_path: Path) -> Iterator[Bedside]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(SEEN, patient=PATIENT)) as desk:
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        person = Bedside(qtbot, desk, settings)
        desk.show(PATIENT.id, desk.on_disk(PATIENT.id).visits[0].id)
        yield person


def test_each_place_of_the_strip_says_what_is_recorded_there(bedside: Bedside) -> None:
    bedside.type("3")
    bedside.wait_until_told("Pain now, right thumb", "3")
    bedside.wait_until_told("Pain now, right index", "not recorded; asked for now")
    bedside.wait_until_told("Pain now, right middle", "4")
    assert list(bedside.places()) == [f"Pain now, {site.name}" for site in DIGITS]
    assert bedside.places()["Pain now, right index"].state().checked


def test_a_place_of_the_strip_is_gone_to_by_its_action(bedside: Bedside) -> None:
    bedside.wait_until_told("Pain now, left ring", "not recorded")
    actions = bedside.places()["Pain now, left ring"].actionInterface()
    actions.doAction(actions.actionNames()[0])
    bedside.wait_until_told("Pain now, left ring", "not recorded; asked for now")
    bedside.type("7")
    bedside.wait_until_told("Pain now, left ring", "7")


def test_places_of_another_measure_take_the_place_of_those_before(bedside: Bedside) -> None:
    QTest.keyClick(bedside.page.hands.view, Qt.Key.Key_PageDown)
    bedside.qtbot.waitUntil(lambda: "Capillary refill, right thumb" in bedside.places())
    assert list(bedside.places()) == [f"Capillary refill, {site.name}" for site in DIGITS]


def test_what_is_asked_for_is_announced_with_the_value_settled_before(
    bedside: Bedside, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(monkeypatch)
    bedside.type("3")
    assert listener.heard[-1] == "right thumb 3. right index"


def test_another_measure_is_announced_by_its_name_with_the_digit(
    bedside: Bedside, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener(monkeypatch)
    bedside.type("301234567")
    assert listener.heard[-1].endswith("Capillary refill, right thumb")


def test_the_next_missing_value_is_announced_with_measure_and_digit(
    bedside: Bedside, monkeypatch: pytest.MonkeyPatch
) -> None:
    bedside.type("3")
    for _press in range(2):  # the first only confirms what had gone on by itself
        QTest.keyClick(bedside.page.hands.view, Qt.Key.Key_Tab)
    listener = Listener(monkeypatch)
    bedside.type("m")
    assert listener.heard[-1] == "Pain now, right ring"


def test_a_refused_value_is_announced(bedside: Bedside, monkeypatch: pytest.MonkeyPatch) -> None:
    QTest.keyClick(bedside.page.hands.view, Qt.Key.Key_PageDown)
    listener = Listener(monkeypatch)
    bedside.type("99")
    QTest.keyClick(bedside.page.hands.view, Qt.Key.Key_Return)
    assert "99 is outside 0 to 30." in listener.heard
