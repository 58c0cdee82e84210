"""A form generated from a table of fields: a label and an editor for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QWidget

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Value
from ssc_hand.i18n import _
from ssc_hand.ui.forms.editor import QUIET_MS, Editor
from ssc_hand.ui.forms.editors import editor_for
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Longer labels wrap, so that the entries keep the room.
_LABEL_IN_LETTERS = 24


class FieldForm(QWidget):
    """All fields of one kind of record, in two columns, with what is wrong beneath each."""

    errors_changed = Signal()  #: something typed was refused, or no longer stands there
    field_settled = Signal(object)  #: (key, Value | None)

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        segments: AbstractSet[str] = frozenset(),
        quiet_ms: int = QUIET_MS,
        parent: QWidget | None = None,
    ) -> None:
        """An empty form; `segments` names the choices shown as buttons side by side."""
        super().__init__(parent)
        self._editors: dict[str, Editor] = {}
        self._labels: dict[str, PlainLabel] = {}
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(14)
        self._rows.setVerticalSpacing(8)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            self._add(field, editor_for(field, segments=field.key in segments, quiet_ms=quiet_ms, parent=self))
        self._told = PlainLabel(parent=self, role=Role.WARNING, wrap=True)
        self._rows.addRow(self._told)
        self._rows.setRowVisible(self._told, False)  # noqa: FBT003 - Qt's own

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields, from top to bottom."""
        return tuple(self._editors)

    def editor(self, key: str) -> Editor:
        """The editor of a field."""
        return self._editors[key]

    def show_values(self, values: Mapping[str, Value | None]) -> None:
        """Show the values of another record; a key that is missing is not recorded. Unsettled typing is dropped."""
        for key, editor in self._editors.items():
            editor.set_value(values.get(key))
        self._tell("")

    def refresh(self, values: Mapping[str, Value | None]) -> None:
        """Follow the record that is shown already; what is being typed stays."""
        for key, editor in self._editors.items():
            editor.refresh(values.get(key))

    def settle(self) -> None:
        """Hand on what was typed and not left yet; call it before showing another record."""
        for editor in self._editors.values():
            editor.settle()

    def values(self) -> dict[str, Value | None]:
        """All values as they stand; raises the first `Refused`, shows each beside its field and goes there."""
        self._tell("")
        found: dict[str, Value | None] = {}
        refusals: list[tuple[Editor, Refused]] = []
        for key, editor in self._editors.items():
            try:
                found[key] = editor.read()
            except Refused as refused:
                editor.show_error(str(refused))
                refusals.append((editor, refused))
        if refusals:
            editor, first = refusals[0]
            editor.entry.setFocus()
            raise first
        return found

    def show_error(self, key: str, text: str) -> None:
        """Say beside a field what is wrong with it."""
        self._editors[key].show_error(text)

    def show_refused(self, refused: Refused) -> None:
        """Say what is wrong beside the field whose name opens the sentence, else beneath the form."""
        text = str(refused)
        for editor in self._editors.values():
            opening = f"{editor.field.name}: "
            if text.startswith(opening):
                editor.show_error(text.removeprefix(opening))
                editor.entry.setFocus()
                return
        self._tell(text)

    @property
    def errors(self) -> list[str]:
        """What was typed and refused, with the reason, and so is not recorded."""
        return [f"{editor.field.name}: {editor.error}" for editor in self._editors.values() if editor.error]

    @property
    def error(self) -> str:
        """What is wrong with the record whole; empty where nothing is."""
        return self._told.text()

    def _tell(self, text: str) -> None:
        self._told.setText(text)
        self._rows.setRowVisible(self._told, bool(text))

    def show_row(self, key: str, *, shown: bool) -> None:
        """Show or hide the row of a field."""
        # Qt lays out the whole form anew even where nothing changes.
        if self._rows.isRowVisible(self._editors[key]) is not shown:
            self._rows.setRowVisible(self._editors[key], shown)

    def set_read_only(self, *, read_only: bool) -> None:
        """Show all values as texts, or as entries again."""
        for editor in self._editors.values():
            editor.set_read_only(read_only=read_only)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for label in getattr(self, "_labels", {}).values():  # Qt may tell it before the form is built
                _fit(label)

    def _add(self, field: Field, editor: Editor) -> None:
        # A buddy reads "&" as the mark of a shortcut.
        name = field.name.replace("&", "&&")
        label = PlainLabel(_("{field} *").format(field=name) if field.required else name, self, wrap=True)
        _fit(label)
        label.setBuddy(editor.entry)
        if field.required:
            label.setToolTip(_("Needed"))
        self._editors[field.key] = editor
        self._labels[field.key] = label
        self._rows.addRow(label, editor)
        editor.settled.connect(self._on_editor_settled)
        editor.error_changed.connect(self.errors_changed)

    @Slot(object)
    def _on_editor_settled(self, value: Value | None) -> None:
        editor: QObject | None = self.sender()
        assert isinstance(editor, Editor)
        self.field_settled.emit((editor.field.key, value))


def _fit(label: PlainLabel) -> None:
    """So many letters wide at most, and never lower than its lines: a row of one line would cut off the others."""
    metrics = label.fontMetrics()
    width = min(metrics.horizontalAdvance(label.text()) + 4, metrics.averageCharWidth() * _LABEL_IN_LETTERS)
    label.setFixedWidth(width)
    label.setMinimumHeight(label.heightForWidth(width))
