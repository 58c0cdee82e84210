"""Timer, number pad and account around the path of entry, over a real clinic."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QSettings, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.path import Stop
from ssc_hand.domain.vocabulary import Judgement, Reason, RefillSite
from ssc_hand.domain.warnings import limits_of
from ssc_hand.ui.bedside.aids import Aids
from ssc_hand.ui.bedside.keys import BedsideKeys
from ssc_hand.ui.bedside.number_pad import PadKey
from ssc_hand.ui.bedside.refill_timer import RefillTimer
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.settled import Tone
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
BEFORE = (
    a_visit("2025-09-01T09:00")
    .at("R.D2", crt=1.0)
    .with_ulcer("R.D3.distal", id="u", infection=Judgement.YES, exposed_bone=True)
    .final()
)
RECORD = a_record(BEFORE, patient=PATIENT)
CRT, PAIN = CATALOGUE["crt"], CATALOGUE["pain"]
THUMB, INDEX, MIDDLE = (parse_site(f"R.D{n}") for n in (1, 2, 3))


class Bedside:
    """A window with a place for the hands, tabs, and the aids of a path over refill and pain."""

    def __init__(self, qtbot: QtBot, desk: Desk, settings: QSettings) -> None:
        self.desk = desk
        self.now = 1000.0
        self.window, self.hands, self.tabs = QWidget(), QWidget(), QTabWidget()
        self.hands.setMinimumHeight(100)
        self.hands.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hands.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        for name in ("Chosen place", "Lesions"):
            self.tabs.addTab(QWidget(), name)
        self.path = EntryPath(desk.editor, SiteSelection(self.window), lambda: "in plaster", self.window)
        self.path.ask_for([PAIN, CRT])
        self.aids = Aids(self.path, desk.editor, self.tabs, settings)
        self.aids.show_pad_on_touch(self.hands)
        BedsideKeys(self.path, self.hands)
        column = QVBoxLayout(self.window)
        for each in (self.hands, self.aids.bar, self.tabs):
            column.addWidget(each)
        desk.editor.visit_changed.connect(self.show_visit)
        qtbot.addWidget(self.window)
        self.window.resize(460, 760)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.show_visit()
        self.hands.setFocus()

    def show_visit(self) -> None:
        """As the page does at every change."""
        self.path.show_visit()
        self.aids.show_visit()

    @property
    def timer(self) -> RefillTimer:
        """The timer, on the time of the test."""
        assert self.aids.timer is not None
        return self.aids.timer

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.timer.tick()

    def start(self, code: str = "R.D2") -> None:
        """Space on the empty refill of a digit."""
        self.path.go(Stop("crt", parse_site(code)))
        self.path.key(Qt.Key.Key_Space, " ")
        self.release(Qt.Key.Key_Space)

    def release(self, key: Qt.Key) -> None:
        """Let a key go."""
        QApplication.sendEvent(self.hands, QKeyEvent(QEvent.Type.KeyRelease, key, Qt.KeyboardModifier.NoModifier))

    def time(self, seconds: float, key: Qt.Key = Qt.Key.Key_F13) -> None:
        """Press five seconds, let go, and stop with a key after these."""
        self.go_on(5.0 + seconds)
        QTest.keyClick(self.hands, key)

    def value(self, site: Site, repeat: int = 1, key: str = "crt") -> Any:
        """What is on disk."""
        self.desk.wait()
        found = self.desk.visit_on_disk().observations.get((site, key, repeat))
        return found and (found.reason if found.value is None else found.value)

    def tap(self, *names: str) -> None:
        """Tap keys of the pad."""
        assert self.aids.pad is not None
        for name in names:
            found = next(
                k for k in self.aids.pad.findChildren(PadKey) if k.text().replace("\n", " ") == name and k.isVisible()
            )
            QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def texts(self) -> str:
        """What stands on the bar."""
        return " | ".join(label.text() for label in self.aids.bar.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def bed(qtbot: QtBot, tmp_path: Path, settings: QSettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bedside]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        desk.start(PATIENT.id)
        found = Bedside(qtbot, desk, settings)
        monkeypatch.setattr("ssc_hand.ui.bedside.refill_timer.time.monotonic", lambda: found.now)
        yield found
        if found.aids.timer is not None:
            found.timer.cancel()


def test_space_on_an_empty_refill_times_it_writes_it_and_goes_to_the_next_digit(bed: Bedside) -> None:
    bed.start()
    assert bed.timer.is_running
    bed.time(2.3)
    assert bed.value(INDEX) == 2.3
    assert bed.path.stop == Stop("crt", MIDDLE)
    assert not bed.timer.isVisible()


def test_a_slip_is_undone_with_one_key(bed: Bedside) -> None:
    bed.start()
    bed.time(0.1)
    bed.path.key(Qt.Key.Key_Backspace, "\b")
    assert bed.value(INDEX) is None
    assert bed.path.stop == Stop("crt", INDEX)
    bed.path.key(Qt.Key.Key_Space, " ")
    bed.time(2.0)
    bed.desk.editor.undo_stack.undo()
    assert bed.value(INDEX) is None


def test_no_refill_is_recorded_by_a_key_and_never_by_itself(bed: Bedside) -> None:
    bed.start()
    bed.go_on(300.0)
    assert bed.path.stop == Stop("crt", INDEX)
    assert (INDEX, "crt", 1) not in bed.desk.visit.observations
    QTest.keyClick(bed.hands, Qt.Key.Key_F)
    assert bed.value(INDEX) == Beyond(30)


def test_escape_writes_nothing_and_the_path_stays(bed: Bedside) -> None:
    bed.start()
    bed.time(1.0, Qt.Key.Key_Escape)
    assert bed.path.stop == Stop("crt", INDEX)
    assert not bed.desk.visit.observations


def test_three_presses_are_kept_apart_and_remembered_as_this_user_chose(bed: Bedside, settings: QSettings) -> None:
    settings.setValue("refill/presses", 3)
    bed.start()
    for seconds in (2.0, 2.4, 2.2):
        bed.time(seconds)
        if bed.timer.is_running:
            QTest.keyClick(bed.hands, Qt.Key.Key_A)
    assert [bed.value(INDEX, repeat) for repeat in (1, 2, 3)] == [2.0, 2.4, 2.2]
    assert bed.path.stop == Stop("crt", MIDDLE)


def test_one_of_three_presses_can_be_taken_back(bed: Bedside, settings: QSettings) -> None:
    settings.setValue("refill/presses", 3)
    bed.start()
    bed.time(0.1)
    QTest.keyClick(bed.hands, Qt.Key.Key_Backspace)
    assert bed.value(INDEX) is None
    QTest.keyClick(bed.hands, Qt.Key.Key_A)
    bed.time(2.0)
    QTest.keyClick(bed.hands, Qt.Key.Key_Escape)
    assert [bed.value(INDEX, repeat) for repeat in (1, 2, 3)] == [2.0, None, None]
    assert bed.path.stop == Stop("crt", MIDDLE)


def test_a_protocol_with_three_readings_times_three(bed: Bedside) -> None:
    bed.path.ask_for([CRT], once=frozenset())
    bed.start()
    assert bed.timer.presses == 3


def test_the_nail_bed_is_offered_over_an_ulcer_of_the_fingertip_and_kept_with_the_digit(bed: Bedside) -> None:
    bed.start("R.D3")
    QTest.keyClick(bed.hands, Qt.Key.Key_B)
    bed.time(2.0)
    assert bed.value(MIDDLE) == 2.0
    assert bed.value(MIDDLE, key="refill_place") is RefillSite.NAIL_BED
    assert bed.value(INDEX, key="refill_place") is None
    assert bed.desk.visit_on_disk().refill_site is None
    bed.start("R.D3")
    assert "Pressed at the nail bed." in [label.text() for label in bed.timer.findChildren(QLabel)]


def test_another_visit_ends_the_timer_without_a_value(bed: Bedside) -> None:
    bed.start()
    bed.desk.show(PATIENT.id, RECORD.visits[0].id)
    assert not bed.timer.is_running


def test_the_timer_starts_for_refill_only(bed: Bedside) -> None:
    bed.path.go(Stop("pain", INDEX))
    bed.aids.start_timer()
    assert bed.aids.timer is None


@pytest.mark.parametrize("marked", [True, False])
def test_a_key_held_down_types_one_value_however_its_repeats_are_told(bed: Bedside, marked: bool) -> None:
    def send(kind: QEvent.Type, instant: int, *, repeated: bool) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_7, Qt.KeyboardModifier.NoModifier, "7", repeated)
        event.setTimestamp(instant)
        QApplication.sendEvent(bed.hands, event)

    bed.path.go(Stop("pain", THUMB))
    send(QEvent.Type.KeyPress, 100, repeated=False)
    for instant in range(760, 1400, 40):
        send(QEvent.Type.KeyRelease, instant, repeated=marked)
        send(QEvent.Type.KeyPress, instant, repeated=marked)
    assert [bed.value(site, key="pain") for site in (THUMB, INDEX, MIDDLE)] == [7, None, None]


# -- the pad


def test_the_pad_types_along_the_path_as_keys_do(bed: Bedside) -> None:
    bed.aids.bar.pad.click()
    bed.path.go(Stop("pain", THUMB))
    bed.tap("7", "10")
    bed.path.go(Stop("crt", THUMB))
    bed.tap("2", ".", "5", "No refill", "Could not be assessed …", "dressing", "Not done")
    assert (bed.value(THUMB, key="pain"), bed.value(INDEX, key="pain")) == (7, 10)
    found = [bed.value(Site(THUMB.hand, digit)) for digit in [parse_site(f"R.D{n}").digit for n in (1, 2, 3, 4)]]
    assert found == [2.5, Beyond(30), Reason.DRESSING, Reason.NOT_DONE]


def test_the_first_touch_brings_the_pad_and_whoever_closes_it_is_left_alone(bed: Bedside) -> None:
    device = QTest.createTouchDevice()

    def touch() -> None:
        QTest.touchEvent(bed.hands, device).press(1, QPoint(20, 20), bed.hands).commit()
        QTest.touchEvent(bed.hands, device).release(1, QPoint(20, 20), bed.hands).commit()

    assert bed.aids.pad is None
    touch()
    assert bed.aids.pad is not None and bed.aids.pad.isVisible()
    bed.aids.bar.pad.click()
    touch()
    assert not bed.aids.pad.isVisible()


def test_a_tab_that_is_pressed_takes_its_place_from_the_pad(bed: Bedside) -> None:
    bed.aids.bar.pad.click()
    assert bed.aids.pad is not None
    bar = bed.tabs.tabBar()
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(0).center())
    assert not bed.aids.pad.isVisible()


# -- the account, and what is asked again


def test_the_account_follows_every_value_and_leads_to_the_next_missing_one(bed: Bedside) -> None:
    assert bed.texts().startswith("0 of 20, 20 missing; lesions: 0 of 1 re-examined")
    for key in "345":
        bed.path.key(Qt.Key(Qt.Key.Key_0 + int(key)), key)
    assert bed.texts().startswith("3 of 20, 17 missing")
    bed.path.go(Stop("pain", THUMB))
    bed.aids.bar.next_missing_requested.emit()
    assert bed.path.stop == Stop("pain", parse_site("R.D4"))


def test_a_value_far_from_the_last_visit_is_said_and_the_path_goes_on(bed: Bedside) -> None:
    bed.path.go(Stop("crt", INDEX))
    for key in ("8", ".", "5"):
        bed.path.key(0, key)
    assert bed.path.stop == Stop("crt", MIDDLE)
    assert bed.path.note.startswith("right index 8.5 s: Far from the last visit (+7.5 s")
    assert bed.path.tone is Tone.ASKING


def test_what_was_confirmed_is_not_asked_again_and_what_was_timed_is(bed: Bedside) -> None:
    bed.path.go(Stop("crt", THUMB))
    for key in ("1", "2", ".", "5"):
        bed.path.key(0, key)
    bed.path.key(Qt.Key.Key_Return, "\r")
    assert (bed.value(THUMB), bed.path.note) == (12.5, "")
    bed.start("R.D4")
    bed.time(14.0)
    assert bed.path.note.startswith("right ring 14.0 s: Outside the usual 0 to 10")


def test_the_limits_are_the_clinics(bed: Bedside) -> None:
    bed.aids.set_limits(limits_of(the_settings(far_refill=10.0)))
    bed.path.go(Stop("crt", INDEX))
    for key in ("8", ".", "5"):
        bed.path.key(0, key)
    assert bed.path.note == ""


def test_an_infected_ulcer_over_bone_stands_as_a_reminder_once_it_is_recorded_today(bed: Bedside) -> None:
    assert "osteomyelitis" not in bed.texts()
    bed.desk.editor.set_state("u", "infection", Judgement.YES)
    assert "Consider osteomyelitis" in bed.texts()
    bed.desk.editor.set_state("u", "osteomyelitis", False)
    assert "osteomyelitis" not in bed.texts()


def test_a_tab_that_something_else_brings_is_not_left_beneath_the_pad(bed: Bedside) -> None:
    bed.tabs.setCurrentIndex(1)
    bed.aids.bar.pad.click()
    assert bed.aids.pad is not None and bed.aids.pad.isVisible()
    bed.tabs.setCurrentIndex(1)
    assert not bed.aids.pad.isVisible()
