"""What all editors of one value share: an entry, the value it settled on, and a line for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Value
from ssc_hand.i18n import _
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Milliseconds without a keystroke after which a text counts as entered.
QUIET_MS = 800


class Editor(QWidget):
    """Edits one field, which may be empty: nothing typed is lost, and only a valid value is handed on.

    The value settles when the entry is left, on Enter, and after a quiet interval where no key was pressed at all
    (assistive software replaces the text and never leaves). Escape brings back the settled value.
    """

    settled = Signal(object)  #: Value | None
    error_changed = Signal()  #: something typed was refused, or no longer stands there

    def __init__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> None:
        """An empty editor of this field."""
        super().__init__(parent)
        self.field = field
        self._value: Value | None = None
        self._read_only = self._is_explained = False
        self._own_error = False
        self._plain_unit = ""
        # Made when first needed: a window has nearly a hundred editors, and few have anything to tell.
        self._told: PlainLabel | None = None
        self._shown_value: PlainLabel | None = None
        self._quiet = QTimer(self, singleShot=True, interval=quiet_ms)
        self._quiet.timeout.connect(self._on_quiet_timeout)
        self._control: QWidget = self
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self._told_in: QVBoxLayout = self._column

    # For owners

    @property
    def entry(self) -> QWidget:
        """The control that takes the keyboard: the buddy of a label."""
        raise NotImplementedError

    @property
    def value(self) -> Value | None:
        """The value last settled or set."""
        return self._value

    @property
    def error(self) -> str:
        """What is wrong, as shown beneath the entry; empty where nothing is."""
        return self._told.text() if self._told and self._told.role is Role.WARNING else ""

    @property
    def remark(self) -> str:
        """What deserves a second look; empty where nothing does."""
        return self._told.text() if self._told and self._told.role is Role.MUTED else ""

    @property
    def is_unsettled(self) -> bool:
        """Whether something is shown that has not been handed on."""
        return False

    def set_value(self, value: Value | None) -> None:
        """Show this value; what was typed and not settled is dropped, and so is any error."""
        self._quiet.stop()
        self._value = value
        self._show(value)
        self._show_plainly()
        self._tell("")
        self._tell_unusual()

    def refresh(self, value: Value | None) -> None:
        """Follow the record: as `set_value`, but what is being typed stays where the value did not change."""
        if value != self._value or not (self.is_unsettled or self.error):
            self.set_value(value)

    def read(self) -> Value | None:
        """The value of what is shown now; raises `Refused` where it is none or a needed one is missing."""
        raise NotImplementedError

    def settle(self) -> None:
        """Hand on what was typed, as if the entry were left."""
        self._settle(tidy=True)

    def show_error(self, text: str) -> None:
        """Show beneath the entry what is wrong; an empty text clears it."""
        self._own_error = False
        self._tell(text)

    def set_plain_unit(self, unit: str) -> None:
        """The unit behind a value that can only be read, where the field itself does not show one."""
        self._plain_unit = unit

    def tell_in(self, column: QVBoxLayout) -> None:
        """Show what is wrong in a wider column than the entry's own."""
        self._told_in = column

    def set_spoken_name(self, name: str) -> None:
        """What assistive software calls the entry."""
        self.entry.setAccessibleName(name)

    def set_explained(self, *, explained: bool) -> None:
        """Whether it is said beside it why there is no value: it is then not called "not recorded"."""
        if explained is not self._is_explained:
            self._is_explained = explained
            self._show_plainly()

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the value as a text that cannot be changed, or as an entry again."""
        self._read_only = read_only
        self._control.setHidden(read_only)
        self._show_plainly()

    # For the editors themselves

    def _set_control(self, control: QWidget) -> None:
        """Take the control (the entry, or the row it stands in); called once, by the constructor of a subclass."""
        self._control = control
        self._column.insertWidget(0, control)
        self.set_spoken_name(self._spoken_name())
        self.entry.setAccessibleDescription(self._spoken_hint())
        self.entry.installEventFilter(self)

    def _show(self, value: Value | None) -> None:
        raise NotImplementedError

    def _mark_settled(self) -> None:
        """Remember that what is shown now is settled."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle when the entry is left; bring the settled value back on Escape."""
        if watched is self.entry:
            if event.type() == QEvent.Type.FocusOut:
                self.settle()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape and self.is_unsettled:
            self.set_value(self._value)
            return True
        return False

    @Slot()
    def _on_quiet_timeout(self) -> None:
        self._settle(tidy=False)

    def _settle(self, *, tidy: bool) -> None:
        self._quiet.stop()
        if not self.is_unsettled:
            if self._own_error:
                self._tell("")
            return
        try:
            value = self.read()
        except Refused as refused:
            self._own_error = True
            self._tell(str(refused))
            return
        self._tell("")
        changed = value != self._value
        self._value = value
        if tidy:
            self._show(value)
        else:
            self._mark_settled()
        self._tell_unusual()
        if changed:
            self.settled.emit(value)

    def _tell(self, text: str, role: Role = Role.WARNING) -> None:
        if not text:
            self._own_error = False
        if not text and self._told is None:
            return
        if self._told is None:
            self._told = PlainLabel(parent=self, role=role, wrap=True)
            self._told_in.addWidget(self._told)
        news = bool(text) and text != self._told.text()
        error = self.error
        self._told.set_role(role)
        self._told.setText(text)
        self._told.setVisible(bool(text))
        self.entry.setAccessibleDescription(" ".join(part for part in (text, self._spoken_hint()) if part))
        if news:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.entry, f"{self.field.name}: {text}"))
        if self.error != error:
            self.error_changed.emit()

    def _tell_unusual(self) -> None:
        """Say that the value deserves a second look, where its kind knows such values."""

    def _show_plainly(self) -> None:
        if self._shown_value is None and not self._read_only:
            return
        if self._shown_value is None:
            self._shown_value = PlainLabel(parent=self, wrap=True)
            self._shown_value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.insertWidget(1, self._shown_value)
        text = self._plain_text()
        self._shown_value.setText(text or _("not recorded"))
        self._shown_value.set_role(Role.PLAIN if text else Role.MUTED)
        self._shown_value.setAccessibleName(f"{self.field.name}: {text or _('not recorded')}")
        self._shown_value.setVisible(self._read_only and not (self._is_explained and not text))

    def _plain_text(self) -> str:
        return self.field.format(self._value)

    def _spoken_name(self) -> str:
        return _("{field}, needed").format(field=self.field.name) if self.field.required else self.field.name

    def _spoken_hint(self) -> str:
        return _(self.field.hint) if self.field.hint else ""
