"""Patients for these tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.background_terms import ComplicationKind, MedicineKind
from ssc_hand.domain.clinic import ExpectedLine, PatientLine
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
)
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    Expected,
    LesionKind,
    ProcedureKind,
    ProcedureState,
    Sex,
    Side,
    Status,
    VisitKind,
    VisitState,
)

HOSTILE = "<b>O'Brien & Søn</b>"
NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


def now() -> dt.datetime:
    """The moment at which these tests play."""
    return NOW


def a_line(number: str, name: str, *, draft: bool = False) -> PatientLine:
    """One patient as lists show them."""
    return PatientLine(
        id=f"id-{number}",
        record_number=number,
        full_name=name,
        birth_date=dt.date(1964, 3, 12),
        sex=Sex.FEMALE,
        visits=2,
        last_visit=None,
        has_draft=draft,
    )


def expected(line: PatientLine, state: Expected = Expected.NOT_BEGUN) -> ExpectedLine:
    """One patient on the list of today."""
    return ExpectedLine(patient=line, state=state)


def a_procedure(side: Side, state: ProcedureState, date: str | None = None) -> Procedure:
    """Fat and ADSVF on a side."""
    return Procedure(
        id=f"procedure-{side}-{state}",
        patient_id="p1",
        kind=ProcedureKind.ADSVF,
        side=side,
        state=state,
        date=PartialDate(date) if date else None,
    )


def an_amputation() -> Amputation:
    """The tip of the right middle finger, lost in 2024."""
    return Amputation(
        id="amputation", patient_id="p1", site=parse_site("R.D3"), level=AmputationLevel.TIP, date=PartialDate("2024")
    )


def a_medicine(kind: MedicineKind, **more: Any) -> Medicine:
    """A medicine of this class, taken since 2024."""
    known: dict[str, Any] = {"start": PartialDate("2024"), **more}
    return Medicine(id=f"medicine-{kind}", patient_id="p1", kind=kind, **known)


def a_complication(**more: Any) -> Complication:
    """An infection after a procedure."""
    known: dict[str, Any] = {"kind": ComplicationKind.INFECTION, **more}
    return Complication(id="complication", patient_id="p1", **known)


def a_visit(day: str, *, draft: bool = False, ulcer: Status | None = None) -> Visit:
    """A visit at nine in the morning, with one ulcer or none."""
    return Visit(
        id=f"visit-{day}",
        patient_id="p1",
        at=dt.datetime.fromisoformat(f"{day}T09:00:00+00:00"),
        kind=VisitKind.FOLLOW_UP,
        examiner="Dr Lind",
        state=VisitState.DRAFT if draft else VisitState.FINAL,
        states={"ulcer": LesionState(lesion_id="ulcer", status=ulcer)} if ulcer else {},
    )


def a_record(*visits: Visit, name: str = "Nakamura", **parts: object) -> PatientRecord:
    """A woman with an ulcer of the right index, and these visits."""
    return PatientRecord(
        patient=Patient(
            id="p1",
            record_number="100001",
            family_name=name,
            given_name="Keiko",
            birth_date=dt.date(1964, 3, 12),
            sex=Sex.FEMALE,
            dominant_hand=Side.RIGHT,
        ),
        lesions=(
            Lesion(
                id="ulcer",
                patient_id="p1",
                letter="A",
                kind=LesionKind.ULCER,
                site=parse_site("R.D2.distal"),
                aspect=Aspect.PALMAR,
            ),
        ),
        visits=visits,
        **parts,  # type: ignore[arg-type]
    )
