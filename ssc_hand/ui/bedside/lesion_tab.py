"""The lesions of a visit: the list and the card of each, or the questions about those of the visits before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ssc_hand.domain.lesions import reviewed_words
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.recurrence import recurrence
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.asked import asked_at
from ssc_hand.ui.bedside.reexamine_list import ReexamineList
from ssc_hand.ui.forms.lesion_panel import LesionPanel
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role


class LesionTab(QWidget):
    """Two faces of one thing: what is known of each lesion, and what has to be asked again."""

    began = Signal()  #: the questions are asked

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[PatientRecord | None, Visit | None] = (None, None)
        self.panel = LesionPanel(self)
        self.review = ReexamineList(self)
        self._reviewed = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._switch = ChipButton("", self)
        self._switch.setMinimumHeight(millimetres(self, TARGET_MM))
        self._switch.clicked.connect(self._on_switch_clicked)
        scrolled = QScrollArea(self)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scrolled.setWidget(self.review)
        self._faces = QStackedWidget(self)
        self._faces.addWidget(self.panel)
        self._faces.addWidget(scrolled)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 0)
        column.addWidget(self._switch)
        column.addWidget(self._reviewed)
        column.addWidget(self._faces, 1)
        self.review.finished.connect(self.show_lesions)

    @property
    def is_asking(self) -> bool:
        """Whether the questions about the lesions of earlier visits are shown."""
        return self._faces.currentIndex() == 1

    def show_visit(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Show the lesions of a visit."""
        self._shown = (record, visit)
        self._show_face()
        can_edit = visit is not None and visit.is_draft
        if not can_edit:
            self.show_lesions()
        self._switch.setVisible(can_edit)
        self._switch.setText(_switch_words(record, visit) if record and visit else "")
        self._show_reviewed(record, visit)

    def _show_face(self) -> None:
        """Only what is seen is brought up to date: every entry comes by here."""
        (self.review if self.is_asking else self.panel).show_visit(*self._shown)

    def _show_reviewed(self, record: PatientRecord | None, visit: Visit | None) -> None:
        words = ""
        if record is not None and visit is not None:
            course = _("Course of digital ulcers: {words}.").format(words=recurrence(record, visit).words)
            words = f"{reviewed_words(visit)}. {course}"
        self._reviewed.setText(words)
        self._reviewed.setVisible(visit is not None and not self.is_asking)

    @Slot()
    def begin(self) -> None:
        """Ask about the lesions of earlier visits, with the keyboard there."""
        self._face(1)
        self.review.begin()
        self.began.emit()

    @Slot()
    def show_lesions(self) -> None:
        """Show the list and the card again."""
        self._face(0)

    def _face(self, number: int) -> None:
        self._faces.setCurrentIndex(number)
        self._show_face()
        self._switch.setChecked(number == 1)
        self._reviewed.setVisible(number == 0 and bool(self._reviewed.text()))

    @Slot()
    def _on_switch_clicked(self) -> None:
        if self._switch.isChecked():
            self.begin()
        else:
            self.show_lesions()


def _switch_words(record: PatientRecord, visit: Visit) -> str:
    asked = asked_at(record, visit)
    if not asked:
        return _("Look at both hands for lesions")
    words = _("Re-examine lesions: {n} of {total} to do")
    if not all(each.lesion_id for each in asked):
        words = _("Re-examine lesions and amputations: {n} of {total} to do")
    return words.format(n=sum(each.is_waiting for each in asked), total=len(asked))
