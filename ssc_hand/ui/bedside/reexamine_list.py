"""Lesions and amputations of the visits before, each to be looked at again: one key or press each, then the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ssc_hand.domain.amputations import AmputationOutcome
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.reexamination import Outcome, meanings_of
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.asked import Asked, asked_at
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.key_repeats import KeyRepeats
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.outside_choice import OutsideChoice
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Lesions shown without scrolling.
_MOST_LINES = 4
#: Says that both hands were looked at and no other lesion is there.
LOOKED_KEY = "0"


class _Lines(QListWidget):
    """A list whose keys belong to the questions beneath it."""

    key_pressed = Signal(QKeyEvent)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a line; everything else is an answer or goes to the page."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
            return
        event.ignore()
        self.key_pressed.emit(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has come here."""
        super().focusInEvent(event)
        self.taken.emit()


class ReexamineList(QWidget):
    """What the visits before know and this one must look at again; it tells answers and changes nothing itself."""

    answered = Signal(str, object)  #: lesion id, Outcome
    amputation_answered = Signal(object, object)  #: Site of the digit, AmputationCheck
    looked = Signal(object)  #: True: both hands were looked at for lesions; None: not recorded
    lesion_shown = Signal(str)  #: id of the lesion that is asked about
    #: All is answered, or the person leaves: the keyboard is free.
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: PatientRecord | None = None
        self._visit: Visit | None = None
        self._found: tuple[Asked, ...] = ()
        self._current = 0
        self._repeats = KeyRepeats()
        self._can_edit = False
        self._offered: tuple[Outcome | AmputationOutcome, ...] = ()
        self._heading = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._lines = _Lines(self)
        self._lines.setAccessibleName(_("Lesions to re-examine"))
        self._lines.setWordWrap(True)
        OutsideChoice(self._lines, self._lines.setCurrentIndex)
        self._lines.currentRowChanged.connect(self._on_lines_current_row_changed)
        self._lines.key_pressed.connect(self._on_lines_key_pressed)
        self._lines.taken.connect(self._on_lines_taken)
        self._question = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._answers = QWidget(self)
        self._lines_of_answers = QVBoxLayout(self._answers)
        self._lines_of_answers.setContentsMargins(0, 0, 0, 0)
        self._lines_of_answers.setSpacing(4)
        self._looked = ChipButton(self._looked_words(), self)
        # Its words break where they are too long; they must not widen the page.
        self._looked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._looked.setMinimumHeight(self._target())
        self._looked.clicked.connect(self._on_looked_clicked)
        self._hint = PlainLabel(
            _("One key each, then the next lesion. Ctrl+Z takes an answer back. Sizes in mm are measured anew."),
            self,
            role=Role.MUTED,
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._heading, self._lines, self._question, self._answers, self._looked, self._hint):
            column.addWidget(widget)
        column.addStretch(1)

    def _looked_words(self) -> str:
        return f"{LOOKED_KEY}  {_('Both hands looked at: no other lesion')}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the words of the widest button go into two lines."""
        super().resizeEvent(event)
        words = self._looked_words()
        if self._looked.fontMetrics().horizontalAdvance(words) + self._target() > self.width():
            words = words.replace(": ", ":\n", 1)
        self._looked.setText(words)
        self._looked.setAccessibleName(self._looked_words())

    def _target(self) -> int:
        return millimetres(self, TARGET_MM)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_visit(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Show what is to be looked at again at a visit, and what was answered."""
        is_other = (visit.id if visit else None) != (self._visit.id if self._visit else None)
        self._record, self._visit = record, visit
        self._found = asked_at(record, visit) if record and visit else ()
        self._can_edit = visit is not None and visit.is_draft
        self._current = 0 if is_other else min(self._current, max(len(self._found) - 1, 0))
        self._show()

    @property
    def waiting(self) -> tuple[Asked, ...]:
        """What is without an answer."""
        return tuple(each for each in self._found if each.is_waiting)

    @property
    def current(self) -> Asked | None:
        """What is asked about."""
        return self._found[self._current] if self._found else None

    @Slot()
    def begin(self) -> None:
        """Take the keyboard, at the first lesion without an answer; with none left, at the look at both hands."""
        self._go_to_waiting()
        if self._found:
            self._lines.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._looked.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_waiting(self) -> None:
        """Choose the next lesion without an answer, at or after the current one, then from the start."""
        order = [*range(self._current, len(self._found)), *range(self._current)]
        self._current = next((n for n in order if self._found[n].is_waiting), self._current)
        self._show()
        self._show_place()

    def _show_place(self) -> None:
        """Tell which lesion is asked about; the drawing has no place for what is gone."""
        if self.current is not None and self.current.lesion_id:
            self.lesion_shown.emit(self.current.lesion_id)

    def _show(self) -> None:
        visit = self._visit
        self._lines.setVisible(bool(self._found))
        self._heading.setText(self._heading_words())
        self._fill_lines()
        self._show_answers()
        self._looked.setVisible(visit is not None)
        self._looked.setEnabled(self._can_edit)
        self._looked.setChecked(visit is not None and visit.lesions_reviewed is True)
        self._hint.setVisible(self._can_edit)

    def _heading_words(self) -> str:
        if not self._found:
            return _("No lesion of an earlier visit is to be re-examined.")
        done = len(self._found) - len(self.waiting)
        words = _("Lesions of earlier visits: {n} of {total} re-examined")
        if not all(each.lesion_id for each in self._found):
            words = _("Lesions and amputations of earlier visits: {n} of {total} re-examined")
        return words.format(n=done, total=len(self._found))

    def _fill_lines(self) -> None:
        self._lines.blockSignals(True)  # noqa: FBT003 - Qt's own
        while self._lines.count() > len(self._found):
            self._lines.takeItem(self._lines.count() - 1)
        for number, each in enumerate(self._found):
            item = self._lines.item(number) or QListWidgetItem(self._lines)
            item.setText(each.line)
        self._lines.setCurrentRow(self._current)
        self._lines.blockSignals(False)  # noqa: FBT003 - Qt's own
        line = self._lines.fontMetrics().lineSpacing()
        self._lines.setFixedHeight(min(len(self._found), _MOST_LINES) * (2 * line + 3) + 6)

    def _show_answers(self) -> None:
        each = self.current
        self._question.setVisible(each is not None)
        self._answers.setVisible(each is not None)
        if each is None:
            return
        self._question.setText(each.title)
        offered = each.outcomes
        if offered != self._offered or self._lines_of_answers.count() == 0:
            self._offered = offered
            self._make_answers()
        for button in self._answers.findChildren(ChipButton):
            button.setChecked(bool(each.said_key) and button.property("key") == each.said_key)
            button.setEnabled(self._can_edit)

    def _make_answers(self) -> None:
        """The answers side by side in the order of their keys, then what their words mean in this program."""
        while (item := self._lines_of_answers.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        row = QWidget(self._answers)
        flow = FlowLayout(row, spacing=4)
        for outcome in self._offered:
            flow.addWidget(self._button(outcome))
        self._lines_of_answers.addWidget(row)
        meanings = meanings_of(dict.fromkeys(one.status for one in self._offered if isinstance(one, Outcome)))
        if meanings:
            self._lines_of_answers.addWidget(PlainLabel(meanings, self._answers, role=Role.MUTED, wrap=True))
        for made in self._answers.findChildren(QWidget):
            made.show()  # at once: what is put into a shown layout else appears one turn of the loop later

    def _button(self, outcome: Outcome | AmputationOutcome) -> ChipButton:
        button = ChipButton(f"{outcome.key}  {outcome.label}", self._answers)
        button.setProperty("key", outcome.key)
        button.setMinimumSize(self._target(), self._target())
        button.setAccessibleName(outcome.label)
        button.setAccessibleDescription(outcome.meaning)
        button.clicked.connect(self._on_answer_clicked)
        return button

    # -- what is done ------------------------------------------------------------------------------------

    def answer(self, key: str) -> bool:
        """Give the answer of a key; whether it is one here."""
        each = self.current
        if not self._can_edit:
            return False
        if key == LOOKED_KEY:
            self.looked.emit(True)  # noqa: FBT003 - a signal has no keywords
            self._say(_("Both hands looked at: no other lesion"))
            self._after_answer()
            return True
        outcome = next((one for one in self._offered if one.key == key), None)
        if each is None or outcome is None:
            return False
        if isinstance(outcome, Outcome):
            self.answered.emit(each.lesion_id, outcome)
        else:
            self.amputation_answered.emit(each.site, outcome.check)
        self._say(f"{each.short}: {outcome.label}")
        self._after_answer()
        return True

    def _after_answer(self) -> None:
        """Go on to the next lesion; where nothing is left to ask, the keyboard is free."""
        if self.waiting:
            self._go_to_waiting()
        elif self._visit is not None and self._visit.lesions_reviewed:
            self.finished.emit()

    @Slot(QKeyEvent)
    def _on_lines_key_pressed(self, event: QKeyEvent) -> None:
        if self._take_key(event):
            event.accept()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self._repeats.is_repeat(event):
            return True  # a key that is held answers for one lesion, not for all
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._current == len(self._found) - 1:
                self.finished.emit()
            else:
                self._lines.setCurrentRow(self._current + 1)
            return True
        return bool(event.text()) and self.answer(event.text())

    @Slot(int)
    def _on_lines_current_row_changed(self, row: int) -> None:
        if 0 <= row < len(self._found):
            self._current = row
            self._show_answers()
            self._show_place()

    @Slot()
    def _on_lines_taken(self) -> None:
        self._show_place()

    @Slot()
    def _on_answer_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and not self.answer(str(button.property("key"))):
            self._show_answers()
        self._show()

    @Slot()
    def _on_looked_clicked(self) -> None:
        """A press says that both hands were looked at; another takes it back."""
        self.looked.emit(True if self._looked.isChecked() else None)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that a button left over."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key let go: the next press of it is a new one."""
        self._repeats.is_repeat(event)
        super().keyReleaseEvent(event)

    def _say(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
