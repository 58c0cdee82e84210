"""Labels that show text as it was typed and never read it as markup."""

from __future__ import annotations

import re
from enum import Enum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from ssc_hand.ui.widgets import shades


class Role(Enum):
    """What a label is to the reader; decides its weight, size and shade."""

    PLAIN = "plain"
    TITLE = "title"
    BOLD = "bold"
    MUTED = "muted"
    WARNING = "warning"


_BOLD = frozenset({Role.TITLE, Role.BOLD})
_TITLE_SCALE = 1.35
#: Letters after which a word may go on in the next line: a longer one would widen the whole window.
_LONGEST_WORD = 30
_MAY_BREAK = "\u200b"
#: So many letters of one word with others behind them, never torn from an accent, a joiner or a variation that follows.
_STUCK = "\u0300-\u036f\u200d\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_STRETCH = re.compile(rf"[^\s{_MAY_BREAK}]{{{_LONGEST_WORD}}}(?=[^\s{_STUCK}])(?<!\u200d)")
_LINE_SEPARATOR = str.maketrans({"\n": " ", "\r": " ", "\u2028": " ", "\u2029": " "})


class PlainLabel(QLabel):
    """A label for any text, also a user's: plain text only."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: Role = Role.PLAIN, wrap: bool = False
    ) -> None:
        """A label with this text; `wrap` breaks it into lines where it is too long."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        self._role = role
        self._shading = self._shaded = False
        self._dress()

    def setText(self, text: str) -> None:  # noqa: N802 - overrides Qt's
        """Show this text; where it wraps, a word longer than a line goes on in the next one."""
        self._text = text
        super().setText(_STRETCH.sub(rf"\g<0>{_MAY_BREAK}", text) if self.wordWrap() else text)

    def text(self) -> str:
        """The text as it was given."""
        return self._text

    @property
    def role(self) -> Role:
        """What it is to the reader."""
        return self._role

    def set_role(self, role: Role) -> None:
        """Give it another weight, size and shade."""
        if role is not self._role:
            self._role = role
            self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the desktop into another palette or size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._dress()
        elif event.type() == QEvent.Type.PaletteChange and not self._shading:
            self._shade()

    def _dress(self) -> None:
        font = QFont(QApplication.font(self))
        font.setBold(self._role in _BOLD)
        if self._role is Role.TITLE:
            font.setPointSizeF(font.pointSizeF() * _TITLE_SCALE)
        if self._role is Role.PLAIN:
            font.setResolveMask(0)
        self.setFont(font)
        self._shade()

    def _shade(self) -> None:
        # Setting a palette sends the very event that asks for it.
        colour = self._colour()
        if colour is None and not self._shaded:
            return
        palette = QPalette()
        if colour is not None:
            palette.setColor(QPalette.ColorRole.WindowText, colour)
        self._shading, self._shaded = True, colour is not None
        self.setPalette(palette)
        self._shading = False

    def _colour(self) -> QColor | None:
        match self._role:
            case Role.MUTED:
                return shades.muted(self.palette())
            case Role.WARNING:
                return shades.alarm(self.palette())
            case _:
                return None


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where it is too long; the whole text is its tooltip."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: Role = Role.PLAIN) -> None:
        """A label that gives way to its neighbours."""
        super().__init__(text, parent, role=role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:  # noqa: N802 - overrides Qt's
        """Show this text, in one line."""
        super().setText(text.translate(_LINE_SEPARATOR))
        self._tell()

    @property
    def shown(self) -> str:
        """The text as far as there is room for it."""
        return self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width(), Qt.TextFlag.TextSingleLine
        )

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters, so that it never widens its surroundings."""
        return QSize(self.fontMetrics().averageCharWidth() * 8, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole text in the tooltip only where it does not fit."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = self.alignment() | Qt.TextFlag.TextSingleLine
        painter.drawText(self.contentsRect(), int(flags), self.shown)
        painter.end()

    def _tell(self) -> None:
        self.setToolTip(plain_tooltip(self.text()) if self.shown != self.text() else "")


def plain_tooltip(text: str) -> str:
    """The text as a tooltip that shows every character as typed.

    Qt guesses whether a tooltip is markup, so a text that looks like it is written as markup that spells it.
    """
    if "<" not in text and "&" not in text:
        return text
    import html  # noqa: PLC0415 - start-up: brings the names of all entities, and few texts look like markup

    return f"<qt>{html.escape(text)}</qt>"
