"""Hands the keys typed over the drawing or the strip to the path, and what is pasted there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.widgets.key_repeats import KeyRepeats

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
#: Keys that may be held down; any other types once, however long it is held.
_MOVING = _ARROWS | {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
_STROKES = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class BedsideKeys(QObject):
    """Watches widgets that are typed over; what the path does not want stays with them."""

    def __init__(self, path: EntryPath, view: QWidget, *others: QWidget) -> None:
        """Watch the drawing and other widgets; arrows typed over those go to the drawing."""
        super().__init__(view)
        self._path = path
        self._view = view
        self._repeats = KeyRepeats()
        for widget in (view, *others):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key goes to the path first."""
        if not isinstance(event, QKeyEvent) or event.type() not in _STROKES:
            return False
        is_repeat = self._repeats.is_repeat(event)
        if event.type() is QEvent.Type.KeyRelease:
            return False
        if not self._takes(event, is_repeat=is_repeat):
            if watched is not self._view and event.key() in _ARROWS:
                QCoreApplication.sendEvent(self._view, event)
                return True
            return False
        event.accept()
        return True

    def _takes(self, event: QKeyEvent, *, is_repeat: bool) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._path.paste(QGuiApplication.clipboard().text())
            return True
        if event.modifiers() & _COMMANDS:
            return False
        if is_repeat and event.key() not in _MOVING and self._path.can_edit:
            return True
        return self._path.key(event.key(), event.text())
