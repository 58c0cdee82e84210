"""PictureShelf: pictures of photographs, read and decoded off the GUI thread; only the small ones are kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from ssc_hand.domain.errors import SscHandError
from ssc_hand.i18n import _
from ssc_hand.ui.jobs import Answer
from ssc_hand.ui.photos.taking_in import read_picture

#: Pixels of the longer side of a small picture.
SMALL = 192
#: Small pictures that are kept, 100 kB each.
_MOST_SMALL = 300

#: Reads a picture from the clinic: id, then who is told (id, bytes | None), then who is told of a failure.
Fetch = Callable[[str, Answer, Answer], None]


class Jobs(Protocol):
    """Whatever does work off the GUI thread and answers on it."""

    def run(self, task: Callable[[], Any], done: Answer, failed: Answer) -> None:
        """Do `task`; then call `done` with its result or `failed` with its exception."""


class PictureShelf(QObject):
    """Gives pictures by the id of their photograph; what is not here yet is told by `small_ready` or `ready`."""

    small_ready = Signal(str)  #: id of the photograph
    ready = Signal(str, object)  #: id, QImage in full size
    missing = Signal(str, str)  #: id, and why it cannot be shown

    def __init__(self, fetch: Fetch, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._jobs = fetch, jobs
        self._small: dict[str, QImage] = {}
        self._asked_small: set[str] = set()
        self._asked_full: set[str] = set()

    def clear(self) -> None:
        """Keep nothing of a patient who is no longer on the desk."""
        self._small.clear()
        self._asked_small.clear()
        self._asked_full.clear()

    def small(self, photograph_id: str) -> QImage | None:
        """The small picture; None while it is being made."""
        found = self._small.get(photograph_id)
        if found is None and photograph_id not in self._asked_small:
            self._asked_small.add(photograph_id)
            self._fetch(photograph_id, self._on_bytes_for_small, self._on_failed)
        return found

    def ask(self, photograph_id: str) -> None:
        """Ask for the full picture; `ready` or `missing` follows."""
        self._asked_full.add(photograph_id)
        self._fetch(photograph_id, self._on_bytes, self._on_failed)

    @Slot(object)
    def _on_bytes_for_small(self, answer: tuple[str, bytes | None]) -> None:
        photograph_id, content = answer
        if content is not None and photograph_id in self._asked_small:
            self._jobs.run(partial(_decode, photograph_id, content, SMALL), self._on_small, self._on_failed)

    @Slot(object)
    def _on_bytes(self, answer: tuple[str, bytes | None]) -> None:
        photograph_id, content = answer
        if photograph_id not in self._asked_full:
            return
        if content is None:
            self._asked_full.discard(photograph_id)
            self.missing.emit(photograph_id, _("The picture itself is not in this clinic's file."))
        else:
            self._jobs.run(partial(_decode, photograph_id, content, None), self._on_full, self._on_failed)

    @Slot(object)
    def _on_small(self, answer: tuple[str, QImage | str]) -> None:
        photograph_id, found = answer
        if photograph_id not in self._asked_small or not isinstance(found, QImage):
            return
        self._small[photograph_id] = found
        while len(self._small) > _MOST_SMALL:
            oldest = next(iter(self._small))
            del self._small[oldest]
            self._asked_small.discard(oldest)
        self.small_ready.emit(photograph_id)

    @Slot(object)
    def _on_full(self, answer: tuple[str, QImage | str]) -> None:
        photograph_id, found = answer
        if photograph_id not in self._asked_full:
            return
        self._asked_full.discard(photograph_id)
        if isinstance(found, QImage):
            self.ready.emit(photograph_id, found)
        else:
            self.missing.emit(photograph_id, found)

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error
        for photograph_id in list(self._asked_full):
            self._asked_full.discard(photograph_id)
            self.missing.emit(photograph_id, str(error))


def _decode(photograph_id: str, content: bytes, longest: int | None) -> tuple[str, QImage | str]:
    """The picture with its id, or the sentence that says why it cannot be shown."""
    try:
        return photograph_id, read_picture(content, longest)
    except SscHandError as error:
        return photograph_id, str(error)
