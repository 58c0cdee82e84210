"""The account of a visit in one line, with the way to the next missing value."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.account import Account, account
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.path import DigitOrder, stops
from ssc_hand.domain.warnings import Cause, SoftWarning
from ssc_hand.ui.bedside.account_bar import AccountBar
from tests.builders import VisitBuilder, a_record, a_visit


def of(builder: VisitBuilder) -> Account:
    """The account of a visit over pain."""
    record = a_record(builder)
    visit = record.visits[-1]
    return account(record, visit, stops(DigitOrder(), [CATALOGUE["pain"]], record, visit))


@pytest.fixture
def bar(qtbot: QtBot) -> AccountBar:
    made = AccountBar()
    qtbot.addWidget(made)
    made.resize(700, 60)
    made.show()
    qtbot.waitExposed(made)
    return made


def texts(bar: AccountBar) -> list[str]:
    """What stands on the bar."""
    return [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]


def button(bar: AccountBar, text: str) -> QToolButton:
    """The button with this text."""
    return next(each for each in bar.findChildren(QToolButton) if each.text().startswith(text))


def test_the_account_is_told_and_the_missing_are_named(bar: AccountBar) -> None:
    bar.show_account(of(a_visit().at("R.D2", pain=3)), can_edit=True)
    (words,) = texts(bar)
    assert words == "1 of 10, 9 missing; hands not yet looked at for lesions"
    label = next(each for each in bar.findChildren(QLabel) if each.text() == words)
    at = QPointF(3, 3)
    QApplication.sendEvent(label, QEnterEvent(at, at, label.mapToGlobal(at)))
    assert "Pain now: right thumb, right middle" in label.toolTip()


def test_a_screen_reader_is_told_what_is_missing(bar: AccountBar, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    bar.show_account(of(a_visit().at("R.D2", pain=3)), can_edit=True)
    told = [label.accessibleDescription() for label in bar.findChildren(QLabel)]
    assert any("Pain now: right thumb, right middle" in words for words in told)


def test_the_next_missing_value_is_one_press_away_while_there_is_one(bar: AccountBar) -> None:
    asked: list[bool] = []
    bar.next_missing_requested.connect(lambda: asked.append(True))
    bar.show_account(of(a_visit()), can_edit=True)
    QTest.mouseClick(button(bar, "Next missing"), Qt.MouseButton.LeftButton)
    assert asked == [True]
    full = a_visit()
    for hand in "RL":
        for number in range(1, 6):
            full.at(f"{hand}.D{number}", pain=0)
    bar.show_account(of(full), can_edit=True)
    assert not button(bar, "Next missing").isEnabled()


def test_a_final_visit_is_told_about_and_offers_nothing(bar: AccountBar) -> None:
    bar.show_account(of(a_visit()), can_edit=False)
    assert texts(bar)
    assert not any(each.isVisible() for each in (*bar.findChildren(QToolButton), bar.pad))


def test_warnings_of_the_visit_stand_beneath_and_go_with_their_cause(bar: AccountBar) -> None:
    two = [SoftWarning(Cause.OSTEOMYELITIS, "Think of the bone."), SoftWarning(Cause.ROOM, "The room is cold.")]
    bar.show_account(of(a_visit()), can_edit=True)
    bar.show_warnings(two)
    assert texts(bar)[-1] == "Think of the bone. (and 1 more)"
    bar.show_warnings([])
    assert len(texts(bar)) == 1


def test_a_warning_that_comes_moves_nothing_beneath(bar: AccountBar) -> None:
    bar.show_account(of(a_visit()), can_edit=True)
    bar.resize(1080, bar.sizeHint().height())
    before = bar.heightForWidth(1080) if bar.hasHeightForWidth() else bar.sizeHint().height()
    bar.show_warnings([SoftWarning(Cause.ROOM, "The room has 29.0 °C; refill times are published for 20 to 25 °C.")])
    assert bar.heightForWidth(1080) == before


def test_a_press_on_the_bar_leaves_the_keyboard_where_it_was(bar: AccountBar) -> None:
    bar.show_account(of(a_visit()), can_edit=True)
    pressed = [*bar.findChildren(QToolButton), bar.pad]
    assert pressed and not any(each.focusPolicy() & Qt.FocusPolicy.ClickFocus for each in pressed)
    assert all(each.focusPolicy() & Qt.FocusPolicy.TabFocus for each in pressed)
