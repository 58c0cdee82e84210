"""The number pad: every key a target for a finger, and the same keys as a keyboard's."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.keymap import REASON_KEYS, Act, act_of
from ssc_hand.ui.bedside.number_pad import NumberPad, PadKey
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres


class Pad:
    """A pad, and what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.widget = NumberPad()
        self.told: list[tuple[Qt.Key, str]] = []
        self.widget.pressed.connect(lambda key, text: self.told.append((Qt.Key(key), text)))
        qtbot.addWidget(self.widget)
        self.widget.resize(430, 465)
        self.widget.show_measure(CATALOGUE["crt"], "right index")
        self.widget.show()
        qtbot.waitExposed(self.widget)

    @property
    def keys(self) -> dict[str, PadKey]:
        """The keys in sight, by what stands on them."""
        found = self.widget.findChildren(PadKey)
        return {key.text().replace("\n", " "): key for key in found if key.isVisibleTo(self.widget)}

    def press(self, *names: str) -> None:
        """Tap these keys."""
        for name in names:
            QTest.mouseClick(self.keys[name], Qt.MouseButton.LeftButton)


@pytest.fixture
def pad(qtbot: QtBot) -> Pad:
    return Pad(qtbot)


@pytest.mark.parametrize("measure", ["crt", "pain", "colour", "ischaemia"])
def test_every_key_is_a_target_of_nine_millimetres_and_more(pad: Pad, measure: str) -> None:
    pad.widget.show_measure(CATALOGUE[measure], "right index")
    pad.widget.resize(pad.widget.minimumSizeHint())
    least = millimetres(pad.widget, TARGET_MM)
    for key in pad.keys.values():
        assert min(key.width(), key.height()) >= least, key.text()
    timer = next(b for b in pad.widget.findChildren(QPushButton) if not isinstance(b, PadKey))
    assert timer.isVisible() == (measure == "crt")
    if timer.isVisible():
        assert min(timer.width(), timer.height()) >= least


def test_keys_tell_what_a_keyboard_would(pad: Pad) -> None:
    pad.press("3", ".", "2", "Enter", "Back", "No refill", "Not done", "Next value ▶", "◀ Value before")
    keys = Qt.Key
    assert [text for _key, text in pad.told] == ["3", ".", "2", "\r", "\b", "f", "n", "\t", ""]
    assert [key for key, _text in pad.told[3:5]] == [keys.Key_Return, keys.Key_Backspace]
    acts = [act_of(Qt.Key(key).name.removeprefix("Key_"), text) for key, text in pad.told]
    assert acts == [Act.TYPE] * 3 + [Act.SETTLE, Act.BACK, Act.NO_REFILL, Act.NOT_DONE, Act.NEXT, Act.PREVIOUS]


def test_a_score_has_a_key_for_ten_and_no_point(pad: Pad) -> None:
    pad.widget.show_measure(CATALOGUE["pain"], "right index")
    assert not {".", "No refill"} & set(pad.keys)
    pad.press("10")
    assert act_of("T", pad.told[0][1]) is Act.TEN
    pad.widget.show_measure(CATALOGUE["skin_temp"], "right index")
    assert "." in pad.keys and "10" not in pad.keys


def test_keys_stay_where_they_are_whatever_the_measure(pad: Pad) -> None:
    before = {name: key.geometry() for name, key in pad.keys.items() if name.isdigit()}
    pad.widget.show_measure(CATALOGUE["pain"], "right index")
    assert all(pad.keys[name].geometry() == geometry for name, geometry in before.items())


def test_a_measure_of_words_shows_its_words(pad: Pad) -> None:
    pad.widget.show_measure(CATALOGUE["colour"], "right index")
    assert "7" not in pad.keys
    pad.press("pale")
    assert pad.told == [(Qt.Key.Key_2, "2")]
    pad.widget.show_measure(CATALOGUE["ischaemia"], "right index")
    pad.press("no")
    assert pad.told[-1] == (Qt.Key.Key_0, "0")


def test_could_not_be_assessed_asks_why_in_one_more_tap(pad: Pad) -> None:
    pad.press("Could not be assessed …")
    assert {reason.label for reason in REASON_KEYS.values()} <= set(pad.keys)
    pad.press("contracture")
    assert [text for _key, text in pad.told] == ["x", "4"]
    assert "7" in pad.keys


def test_asking_why_can_be_dropped(pad: Pad) -> None:
    pad.press("Could not be assessed …", "Drop")
    assert pad.told[-1][0] is Qt.Key.Key_Escape
    assert "7" in pad.keys


def test_the_timer_is_offered_for_refill_only(pad: Pad) -> None:
    asked: list[bool] = []
    pad.widget.timer_requested.connect(lambda: asked.append(True))
    timer = next(b for b in pad.widget.findChildren(QPushButton) if not isinstance(b, PadKey))
    QTest.mouseClick(timer, Qt.MouseButton.LeftButton)
    assert asked == [True]
    pad.widget.show_measure(CATALOGUE["pain"], "right index")
    assert not timer.isVisible()


def test_a_tap_leaves_the_keyboard_where_it_was(qtbot: QtBot) -> None:
    window, line, widget = QWidget(), QLineEdit(), NumberPad()
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    line.setFocus()
    for key in widget.findChildren(PadKey):
        QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is line


def test_a_finger_taps_a_key(pad: Pad) -> None:
    device = QTest.createTouchDevice()
    key = pad.keys["5"]
    at = QPoint(key.width() // 2, key.height() // 2)
    QTest.touchEvent(pad.widget, device).press(1, at, key).commit()
    QTest.touchEvent(pad.widget, device).release(1, at, key).commit()
    assert pad.told == [(Qt.Key.Key_5, "5")]
