"""Test data as sentences: a_patient(), a_visit().at("L.D2", crt=4.5).with_ulcer("L.D2.distal")."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.protocols import FULL
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
    not_assessed,
    observation,
)
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    LesionKind,
    ProcedureKind,
    ProcedureState,
    Reason,
    Side,
    Status,
    VisitKind,
    VisitState,
)

#: Where the tests' clinic stands: six hours behind UTC.
PLACE = timezone(timedelta(hours=-6))
#: The day on which a visit is unless it says another.
A_DAY = "2026-03-02T09:30"


def a_moment(text: str = A_DAY) -> datetime:
    """The moment written without its offset, at the tests' clinic."""
    return datetime.fromisoformat(text).replace(tzinfo=PLACE)


def the_settings(**changed: Any) -> ClinicSettings:
    """The settings of a clinic for tests."""
    return replace(ClinicSettings(name="Hand Clinic", purpose=Purpose.TEST, protocol=FULL.key), **changed)


def a_patient(record_number: str = "1001", family_name: str = "Rojas", **more: Any) -> Patient:
    """A patient who has no more than a number and a name."""
    return Patient(id=new_id(), record_number=record_number, family_name=family_name, **more)


class VisitBuilder:
    """A visit that grows by sentences; `of(patient)` or `a_record` turns it into records."""

    def __init__(self, when: str, more: dict[str, Any]) -> None:
        self._visit = Visit(
            id=new_id(), patient_id="", at=a_moment(when), kind=more.pop("kind", VisitKind.FOLLOW_UP), **more
        )
        self._lesions: list[Lesion] = []

    def at(self, site: str, **values: Any) -> VisitBuilder:
        """Record values at a site, by key of the catalogue; several in a list are repeats, a Reason is a reason."""
        for measure, given in values.items():
            readings = given if isinstance(given, list) else [given]
            for repeat, value in enumerate(readings, start=1):
                self._record(site, measure, value, repeat)
        return self

    def _record(self, site: str, measure: str, value: Any, repeat: int) -> None:
        place = parse_site(site)
        if isinstance(value, Reason):
            seen = not_assessed(place, measure, value, "in plaster" if value is Reason.OTHER else "", repeat=repeat)
        else:
            value = CATALOGUE[measure].kind.parse(value) if isinstance(value, str) else value
            seen = observation(place, measure, value, repeat=repeat)
        self._visit = self._visit.with_observation(seen)

    def with_ulcer(self, site: str, letter: str = "", **state: Any) -> VisitBuilder:
        """Record a new ulcer."""
        return self.with_lesion(LesionKind.ULCER, site, letter, **state)

    def with_lesion(self, kind: LesionKind, site: str, letter: str = "", **state: Any) -> VisitBuilder:
        """Record a new lesion; what is said of it beside its place is its state at this visit."""
        about = {key: state.pop(key) for key in ("x", "y", "location", "origin", "onset", "follows") if key in state}
        lesion = Lesion(
            id=state.pop("id", None) or new_id(),
            patient_id="",
            letter=letter,
            kind=kind,
            site=parse_site(site),
            aspect=state.pop("aspect", Aspect.PALMAR),
            **about,
        )
        status = state.pop("status", Status.ACTIVE if kind is LesionKind.ULCER else Status.PRESENT)
        self._lesions.append(lesion)
        self._visit = self._visit.with_state(LesionState(lesion_id=lesion.id, status=status, **state))
        return self

    def with_state(self, lesion: Lesion | str, status: Status, **more: Any) -> VisitBuilder:
        """Record how a lesion of an earlier visit was found."""
        lesion_id = lesion if isinstance(lesion, str) else lesion.id
        self._visit = self._visit.with_state(LesionState(lesion_id=lesion_id, status=status, **more))
        return self

    def final(self) -> VisitBuilder:
        """Make it final."""
        self._visit = replace(self._visit, state=VisitState.FINAL)
        return self

    def of(self, patient: Patient) -> tuple[Visit, tuple[Lesion, ...]]:
        """The visit and its new lesions as this patient's."""
        lesions = tuple(replace(lesion, patient_id=patient.id) for lesion in self._lesions)
        return replace(self._visit, patient_id=patient.id), lesions

    @property
    def lesion_ids(self) -> tuple[str, ...]:
        """The ids of the lesions that this visit records first."""
        return tuple(lesion.id for lesion in self._lesions)


def a_visit(when: str = A_DAY, **more: Any) -> VisitBuilder:
    """A draft of a follow-up visit; `when` is written without offset."""
    return VisitBuilder(when, more)


def a_procedure(patient: Patient, side: Side = Side.RIGHT, **more: Any) -> Procedure:
    """A fat graft that was done."""
    given = {"kind": ProcedureKind.ADSVF, "state": ProcedureState.DONE, "date": PartialDate("2024-03-12"), **more}
    return Procedure(id=new_id(), patient_id=patient.id, side=side, **given)


def an_amputation(patient: Patient, site: str, **more: Any) -> Amputation:
    """An amputation at the end joint in 2024."""
    given = {"level": AmputationLevel.DIP, "date": PartialDate("2024"), **more}
    return Amputation(id=new_id(), patient_id=patient.id, site=parse_site(site), **given)


def a_record(*visits: VisitBuilder, patient: Patient | None = None, **more: Any) -> PatientRecord:
    """A whole patient with these visits; lesions without a letter are given the next one, as at the clinic."""
    record = PatientRecord(patient=patient or a_patient(), **more)
    for builder in visits:
        visit, lesions = builder.of(record.patient)
        for lesion in lesions:
            record = record.with_lesion(replace(lesion, letter=lesion.letter or record.next_letter()))
        record = record.with_visit(visit)
    return record
