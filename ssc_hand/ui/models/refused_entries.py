"""RefusedEntries: what was entered here and not written, because another window had written the same before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ssc_hand.domain.desk import Forestalled
from ssc_hand.domain.records import Lesion, PatientRecord, Visit
from ssc_hand.ui.models.steps import Clash, EntrySlot, Step, clash_of, held, rebased

#: An entry that nobody contests is entered again so often; then a person decides.
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """A step that was not written."""

    step: Step
    #: The file had another version; else the visit had become final.
    is_conflict: bool
    tries: int = 0


class RefusedEntries:
    """Keeps them by visit, the newest of each slot, until they are entered again or dropped."""

    def __init__(self) -> None:
        self._visits: dict[str, dict[EntrySlot, _Entry]] = {}
        self._tries: dict[tuple[str, EntrySlot], int] = {}

    def take(self, visit_id: str, steps: Iterable[Step], *, is_conflict: bool) -> None:
        """Keep an entry that was not written."""
        waiting = self._visits.setdefault(visit_id, {})
        for step in steps:
            earlier = waiting.get(step.slot)
            before = earlier.step.before if earlier else step.before
            tries = self._tries.get((visit_id, step.slot), 0)
            waiting[step.slot] = _Entry(Step(step.slot, before, step.after), is_conflict, tries)

    def waiting(self, visit_id: str) -> dict[EntrySlot, Forestalled]:
        """What waits at a visit, as it is kept in the file."""
        return {
            slot: Forestalled(slot, each.step.before, each.step.after, is_conflict=each.is_conflict)
            for slot, each in self._visits.get(visit_id, {}).items()
        }

    def restore(self, visit_id: str, kept: Iterable[Forestalled]) -> None:
        """Let what an earlier window left wait again; what was entered here since comes first.

        After so long a person decides each, also where nobody contests it any more.
        """
        waiting = self._visits.setdefault(visit_id, {})
        for each in kept:
            entry = _Entry(Step(each.place, each.before, each.after), each.is_conflict, _MOST_TRIES)
            waiting.setdefault(each.place, entry)

    def has(self, visit_id: str) -> bool:
        """Whether anything of this visit waits."""
        return bool(self._visits.get(visit_id))

    def drop(self, visit_id: str, slots: Iterable[EntrySlot]) -> bool:
        """Forget what waits in these slots: it was decided, or something newer was entered. Whether any did."""
        waiting = self._visits.get(visit_id, {})
        dropped = [waiting.pop(slot) for slot in slots if slot in waiting]
        return bool(dropped)

    def uncontested(self, record: PatientRecord, visit: Visit) -> list[Step]:
        """Take out what can be entered again as it was meant; forget what the file says already."""
        waiting = self._visits.get(visit.id, {})
        found = []
        for slot, entry in list(waiting.items()):
            step, is_contested = self._rebased(entry, record, visit)
            # What was refused for what it says would be refused again.
            if step.before == step.after or (visit.is_draft and not entry.is_conflict):
                del waiting[slot]
            elif visit.is_draft and not is_contested and entry.tries < _MOST_TRIES:
                self._tries[visit.id, slot] = entry.tries + 1
                del waiting[slot]
                found.append(step)
        return found

    def clashes(self, record: PatientRecord, visit: Visit) -> tuple[Clash, ...]:
        """What waits for a decision, in words."""
        waiting = self._visits.get(visit.id, {})
        return tuple(clash_of(self._rebased(entry, record, visit)[0], record, visit) for entry in waiting.values())

    def _rebased(self, entry: _Entry, record: PatientRecord, visit: Visit) -> tuple[Step, bool]:
        step, is_contested = rebased(entry.step, held(record, visit, entry.step.slot))
        if isinstance(step.after, Lesion) and step.before is None and _has_letter(record, step.after):
            step = replace(step, after=replace(step.after, letter=record.next_letter()))
        return step, is_contested


def _has_letter(record: PatientRecord, lesion: Lesion) -> bool:
    return any(other.letter == lesion.letter and other.id != lesion.id for other in record.lesions)
