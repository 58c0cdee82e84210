"""Speech: says names of places aloud where the computer has a voice; what it says names no patient."""

from __future__ import annotations

import importlib

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal, Slot

from ssc_hand.i18n import _

#: Programs that speak what they are given, where Qt was installed without its voices.
_SPEAKERS = (("spd-say", "--cancel"), ("say",), ("espeak-ng",))


class Speech(QObject):
    """A voice, looked for when something is first to be said."""

    missing = Signal(str)  #: a sentence, once: this computer has no voice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Whether every place is said without being asked.
        self.says_each = False
        self._voice: QObject | None = None
        self._program: tuple[str, ...] = ()
        self._is_known = False

    @Slot(str)
    def say(self, words: str) -> None:
        """Say these words in place of what is being said."""
        if not self._is_known:
            self._is_known = True
            self._look_for_a_voice()
        if self._voice is not None:
            self._voice.say(words)  # type: ignore[attr-defined]
        elif self._program:
            QProcess.startDetached(self._program[0], [*self._program[1:], words])
        else:
            self.missing.emit(_("This computer has no voice for the program; the words stand above the hands."))

    @Slot(str)
    def say_each(self, words: str) -> None:
        """Say where the path has gone, if that is wanted."""
        if self.says_each:
            self.say(words)

    def _look_for_a_voice(self) -> None:
        try:
            module = importlib.import_module("PySide6.QtTextToSpeech")
        except ImportError:
            module = None  # an extra of Qt that need not be installed
        if module is not None and module.QTextToSpeech.availableEngines():
            self._voice = module.QTextToSpeech(self)
            return
        for program, *words in _SPEAKERS:
            if found := QStandardPaths.findExecutable(program):
                self._program = (found, *words)
                return
