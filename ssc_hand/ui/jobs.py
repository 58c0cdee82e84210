"""JobRunner: one worker thread; run(task, done, failed); the runner owns the signal."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from types import MethodType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal, SignalInstance, Slot

#: What a task answers to: a bound method is held weakly, so a closed panel is neither called nor kept alive.
Answer = Callable[[Any], None]


def _held(answer: Answer) -> Callable[[], Answer | None]:
    if isinstance(answer, MethodType):
        return weakref.WeakMethod(answer)
    return lambda: answer


class _Job(QRunnable):
    """One task on its way; it borrows the runner's signal."""

    def __init__(self, task: Callable[[], Any], done: Answer, failed: Answer, finished: SignalInstance) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._task = task
        self._answers = (_held(done), _held(failed))
        self._finished = finished
        self._result: Any = None
        self._has_failed = False

    def run(self) -> None:
        """Do the work on the worker thread and hand the outcome over."""
        try:
            self._result = self._task()
        except Exception as error:  # noqa: BLE001 - whoever asked is told, whatever it was
            self._result, self._has_failed = error, True
        self._finished.emit(self)

    def answer(self) -> None:
        """Tell the one who asked, on its own thread."""
        answer = self._answers[1 if self._has_failed else 0]()
        if answer is not None:
            answer(self._result)


class JobRunner(QObject):
    """Runs tasks one after another on one thread of its own; answers arrive on the thread of the runner."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(-1)  # what a task opens on the thread stays usable for the next one
        self._running: set[_Job] = set()
        self._finished.connect(self._on_finished)

    def run(self, task: Callable[[], Any], done: Answer, failed: Answer) -> None:
        """Do `task` after all earlier ones; then call `done` with its result or `failed` with its exception."""
        job = _Job(task, done, failed, self._finished)
        self._running.add(job)
        self._pool.start(job)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._running)

    def deliver(self) -> None:
        """Wait until every task has run, and give all answers before going on; for a window about to close."""
        while self._running:
            self._pool.waitForDone()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def finish(self) -> None:
        """Wait until every task has run; the last line of the program."""
        self._pool.waitForDone()

    @Slot(object)
    def _on_finished(self, job: _Job) -> None:
        self._running.discard(job)
        job.answer()
