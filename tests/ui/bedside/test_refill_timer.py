"""The refill timer over a window of other things, with the time set by the test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.refill_clock import Phase
from ssc_hand.ui.bedside.refill_timer import RefillTimer
from ssc_hand.ui.widgets.shades import contrast

KEYS = Qt.Key


class Bed:
    """A window with an entry, a button and the timer, and a clock that stands until it is moved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 1000.0
        self.window = QWidget()
        self.entry, self.button = QLineEdit(), QPushButton("elsewhere")
        self.timer = RefillTimer(clock=lambda: self.now)
        self.told: list[object] = []
        column = QVBoxLayout(self.window)
        for each in (self.entry, self.button, self.timer):
            column.addWidget(each)
        self.timer.measured.connect(lambda seconds, press: self.told.append((seconds, press)))
        self.timer.no_refill.connect(lambda press: self.told.append(("no refill", press)))
        self.timer.taken_back.connect(lambda press: self.told.append(("taken back", press)))
        self.timer.finished.connect(lambda: self.told.append("finished"))
        self.timer.cancelled.connect(lambda: self.told.append("cancelled"))
        self.timer.nail_bed_chosen.connect(lambda: self.told.append("nail bed"))
        self.button.clicked.connect(lambda: self.told.append("clicked elsewhere"))
        qtbot.addWidget(self.window)
        self.window.resize(430, 560)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.entry.setFocus()

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.timer.tick()

    def key(self, key: Qt.Key = KEYS.Key_Space) -> None:
        """A key where the focus is."""
        QTest.keyClick(self.entry, key)

    @property
    def hint(self) -> str:
        """What is said beneath the clock."""
        found = self.timer.findChild(QLabel, "hint")
        assert isinstance(found, QLabel)
        return found.text()

    def send(self, kind: QEvent.Type, key: Qt.Key, *, repeated: bool = False, instant: int = 0) -> None:
        """One half of a key stroke."""
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeated)
        event.setTimestamp(instant)
        QApplication.sendEvent(self.entry, event)


@pytest.fixture
def bed(qtbot: QtBot) -> Iterator[Bed]:
    found = Bed(qtbot)
    yield found
    found.timer.cancel()


def test_five_seconds_of_pressing_then_the_word_then_any_key_hands_the_time_on(bed: Bed) -> None:
    bed.timer.start("right index")
    assert (bed.timer.face.word, bed.timer.face.number) == ("PRESS", "5")
    bed.go_on(4.2)
    assert (bed.timer.face.word, bed.timer.face.number) == ("PRESS", "1")
    bed.go_on(0.8)
    assert (bed.timer.face.word, bed.timer.face.number) == ("RELEASE", "0.0 s")
    bed.go_on(2.34)
    bed.key()
    assert bed.told == [(2.3, 1), "finished"]
    assert not bed.timer.isVisible()
    assert bed.entry.text() == ""


@pytest.mark.parametrize("key", [KEYS.Key_A, KEYS.Key_F13, KEYS.Key_Back, KEYS.Key_MediaPlay, KEYS.Key_Shift])
def test_any_key_at_all_stops_it(bed: Bed, key: Qt.Key) -> None:
    bed.timer.start("right index")
    bed.go_on(6.5)
    bed.key(key)
    assert bed.told == [(1.5, 1), "finished"]


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_any_mouse_button_anywhere_stops_it_and_presses_nothing_else(bed: Bed, button: Qt.MouseButton) -> None:
    bed.timer.start("right index")
    bed.go_on(6.0)
    QTest.mouseClick(bed.button, button)
    assert bed.told == [(1.0, 1), "finished"]
    QTest.mouseClick(bed.button, Qt.MouseButton.LeftButton)
    assert bed.told[-1] == "clicked elsewhere"


def test_a_touch_stops_it(bed: Bed) -> None:
    device = QTest.createTouchDevice()
    bed.timer.start("right index")
    bed.go_on(7.0)
    QTest.touchEvent(bed.window, device).press(1, QPoint(200, 300)).commit()
    QTest.touchEvent(bed.window, device).release(1, QPoint(200, 300)).commit()
    assert bed.told == [(2.0, 1), "finished"]


def test_a_shortcut_of_the_window_is_only_a_key_while_it_runs(bed: Bed) -> None:
    fired: list[str] = []
    QShortcut(QKeySequence("F5"), bed.window).activated.connect(lambda: fired.append("F5"))
    bed.timer.start("right index")
    bed.go_on(6.0)
    bed.key(KEYS.Key_F5)
    assert (bed.told, fired) == ([(1.0, 1), "finished"], [])
    bed.key(KEYS.Key_F5)
    assert fired == ["F5"]


def test_a_key_while_pressing_begins_the_five_seconds_again_and_says_so(bed: Bed) -> None:
    bed.timer.start("right index")
    bed.go_on(4.9)
    bed.key()
    assert bed.told == []
    assert "nothing was measured" in bed.hint
    bed.go_on(4.9)
    assert bed.timer.phase is Phase.PRESSING
    bed.go_on(0.1 + 3.0)
    bed.key()
    assert bed.told == [(3.0, 1), "finished"]


@pytest.mark.parametrize("after", [1.0, 6.0, 60.0])
def test_escape_drops_it_whatever_it_is_doing(bed: Bed, after: float) -> None:
    bed.timer.start("right index")
    bed.go_on(after)
    bed.key(KEYS.Key_Escape)
    assert bed.told == ["cancelled"]
    bed.key(KEYS.Key_7)
    assert bed.entry.text() == "7"


def test_thirty_seconds_offer_no_refill_and_write_nothing_by_themselves(bed: Bed) -> None:
    bed.timer.start("right index")
    bed.go_on(35.0)
    assert (bed.timer.face.word, bed.timer.face.number, bed.told) == ("NO REFILL?", ">30 s", [])
    bed.go_on(600.0)
    assert bed.told == []
    bed.key()
    assert bed.told == [("no refill", 1), "finished"]


def test_a_held_key_repeats_into_nothing(bed: Bed) -> None:
    bed.timer.start("right index", held_key=KEYS.Key_Space)
    for _ in range(20):
        bed.go_on(0.2)
        bed.send(QEvent.Type.KeyPress, KEYS.Key_Space, repeated=True)
        bed.send(QEvent.Type.KeyRelease, KEYS.Key_Space, repeated=True)
    assert bed.timer.phase is Phase.PRESSING
    bed.send(QEvent.Type.KeyRelease, KEYS.Key_Space)
    bed.go_on(1.0)
    assert (bed.timer.phase, bed.told) == (Phase.REFILLING, [])


def test_repeats_that_come_unmarked_are_no_keys_either(bed: Bed) -> None:
    """As an X server sends them: a release and a press of one instant, of which Qt has not seen the second in time."""
    bed.timer.start("right index", held_key=KEYS.Key_Space)
    for number in range(1, 40):
        bed.go_on(0.2)
        bed.send(QEvent.Type.KeyRelease, KEYS.Key_Space, instant=5000 + 40 * number)
        bed.send(QEvent.Type.KeyPress, KEYS.Key_Space, instant=5000 + 40 * number)
    assert (bed.timer.phase, bed.told) == (Phase.REFILLING, [])


def test_a_pedal_held_through_stops_at_the_time_when_it_is_let_go(bed: Bed, qtbot: QtBot) -> None:
    bed.timer.start("right index", held_key=KEYS.Key_Space)
    bed.go_on(7.5)
    bed.send(QEvent.Type.KeyRelease, KEYS.Key_Space)
    bed.now += 0.4
    qtbot.waitUntil(lambda: bed.told == [(2.5, 1), "finished"])


def test_a_pedal_let_go_at_the_word_measures_nothing(bed: Bed, qtbot: QtBot) -> None:
    bed.timer.start("right index", held_key=KEYS.Key_Space)
    bed.go_on(5.3)
    bed.send(QEvent.Type.KeyRelease, KEYS.Key_Space)
    qtbot.waitUntil(lambda: not bed.timer.is_held)
    assert bed.told == []
    bed.go_on(2.0)
    bed.key()
    assert bed.told == [(2.3, 1), "finished"]


def timed(bed: Bed, seconds: float) -> None:
    """Press for five seconds, let go, and stop after these."""
    bed.go_on(5.0 + seconds)
    bed.key()


def test_three_presses_are_timed_one_after_another_and_each_is_kept(bed: Bed) -> None:
    bed.timer.set_options(presses=3, sound=False)
    bed.timer.start("right index")
    timed(bed, 2.0)
    assert (bed.timer.face.word, bed.timer.face.number) == ("READY", "2 of 3")
    bed.go_on(60.0)
    bed.key()
    timed(bed, 2.4)
    bed.key()
    timed(bed, 2.2)
    assert bed.told == [(2.0, 1), (2.4, 2), (2.2, 3), "finished"]


def test_a_slip_between_presses_is_taken_back_with_one_key(bed: Bed) -> None:
    bed.timer.set_options(presses=3, sound=False)
    bed.timer.start("right index")
    timed(bed, 0.2)
    bed.key(KEYS.Key_Backspace)
    assert bed.timer.face.number == "1 of 3"
    bed.key()
    timed(bed, 2.0)
    QTest.keyClick(bed.entry, KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bed.told == [(0.2, 1), ("taken back", 1), (2.0, 1), ("taken back", 1)]


def test_escape_between_presses_keeps_what_was_timed(bed: Bed) -> None:
    bed.timer.set_options(presses=3, sound=False)
    bed.timer.start("right index")
    timed(bed, 2.0)
    bed.key(KEYS.Key_Escape)
    assert bed.told == [(2.0, 1), "finished"]


def test_the_nail_bed_is_offered_and_taken_by_key_or_tap_while_pressing(bed: Bed) -> None:
    for is_tap in (False, True):
        bed.told.clear()
        bed.timer.start("right index", offer="On this fingertip: ulcer A. The nail bed can be pressed instead.")
        assert nail_bed(bed).isVisible()
        bed.go_on(3.0)
        if is_tap:
            QTest.mouseClick(nail_bed(bed), Qt.MouseButton.LeftButton)
        else:
            bed.key(KEYS.Key_B)
        assert bed.told == ["nail bed"]
        assert not nail_bed(bed).isVisible()
        bed.go_on(4.9)
        assert bed.timer.phase is Phase.PRESSING


def nail_bed(bed: Bed) -> QPushButton:
    """The button that takes the nail bed."""
    return next(each for each in bed.timer.findChildren(QPushButton) if each.text() == "Nail bed (b)")


def test_without_an_offer_b_is_a_key_like_any_other(bed: Bed) -> None:
    bed.timer.start("right index")
    bed.go_on(3.0)
    bed.key(KEYS.Key_B)
    assert (bed.told, nail_bed(bed).isVisible()) == ([], False)


def test_out_of_sight_it_ends_and_leaves_the_keys_alone(bed: Bed) -> None:
    bed.timer.start("right index")
    bed.timer.hide()
    assert bed.told == ["cancelled"]
    bed.key(KEYS.Key_5)
    assert bed.entry.text() == "5"


@pytest.mark.parametrize("dark", [False, True])
def test_the_word_is_read_on_light_and_on_dark_ground(bed: Bed, dark: bool) -> None:
    palette = QPalette(Qt.GlobalColor.black) if dark else QPalette(Qt.GlobalColor.white)
    bed.timer.setPalette(palette)
    bed.timer.start("right index")
    pressing = bed.timer.face.colours()
    bed.go_on(6.0)
    releasing = bed.timer.face.colours()
    assert contrast(*pressing) >= 4.5
    assert releasing == tuple(reversed(pressing))
