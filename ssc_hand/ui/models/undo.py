"""Undo and redo: what can be taken back of each visit, also after another patient was on the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.ui.models.steps import EntrySlot, Step, differing

#: Visits of which entries can still be taken back; the one left longest ago goes first.
_MOST_VISITS = 8


class Edit(QUndoCommand):
    """A named entry that can be taken back."""

    def __init__(self, apply: Callable[[tuple[Step, ...]], None], text: str, steps: tuple[Step, ...]) -> None:
        super().__init__(text)
        self._apply = apply
        self._steps = steps

    def redo(self) -> None:
        """Make the entry."""
        self._apply(self._steps)

    def undo(self) -> None:
        """Take the entry back; to the file this is a new write."""
        self._apply(tuple(step.back for step in reversed(self._steps)))

    def forget(self, slots: set[EntrySlot]) -> None:
        """Leave alone what another window has written since: that is not ours to take back."""
        self._steps = tuple(step for step in self._steps if step.slot not in slots)
        if not self._steps:
            self.setObsolete(True)


@dataclass(slots=True)
class _Visit:
    """The stack of one visit, and the visit as its last entry left it."""

    stack: QUndoStack
    left: tuple[PatientRecord, Visit] | None = None


class UndoStacks:
    """One stack for each visit that was on the desk; only that of the visit on the desk is active."""

    def __init__(self, parent: QObject) -> None:
        self._parent = parent
        self.group = QUndoGroup(parent)
        self._none = QUndoStack(self.group)
        self._visits: dict[str, _Visit] = {}
        self.group.setActiveStack(self._none)

    @property
    def active(self) -> QUndoStack:
        """The stack of the visit on the desk."""
        return self.group.activeStack() or self._none

    def take_up(self, record: PatientRecord | None, visit: Visit | None) -> None:
        """Begin, or go on, with the entries of a visit; what others have written since cannot be taken back."""
        if record is None or visit is None:
            self.group.setActiveStack(self._none)
            return
        known = self._visits.pop(visit.id, None) or _Visit(QUndoStack(self.group))
        self._visits[visit.id] = known
        if known.left is not None:
            self._forget(known.stack, differing(known.left, (record, visit)))
        self.group.setActiveStack(known.stack)
        for oldest in list(self._visits)[:-_MOST_VISITS]:
            self._visits.pop(oldest).stack.deleteLater()

    def leave(self, record: PatientRecord, visit: Visit) -> None:
        """Remember how an entry left the visit on the desk."""
        if known := self._visits.get(visit.id):
            known.left = (record, visit)

    def _forget(self, stack: QUndoStack, slots: set[EntrySlot]) -> None:
        for number in range(stack.count()) if slots else ():
            command = stack.command(number)
            if isinstance(command, Edit):
                command.forget(slots)
