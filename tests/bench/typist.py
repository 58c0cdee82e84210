"""Somebody who types and points in a window of this process, and the operators of Card, Moran and Newell it took.

Keys and clicks go to the window itself, as the desktop's do, and from there to whatever has the keyboard or lies
under the pointer; each is counted when it is delivered, never beforehand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ssc_hand.ui.main_window import MainWindow
from tests.bench.window import settle, until

#: Seconds an operator takes (Card, Moran & Newell 1980, Communications of the ACM 23: 396-410).
POINT_S, HOME_S, THINK_S = 1.10, 0.40, 1.35
#: Seconds a key takes an average skilled typist (55 words a minute), and an average person who is no typist (40).
SKILLED_S, USUAL_S = 0.20, 0.28
_ON_ENGLISH_KEYS_WITH_SHIFT = frozenset('~!@#$%^&*()_+{}|:"<>?')
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_HELD = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
_MOST_TABS = 20
#: No finger lets a key go and presses it anew within the same millisecond, which the program takes for a held key.
_FINGER_S = 0.002


@dataclass(slots=True)
class Operators:
    """How many of each there were."""

    #: Keys and buttons pressed; Shift and Ctrl are keys too.
    keys: int = 0
    #: Movements of the pointer to something.
    points: int = 0
    #: Movements of the hand between keyboard and mouse.
    homes: int = 0
    #: Mental preparations, by the published rules.
    thoughts: int = 0
    #: Values of which each would get one more, were reading it from a page counted.
    values: int = 0

    def seconds(self, key_s: float, *, per_value: bool = False) -> float:
        """The estimate, with so many seconds a key; `per_value` with a mental preparation before each value too."""
        thoughts = self.thoughts + (self.values if per_value else 0)
        return self.keys * key_s + self.points * POINT_S + self.homes * HOME_S + thoughts * THINK_S


class Typist:
    """One person with one right hand, which is at the keyboard at first."""

    def __init__(self, window: MainWindow, *, is_led: bool = False) -> None:
        """`is_led`: brought to each measure and text without a key, where a visit asks for more than is replayed."""
        self.window = window
        self.count = Operators()
        #: Seconds of the window's thread that each key took, the answers of the disk included.
        self.times: list[float] = []
        self._is_led = is_led
        self._is_at_mouse = False
        self._let_go = 0.0

    # -- what the person does ----------------------------------------------------------------------------

    def thinks(self) -> None:
        """Prepare for a command."""
        self.count.thoughts += 1

    def value(self, text: str) -> None:
        """Type a value; the numbers are data, for which the rules have no preparation."""
        self.count.values += 1
        self.types(text)

    def types(self, text: str) -> None:
        """Type characters."""
        for char in text:
            shifted = char.isupper() or char in _ON_ENGLISH_KEYS_WITH_SHIFT
            self._strikes(2 if shifted else 1, partial(_type, char=char))

    def presses(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Press a key by name, with what is held down meanwhile."""
        held = sum(bool(modifiers & each) for each in _HELD)
        self._strikes(1 + held, lambda to: QTest.keyClick(to, key, modifiers))

    def tabs_to(self, wanted: Callable[[], QWidget]) -> None:
        """Press Tab until the keyboard is there; `AssertionError` where it does not come there."""
        if self._is_led:
            wanted().setFocus()
            settle()
        for _press in range(_MOST_TABS):
            if QApplication.focusWidget() is wanted():
                return
            self.presses(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to “{wanted().accessibleName()}”")

    def clicks(self, widget: QWidget, at: QPoint | None = None, button: Qt.MouseButton | None = None) -> None:
        """Point at something that is seen, and press a button of the mouse there."""
        point = at or widget.rect().center()
        assert widget.isVisible() and widget.visibleRegion().contains(point), f"{widget.accessibleName()} is not seen"
        top = widget.window()
        self.count.points += 1
        self._moves_hand(to_mouse=True)
        self.count.keys += 1
        QTest.mouseClick(_surface(top), button or Qt.MouseButton.LeftButton, _NO_MODIFIER, widget.mapTo(top, point))
        self._lets_it_work()

    def comes_to(self, place: str) -> None:
        """Make sure that the path asks for this measure and digit now."""
        path = self.window.visit_page.bedside.path
        if self._is_led:
            path.go_to(place)
            self.window.show_hands()
            settle()
        assert path.place == place, f"the path is at “{path.place}”, not at {place}"

    # -- what is counted ---------------------------------------------------------------------------------

    def _strikes(self, keys: int, deliver: Callable[[QWindow], None]) -> None:
        self._moves_hand(to_mouse=False)
        self.count.keys += keys
        while time.monotonic() < self._let_go + _FINGER_S:
            pass
        before = time.thread_time()
        deliver(_surface(QApplication.activePopupWidget() or self.window))
        self._lets_it_work()
        self.times.append(time.thread_time() - before)
        self._let_go = time.monotonic()

    def _moves_hand(self, *, to_mouse: bool) -> None:
        if to_mouse is not self._is_at_mouse:
            self.count.homes += 1
            self._is_at_mouse = to_mouse

    def _lets_it_work(self) -> None:
        settle()
        until(lambda: not self.window.storage.is_busy)
        settle()


def _surface(top: QWidget) -> QWindow:
    surface = top.windowHandle()
    assert surface is not None
    return surface


def _type(surface: QWindow, char: str) -> None:
    # The stubs know characters for widgets alone.
    QTest.keyClick(surface, char)  # type: ignore[call-overload]
