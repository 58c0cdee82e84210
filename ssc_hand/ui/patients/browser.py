"""Search and pick a patient: those expected today, the recent ones, the found ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ssc_hand.domain.clinic import ExpectedLine, PatientLine
from ssc_hand.i18n import _
from ssc_hand.ui.patients.words import line_detail
from ssc_hand.ui.widgets.line_list import LineList, Row, RowStyle
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: So many lines are shown of those found; the next letter typed is quicker than reading on.
MOST_LINES = 100
_PATIENT_PAGE = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)


class PatientBrowser(QWidget):
    """A search box above one list: today's patients and the recent ones, or those found."""

    search_changed = Signal(str)  #: what is in the search box; empty asks for the recent patients
    patient_chosen = Signal(str)  #: id of the patient
    new_patient_requested = Signal()
    today_requested = Signal()  #: to see and change the list of today
    expect_requested = Signal(object)  #: tuple[str, ...]: record numbers to put on the list of today
    unexpect_requested = Signal(str)  #: id of the patient to take off the list of today

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """An empty browser; `now` tells the day on which ages are counted."""
        super().__init__(parent)
        self._now = now
        self._lines: tuple[PatientLine, ...] | None = None
        #: Whether the list answers what stands in the box, and what to do as soon as it does.
        self._is_answered = True
        self._wanted: Callable[[], None] | None = None
        self._expected: tuple[ExpectedLine, ...] = ()
        self._menu_key = ""
        self.find_action = self._action(_("Find patient"), QKeySequence.StandardKey.Find)
        self.find_action.triggered.connect(self.focus_search)
        self.new_action = self._action(_("New patient"), QKeySequence.StandardKey.New)
        self.new_action.triggered.connect(self.new_patient_requested)
        self.today_action = self._action(_("Today's list"), QKeySequence("Ctrl+T"))
        self.today_action.triggered.connect(self.today_requested)
        self._box = QLineEdit(self)
        self._box.setPlaceholderText(_("Name, record number or birth date"))
        self._box.setAccessibleName(_("Find patient by name, record number or birth date"))
        self._box.setToolTip(self.find_action.toolTip())
        self._box.setClearButtonEnabled(True)
        self._box.installEventFilter(self)
        self._box.textChanged.connect(self._on_box_text_changed)
        self._buttons = QHBoxLayout()
        for action in (self.new_action, self.today_action):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.addWidget(button)
        self._empty = PlainLabel(parent=self, role=Role.MUTED, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(6, 8, 6, 8)
        self._list = LineList(self)
        self._list.setAccessibleName(_("Patients"))
        self._list.chosen.connect(self.patient_chosen)
        self._list.left_upwards.connect(self.focus_search)
        self._list.typed.connect(self.type_on)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.customContextMenuRequested.connect(self._on_list_menu_requested)
        self._lay_out()
        self._refresh()

    @property
    def text(self) -> str:
        """What is looked for."""
        return self._box.text().strip()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._list.rows

    @property
    def remark(self) -> str:
        """The sentence that stands for an empty list; empty where something is listed."""
        return self._empty.text()

    def show_lines(self, lines: Sequence[PatientLine]) -> None:
        """Show the patients that answer what is in the search box."""
        self._lines = tuple(lines)
        self._refresh()
        wanted, self._wanted, self._is_answered = self._wanted, None, True
        if wanted:
            wanted()

    def show_expected(self, expected: Sequence[ExpectedLine]) -> None:
        """Show who is expected today."""
        self._expected = tuple(expected)
        self._refresh()

    def set_current(self, patient_id: str) -> None:
        """Mark the patient that is open."""
        self._list.set_current(patient_id)

    @Slot()
    def focus_search(self) -> None:
        """Take the keyboard into the search box."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the search box into the list, Enter opens the first entry, Escape empties the box."""
        if watched is self._box and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._take_key(event.key())
            if event.type() == QEvent.Type.ShortcutOverride and event.keyCombination() == _PATIENT_PAGE:
                return True  # where this also moves the caret to the end, the menu would not hear it
        return super().eventFilter(watched, event)

    def _take_key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self._once_answered(self._list.enter)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._once_answered(self._list.choose_first)
        elif key == Qt.Key.Key_Escape and self._box.text():
            self._box.clear()
        else:
            return False
        return True

    def _once_answered(self, act: Callable[[], None]) -> None:
        """Keys may come before the answer to what was typed: never act on the patients listed until then."""
        if self._is_answered:
            act()
        else:
            self._wanted = act

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._box)
        column.addLayout(self._buttons)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)

    def _action(self, text: str, keys: QKeySequence | QKeySequence.StandardKey) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text} ({shortcut})")
        self.addAction(action)
        return action

    def _refresh(self) -> None:
        rows = list(self._rows())
        self._list.set_rows(rows)
        self._empty.setText(self._sentence(rows))
        self._empty.setVisible(bool(self._empty.text()))

    def _rows(self) -> Iterator[Row]:
        lines = self._lines or ()
        if not self.text and self._expected:
            yield Row(_("Today"), style=RowStyle.HEADING)
            for expected in self._expected:
                yield self._row(expected.patient, expected.state.label)
            if lines:
                yield Row(_("Recent"), style=RowStyle.HEADING)
        due = {each.patient.id for each in self._expected} if not self.text else set()
        for line in lines[:MOST_LINES]:
            if line.id not in due:
                yield self._row(line, _("draft") if line.has_draft else "")
        if len(lines) >= MOST_LINES:
            yield Row(
                _("The first {n} are shown. For others, type further.").format(n=MOST_LINES), style=RowStyle.REMARK
            )

    def _row(self, line: PatientLine, badge: str) -> Row:
        return Row(line.full_name, line_detail(line, self._now().date()), badge, line.id)

    def _sentence(self, rows: list[Row]) -> str:
        if rows or self._lines is None:
            return ""
        if self.text:
            return _("Nobody found for “{text}”. Check the spelling, or add a new patient.").format(text=self.text)
        return _("No patients yet. Press “New patient” to add the first.")

    @Slot(str)
    def _on_box_text_changed(self, _text: str) -> None:
        self._is_answered, self._wanted = False, None
        self.search_changed.emit(self.text)

    @Slot(str)
    def type_on(self, letters: str) -> None:
        """Take letters that were typed elsewhere into the search box."""
        self.focus_search()
        self._box.insert(letters)

    @Slot(QPoint)
    def _on_list_menu_requested(self, place: QPoint) -> None:
        # The key for menus does not point at an entry.
        index = self._list.indexAt(place)
        if index.isValid():
            self._list.setCurrentIndex(index)
        menu = self.menu_for(self._list.current_key)
        if not menu.isEmpty():
            menu.popup(self._list.viewport().mapToGlobal(place))

    def menu_for(self, patient_id: str) -> QMenu:
        """What can be done with a listed patient, beside opening the record."""
        self._menu_key = patient_id
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if any(each.patient.id == patient_id for each in self._expected):
            menu.addAction(_("Take off today's list")).triggered.connect(self._on_unexpect_triggered)
        elif self._number_of(patient_id):
            menu.addAction(_("Expect today")).triggered.connect(self._on_expect_triggered)
        return menu

    def _number_of(self, patient_id: str) -> str:
        return next((line.record_number for line in self._lines or () if line.id == patient_id), "")

    @Slot()
    def _on_expect_triggered(self) -> None:
        self.expect_requested.emit((self._number_of(self._menu_key),))

    @Slot()
    def _on_unexpect_triggered(self) -> None:
        self.unexpect_requested.emit(self._menu_key)
