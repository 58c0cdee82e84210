"""Visits of one patient: list, open, start."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.kinds import Choice
from ssc_hand.domain.lesions import UlcerCounts, ulcer_counts
from ssc_hand.domain.records import Lesion, PatientRecord, Visit
from ssc_hand.domain.vocabulary import VisitKind
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.patients.words import together
from ssc_hand.ui.widgets.line_list import LineList, Row
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role


class VisitList(QWidget):
    """The visits of the patient, newest first, and the button that starts another."""

    visit_chosen = Signal(str)  #: id of the visit
    start_requested = Signal(object)  #: VisitKind

    def __init__(self, parent: QWidget | None = None) -> None:
        """The list of nobody."""
        super().__init__(parent)
        self._current = ""
        self._record: PatientRecord | None = None
        self._start = QPushButton(_("Start visit"), self)
        self._start.setToolTip(_("Start a visit now; open lesions and amputations are carried over"))
        self._start.setAutoDefault(False)
        self._menu = QMenu(self._start)
        for kind in VisitKind:
            self._menu.addAction(kind.label).setData(kind)
        self._menu.triggered.connect(self._on_menu_triggered)
        self._start.setMenu(self._menu)
        self._list = LineList(self)
        self._list.setAccessibleName(_("Visits, newest first"))
        self._list.chosen.connect(self.visit_chosen)
        self._empty = PlainLabel(parent=self, role=Role.MUTED, wrap=True)
        self._empty.setContentsMargins(6, 8, 6, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._start)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        self.show_record(None)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._list.rows

    @property
    def remark(self) -> str:
        """The sentence that stands for an empty list; empty where something is listed."""
        return self._empty.text()

    @property
    def start_menu(self) -> QMenu:
        """The kinds of visit that can be started."""
        return self._menu

    def show_record(self, record: PatientRecord | None) -> None:
        """List the visits of this patient."""
        before, self._record = self._record, record
        self._list.set_rows(self._rows_of(record, before) if record else ())
        self._list.set_current(self._current)
        self._start.setEnabled(record is not None)
        self._empty.setText(_("No visit yet. “Start visit” begins the first.") if record and not self.rows else "")
        self._empty.setVisible(bool(self._empty.text()))

    def _rows_of(self, record: PatientRecord, before: PatientRecord | None) -> tuple[Row, ...]:
        """The rows of a record; those that still hold are kept, since counting the ulcers of all visits takes long."""
        kept = _still_told(before, record) if before else 0
        newer = (visit_row(record, visit) for visit in reversed(record.visits[kept:]))
        return (*newer, *self.rows[len(self.rows) - kept :])

    def set_current(self, visit_id: str | None) -> None:
        """Mark the visit that is open."""
        self._current = visit_id or ""
        self._list.set_current(self._current)

    @Slot(QAction)
    def _on_menu_triggered(self, action: QAction) -> None:
        self.start_requested.emit(Choice(VisitKind).load(action.data()))


def _still_told(before: PatientRecord, record: PatientRecord) -> int:
    """Of how many of the oldest visits the ulcers surely are what they were: a visit tells of those before it."""
    if before.patient.id != record.patient.id or before.amputations != record.amputations:
        return 0
    changed = {lesion.id for lesion in (*before.lesions, *record.lesions) if _is_in_one(lesion, before, record)}
    number = 0
    for old, new in zip(before.visits, record.visits, strict=False):
        if old is not new or changed & new.states.keys():
            break
        number += 1
    return number


def _is_in_one(lesion: Lesion, before: PatientRecord, record: PatientRecord) -> bool:
    return lesion not in before.lesions or lesion not in record.lesions


def visit_row(record: PatientRecord, visit: Visit) -> Row:
    """Day and kind above, ulcers and examiner beneath, and whether it is a draft."""
    return Row(
        title=f"{day_label(visit.day)}, {visit.kind.label}",
        detail=together([ulcer_line(ulcer_counts(record, visit)), visit.examiner or ""]),
        badge=visit.state.label if visit.is_draft else "",
        key=visit.id,
    )


def ulcer_line(counts: UlcerCounts) -> str:
    """The ulcers of a visit in a few words: those carried over and not examined stand apart."""
    parts = [
        ngettext("{n} active ulcer", "{n} active ulcers", counts.active).format(n=counts.active)
        if counts.active
        else _("no active ulcer")
    ]
    if counts.indeterminate:
        parts.append(_("{n} indeterminate").format(n=counts.indeterminate))
    if counts.not_examined:
        parts.append(_("{n} not examined").format(n=counts.not_examined))
    return ", ".join(parts)
