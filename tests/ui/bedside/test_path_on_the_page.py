"""Typed over the hands of a real page: values on their digits and in the file, the strip, the map of keys, rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import DIGITS, Hand, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.keymap import KEYS
from ssc_hand.domain.path import DigitOrder, Stop
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.ui.bedside.strip_painting import Line, State, chips_of
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.visit_page import VisitPage
from tests.builders import a_patient, a_record, the_settings
from tests.ui.desk import Desk, a_desk
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient()
THREE = own_protocol("own", "Three", ("pain", "skin_temp", "crt"), refill_once=True)
PAIN = [3, 7, 5, 10, 2, 0, 1, 4, 10, 6]
WARM = [31.4, 30.2, 29.8, 28.5, 27.1, 32.0, 30.6, 29.9, 28.8, 26.7]
REFILL = [2.5, 3.1, 1.8, 4.4, 6.2, 2.0, 2.9, 3.3, 5.1, 7.6]


class Bedside:
    """Somebody at the bedside, who counts the keys pressed."""

    def __init__(self, qtbot: QtBot, desk: Desk, settings: QSettings) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.page = VisitPage(desk.editor, ScriptedPrompts())
        self.page.use_settings(settings)
        self.page.set_clinic(the_settings(protocol=THREE.key, own_protocols=write_own((THREE,))))
        qtbot.addWidget(self.page)
        self.page.resize(1250, 900)
        self.page.show()
        qtbot.waitExposed(self.page)
        self.keys_pressed = 0

    @property
    def path(self) -> EntryPath:
        return self.page.bedside.path

    @property
    def view(self) -> QWidget:
        return self.page.hands.view

    def type(self, text: str, over: QWidget | None = None) -> None:
        """Press one key after the other."""
        for char in text:
            self.keys_pressed += 1
            QTest.keyClicks(over or self.view, char)

    def press(self, key: Qt.Key, over: QWidget | None = None) -> None:
        """Press a key without a character."""
        self.keys_pressed += 1
        QTest.keyClick(over or self.view, key)

    def row(self, key: str) -> list[object]:
        """What is in the file at the ten digits."""
        self.desk.wait()
        found = self.desk.visit_on_disk().observations
        return [found[site, key, 1].value if (site, key, 1) in found else None for site in DIGITS]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def bedside(qtbot: QtBot, tmp_path: Path, settings: QSettings) -> Iterator[Bedside]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(patient=PATIENT)) as desk:
        made = Bedside(qtbot, desk, settings)
        desk.start(PATIENT.id)
        yield made


def test_thirty_values_land_on_their_digits_with_no_more_keys_than_they_have_characters(bedside: Bedside) -> None:
    written = [*(str(n) for n in PAIN), *(f"{n:.1f}" for n in WARM), *(f"{n:.1f}" for n in REFILL)]
    for text in written:
        bedside.type("t" if text == "10" else text)
    assert bedside.row("pain") == PAIN
    assert bedside.row("skin_temp") == WARM
    assert bedside.row("crt") == REFILL
    assert bedside.path.stop is None
    assert bedside.keys_pressed <= 1.15 * len("".join(written))


def test_whole_seconds_cost_one_enter_each(bedside: Bedside) -> None:
    bedside.path.go_to("crt@R.D1")
    for _site in DIGITS:
        bedside.type("3")
        bedside.press(Qt.Key.Key_Return)
    assert bedside.row("crt") == [3.0] * 10
    assert bedside.keys_pressed == 20


def test_the_strip_takes_keys_as_the_hands_do(bedside: Bedside) -> None:
    strip = bedside.page.bedside.strip
    bedside.type("37", over=strip)
    assert bedside.row("pain")[:3] == [3, 7, None]
    bedside.press(Qt.Key.Key_Right, over=strip)
    assert bedside.path.place == "pain@R.D4"


def test_the_drawing_and_the_layer_follow_the_path(bedside: Bedside) -> None:
    bedside.path.go_to("pain@L.D5")
    assert bedside.page.hands.layer is CATALOGUE["pain"]
    bedside.type("2")
    assert bedside.page.hands.layer is CATALOGUE["skin_temp"]
    assert bedside.page.selection.sites == (parse_site("R.D1"),)


def test_typing_brings_back_the_layer_that_is_typed_into(bedside: Bedside) -> None:
    bedside.page.hands.show_layer(CATALOGUE["ddd"])
    bedside.page.hands.layer_changed.emit(CATALOGUE["ddd"])
    bedside.path.go_to("skin_temp@R.D1")
    bedside.page.hands.show_layer(CATALOGUE["ddd"])
    bedside.type("3")
    assert bedside.page.hands.layer is CATALOGUE["skin_temp"]


def test_a_layer_that_is_chosen_is_typed_into_next(bedside: Bedside) -> None:
    bedside.page.selection.choose(parse_site("R.D3"))
    next(a for a in bedside.page.hands.layer_actions if a.data() is CATALOGUE["crt"]).trigger()
    assert bedside.path.place == "crt@R.D3"
    bedside.type("2.5")
    assert bedside.row("crt")[2] == 2.5


def test_a_digit_pressed_on_the_strip_is_asked_for(bedside: Bedside) -> None:
    strip = bedside.page.bedside.strip
    strip.repaint()
    rect = strip.chip_rect(Stop("pain", parse_site("L.D2")))
    assert rect.height() >= 30
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=rect.center())
    bedside.type("8")
    assert bedside.row("pain")[6] == 8


def test_a_key_held_down_types_once(bedside: Bedside) -> None:
    for is_repeat in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_5, Qt.KeyboardModifier.NoModifier, "5", autorep=is_repeat)
        QApplication.sendEvent(bedside.view, event)
    assert bedside.row("pain")[:3] == [5, None, None]


def test_a_row_is_pasted_over_the_hands(bedside: Bedside) -> None:
    QGuiApplication.clipboard().setText("\t".join(str(n) for n in REFILL))
    bedside.path.go_to("crt@R.D1")
    QTest.keyClick(bedside.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert bedside.row("crt") == REFILL
    bedside.desk.editor.undo_stack.undo()
    bedside.desk.wait()
    assert bedside.row("crt") == [None] * 10


def test_finishing_stops_where_something_typed_cannot_be_recorded(bedside: Bedside) -> None:
    told: list[str] = []
    bedside.page.refused.connect(told.append)
    bedside.type("3")
    bedside.path.go_to("crt@R.D1")
    bedside.type("34")
    bedside.page.finish()
    assert bedside.desk.visit.is_draft
    assert told and "right thumb: “34” is not recorded" in told[0]


def test_the_last_digit_and_value_stand_in_the_line(bedside: Bedside) -> None:
    bedside.path.go_to("crt@R.D1")
    bedside.type("2.53")
    line = Line.of(bedside.path)
    assert (line.place, line.typed, line.last) == ("right index", "3", "right thumb  2.5 s")
    assert "Capillary refill, right index: 3" in bedside.page.bedside.strip.accessibleDescription()
    chips = chips_of(bedside.path)
    assert (chips[0].text, chips[0].is_last, chips[1].is_current) == ("2.5", True, True)
    assert [chip.state for chip in chips[:2]] == [State.RECORDED, State.MISSING]


def test_f1_covers_the_hands_with_every_key_and_gives_the_keyboard_back(bedside: Bedside) -> None:
    bedside.view.setFocus()
    bedside.press(Qt.Key.Key_F1)
    shown = bedside.page.bedside.key_map
    assert shown.isVisible()
    words = {label.text() for label in shown.findChildren(QLabel)}
    assert all({binding.caption, binding.words} <= words for binding in KEYS)
    bedside.press(Qt.Key.Key_5, over=shown)
    bedside.press(Qt.Key.Key_Escape, over=shown)
    assert not shown.isVisible()
    assert bedside.path.place == "pain@R.D1"


def test_the_order_of_a_user_is_kept(bedside: Bedside, settings: QSettings, qtbot: QtBot) -> None:
    menu = bedside.page.bedside.menu
    for wanted in ("Left hand first", "From the little finger"):
        next(action for action in menu.actions() if action.text() == wanted).trigger()
    assert bedside.path.order == DigitOrder(first=Hand.LEFT, from_thumb=False)
    bedside.desk.editor.show(None)
    again = Bedside(qtbot, bedside.desk, settings)
    bedside.desk.start(PATIENT.id)
    assert again.path.order == DigitOrder(first=Hand.LEFT, from_thumb=False)


def test_asked_to_speak_without_a_voice_it_says_so_in_words(bedside: Bedside, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    bedside.type("s")
    assert "no voice" in bedside.path.note
