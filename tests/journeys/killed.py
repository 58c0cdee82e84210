"""The program that is killed: its own main, whole and unchanged, and beside it marks on standard output.

Marked are, each with one write: that a draft is offered and that it is open; the begin and the end of each
transaction; and each value at the moment at which the window says that it is saved. `python -m tests.journeys.killed
WORDS...` runs `ssc-hand WORDS...`.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from ssc_hand.app import compose
from ssc_hand.app.main import main
from ssc_hand.storage.clinic import Clinic
from ssc_hand.ui.hand.view import HandView
from ssc_hand.ui.main_window import MainWindow
from ssc_hand.ui.models.entry_writer import Saving

_LOOK_AGAIN_MS = 5


class Marks:
    """What was told already."""

    def __init__(self) -> None:
        self._told: set[object] = set()

    def write(self, *words: str) -> None:
        """One line, in one write."""
        os.write(sys.stdout.fileno(), (" ".join(words) + "\n").encode())

    def watch(self, window: MainWindow) -> None:
        """Mark what the window shows."""
        window.editor.saved_changed.connect(lambda: self._tick(window))
        window.clinic.left_off_found.connect(
            lambda left: self._once_at(window, QPushButton, "offered") if left else None
        )
        window.clinic.record_loaded.connect(lambda _record: self._once_at(window, HandView, "open"))

    def _once_at(self, window: MainWindow, kind: type[QWidget], word: str) -> None:
        """As soon as the keyboard is there: a key pressed before would go astray."""
        if window.isActiveWindow() and isinstance(window.focusWidget(), kind):
            self.write(word)
        else:
            QTimer.singleShot(_LOOK_AGAIN_MS, lambda: self._once_at(window, kind, word))

    def _tick(self, window: MainWindow) -> None:
        visit = window.editor.visit
        for (what, key), saving in window.editor.ticks.items():
            if visit is None or what != "observation" or saving is not Saving.SAVED or (visit.id, key) in self._told:
                continue
            self._told.add((visit.id, key))
            site, measure, _repeat = key
            self.write("tick", visit.id, site.code, measure, str(visit.observations[key].value))


def run(marks: Marks, words: list[str]) -> int:
    """The program with these words, watched."""
    make_window, write = compose.make_window, Clinic.write

    def watched(*given: Any) -> MainWindow:
        window = make_window(*given)
        marks.watch(window)
        return window

    def marked(clinic: Clinic, *changes: Any) -> Any:
        marks.write("begin")
        try:
            return write(clinic, *changes)
        finally:
            marks.write("end")

    setattr(compose, "make_window", watched)  # noqa: B010 - a plain assignment is no longer the same function to mypy
    setattr(Clinic, "write", marked)  # noqa: B010 - as above
    return main(words)


if __name__ == "__main__":
    sys.exit(run(Marks(), sys.argv[1:]))
