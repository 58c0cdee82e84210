"""Lesions of earlier visits asked about again: one key each, then the next; silence stays "not re-examined"."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.amputations import CHECK
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.lesions import is_reviewed
from ssc_hand.domain.vocabulary import AmputationCheck, AmputationLevel, LesionKind, SizeChange, Status
from ssc_hand.ui.bedside.lesion_desk import LesionDesk
from ssc_hand.ui.bedside.lesion_tab import LesionTab
from ssc_hand.ui.bedside.reexamine_list import _Lines
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from tests.builders import a_patient, a_record, a_visit, an_amputation
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
BEFORE = (
    a_visit("2025-09-01T09:00")
    .with_ulcer("L.D3.distal", id="a", length_mm=5.0, width_mm=4.0)
    .with_lesion(LesionKind.PITTING_SCAR, "R.D2.distal", id="b")
    .with_lesion(LesionKind.CONTRACTURE, "R.D5.middle", id="c")
    .final()
)
RECORD = a_record(BEFORE, patient=PATIENT)


class Round:
    """The tab of lesions over a real desk."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.tab = LesionTab()
        qtbot.addWidget(self.tab)
        self.drawing = QWidget()
        qtbot.addWidget(self.drawing)
        self.refusals: list[str] = []
        self.shown: list[str] = []
        self.ended = 0
        self.widget = LesionDesk(desk.editor, self.tab, self.drawing, lambda _lesion: self.drawing.rect(), self.tab)
        self.widget.refused.connect(self.refusals.append)
        self.widget.lesion_shown.connect(lambda lesion: self.shown.append(lesion.letter))
        self.tab.review.finished.connect(self._on_finished)
        desk.editor.visit_changed.connect(lambda visit: self.widget.show_visit(desk.editor.record, visit))
        self.widget.show_visit(desk.record, desk.visit)
        self.tab.resize(430, 700)
        self.tab.show()
        self.tab.activateWindow()
        qtbot.waitUntil(self.tab.isActiveWindow)

    def _on_finished(self) -> None:
        self.ended += 1

    def keys(self, text: str) -> None:
        """Keys to the list."""
        self.qtbot.keyClicks(self.tab.review.findChild(_Lines), text)

    def states(self) -> dict[str, tuple[Status, SizeChange | None]]:
        """What is on disk."""
        self.desk.wait()
        return {key: (each.status, each.size_change) for key, each in self.desk.visit_on_disk().states.items()}

    def words(self) -> str:
        """All that can be read."""
        return "\n".join(label.text() for label in self.tab.findChildren(QLabel) if label.isVisible())

    def button(self, start: str) -> QPushButton:
        """The visible button whose text begins so."""
        buttons = self.tab.findChildren(QPushButton)
        return next(each for each in buttons if each.isVisible() and each.text().startswith(start))


@pytest.fixture
def round_(qtbot: QtBot, tmp_path: Path) -> Iterator[Round]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        desk.start(PATIENT.id)
        yield Round(qtbot, desk)


def test_three_keys_answer_for_three_lesions(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("215")
    assert round_.states() == {
        "a": (Status.ACTIVE, SizeChange.SMALLER),
        "b": (Status.PRESENT, SizeChange.SAME),
        "c": (Status.RESOLVED, None),
    }


def test_a_key_that_is_held_answers_for_one_lesion(round_: Round) -> None:
    round_.widget.begin_review()
    lines = round_.tab.review.findChild(_Lines)
    assert lines is not None
    for is_repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", autorep=is_repeat)
        QApplication.sendEvent(lines, event)
    assert [key for key, (status, _change) in round_.states().items() if status is not Status.NOT_REEXAMINED] == ["a"]


def test_the_drawing_follows_the_lesion_that_is_asked_about(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("6")
    assert round_.shown[-1] == "B"


def test_it_ends_only_when_somebody_has_looked_at_both_hands(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("211")
    assert round_.ended == 0 and not is_reviewed(round_.desk.record, round_.desk.visit)
    round_.keys("0")
    round_.desk.wait()
    assert round_.desk.visit_on_disk().lesions_reviewed is True
    assert is_reviewed(round_.desk.record, round_.desk.visit)
    assert round_.ended == 1 and not round_.tab.is_asking


def test_the_look_at_both_hands_can_be_taken_back(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("0")
    round_.desk.editor.undo_stack.undo()
    round_.desk.wait()
    assert round_.desk.visit_on_disk().lesions_reviewed is None
    assert "Both hands looked at for lesions: not recorded" in _after_leaving(round_)


def _after_leaving(round_: Round) -> str:
    round_.tab.show_lesions()
    return round_.words()


def test_a_key_that_does_not_fit_changes_nothing(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("9x")
    assert round_.desk.visit.states == {}
    round_.keys("6")
    round_.keys("4")  # a scar has no scab
    assert set(round_.desk.visit.states) == {"a"}


def test_healed_says_beneath_its_button_what_it_means(round_: Round) -> None:
    round_.widget.begin_review()
    assert "healed: wholly covered by new skin; pain or colour may remain. (Working definitions" in round_.words()
    assert round_.button("5  healed").accessibleDescription().startswith("wholly covered")


def test_every_answer_is_in_sight_on_a_small_screen(round_: Round) -> None:
    round_.tab.resize(430, 400)
    round_.tab.show()
    round_.widget.begin_review()
    QApplication.processEvents()
    for button in round_.tab.review.findChildren(QPushButton):
        corner = button.mapTo(round_.tab, button.rect().bottomRight())
        assert round_.tab.rect().contains(corner), button.text()


def test_what_was_answered_and_what_waits_is_told(round_: Round) -> None:
    round_.widget.begin_review()
    assert "Lesions of earlier visits: 0 of 3 re-examined" in round_.words()
    lines = round_.tab.review.findChild(_Lines)
    assert isinstance(lines, _Lines)
    assert lines.item(0).text() == (
        "A   ulcer, left middle, distal phalanx, palm\nlast: active, 5 × 4 mm  →  not re-examined"
    )
    round_.keys("3")
    assert lines.item(0).text().endswith("→  larger, active")
    assert "Lesions of earlier visits: 1 of 3 re-examined" in round_.words()


def test_a_press_answers_as_a_key_does_and_every_button_fits_a_finger(round_: Round) -> None:
    round_.widget.begin_review()
    least = millimetres(round_.tab, TARGET_MM)
    for button in round_.tab.findChildren(QPushButton):
        if button.isVisible():
            assert button.height() >= least and button.width() >= least
    round_.qtbot.mouseClick(round_.button("4"), Qt.MouseButton.LeftButton)
    assert round_.states() == {"a": (Status.INDETERMINATE, None)}


def test_escape_leaves_the_rest_not_re_examined(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("1")
    round_.qtbot.keyClick(round_.tab.review.findChild(_Lines), Qt.Key.Key_Escape)
    assert round_.ended == 1
    assert set(round_.states()) == {"a"}


def test_an_answer_given_wrongly_is_given_again(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("1")
    round_.qtbot.keyClick(round_.tab.review.findChild(_Lines), Qt.Key.Key_Up)
    round_.keys("5")
    assert round_.states() == {"a": (Status.HEALED, None)}


def test_a_final_visit_asks_nothing(round_: Round) -> None:
    round_.widget.begin_review()
    round_.keys("1")
    round_.desk.editor.finish()
    assert not round_.tab.is_asking
    round_.widget.begin_review()
    assert not round_.tab.is_asking


@pytest.fixture
def with_stumps(qtbot: QtBot, tmp_path: Path) -> Iterator[Round]:
    """A lesion, a stump, and a digit that is gone; one more was lost since the visit before."""
    gone = (
        an_amputation(PATIENT, "R.D2", level=AmputationLevel.TIP),
        an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP),
        an_amputation(PATIENT, "L.D1", date=PartialDate("2026-01")),
    )
    before = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="a").final()
    with a_desk(qtbot, tmp_path / "clinic", a_record(before, patient=PATIENT, amputations=gone)) as desk:
        desk.start(PATIENT.id)
        yield Round(qtbot, desk)


def checks(round_: Round) -> dict[str, object]:
    """What is on disk about amputations."""
    round_.desk.wait()
    found = round_.desk.visit_on_disk().observations.values()
    return {each.site.code: each.value for each in found if each.measure == CHECK}


def test_amputations_of_before_are_asked_about_after_the_lesions_one_key_each(with_stumps: Round) -> None:
    with_stumps.widget.begin_review()
    assert "Lesions and amputations of earlier visits: 0 of 3 re-examined" in with_stumps.words()
    lines = with_stumps.tab.review.findChild(_Lines)
    assert isinstance(lines, _Lines)
    assert [lines.item(n).text() for n in (1, 2)] == [
        "right index: amputated 2024\nthrough the distal phalanx  →  not re-examined",
        "left little: amputated 2024\nat the knuckle (MCP)  →  not re-examined",
    ]
    with_stumps.keys("11")
    assert checks(with_stumps) == {"R.D2": AmputationCheck.AS_BEFORE}
    with_stumps.keys("10")
    assert checks(with_stumps) == dict.fromkeys(("R.D2", "L.D5"), AmputationCheck.AS_BEFORE)
    assert with_stumps.ended == 1


def test_an_answer_about_an_amputation_is_taken_back(with_stumps: Round) -> None:
    with_stumps.widget.begin_review()
    with_stumps.keys("11")
    with_stumps.desk.editor.undo_stack.undo()
    assert checks(with_stumps) == {}
    assert "1 of 3 re-examined" in with_stumps.words()


def test_changed_leads_to_where_the_level_is_recorded(with_stumps: Round) -> None:
    wanted: list[bool] = []
    with_stumps.widget.amputations_wanted.connect(lambda: wanted.append(True))
    with_stumps.widget.begin_review()
    with_stumps.keys("1")
    with_stumps.qtbot.mouseClick(with_stumps.button("3  changed"), Qt.MouseButton.LeftButton)
    assert checks(with_stumps) == {"R.D2": AmputationCheck.CHANGED}
    assert wanted == [True]
