"""Without a mouse: a whole assessment with nothing but keys, and the way of Tab over the page of a visit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.app.compose import make_window
from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.tasks.demo_clinic import BY, write_demo
from ssc_hand.tasks.export_bundle import export_bundle
from ssc_hand.ui.main_window import MainWindow
from tests.clinics import enter_clinic

FAMILY, RECORD = "Kowalczyk", "DEMO-025"
#: The clinic's own protocol, so that thirty values are asked for.
PROTOCOL = own_protocol("bedside", "Bedside", ("pain", "skin_temp", "crt"), refill_once=True)
#: What is typed, and what the file must say of it; a ten has a key of its own.
PAIN = "0371204t15", (0, 3, 7, 1, 2, 0, 4, 10, 1, 5)
TEMPERATURE = "29.428,727.528.027,130.229.028.829,327.9", (29.4, 28.7, 27.5, 28.0, 27.1, 30.2, 29.0, 28.8, 29.3, 27.9)
REFILL = "2.13,45.01,32.80.92.24,51.93.0", (2.1, 3.4, 5.0, 1.3, 2.8, 0.9, 2.2, 4.5, 1.9, 3.0)
FINDINGS, PLAN = "Cold, stiff fingers; two ulcers.", "Dress daily, review in two weeks."
#: The most keys that Tab may take from one stop to the next: the values of the path.
_MOST_VALUES = 40
_KEYS = Qt.Key


class Keyboard:
    """Somebody with a keyboard: each key goes to whatever has the keyboard at that moment, and nothing else is done."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self.window = qtbot, window

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other."""
        for key in keys:
            QTest.keyClick(self.at, key, held)

    def types(self, text: str) -> None:
        """Type characters one after the other."""
        for char in text:
            QTest.keyClicks(self.at, char)

    def waits_for(self, fact: Callable[[], bool]) -> None:
        """Look at the screen until something is so."""
        self._qtbot.waitUntil(fact, timeout=20_000)

    def tabs_to(self, name: str) -> None:
        """Press Tab until what is called so has the keyboard."""
        for _press in range(100):
            if self.at.accessibleName() == name:
                return
            self.press(_KEYS.Key_Tab)
        raise AssertionError(f"Tab never comes to “{name}”")

    def walks(self, key: Qt.Key) -> list[QWidget]:
        """Everything that Tab (or Shift+Tab) stops at, from here until it comes here again.

        Over the hands Tab goes from value to value: it may take a key for each of them, and never more.
        """
        seen = [self.at]
        while True:
            for _press in range(_MOST_VALUES):
                self.press(key)
                if self.at is not seen[-1]:
                    break
            else:
                raise AssertionError(f"the keyboard never leaves {seen[-1]}")
            if self.at in seen:
                assert self.at is seen[0], f"{self.at} is reached twice before {seen[0]}"
                return seen
            seen.append(self.at)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    folder = tmp_path / "clinic"
    write_demo(folder)
    with enter_clinic(folder, by="a tester") as opened:
        settings = replace(opened.settings, protocol=PROTOCOL.key, own_protocols=write_own((PROTOCOL,)))
        opened.save_settings(settings)
    return folder


@pytest.fixture
def keyboard(qtbot: QtBot, clinic: Path, tmp_path: Path) -> Iterator[Keyboard]:
    """The window over this clinic, with the keyboard where it is at the start."""
    window = make_window(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.resize(1600, 1100)
    window.show()
    window.activateWindow()
    window.open_clinic(clinic, BY)
    person = Keyboard(qtbot, window)
    person.waits_for(lambda: bool(window.browser.rows) and QApplication.focusWidget() is not None)
    yield person


def kept(clinic: Path, folder: Path) -> dict[str, Any]:
    """The newest visit, as the file has it."""
    exported = folder / "exported.json"
    export_bundle(clinic, exported, by=BY, record_number=RECORD)
    patient = json.loads(exported.read_text(encoding="utf-8"))["patients"][0]
    newest: dict[str, Any] = max(patient["visits"], key=lambda each: str(each["at"]))
    return newest


# -- a whole assessment -------------------------------------------------------------------------------------


def test_a_whole_assessment_is_recorded_by_keys_alone(keyboard: Keyboard, clinic: Path, tmp_path: Path) -> None:
    find_and_start(keyboard)
    for typed, _values in (PAIN, TEMPERATURE, REFILL):
        keyboard.types(typed)
    describe_ulcers(keyboard)
    re_examine(keyboard)
    write_texts(keyboard)
    keyboard.press(_KEYS.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    keyboard.waits_for(lambda: not keyboard.window.editor.can_edit and not keyboard.window.editor.is_writing)
    compare(kept(clinic, tmp_path))


def find_and_start(keyboard: Keyboard) -> None:
    """Find the patient, open the first of the list, begin a follow-up; the keyboard is then over the hands."""
    window = keyboard.window
    keyboard.press(_KEYS.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    keyboard.types(FAMILY[:5].lower())
    keyboard.waits_for(lambda: [row.title.startswith(FAMILY) for row in window.browser.rows] == [True])
    keyboard.press(_KEYS.Key_Down, _KEYS.Key_Return)
    keyboard.waits_for(lambda: window.editor.record is not None and not window.storage.is_busy)
    shift_ctrl = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    keyboard.press(_KEYS.Key_N, held=shift_ctrl)
    keyboard.waits_for(lambda: window.editor.can_edit and window.visit_page.bedside.strip.has_keyboard)


def describe_ulcers(keyboard: Keyboard) -> None:
    """To a digit by hand and number, a new ulcer by its letter; size, origin, depth, infection and pain on its card."""
    keyboard.types("r2um4x2.5")
    keyboard.press(_KEYS.Key_Return)
    keyboard.types("1125")
    keyboard.press(_KEYS.Key_Return)
    keyboard.types("l3um6.5x3")
    keyboard.press(_KEYS.Key_Return, _KEYS.Key_Escape)
    keyboard.waits_for(lambda: keyboard.window.visit_page.bedside.strip.has_keyboard)


def re_examine(keyboard: Keyboard) -> None:
    """The two lesions of the visit before are the same, and both hands were looked at."""
    keyboard.types("e110")
    keyboard.waits_for(lambda: keyboard.window.visit_page.bedside.strip.has_keyboard)


def write_texts(keyboard: Keyboard) -> None:
    """W goes to the findings, Tab from there to the plan."""
    keyboard.types("w")
    assert keyboard.at.accessibleName() == "Findings"
    keyboard.types(FINDINGS)
    keyboard.press(_KEYS.Key_Tab)
    keyboard.tabs_to("Plan")
    keyboard.types(PLAN)


def compare(visit: dict[str, Any]) -> None:
    """What the file says is what was typed."""
    found = {(each["measure"], each["site"]): each["value"] for each in visit["observations"]}
    for key, (_typed, values) in {"pain": PAIN, "skin_temp": TEMPERATURE, "crt": REFILL}.items():
        assert tuple(found[key, site.code] for site in DIGITS) == values
    assert len(found) == 30
    new = {each["site"]: each for each in visit["lesions"] if each["site"] in ("R.D2", "L.D3")}
    first, second = new["R.D2"], new["L.D3"]
    assert (first["length_mm"], first["width_mm"], first["pain"]) == (4.0, 2.5, 5)
    assert (first["depth"], first["infection"]) == ("superficial", "suspected")
    assert (second["length_mm"], second["width_mm"]) == (6.5, 3.0)
    assert "not_reexamined" not in {each["status"] for each in visit["lesions"]}
    assert (visit["state"], visit["lesions_reviewed"]) == ("final", True)
    assert (visit["findings"], visit["plan"]) == (FINDINGS, PLAN)


# -- the way of Tab -----------------------------------------------------------------------------------------


def part(keyboard: Keyboard, each: QWidget) -> str:
    """The part of the page in which something stands."""
    page = keyboard.window.visit_page
    parts: dict[str, QWidget] = {
        "bar": page.bar,
        "strip": page.bedside.strip,
        "account": page.aids.bar,
        "drawing": page.hands.view,
        "drawing's buttons": page.hands,
        "table": page.table,
        "beside the hands": page.tabs,
    }
    return next((name for name, top in parts.items() if each is top or top.isAncestorOf(each)), "outside")


def parts_of(keyboard: Keyboard, stops: list[QWidget]) -> list[str]:
    """The parts that were gone over, in their order."""
    names = [part(keyboard, each) for each in stops]
    return [name for before, name in zip(["", *names], names, strict=False) if name != before]


def reachable(window: MainWindow) -> set[QWidget]:
    """Everything on the screen that takes the keyboard by Tab."""
    return {
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and not isinstance(each, QTabWidget)  # which hands it on to its bar
    }


IN_ORDER = ["outside", "bar", "strip", "account", "drawing's buttons", "drawing", "beside the hands", "table"]


def test_tab_goes_over_the_page_as_it_is_read_and_is_caught_nowhere(keyboard: Keyboard) -> None:
    find_and_start(keyboard)
    keyboard.press(_KEYS.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    stops = keyboard.walks(_KEYS.Key_Tab)
    assert parts_of(keyboard, stops) == IN_ORDER
    assert set(stops) == reachable(keyboard.window)


def test_shift_and_tab_go_the_same_way_back(keyboard: Keyboard) -> None:
    find_and_start(keyboard)
    keyboard.press(_KEYS.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    stops = keyboard.walks(_KEYS.Key_Backtab)
    assert parts_of(keyboard, stops) == ["outside", *reversed(IN_ORDER)]
    assert set(stops) == reachable(keyboard.window)


@pytest.mark.parametrize("tab", ["Lesions", "Conditions and texts"])
def test_the_order_holds_whatever_stands_beside_the_hands(keyboard: Keyboard, tab: str) -> None:
    find_and_start(keyboard)
    keyboard.press(_KEYS.Key_Escape)  # from the hands to the tabs
    page = keyboard.window.visit_page
    while not page.tabs.tabText(page.tabs.currentIndex()).startswith(tab):
        keyboard.press(_KEYS.Key_Right)
    keyboard.press(_KEYS.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    stops = keyboard.walks(_KEYS.Key_Tab)
    assert parts_of(keyboard, stops) == IN_ORDER
    assert set(stops) == reachable(keyboard.window)


def test_a_key_leaves_the_hands_and_goes_from_part_to_part(keyboard: Keyboard) -> None:
    """Over the hands Tab goes to the next value, so leaving them at once needs a key of its own."""
    find_and_start(keyboard)
    been = [part(keyboard, keyboard.at)]
    for _press in range(4):
        keyboard.press(_KEYS.Key_F6, held=Qt.KeyboardModifier.ShiftModifier)
        been.append(part(keyboard, keyboard.at))
    assert been == ["drawing", "beside the hands", "table", "bar", "drawing"]


def test_every_stop_of_tab_has_a_name_to_be_read(keyboard: Keyboard) -> None:
    find_and_start(keyboard)
    keyboard.press(_KEYS.Key_F, held=Qt.KeyboardModifier.ControlModifier)
    nameless = [each for each in keyboard.walks(_KEYS.Key_Tab) if not _read_as(each)]
    assert not nameless


def _read_as(each: QWidget) -> str:
    text = getattr(each, "text", None)
    return each.accessibleName() or (text() if callable(text) else "")


def test_a_cell_of_the_table_that_is_typed_into_is_left_by_enter_and_tab(keyboard: Keyboard) -> None:
    find_and_start(keyboard)
    table = keyboard.window.visit_page.table
    for _press in range(2):
        keyboard.press(_KEYS.Key_F6, held=Qt.KeyboardModifier.ShiftModifier)
    assert keyboard.at is table
    keyboard.types("3")
    assert table.isAncestorOf(keyboard.at)
    keyboard.press(_KEYS.Key_Return, _KEYS.Key_Tab)
    assert part(keyboard, keyboard.at) != "table"


def test_the_map_of_keys_names_the_key_that_leaves_the_hands(keyboard: Keyboard) -> None:
    shown = {action.text(): action.shortcut().toString() for action in keyboard.window.findChildren(QAction)}
    assert shown["Next part of the visit page"] == "Shift+F6"
