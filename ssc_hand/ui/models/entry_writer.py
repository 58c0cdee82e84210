"""EntryWriter: entries on their way to the disk, in order; none is lost when a write fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

from ssc_hand.domain.changes import Change
from ssc_hand.domain.desk import Forestalled, KeepPlace
from ssc_hand.domain.errors import Refused, SscHandError, Unavailable
from ssc_hand.domain.records import PatientRecord, Stamp, Visit
from ssc_hand.i18n import _
from ssc_hand.ui.models.steps import EntrySlot


class Saving(Enum):
    """Where an entry stands on its way to the disk."""

    UNTOUCHED = auto()
    SAVING = auto()
    SAVED = auto()
    FAILED = auto()


#: The row of the visit itself, which all its fields share.
WHOLE_VISIT: EntrySlot = ("visit", None)


class Storage(Protocol):
    """What the writer asks of the storage thread."""

    def run(self, task: Callable[[Any], Any], done: Callable[[Any], None], failed: Callable[[Any], None]) -> None:
        """Run a task with the open clinic, in order."""


class _Line:
    """Whether entries may pass; touched on the storage thread only, which alone knows in time that a write failed."""

    def __init__(self) -> None:
        self.is_blocked = False


@dataclass(frozen=True, slots=True)
class _Batch:
    """Changes that are written together or not at all.

    The version that a row is expected to have is filled in on the storage thread, when the batch's turn has come
    and the versions that earlier batches left are known.
    """

    changes: tuple[tuple[EntrySlot, Change], ...]
    slots: frozenset[EntrySlot]
    #: The version of each row as last read or written; touched on the storage thread only.
    versions: dict[EntrySlot, Stamp]
    line: _Line
    #: What the batch is to the one who wrote it; handed back where it is refused.
    entry: Any = None
    #: Where the user is, kept in the same transaction.
    place: KeepPlace | None = None

    def write(self, clinic: Any) -> None:
        """Write all of it in one transaction, unless an earlier entry could not be written."""
        if self.line.is_blocked:
            raise Unavailable(_("This entry waits behind one that could not be written."))
        self.write_anew(clinic)

    def write_anew(self, clinic: Any) -> None:
        """Write all of it in one transaction, and let what follows pass where that succeeds."""
        stamped = [
            replace(change, record=replace(change.record, stamp=self.versions.get(slot)))
            for slot, change in self.changes
        ]
        place = [] if self.place is None else [self.place]
        self.line.is_blocked = True
        try:
            stamps = clinic.write(*stamped, *place)
        except Refused:
            self.line.is_blocked = False
            raise
        self.line.is_blocked = False
        self.versions.update(zip((slot for slot, _change in self.changes), stamps, strict=True))


class EntryWriter(QObject):
    """Writes batches of changes in order, and knows of each entry whether it is on disk.

    After a failure everything that follows waits behind it; `retry` sends all of it again, in order.
    """

    changed = Signal()
    failed = Signal(object)  #: SscHandError: the surroundings failed; the entries wait
    #: Conflict | Refused: the file says otherwise; and the entry as it was given to `write`, which is not written.
    conflicted = Signal(object, object)

    def __init__(self, storage: Storage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._storage = storage
        self._line = _Line()
        self._is_retry_wanted = False
        self._versions: dict[EntrySlot, Stamp] = {}
        self._touched: set[EntrySlot] = set()
        self._writing: list[_Batch] = []
        self._waiting: list[_Batch] = []

    @property
    def is_writing(self) -> bool:
        """Whether an answer of the disk is still to come."""
        return bool(self._writing)

    @property
    def has_failed(self) -> bool:
        """Whether entries could not be written and wait for `retry`."""
        return bool(self._waiting)

    def take_up(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Begin with a visit as it was read; what is still on its way keeps the versions it began with."""
        self._versions = _versions_of(record, visit)
        self._touched = set()
        self.changed.emit()

    def saving(self, slot: EntrySlot) -> Saving:
        """Where an entry stands on its way to the disk."""
        if self._is_among(slot, self._waiting):
            return Saving.FAILED
        if self._is_among(slot, self._writing):
            return Saving.SAVING
        return Saving.SAVED if slot in self._touched else Saving.UNTOUCHED

    @property
    def ticks(self) -> dict[EntrySlot, Saving]:
        """Where each entry of this visit stands that was made since it is on the desk."""
        return {slot: self.saving(slot) for slot in self._touched}

    def _is_among(self, slot: EntrySlot, batches: list[_Batch]) -> bool:
        """Whether an entry of this visit is among these; those of an earlier visit have slots of the same name."""
        return any(slot in batch.slots and batch.versions is self._versions for batch in batches)

    def write(
        self,
        changes: Sequence[tuple[EntrySlot, Change]],
        slots: Iterable[EntrySlot],
        *,
        entry: Any = None,
        place: KeepPlace | None = None,
    ) -> None:
        """Send changes to the disk, after all earlier ones, and with them where the user is."""
        batch = _Batch(tuple(changes), frozenset(slots), self._versions, self._line, entry, place)
        self._touched |= batch.slots
        if self._waiting and not self._writing:
            self._waiting.append(batch)
        else:
            # While answers still come in, its own comes after theirs: that keeps the order if they have failed.
            self._send(batch, batch.write)
        if self._waiting:
            self.retry()
        self.changed.emit()

    def keep_place(self, place: KeepPlace) -> None:
        """Keep where the user is without an entry; where that fails, the next entry says why."""
        self._storage.run(partial(_keep, self._line, place), _forget, self._on_place_not_kept)

    def keep_forestalled(self, visit_id: str, entries: Sequence[Forestalled], decided: Sequence[EntrySlot]) -> None:
        """Keep in the file what could not be written there, and forget what was decided."""
        task = partial(_keep_forestalled, visit_id, entries, decided)
        self._storage.run(task, _forget, self._on_place_not_kept)

    def read_forestalled(self, visit_id: str, done: Callable[[Any], None]) -> None:
        """Ask for what waits at a visit since an earlier window; where that fails, the next entry says why."""
        self._storage.run(partial(_forestalled, visit_id), done, self._on_place_not_kept)

    @Slot(object)
    def _on_place_not_kept(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error

    def _send(self, batch: _Batch, write: Callable[[Any], None]) -> None:
        self._writing.append(batch)
        self._storage.run(write, self._on_written, self._on_failed)

    @Slot()
    def retry(self) -> None:
        """Send everything that is not on disk, in order; at once, or when the last answer has come in."""
        self._is_retry_wanted = bool(self._writing and self._waiting)
        if self._is_retry_wanted or not self._waiting:
            return
        (first, *others), self._waiting = self._waiting, []
        self._send(first, first.write_anew)
        for batch in others:
            self._send(batch, batch.write)
        self.changed.emit()

    @Slot(object)
    def _on_written(self, _answer: object) -> None:
        self._writing.pop(0)
        self._go_on()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        batch = self._writing.pop(0)
        is_first = not self._waiting
        if isinstance(error, Refused):
            self._touched -= batch.slots
            self.conflicted.emit(error, batch.entry)
        else:
            self._waiting.append(batch)
            if isinstance(error, SscHandError) and is_first:
                self.failed.emit(error)
        self._go_on()
        if not isinstance(error, SscHandError):
            raise error

    def _go_on(self) -> None:
        if self._is_retry_wanted and not self._writing:
            self.retry()
        self.changed.emit()


def _keep(line: _Line, place: KeepPlace, clinic: Any) -> None:
    if not line.is_blocked:
        clinic.write(place)


def _keep_forestalled(visit_id: str, entries: Any, decided: Any, clinic: Any) -> None:
    clinic.keep_forestalled(visit_id, entries, decided)


def _forestalled(visit_id: str, clinic: Any) -> Any:
    return clinic.forestalled(visit_id)


def _forget(_answer: object) -> None:
    """An answer that nobody waits for."""


def _versions_of(record: PatientRecord | None, visit: Visit | None) -> dict[EntrySlot, Stamp]:
    """The version of every row that an entry of this visit may write."""
    if record is None or visit is None:
        return {}
    found: dict[EntrySlot, Stamp | None] = {WHOLE_VISIT: visit.stamp}
    found |= {("observation", key): each.stamp for key, each in visit.observations.items()}
    found |= {("state", key): each.stamp for key, each in visit.states.items()}
    found |= {("lesion", lesion.id): lesion.stamp for lesion in record.lesions}
    found |= {("photograph", each.id): each.stamp for each in record.photographs}
    return {slot: stamp for slot, stamp in found.items() if stamp is not None}
