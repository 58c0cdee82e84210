"""A button that stays pressed and shows it as plainly in a dark window as in a light one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyleOptionToolButton, QToolButton, QWidget

_PAIRS = (
    (QPalette.ColorRole.Button, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.HighlightedText),
)


class Toggle(QToolButton):
    """Pressed, it takes the colours of a selection from the palette."""

    def __init__(self, text: str, *, name: str, tip: str, parent: QWidget | None = None) -> None:
        """A lifted button; `name` is what a screen reader says."""
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def initStyleOption(self, option: QStyleOptionToolButton) -> None:
        """Dress the pressed button as selected."""
        super().initStyleOption(option)
        if self.isChecked():
            palette = QPalette(self.palette())
            for role, selected in _PAIRS:
                palette.setColor(role, palette.color(selected))
            option.palette = palette
