"""One measure to type into: an editor per reading, reasons, and the value at the visit before."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QVBoxLayout, QWidget

from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.compare import change
from ssc_hand.domain.derived import reading
from ssc_hand.domain.fields import Field
from ssc_hand.domain.kinds import Beyond, Number, Value
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import Observation, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.domain.warnings import Cause, WarningLimits, in_words, warnings_at
from ssc_hand.i18n import _
from ssc_hand.ui.forms.editor import Editor
from ssc_hand.ui.forms.editors import editor_for
from ssc_hand.ui.widgets.flow_layout import FlowLayout
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing entered for the sites shown: a value, a reason, or (both None) "not recorded"."""

    #: The sites that the form showed when it was typed; the choice may have gone on since.
    sites: tuple[Site, ...]
    measure: Measure
    #: Which reading; None for the value as a whole, in place of all readings.
    repeat: int | None
    value: Value | None = None
    reason: Reason | None = None


#: Longer labels wrap, so that the entries keep the room.
_LABEL_IN_LETTERS = 14
#: Pixels of a line edit beside its text: frame, margins, and the caret.
_ROUND_A_NUMBER = 22


class MeasureRow(QWidget):
    """One measure: an editor per repeat, a menu of reasons, the value at the previous visit."""

    entered = Signal(object)  #: Entry
    errors_changed = Signal()

    def __init__(self, measure: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.measure = measure
        self._shown: tuple[str, tuple[Site, ...]] | None = None
        self.label = PlainLabel(measure.name, self, wrap=True)
        self._fit_label()
        self.before = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._asked = measure.repeats
        self._editors = [editor_for(_field(measure), parent=self) for _repeat in range(measure.repeats)]
        self._unit = PlainLabel(measure.unit, self, role=Role.MUTED) if measure.repeats > 1 else None
        self._why = ElidedLabel("", self, role=Role.MUTED)
        self._warning: PlainLabel | None = None
        self._is_in_sight: bool | None = None
        row = FlowLayout(spacing=4)
        for editor in self._editors:
            editor.settled.connect(self._on_editor_settled)
            editor.error_changed.connect(self.errors_changed)
            if isinstance(measure.kind, Number):
                longest = measure.kind.format(measure.kind.hard[1])
                editor.entry.setFixedWidth(editor.fontMetrics().horizontalAdvance(longest) + _ROUND_A_NUMBER)
            row.addWidget(editor)
        if self._unit is not None:
            row.addWidget(self._unit)
        row.addWidget(self._reasons_button())
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._why)
        for editor in self._editors:
            editor.tell_in(column)  # beside each other they are too narrow for a sentence
        self.label.setBuddy(self._editors[0])
        self.label.setToolTip(measure.note)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_label()

    def _fit_label(self) -> None:
        """So many letters wide, and never narrower than the longest word, which cannot wrap."""
        metrics = self.label.fontMetrics()
        words = (metrics.horizontalAdvance(word) for word in self.measure.name.split())
        width = max(metrics.averageCharWidth() * _LABEL_IN_LETTERS, *words) + 1
        self.label.setFixedWidth(width)
        # A long page would squeeze its lines, and cut them off.
        self.label.setMinimumHeight(self.label.heightForWidth(width))

    def _reasons_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("⋯")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolTip(_("Could not be assessed, or nothing recorded"))
        button.setAccessibleName(_("{measure}: could not be assessed").format(measure=self.measure.name))
        menu = QMenu(button)
        if isinstance(self.measure.kind, Number) and self.measure.kind.beyond:
            end = Beyond(self.measure.kind.hard[1])
            self._add_action(menu, self.measure.text(end), end)
            menu.addSeparator()
        for reason in Reason:
            words = _("other, in words…") if reason is Reason.OTHER else ""
            self._add_action(menu, reason.in_place_of_a_value(words), reason)
        menu.addSeparator()
        self._add_action(menu, _("not recorded"), None)
        button.setMenu(menu)
        self._button = button
        return button

    def _add_action(self, menu: QMenu, text: str, data: object) -> None:
        action = QAction(text, menu)
        action.setData(data)
        action.triggered.connect(self._on_action_triggered)
        menu.addAction(action)

    def ask_readings(self, number: int) -> None:
        """How many readings are asked for; another can be added as soon as they are there."""
        self._asked = number

    def set_shown(self, *, shown: bool) -> None:
        """Show or hide the row with its label and its earlier value."""
        if shown is self._is_in_sight:
            return
        self._is_in_sight = shown
        if self.isHidden() is shown:  # telling Qt again what it knows would lay out the whole form
            for widget in (self, self.label, self.before):
                widget.setVisible(shown)

    def show_visit(self, record: PatientRecord, visit: Visit, sites: tuple[Site, ...]) -> None:
        """Show what the visit says at the chosen sites that have it; where they differ, none is shown as the value."""
        sites = tuple(site for site in sites if self.measure.fits(site))
        is_other = self._shown != (visit.id, sites)
        self._shown = (visit.id, sites)
        name = ", ".join(each.name for each in sites) if len(sites) <= 2 else _("{n} sites").format(n=len(sites))
        reason, differs, filled = "", False, 0
        for repeat, editor in enumerate(self._editors, 1):
            found = {_said(visit.observations.get((each, self.measure.key, repeat))) for each in sites}
            differs |= len(found) > 1
            filled = repeat if found != {_NOTHING} else filled
            said = found.pop() if len(found) == 1 else None
            if is_other:
                editor.set_value(said[0] if said else None)  # what was typed at another place must not follow here
            else:
                editor.refresh(said[0] if said else None)
            # One more than there is, so that it can be added; what is being typed never goes out of sight.
            needed = max(self._asked, filled + 1) if visit.is_draft else max(filled, 1)
            is_wanted = repeat <= needed or editor.is_unsettled or bool(editor.error)
            if editor.isHidden() is is_wanted:
                editor.setVisible(is_wanted)
            editor.set_plain_unit(self.measure.unit)
            editor.set_spoken_name(self._spoken(name, repeat))
            if said and said[1]:
                reason = said[1]
        # An empty entry would read as "not recorded", which is another thing.
        self._why.setText(_("not the same at all of them") if differs else reason)
        self._why.setVisible(bool(self._why.text()))
        for editor in self._editors:
            editor.set_explained(explained=bool(self._why.text()))
        self.before.setText(_before_words(record, visit, sites[0], self.measure) if len(sites) == 1 else "")

    def show_warnings(self, record: PatientRecord, visit: Visit, limits: WarningLimits) -> None:
        """Say what the value shown asks to look at again; what is beyond the plausible, its entry says itself."""
        sites = self._shown[1] if self._shown else ()
        found = warnings_at(record, visit, sites[0], self.measure, limits) if len(sites) == 1 else ()
        words = in_words(each for each in found if each.cause is not Cause.UNUSUAL)
        if self._warning is None and words:
            self._warning = PlainLabel(parent=self, role=Role.MUTED, wrap=True)
            self._column.addWidget(self._warning)
        if self._warning is not None:
            self._warning.setText(words)
            self._warning.setVisible(bool(words))

    def _spoken(self, name: str, repeat: int) -> str:
        spoken = f"{self.measure.name}, {name}"
        return spoken if repeat == 1 else _("{what}, reading {n}").format(what=spoken, n=repeat)

    def set_read_only(self, *, read_only: bool) -> None:
        """Show the values without a way to change them."""
        for editor in self._editors:
            editor.set_read_only(read_only=read_only)
        self._button.setVisible(not read_only)
        if self._unit is not None:
            self._unit.setVisible(not read_only)

    def show_error(self, repeat: int, text: str) -> None:
        """Say beneath the entry why it was refused."""
        self._editors[repeat - 1].show_error(text)

    def settle(self) -> None:
        """Hand on what is still being typed."""
        for editor in self._editors:
            editor.settle()

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops in it, in order."""
        return [*(editor.entry for editor in self._editors), self._button]

    @property
    def is_busy(self) -> bool:
        """Whether something stands in it that was typed and is not recorded."""
        return any(editor.is_unsettled or editor.error for editor in self._editors)

    @property
    def errors(self) -> list[str]:
        """What was typed and refused, with the reason, and so is not recorded."""
        return [f"{editor.entry.accessibleName()}: {editor.error}" for editor in self._editors if editor.error]

    @Slot(object)
    def _on_editor_settled(self, value: Value | None) -> None:
        editor = self.sender()
        if isinstance(editor, Editor):
            self._enter(repeat=self._editors.index(editor) + 1, value=value)

    @Slot()
    def _on_action_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            data = action.data()
            if isinstance(data, str):  # Qt gives a term back as its bare key
                self._enter(repeat=None, reason=Reason.of(data))
            else:
                self._enter(repeat=None, value=data)

    def _enter(self, *, repeat: int | None, value: Value | None = None, reason: Reason | None = None) -> None:
        if self._shown is not None:
            self.entered.emit(Entry(self._shown[1], self.measure, repeat, value=value, reason=reason))


def _field(measure: Measure) -> Field:
    """The measure as a field; of several readings the unit stands once, behind the last of them."""
    scale = f"{measure.kind.hard[0]:g}–{measure.kind.hard[1]:g}" if isinstance(measure.kind, Number) else ""
    hint = measure.unit or scale if measure.repeats == 1 else ""
    return Field(key=measure.key, label=measure.label, kind=measure.kind, hint=hint)


def _before_words(record: PatientRecord, visit: Visit, site: Site, measure: Measure) -> str:
    """What the visit before said, and the change since; empty where there was none."""
    before = record.previous(visit)
    if before is None:
        return ""
    was = reading(before, site, measure)
    if was is None:
        return _("not recorded")
    difference = change(record, visit, site, measure)
    return f"{was.words}\n({difference.words})" if difference else was.words


#: What an observation that does not exist says.
_NOTHING: tuple[Value | None, str] = (None, "")


def _said(found: Observation | None) -> tuple[Value | None, str]:
    """The value, and the words that stand for it where there is none."""
    return _NOTHING if found is None else (found.value, found.absence_words)
