"""Editors for what is typed: words, notes, numbers, dates, times."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from ssc_hand.domain.fields import Field
from ssc_hand.domain.injections import InjectionList
from ssc_hand.domain.kinds import Number, Text, Value
from ssc_hand.i18n import _
from ssc_hand.ui.forms.editor import QUIET_MS, Editor
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_NUMBER_WIDTH = 8
_DATE_WIDTH = 14
_LEAST_LETTERS = 12
_MOMENT_WIDTH = 22
_NOTE_LINES = (2, 8)


class _Line(QLineEdit):
    """A line edit as wide as a number of letters, whatever the font."""

    def __init__(self, letters: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.letters = letters
        if letters:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.letters:
            hint.setWidth(self.fontMetrics().horizontalAdvance("0") * (self.letters + 2))
        return hint

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        # A date whose end is hidden would look like a shorter one.
        whole = self.fontMetrics().horizontalAdvance("0") * _LEAST_LETTERS
        return QSize(min(self.sizeHint().width(), whole), hint.height())


class LineEditor(Editor):
    """One line of text, of which the kind of the field makes a value."""

    #: Width in letters; 0 takes all the room there is.
    width_in_letters = 0

    def __init__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> None:
        """An empty line for this field."""
        super().__init__(field, quiet_ms=quiet_ms, parent=parent)
        self._line = _Line(self.width_in_letters, self)
        self._settled_text = ""
        self._showing = False
        self._keyed = False
        self._row = QWidget(self)
        self._cells = QHBoxLayout(self._row)
        self._cells.setContentsMargins(0, 0, 0, 0)
        self._cells.addWidget(self._line)
        self._set_control(self._row)
        self._furnish()
        self._line.textEdited.connect(self._on_line_text_edited)
        self._line.textChanged.connect(self._on_line_text_changed)
        self._line.returnPressed.connect(self.settle)

    @property
    def entry(self) -> QLineEdit:
        """The line."""
        return self._line

    @property
    def is_unsettled(self) -> bool:
        """Whether the text differs from the settled one."""
        return self._line.text() != self._settled_text

    def read(self) -> Value | None:
        """The value of the text as it stands."""
        text = self._line.text()
        return self.field.kind.parse(text) if text.strip() else self.field.parse("")

    def typed(self, value: Value) -> str:
        """The value as one would type it."""
        return str(self.field.dump(value))

    def _furnish(self) -> None:
        """Show how to write it, where the line is empty."""
        self._line.setPlaceholderText(self._spoken_hint())
        if self.width_in_letters:
            self._cells.addStretch(1)

    def _show(self, value: Value | None) -> None:
        self._showing = True
        self._line.setText("" if value is None else self.typed(value))
        self._line.setCursorPosition(len(self._line.text()) if self._line.hasFocus() else 0)
        self._showing = False
        self._mark_settled()

    def _mark_settled(self) -> None:
        self._settled_text = self._line.text()

    @Slot(str)
    def _on_line_text_edited(self, _text: str) -> None:
        self._keyed = True

    @Slot(str)
    def _on_line_text_changed(self, _text: str) -> None:
        # Qt sends textEdited first, and only for keys: half a number typed by hand is not yet a value.
        keyed, self._keyed = self._keyed, False
        if not self._showing and not keyed:
            self._quiet.start()


class NumberEditor(LineEditor):
    """A number with its unit behind it, typed with a point or a comma; never turned by a wheel."""

    width_in_letters = _NUMBER_WIDTH

    def typed(self, value: Value) -> str:
        """The number with its decimals."""
        return self.field.format(value)

    def _furnish(self) -> None:
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self.field.hint:
            self._cells.addWidget(PlainLabel(self._spoken_hint(), self._row, role=Role.MUTED))
        self._cells.addStretch(1)

    def _plain_text(self) -> str:
        text, unit = self.field.format(self._value), self._spoken_hint() or self._plain_unit
        if not text or not unit:
            return text
        # What is no unit tells the ends of a scale.
        return f"{text} ({unit})" if unit[0].isdigit() else f"{text} {unit}"

    def _tell_unusual(self) -> None:
        kind = self.field.kind
        if isinstance(kind, Number) and (question := kind.second_look(self._value)):
            self._tell(question, Role.MUTED)


class DateEditor(LineEditor):
    """A day, or a date as exact as it is known, typed in figures."""

    width_in_letters = _DATE_WIDTH

    def _furnish(self) -> None:
        super()._furnish()
        self._line.setToolTip(self._spoken_hint())
        self._line.letters = max(self.width_in_letters, len(self._spoken_hint()) - 2)


class MomentEditor(LineEditor):
    """A day with its time, and a button for now."""

    width_in_letters = _MOMENT_WIDTH

    def typed(self, value: Value) -> str:
        """Without the offset where it is the one of this computer's place then."""
        assert isinstance(value, datetime)
        here = value.astimezone().utcoffset() == value.utcoffset()
        shown = value.replace(tzinfo=None) if here else value
        return shown.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")

    def _furnish(self) -> None:
        self._line.setPlaceholderText(_("YYYY-MM-DD HH:MM"))
        self._now = QPushButton(_("Now"), self._row)
        self._now.setAutoDefault(False)
        self._now.setToolTip(_("Write the date and time of this moment"))
        self._now.setAccessibleName(_("{field}: now").format(field=self.field.name))
        self._now.clicked.connect(self._on_now_clicked)
        self._cells.addWidget(self._now)
        self._cells.addStretch(1)

    @Slot()
    def _on_now_clicked(self) -> None:
        self._line.setText(self.typed(datetime.now().astimezone().replace(microsecond=0)))
        self.settle()


class _Note(QPlainTextEdit):
    """A note that is as high as its text, within reason."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        least, most = _NOTE_LINES
        lines = min(max(round(self.document().size().height()), least), most)
        frame = 2 * self.frameWidth() + round(2 * self.document().documentMargin())
        return QSize(super().sizeHint().width(), lines * self.fontMetrics().lineSpacing() + frame + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.sizeHint().height())


class NoteEditor(Editor):
    """A note of several lines; it settles while it is being written, so that a long one is never lost."""

    def __init__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> None:
        """An empty note for this field."""
        super().__init__(field, quiet_ms=quiet_ms, parent=parent)
        self._note = _Note(self)
        self._note.setPlaceholderText(self._spoken_hint())
        self._settled_text = ""
        self._showing = False
        self._set_control(self._note)
        self._note.textChanged.connect(self._on_note_text_changed)

    @property
    def entry(self) -> QPlainTextEdit:
        """The note."""
        return self._note

    @property
    def is_unsettled(self) -> bool:
        """Whether the text differs from the settled one."""
        return self._note.toPlainText() != self._settled_text

    def read(self) -> Value | None:
        """The value of the text as it stands."""
        text = self._note.toPlainText()
        return self.field.kind.parse(text) if text.strip() else self.field.parse("")

    def _show(self, value: Value | None) -> None:
        text = "" if value is None else str(value)
        if text != self._note.toPlainText():
            self._showing = True
            self._note.setPlainText(text)
            self._showing = False
        self._mark_settled()

    def _mark_settled(self) -> None:
        self._settled_text = self._note.toPlainText()

    def _take_key(self, event: QKeyEvent) -> bool:
        # A note may be long: Escape must not throw it away.
        return False

    @Slot()
    def _on_note_text_changed(self) -> None:
        if not self._showing:
            self._quiet.start()


class InjectionsEditor(NoteEditor):
    """Volumes per site, one a line, with their sum beneath."""

    def _tell_unusual(self) -> None:
        if not isinstance(self._value, InjectionList):
            return
        sums = [(self._value.total("fat_ml"), _("{n} ml fat")), (self._value.total("adsvf_ml"), _("{n} ml ADSVF"))]
        told = " + ".join(text.format(n=f"{ml:g}") for ml, text in sums if ml is not None)
        self._tell(_("In all: {volumes}").format(volumes=told) if told else "", Role.MUTED)


def text_editor(field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> Editor:
    """A line or a note, as the kind of the field asks."""
    many = isinstance(field.kind, Text) and field.kind.lines
    return (NoteEditor if many else LineEditor)(field, quiet_ms=quiet_ms, parent=parent)
