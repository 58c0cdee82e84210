"""PathMenu: how this user goes over the digits, kept with the user's settings and not with the clinic."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSettings, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ssc_hand.domain.anatomy import Digit, Hand
from ssc_hand.domain.path import DigitOrder
from ssc_hand.i18n import _

_FIRST, _FROM_THUMB, _SPEAKS = "path/first_hand", "path/from_thumb", "path/says_each"


class PathMenu(QMenu):
    """Which hand first, from which end, and whether each digit is said aloud."""

    order_chosen = Signal(object)  #: DigitOrder
    speech_chosen = Signal(bool)

    def __init__(self, settings: QSettings | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.addSection(_("Order of the digits"))
        order = kept_order(settings)
        self._hands = self._choice(
            [(_("{side} hand first").format(side=h.label).capitalize(), h is order.first) for h in Hand]
        )
        self.addSeparator()
        self._ends = self._choice(
            [
                (_("From the {digit}").format(digit=Digit.D1.label), order.from_thumb),
                (_("From the {digit} finger").format(digit=Digit.D5.label), not order.from_thumb),
            ]
        )
        self.addSeparator()
        self._speaks = self.addAction(_("Say every place aloud"))
        self._speaks.setCheckable(True)
        self._speaks.setChecked(keeps_speaking(settings))
        self._speaks.toggled.connect(self._on_speaks_toggled)

    def _choice(self, choices: list[tuple[str, bool]]) -> list[QAction]:
        group = QActionGroup(self)
        actions = []
        for text, is_chosen in choices:
            action = self.addAction(text)
            action.setCheckable(True)
            action.setChecked(is_chosen)
            group.addAction(action)
            actions.append(action)
        group.triggered.connect(self._on_order_triggered)
        return actions

    @Slot(QPoint)
    def open_at(self, point: QPoint) -> None:
        """Open at a point of the screen."""
        self.popup(point)

    @Slot()
    def _on_order_triggered(self) -> None:
        first = next(hand for hand, action in zip(Hand, self._hands, strict=True) if action.isChecked())
        order = DigitOrder(first=first, from_thumb=self._ends[0].isChecked())
        if self._settings is not None:
            self._settings.setValue(_FIRST, order.first.value)
            self._settings.setValue(_FROM_THUMB, int(order.from_thumb))
        self.order_chosen.emit(order)

    @Slot(bool)
    def _on_speaks_toggled(self, speaks: bool) -> None:  # noqa: FBT001 - a slot of Qt's own signal
        if self._settings is not None:
            self._settings.setValue(_SPEAKS, int(speaks))
        self.speech_chosen.emit(speaks)


def kept_order(settings: QSettings | None) -> DigitOrder:
    """The order that the user chose last; right thumb first until then, and where the settings make no sense."""
    if settings is None:
        return DigitOrder()
    first = str(settings.value(_FIRST, Hand.RIGHT.value))
    is_known = first in [hand.value for hand in Hand]
    from_thumb = str(settings.value(_FROM_THUMB, 1)) != "0"
    return DigitOrder(first=Hand(first) if is_known else Hand.RIGHT, from_thumb=from_thumb)


def keeps_speaking(settings: QSettings | None) -> bool:
    """Whether the user wants each place to be said aloud."""
    return settings is not None and str(settings.value(_SPEAKS, 0)) == "1"
