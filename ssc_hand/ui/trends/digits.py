"""Choosing digits: two rows of five, right above left, each hand with a button for all of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ssc_hand.domain.anatomy import DIGITS, HANDS, Site
from ssc_hand.i18n import _
from ssc_hand.ui.trends.toggle import Toggle


class DigitPicker(QWidget):
    """Ten buttons that stay pressed, and one per hand that presses or lifts its five."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A picker with the digits of both hands unpressed."""
        super().__init__(parent)
        self._buttons = {site: self._button(site, number) for number, site in enumerate(DIGITS)}
        self._hands = {site: self._hand_button(site) for site in HANDS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(3)
        grid.setVerticalSpacing(3)
        for row, hand in enumerate(HANDS):
            grid.addWidget(self._hands[hand], row, 0)
            for site, button in self._buttons.items():
                if site.within(hand) and site.digit:
                    grid.addWidget(button, row, site.digit.number)
        grid.setColumnStretch(6, 1)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The digits that are pressed, in order."""
        return tuple(site for site, button in self._buttons.items() if button.isChecked())

    def choose(self, sites: Iterable[Site]) -> None:
        """Press these digits and lift the others, telling it once."""
        wanted = set(sites)
        for site, button in self._buttons.items():
            with QSignalBlocker(button):
                button.setChecked(site in wanted)
        self._on_digit()

    def _button(self, site: Site, number: int) -> Toggle:
        assert site.digit is not None
        keys = f"Alt+{(number + 1) % 10}"
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        button = Toggle(site.digit.label, name=site.name, tip=f"{site.name} ({shown})", parent=self)
        _widen(button)
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.toggle)
        button.toggled.connect(self._on_digit)
        return button

    def _hand_button(self, site: Site) -> Toggle:
        button = Toggle(
            site.name,
            name=_("all digits of the {hand}").format(hand=site.name),
            tip=_("All digits of the {hand}, or none").format(hand=site.name),
            parent=self,
        )
        _widen(button)
        font = button.font()
        font.setBold(True)
        button.setFont(font)
        button.clicked.connect(self._on_hand)
        return button

    def _on_hand(self) -> None:
        clicked = next(site for site, button in self._hands.items() if button is self.sender())
        press = self._hands[clicked].isChecked()
        others = [site for site in self.sites if not site.within(clicked)]
        self.choose([*others, *(site for site in DIGITS if press and site.within(clicked))])

    def _on_digit(self) -> None:
        for hand, button in self._hands.items():
            button.setChecked(all(each.isChecked() for site, each in self._buttons.items() if site.within(hand)))
        self.changed.emit()


def _widen(button: Toggle) -> None:
    """Let the buttons of a column be equally wide."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
