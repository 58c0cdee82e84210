"""The line above the hands: which visit, whether it is on disk, undo, finish, reopen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ssc_hand.domain.dates import time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.protocols import QUICK, Protocol
from ssc_hand.domain.records import Visit
from ssc_hand.i18n import N_, _
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role

#: Room for the name of a protocol where there is little, and the most it gets; the rest is in its list and tooltip.
_PROTOCOL_IN_LETTERS, _MOST_OF_PROTOCOL = 9, 34

#: Width in letters under which the words of what is saved give way to the visit's own.
_NARROW_IN_LETTERS = 100
_FAILED, _WRITING, _REFUSED = N_("! not saved yet"), N_("saving…"), N_("! not recorded: see the page")
_ON_DISK, _NOT_BEGUN = N_("✓ everything is saved"), N_("kept from the first entry on")
_SHORT = {_FAILED: "!", _REFUSED: "!", _WRITING: "…", _ON_DISK: "✓", _NOT_BEGUN: ""}


class VisitBar(QWidget):
    """Tells which visit is on the desk and where it stands."""

    refused = Signal(str)
    finish_requested = Signal()
    move_requested = Signal()

    def __init__(self, editor: VisitEditor, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._prompts = prompts
        self._who = ""
        self._title = ElidedLabel("", self, role=Role.BOLD)
        self._remarks = ElidedLabel("", self, role=Role.MUTED)
        self._saved = PlainLabel("", self, role=Role.MUTED)
        self._saved.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._saved_text = _NOT_BEGUN
        self._is_narrow = False
        self._has_refused = False
        self._fit_saved()
        self._default = QUICK
        self.protocol_box = QComboBox(self)
        self.protocol_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.protocol_box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.protocol_box.setAccessibleName(_("Protocol of this visit"))
        self.protocol_box.setToolTip(_("Which measures this visit asks for; what is recorded is always shown"))
        self.protocol_box.activated.connect(self._on_protocol_box_activated)
        self.finish_button = self._button(_("Finish visit"), _("Make the visit final and read-only"), self.finish)
        self.reopen_button = self._button(_("Reopen…"), _("Change a final visit; needs a reason"), self.reopen)
        self.move_button = self._button(
            _("Wrong patient…"), _("Move this visit to the patient it belongs to"), self.move_requested
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title, 3)
        row.addWidget(self._remarks, 2)
        row.addWidget(self._saved)
        row.addWidget(self.protocol_box)
        for button in (self.move_button, self.reopen_button, self.finish_button):
            row.addWidget(button)
        editor.visit_changed.connect(self._show)
        editor.saved_changed.connect(self._on_editor_saved_changed)
        self._show(None)

    def _button(self, text: str, tip: str, pressed: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.clicked.connect(pressed)
        return button

    def set_who(self, who: str) -> None:
        """Who is writing, for the remark of a reopening."""
        self._who = who

    @Slot(object)
    def _show(self, visit: Visit | None) -> None:
        self.setVisible(visit is not None)
        if visit is None:
            return
        who = f", {visit.examiner}" if visit.examiner else ""
        # The state first: where room is short, the end of the line goes.
        state = visit.state.label.upper() if visit.is_draft else visit.state.label
        self._title.setText(f"{state}:  {time_label(visit.at)}, {visit.kind.label}{who}")
        self._remarks.setText("; ".join(visit.remarks))
        self._remarks.setVisible(bool(visit.remarks))  # else it would take room from the title
        self._show_protocol(visit)
        self.finish_button.setVisible(visit.is_draft)
        self.reopen_button.setVisible(not visit.is_draft)
        self._on_editor_saved_changed()

    def tell_refused(self, *, has_refused: bool) -> None:
        """Whether something typed stands on the page that was refused: then not everything is saved."""
        if has_refused is not self._has_refused:
            self._has_refused = has_refused
            self._on_editor_saved_changed()

    def set_protocols(self, protocols: Sequence[Protocol], default: Protocol) -> None:
        """What can be chosen from, and what holds for a visit that names none."""
        self._default = default
        self.protocol_box.clear()
        for each in protocols:
            self.protocol_box.addItem(each.name, each.key)
        self._fit_protocol()
        if self._editor.visit is not None:
            self._show_protocol(self._editor.visit)

    def _show_protocol(self, visit: Visit) -> None:
        known = self.protocol_box.findData(visit.protocol) if visit.protocol else -1
        self.protocol_box.setCurrentIndex(known if known >= 0 else self.protocol_box.findData(self._default.key))
        self.protocol_box.setVisible(visit.is_draft and self.protocol_box.count() > 1)

    def _fit_protocol(self) -> None:
        """Room for the longest name, so that nothing moves when another is chosen; less where room is short."""
        metrics, names = self.protocol_box.fontMetrics(), range(self.protocol_box.count())
        longest = max((metrics.horizontalAdvance(self.protocol_box.itemText(each)) for each in names), default=0)
        letters = min(-(-longest // max(metrics.horizontalAdvance("X"), 1)), _MOST_OF_PROTOCOL)
        self.protocol_box.setMinimumContentsLength(_PROTOCOL_IN_LETTERS if self._is_narrow else letters)

    @Slot()
    def _on_protocol_box_activated(self) -> None:
        try:
            self._editor.set_field("protocol", self.protocol_box.currentData())
        except Refused as refused:
            self.refused.emit(str(refused))

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_saved()
            self._fit_protocol()

    def _fit_saved(self) -> None:
        """Room for each of its texts: with every value it changes twice, and nothing around it should move."""
        metrics = self._saved.fontMetrics()
        texts = _SHORT.values() if self._is_narrow else [_(text) for text in _SHORT]
        self._saved.setFixedSize(max(map(metrics.horizontalAdvance, texts)) + 2, metrics.height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short a sign tells whether everything is saved, and its words are the tooltip."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW_IN_LETTERS
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._fit_saved()
            self._fit_protocol()
            self._say_saved()

    def _say_saved(self) -> None:
        words = _(self._saved_text)
        self._saved.setText(_SHORT[self._saved_text] if self._is_narrow else words)
        self._saved.setToolTip(words if self._is_narrow else "")
        self._saved.setAccessibleName(words)

    @Slot()
    def _on_editor_saved_changed(self) -> None:
        visit = self._editor.visit
        if visit is None:
            return
        if self._editor.has_failed:
            text, role = _FAILED, Role.WARNING
        elif self._has_refused:
            text, role = _REFUSED, Role.WARNING
        elif self._editor.is_writing:
            text, role = _WRITING, Role.MUTED
        else:
            text, role = _ON_DISK if self._editor.is_on_disk else _NOT_BEGUN, Role.MUTED
        self._saved.set_role(role)
        self._saved_text = text
        self._say_saved()
        self.move_button.setVisible(self._editor.is_on_disk)

    @Slot()
    def finish(self) -> None:
        """Ask to make the visit final; the page settles first what is still being typed."""
        self.finish_requested.emit()

    @Slot()
    def reopen(self) -> None:
        """Make a final visit a draft again, with a reason."""
        reason = self._prompts.ask_reason(
            _("Reopen visit"), _("Why is this visit changed? The reason stays with the visit.")
        )
        if reason:
            self._editor.reopen(reason, self._who or _("unknown"))
