"""Who the record on the screen belongs to; always in view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import _
from ssc_hand.ui.patients import words
from ssc_hand.ui.widgets.badge import Badge
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role


class PersonBanner(QFrame):
    """Name, record number, birth date and age, sex, hands, what to fear, and what was done or is planned where."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """A banner of nobody; `now` tells the day on which ages are counted."""
        super().__init__(parent)
        self._now = now
        self._name = ElidedLabel(parent=self, role=Role.TITLE)
        self._synthetic = Badge(_("SYNTHETIC"), self)
        self._synthetic.setToolTip(_("No real patient: this clinic is for demonstration or tests"))
        self._synthetic.hide()
        self._identity = PlainLabel(parent=self, wrap=True)
        self._risks = PlainLabel(parent=self, wrap=True)
        self._plans = PlainLabel(parent=self, role=Role.BOLD, wrap=True)
        self._history = PlainLabel(parent=self, role=Role.MUTED, wrap=True)
        for label in (self._name, self._identity):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._synthetic)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(3)
        self._column.addLayout(top)
        for label in (self._identity, self._risks, self._plans, self._history):
            self._column.addWidget(label)
        self.show_record(None)

    def show_record(self, record: PatientRecord | None) -> None:
        """Show this patient, or that none is chosen."""
        if record is None:
            self._name.setText(_("No patient chosen"))
            self._say(_("Find one by name, record number or birth date, or add a new one."))
            self.setAccessibleName(_("No patient chosen"))
            return
        self._name.setText(record.patient.full_name)
        today = self._now().date()
        identity, risks = words.identity(record.patient, today), words.risks(record, today)
        self._say(identity, risks, words.plans(record), words.history(record))
        self.setAccessibleName(_("Patient: {name}").format(name=record.patient.full_name))
        self.setAccessibleDescription(" ".join(text for text in (identity, risks, self._plans.text()) if text))

    def set_synthetic(self, *, synthetic: bool) -> None:
        """Label the patient as no real one."""
        self._synthetic.setVisible(synthetic)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Never be lower than the lines need at this width, whatever is around."""
        super().resizeEvent(event)
        self._fit()

    def _say(self, identity: str, risks: str = "", plans: str = "", history: str = "") -> None:
        labels = (self._identity, self._risks, self._plans, self._history)
        for label, text in zip(labels, (identity, risks, plans, history), strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._column.totalHeightForWidth(self.width()))
