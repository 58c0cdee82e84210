"""What another window wrote first: both values side by side, and one press to decide."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ssc_hand.domain.dates import day_label, time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import _
from ssc_hand.ui.models.steps import Clash
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.widgets import shades
from ssc_hand.ui.widgets.message_bar import paint_faint
from ssc_hand.ui.widgets.plain_label import PlainLabel

#: Longer words stand in the sentence, and not on the buttons.
_BUTTON_LETTERS = 24
#: Of a long text so much is shown; all of it is applied.
_SENTENCE_LETTERS = 200


class ClashBar(QWidget):
    """Shows the oldest entry that was forestalled; what comes after it has its turn when that is decided."""

    refused = Signal(str)

    def __init__(self, editor: VisitEditor, parent: QWidget | None = None) -> None:
        """A bar that is hidden until something was forestalled."""
        super().__init__(parent)
        self._editor = editor
        self._clash: Clash | None = None
        self._text = PlainLabel(parent=self, wrap=True)
        self._count = PlainLabel(parent=self)
        self.use_button = QPushButton(self)
        self.keep_button = QPushButton(self)
        self.use_button.clicked.connect(self._on_use_clicked)
        self.keep_button.clicked.connect(self._on_keep_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(10)
        row.addWidget(self._text, 1)
        row.addWidget(self._count)
        row.addWidget(self.use_button)
        row.addWidget(self.keep_button)
        editor.clashes_changed.connect(self.refresh)
        editor.visit_changed.connect(self.refresh)
        self.refresh()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty where nothing was forestalled."""
        return self._text.text()

    @Slot()
    def refresh(self) -> None:
        """Show what waits for a decision now."""
        clashes = self._editor.clashes
        old, self._clash = self._clash, clashes[0] if clashes else None
        self.setVisible(self._clash is not None)
        if self._clash is None:
            self._text.setText("")
        elif self._clash != old:
            self._show(self._clash)
        self._count.setText(_("1 of {n}").format(n=len(clashes)))
        self._count.setVisible(len(clashes) > 1)

    def _show(self, clash: Clash) -> None:
        mine, theirs = _shortened(clash.mine), _shortened(clash.theirs)
        use, keep = _("Use {value}").format(value=mine), _("Keep {value}").format(value=theirs)
        is_short = max(len(mine), len(theirs)) <= _BUTTON_LETTERS
        self.use_button.setText((use if is_short else _("Use mine")).replace("&", "&&"))
        self.keep_button.setText((keep if is_short else _("Keep theirs")).replace("&", "&&"))
        self.use_button.setAccessibleName(f"{clash.name}: {use}")
        self.keep_button.setAccessibleName(f"{clash.name}: {keep}")
        self._text.setText(self._sentence(clash, mine, theirs))
        spoken = QAccessibleAnnouncementEvent(self, self.text)
        spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(spoken)
        self.setAccessibleName(self.text)

    def _sentence(self, clash: Clash, mine: str, theirs: str) -> str:
        visit = self._editor.visit
        if visit is not None and not visit.is_draft:
            words = _("{what}: you entered {mine}, and the visit was made final before. Reopen it to use that.")
        elif clash.at is None:
            words = _("{what}: you entered {mine}; another window had cleared it. Which one shall stand?")
        else:
            words = _("{what}: you entered {mine}; {who} had written {theirs} {when}. Which one shall stand?")
        if clash.step.slot[0] != "observation":
            mine, theirs = f"“{mine}”", f"“{theirs}”"
        return words.format(what=clash.name, mine=mine, theirs=theirs, who=clash.by, when=self._when(clash))

    def _when(self, clash: Clash) -> str:
        if clash.at is None:
            return ""
        same_day = self._editor.visit is not None and day_label(clash.at.date()) == day_label(self._editor.visit.day)
        moment = f"{clash.at:%H:%M}" if same_day else time_label(clash.at)
        return _("at {moment}").format(moment=moment)

    @Slot()
    def _on_use_clicked(self) -> None:
        if self._clash is None:
            return
        try:
            self._editor.use_mine(self._clash)
        except Refused as refused:
            self.refused.emit(str(refused))

    @Slot()
    def _on_keep_clicked(self) -> None:
        if self._clash is not None:
            self._editor.keep_theirs(self._clash)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A faint ground and an edge, as of a warning."""
        paint_faint(self, shades.caution(self.palette()))


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SENTENCE_LETTERS else f"{line[:_SENTENCE_LETTERS]}…"
