"""The background of the invented patients: medicines, risks, antibodies, volumes, complications."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ssc_hand.domain.anatomy import Digit, Phalanx
from ssc_hand.domain.background_terms import (
    AllergyStatus,
    AntibodyResult,
    ComplicationKind,
    Grade,
    MedicineKind,
    Outcome,
    Smoking,
)
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.injections import Injection, InjectionList
from ssc_hand.domain.records import PatientRecord, Procedure
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import LesionKind, ProcedureKind, ProcedureState, Side, Subset
from ssc_hand.tasks.demo.dice import Dice

_POSITIVE, _NEGATIVE, _NOT_TESTED = AntibodyResult.POSITIVE, AntibodyResult.NEGATIVE, AntibodyResult.NOT_TESTED
_ALLERGIES = ("penicillin (rash)", "latex", "iodine contrast (hives)", "co-trimoxazole", "adhesive plaster")
#: What the conditions of the visits name, as a medicine.
_VASODILATORS = {
    "nifedipine": (MedicineKind.CALCIUM_CHANNEL_BLOCKER, "nifedipine", "30 mg once a day"),
    "amlodipine": (MedicineKind.CALCIUM_CHANNEL_BLOCKER, "amlodipine", "5 mg once a day"),
    "sildenafil": (MedicineKind.PDE5_INHIBITOR, "sildenafil", "20 mg three times a day"),
}
_OTHERS = (
    (MedicineKind.ANTIPLATELET, "aspirin", "100 mg once a day"),
    (MedicineKind.ANTICOAGULANT, "apixaban", "5 mg twice a day"),
    (MedicineKind.IMMUNOSUPPRESSANT, "mycophenolate", "1 g twice a day"),
    (MedicineKind.STEROID, "prednisone", "5 mg once a day"),
    (MedicineKind.ANALGESIC, "paracetamol", "1 g up to three times a day"),
    (MedicineKind.ENDOTHELIN_ANTAGONIST, "bosentan", "125 mg twice a day"),
)
#: Volumes per site of the published protocol, of the fat mixed with a twentieth of ADSVF.
_SITES = (
    ("MP and IP joints, both borders", 14.0),
    ("trapeziometacarpal joint, both sides", 6.0),
    ("palm", 10.0),
    ("dorsum", 10.0),
)
_ADSVF_SHARE = 0.05


def with_background(record: PatientRecord, seed: int) -> PatientRecord:
    """The record with a background; the one of unknown sex and birth date keeps none, as if nobody had asked."""
    patient = record.patient
    if patient.birth_date is None or not record.visits:
        return record
    dice = Dice(f"{seed}/background/{patient.record_number}")
    procedures = tuple(_with_volumes(each) for each in record.procedures)
    record = replace(record, procedures=procedures)
    record = replace(record, medicines=_medicines(record, dice))
    answers = {**_risks(record, dice), **_antibodies(record, dice), **_ever_present(record, dice)}
    answers |= _study(record)
    record = replace(record, patient=replace(patient, **answers))
    return replace(record, complications=_complications(record, dice))


def _with_volumes(procedure: Procedure) -> Procedure:
    if procedure.kind is not ProcedureKind.ADSVF or procedure.state is not ProcedureState.DONE:
        return procedure
    injections = (Injection(site, ml, round(ml * _ADSVF_SHARE, 2)) for site, ml in _SITES)
    # The second operation of the patient treated on both hands was noted with two millilitres less than planned.
    fat = 38.0 if "38 ml" in (procedure.note or "") else 40.0
    return replace(procedure, fat_ml=fat, adsvf_ml=2.0, injections=InjectionList(injections))


def _medicines(record: PatientRecord, dice: Dice) -> tuple[Medicine, ...]:
    first, last = record.visits[0].day, record.visits[-1].day
    named = " ".join(visit.last_vasodilator or "" for visit in record.visits)
    chosen = [what for word, what in _VASODILATORS.items() if word in named]
    if not chosen:
        return ()
    chosen += [what for what in _OTHERS if dice.chance(0.25)]
    found = []
    for kind, name, dose in chosen:
        year = first.year - dice.whole(1, 6)
        start = PartialDate(f"{year}-{dice.whole(1, 12):02d}")
        found.append(_medicine(record, dice, kind, name=name, dose=dose, start=start))
    if dice.chance(0.4):
        given = PartialDate(last.replace(day=1).isoformat()[:7])
        start = PartialDate(str(first.year - 1))
        kind, dose = MedicineKind.PROSTACYCLIN, "0.5 to 2 ng/kg/min, five days, twice a year"
        found.append(_medicine(record, dice, kind, name="iloprost", dose=dose, start=start, last_dose=given))
    if dice.chance(0.3):
        stopped = {"start": PartialDate(str(first.year - 8)), "stop": PartialDate(str(first.year - 2))}
        kind = MedicineKind.IMMUNOSUPPRESSANT
        found.append(_medicine(record, dice, kind, name="methotrexate", dose="15 mg a week", **stopped))
    return tuple(found)


def _medicine(record: PatientRecord, dice: Dice, kind: MedicineKind, **more: Any) -> Medicine:
    return Medicine(id=dice.new_id(), patient_id=record.patient.id, kind=kind, **more)


def _risks(record: PatientRecord, dice: Dice) -> dict[str, Any]:
    found: dict[str, Any] = {"allergy_status": AllergyStatus.NONE_KNOWN}
    if dice.chance(0.3):
        found = {"allergy_status": AllergyStatus.KNOWN, "allergies": dice.pick(_ALLERGIES)}
    habit = record.visits[-1].smoke or ""
    first = record.visits[0].day
    if "never" in habit:
        found["smoking"] = Smoking.NEVER
    elif "stopped" in habit:
        stopped = PartialDate(str(first.year - dice.whole(4, 15)))
        found |= {"smoking": Smoking.FORMER, "pack_years": float(dice.whole(4, 25)), "smoking_stopped": stopped}
    elif habit:
        found |= {"smoking": Smoking.CURRENT, "pack_years": float(dice.whole(6, 30))}
    if not record.medicines:
        found["medicines_none_on"] = PartialDate(record.visits[-1].day.isoformat())
    return found


def _antibodies(record: PatientRecord, dice: Dice) -> dict[str, AntibodyResult]:
    limited = record.patient.subset is Subset.LIMITED
    topoisomerase = not limited and dice.chance(0.6)
    polymerase = _NEGATIVE if limited or topoisomerase else _POSITIVE
    return {
        "ana": _POSITIVE,
        "anticentromere": _POSITIVE if limited and dice.chance(0.8) else _NEGATIVE,
        "anti_scl70": _POSITIVE if topoisomerase else _NEGATIVE,
        "anti_rna_pol3": _NOT_TESTED if dice.chance(0.3) else polymerase,
    }


def _ever_present(record: PatientRecord, dice: Dice) -> dict[str, bool]:
    tips = [each for each in record.lesions if each.site.phalanx is Phalanx.DISTAL]
    diffuse = record.patient.subset is Subset.DIFFUSE
    return {
        "ever_proximal_skin": diffuse,
        "ever_puffy": dice.chance(0.7),
        "ever_sclerodactyly": True,
        "ever_tip_ulcers": any(each.kind is LesionKind.ULCER for each in tips),
        "ever_pitting_scars": any(each.kind is LesionKind.PITTING_SCAR for each in tips),
        "ever_telangiectasia": not diffuse and dice.chance(0.8),
        "ever_capillaries": True,
        "ever_pah": dice.chance(0.1),
        "ever_ild": diffuse and dice.chance(0.5),
        "ever_raynaud": True,
    }


def _study(record: PatientRecord) -> dict[str, Any]:
    """What a study records of those in the shape of the trial."""
    note = record.patient.note or ""
    treated = "Treated in the most affected hand" in note
    if not treated and "Control, medical treatment only" not in note:
        return {}
    number = record.patient.record_number.removeprefix("DEMO-")
    found: dict[str, Any] = {
        "study_id": f"S-{number}",
        "study_arm": "fat and ADSVF" if treated else "medical treatment",
        "randomised_on": PartialDate(record.visits[0].day.isoformat()),
    }
    if treated:
        found |= {"treated_hand": record.procedures[0].side, "treated_reason": "more ulcers and more pain"}
    return found


def _complications(record: PatientRecord, dice: Dice) -> tuple[Complication, ...]:
    """Two patients had one: a haematoma after the second operation, and a wound that was slow to heal."""
    found = []
    for procedure in record.procedures:
        if procedure.side is Side.LEFT and "bruising" in (procedure.note or ""):
            told: dict[str, Any] = {
                "kind": ComplicationKind.BLEEDING,
                "date": PartialDate("2025-09-24"),
                "grade": Grade.MILD,
                "action": "cool dressing, elevation",
                "outcome": Outcome.RESOLVED,
            }
        elif procedure.kind is ProcedureKind.CALCINOSIS_REMOVAL:
            told = {
                "kind": ComplicationKind.WOUND,
                "date": PartialDate("2017-06"),
                "digits": (Digit.D4,),
                "grade": Grade.MODERATE,
                "action": "dressings for ten weeks, oral antibiotic once",
                "outcome": Outcome.LASTING,
                "note": "Stiff end joint since.",
            }
        else:
            continue
        told |= {"side": procedure.side, "procedure_id": procedure.id}
        found.append(Complication(id=dice.new_id(), patient_id=record.patient.id, **told))
    return tuple(found)
