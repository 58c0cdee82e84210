"""A button that stays down, and is seen to be down on light and on dark ground."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ssc_hand.charts.scales import Ground
from ssc_hand.ui.theme import ground

#: In percent.
_DARKER = 135
_LIGHTER = 190


class ChipButton(QPushButton):
    """A word that is chosen by pressing it; the chosen one takes the colour of selections."""

    def __init__(self, text: str, parent: QWidget | None = None, *, plain: bool = False) -> None:
        """A button with this text, up; a `plain` one keeps its colour when it is down ("not recorded")."""
        super().__init__(text.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._plain = plain
        self._dressing = False
        self._is_known = False
        self.toggled.connect(self._on_toggled)

    def sizeHint(self) -> QSize:
        """As wide as its word: several stand side by side where a common button would fill the row."""
        hint = super().sizeHint()
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + 2 * metrics.height()
        return QSize(min(width, hint.width()), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Its word is never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the desktop into another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and not self._dressing:
            self._dress()

    def setChecked(self, checked: bool) -> None:  # noqa: FBT001, N802 - overrides Qt's
        """Put it down or up without a click."""
        self._is_known = True
        super().setChecked(checked)
        self._is_known = False

    def nextCheckState(self) -> None:
        """A click changes it, and is told by itself."""
        self._is_known = True
        super().nextCheckState()
        self._is_known = False

    @Slot()
    def _on_toggled(self) -> None:
        self._dress()
        if not self._is_known and self.group() is None:
            # Assistive software toggles what can be down, which Qt does not count as a click.
            self.clicked.emit()

    def _dress(self) -> None:
        roles = QPalette.ColorRole
        palette = QPalette()
        if self.isChecked() and not self._plain:
            # Styles lay a light over a button; white words on it must stay readable.
            palette.setColor(roles.Button, self.palette().color(roles.Highlight).darker(_DARKER))
            palette.setColor(roles.ButtonText, self.palette().color(roles.HighlightedText))
        elif self.isChecked() and ground(QApplication.palette()) is Ground.DARK:
            # Styles darken a button that is down, which is not seen where it is dark already.
            palette.setColor(roles.Button, QApplication.palette().color(roles.Button).lighter(_LIGHTER))
        self._dressing = True
        self.setPalette(palette)
        self._dressing = False
