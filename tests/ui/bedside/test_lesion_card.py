"""The card beside a mark: keys alone, every answer at once on the disk, the mark in sight, the keyboard given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.records import Lesion, LesionState
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind, Origin, Status
from ssc_hand.ui.bedside.lesion_card import LesionCard, place_beside
from ssc_hand.ui.bedside.lesion_desk import LesionDesk
from ssc_hand.ui.bedside.lesion_rows import SIZE, STATUS, read_size
from ssc_hand.ui.bedside.lesion_tab import LesionTab
from tests.builders import a_patient, a_record, a_visit
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
BEFORE = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="a", length_mm=5.0, width_mm=4.0).final()
RECORD = a_record(BEFORE, patient=PATIENT)
MARK = QRect(300, 200, 50, 50)
KEYS = Qt.Key


class Bed:
    """A drawing with the keyboard, and the card over it."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.drawing = QWidget()
        self.drawing.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        qtbot.addWidget(self.drawing)
        self.tab = LesionTab()
        qtbot.addWidget(self.tab)
        self.refusals: list[str] = []
        self.widget = LesionDesk(desk.editor, self.tab, self.drawing, lambda _lesion: MARK, self.drawing)
        self.widget.refused.connect(self.refusals.append)
        desk.editor.visit_changed.connect(lambda visit: self.widget.show_visit(desk.editor.record, visit))
        self.drawing.resize(900, 600)
        self.drawing.show()
        self.drawing.activateWindow()
        qtbot.waitUntil(self.drawing.isActiveWindow)
        self.drawing.setFocus()

    @property
    def card(self) -> LesionCard:
        return self.widget.card

    def add(self, kind: LesionKind = LesionKind.ULCER, site: str = "R.D2.distal") -> Lesion:
        """A new lesion with its card open."""
        self.widget.add(kind, parse_site(site), Aspect.PALMAR, (0.5, 0.1))
        return self.desk.record.lesions[-1]

    def type(self, *keys: str | Qt.Key) -> None:
        """Keys, one after the other, wherever the keyboard is."""
        for key in keys:
            for each in key if isinstance(key, str) else [key]:
                self.qtbot.keyClick(self.card, each)

    def state(self, lesion_id: str) -> LesionState:
        """What is on disk."""
        self.desk.wait()
        return self.desk.visit_on_disk().states[lesion_id]


@pytest.fixture
def bed(qtbot: QtBot, tmp_path: Path) -> Iterator[Bed]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        desk.start(PATIENT.id)
        yield Bed(qtbot, desk)


def test_a_whole_ulcer_is_entered_by_keys_alone(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("1", "4.5x3", KEYS.Key_Return, "2", "3", "1", "7")
    state = bed.state(ulcer.id)
    assert (state.status, state.length_mm, state.width_mm) == (Status.ACTIVE, 4.5, 3.0)
    assert (state.depth, state.infection, state.pain) == (Depth.DEEP, Judgement.YES, 7)
    assert bed.desk.on_disk(PATIENT.id).lesion(ulcer.id).origin is Origin.PURE


def test_a_letter_goes_to_its_row_from_any_other(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("i", "2", "d", "1")
    state = bed.state(ulcer.id)
    assert (state.infection, state.depth) == (Judgement.SUSPECTED, Depth.SUPERFICIAL)


def test_the_worst_pain_has_a_key_of_its_own(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("p", "1")
    assert bed.state(ulcer.id).pain == 1
    bed.type("0")
    assert bed.state(ulcer.id).pain == 0
    bed.type("t")
    assert bed.state(ulcer.id).pain == 10


def test_the_kind_is_changed_on_the_card_and_its_rows_follow(bed: Bed) -> None:
    lesion = bed.add()
    bed.type("k", "5")
    bed.desk.wait()
    assert bed.desk.on_disk(PATIENT.id).lesion(lesion.id).kind is LesionKind.CONTRACTURE
    bed.type("s", "2")
    assert bed.state(lesion.id).status is Status.RESOLVED
    bed.type("m")
    assert bed.card.row is not SIZE


def test_a_lesion_of_an_earlier_visit_keeps_its_kind(bed: Bed) -> None:
    bed.widget.open("a")
    bed.type("k")
    assert bed.card.row is STATUS
    bed.type("2")
    assert bed.state("a").status is Status.INDETERMINATE


def test_a_key_that_is_held_answers_one_row(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("o")
    for is_repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, KEYS.Key_3, Qt.KeyboardModifier.NoModifier, "3", autorep=is_repeat)
        QApplication.sendEvent(bed.card, event)
    assert bed.card.row.letter == "d"
    assert bed.state(ulcer.id).depth is None


def test_a_size_is_one_step_and_undone_as_one(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "4 3", KEYS.Key_Return)
    assert bed.desk.editor.undo_stack.undoText() == "Size of lesion B"
    bed.desk.editor.undo_stack.undo()
    state = bed.state(ulcer.id)
    assert (state.length_mm, state.width_mm) == (None, None)


def test_a_size_beyond_what_can_be_is_refused_and_stays_to_be_mended(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "400", KEYS.Key_Return)
    assert bed.card.row is SIZE
    assert bed.state(ulcer.id).length_mm is None
    bed.type(KEYS.Key_Backspace, KEYS.Key_Backspace, KEYS.Key_Return, KEYS.Key_Return)
    assert bed.state(ulcer.id).length_mm == 4.0


def test_a_width_typed_after_enter_is_the_width_and_answers_no_other_row(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "4", KEYS.Key_Return, "2,5", KEYS.Key_Return)
    assert (bed.state(ulcer.id).length_mm, bed.state(ulcer.id).width_mm) == (4.0, 2.5)
    assert bed.desk.on_disk(PATIENT.id).lesion(ulcer.id).origin is None


@pytest.mark.parametrize("row", ["m", "p"])
def test_a_point_where_a_number_is_asked_for_leaves_no_digit_for_the_path(bed: Bed, row: str) -> None:
    bed.add()
    bed.type(row, ".")
    assert bed.card.hasFocus() and bed.card.isVisible()


def test_nought_after_one_asks_whether_ten_was_meant(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("p", "1", "0")
    assert "Was ten meant" in " ".join(label.text() for label in bed.card.findChildren(QLabel))
    bed.type("t")
    assert bed.state(ulcer.id).pain == 10


def test_what_is_typed_goes_to_the_record_when_a_letter_leaves_the_row(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "6x2", "d")
    assert (bed.state(ulcer.id).length_mm, bed.state(ulcer.id).width_mm) == (6.0, 2.0)


def test_backspace_with_nothing_typed_makes_a_row_not_recorded_again(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("d", "3", "d", KEYS.Key_Backspace, "m", "4x3", KEYS.Key_Return, "m", KEYS.Key_Backspace)
    state = bed.state(ulcer.id)
    assert (state.depth, state.length_mm, state.width_mm) == (None, None, None)


def test_a_key_that_answers_nothing_records_nothing_and_says_so(bed: Bed) -> None:
    ulcer = bed.add()
    before = bed.state(ulcer.id)
    bed.type("9", "z")
    assert bed.state(ulcer.id) == before
    assert bed.card.row is STATUS


@pytest.mark.parametrize("key", [KEYS.Key_Escape, "."])
def test_escape_or_a_point_closes_it_and_gives_the_keyboard_back(bed: Bed, key: str | Qt.Key) -> None:
    bed.add()
    assert bed.card.hasFocus()
    bed.type(key)
    assert not bed.card.isVisible()
    assert bed.drawing.hasFocus()


def test_escape_drops_what_is_typed_before_it_closes(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "4", KEYS.Key_Escape)
    assert bed.card.isVisible()
    bed.type(KEYS.Key_Escape)
    assert not bed.card.isVisible()
    assert bed.state(ulcer.id).length_mm is None


def test_enter_goes_from_row_to_row_and_closes_at_the_end(bed: Bed) -> None:
    bed.add(LesionKind.PITTING_SCAR)
    bed.type(KEYS.Key_Return, KEYS.Key_Return)
    assert bed.card.isVisible()
    bed.type(KEYS.Key_Return)
    assert not bed.card.isVisible()


def test_undoing_the_lesion_closes_its_card(bed: Bed) -> None:
    bed.add()
    bed.desk.editor.undo_stack.undo()
    assert not bed.card.isVisible()


def test_a_final_visit_opens_no_card(bed: Bed) -> None:
    bed.add()
    bed.desk.editor.finish()
    assert not bed.card.isVisible()
    bed.widget.open("a")
    assert not bed.card.isVisible()


def test_every_target_on_the_card_is_large_enough_for_a_finger(bed: Bed) -> None:
    bed.add()
    least = bed.card._target()
    for button in bed.card.findChildren(QWidget):
        if button.inherits("QPushButton") and button.isVisible():
            assert button.width() >= least and button.height() >= least


@pytest.mark.parametrize("x", [0, 200, 450, 600, 850])
@pytest.mark.parametrize("y", [0, 250, 550])
def test_the_card_stands_beside_its_mark_and_within_the_drawing(x: int, y: int) -> None:
    mark, size, room = QRect(x, y, 50, 50), QSize(300, 280), QSize(900, 600)
    found = QRect(place_beside(mark, size, room), size)
    assert not found.intersects(mark)
    assert QRect(QPoint(0, 0), room).contains(found)


@pytest.mark.parametrize("x", [80, 520])
def test_under_a_fingertip_it_leaves_the_other_hand_in_sight(x: int) -> None:
    mark, size, room = QRect(x, 70, 50, 50), QSize(340, 250), QSize(640, 400)
    found = QRect(place_beside(mark, size, room), size)
    assert found.top() > mark.bottom()
    half = QRect(0 if x < 320 else 320, 0, 320, 400)
    assert (found & half).width() >= 300


def test_in_a_narrow_drawing_it_stands_above_or_below() -> None:
    mark, size, room = QRect(150, 20, 50, 50), QSize(300, 280), QSize(350, 600)
    found = QRect(place_beside(mark, size, room), size)
    assert not found.intersects(mark)


@pytest.mark.parametrize(
    ("text", "length", "width"),
    [("4x3", 4.0, 3.0), ("4,5 × 3", 4.5, 3.0), ("4 3", 4.0, 3.0), ("4.5", 4.5, None), ("4x", 4.0, None)],
)
def test_sizes_are_read_as_people_write_them(text: str, length: float, width: float | None) -> None:
    assert read_size(text) == (length, width)


@pytest.mark.parametrize("text", ["", "x", "4x3x2", "a", "4..5", "101"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_size(text)


def test_a_press_answers_as_a_key_does(bed: Bed) -> None:
    ulcer = bed.add()
    for text in ("i  Infection", "2  suspected", "p  Pain", "8"):
        buttons = [each for each in bed.card.findChildren(QPushButton) if each.isVisible()]
        button = next(each for each in buttons if each.text() == text or each.text().startswith(text + "\n"))
        bed.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    state = bed.state(ulcer.id)
    assert (state.infection, state.pain) == (Judgement.SUSPECTED, 8)
    assert bed.card.hasFocus()


def test_an_unusual_size_is_asked_about_once(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "45x3", KEYS.Key_Return)
    assert bed.card.row is SIZE and bed.state(ulcer.id).length_mm is None
    bed.type(KEYS.Key_Return)
    assert bed.state(ulcer.id).length_mm == 45.0


def test_what_is_typed_is_recorded_when_the_keyboard_goes_elsewhere(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "6x2")
    bed.drawing.setFocus()
    assert (bed.state(ulcer.id).length_mm, bed.state(ulcer.id).width_mm) == (6.0, 2.0)


def test_what_is_typed_is_recorded_when_another_lesion_is_opened(bed: Bed) -> None:
    ulcer = bed.add()
    bed.type("m", "6x2")
    bed.widget.open("a")
    assert bed.state(ulcer.id).length_mm == 6.0
    assert "a" not in bed.desk.visit_on_disk().states


def test_a_size_that_cannot_be_is_told_when_the_card_closes_over_it(bed: Bed) -> None:
    bed.add()
    bed.type("m", "400")
    bed.card.close_card()
    assert len(bed.refusals) == 1 and bed.refusals[0].startswith("Not recorded: ")


def test_the_card_stays_within_a_drawing_that_grows_smaller(bed: Bed) -> None:
    bed.add()
    bed.drawing.resize(600, 480)
    bed.qtbot.waitUntil(lambda: bed.drawing.rect().contains(bed.card.geometry()))
