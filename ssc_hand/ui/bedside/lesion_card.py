"""The card beside a mark: what a lesion is and how it is today, by keys alone; every answer is recorded at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.reexamination import meanings_of
from ssc_hand.domain.vocabulary import Status
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.lesion_rows import (
    KIND,
    PAIN,
    ROWS,
    SIZE,
    SIZE_SO_FAR,
    STATUS,
    Row,
    choices_of,
    field_for,
    read_size,
    rows_of,
    size_doubt,
    value_of,
    words_of,
)
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.key_repeats import KeyRepeats
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: The key of the worst pain, which has two digits; the same as everywhere in the program.
_TEN = ("t", "+")
_TIMES = "x"
_COLUMNS = 3
#: Letters that fit into the width of the card, and the room it keeps from the mark, in pixels.
_WIDTH_IN_LETTERS = 58
_GAP = 10
_KEYS = Qt.Key
#: Keys that may be held down.
_HELD = frozenset({_KEYS.Key_Left, _KEYS.Key_Right, _KEYS.Key_Up, _KEYS.Key_Down})


class _RowButton(ChipButton):
    """A row in two lines, its name and what it says, as narrow as its column."""

    def sizeHint(self) -> QSize:
        """Two lines, and no narrower than a finger."""
        target = millimetres(self, TARGET_MM)
        return QSize(target, max(target, 2 * self.fontMetrics().lineSpacing() + 8))


class LesionCard(QFrame):
    """One lesion beside its mark; it takes the keyboard, covers no mark, and gives the keyboard back at the end.

    It changes nothing itself: it tells what was answered, and shows what the record then says.
    """

    field_settled = Signal(str, str, object)  #: lesion id, key of a LESION field, value
    state_settled = Signal(str, str, object)  #: lesion id, key of a LESION_STATE field, value
    size_settled = Signal(str, object, object)  #: lesion id, length (mm), width (mm)
    refused = Signal(str)  #: what was typed and could not be recorded when the card closed
    closed = Signal()

    def __init__(self, over: QWidget) -> None:
        """A hidden card within `over`, the drawing."""
        super().__init__(over)
        self._over = over
        self._each: LesionAt | None = None
        self._mark = QRect()
        self._row: Row = STATUS
        self._typed = ""
        self._repeats = KeyRepeats()
        #: A size outside the usual that was asked about once.
        self._doubted = ""
        self._shown_rows: tuple[Row, ...] = ()
        self._offered: tuple[Row, tuple[Value, ...]] | None = None
        self._focus_before: QWidget | None = None
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._build()
        self.hide()

    def _build(self) -> None:
        self._heading = PlainLabel("", self, role=Role.BOLD, wrap=True)
        close = QPushButton("×", self)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.setToolTip(_("Close this card (Esc)"))
        close.setAccessibleName(_("Close this card"))
        close.setFixedSize(self._target(), self._target())
        close.clicked.connect(self.close_card)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._grid.setSpacing(3)
        self._rows = {row: self._row_button(row) for row in ROWS}
        self._question = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._choices = QWidget(self)
        self._flow = FlowLayout(self._choices, spacing=3)
        self._chips: list[ChipButton] = []
        self._meaning = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._hint = PlainLabel(
            _("Enter: next. Backspace: clear. Ctrl+Z: take back. Esc: close."), self, role=Role.MUTED, wrap=True
        )
        self._error = PlainLabel("", self, role=Role.WARNING, wrap=True)
        self._error.hide()
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(self._grid)
        column.addWidget(self._question)
        column.addWidget(self._choices)
        column.addWidget(self._meaning)
        column.addWidget(self._error)
        column.addWidget(self._hint)

    def _target(self) -> int:
        return millimetres(self, TARGET_MM)

    def _row_button(self, row: Row) -> QPushButton:
        button = _RowButton("", self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setProperty("letter", row.letter)
        button.clicked.connect(self._on_row_clicked)
        return button

    # -- shown and hidden --------------------------------------------------------------------------------

    @property
    def lesion_id(self) -> str | None:
        """The lesion on the card; None while it is closed."""
        return None if self._each is None else self._each.lesion.id

    @property
    def row(self) -> Row:
        """The row that the next key answers."""
        return self._row

    def open_at(self, each: LesionAt, mark: QRect) -> None:
        """Show a lesion beside its mark (in pixels of the drawing) and take the keyboard."""
        self.settle()
        before = QApplication.focusWidget()
        if before is not None and before is not self:
            self._focus_before = before
        self._each, self._mark = each, mark
        self._go_to(STATUS)
        self.show()
        self.raise_()
        self._place()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, each: LesionAt) -> None:
        """Show what the record says now; what is being typed stays."""
        self._each = each
        if self._row not in rows_of(each):
            self._go_to(STATUS)
        self._show()

    @Slot()
    def close_card(self) -> None:
        """Close, and give the keyboard back to where it was."""
        if self._each is None:
            return
        self.settle()
        if self._typed:
            self.refused.emit(_("Not recorded: {what}").format(what=self._error.text()))
        had_focus = self.hasFocus()
        self._each, self._typed = None, ""
        self.hide()
        if had_focus and self._focus_before is not None:
            self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        self.closed.emit()

    def move_mark(self, mark: QRect) -> None:
        """The mark stands elsewhere on the drawing now."""
        self._mark = mark
        self._place()

    def show_error(self, text: str) -> None:
        """Say why an answer was refused; nothing was recorded."""
        if text == self._error.text():
            return
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self._place()
        if text:
            self._say(text)

    def _show(self) -> None:
        each = self._each
        if each is None:
            return
        lesion = each.lesion
        self._heading.setText(f"{lesion.letter}: {lesion.kind.label}, {lesion.site.name}")
        self._show_rows(each)
        self._show_question(each)
        self.setAccessibleName(_("Lesion {letter}").format(letter=lesion.letter))
        self._place()

    def _show_rows(self, each: LesionAt) -> None:
        shown = rows_of(each)
        if shown != self._shown_rows:
            self._shown_rows = shown
            for row, button in self._rows.items():
                button.setVisible(row in shown)
                self._grid.removeWidget(button)
            for number, row in enumerate(shown):
                self._grid.addWidget(self._rows[row], number // _COLUMNS, number % _COLUMNS)
        room = self._inside() // _COLUMNS - 3 * self.fontMetrics().averageCharWidth()
        for row in shown:
            button, words = self._rows[row], words_of(each, row)
            # What is not recorded leaves its line empty; a dash would say that it could not be assessed.
            said = "" if value_of(each, row) is None else words
            said = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
            button.setText(f"{row.letter}  {row.name}\n{said}".replace("&", "&&"))
            button.setToolTip(f"{row.name}: {words}")
            button.setAccessibleName(f"{row.name}: {words}")
            button.setChecked(row is self._row)

    def _show_question(self, each: LesionAt) -> None:
        offered = tuple(range(11)) if self._row is PAIN else choices_of(each, self._row)
        if (self._row, offered) != self._offered:
            self._offered = (self._row, offered)
            self._make_chips(offered)
        value = value_of(each, self._row)
        for chip, choice in zip(self._chips, offered, strict=False):
            chip.setChecked(choice == value)
        self._choices.setVisible(self._row is not SIZE)
        self._question.setVisible(self._row is SIZE)
        self._question.setText(_("Length × width (mm): {typed}").format(typed=f"{self._typed}▏"))
        self._meaning.setText(self._meaning_words(each))
        self._meaning.setVisible(bool(self._meaning.text()))

    def _meaning_words(self, each: LesionAt) -> str:
        if self._row is SIZE:
            if self._typed.endswith(_TIMES):
                return _("Now the width; Enter once more keeps the length alone.")
            return _("Such as 4x3 or 4.5 x 3; Enter settles it.")
        if self._row is not STATUS:
            return ""
        return meanings_of(status for status in choices_of(each, STATUS) if isinstance(status, Status))

    def _make_chips(self, offered: tuple[Value, ...]) -> None:
        """Write the choices on buttons, which are kept from row to row: making them takes longer than a key may."""
        while len(self._chips) < len(offered):
            self._chips.append(self._chip())
        for number, (chip, value) in enumerate(zip(self._chips, offered, strict=False), 1):
            key = {10: _TEN[0]}.get(number - 1, "") if self._row is PAIN else f"{number}"
            words = field_for(self._row).format(value)
            chip.setText((f"{key}  {words}" if key else words).replace("&", "&&"))
            chip.setAccessibleName(f"{self._row.name}: {words}")
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(offered))

    def _chip(self) -> ChipButton:
        chip = ChipButton("", self._choices)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setMinimumSize(self._target(), self._target())
        chip.setProperty("number", len(self._chips))
        chip.clicked.connect(self._on_chip_clicked)
        self._flow.addWidget(chip)
        return chip

    # -- where it stands ---------------------------------------------------------------------------------

    def _inside(self) -> int:
        return self._width() - 14

    def _width(self) -> int:
        room = self._over.width() - 2 * _GAP
        return min(self.fontMetrics().averageCharWidth() * _WIDTH_IN_LETTERS, room)

    def _place(self) -> None:
        """Beside the mark, at the side with more room; never over it while there is room anywhere."""
        if self._each is None:
            return
        self._choices.setFixedHeight(max(self._flow.heightForWidth(self._inside()), 1))
        width, room = self._width(), self._over.height()
        self._hint.show()
        height = self._height_at(width)
        if height > room - self._mark.bottom() - _GAP:
            self._hint.hide()  # lower, it may still stand below its mark and leave the other hand in sight
            height = self._height_at(width)
        if height > room:
            self._meaning.hide()  # the keys come first; each button tells its meaning too
            height = min(self._height_at(width), room)
        self.setGeometry(QRect(place_beside(self._mark, QSize(width, height), self._over.size()), QSize(width, height)))

    def _height_at(self, width: int) -> int:
        self._column.invalidate()
        return max(self._column.totalHeightForWidth(width), self._column.totalMinimumSize().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A frame that is seen on light and dark ground; thicker while it has the keyboard."""
        super().paintEvent(event)
        painter = QPainter(self)
        role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
        painter.setPen(QPen(self.palette().color(role), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter goes to a row, a digit answers it; the rest as everywhere. A key that is held answers one row."""
        if self._repeats.is_repeat(event) and event.key() not in _HELD:
            return
        if self._each is None or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            super().keyPressEvent(event)
            return
        if not self._steer(_KEYS(event.key())):
            self._type(event.text().lower())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A key let go: the next press of it is a new one."""
        self._repeats.is_repeat(event)
        super().keyReleaseEvent(event)

    def _steer(self, key: Qt.Key) -> bool:
        """Enter, Tab, arrows, Backspace and Escape."""
        if key in (_KEYS.Key_Return, _KEYS.Key_Enter):
            self._enter()
        elif key in (_KEYS.Key_Tab, _KEYS.Key_Down, _KEYS.Key_Right):
            self._step(1)
        elif key in (_KEYS.Key_Backtab, _KEYS.Key_Up, _KEYS.Key_Left):
            self._step(-1)
        elif key in (_KEYS.Key_Backspace, _KEYS.Key_Delete):
            self._take_back()
        elif key is _KEYS.Key_Escape:
            self._leave()
        else:
            return False
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - overrides Qt's
        """Tab goes from row to row; Escape leaves the card."""
        self._step(1 if forward else -1)
        return True

    def _type(self, text: str) -> None:
        if not text or self._each is None:
            return
        if self._row is SIZE and self._goes_on(text):
            self._typed += text
            self.show_error("")
            self._show()
        elif text == "." and self._row not in (SIZE, PAIN):
            self._leave()
        elif (row := next((row for row in rows_of(self._each) if row.letter == text), None)) is not None:
            if self._settle_typed():
                self._go_to(row)
        else:
            self._answer_key(text)

    def _goes_on(self, text: str) -> bool:
        """Whether a character belongs to the size that is being typed."""
        is_part = (text.isascii() and text.isdigit()) or (bool(self._typed) and text in ".,x×* ")
        return is_part and SIZE_SO_FAR.fullmatch(self._typed + text) is not None

    def _answer_key(self, text: str) -> None:
        each = self._each
        assert each is not None
        if self._row is PAIN and (text in _TEN or (text.isascii() and text.isdigit())):
            was_one = value_of(each, PAIN) == 1
            self._answer(10 if text in _TEN else int(text))
            if was_one and text == "0" and not self._error.text():
                self.show_error(_("0 took the place of 1. Was ten meant? It has its own key, T."))
            return
        choices = choices_of(each, self._row)
        if text.isascii() and text.isdigit() and 1 <= int(text) <= len(choices):
            self._answer(choices[int(text) - 1])
            return
        self.show_error(_("“{key}” answers nothing here. Nothing was recorded.").format(key=text))

    def _answer(self, value: Value | None) -> None:
        """Tell an answer; where it was taken, go on to the next row."""
        each = self._each
        assert each is not None
        self.show_error("")
        row = self._row
        signal = self.field_settled if row.is_for_life else self.state_settled
        signal.emit(each.lesion.id, row.key, value)
        if self._error.text() or self._each is None:
            return
        self._say(f"{row.name}: {words_of(self._each, row)}")
        if value is not None and row is not rows_of(self._each)[-1]:
            self._step(1)

    @Slot()
    def settle(self) -> None:
        """Hand on what is typed without a second look: somebody went elsewhere, and nothing typed is lost."""
        self._doubted = self._typed
        self._settle_typed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went elsewhere."""
        super().focusOutEvent(event)
        self.settle()

    def _settle_typed(self) -> bool:
        """Hand on a size that was typed; whether the card may go on."""
        if not self._typed or self._each is None:
            return True
        try:
            length, width = read_size(self._typed)
        except Refused as refused:
            self.show_error(str(refused))
            return False
        if (doubt := size_doubt(length, width)) and self._doubted != self._typed:
            self._doubted = self._typed
            self.show_error(_("{doubt} Once more keeps it.").format(doubt=doubt))
            return False
        self._typed = ""
        self.show_error("")
        self.size_settled.emit(self._each.lesion.id, length, width)
        return not self._error.text()

    def _wants_width(self) -> bool:
        """After a length alone, ask for the width once: whoever types it next must not answer the row after."""
        try:
            _length, width = read_size(self._typed)
        except Refused:
            return False
        if width is not None or self._typed.endswith(_TIMES):
            return False
        self._typed += _TIMES
        self._show()
        return True

    def _enter(self) -> None:
        if self._wants_width() or not self._settle_typed() or self._each is None:
            return
        if self._row is rows_of(self._each)[-1]:
            self.close_card()
        else:
            self._step(1)

    def _step(self, by: int) -> None:
        if self._each is None or not self._settle_typed():
            return
        rows = rows_of(self._each)
        self._go_to(rows[min(max(rows.index(self._row) + by, 0), len(rows) - 1)])

    def _take_back(self) -> None:
        """One typed character; with nothing typed, the row becomes "not recorded", where it can be."""
        each = self._each
        assert each is not None
        if self._typed:
            self._typed = self._typed[:-1]
            self._show()
        elif self._row is SIZE:
            self.size_settled.emit(each.lesion.id, None, None)
        elif self._row not in (KIND, STATUS):
            self._answer(None)

    def _leave(self) -> None:
        """What is typed and not settled is dropped first; then the card closes."""
        if self._typed or self._error.text():
            self._typed = ""
            self.show_error("")
            self._show()
        else:
            self.close_card()

    def _go_to(self, row: Row) -> None:
        self._row, self._typed = row, ""
        self.show_error("")
        self._show()
        if self._each is not None and self.isVisible():
            self._say(
                _("{row}: {value}. {keys}").format(
                    row=row.name, value=words_of(self._each, row), keys=self._keys_words()
                )
            )

    def _keys_words(self) -> str:
        assert self._each is not None
        choices = choices_of(self._each, self._row)
        return ", ".join(f"{n} {field_for(self._row).format(c)}" for n, c in enumerate(choices, 1))

    @Slot()
    def _on_row_clicked(self) -> None:
        letter = self.sender().property("letter")
        if self._settle_typed():
            self._go_to(next(row for row in ROWS if row.letter == letter))

    @Slot()
    def _on_chip_clicked(self) -> None:
        if self._offered is not None:
            self._answer(self._offered[1][int(self.sender().property("number"))])
        self._show()  # a chip that was pressed again stays down where its answer stands

    def _say(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def place_beside(mark: QRect, size: QSize, room: QSize) -> QPoint:
    """Where a card of this size stands beside a mark within `room`: not over it, and not cut, where that is possible.

    Below the mark, on its own half of the drawing, so that the other hand stays in sight; else to the right or left,
    whichever has more room; else above.
    """
    left, right = mark.left() - _GAP, room.width() - mark.right() - _GAP
    above, below = mark.top() - _GAP, room.height() - mark.bottom() - _GAP
    widest, half = max(room.width() - size.width(), 0), room.width() // 2
    x = min(max(mark.center().x() - size.width() // 2, 0), widest)
    if below >= size.height():
        is_left = mark.center().x() < half
        x = min(x, max(half - size.width(), 0)) if is_left else max(x, min(half, widest))
        return QPoint(x, mark.bottom() + _GAP)
    if max(left, right) >= size.width() or above < size.height():
        x = mark.right() + _GAP if right >= left else mark.left() - _GAP - size.width()
        y = min(max(mark.center().y() - size.height() // 2, 0), max(room.height() - size.height(), 0))
        return QPoint(min(max(x, 0), widest), y)
    return QPoint(x, mark.top() - _GAP - size.height())
