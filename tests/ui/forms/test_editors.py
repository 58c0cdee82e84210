"""Editors of one value."""

from __future__ import annotations

import typing
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain import kinds
from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.fields import AMPUTATION, LESION_STATE, PATIENT, PROCEDURE, VISIT, Field, field_of
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.vocabulary import Depth, Judgement, Sex, Side, Sign
from ssc_hand.ui.forms.editor import Editor
from ssc_hand.ui.forms.editors import EDITORS, editor_for
from tests.ui.finding import the

ALL_FIELDS = (*PATIENT, *PROCEDURE, *AMPUTATION, *LESION_STATE, *VISIT)
LENGTH = field_of(LESION_STATE, "length_mm")
BIRTH = field_of(PATIENT, "birth_date")


class Settled(list[object]):
    """What an editor handed on."""

    def note(self, value: object) -> None:
        self.append(value)


def made(qtbot: QtBot, field: Field, *, quiet_ms: int = 100_000, segments: bool = False) -> tuple[Editor, Settled]:
    """An editor on the screen, and the list of what it hands on."""
    editor = editor_for(field, quiet_ms=quiet_ms, segments=segments)
    qtbot.addWidget(editor)
    settled = Settled()
    editor.settled.connect(settled.note)
    editor.show()
    return editor, settled


def typed(qtbot: QtBot, editor: Editor, text: str) -> QLineEdit:
    """Type a text in place of the one that is there, and press Enter."""
    line = editor.entry
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    return line


def test_every_kind_has_an_editor() -> None:
    assert set(EDITORS) == {*typing.get_args(kinds.Kind), Injections}


@pytest.mark.parametrize("field", ALL_FIELDS, ids=lambda field: field.key)
def test_every_editor_can_be_empty_and_says_its_name(qtbot: QtBot, field: Field) -> None:
    editor, settled = made(qtbot, field)
    editor.set_value(None)
    assert editor.value is None
    assert field.name in editor.entry.accessibleName()
    editor.settle()
    assert settled == []


@pytest.mark.parametrize(("text", "value"), [("2.5", 2.5), ("2,5", 2.5), ("1,3", 1.3), ("13", 13.0)])
def test_a_number_takes_a_point_or_a_comma(qtbot: QtBot, text: str, value: float) -> None:
    editor, settled = made(qtbot, LENGTH)
    typed(qtbot, editor, text)
    assert settled == [value]


def test_leaving_with_enter_and_then_with_tab_hands_a_value_on_once(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    line = typed(qtbot, editor, "4")
    line.clearFocus()
    assert settled == [4.0]
    assert line.text() == "4.0"


def test_a_refused_text_stays_and_the_value_before_it_too(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    editor.set_value(4.5)
    line = typed(qtbot, editor, "four")
    assert settled == []
    assert editor.value == 4.5
    assert line.text() == "four"
    assert "“four” is not a number" in editor.error
    assert editor.error in line.accessibleDescription()


def test_escape_brings_the_value_back(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    editor.set_value(4.5)
    line = typed(qtbot, editor, "four")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert (line.text(), editor.error, settled) == ("4.5", "", [])


def test_a_corrected_text_clears_the_error_even_where_it_is_the_value_before(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    editor.set_value(4.5)
    typed(qtbot, editor, "four")
    typed(qtbot, editor, "4.5")
    assert (editor.error, settled) == ("", [])


def test_emptying_a_field_makes_it_not_recorded(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    editor.set_value(4.5)
    line = typed(qtbot, editor, "x")
    line.clear()
    editor.settle()
    assert settled == [None]


def test_an_unusual_number_is_taken_and_asks_for_a_second_look(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH)
    typed(qtbot, editor, "45")
    assert settled == [45.0]
    assert "look again" in editor.remark
    assert editor.error == ""


def test_zero_and_not_recorded_look_different(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, LENGTH)
    editor.set_value(0.0)
    line = editor.entry
    assert isinstance(line, QLineEdit)
    assert line.text() == "0.0"
    editor.set_value(None)
    assert line.text() == ""


def test_a_text_replaced_without_a_key_settles_after_a_quiet_moment(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH, quiet_ms=1)
    line = editor.entry
    assert isinstance(line, QLineEdit)
    with qtbot.waitSignal(editor.settled):
        line.setText("3.5")
    assert settled == [3.5]


def test_half_a_number_typed_by_hand_does_not_settle_by_itself(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, LENGTH, quiet_ms=0)
    qtbot.keyClicks(editor.entry, "1")
    QApplication.processEvents()
    assert settled == []
    assert editor.is_unsettled


def test_following_the_record_keeps_what_is_being_typed(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, LENGTH)
    editor.set_value(4.5)
    line = editor.entry
    assert isinstance(line, QLineEdit)
    line.end(False)
    qtbot.keyClicks(line, "7")
    editor.refresh(4.5)
    assert line.text() == "4.57"
    editor.refresh(6.0)
    assert line.text() == "6.0"


def test_another_record_never_inherits_a_text_that_was_refused(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, LENGTH)
    line = typed(qtbot, editor, "four")
    editor.set_value(None)
    assert (line.text(), editor.error) == ("", "")


@pytest.mark.parametrize("text", ["1964-03-12", "12.3.1964"])
def test_a_birth_date_is_read_in_both_orders_and_shown_in_one(qtbot: QtBot, text: str) -> None:
    editor, settled = made(qtbot, BIRTH)
    line = typed(qtbot, editor, text)
    assert settled == [date(1964, 3, 12)]
    assert line.text() == "1964-03-12"


@pytest.mark.parametrize("text", ["2024", "2024-03", "2024-03-12"])
def test_a_date_of_history_is_as_exact_as_it_is_known(qtbot: QtBot, text: str) -> None:
    editor, settled = made(qtbot, field_of(PATIENT, "first_raynaud"))
    typed(qtbot, editor, text)
    assert settled == [text]


def test_the_button_now_writes_this_moment(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(VISIT, "seated_since"))
    qtbot.mouseClick(the(QPushButton, editor), Qt.MouseButton.LeftButton)
    (moment,) = settled
    assert isinstance(moment, datetime)
    assert abs(datetime.now().astimezone() - moment) < timedelta(minutes=1)


def test_a_time_of_another_place_keeps_its_offset(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(VISIT, "at"))
    elsewhere = datetime.fromisoformat("2026-03-02T09:30:00-09:30")
    editor.set_value(elsewhere)
    line = editor.entry
    assert isinstance(line, QLineEdit)
    typed(qtbot, editor, line.text().replace("09:30-", "10:45-"))
    assert settled == [elsewhere + timedelta(hours=1, minutes=15)]


def test_a_choice_begins_with_not_recorded(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(PATIENT, "sex"))
    combo = editor.entry
    assert isinstance(combo, QComboBox)
    assert combo.itemText(0) == "not recorded"
    combo.setCurrentIndex(1)
    combo.setCurrentIndex(0)
    assert settled == [Sex.FEMALE, None]


def test_a_choice_that_is_needed_cannot_be_taken_back(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(PROCEDURE, "side"))
    editor.set_value(Side.LEFT)
    combo = editor.entry
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(0)
    assert settled == []
    assert "needed" in editor.error
    assert editor.value is Side.LEFT


def test_the_wheel_never_changes_a_choice(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(PATIENT, "sex"))
    editor.set_value(Sex.FEMALE)
    turn = QWheelEvent(
        QPointF(5, 5),
        editor.entry.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.entry, turn)
    assert settled == []


def press(qtbot: QtBot, editor: Editor, text: str) -> None:
    """Press the button with this text."""
    button = next(each for each in editor.findChildren(QAbstractButton) if each.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_flag_tells_no_from_not_recorded(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(LESION_STATE, "exposed_bone"))
    for text in ("no", "yes", "not recorded"):
        press(qtbot, editor, text)
    assert settled == [False, True, None]


def test_several_words_are_kept_in_the_order_of_the_list(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(PROCEDURE, "digits"))
    for text in ("ring", "thumb", "ring", "thumb"):
        press(qtbot, editor, text)
    assert settled == [(Digit.D4,), (Digit.D1, Digit.D4), (Digit.D1,), None]


def test_a_choice_can_be_shown_as_buttons(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(LESION_STATE, "depth"), segments=True)
    press(qtbot, editor, "deep")
    press(qtbot, editor, "superficial")
    assert settled == [Depth.DEEP, Depth.SUPERFICIAL]


def test_showing_a_value_hands_nothing_on(qtbot: QtBot) -> None:
    for key, value in {"infection": Judgement.YES, "exposed_bone": False, "signs": (), "note": "a", "pain": 3}.items():
        editor, settled = made(qtbot, field_of(LESION_STATE, key))
        editor.set_value(value)
        assert settled == []


def test_a_note_settles_while_it_is_written(qtbot: QtBot) -> None:
    editor, settled = made(qtbot, field_of(VISIT, "plan"), quiet_ms=1)
    note = editor.entry
    assert isinstance(note, QPlainTextEdit)
    with qtbot.waitSignal(editor.settled):
        qtbot.keyClicks(note, "Iloprost in May")
    assert settled[-1] == note.toPlainText() == "Iloprost in May"


def test_markup_in_a_note_is_kept_as_typed(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, field_of(VISIT, "plan"))
    editor.set_value("<b>wait</b>\n& see")
    assert editor.read() == "<b>wait</b>\n& see"


def test_tab_leaves_a_note(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, field_of(VISIT, "plan"))
    assert isinstance(editor.entry, QPlainTextEdit)
    assert editor.entry.tabChangesFocus()


def test_each_button_of_a_choice_says_its_own_word(qtbot: QtBot) -> None:
    signs = field_of(LESION_STATE, "signs")
    editor, _settled = made(qtbot, signs)
    names = [button.accessibleName() for button in editor.findChildren(QAbstractButton)]
    assert names == [f"{signs.name}: {sign.label}" for sign in Sign]


def test_a_list_tells_what_it_is_for_where_its_name_is_the_chosen_word(qtbot: QtBot) -> None:
    editor, _settled = made(qtbot, field_of(LESION_STATE, "depth"))
    editor.set_spoken_name("Depth, ulcer D")
    combo = editor.entry
    assert isinstance(combo, QComboBox)
    assert combo.accessibleDescription() == "Depth, ulcer D"


def test_a_word_is_chosen_by_its_action_in_the_very_moment_in_which_the_list_is_looked_into(qtbot: QtBot) -> None:
    """Assistive software need not wait until the program has taken notice that the list was made for it."""
    editor, settled = made(qtbot, field_of(LESION_STATE, "depth"))
    entries = QAccessible.queryAccessibleInterface(editor.entry).child(0)
    words = [entries.child(number) for number in range(entries.childCount())]
    deep = next(each for each in words if each.text(QAccessible.Text.Name) == Depth.DEEP.label)
    actions = deep.actionInterface()
    actions.doAction(actions.actionNames()[0])
    qtbot.waitUntil(lambda: bool(settled))
    assert settled == [Depth.DEEP]
    assert the(QComboBox, editor).currentText() == Depth.DEEP.label
