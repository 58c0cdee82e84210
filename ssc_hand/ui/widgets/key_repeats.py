"""Tells a key that repeats because it is held from one that is pressed anew."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent


class KeyRepeats:
    """Remembers the last key let go.

    An X server delivers a repeat as a release and a press of the same instant, and Qt marks them as repeats only where
    the press had arrived in time: the others would count as keys pressed anew.
    """

    def __init__(self) -> None:
        """No key let go yet."""
        self._released = (0, 0)

    def is_repeat(self, event: QKeyEvent) -> bool:
        """Whether a key event belongs to a key that was held all the while; asked once for each event, in order."""
        this = (event.key(), event.timestamp())
        if event.type() == QEvent.Type.KeyRelease:
            self._released = this
            return event.isAutoRepeat()
        return event.isAutoRepeat() or (event.timestamp() > 0 and this == self._released)
