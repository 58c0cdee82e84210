"""A real window of the program in this process, opened the way the program opens it, and waiting for its paints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ssc_hand.app.compose import Session, make_application, make_window, window_settings
from ssc_hand.ui.main_window import MainWindow

#: Seconds after which a fact is given up.
_PATIENCE = 20
_AT_LEAST_EVERY_MS = 50
#: Closed windows. The program has one for its life; Python must not take one apart while Qt still tells it things.
_CLOSED: list[MainWindow] = []


class Paints(QObject):
    """Notes which of the watched widgets were painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._missing: set[QObject] = set()
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a paint."""
        if event.type() == QEvent.Type.Paint:
            self._missing.discard(watched)
        return False

    def expect(self) -> None:
        """From now on all of them must be painted again."""
        self._missing = set(self._widgets)

    @property
    def are_done(self) -> bool:
        """Whether all were painted since then."""
        return not self._missing


def until(fact: Callable[[], bool]) -> None:
    """Let Qt work until something is so, asleep in between as in use: turning idly would slow the storage thread."""
    end = time.monotonic() + _PATIENCE
    waker = QTimer(interval=_AT_LEAST_EVERY_MS)
    waker.start()
    while not fact():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")


@contextmanager
def opened(folder: Path) -> Iterator[MainWindow]:
    """The program's window on a clinic, its list filled."""
    make_application()
    settings = window_settings()
    window = make_window(settings)
    window.show()
    found: list[object] = []
    window.clinic.patients_found.connect(found.append)
    Session(window, settings).begin(folder)
    until(lambda: bool(found) and not window.storage.is_busy)
    settle()
    yield window
    window.close()
    _CLOSED.append(window)


def settle() -> None:
    """Let Qt do all that is due."""
    for _again in range(5):
        QApplication.processEvents()
