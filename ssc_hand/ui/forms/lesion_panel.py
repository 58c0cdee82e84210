"""The lesions of a visit: each to be re-examined, added to, or healed; a card, never a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ssc_hand.domain.fields import LESION, LESION_STATE, ULCER_ONLY
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.lesions import LesionAt, area_mm2, healing_words, lesions_at, ulcer_counts
from ssc_hand.domain.records import PatientRecord, Visit, statuses_for
from ssc_hand.domain.reexamination import meanings_of
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import _
from ssc_hand.ui.forms.choice_editors import ChoiceEditor
from ssc_hand.ui.forms.field_form import FieldForm
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.outside_choice import OutsideChoice
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_ID = Qt.ItemDataRole.UserRole
#: Lesions shown without scrolling.
_MOST_LINES = 4


class LesionPanel(QWidget):
    """A list of what this visit knows, and the card of the one that is chosen."""

    lesion_chosen = Signal(str)  #: lesion id
    field_settled = Signal(str, str, object)  #: lesion id, key of a LESION field, value
    state_settled = Signal(str, str, object)  #: lesion id, key of a LESION_STATE field, value
    errors_changed = Signal()  #: something typed was refused, or no longer stands there
    withdraw_requested = Signal(str)  #: lesion id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[LesionAt, ...] = ()
        self._chosen: str | None = None
        self._visit_id = ""
        self._shown: tuple[str, str] | None = None
        self._is_draft = False
        self._is_first = False
        self._counts = PlainLabel("", self, wrap=True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Lesions of this visit"))
        self._list.setWordWrap(True)
        OutsideChoice(self._list, self._list.setCurrentIndex)
        self._list.currentItemChanged.connect(self._on_list_current_item_changed)
        self._empty = PlainLabel(
            _("No lesion is known. Choose “Place a mark” above the hands, or press the place with the right button."),
            self,
            role=Role.MUTED,
            wrap=True,
        )
        self._hint = PlainLabel(_("Choose a lesion to see and change it."), self, role=Role.MUTED, wrap=True)
        self._heading = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._place = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._state_form = FieldForm(LESION_STATE, segments=frozenset({"status"}), parent=self)
        self._lesion_form = FieldForm(LESION, parent=self)
        for form in (self._state_form, self._lesion_form):
            form.errors_changed.connect(self.errors_changed)
        self._state_form.field_settled.connect(self._on_state_form_field_settled)
        self._lesion_form.field_settled.connect(self._on_lesion_form_field_settled)
        self._withdraw = QPushButton(_("Entered by mistake: withdraw"), self)
        self._withdraw.clicked.connect(self._on_withdraw_clicked)
        self._build()

    def _build(self) -> None:
        self._quick = QHBoxLayout()
        self._quick_buttons: list[ChipButton] = []
        card = QWidget(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2, 6, 8, 6)
        inside.addWidget(self._heading)
        inside.addWidget(self._place)
        inside.addLayout(self._quick)
        inside.addWidget(self._state_form)
        inside.addWidget(self._lesion_form)
        inside.addWidget(self._withdraw)
        inside.addStretch(1)
        self._card = QScrollArea(self)
        self._card.setWidgetResizable(True)
        self._card.setFrameShape(QScrollArea.Shape.NoFrame)
        self._card.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._card.setWidget(card)
        column = QVBoxLayout(self)
        column.addWidget(self._counts)
        column.addWidget(self._empty)
        column.addWidget(self._list)
        column.addWidget(self._hint)
        column.addWidget(self._card, 1)
        column.addStretch(0)
        for status in (
            Status.ACTIVE,
            Status.INDETERMINATE,
            Status.HEALED,
            Status.PRESENT,
            Status.RESOLVED,
            Status.NOT_SEEN,
        ):
            button = ChipButton(status.label, self)
            button.setProperty("status", status.value)
            button.setToolTip(meanings_of((status,)))
            button.clicked.connect(self._on_quick_clicked)
            button.hide()
            self._quick.addWidget(button)
            self._quick_buttons.append(button)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_visit(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Show the lesions of a visit."""
        self._found = lesions_at(record, visit) if record and visit else ()
        self._visit_id = visit.id if visit else ""
        self._is_draft = visit is not None and visit.is_draft
        self._counts.setText(_counts_words(record, visit) if record and visit else "")
        self._is_first = record is not None and visit is not None and record.previous(visit) is None
        self._healing = {each.lesion.id: healing_words(record, each.lesion) for each in self._found} if record else {}
        self._fill_list()
        self._show_card()

    def choose(self, lesion_id: str | None) -> None:
        """Open the card of a lesion."""
        self.settle()
        self._chosen = lesion_id
        self._fill_list()
        self._show_card()

    def _fill_list(self) -> None:
        self._list.blockSignals(True)  # noqa: FBT003 - Qt's own
        if self._listed() != [each.lesion.id for each in self._found]:
            self._list.clear()
            for each in self._found:
                QListWidgetItem(self._list).setData(_ID, each.lesion.id)
        for row, each in enumerate(self._found):
            self._list.item(row).setText(_line(each, is_first=self._is_first))
            if each.lesion.id == self._chosen:
                self._list.setCurrentRow(row)
        self._list.blockSignals(False)  # noqa: FBT003 - Qt's own
        line = self._list.fontMetrics().lineSpacing()
        self._list.setFixedHeight(min(len(self._found), _MOST_LINES) * (2 * line + 3) + 6)
        self._list.setVisible(bool(self._found))
        self._empty.setVisible(not self._found)

    def _listed(self) -> list[str]:
        """The ids in the list; it stays as it is where they have not changed, since it may be telling a choice."""
        return [self._list.item(row).data(_ID) for row in range(self._list.count())]

    def _current(self) -> LesionAt | None:
        return next((each for each in self._found if each.lesion.id == self._chosen), None)

    def _show_card(self) -> None:
        each = self._current()
        self._card.setVisible(each is not None)
        self._hint.setVisible(each is None and bool(self._found))
        if each is None:
            return
        lesion, is_ulcer = each.lesion, each.lesion.kind is LesionKind.ULCER
        is_other = self._shown != (self._visit_id, lesion.id)
        self._shown = (self._visit_id, lesion.id)
        self._heading.setText(f"{lesion.letter}: {lesion.kind.label}, {lesion.site.name}")
        self._place.setText(self._place_words(each))
        for form, record in ((self._state_form, each.state), (self._lesion_form, lesion)):
            values = {key: getattr(record, key) for key in form.keys}
            if is_other:
                form.show_values(values)  # what was typed for another lesion must not follow here
            else:
                form.refresh(values)
        for form in (self._state_form, self._lesion_form):
            for key in form.keys:
                if key in ULCER_ONLY:
                    form.show_row(key, shown=is_ulcer)
            form.set_read_only(read_only=not self._is_draft)
        has_size = lesion.kind is not LesionKind.CONTRACTURE
        for key in ("length_mm", "width_mm"):
            self._state_form.show_row(key, shown=has_size)
        self._state_form.show_row("size_change", shown=has_size and not each.is_new)
        self._state_form.show_row("status", shown=False)
        self._state_form.show_row("healed_on", shown=is_ulcer and each.status is Status.HEALED)
        kind = self._lesion_form.editor("kind")
        if isinstance(kind, ChoiceEditor) and not each.is_new:
            kind.set_read_only(read_only=True)
        self._show_quick(each)
        self._withdraw.setVisible(self._is_draft and each.is_new)

    def _show_quick(self, each: LesionAt) -> None:
        offered = statuses_for(each.lesion.kind)
        for button in self._quick_buttons:
            status = Status.of(str(button.property("status")))
            button.setVisible(self._is_draft and status in offered)
            button.setChecked(status is each.status)
            button.setAccessibleName(_("{letter} is {status}").format(letter=each.lesion.letter, status=status.label))

    def _place_words(self, each: LesionAt) -> str:
        parts = [each.lesion.aspect.label]
        if not each.lesion.is_exact:
            parts.append(_("exact point not recorded"))
        if each.status is Status.NOT_REEXAMINED:
            parts.append(_("carried over, not re-examined"))
        if each.before:
            parts.append(_("last visit: {words}").format(words=_state_words(each)))
        if healing := self._healing.get(each.lesion.id):
            parts.append(healing)
        if (area := area_mm2(each.state)) is not None:
            parts.append(_("area {n} mm²").format(n=f"{area:.0f}"))
        return "; ".join(parts)

    # -- what is done ------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Hand on what is still being typed."""
        self._state_form.settle()
        self._lesion_form.settle()

    @property
    def errors(self) -> list[str]:
        """What was typed and refused, with the reason, and so is not recorded."""
        return [*self._state_form.errors, *self._lesion_form.errors] if self._chosen else []

    def show_error(self, key: str, text: str) -> None:
        """Say beneath a field why it was refused."""
        form = self._state_form if key in self._state_form.keys else self._lesion_form
        form.show_error(key, text)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_list_current_item_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            lesion_id = item.data(_ID)
            self.choose(lesion_id)
            self.lesion_chosen.emit(lesion_id)

    @Slot()
    def _on_quick_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and self._chosen:
            self.state_settled.emit(self._chosen, "status", Status.of(str(button.property("status"))))

    @Slot(object)
    def _on_state_form_field_settled(self, settled: tuple[str, Value | None]) -> None:
        if self._chosen:
            self.state_settled.emit(self._chosen, *settled)

    @Slot(object)
    def _on_lesion_form_field_settled(self, settled: tuple[str, Value | None]) -> None:
        if self._chosen:
            self.field_settled.emit(self._chosen, *settled)

    @Slot()
    def _on_withdraw_clicked(self) -> None:
        if self._chosen:
            self.withdraw_requested.emit(self._chosen)


def _line(each: LesionAt, *, is_first: bool) -> str:
    new = f", {_('first recorded') if is_first else _('new')}" if each.is_new else ""
    return f"{each.lesion.letter}   {each.lesion.kind.label}, {each.status.label}{new}\n{each.lesion.place}"


def _state_words(each: LesionAt) -> str:
    assert each.before is not None
    size = ""
    if each.before.length_mm is not None and each.before.width_mm is not None:
        size = f", {each.before.length_mm:g} × {each.before.width_mm:g} mm"
    return each.before.status.label + size


def _counts_words(record: PatientRecord, visit: Visit) -> str:
    counts = ulcer_counts(record, visit)
    parts = [
        _("{n} active").format(n=counts.active),
        _("{n} active or indeterminate").format(n=counts.active_or_indeterminate),
        f"{counts.new} {counts.new_words}",
        _("{n} healed since").format(n=counts.healed),
    ]
    if counts.not_examined:
        parts.append(_("{n} not examined today").format(n=counts.not_examined))
    if counts.gangrene:
        parts.append(_("gangrene: {n}").format(n=counts.gangrene))
    return _("Ulcers: {words}").format(words=", ".join(parts))
