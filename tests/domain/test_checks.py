"""Checks across fields and dates, the same for what is typed and what is imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from ssc_hand.domain.anatomy import Aspect, Site, parse_site
from ssc_hand.domain.checks import (
    check_amputation,
    check_lesion,
    check_lesion_state,
    check_observation,
    check_patient,
    check_procedure,
    check_record,
    check_visit,
)
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
    observation,
)
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    Depth,
    LesionKind,
    Origin,
    ProcedureKind,
    ProcedureState,
    Side,
    Status,
    VisitKind,
)

TODAY = date(2026, 5, 20)
NOW = datetime(2026, 5, 20, 10, 0, tzinfo=UTC)
ANA = Patient(id="p", record_number="1", family_name="Ruiz", birth_date=date(1964, 3, 12))
VISIT = Visit(id="v", patient_id="p", at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC), kind=VisitKind.FOLLOW_UP)
ULCER = Lesion(
    id="l", patient_id="p", letter="A", kind=LesionKind.ULCER, site=parse_site("R.D2.distal"), aspect=Aspect.PALMAR
)


def test_a_birth_date_can_be_today_and_not_tomorrow() -> None:
    check_patient(replace(ANA, birth_date=TODAY), TODAY)
    with pytest.raises(Refused, match="Birth date: 21 May 2026 lies in the future"):
        check_patient(replace(ANA, birth_date=TODAY + timedelta(days=1)), TODAY)


def test_nobody_is_older_than_a_hundred_and_twenty_five() -> None:
    check_patient(replace(ANA, birth_date=date(1901, 5, 20)), TODAY)
    with pytest.raises(Refused, match="over 125 years"):
        check_patient(replace(ANA, birth_date=date(1900, 5, 19)), TODAY)


def test_a_first_sign_lies_between_birth_and_today_as_far_as_it_is_known() -> None:
    check_patient(replace(ANA, first_raynaud=PartialDate("1964"), first_other=PartialDate("2026")), TODAY)
    with pytest.raises(Refused, match=r"First Raynaud's: 1963 lies before the birth date, 12 Mar 1964"):
        check_patient(replace(ANA, first_raynaud=PartialDate("1963")), TODAY)
    with pytest.raises(Refused, match="First other sign: Jun 2026 lies in the future"):
        check_patient(replace(ANA, first_other=PartialDate("2026-06")), TODAY)
    with pytest.raises(Refused, match="too long ago"):
        check_patient(Patient(id="p", record_number="1", family_name="R", first_other=PartialDate("0196")), TODAY)


def test_a_visit_can_be_later_today_by_the_clock_of_its_place() -> None:
    east = timezone(timedelta(hours=12))
    check_visit(replace(VISIT, at=datetime(2026, 5, 20, 23, 0, tzinfo=east)), ANA, NOW)
    check_visit(replace(VISIT, at=datetime(2026, 5, 20, 23, 0, tzinfo=UTC)), ANA, NOW)
    with pytest.raises(Refused, match="lies in the future"):
        check_visit(replace(VISIT, at=datetime(2026, 5, 21, 0, 30, tzinfo=UTC)), ANA, NOW)


def test_a_visit_before_birth_or_in_another_age_is_refused() -> None:
    with pytest.raises(Refused, match="before the patient's birth date, 12 Mar 1964"):
        check_visit(replace(VISIT, at=datetime(1964, 3, 11, 9, 0, tzinfo=UTC)), ANA, NOW)
    with pytest.raises(Refused, match="the year 206 is too long ago"):
        check_visit(replace(VISIT, at=datetime(206, 3, 11, 9, 0, tzinfo=UTC)), ANA, NOW)
    with pytest.raises(Refused, match="lies in the future"):
        check_visit(replace(VISIT, at=datetime.max.replace(tzinfo=UTC)), ANA, NOW)


def test_the_times_of_a_visit_belong_to_its_day() -> None:
    check_visit(replace(VISIT, seated_since=VISIT.at - timedelta(minutes=20)), ANA, NOW)
    with pytest.raises(Refused, match="Seated since"):
        check_visit(replace(VISIT, seated_since=VISIT.at - timedelta(days=2)), ANA, NOW)
    check_visit(replace(VISIT, next_review=PartialDate("2026")), ANA, NOW)
    with pytest.raises(Refused, match="Next review: Feb 2026 lies before the visit itself"):
        check_visit(replace(VISIT, next_review=PartialDate("2026-02")), ANA, NOW)


def test_a_planned_procedure_can_lie_ahead_and_a_done_one_cannot() -> None:
    planned = Procedure(
        id="q",
        patient_id="p",
        kind=ProcedureKind.FAT,
        side=Side.LEFT,
        state=ProcedureState.PLANNED,
        date=PartialDate("2027"),
    )
    check_procedure(planned, ANA, TODAY)
    with pytest.raises(Refused, match="Date: 2027 lies in the future"):
        check_procedure(replace(planned, state=ProcedureState.DONE), ANA, TODAY)


def test_an_amputation_to_come_is_refused() -> None:
    lost = Amputation(
        id="a", patient_id="p", site=parse_site("L.D2"), level=AmputationLevel.TIP, date=PartialDate("2026-05")
    )
    check_amputation(lost, ANA, TODAY)
    with pytest.raises(Refused, match="lies in the future"):
        check_amputation(replace(lost, date=PartialDate("2026-06")), ANA, TODAY)


def test_what_is_said_of_ulcers_is_refused_of_other_lesions() -> None:
    scar = replace(ULCER, kind=LesionKind.PITTING_SCAR)
    check_lesion(replace(ULCER, origin=Origin.PURE), ANA, TODAY)
    with pytest.raises(Refused, match="Origin: this is said of an ulcer only"):
        check_lesion(replace(scar, origin=Origin.PURE), ANA, TODAY)
    check_lesion_state(LesionState(lesion_id="l", status=Status.PRESENT), scar, ANA, TODAY)
    with pytest.raises(Refused, match="Depth: this is said of an ulcer only"):
        check_lesion_state(LesionState(lesion_id="l", status=Status.PRESENT, depth=Depth.DEEP), scar, ANA, TODAY)


def test_a_status_fits_the_kind_of_lesion() -> None:
    check_lesion_state(LesionState(lesion_id="l", status=Status.NOT_REEXAMINED), ULCER, ANA, TODAY)
    for status in (Status.PRESENT, Status.RESOLVED, Status.AMPUTATED):
        with pytest.raises(Refused, match=r"does not fit this kind of lesion \(ulcer\)"):
            check_lesion_state(LesionState(lesion_id="l", status=status), ULCER, ANA, TODAY)


def test_a_whole_record_holds_no_value_where_none_belongs() -> None:
    for seen in (
        Observation(site=Site(), measure="crt", value=2.0),
        Observation(site=Site(), measure="rcs", repeat=2, value=2.0),
    ):
        with pytest.raises(Refused, match=r"is not recorded at: whole visit|is recorded at most 1 times"):
            check_record(PatientRecord(patient=ANA, visits=(VISIT.with_observation(seen),)), NOW)


def test_a_whole_record_is_checked_when_the_birth_date_changes() -> None:
    record = PatientRecord(patient=ANA, visits=(VISIT,))
    check_record(record, NOW)
    with pytest.raises(Refused, match="before the patient's birth date"):
        check_record(replace(record, patient=replace(ANA, birth_date=date(2026, 3, 3))), NOW)


@pytest.mark.parametrize("since", ["9999", "2026-04", "1800"])
def test_a_date_that_is_recorded_cannot_lie_ahead_nor_in_another_age(since: str) -> None:
    seen = observation(parse_site("R.D2"), "ischaemia_since", since)
    with pytest.raises(Refused, match=r"^Critical ischaemia since: "):
        check_observation(seen, Patient(id="p", record_number="1", family_name="Doe"), date(2026, 3, 14))


def test_a_date_that_is_recorded_may_be_of_today() -> None:
    seen = observation(parse_site("R.D2"), "ischaemia_since", "2026-03-14")
    check_observation(seen, Patient(id="p", record_number="1", family_name="Doe"), date(2026, 3, 14))
