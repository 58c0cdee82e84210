"""Editors for what is chosen: a word of a list, several words, yes or no."""

from __future__ import annotations

from PySide6.QtCore import QChildEvent, QEvent, QMetaObject, QModelIndex, QObject, QSize, Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QSizePolicy, QWidget

from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Choice, Several, Value
from ssc_hand.i18n import _
from ssc_hand.ui.forms.editor import QUIET_MS, Editor
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.outside_choice import OutsideChoice

_LEAST_LETTERS = 14


class _Combo(QComboBox):
    """A list that a turn of the wheel over it does not change; the action of an entry on the bus chooses it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hears = False

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the entries when they are first asked for."""
        super().childEvent(event)
        if event.added() and event.child().isWidgetType():
            QMetaObject.invokeMethod(self, "hear_entries", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def hear_entries(self) -> None:
        """Take an entry that assistive software presses while the list is closed."""
        if not self._hears:
            self._hears = True
            OutsideChoice(self.view(), self._take, self.currentIndex)

    def _take(self, index: QModelIndex) -> None:
        if not self.view().isVisible():
            self.view().clearSelection()  # else the next press would only take the selection back
            self.setCurrentIndex(index.row())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        """Long words give way to the width of a panel; the list that opens shows them whole."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * _LEAST_LETTERS), hint.height())


class ChoiceEditor(Editor):
    """A list of words with "not recorded" first."""

    def __init__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> None:
        """Nothing chosen yet."""
        super().__init__(field, quiet_ms=quiet_ms, parent=parent)
        assert isinstance(field.kind, Choice)
        self._values: list[Value | None] = [None, *field.kind.terms]
        self._combo = _Combo(self)
        self._combo.addItem(_("choose…") if field.required else _("not recorded"))
        for term in field.kind.terms:
            self._combo.addItem(term.label)
        self._combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._combo.setMinimumContentsLength(8)
        self._set_control(self._combo)
        self._combo.currentIndexChanged.connect(self._on_combo_current_index_changed)

    @property
    def entry(self) -> QComboBox:
        """The list."""
        return self._combo

    def set_spoken_name(self, name: str) -> None:
        """On Unix Qt calls a list by the word that is chosen, so what it is for stands in the description too."""
        super().set_spoken_name(name)
        self._combo.setAccessibleDescription(self._spoken_hint())

    def _spoken_hint(self) -> str:
        return "; ".join(part for part in (self._combo.accessibleName(), super()._spoken_hint()) if part)

    def read(self) -> Value | None:
        """The word chosen."""
        chosen = self._values[self._combo.currentIndex()]
        return self.field.parse("") if chosen is None else chosen

    @property
    def is_unsettled(self) -> bool:
        """Whether another word is shown than was settled."""
        return self._values[self._combo.currentIndex()] != self._value

    def _show(self, value: Value | None) -> None:
        if value not in self._values:
            self._values.append(value)
            self._combo.addItem(self.field.format(value))
        self._combo.blockSignals(True)  # noqa: FBT003 - Qt's own
        self._combo.setCurrentIndex(self._values.index(value))
        self._combo.setToolTip(self._combo.currentText())
        self._combo.blockSignals(False)  # noqa: FBT003 - Qt's own

    @Slot(int)
    def _on_combo_current_index_changed(self, _index: int) -> None:
        self.settle()


class ButtonsEditor(Editor):
    """Words side by side as buttons that stay down."""

    def __init__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> None:
        """No button down."""
        super().__init__(field, quiet_ms=quiet_ms, parent=parent)
        self._row = _Row(self)
        flow = FlowLayout(self._row, spacing=4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(self.exclusive)
        self._values = self.choices()
        for number, value in enumerate(self._values):
            button = ChipButton(self._label(value), self._row, plain=value is None)
            self._group.addButton(button, number)
            flow.addWidget(button)
        self._set_control(self._row)
        self._show(None)
        self._group.idToggled.connect(self._on_group_id_toggled)

    #: Whether one button coming down lifts the others.
    exclusive = True

    def choices(self) -> list[Value | None]:
        """What the buttons stand for, from left to right."""
        assert isinstance(self.field.kind, Choice)
        return [None, *self.field.kind.terms]

    @property
    def entry(self) -> QAbstractButton:
        """The first button."""
        return self._group.button(0)

    def set_spoken_name(self, name: str) -> None:
        """The row bears the name; each button says its own word after it."""
        self._row.setAccessibleName(name)
        for number, value in enumerate(self._values):
            self._group.button(number).setAccessibleName(f"{name}: {self._label(value)}")

    @property
    def is_unsettled(self) -> bool:
        """Whether other buttons are down than was settled."""
        return self._chosen() != self._value

    def read(self) -> Value | None:
        """What the buttons say."""
        chosen = self._chosen()
        return self.field.parse("") if chosen is None else chosen

    def _chosen(self) -> Value | None:
        return self._values[max(self._group.checkedId(), 0)]

    def _label(self, value: Value | None) -> str:
        return _("not recorded") if value is None else self.field.format(value)

    def _show(self, value: Value | None) -> None:
        self._press(lambda choice: choice == value and type(choice) is type(value))

    def _press(self, wanted: object) -> None:
        assert callable(wanted)
        self._group.blockSignals(True)  # noqa: FBT003 - Qt's own
        for number, choice in enumerate(self._values):
            self._group.button(number).setChecked(wanted(choice))
        self._group.blockSignals(False)  # noqa: FBT003 - Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys and focus to the buttons; they settle at once."""
        return QWidget.eventFilter(self, watched, event)

    @Slot(int, bool)
    def _on_group_id_toggled(self, _number: int, checked: bool) -> None:  # noqa: FBT001 - Qt's signal
        # An exclusive group tells first which button rose, then which came down: the second counts.
        if checked or not self.exclusive:
            self.settle()


class FlagEditor(ButtonsEditor):
    """Not recorded, yes or no."""

    def choices(self) -> list[Value | None]:
        """Not recorded first: it is neither yes nor no."""
        return [None, True, False]


class SeveralEditor(ButtonsEditor):
    """Any number of words; none of them is "not recorded"."""

    exclusive = False

    def choices(self) -> list[Value | None]:
        """All words of the list."""
        assert isinstance(self.field.kind, Several)
        return list(self.field.kind.terms)

    def _chosen(self) -> Value | None:
        down = tuple(value for number, value in enumerate(self._values) if self._group.button(number).isChecked())
        return down or None

    def _label(self, value: Value | None) -> str:
        return self.field.format((value,))

    def _show(self, value: Value | None) -> None:
        chosen = value or ()
        self._press(lambda choice: choice in chosen)


class _Row(QWidget):
    """A row of buttons that breaks into lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
