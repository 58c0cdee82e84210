"""EDITORS: kind -> widget that can also be empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ssc_hand.domain.fields import Field
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.kinds import Choice, Day, Flag, HistoryDate, Moment, Number, Several, Text
from ssc_hand.ui.forms.choice_editors import ButtonsEditor, ChoiceEditor, FlagEditor, SeveralEditor
from ssc_hand.ui.forms.editor import QUIET_MS, Editor
from ssc_hand.ui.forms.typed_editors import DateEditor, InjectionsEditor, MomentEditor, NumberEditor, text_editor


class EditorMaker(Protocol):
    """Makes the editor of one kind of value."""

    def __call__(self, field: Field, *, quiet_ms: int = QUIET_MS, parent: QWidget | None = None) -> Editor:
        """An empty editor of this field."""


#: The editor of each kind of value.
EDITORS: Mapping[type, EditorMaker] = {
    Text: text_editor,
    Choice: ChoiceEditor,
    Several: SeveralEditor,
    Flag: FlagEditor,
    HistoryDate: DateEditor,
    Day: DateEditor,
    Moment: MomentEditor,
    Number: NumberEditor,
    Injections: InjectionsEditor,
}


def editor_for(
    field: Field, *, segments: bool = False, quiet_ms: int = QUIET_MS, parent: QWidget | None = None
) -> Editor:
    """The editor of a field; `segments` shows the words of a choice side by side instead of as a list."""
    if segments and isinstance(field.kind, Choice):
        return ButtonsEditor(field, quiet_ms=quiet_ms, parent=parent)
    return EDITORS[type(field.kind)](field, quiet_ms=quiet_ms, parent=parent)
