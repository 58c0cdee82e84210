"""Records for tests of charts and their panels, made in the words of the domain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.records import (
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
    LesionKind,
    ProcedureKind,
    ProcedureState,
    Reason,
    Sex,
    Side,
    Status,
    VisitKind,
    VisitState,
)

ZONE = dt.timezone(dt.timedelta(hours=-6))
#: What a test writes for one value: a number, past the end of the scale, or a reason.
Written = float | int | Beyond | Reason


def patient(sex: Sex | None = Sex.FEMALE, birth: str | None = "1970-05-01") -> Patient:
    """A patient in the file."""
    return Patient(
        id="p1",
        record_number="100",
        family_name="Ortiz",
        sex=sex,
        birth_date=dt.date.fromisoformat(birth) if birth else None,
    )


def visit(day: str, values: Mapping[str, Written] | None = None, measure: str = "crt", **fields: object) -> Visit:
    """A final visit at 09:30 with one measure at each of these sites; its id is its day."""
    made = Visit(
        id=day,
        patient_id="p1",
        at=dt.datetime.fromisoformat(day).replace(hour=9, minute=30, tzinfo=ZONE),
        kind=VisitKind.FOLLOW_UP,
        state=VisitState.FINAL,
    )
    made = replace(made, **fields)  # type: ignore[arg-type]
    for code, value in (values or {}).items():
        made = with_value(made, code, measure, value)
    return made


def with_value(made: Visit, code: str, measure: str, value: Written) -> Visit:
    """The visit with one more value, or reason."""
    site = parse_site(code)
    if isinstance(value, Reason):
        return made.with_observation(not_assessed(site, measure, value))
    return made.with_observation(observation(site, measure, value))


def record(*visits: Visit, **fields: object) -> PatientRecord:
    """A patient with these visits."""
    made = PatientRecord(patient=patient(), visits=visits)
    return replace(made, **fields)  # type: ignore[arg-type]


def procedure(date: str | None, side: Side = Side.RIGHT, state: ProcedureState = ProcedureState.DONE) -> Procedure:
    """A fat graft."""
    return Procedure(
        id=f"{side}-{date}",
        patient_id="p1",
        kind=ProcedureKind.ADSVF,
        side=side,
        date=PartialDate(date) if date else None,
        state=state,
    )


def ulcer(letter: str, code: str = "R.D2.distal") -> Lesion:
    """An ulcer; its id is its letter."""
    return Lesion(
        id=letter, patient_id="p1", letter=letter, kind=LesionKind.ULCER, site=parse_site(code), aspect=Aspect.PALMAR
    )


def found(letter: str, status: Status) -> LesionState:
    """How an ulcer was found."""
    return LesionState(lesion_id=letter, status=status)
