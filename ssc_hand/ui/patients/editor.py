"""Add or amend a patient: who it is, risks, medicines, procedures, complications, classification, study."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from ssc_hand.domain.background import medicine_remark, no_medicine_words, unchanged_since
from ssc_hand.domain.checks import check_patient
from ssc_hand.domain.classification import classification_words
from ssc_hand.domain.errors import Refused, SscHandError
from ssc_hand.domain.fields import ANTIBODIES, EVER_PRESENT, PERSON, RISKS, STUDY, Field
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.records import Patient, PatientRecord
from ssc_hand.i18n import _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.patients import sections
from ssc_hand.ui.patients.record_section import RecordSection, SectionKind
from ssc_hand.ui.patients.words import plans_first
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role

#: Whose answers are counted while they are being given.
_NOBODY = Patient(id="", record_number="", family_name="")
_ASKED = "medicines_none_on"
_WIDEST_IN_LETTERS = 150
#: Choices of few words, side by side.
_SEGMENTS = frozenset({"allergy_status", "smoking", "treated_hand", *(field.key for field in ANTIBODIES)})


class PatientEditor(QWidget):
    """One page with tabs: forms about the person with one Save, and lists of records that are saved one by one."""

    save_requested = Signal(object)  #: Patient
    procedure_save_requested = Signal(object)  #: Procedure, Medicine or Complication
    amputation_save_requested = Signal(object)  #: Amputation
    withdraw_requested = Signal(object)  #: Withdrawal of one of these
    cancelled = Signal()

    def __init__(self, now: Callable[[], datetime], prompts: Prompts, parent: QWidget | None = None) -> None:
        """A page for a new patient; `now` tells which dates lie in the future."""
        super().__init__(parent)
        self._now = now
        self._prompts = prompts
        self._record: PatientRecord | None = None
        self._new_id = new_id()
        self._title = ElidedLabel(parent=self, role=Role.TITLE)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.form = self._form(PERSON)
        self.risks = self._form([field for field in RISKS if field.key != _ASKED])
        self.antibodies = self._form(ANTIBODIES)
        self.ever_present = self._form(EVER_PRESENT)
        self.study = self._form(STUDY)
        self.procedures = self._section(sections.procedures())
        self.amputations = self._section(sections.amputations())
        self.medicines = self._section(sections.medicines())
        self.complications = self._section(sections.complications())
        self.no_medicine = self._form([field for field in RISKS if field.key == _ASKED])
        self._forms = (self.form, self.risks, self.no_medicine, self.antibodies, self.ever_present, self.study)
        self._sections = (self.procedures, self.amputations, self.medicines, self.complications)
        self.amputations.save_requested.connect(self.amputation_save_requested)
        for section in (self.procedures, self.medicines, self.complications):
            section.save_requested.connect(self.procedure_save_requested)
        self._make_buttons()
        self._lay_out()
        self.tabs.currentChanged.connect(self._fit_buttons)
        self.show_new()

    def _form(self, fields: Sequence[Field]) -> FieldForm:
        return FieldForm(fields, segments=_SEGMENTS, parent=self)

    def _section(self, kind: SectionKind) -> RecordSection:
        section = RecordSection(kind, self._now, self._prompts, self)
        section.withdraw_requested.connect(self.withdraw_requested)
        return section

    def _make_buttons(self) -> None:
        self._today = QPushButton(_("None taken, asked today"), self)
        self._today.setAutoDefault(False)
        self._today.clicked.connect(self._on_today_clicked)
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._save = QPushButton(_("Save"), self)
        keys = QKeySequence(QKeySequence.StandardKey.Save)
        shortcut = QShortcut(keys, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_shortcut_activated)
        self._save.setToolTip(_("Save ({keys})").format(keys=keys.toString()))
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel = QPushButton(_("Cancel"), self)
        self._cancel.setToolTip(_("Leave this page; changes that were not saved are dropped"))
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self._classified = PlainLabel(parent=self, wrap=True)
        for form in (self.antibodies, self.ever_present):
            form.field_settled.connect(self._classify)
        self._medicines_now = PlainLabel(parent=self, role=Role.MUTED, wrap=True)

    @property
    def error(self) -> str:
        """What failed outside the form; empty where nothing did."""
        return self._told.text()

    @property
    def said_of_medicines(self) -> str:
        """What is said of today's medicines beneath their list."""
        return self._medicines_now.text()

    @property
    def has_changes(self) -> bool:
        """Whether something about the person was changed and not saved."""
        patient = self._record.patient if self._record else None
        return any(
            editor.is_unsettled or editor.value != (getattr(patient, editor.field.key) if patient else None)
            for form in self._forms
            for editor in map(form.editor, form.keys)
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
        self._title.show()
        self._show_values()
        for section in self._sections:
            section.reset()
        self._show_sections(shown=False)
        self.tabs.setCurrentIndex(0)
        self._calm()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Take the keyboard to the first field, wherever it stood when the page was left."""
        self.form.editor("record_number").entry.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a page on which nothing waits to be saved."""
        if event.key() == Qt.Key.Key_Escape and not self.has_changes:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def show_record(self, record: PatientRecord) -> None:
        """Show this patient; changes of the same person that wait to be saved stay."""
        same = self._record is not None and self._record.patient.id == record.patient.id
        keep = same and self.has_changes and not self.is_saving
        self._record = record
        # The banner above bears the name already.
        self._title.setText(record.patient.full_name)
        self._title.hide()
        if not same:
            self.tabs.setCurrentIndex(0)
        if not keep:
            self._show_values()
        self.complications.set_kind(sections.complications(plans_first(record.procedures)))
        self.procedures.show_records(record.patient, plans_first(record.procedures))
        self.amputations.show_records(record.patient, record.amputations)
        self.medicines.show_records(record.patient, sections.now_first(record, self._now().date()))
        self.complications.show_records(record.patient, record.complications)
        self._tell_medicines(record)
        self._show_sections(shown=True)
        self._calm()

    def _tell_medicines(self, record: PatientRecord) -> None:
        today = self._now().date()
        none, since = no_medicine_words(record, today), unchanged_since(record, today)
        told = [_("Medicines today: {words}.").format(words=none)] if none else []
        if since:
            told.append(_("Unchanged since {when}.").format(when=since.label))
        if remark := medicine_remark(record, today):
            told.append(remark)
        self._medicines_now.setText(" ".join(told))
        self._medicines_now.setVisible(bool(told))

    def show_failure(self, failure: SscHandError) -> None:
        """Say why something was not saved, beside the field it belongs to; everything typed stays."""
        section = next((each for each in self._sections if each.is_saving), None)
        if section is not None and not self.is_saving:
            section.show_failure(failure)
            return
        self._calm()
        if isinstance(failure, Refused):
            self._show_refused(failure)
        else:
            self._tell(str(failure))

    def show_part(self, part: QWidget) -> None:
        """Turn to the tab in which a form or a section stands."""
        for number in range(self.tabs.count()):
            page = self.tabs.widget(number)
            if page is not None and page.isAncestorOf(part):
                self.tabs.setCurrentIndex(number)

    def _show_refused(self, refused: Refused) -> None:
        """Turn to the form with the field that the sentence names, else the first."""
        named = (form for form in self._forms if any(str(refused).startswith(f"{name}: ") for name in _names(form)))
        form = next(named, self.form)
        self.show_part(form)
        form.show_refused(refused)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        """What was typed is dropped, so that it does not come back as if it still waited."""
        self._show_values()
        self.cancelled.emit()

    @Slot()
    def _on_today_clicked(self) -> None:
        """Write today's day; it is saved with the rest of the page."""
        editor = self.no_medicine.editor(_ASKED)
        editor.set_value(editor.field.load(self._now().date().isoformat()))

    def _show_values(self) -> None:
        for form in self._forms:
            known = {key: getattr(self._record.patient, key) for key in form.keys} if self._record else {}
            form.show_values(known)
        self._classify()

    @property
    def said_of_classification(self) -> str:
        """What the answers as they stand come to."""
        return self._classified.text()

    @Slot()
    def _classify(self) -> None:
        """Say what the answers come to, as they are settled and before they are saved."""
        forms = (self.antibodies, self.ever_present)
        answers: dict[str, Any] = {key: form.editor(key).value for form in forms for key in form.keys}
        self._classified.setText(classification_words(replace(_NOBODY, **answers)))

    def _calm(self) -> None:
        self._save.setEnabled(True)
        self._fit_buttons()
        self._tell("")

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.addWidget(self.no_medicine, 1)
        asked.addWidget(self._today)
        none_taken = QWidget(self)
        none_taken.setLayout(asked)
        asked.setContentsMargins(0, 0, 0, 0)
        self._add_tab(_("Person"), [self.form])
        self._add_tab(_("Risks"), [self.risks])
        self._listed = [self._add_tab(_("Medicines"), [self.medicines, self._medicines_now, none_taken])]
        self._listed.append(self._add_tab(_("Procedures"), [self.procedures, self.amputations]))
        self._listed.append(self._add_tab(_("Complications"), [self.complications]))
        heading = PlainLabel(_("Antibodies"), self, role=Role.BOLD)
        ever = PlainLabel(_("Present now or ever"), self, role=Role.BOLD)
        self._add_tab(_("Classification"), [self._classified, heading, self.antibodies, ever, self.ever_present])
        self._add_tab(_("Study"), [self.study])
        below = QHBoxLayout()
        below.setContentsMargins(16, 4, 16, 12)
        below.addWidget(self._told, 1)
        below.addStretch(0)
        below.addWidget(self._save)
        below.addWidget(self._cancel)
        top = QHBoxLayout()
        top.setContentsMargins(16, 12, 16, 4)
        top.addWidget(self._title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addLayout(top)
        outer.addWidget(self.tabs, 1)
        outer.addLayout(below)

    def _add_tab(self, name: str, parts: Iterable[QWidget]) -> int:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(16)
        # Longer lines are hard to follow with the eye.
        page.setMaximumWidth(page.fontMetrics().averageCharWidth() * _WIDEST_IN_LETTERS)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        return self.tabs.addTab(scroll, name)

    def _show_sections(self, *, shown: bool) -> None:
        """Lists belong to a person who is saved already."""
        for number in self._listed:
            self.tabs.setTabVisible(number, shown)

    @Slot()
    def _fit_buttons(self) -> None:
        """Where records are saved one by one, a second Save is shown only while the person waits to be saved."""
        one_by_one = self.tabs.currentIndex() in self._listed and not self._today.isVisibleTo(self)
        self._save.setVisible(not one_by_one or self.has_changes)

    @Slot()
    def _on_shortcut_activated(self) -> None:
        """Save the record that is being typed, else the person."""
        section = next((each for each in self._sections if each.is_typing), None)
        if section is not None:
            section.save()
        elif self._save.isEnabled():
            self._on_save_clicked()

    @Slot()
    def _on_save_clicked(self) -> None:
        values: dict[str, Value | None] = {}
        for form in self._forms:
            try:
                values |= form.values()
            except Refused:
                self.show_part(form)
                return
        try:
            patient = self._patient_from(values)
        except Refused as refused:
            self._show_refused(refused)
            return
        self._save.setEnabled(False)
        self._tell("")
        self.save_requested.emit(patient)

    def _patient_from(self, values: Mapping[str, Value | None]) -> Patient:
        known = cast(dict[str, Any], dict(values))
        patient = replace(self._record.patient, **known) if self._record else Patient(id=self._new_id, **known)
        check_patient(patient, self._now().date())
        return patient


def _names(form: FieldForm) -> list[str]:
    return [form.editor(key).field.name for key in form.keys]
