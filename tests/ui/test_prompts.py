"""The real questions, as far as they can be asked without a person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.ui.prompts import ReasonDialog, file_filters
from tests.ui.finding import the


def _ok(dialog: ReasonDialog) -> QPushButton:
    return the(QDialogButtonBox, dialog).button(QDialogButtonBox.StandardButton.Ok)


def test_a_reason_of_mere_spaces_cannot_be_given(qtbot: QtBot) -> None:
    dialog = ReasonDialog("Withdraw", "Why?")
    qtbot.addWidget(dialog)
    qtbot.keyClicks(the(QLineEdit, dialog), "   ")
    assert not _ok(dialog).isEnabled()


def test_a_reason_is_handed_back_without_space_around_it(qtbot: QtBot) -> None:
    dialog = ReasonDialog("Withdraw", "Why?")
    qtbot.addWidget(dialog)
    dialog.show()
    entry = the(QLineEdit, dialog)
    qtbot.keyClicks(entry, " entered twice ")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(entry, Qt.Key.Key_Return)
    assert dialog.reason == "entered twice"


def test_file_kinds_are_written_as_the_file_dialog_wants_them() -> None:
    assert file_filters((("PDF document", "pdf"), ("Picture", "png"))) == "PDF document (*.pdf);;Picture (*.png)"
