"""One invented patient's history as it is told: visits, values, lesions with their lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from ssc_hand.domain.anatomy import Aspect, Digit, Site, parse_site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
    letter_after,
)
from ssc_hand.domain.vocabulary import (
    AmputationCause,
    AmputationLevel,
    LesionKind,
    Location,
    ProcedureKind,
    ProcedureState,
    Side,
    Status,
    VisitKind,
    VisitState,
)
from ssc_hand.tasks.demo.dice import Dice
from ssc_hand.tasks.demo.marks import point_for
from ssc_hand.tasks.demo.pictures import with_pictures

#: Offset from UTC of the place where the demo clinic stands.
PLACE = dt.timezone(dt.timedelta(hours=-6))


class Story:
    """Gathers one patient's record step by step; `record` is the whole of it."""

    def __init__(self, dice: Dice, patient: Patient) -> None:
        self.dice = dice
        self.patient = patient
        self._procedures: list[Procedure] = []
        self._amputations: list[Amputation] = []
        self._lesions: list[Lesion] = []
        self._visits: dict[str, Visit] = {}
        self._pictured: list[Lesion] = []

    def procedure(
        self,
        kind: ProcedureKind,
        side: Side,
        state: ProcedureState,
        date: str,
        *,
        digits: tuple[Digit, ...] | None = None,
        note: str | None = None,
    ) -> None:
        """A procedure of the patient."""
        self._procedures.append(
            Procedure(
                id=self.dice.new_id(),
                patient_id=self.patient.id,
                kind=kind,
                side=side,
                digits=digits,
                date=PartialDate(date),
                state=state,
                note=note,
            )
        )

    def amputation(self, digit: str, level: AmputationLevel, date: str, *, note: str) -> None:
        """A digit lost to ischaemia."""
        self._amputations.append(
            Amputation(
                id=self.dice.new_id(),
                patient_id=self.patient.id,
                site=parse_site(digit),
                level=level,
                date=PartialDate(date),
                cause=AmputationCause.ISCHAEMIA,
                note=note,
            )
        )

    def visit(self, day: dt.date, kind: VisitKind, *, minutes: int | None = None, **fields: Any) -> str:
        """A final visit in the morning of a day, seated for some minutes before; its id."""
        at = dt.datetime.combine(day, dt.time(9 + self.dice.whole(0, 4), 15 * self.dice.whole(0, 3)), PLACE)
        seated = None if minutes is None else at - dt.timedelta(minutes=minutes)
        visit = Visit(
            id=self.dice.new_id(),
            patient_id=self.patient.id,
            at=at,
            kind=kind,
            seated_since=seated,
            state=VisitState.FINAL,
            **fields,
        )
        self._visits[visit.id] = visit
        return visit.id

    def describe(self, visit_id: str, **fields: Any) -> None:
        """Add texts or a state to a visit."""
        self._visits[visit_id] = replace(self._visits[visit_id], **fields)

    def day(self, visit_id: str) -> dt.date:
        """The day of a visit."""
        return self._visits[visit_id].day

    def record_values(self, visit_id: str, observations: Iterable[Observation]) -> None:
        """Add what was measured at a visit."""
        for new in observations:
            self._visits[visit_id] = self._visits[visit_id].with_observation(new)

    def keep_only(self, visit_id: str, wanted: Callable[[Site, str], bool]) -> None:
        """Forget what was measured at a visit, except where site and measure are wanted."""
        visit = self._visits[visit_id]
        for key in list(visit.observations):
            if not wanted(key[0], key[1]):
                visit = visit.without_observation(key)
        self._visits[visit_id] = visit

    def lesion(self, kind: LesionKind, site: str, aspect: Aspect, location: Location, **more: Any) -> Lesion:
        """A lesion at an exact point of its site; its letter is the next one."""
        place = parse_site(site)
        point = point_for(self.dice, place, aspect, location)
        return self._add(kind, place, aspect, location=location, x=point[0], y=point[1], **more)

    def lesion_without_point(self, kind: LesionKind, site: str, aspect: Aspect, **more: Any) -> Lesion:
        """A lesion whose exact point nobody noted."""
        return self._add(kind, parse_site(site), aspect, **more)

    def _add(self, kind: LesionKind, site: Site, aspect: Aspect, **more: Any) -> Lesion:
        lesion = Lesion(
            id=self.dice.new_id(),
            patient_id=self.patient.id,
            letter=letter_after(known.letter for known in self._lesions),
            kind=kind,
            site=site,
            aspect=aspect,
            **more,
        )
        self._lesions.append(lesion)
        return lesion

    def found(self, visit_id: str, lesion: Lesion, status: Status, **fields: Any) -> None:
        """How a lesion was found at a visit."""
        state = LesionState(lesion_id=lesion.id, status=status, **fields)
        self._visits[visit_id] = self._visits[visit_id].with_state(state)

    def photograph(self, lesion: Lesion) -> None:
        """Take pictures of an ulcer wherever it was measured."""
        self._pictured.append(lesion)

    def states(self, visit_id: str) -> list[tuple[Lesion, LesionState, bool]]:
        """Each lesion that a visit tells of, how it was found, and whether this is the first visit to tell."""
        visit = self._visits[visit_id]
        earlier = {key for other in self._visits.values() if other.at < visit.at for key in other.states}
        told = [lesion for lesion in self._lesions if lesion.id in visit.states]
        return [(lesion, visit.states[lesion.id], lesion.id not in earlier) for lesion in told]

    def record(self) -> PatientRecord:
        """The patient whole."""
        visits = sorted(self._visits.values(), key=lambda visit: (visit.at, visit.id))
        told = PatientRecord(
            patient=self.patient,
            procedures=tuple(self._procedures),
            amputations=tuple(self._amputations),
            lesions=tuple(self._lesions),
            visits=tuple(visits),
        )
        for lesion in self._pictured:
            told = with_pictures(told, lesion, self.dice)
        return told
