"""Description: what is said of the photograph that is looked at, and what it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QPushButton, QStyle, QVBoxLayout, QWidget

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.fields import PHOTOGRAPH
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.photographs import Photograph
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.photos.subject import Subject, subject_of, subjects_at
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role


class SubjectBox(QComboBox):
    """Chooses a lesion, a hand or the visit."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def offer(self, record: PatientRecord, visit: Visit, subject: Subject) -> None:
        """Offer what can be photographed at a visit, with one of it chosen."""
        with QSignalBlocker(self):
            self.clear()
            for each, words in subjects_at(record, visit):
                self.addItem(words, each)
            self.choose(subject)
        # The line may be too narrow for the words; the list that opens never is.
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count()))
        self.view().setMinimumWidth(widest + 2 * self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent))

    def choose(self, subject: Subject) -> None:
        """Choose one; the whole visit where it is not offered."""
        found = [row for row in range(self.count()) if self.itemData(row) == subject]
        self.setCurrentIndex(found[0] if found else self.count() - 1)

    @property
    def subject(self) -> Subject:
        """What is chosen."""
        found = self.currentData()
        return found if isinstance(found, Subject) else Subject()


class Description(QWidget):
    """Caption, time and subject of one photograph, and the way to take it back."""

    settled = Signal(object)  #: Photograph, described anew
    withdraw_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photograph: Photograph | None = None
        self.form = FieldForm(PHOTOGRAPH, parent=self)
        self.shows = SubjectBox(_("What the photograph shows"), self)
        self.withdraw = QPushButton(_("Taken in by mistake: withdraw"), self)
        self._facts = PlainLabel("", self, role=Role.MUTED, wrap=True)
        right = QFormLayout()
        right.addRow(_("Shows"), self.shows)
        right.addRow(self.withdraw)
        row = QHBoxLayout()
        row.addWidget(self.form, 3)
        row.addSpacing(12)
        row.addLayout(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._facts)
        self.form.field_settled.connect(self._on_form_field_settled)
        self.shows.activated.connect(self._on_shows_activated)
        self.withdraw.clicked.connect(self.withdraw_wanted)

    def show_photograph(self, record: PatientRecord, visit: Visit, photograph: Photograph, *, can_edit: bool) -> None:
        """Show what is said of a photograph; what is being typed about the same one stays."""
        is_other = self._photograph is None or self._photograph.id != photograph.id
        self._photograph = photograph
        values = {field.key: getattr(photograph, field.key) for field in PHOTOGRAPH}
        if is_other:
            self.form.show_values(values)
        else:
            self.form.refresh(values)
        self.form.set_read_only(read_only=not can_edit)
        self.shows.offer(record, visit, subject_of(photograph))
        self.shows.setEnabled(can_edit)
        self.withdraw.setVisible(can_edit)
        self._facts.setText(_facts(photograph, visit))

    def settle(self) -> None:
        """Hand on what is still being typed."""
        self.form.settle()

    @Slot(object)
    def _on_form_field_settled(self, settled: tuple[str, Value | None]) -> None:
        key, value = settled
        if self._photograph is not None:
            changed: dict[str, Any] = {key: value}
            self.settled.emit(replace(self._photograph, **changed))

    @Slot()
    def _on_shows_activated(self) -> None:
        if self._photograph is not None:
            subject = self.shows.subject
            self.settled.emit(replace(self._photograph, site=subject.site, lesion_id=subject.lesion_id))


def _facts(photograph: Photograph, visit: Visit) -> str:
    facts = [photograph.size_words]
    taken = photograph.taken_at
    if taken is not None and taken.astimezone(visit.at.tzinfo).date() != visit.day:
        words = _("Taken on another day than the visit of {day}: does it belong here?")
        facts.insert(0, words.format(day=day_label(visit.day)))
    if photograph.stamp is not None:
        facts.append(_("taken in by {who}").format(who=photograph.stamp.by))
    return " · ".join(facts)
