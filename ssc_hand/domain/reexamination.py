"""What can be found when a lesion of an earlier visit is looked at again: one key each, and what each one records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.records import UNEXAMINED, LesionState, first_status
from ssc_hand.domain.vocabulary import LesionKind, SizeChange, Status
from ssc_hand.i18n import N_, _

#: What a word means in this program. The published wording of these definitions was not at hand, so they are named
#: as the program's own; they are shown beside the key, never used to judge.
MEANINGS = {
    Status.INDETERMINATE: N_("a scab or crust hides the bed, which cannot be judged"),
    Status.HEALED: N_("wholly covered by new skin; pain or colour may remain"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One answer to "how is this lesion today?"; sizes in mm are never part of it."""

    #: The one key that gives it; the same finding has the same key for every kind of lesion.
    key: str
    label: str
    status: Status
    size_change: SizeChange | None = None

    @property
    def meaning(self) -> str:
        """What its status means in this program; empty where the word says it."""
        return _("{meaning} (working definition)").format(meaning=_(MEANINGS[self.status])) if self.is_defined else ""

    @property
    def is_defined(self) -> bool:
        """Whether its status has a meaning of its own in this program."""
        return self.status in MEANINGS


def meanings_of(statuses: Iterable[Status]) -> str:
    """What those words mean that have a meaning of their own in this program; empty where none has."""
    found = [f"{status.label}: {_(MEANINGS[status])}" for status in statuses if status in MEANINGS]
    return _("{words}. (Working definitions of this program.)").format(words="; ".join(found)) if found else ""


def outcomes_for(each: LesionAt) -> tuple[Outcome, ...]:
    """The answers that fit a lesion: an ulcer stays as open as it was, is hidden, healed or not seen.

    Compared with the visit before only where somebody looked then. A contracture has no size to compare.
    """
    is_ulcer = each.lesion.kind is LesionKind.ULCER
    still = _still(each)
    found = [_there(each, still)]
    if each.lesion.kind is not LesionKind.CONTRACTURE and _was_seen(each):
        found += [
            _compared("2", SizeChange.SMALLER, still),
            _compared("3", SizeChange.LARGER, still),
        ]
    if is_ulcer:
        found.append(Outcome(key="4", label=_("scab or crust: indeterminate"), status=Status.INDETERMINATE))
    ended = Status.HEALED if is_ulcer else Status.RESOLVED
    found.append(Outcome(key="5", label=ended.label, status=ended))
    found.append(Outcome(key="6", label=Status.NOT_SEEN.label, status=Status.NOT_SEEN))
    if still is Status.INDETERMINATE:
        found.append(Outcome(key="7", label=_("open again: active"), status=Status.ACTIVE))
    return tuple(found)


def _was_seen(each: LesionAt) -> bool:
    return each.before is not None and each.before.status not in UNEXAMINED


def _still(each: LesionAt) -> Status:
    """The status of a lesion that is there as before."""
    if each.before is None or each.before.status is not Status.INDETERMINATE:
        return first_status(each.lesion.kind)
    return Status.INDETERMINATE


def _there(each: LesionAt, still: Status) -> Outcome:
    if not _was_seen(each):
        return Outcome(key="1", label=still.label, status=still)
    if each.lesion.kind is LesionKind.CONTRACTURE:
        return Outcome(key="1", label=_("{status} as before").format(status=still.label), status=still)
    return _compared("1", SizeChange.SAME, still)


def _compared(key: str, change: SizeChange, still: Status) -> Outcome:
    label = _("{change}, {status}").format(change=change.label, status=still.label)
    return Outcome(key=key, label=label, status=still, size_change=change)


def outcome_of(each: LesionAt) -> Outcome | None:
    """The answer that was given at this visit; None where there is none yet, or none of these."""
    said = (each.state.status, each.state.size_change)
    return next((one for one in outcomes_for(each) if (one.status, one.size_change) == said), None)


def reexamined(each: LesionAt, outcome: Outcome) -> LesionState:
    """The state of a lesion with an answer: what was measured and written today stays, nothing is copied."""
    return with_status(replace(each.state, size_change=outcome.size_change), outcome.status)


def with_status(state: LesionState, status: Status) -> LesionState:
    """The state with another status and without what contradicts it: the course of one not seen, the day it healed."""
    is_there = status in (Status.ACTIVE, Status.INDETERMINATE, Status.PRESENT)
    return replace(
        state,
        status=status,
        size_change=state.size_change if is_there else None,
        healed_on=state.healed_on if status is Status.HEALED else None,
    )
