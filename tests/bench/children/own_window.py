"""The program as a person starts it, watched: tells when it stood there, or how large it is with a patient open.

Use: own_window.py start|memory FOLDER. It runs the program's own command and is told of the window by the one
function that makes it; nothing is built, shown or loaded otherwise than in use.
"""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ssc_hand.app import main

if TYPE_CHECKING:
    from ssc_hand.domain.clinic import PatientLine
    from ssc_hand.ui.main_window import MainWindow
    from ssc_hand.ui.prompts import Prompts

#: Libraries that a start must not load.
HEAVY = ("pyqtgraph", "numpy", "reportlab", "pypdfium2", "sqlite_utils")


class _Watcher(QObject):
    """Waits for paints and answers of the window, one after another."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.told: dict[str, Any] = {}
        self._lines: list[PatientLine] = []
        self._awaited: QWidget | None = None
        self._next = self.on_hands_painted
        window.clinic.patients_found.connect(self.on_patients_found)
        window.clinic.failed.connect(_give_up)
        window.clinic_needed.connect(_give_up)
        self.await_paint(window.visit_page.hands.view)

    def await_paint(self, widget: QWidget) -> None:
        """Go on when a widget has next been painted."""
        self._awaited = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint that is waited for; what follows comes after it is done."""
        if watched is self._awaited and event.type() == QEvent.Type.Paint:
            self._awaited = None
            QTimer.singleShot(0, self._next)
        return False

    @Slot()
    def on_hands_painted(self) -> None:
        """The first paint: the hands are there, the list is still empty."""
        self.told["first_paint"] = time.monotonic_ns()
        self._await_list()

    @Slot(object)
    def on_patients_found(self, lines: list[PatientLine]) -> None:
        """The patients are there; they are still to be painted."""
        self._lines = lines
        self._await_list()

    def _await_list(self) -> None:
        if self._lines and "first_paint" in self.told and "ready" not in self.told:
            self._next = self.on_list_painted
            self.await_paint(self.window.browser)
            self.window.browser.update()

    @Slot()
    def on_list_painted(self) -> None:
        """The list is there: type a letter, which must arrive in the search box."""
        self.window.browser.focus_search()
        box = self.window.browser.findChild(QLineEdit)
        assert box is not None
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(box, key)
        assert box.text() == "a" and self.window.browser.rows
        self.told["ready"] = time.monotonic_ns()
        self.told["loaded"] = [name for name in HEAVY if name in sys.modules]
        self.go_on()

    def go_on(self) -> None:
        """Done after a start."""
        self.window.close()


class _MemoryWatcher(_Watcher):
    """Opens a patient after the start."""

    def go_on(self) -> None:
        """Open the first patient."""
        self._next = self.on_patient_painted
        self.window.editor.record_changed.connect(self.on_record_changed)
        self.window.open_patient(self._lines[0].id)

    @Slot(object)
    def on_record_changed(self, _record: object) -> None:
        """The patient is there; the hands are still to be painted."""
        self.await_paint(self.window.visit_page.hands.view)

    @Slot()
    def on_patient_painted(self) -> None:
        """The patient is open and seen."""
        from tests.bench.memory import resident_bytes  # noqa: PLC0415 - a start is measured without it

        self.told["bytes"] = resident_bytes()
        self.window.close()


def _give_up(error: object) -> None:
    print(error, file=sys.stderr)
    QApplication.exit(1)


def _run(kind: str, folder: str) -> None:
    watchers: list[_Watcher] = []
    start_log = main._log

    def watch() -> None:
        """The log is started when everything is loaded and nothing is made."""
        from ssc_hand.app import compose  # noqa: PLC0415 - loaded by the program itself, when it does so in use

        start_log()
        make_window = compose.make_window

        def watched(settings: QSettings, prompts: Prompts | None = None) -> MainWindow:
            window = make_window(settings, prompts)
            watchers.append((_MemoryWatcher if kind == "memory" else _Watcher)(window))
            return window

        compose.make_window = watched

    main._log = watch
    code = main.main(["--data", folder])
    if code:
        sys.exit(code)
    print(json.dumps(watchers[0].told))


if __name__ == "__main__":
    _run(*sys.argv[1:])
