"""A screen reader finds each site of the hands, and a value that it writes is kept like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from ssc_hand.app.compose import make_window
from ssc_hand.domain.anatomy import DIGITS, HANDS, Site
from ssc_hand.tasks.demo_clinic import BY, write_demo
from ssc_hand.tasks.export_bundle import export_bundle
from ssc_hand.ui.main_window import MainWindow
from tests.journeys.bus import Bus
from tests.journeys.desktop import desktop, program, what_is_missing

#: The patient whose last visit is a draft, so that values can be entered at once.
FAMILY, RECORD = "Vargas Montes", "DEMO-031"
SITES = {
    site.name
    for digit in DIGITS
    for site in (Site(digit.hand, digit.digit, phalanx) for phalanx in (digit.digit.phalanges if digit.digit else ()))
} | {hand.name for hand in HANDS}


class Reader(Protocol):
    """What assistive software can do with a program."""

    def press(self, name: str) -> None:
        """Press the control with this name, when it is there."""

    def write(self, name: str, text: str) -> None:
        """Replace the text of the control with this name, when it is there."""

    def wait_until_told(self, name: str, wanted: str) -> None:
        """Wait until the description of the site with this name begins as wanted."""

    def names(self) -> set[str]:
        """The names of all that shows now."""


class OverTheBus:
    """Assistive software as a process of its own."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        bus.write(bus.find(role="text", begins="Find patient"), FAMILY)
        bus.find(role="list item", begins=FAMILY)
        bus.press_enter()
        bus.find(begins=f"Patient: {FAMILY}")

    def press(self, name: str) -> None:
        self._bus.press(self._bus.find(name=name, role="check box"))

    def write(self, name: str, text: str) -> None:
        self._bus.write(self._bus.find(name=name, role="text"), text)

    def wait_until_told(self, name: str, wanted: str) -> None:
        self._bus.find(name=name, role="check box", about=wanted)

    def names(self) -> set[str]:
        return {node.name for node in self._bus.all()}


class InTheProcess:
    """The same, by the interfaces that Qt hands to whatever bus a system has."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window

    def press(self, name: str) -> None:
        actions = self._find(name, QAccessible.Role.CheckBox).actionInterface()
        actions.doAction(actions.actionNames()[0])

    def write(self, name: str, text: str) -> None:
        self._find(name, QAccessible.Role.EditableText).setText(QAccessible.Text.Value, text)

    def wait_until_told(self, name: str, wanted: str) -> None:
        self._qtbot.waitUntil(lambda: self._description(name).startswith(wanted))
        self._qtbot.waitUntil(lambda: not self._window.editor.is_writing)

    def names(self) -> set[str]:
        return {each.text(QAccessible.Text.Name) for each in self._all()}

    def _description(self, name: str) -> str:
        return self._find(name, QAccessible.Role.CheckBox).text(QAccessible.Text.Description)

    def _find(self, name: str, role: QAccessible.Role) -> QAccessibleInterface:
        return next(each for each in self._all() if each.text(QAccessible.Text.Name) == name and each.role() is role)

    def _all(self) -> Iterator[QAccessibleInterface]:
        waiting = [QAccessible.queryAccessibleInterface(self._window)]
        while waiting:
            each = waiting.pop()
            if not each.state().invisible:
                yield each
                waiting += [each.child(number) for number in range(each.childCount())]


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    write_demo(tmp_path / "clinic")
    return tmp_path / "clinic"


@pytest.fixture
def in_the_process(qtbot: QtBot, clinic: Path, tmp_path: Path) -> Reader:
    """A reader inside this process; works on every system."""
    window = make_window(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    window.open_clinic(clinic, BY)
    qtbot.waitUntil(lambda: any(RECORD in row.detail for row in window.browser.rows))
    window.open_patient(next(row.key for row in window.browser.rows if RECORD in row.detail))
    qtbot.waitUntil(lambda: window.editor.can_edit)
    return InTheProcess(qtbot, window)


@pytest.fixture
def reader(request: pytest.FixtureRequest, clinic: Path, tmp_path: Path) -> Iterator[Reader]:
    """A reader over a real bus where this machine can have one, else the one inside the process."""
    if what_is_missing():
        yield request.getfixturevalue("in_the_process")
        return
    with desktop(tmp_path) as environment, program(clinic, environment) as process:
        bus = Bus(process.pid, environment)
        try:
            yield OverTheBus(bus)
        finally:
            bus.close()


def test_a_screen_reader_enters_a_value_and_hears_it_at_the_site(reader: Reader, clinic: Path, tmp_path: Path) -> None:
    enter_and_hear(reader, clinic, tmp_path / "exported.json")


def test_the_same_holds_inside_the_process(in_the_process: Reader, clinic: Path, tmp_path: Path) -> None:
    enter_and_hear(in_the_process, clinic, tmp_path / "exported.json")


def enter_and_hear(reader: Reader, clinic: Path, exported: Path) -> None:
    """Choose a phalanx by pressing it, write into its line edit, hear the value, find it in the file."""
    assert reader.names() >= SITES
    reader.press("right index, distal phalanx")
    reader.write("Capillary refill, right index", "2,4")
    reader.wait_until_told("right index, distal phalanx", "Capillary refill: 2.4 s; C: pitting scar, not re-examined")
    reader.wait_until_told("right index, proximal phalanx", "Capillary refill: 2.4 s")
    reader.press("left little, middle phalanx")
    reader.write("Capillary refill, left little", "7.5")
    reader.wait_until_told("left little, distal phalanx", "Capillary refill: 7.5 s")
    export_bundle(clinic, exported, by=BY, record_number=RECORD)
    visit = json.loads(exported.read_text(encoding="utf-8"))["patients"][0]["visits"][-1]
    kept = {each["site"]: each.get("value") for each in visit["observations"] if each["measure"] == "crt"}
    assert (kept["R.D2"], kept["L.D5"]) == (2.4, 7.5)
