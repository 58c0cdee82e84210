"""A key that is held is one key, however its repeats are told."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ssc_hand.ui.widgets.key_repeats import KeyRepeats

PRESS, RELEASE = QEvent.Type.KeyPress, QEvent.Type.KeyRelease


def an_event(kind: QEvent.Type, instant: int, *, marked: bool = False, key: Qt.Key = Qt.Key.Key_1) -> QKeyEvent:
    """Half a key stroke at a time of the display."""
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "1", marked)
    event.setTimestamp(instant)
    return event


def told(*events: QKeyEvent) -> list[bool]:
    """Which of these are repeats."""
    repeats = KeyRepeats()
    return [repeats.is_repeat(event) for event in events]


def test_marked_repeats_are_repeats(qtbot: QtBot) -> None:
    assert told(an_event(PRESS, 1), an_event(RELEASE, 2, marked=True), an_event(PRESS, 2, marked=True)) == [
        False,
        True,
        True,
    ]


def test_a_press_at_the_instant_of_its_release_is_a_repeat(qtbot: QtBot) -> None:
    assert told(an_event(PRESS, 1), an_event(RELEASE, 500), an_event(PRESS, 500)) == [False, False, True]


def test_a_key_pressed_again_or_another_key_is_none(qtbot: QtBot) -> None:
    again = told(an_event(PRESS, 1), an_event(RELEASE, 500), an_event(PRESS, 501))
    other = told(an_event(RELEASE, 500), an_event(PRESS, 500, key=Qt.Key.Key_2))
    untimed = told(an_event(RELEASE, 0), an_event(PRESS, 0))
    assert not any((*again, *other, *untimed))
