"""The account of a visit in one line, the next missing value, and what the whole visit asks to look at again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ssc_hand.domain.account import Account
from ssc_hand.domain.warnings import SoftWarning, in_words
from ssc_hand.i18n import _
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import ElidedLabel, PlainLabel, Role, plain_tooltip


class _Words(ElidedLabel):
    """The account in one line; by name only when somebody asks, since a long protocol names hundreds of places."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.account: Account | None = None

    def details(self) -> str:
        """What is missing, by name."""
        return "\n".join((self.account.words, *self.account.details)) if self.account else ""

    def enterEvent(self, event: QEnterEvent) -> None:
        """Hover names what is missing."""
        super().enterEvent(event)
        self.setToolTip(plain_tooltip(self.details()))


class AccountBar(QWidget):
    """What is done, what is missing, and the ways on."""

    next_missing_requested = Signal()
    timer_requested = Signal()
    pad_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        """A bar that has nothing to tell."""
        super().__init__(parent)
        self._words = _Words(self)
        self._missing = _button(self, _("Next missing (M)"), _("Goes to the next value that is not recorded"))
        self._missing.clicked.connect(self.next_missing_requested)
        self._timer = _button(self, _("Timer"), _("Times the refill of the current digit (Space at an empty refill)"))
        self._timer.clicked.connect(self.timer_requested)
        self.pad = ChipButton(_("Number pad"), self)
        self.pad.setToolTip(_("Keys for touch, beside the hands"))
        self.pad.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a press must not take the keys from the hands
        self.pad.toggled.connect(self.pad_toggled)
        self._warning = PlainLabel("", self, role=Role.WARNING, wrap=True)
        self._warning.hide()
        told = QVBoxLayout()  # both beside the buttons: a warning that comes must not move the hands
        told.setSpacing(0)
        told.addWidget(self._words)
        told.addWidget(self._warning)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addLayout(told, 1)
        for each in (self._missing, self._timer, self.pad):
            each.setMinimumHeight(millimetres(self, TARGET_MM))
            line.addWidget(each)

    def show_account(self, account: Account | None, *, can_edit: bool) -> None:
        """What is done and missing; a final visit is only told about."""
        words = account.words if account else ""
        self._words.account = account
        self._words.setText(words)
        self._words.setAccessibleName(words or _("nothing asked for"))
        if QAccessible.isActive():
            self._words.setAccessibleDescription(self._words.details())
        self._missing.setEnabled(can_edit and account is not None and bool(account.missing))
        for each in (self._missing, self._timer, self.pad):
            each.setVisible(can_edit)

    def set_timer_enabled(self, *, enabled: bool) -> None:
        """Whether the place at hand has a refill to time."""
        self._timer.setEnabled(enabled)

    def show_warnings(self, warnings: Sequence[SoftWarning]) -> None:
        """The first in full, the number of the others; all of them in the tooltip."""
        words = warnings[0].words if warnings else ""
        if len(warnings) > 1:
            words = _("{words} (and {n} more)").format(words=words, n=len(warnings) - 1)
        self._warning.setText(words)
        self._warning.setToolTip(plain_tooltip(in_words(warnings)))
        self._warning.setAccessibleDescription(in_words(warnings[1:]))
        self._warning.setVisible(bool(warnings))


def _button(parent: QWidget, text: str, tip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setText(text)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
