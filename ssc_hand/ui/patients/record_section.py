"""A section of a patient's page for records of one kind: what there is, add, change, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.errors import Refused, SscHandError
from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.records import Patient
from ssc_hand.i18n import _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.patients.words import isolated_record
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Choices of few words, side by side.
_SEGMENTS = frozenset({"grade"})


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A record to be taken back, and why."""

    record: Any
    reason: str


def _no_remark(_record: object) -> str:
    return ""


def _none_settled(_kind: Value | None) -> Mapping[str, Value | None]:
    return {}


def _none_left_out(_kind: Value | None) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionKind:
    """What a section is about, and how its records are read and made."""

    title: str
    none_yet: str
    add_text: str
    fields: tuple[Field, ...]
    #: A record in words.
    words: Callable[[Any], str]
    #: The values of a record for the form.
    values: Callable[[Any], Mapping[str, Value | None]]
    #: A record of the patient from the values, made from the one that is changed or None; may raise `Refused`.
    make: Callable[[Patient, Any, Mapping[str, Value | None]], Any]
    #: Refuses dates that cannot be: (record, patient, today).
    check: Callable[[Any, Patient, date], None]
    #: What deserves a second look about a record; empty where nothing does.
    remark: Callable[[Any], str] = _no_remark
    #: The fields that a kind of record is not asked for, by the value of its field "kind".
    left_out: Callable[[Value | None], frozenset[str]] = _none_left_out
    #: The values that a kind of record settles by itself, without a row, by the value of its field "kind".
    settled: Callable[[Value | None], Mapping[str, Value | None]] = _none_settled


class RecordLine(QWidget):
    """One record in words, with its two buttons."""

    change_requested = Signal(object)  #: the record
    withdraw_requested = Signal(object)  #: the record

    def __init__(self, record: Any, words: str, remark: str, parent: QWidget) -> None:
        """A line for this record, with what deserves a second look beneath."""
        super().__init__(parent)
        self._record = record
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(PlainLabel(isolated_record(words, record), self, wrap=True))
        if remark:
            told.addWidget(PlainLabel(remark, self, role=Role.WARNING, wrap=True))
        told.addStretch(1)
        row.addLayout(told, 1)
        for text, slot in ((_("Change"), self._on_change_clicked), (_("Withdraw…"), self._on_withdraw_clicked)):
            button = QPushButton(text, self)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{text} {words}")
            button.clicked.connect(slot)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_change_clicked(self) -> None:
        self.change_requested.emit(self._record)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        self.withdraw_requested.emit(self._record)


class RecordSection(QFrame):
    """Lists records of one kind and changes one at a time."""

    save_requested = Signal(object)  #: the new or changed record
    withdraw_requested = Signal(object)  #: Withdrawal

    def __init__(
        self, kind: SectionKind, now: Callable[[], datetime], prompts: Prompts, parent: QWidget | None = None
    ) -> None:
        """An empty section; `now` tells which dates lie in the future, `prompts` asks why a record is withdrawn."""
        super().__init__(parent)
        self._kind = kind
        self._now = now
        self._prompts = prompts
        self._patient: Patient | None = None
        self._changed: Any = None
        #: What the kind of the record in the form has settled by itself.
        self._settled: Mapping[str, Value | None] = {}
        self._lines: list[RecordLine] = []
        self._empty = PlainLabel(kind.none_yet, self, role=Role.MUTED, wrap=True)
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._told.hide()
        self._add = QPushButton(kind.add_text, self)
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._on_add_clicked)
        self._sheet = QFrame(self)
        self._sheet.setFrameShape(QFrame.Shape.StyledPanel)
        self._save = QPushButton(_("Save"), self)
        self._cancel = QPushButton(_("Cancel"), self)
        for button, slot in ((self._save, self._on_save_clicked), (self._cancel, self._on_cancel_clicked)):
            button.setAutoDefault(False)
            button.setAccessibleName(f"{button.text()}: {kind.title}")
            button.clicked.connect(slot)
        self._lay_out()
        self._make_form()
        self._close_form()

    @property
    def is_saving(self) -> bool:
        """Whether the answer to Save is still to come."""
        return not self._save.isEnabled()

    @property
    def is_typing(self) -> bool:
        """Whether its form is open and has the keyboard."""
        focus = self.focusWidget()
        return self._sheet.isVisible() and focus is not None and self._sheet.isAncestorOf(focus)

    def save(self) -> None:
        """As if Save were pressed."""
        if self._save.isEnabled():
            self._on_save_clicked()

    def set_kind(self, kind: SectionKind) -> None:
        """Ask for other fields from now on; a form that is open is left as it is."""
        if kind.fields == self._kind.fields or self._sheet.isVisibleTo(self):
            return
        self._kind = kind
        self.form.hide()
        self.form.deleteLater()
        self._make_form()

    def _make_form(self) -> None:
        self.form = FieldForm(self._kind.fields, segments=_SEGMENTS, parent=self._sheet)
        self.form.field_settled.connect(self._on_form_field_settled)
        self._in_sheet.insertWidget(0, self.form)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes down the page, also over what was made later: the lines, the form, its buttons."""
        stops: list[QWidget] = [self._add]
        stops += [button for line in self._lines for button in line.findChildren(QPushButton)]
        for editor in map(self.form.editor, self.form.keys):
            # The list that a choice opens is a window of its own.
            near = [each for each in editor.findChildren(QWidget) if each.window() is self.window()]
            stops += [editor, *(each for each in near if each.focusPolicy() & Qt.FocusPolicy.TabFocus)]
        for before, after in pairwise([*stops, self._save, self._cancel]):
            QWidget.setTabOrder(before, after)

    @Slot(object)
    def _on_form_field_settled(self, settled: tuple[str, Value | None]) -> None:
        if settled[0] == "kind":
            self._fit_rows()

    def _fit_rows(self) -> None:
        """Leave out what this kind of record is not asked for, unless it is recorded."""
        if "kind" not in self.form.keys:
            return
        kind = self.form.editor("kind").value
        left_out = self._kind.left_out(kind)
        before, self._settled = self._settled, self._kind.settled(kind)
        for key in self.form.keys:
            if key in self._settled:
                self.form.editor(key).set_value(self._settled[key])
            elif key in before:
                self.form.editor(key).set_value(None)  # to be asked, and never taken from the kind before
            has_row = key not in left_out or self.form.editor(key).value is not None
            self.form.show_row(key, shown=has_row and key not in self._settled)

    @property
    def error(self) -> str:
        """What failed outside the form; empty where nothing did."""
        return self._told.text()

    @property
    def lines(self) -> tuple[RecordLine, ...]:
        """What is listed."""
        return tuple(self._lines)

    def show_records(self, patient: Patient, records: Sequence[Any]) -> None:
        """List these of the patient; a form that waits for its record to be saved closes, another patient's too."""
        if self._patient is None or self._patient.id != patient.id:
            self._close_form()
        self._patient = patient
        for old in self._lines:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines = []
        for record in records:
            line = RecordLine(record, self._kind.words(record), self._kind.remark(record), self)
            line.change_requested.connect(self._on_line_change_requested)
            line.withdraw_requested.connect(self._on_line_withdraw_requested)
            self._list.addWidget(line)
            self._lines.append(line)
        self._order_tabs()
        self._empty.setVisible(not records)
        self._tell("")
        if self.is_saving:
            self._close_form()
            self._add.setFocus()

    def reset(self) -> None:
        """Close the form; what was typed in it is dropped."""
        self._close_form()

    def show_failure(self, failure: SscHandError) -> None:
        """Say what failed, beside its field where it has one; what was typed stays."""
        self._save.setEnabled(True)
        if isinstance(failure, Refused) and self._sheet.isVisibleTo(self):
            self.form.show_refused(failure)
        else:
            self._tell(str(failure))

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(self._kind.title, self, role=Role.BOLD), 1)
        top.addWidget(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._save)
        below.addWidget(self._cancel)
        sheet = self._in_sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(12, 12, 12, 12)
        sheet.setSpacing(8)
        sheet.addLayout(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self._empty)
        column.addLayout(self._list)
        column.addWidget(self._told)
        column.addWidget(self._sheet)

    def _open_form(self, record: Any) -> None:
        self._changed = record
        self._settled = {}
        self.form.show_values(self._kind.values(record) if record is not None else {})
        self._fit_rows()
        self._show_form(shown=True)
        self.form.editor(self.form.keys[0]).entry.setFocus()

    def _close_form(self) -> None:
        self._changed = None
        self._save.setEnabled(True)
        self._tell("")
        self._show_form(shown=False)

    def _show_form(self, *, shown: bool) -> None:
        self._sheet.setVisible(shown)
        self._add.setEnabled(not shown)

    @Slot()
    def _on_add_clicked(self) -> None:
        self._open_form(None)

    @Slot(object)
    def _on_line_change_requested(self, record: Any) -> None:
        self._open_form(record)

    @Slot(object)
    def _on_line_withdraw_requested(self, record: Any) -> None:
        text = _("“{record}” will no longer be shown; the file keeps it. Why is it withdrawn?")
        reason = self._prompts.ask_reason(_("Withdraw"), text.format(record=self._kind.words(record)))
        if reason:
            self.withdraw_requested.emit(Withdrawal(record, reason))

    @Slot()
    def _on_save_clicked(self) -> None:
        try:
            values = self.form.values()
        except Refused:
            return
        assert self._patient is not None
        try:
            record = self._kind.make(self._patient, self._changed, values)
            self._kind.check(record, self._patient, self._now().date())
        except Refused as refused:
            self.form.show_refused(refused)
            return
        self._save.setEnabled(False)
        self.save_requested.emit(record)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._close_form()
        self._add.setFocus()
