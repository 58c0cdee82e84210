"""Lesions on the page of a visit: a press puts the mark there and opens its card, and E asks again about the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, Hand, Scope, parse_site
from ssc_hand.domain.vocabulary import LesionKind, SizeChange, Status
from ssc_hand.ui.bedside.lesion_card import LesionCard
from ssc_hand.ui.hand.view import HandView, Spot
from ssc_hand.ui.visit_page import VisitPage
from tests.builders import a_patient, a_record, a_visit
from tests.ui.desk import Desk, a_desk
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient()
BEFORE = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="a", x=0.478, y=0.14).final()
RECORD = a_record(BEFORE, patient=PATIENT)


class Page:
    """The page over a real desk, with the keyboard on the drawing."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.widget = VisitPage(desk.editor, ScriptedPrompts())
        qtbot.addWidget(self.widget)
        self.widget.resize(1250, 900)
        self.widget.show()
        self.widget.activateWindow()
        qtbot.waitUntil(self.widget.isActiveWindow)
        desk.start(PATIENT.id)
        self.widget.hands.show_aspect(Aspect.PALMAR)
        self.view.setFocus()

    @property
    def view(self) -> HandView:
        return self.widget.hands.view

    @property
    def card(self) -> LesionCard:
        return self.widget.lesion_desk.card

    def click(self, at: QPoint) -> None:
        self.qtbot.mouseClick(self.view, Qt.MouseButton.LeftButton, pos=at)

    def keys(self, text: str) -> None:
        """Keys to whatever has the keyboard."""
        for each in text:
            self.qtbot.keyClick(QApplication.focusWidget(), each)


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path) -> Iterator[Page]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        yield Page(qtbot, desk)


def test_a_press_with_a_kind_puts_the_mark_exactly_there_and_opens_its_card(page: Page) -> None:
    at = page.view.point_at(Hand.RIGHT, (0.68, 0.19))
    next(a for a in page.widget.hands.tool_actions if LesionKind.of(a.data()) is LesionKind.ULCER).trigger()
    page.click(at)
    assert page.card.isVisible() and page.card.hasFocus()
    page.keys("14x3\r")
    page.desk.wait()
    lesion = page.desk.on_disk(PATIENT.id).lesions[-1]
    assert lesion.x == pytest.approx(0.68, abs=0.01) and lesion.y == pytest.approx(0.19, abs=0.01)
    assert page.desk.visit_on_disk().states[lesion.id].length_mm == 4.0


def test_the_card_leaves_the_mark_in_sight(page: Page) -> None:
    next(a for a in page.widget.hands.tool_actions if LesionKind.of(a.data()) is LesionKind.ULCER).trigger()
    at = page.view.point_at(Hand.RIGHT, (0.68, 0.19))
    page.click(at)
    assert not page.card.geometry().contains(at)
    assert page.view.rect().contains(page.card.geometry())


def test_pressing_a_mark_opens_the_card_of_its_lesion_and_pressing_elsewhere_closes_it(page: Page) -> None:
    page.click(page.view.point_at(Hand.LEFT, (0.478, 0.14)))
    assert page.card.lesion_id == "a"
    page.click(page.view.point_of(parse_site("R.D2.proximal")))
    assert page.card.lesion_id is None and not page.card.isVisible()


def test_a_letter_puts_a_finding_on_the_current_place_and_escape_goes_back_to_the_hands(page: Page) -> None:
    page.widget.selection.choose(parse_site("R.D4"))
    page.keys("k")
    assert page.card.hasFocus()
    page.keys("\x1b")
    assert page.view.hasFocus()
    page.desk.wait()
    lesion = page.desk.on_disk(PATIENT.id).lesions[-1]
    assert (lesion.kind, lesion.site.code, lesion.is_exact) == (LesionKind.CONTRACTURE, "R.D4", False)


def test_e_asks_again_about_earlier_lesions_and_the_keyboard_comes_back(page: Page) -> None:
    page.keys("e2")
    page.desk.wait()
    state = page.desk.visit_on_disk().states["a"]
    assert (state.status, state.size_change) == (Status.ACTIVE, SizeChange.SMALLER)
    page.keys("0")
    assert page.view.hasFocus()
    page.desk.wait()
    assert page.desk.visit_on_disk().lesions_reviewed is True


def test_after_the_questions_about_lesions_the_path_stands_where_it_stood(page: Page) -> None:
    path = page.widget.bedside.path
    stop = next(stop for stop in path.stops if stop.measure.scope is Scope.DIGIT and stop.site.code == "R.D5")
    path.go(stop)
    page.keys("e2")
    assert path.stop != stop
    page.keys("0")
    assert path.stop == stop
    page.keys("e\x1b")
    assert path.stop == stop


def test_a_digit_pressed_during_the_questions_stays_the_one_asked_for(page: Page) -> None:
    path = page.widget.bedside.path
    page.keys("e")
    page.click(page.view.point_of(parse_site("R.D4.proximal")))
    page.widget.review_lesions()
    page.keys("20")
    assert path.stop is not None and path.stop.site.code == "R.D4"


def test_a_moved_mark_keeps_its_history_and_never_changes_its_hand(page: Page) -> None:
    refusals: list[str] = []
    page.widget.refused.connect(refusals.append)
    other_hand = Spot(parse_site("R.D3.distal"), Aspect.PALMAR, (0.5, 0.1), QPoint())
    page.widget.hands.lesion_moved.emit("a", other_hand)
    assert "a lesion never changes its hand" in refusals[0]
    page.widget.hands.lesion_moved.emit("a", Spot(parse_site("L.D3.middle"), Aspect.PALMAR, (0.5, 0.3), QPoint()))
    page.desk.wait()
    record = page.desk.on_disk(PATIENT.id)
    assert (record.lesion("a").site.code, record.lesion("a").letter) == ("L.D3.middle", "A")
    assert record.visits[0].states["a"].status is Status.ACTIVE
