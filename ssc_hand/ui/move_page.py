"""A visit recorded under the wrong patient: to whom it belongs, and why; both names before anything is moved."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.dates import time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Text
from ssc_hand.domain.records import Patient, PatientRecord, Visit
from ssc_hand.i18n import N_, _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_NUMBER = Field(key="number", label=N_("Record number of the right patient"), kind=Text(lines=False), required=True)
_REASON = Field(key="reason", label=N_("Reason"), kind=Text(lines=False), required=True)


class MovePage(QWidget):
    """Two names, a reason, one button."""

    look_up_requested = Signal(str)  #: record number
    move_requested = Signal(object, object, str)  #: Visit, Patient it belongs to, reason
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visit: Visit | None = None
        self._owner: Patient | None = None
        self._target: Patient | None = None
        self._what = PlainLabel("", self, wrap=True)
        self._to = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self.form = FieldForm((_NUMBER, _REASON), parent=self)
        self.form.field_settled.connect(self._on_form_field_settled)
        self._move, back = QPushButton(_("Move the visit"), self), QPushButton(_("Back, move nothing"), self)
        self._move.clicked.connect(self._on_move_clicked)
        back.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.addWidget(self._move)
        row.addWidget(back)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel(_("Move a visit to the right patient"), self, role=Role.TITLE))
        for widget in (self._what, self.form, self._to):
            column.addWidget(widget)
        column.addLayout(row)
        column.addStretch(1)

    def show_visit(self, record: PatientRecord, visit: Visit) -> None:
        """Ask where this visit belongs."""
        self._visit, self._owner, self._target = visit, record.patient, None
        self._what.setText(
            _("The visit of {when} now stands under {name}, record number {number}.").format(
                when=time_label(visit.at), name=record.patient.full_name, number=record.patient.record_number
            )
        )
        self.form.show_values({})
        self._show_target()

    @Slot(object)
    def show_target(self, patient: Patient) -> None:
        """Name the patient who was found."""
        if self._owner is not None and patient.id == self._owner.id:
            self.form.show_error("number", _("The visit is already under this patient."))
            return
        self._target = patient
        self._show_target()

    @Slot(object)
    def show_error(self, error: Exception) -> None:
        """Say beside the number why nobody was found."""
        self._target = None
        self._show_target()
        self.form.show_error("number", str(error))

    def _show_target(self) -> None:
        self._move.setEnabled(self._target is not None)
        if self._target is None or self._owner is None:
            self._to.setText("")
            return
        birth = self._target.birth_date.isoformat() if self._target.birth_date else _("birth date not recorded")
        self._to.setText(
            _("From {old} to {new}, {birth}, record number {number}. Both records will tell it.").format(
                old=self._owner.full_name, new=self._target.full_name, birth=birth, number=self._target.record_number
            )
        )

    @Slot(object)
    def _on_form_field_settled(self, settled: tuple[str, str | None]) -> None:
        key, value = settled
        if key == "number":
            self._target = None
            self._show_target()
            if value:
                self.look_up_requested.emit(value)

    @Slot()
    def _on_move_clicked(self) -> None:
        try:
            values = self.form.values()
        except Refused as refused:
            self.form.show_refused(refused)
            return
        if self._visit is not None and self._target is not None:
            self.move_requested.emit(self._visit, self._target, values["reason"])
