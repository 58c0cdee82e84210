"""One preview: the document is made, then its pages are drawn one by one, all off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ssc_hand.ui.summary.render import Document, PagePicture, read_document, render_page


class Jobs(Protocol):
    """Whatever does work off the GUI thread and answers on it."""

    def run(self, task: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        """Do `task`; then call `done` with its result or `failed` with its exception."""


class Preview(QObject):
    """Makes one document and its pictures. Dropped, it is no longer answered, so nothing stale is ever shown."""

    made = Signal(object)  #: Document
    drawn = Signal(object)  #: PagePicture
    failed = Signal(object)  #: the exception

    def __init__(self, make: Callable[[], bytes], jobs: Jobs, parent: QObject) -> None:
        """A preview of what `make` returns; it runs off the GUI thread."""
        super().__init__(parent)
        self._make, self._jobs = make, jobs
        self.document: Document | None = None
        self._scale = 0.0
        self._left: list[int] = []
        self._is_drawing = False
        self._is_dropped = False

    def start(self) -> None:
        """Make the document; `made` or `failed` follows."""
        self._jobs.run(partial(_document, self._make), self._on_made, self._on_failed)

    def draw(self, scale: float, first: int) -> None:
        """Draw every page at `scale` pixels per point, from page `first` on and then those before it."""
        if self.document is None or scale == self._scale:
            return
        self._scale = scale
        count = len(self.document.sizes)
        self._left = [*range(first, count), *range(first)]
        if not self._is_drawing:
            self._next()

    def drop(self) -> None:
        """Say nothing any more, whatever is still answered, and draw nothing more."""
        self._is_dropped = True
        self._left.clear()
        self.deleteLater()

    @property
    def is_drawn(self) -> bool:
        """Whether every page has been drawn at the scale last asked for."""
        return self._scale > 0 and not self._left and not self._is_drawing

    def _is_gone(self) -> bool:
        """Whether nobody waits for an answer: dropped, or closed with its page while work was under way."""
        return self._is_dropped or not isValid(self)

    def _next(self) -> None:
        self._is_drawing = bool(self._left)
        if self._left and self.document:
            task = partial(render_page, self.document, self._left.pop(0), self._scale)
            self._jobs.run(task, self._on_drawn, self._on_failed)

    def _on_made(self, document: Document) -> None:
        if self._is_gone():
            return
        self.document = document
        self.made.emit(document)

    def _on_drawn(self, page: PagePicture) -> None:
        if self._is_gone():
            return
        self._next()
        if page.scale == self._scale:
            self.drawn.emit(page)

    def _on_failed(self, error: Exception) -> None:
        if self._is_gone():
            return
        self._is_drawing = False
        self._left.clear()
        self.failed.emit(error)


def _document(make: Callable[[], bytes]) -> Document:
    return read_document(make())
