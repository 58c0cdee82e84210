"""Add or amend a patient, with procedures and amputations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ssc_hand.domain.anatomy import Scope, parse_site, sites_of
from ssc_hand.domain.checks import check_amputation, check_patient, check_procedure
from ssc_hand.domain.errors import Refused, SscHandError
from ssc_hand.domain.fields import AMPUTATION, PATIENT, PROCEDURE, Field
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Choice, Value
from ssc_hand.domain.records import Amputation, Patient, PatientRecord, Procedure
from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import N_, _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.patients.record_section import RecordSection, SectionKind
from ssc_hand.ui.patients.words import amputation_words, plans_first
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role

#: The ten digits as words of a list, keyed by their codes.
_DIGITS: type[Term] = cast(Any, Term)(
    "_DIGITS", [(site.code, (site.code, site.name)) for site in sites_of(Scope.DIGIT)]
)
_SITE = Field(key="site", label=N_("Digit"), kind=Choice(_DIGITS), required=True)


class PatientEditor(QWidget):
    """One page: who the patient is, then procedures and amputations once the patient is saved."""

    save_requested = Signal(object)  #: Patient
    procedure_save_requested = Signal(object)  #: Procedure
    amputation_save_requested = Signal(object)  #: Amputation
    withdraw_requested = Signal(object)  #: Withdrawal of a procedure or an amputation
    cancelled = Signal()

    def __init__(self, now: Callable[[], datetime], prompts: Prompts, parent: QWidget | None = None) -> None:
        """A page for a new patient; `now` tells which dates lie in the future."""
        super().__init__(parent)
        self._now = now
        self._record: PatientRecord | None = None
        self._new_id = new_id()
        self._title = ElidedLabel(parent=self, role=Role.TITLE)
        self.form = FieldForm(PATIENT, parent=self)
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._save = QPushButton(_("Save"), self)
        self._save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self._save.setToolTip(_("Save ({keys})").format(keys=self._save.shortcut().toString()))
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel = QPushButton(_("Cancel"), self)
        self._cancel.setToolTip(_("Leave this page; changes that were not saved are dropped"))
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self.procedures = RecordSection(_procedures(), now, prompts, self)
        self.procedures.save_requested.connect(self.procedure_save_requested)
        self.procedures.withdraw_requested.connect(self.withdraw_requested)
        self.amputations = RecordSection(_amputations(), now, prompts, self)
        self.amputations.save_requested.connect(self.amputation_save_requested)
        self.amputations.withdraw_requested.connect(self.withdraw_requested)
        self._lay_out()
        self.show_new()

    @property
    def error(self) -> str:
        """What failed outside the form; empty where nothing did."""
        return self._told.text()

    @property
    def has_changes(self) -> bool:
        """Whether something about the person was changed and not saved."""
        patient = self._record.patient if self._record else None
        return any(
            editor.is_unsettled or editor.value != (getattr(patient, editor.field.key) if patient else None)
            for editor in map(self.form.editor, self.form.keys)
        )

    @property
    def is_new(self) -> bool:
        """Whether the person is being added."""
        return self._record is None

    @property
    def is_saving(self) -> bool:
        """Whether the answer to Save is still to come."""
        return not self._save.isEnabled()

    def show_new(self) -> None:
        """Begin a new patient."""
        self._record = None
        self._new_id = new_id()
        self._title.setText(_("New patient"))
        self.form.show_values({})
        self.procedures.reset()
        self.amputations.reset()
        self._show_sections(shown=False)
        self._calm()
        self.form.editor("record_number").entry.setFocus()

    def show_record(self, record: PatientRecord) -> None:
        """Show this patient; changes of the same person that wait to be saved stay."""
        same = self._record is not None and self._record.patient.id == record.patient.id
        keep = same and self.has_changes and not self.is_saving
        self._record = record
        self._title.setText(record.patient.full_name)
        if not keep:
            self.form.show_values(_values(PATIENT, record.patient))
        self.procedures.show_records(record.patient, plans_first(record.procedures))
        self.amputations.show_records(record.patient, record.amputations)
        self._show_sections(shown=True)
        self._calm()

    def show_failure(self, failure: SscHandError) -> None:
        """Say why the person was not saved, beside the field it belongs to; everything typed stays."""
        self._calm()
        if isinstance(failure, Refused):
            self.form.show_refused(failure)
        else:
            self._tell(str(failure))

    @Slot()
    def _on_cancel_clicked(self) -> None:
        """What was typed is dropped, so that it does not come back as if it still waited."""
        self.form.show_values(_values(PATIENT, self._record.patient) if self._record else {})
        self.cancelled.emit()

    def _calm(self) -> None:
        self._save.setEnabled(True)
        self._tell("")

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _lay_out(self) -> None:
        page = QWidget(self)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._save)
        below.addWidget(self._cancel)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(10)
        inner.addWidget(self._title)
        inner.addWidget(self.form)
        inner.addWidget(self._told)
        inner.addLayout(below)
        self._sections = QWidget(page)
        column = QVBoxLayout(self._sections)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for section in (self.procedures, self.amputations):
            line = QFrame(self._sections)
            line.setFrameShape(QFrame.Shape.HLine)
            line.setFrameShadow(QFrame.Shadow.Sunken)
            column.addWidget(line)
            column.addWidget(section)
        inner.addWidget(self._sections)
        inner.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _show_sections(self, *, shown: bool) -> None:
        self._sections.setVisible(shown)

    @Slot()
    def _on_save_clicked(self) -> None:
        try:
            values = self.form.values()
        except Refused:
            return
        try:
            patient = self._patient_from(values)
        except Refused as refused:
            self.form.show_refused(refused)
            return
        self._save.setEnabled(False)
        self._tell("")
        self.save_requested.emit(patient)

    def _patient_from(self, values: Mapping[str, Value | None]) -> Patient:
        known = cast(dict[str, Any], dict(values))
        patient = replace(self._record.patient, **known) if self._record else Patient(id=self._new_id, **known)
        check_patient(patient, self._now().date())
        return patient


def _values(fields: tuple[Field, ...], record: object) -> dict[str, Value | None]:
    return {field.key: getattr(record, field.key) for field in fields}


def _procedure_words(procedure: Procedure) -> str:
    return procedure.words


def _procedure_values(procedure: Procedure) -> dict[str, Value | None]:
    return _values(PROCEDURE, procedure)


def _make_procedure(patient: Patient, old: Procedure | None, values: Mapping[str, Value | None]) -> Procedure:
    known = cast(dict[str, Any], dict(values))
    return replace(old, **known) if old else Procedure(id=new_id(), patient_id=patient.id, **known)


def _procedures() -> SectionKind:
    return SectionKind(
        title=_("Procedures"),
        none_yet=_("No procedure recorded."),
        add_text=_("Add procedure"),
        fields=PROCEDURE,
        words=_procedure_words,
        values=_procedure_values,
        make=_make_procedure,
        check=check_procedure,
    )


def _amputation_values(amputation: Amputation) -> dict[str, Value | None]:
    return {**_values(AMPUTATION, amputation), _SITE.key: _SITE.load(amputation.site.code)}


def _make_amputation(patient: Patient, old: Amputation | None, values: Mapping[str, Value | None]) -> Amputation:
    known = cast(dict[str, Any], {**values, _SITE.key: parse_site(str(values[_SITE.key]))})
    return replace(old, **known) if old else Amputation(id=new_id(), patient_id=patient.id, **known)


def _amputations() -> SectionKind:
    return SectionKind(
        title=_("Amputations"),
        none_yet=_("No amputation recorded."),
        add_text=_("Add amputation"),
        fields=(_SITE, *AMPUTATION),
        words=amputation_words,
        values=_amputation_values,
        make=_make_amputation,
        check=check_amputation,
    )
