"""The list of today: who is expected, typed as record numbers or taken from a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.clinic import ExpectedLine
from ssc_hand.domain.errors import SscHandError
from ssc_hand.i18n import _
from ssc_hand.ui.patients.words import line_detail
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.line_list import LineList, Row
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_BETWEEN_NUMBERS = re.compile(r"[,;\t\n]+")


class TodayList(QWidget):
    """Shows and changes who is expected today."""

    expect_requested = Signal(object)  #: tuple[str, ...]: record numbers
    unexpect_requested = Signal(str)  #: id of the patient
    file_chosen = Signal(object)  #: Path of a CSV file with a column of record numbers
    patient_chosen = Signal(str)  #: id of the patient
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], prompts: Prompts, parent: QWidget | None = None) -> None:
        """An empty list; `prompts` asks for the file."""
        super().__init__(parent)
        self._now = now
        self._prompts = prompts
        self._asked = ""
        self._entry = QLineEdit(self)
        self._entry.setPlaceholderText(_("1024, 1031, 1088"))
        self._entry.setAccessibleName(_("Record numbers, separated by commas"))
        self._entry.returnPressed.connect(self._on_add_clicked)
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._told.hide()
        self._add = self._button(_("Add"), _("Put these patients on the list of today"))
        self._add.clicked.connect(self._on_add_clicked)
        self._file = self._button(_("From a file…"), _("A CSV file with a column of record numbers"))
        self._file.clicked.connect(self._on_file_clicked)
        self._list = LineList(self)
        self._list.setAccessibleName(_("Expected today"))
        self._list.chosen.connect(self.patient_chosen)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        self._empty = PlainLabel(parent=self, role=Role.MUTED, wrap=True)
        self._remove = self._button(_("Take off the list"), _("The record itself stays as it is"))
        self._remove.clicked.connect(self._on_remove_clicked)
        self._close = self._button(_("Close"), _("Back to the patient"))
        self._close.clicked.connect(self.closed)
        self._lay_out()
        self.show_expected(())

    @property
    def error(self) -> str:
        """What is wrong with the numbers typed; empty where nothing is."""
        return self._told.text()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._list.rows

    def show_expected(self, expected: Sequence[ExpectedLine]) -> None:
        """Show who is expected; numbers that were just asked for leave the entry."""
        today = self._now().date()
        self._list.set_rows(
            [
                Row(each.patient.full_name, line_detail(each.patient, today), each.state.label, each.patient.id)
                for each in expected
            ]
        )
        if self._asked and self._asked == self._entry.text():
            self._entry.clear()
        self._asked = ""
        self._tell("")
        self._empty.setText("" if expected else _("Nobody is expected today. Type record numbers, or take a file."))
        self._empty.setVisible(not expected)
        self._on_current_changed()

    def show_failure(self, failure: SscHandError) -> None:
        """Say beneath the entry why the numbers were not taken; they stay."""
        self._asked = ""
        self._tell(str(failure))

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _button(self, text: str, tooltip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tooltip)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        label = PlainLabel(_("Record numbers"), self)
        label.setBuddy(self._entry)
        entry = QHBoxLayout()
        entry.addWidget(self._entry, 1)
        entry.addWidget(self._add)
        entry.addWidget(self._file)
        below = QHBoxLayout()
        below.addWidget(self._remove)
        below.addStretch(1)
        below.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(PlainLabel(_("Expected today"), self, role=Role.TITLE))
        column.addSpacing(6)
        column.addWidget(label)
        column.addLayout(entry)
        column.addWidget(self._told)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addLayout(below)

    @Slot()
    def _on_add_clicked(self) -> None:
        numbers = tuple(part.strip() for part in _BETWEEN_NUMBERS.split(self._entry.text()) if part.strip())
        if not numbers:
            self._tell(_("Type at least one record number."))
            return
        self._asked = self._entry.text()
        self.expect_requested.emit(numbers)

    @Slot()
    def _on_file_clicked(self) -> None:
        title = _("Today's list from a file")
        path = self._prompts.choose_open_file(title, Path.home(), ((_("Table"), "csv"),))
        if path is not None:
            self.file_chosen.emit(path)

    @Slot()
    def _on_remove_clicked(self) -> None:
        if self._list.current_key:
            self.unexpect_requested.emit(self._list.current_key)

    @Slot()
    def _on_current_changed(self) -> None:
        self._remove.setEnabled(bool(self._list.current_key))
