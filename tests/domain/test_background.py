"""The background of a patient: what is taken on a day, and that "none" is never "not recorded"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ssc_hand.domain import background
from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.background_terms import (
    AllergyStatus,
    AntibodyResult,
    ComplicationKind,
    Grade,
    MedicineKind,
    Outcome,
    Smoking,
)
from ssc_hand.domain.checks import check_complication, check_medicine, check_patient
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.records import PatientRecord, Procedure
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import ProcedureKind, ProcedureState, Side
from tests.builders import a_patient

TODAY = date(2026, 3, 2)


def a_medicine(
    kind: MedicineKind = MedicineKind.PROSTACYCLIN, start: str = "", stop: str = "", last: str = "", **more: Any
) -> Medicine:
    dates = {"start": start, "stop": stop, "last_dose": last}
    known: dict[str, Any] = {key: PartialDate(text) for key, text in dates.items() if text}
    return Medicine(id=f"{kind}{start}{stop}", patient_id="p", kind=kind, **known, **more)


def a_record(*medicines: Medicine, **patient: Any) -> PatientRecord:
    return PatientRecord(patient=a_patient(**patient), medicines=medicines)


def test_a_medicine_is_taken_from_its_start_to_its_stop() -> None:
    taken = a_medicine(start="2025-03", stop="2026-03-02")
    assert [taken.is_taken_on(day) for day in (date(2025, 2, 28), date(2025, 3, 1), TODAY, date(2026, 3, 3))] == [
        False,
        True,
        True,
        False,
    ]
    assert a_medicine().is_taken_on(date(1990, 1, 1))


def test_no_medicine_is_not_recorded_or_none_or_none_any_more() -> None:
    assert background.no_medicine_words(a_record(), TODAY) == "not recorded"
    asked = a_record(medicines_none_on=PartialDate("2026-02-01"))
    assert background.no_medicine_words(asked, TODAY) == "none taken (asked 1 Feb 2026)"
    assert background.no_medicine_words(asked, date(2026, 1, 31)) == "not recorded"
    assert background.no_medicine_words(a_record(a_medicine(stop="2025")), TODAY) == "none at present"


def test_a_medicine_recorded_later_makes_the_statement_history() -> None:
    record = a_record(a_medicine(start="2026-02-20", name="iloprost"), medicines_none_on=PartialDate("2026-02-01"))
    assert background.no_medicine_words(record, date(2026, 2, 10)) == "none taken (asked 1 Feb 2026)"
    assert background.no_medicine_words(record, TODAY) == ""


def test_none_taken_is_not_said_of_a_day_on_which_a_medicine_was_taken() -> None:
    taken = a_medicine(name="apixaban", start="2025", stop="2026-02-28")
    record = a_record(taken, medicines_none_on=PartialDate("2026-02-01"))
    assert background.no_medicine_words(record, TODAY) == "none at present"
    assert background.medicine_remark(record, TODAY) == (
        "“None taken” of 1 Feb 2026 does not go with: apixaban. Stop or withdraw these, or clear the day."
    )
    stopped_that_day = a_medicine(start="2025", stop="2026-02-01")
    record = a_record(stopped_that_day, medicines_none_on=PartialDate("2026-02-01"))
    assert background.no_medicine_words(record, TODAY) == "none taken (asked 1 Feb 2026)"
    assert background.medicine_remark(record, TODAY) == ""
    begun_after = a_medicine(start="2026-02-10", stop="2026-02-28")
    record = a_record(begun_after, medicines_none_on=PartialDate("2026-02-01"))
    assert background.no_medicine_words(record, TODAY) == "none at present"
    assert background.medicine_remark(record, TODAY) == ""


def test_medicines_stand_by_class_whatever_the_order_of_entry() -> None:
    record = a_record(
        a_medicine(MedicineKind.ANTICOAGULANT, name="apixaban"),
        a_medicine(MedicineKind.CALCIUM_CHANNEL_BLOCKER, name="nifedipine", dose="30 mg"),
    )
    assert [each.title for each in background.medicines_on(record, TODAY)] == ["nifedipine 30 mg", "apixaban"]


def test_unchanged_since_is_the_latest_start_or_stop() -> None:
    old, new = a_medicine(start="2024-05", stop="2025-10-03"), a_medicine(MedicineKind.STEROID, start="2025")
    assert background.unchanged_since(a_record(old, new), TODAY) == "2025"
    assert background.unchanged_since(a_record(old), TODAY) == "2025-10-03"
    assert background.unchanged_since(a_record(old, a_medicine(MedicineKind.ANALGESIC)), TODAY) is None
    assert background.unchanged_since(a_record(), TODAY) is None


def test_a_medicine_in_words_says_since_when_and_when_it_was_last_given() -> None:
    given = a_medicine(start="2024", last="2026-02-27", name="iloprost", dose="5 days")
    assert given.words == "iloprost 5 days (iloprost or other prostacyclin), since 2024; last given 27 Feb 2026"
    assert a_medicine(MedicineKind.STEROID).words == "steroid, start not recorded"
    assert a_medicine(MedicineKind.STEROID, start="2024", stop="2025").words == "steroid, 2024 to 2025"


def test_allergies_none_known_and_not_recorded_are_three_answers() -> None:
    assert background.allergy_words(a_patient()) == "not recorded"
    assert background.allergy_words(a_patient(allergy_status=AllergyStatus.NONE_KNOWN)) == "none known"
    assert background.allergy_words(a_patient(allergies="penicillin")) == "penicillin"
    assert "not recorded" in background.allergy_words(a_patient(allergy_status=AllergyStatus.KNOWN))


def test_smoking_says_how_much_and_until_when() -> None:
    assert background.smoking_words(a_patient()) == "not recorded"
    former = a_patient(smoking=Smoking.FORMER, pack_years=12.5, smoking_stopped=PartialDate("2015"))
    assert background.smoking_words(former) == "former smoker, 12.5 pack-years, stopped 2015"


def test_each_antibody_is_positive_negative_not_tested_or_not_recorded() -> None:
    assert background.antibody_words(a_patient()) == "not recorded"
    words = background.antibody_words(a_patient(ana=AntibodyResult.POSITIVE, anti_scl70=AntibodyResult.NOT_TESTED))
    assert words == "ANA: positive; Anticentromere: not recorded; Anti-Scl-70: not tested; " + (
        "Anti-RNA polymerase III: not recorded"
    )


def test_thinners_are_told_with_their_last_dose_and_none_only_where_it_is_known() -> None:
    assert background.thinner_words(a_record(), TODAY) == "not recorded"
    asked = a_record(medicines_none_on=PartialDate("2026"))
    assert background.thinner_words(asked, TODAY) == "none taken (asked 2026)"
    assert background.thinner_words(a_record(a_medicine()), TODAY) == "none among the medicines recorded"
    thinner = a_medicine(MedicineKind.ANTIPLATELET, name="aspirin", dose="100 mg", last="2026-03-01")
    assert background.thinner_words(a_record(a_medicine(), thinner), TODAY) == "aspirin 100 mg (last 1 Mar 2026)"


def a_graft(sites: str, fat: float | None = None, adsvf: float | None = None) -> Procedure:
    return Procedure(
        id="o",
        patient_id="p",
        kind=ProcedureKind.ADSVF,
        side=Side.LEFT,
        state=ProcedureState.DONE,
        fat_ml=fat,
        adsvf_ml=adsvf,
        injections=Injections().parse(sites) if sites else None,
    )


def test_volumes_that_do_not_add_up_are_remarked_on_and_kept() -> None:
    assert background.volume_remark(a_graft("palm: 10\ndorsum: 10", fat=20)) == ""
    assert background.volume_remark(a_graft("", fat=20)) == ""
    assert background.volume_remark(a_graft("palm: 10 + 1", fat=20)) == (
        "Fat in all: 20 ml, but the sites add up to 10 ml."
    )


def test_a_total_that_was_not_noted_is_the_sum_of_the_sites() -> None:
    assert background.volume_words(a_graft("palm: 10 + 1")) == (
        "Fat in all: 10 ml, the sum of the sites; ADSVF in all: 1 ml, the sum of the sites; palm 10 ml fat + 1 ml ADSVF"
    )
    assert background.volume_words(a_graft("")) == ""


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"allergy_status": AllergyStatus.NONE_KNOWN, "allergies": "latex"}, "Allergies: "),
        ({"smoking": Smoking.NEVER, "pack_years": 3.0}, "Pack-years: "),
        ({"smoking": Smoking.NEVER, "smoking_stopped": PartialDate("2010")}, "Stopped smoking: "),
        ({"smoking": Smoking.CURRENT, "smoking_stopped": PartialDate("2010")}, "Stopped smoking: "),
        ({"medicines_none_on": PartialDate("2026-03-03")}, "No medicine taken, asked on: "),
        ({"birth_date": date(1990, 1, 1), "randomised_on": PartialDate("1989")}, "Randomised on: "),
    ],
)
def test_answers_that_contradict_each_other_are_refused_beside_their_field(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(Refused, match=f"^{named}"):
        check_patient(a_patient(**wrong), TODAY)


def test_pack_years_of_zero_go_with_never() -> None:
    check_patient(a_patient(smoking=Smoking.NEVER, pack_years=0.0), TODAY)


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        ({"start": "2026-03-03"}, "Start: "),
        ({"last": "2026-04"}, "Last dose or infusion: "),
        ({"start": "2026-02", "stop": "2026-01"}, "Stop: "),
        ({"start": "2026-02", "last": "2025"}, "Last dose or infusion: "),
        ({"stop": "1959"}, "Stop: "),
    ],
)
def test_dates_of_a_medicine_that_cannot_be_are_refused(dates: dict[str, str], named: str) -> None:
    with pytest.raises(Refused, match=f"^{named}"):
        check_medicine(a_medicine(**dates), a_patient(birth_date=date(1960, 1, 1)), TODAY)  # type: ignore[arg-type]


def test_the_last_dose_is_not_after_the_stop() -> None:
    check_medicine(a_medicine(stop="2025", last="2025-12-31"), a_patient(), TODAY)
    with pytest.raises(Refused, match=r"^Last dose or infusion: .* after the stop"):
        check_medicine(a_medicine(stop="2025", last="2026-01-01"), a_patient(), TODAY)


def test_a_course_can_end_ahead() -> None:
    check_medicine(a_medicine(MedicineKind.ANTIBIOTIC, start="2026-03-01", stop="2026-03-08"), a_patient(), TODAY)


def test_a_complication_in_words_names_what_is_not_recorded() -> None:
    bare = Complication(id="c", patient_id="p", kind=ComplicationKind.INFECTION)
    assert bare.words == "infection, grade not recorded, side not recorded, date unknown; outcome: not recorded"
    told = replace(
        bare,
        date=PartialDate("2026-02"),
        side=Side.LEFT,
        digits=(Digit.D2,),
        grade=Grade.MILD,
        action="oral antibiotic",
        outcome=Outcome.RESOLVED,
    )
    assert told.words == "infection, mild, LEFT (index), Feb 2026; action: oral antibiotic; outcome: resolved"
    with pytest.raises(Refused, match="future"):
        check_complication(replace(bare, date=PartialDate("2027")), a_patient(), TODAY)
