"""The life of lesions over visits: what is carried over, what is new, what healed, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.fields import VISIT, field_of
from ssc_hand.domain.records import ENDED, UNEXAMINED, Lesion, LesionState, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Judgement, LesionKind, Status
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionAt:
    """One lesion as a visit knows it."""

    lesion: Lesion
    #: Found at this visit; carried over and not re-examined where nobody looked.
    state: LesionState
    #: As last examined before this visit; None where this visit first records it.
    before: LesionState | None
    #: Whether it is here from an earlier visit.
    carried: bool

    @property
    def status(self) -> Status:
        """The status at this visit."""
        return self.state.status

    @property
    def is_new(self) -> bool:
        """Whether this visit records it first."""
        return not self.carried

    @property
    def is_open(self) -> bool:
        """Whether it is still there, or may be."""
        return self.status not in ENDED

    @property
    def was_examined(self) -> bool:
        """Whether somebody looked at it at this visit."""
        return self.status not in UNEXAMINED and self.status is not Status.AMPUTATED


def area_mm2(state: LesionState) -> float | None:
    """Area of an ulcer as an ellipse, pi/4 x length x width, in mm²; None unless both are recorded."""
    if state.length_mm is None or state.width_mm is None:
        return None
    return pi / 4 * state.length_mm * state.width_mm


def lesions_at(record: PatientRecord, visit: Visit) -> tuple[LesionAt, ...]:
    """The lesions that a visit knows, by letter: examined now, or carried over and still open.

    A lesion in an amputated part ends as "amputated", from the first visit on or after the amputation.
    """
    earlier = record.until(visit)[:-1]
    seen_at: dict[str, list[Visit]] = {}
    for each in earlier:
        for lesion_id in each.states:
            seen_at.setdefault(lesion_id, []).append(each)
    found = (_at(record, lesion, visit, earlier, seen_at.get(lesion.id, ())) for lesion in record.lesions)
    return tuple(
        sorted((each for each in found if each), key=lambda each: (len(each.lesion.letter), each.lesion.letter))
    )


def carried_over(record: PatientRecord, visit: Visit) -> tuple[LesionAt, ...]:
    """The lesions of earlier visits that a visit has to look at again, looked at or not; not those of a lost digit."""
    return tuple(each for each in lesions_at(record, visit) if each.carried and each.status is not Status.AMPUTATED)


def to_review(record: PatientRecord, visit: Visit) -> tuple[LesionAt, ...]:
    """The lesions of earlier visits about which nobody has said anything at this visit."""
    return tuple(each for each in carried_over(record, visit) if each.status is Status.NOT_REEXAMINED)


def is_reviewed(record: PatientRecord, visit: Visit) -> bool:
    """Whether each lesion of before has its word, and somebody said that both hands were looked at for others."""
    return visit.lesions_reviewed is True and not to_review(record, visit)


def reviewed_words(visit: Visit) -> str:
    """Whether both hands were looked at for lesions: yes, no, or not recorded."""
    field = field_of(VISIT, "lesions_reviewed")
    said = field.format(visit.lesions_reviewed) or _("not recorded")
    return _("{field}: {answer}").format(field=field.name, answer=said)


def _at(
    record: PatientRecord, lesion: Lesion, visit: Visit, earlier: Sequence[Visit], seen_at: Sequence[Visit]
) -> LesionAt | None:
    """A lesion as a visit knows it, with the visits before it that tell of it; None where it knows none."""
    now = visit.states.get(lesion.id)
    before = _last_examined([v.states[lesion.id] for v in seen_at])
    if now is None and (before is None or before.status in ENDED):
        return None
    if seen_at and _is_amputated(record, lesion, seen_at[0], visit):
        if any(_is_amputated(record, lesion, seen_at[0], v) for v in earlier):
            return None  # an earlier visit has already told that it ended with the digit
        now = LesionState(lesion_id=lesion.id, status=Status.AMPUTATED)
    state = now or LesionState(lesion_id=lesion.id, status=Status.NOT_REEXAMINED)
    return LesionAt(lesion=lesion, state=state, before=before, carried=bool(seen_at))


def _last_examined(states: Sequence[LesionState]) -> LesionState | None:
    """The last state of a lesion that somebody saw, else the last one said of it; None where there is none."""
    examined = (state for state in reversed(states) if state.status not in UNEXAMINED)
    return next(examined, states[-1] if states else None)


def _is_amputated(record: PatientRecord, lesion: Lesion, first: Visit, visit: Visit) -> bool:
    """Whether an amputation after the lesion was first seen took its place away by the day of a visit."""
    return any(
        a.removes(lesion.site) and a.applies_on(visit.day) and not a.applies_on(first.day) for a in record.amputations
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UlcerCounts:
    """Counts of ulcers at a visit; gangrene and other lesions never enter them.

    Categories after Blagojevic 2019 (doi:10.1186/s13075-019-1822-1); active and active plus indeterminate stand
    apart because agreement on "indeterminate" is only moderate (Baron 2013).
    """

    active: int
    indeterminate: int
    #: Recorded first at this visit.
    new: int
    #: Whether this is the first visit, so that "new" reads "first recorded".
    first_visit: bool
    healed: int
    #: Carried over and not examined: counted apart, never as today's.
    not_examined: int
    infected: int
    infection_suspected: int
    amputated: int
    gangrene: int

    @property
    def active_or_indeterminate(self) -> int:
        """Active plus indeterminate."""
        return self.active + self.indeterminate

    @property
    def new_words(self) -> str:
        """The name of the count of new ulcers."""
        return _("first recorded") if self.first_visit else _("new")


def ulcer_counts(record: PatientRecord, visit: Visit) -> UlcerCounts:
    """The ulcer counts of a visit."""
    found = lesions_at(record, visit)
    ulcers = [each for each in found if each.lesion.kind is LesionKind.ULCER]

    def count(*statuses: Status) -> int:
        return sum(each.status in statuses for each in ulcers)

    def infected(judgement: Judgement) -> int:
        return sum(each.is_open and each.state.infection is judgement for each in ulcers)

    return UlcerCounts(
        active=count(Status.ACTIVE),
        indeterminate=count(Status.INDETERMINATE),
        new=sum(each.is_new and each.is_open for each in ulcers),
        first_visit=record.previous(visit) is None,
        healed=sum(each.carried and each.status is Status.HEALED and _was_open(each.before) for each in ulcers),
        not_examined=count(Status.NOT_SEEN, Status.NOT_REEXAMINED),
        infected=infected(Judgement.YES),
        infection_suspected=infected(Judgement.SUSPECTED),
        amputated=count(Status.AMPUTATED),
        gangrene=sum(each.lesion.kind is LesionKind.GANGRENE and each.is_open for each in found),
    )


def _was_open(before: LesionState | None) -> bool:
    return before is None or before.status not in ENDED


def healing_words(record: PatientRecord, lesion: Lesion) -> str:
    """When an ulcer healed: on a known date, or between the last visit that saw it open and the first that did not.

    Empty while it has not healed, and where it ended with its digit. A draft does not count.
    """
    first: Visit | None = None
    seen_open: Visit | None = None
    for visit in record.visits:
        state = visit.states.get(lesion.id)
        if visit.is_draft or state is None:
            continue
        first = first or visit
        if _is_amputated(record, lesion, first, visit):
            return ""
        if state.status in UNEXAMINED:
            continue
        if state.status is not Status.HEALED:
            seen_open = visit
        elif state.healed_on:
            return _("healed {when}").format(when=state.healed_on.label)
        elif seen_open is None:
            return _("healed by {day}").format(day=day_label(visit.day))
        else:
            return _("healed between {a} and {b}").format(a=day_label(seen_open.day), b=day_label(visit.day))
    return ""
