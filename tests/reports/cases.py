"""Patients for tests of the paper: a full visit, a first one, an empty one, and the hard ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ssc_hand.domain.anatomy import DIGITS, HANDS, VISIT, Aspect, Digit, Hand, Site, parse_site
from ssc_hand.domain.background_terms import (
    AntibodyResult,
    ComplicationKind,
    Grade,
    MedicineKind,
    Outcome,
    Smoking,
)
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.kinds import Beyond
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
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import (
    AmputationCause,
    AmputationLevel,
    Colour,
    Depth,
    Judgement,
    LesionKind,
    Location,
    Origin,
    ProcedureKind,
    ProcedureState,
    Reason,
    RefillSite,
    Sex,
    Side,
    Sign,
    Status,
    Subset,
    VisitKind,
    VisitState,
)

ZONE = dt.timezone(dt.timedelta(hours=-6))
PRINTED = dt.datetime(2026, 3, 2, 11, 5, tzinfo=ZONE)
CLINIC = ClinicSettings(
    name="Hand clinic, Department of Immunology and Rheumatology",
    telephone="+52 55 0000 0000",
    address="Vasco de Quiroga 15\nMexico City",
)


def patient(**more: Any) -> Patient:
    """A woman born in 1964."""
    known: dict[str, Any] = {
        "id": "p1",
        "record_number": "004217",
        "family_name": "Ruiz Álvarez",
        "given_name": "Ana María",
        "birth_date": dt.date(1964, 3, 12),
        "sex": Sex.FEMALE,
        "dominant_hand": Side.RIGHT,
        "subset": Subset.LIMITED,
        "first_raynaud": PartialDate("2009"),
        "first_other": PartialDate("2012-05"),
    }
    return Patient(**(known | more))


def visit(at: dt.datetime, number: int = 1, **more: Any) -> Visit:
    """A final follow-up visit with nothing recorded."""
    known: dict[str, Any] = {"kind": VisitKind.FOLLOW_UP, "state": VisitState.FINAL}
    return Visit(id=f"v{number}", patient_id="p1", at=at, **(known | more))


def at(year: int, month: int, day: int) -> dt.datetime:
    """Half past nine on a day."""
    return dt.datetime(year, month, day, 9, 30, tzinfo=ZONE)


def measured(found: Visit, measure: str, values: Sequence[Any], hands: Sequence[Hand] = tuple(Hand)) -> Visit:
    """The visit with one value per digit, from the right thumb to the left little finger; None is left out."""
    sites = [site for site in DIGITS if site.hand in hands]
    for site, value in zip(sites, values, strict=True):
        if isinstance(value, Reason):
            found = found.with_observation(not_assessed(site, measure, value))
        elif value is not None:
            found = found.with_observation(observation(site, measure, value))
    return found


def at_hands(found: Visit, measure: str, right: Any, left: Any) -> Visit:
    """The visit with one value per hand."""
    for site, value in zip(HANDS, (right, left), strict=True):
        if value is not None:
            found = found.with_observation(observation(site, measure, value))
    return found


def overall(found: Visit, **values: Any) -> Visit:
    """The visit with values of the whole visit."""
    for measure, value in values.items():
        found = found.with_observation(observation(VISIT, measure, value))
    return found


def lesion(letter: str, site: str, aspect: Aspect = Aspect.PALMAR, **more: Any) -> Lesion:
    """An ulcer without an exact point."""
    known: dict[str, Any] = {"kind": LesionKind.ULCER}
    place = parse_site(site)
    return Lesion(id=f"l{letter}", patient_id="p1", letter=letter, site=place, aspect=aspect, **(known | more))


def state(letter: str, status: Status = Status.ACTIVE, **more: Any) -> LesionState:
    """How a lesion was found."""
    return LesionState(lesion_id=f"l{letter}", status=status, **more)


LESIONS = (
    lesion("A", "R.D2.distal", x=0.68, y=0.19, location=Location.TIP, origin=Origin.PITTING_SCAR),
    lesion("B", "L.D3.distal", x=0.478, y=0.14, location=Location.TIP, origin=Origin.PURE),
    lesion("C", "R.D3.middle", Aspect.DORSAL, x=0.533, y=0.31, location=Location.PIP, origin=Origin.CALCINOSIS),
    lesion("D", "L.D4.distal", kind=LesionKind.PITTING_SCAR, location=Location.TIP),
    lesion("E", "R.D1.proximal", Aspect.DORSAL, x=0.19, y=0.57, kind=LesionKind.CALCINOSIS),
    lesion("F", "L.D5.distal", location=Location.TIP, origin=Origin.PURE),
    lesion("G", "L.D2.distal", x=0.68, y=0.2, onset=PartialDate("2026-02"), origin=Origin.PURE),
)


def first_visit() -> Visit:
    """A baseline visit with nearly everything."""
    found = visit(
        at(2025, 9, 1),
        1,
        kind=VisitKind.BASELINE,
        examiner="Dr Lucía Ortega",
        examiner_role="rheumatologist",
        device="infrared thermometer, model A",
        refill_site=RefillSite.PULP,
        smoke="never",
        caffeine="none today",
        plan="Start iloprost, review in six months.",
    )
    found = measured(found, "crt", (1.9, 3.4, 2.8, 2.2, 2.0, 1.8, 2.9, 4.1, 3.0, 2.1))
    found = measured(found, "skin_temp", (29.1, 26.4, 26.0, 26.9, 27.5, 29.3, 25.8, 25.0, 25.9, 27.0))
    found = measured(found, "pain", (0, 6, 4, 2, 0, 0, 3, 7, 2, 0))
    found = at_hands(at_hands(found, "dorsum_temp", 30.2, 30.0), "hand_pain_now", 5, 6)
    found = overall(at_hands(found, "hand_pain_week", 7, 8), room_temp=23.0, acclimatisation=20, rcs=5.2, rcs_days=14)
    for each in (
        state("A", length_mm=5.0, width_mm=4.0, depth=Depth.INTERMEDIATE, infection=Judgement.NO),
        state("B", length_mm=6.0, width_mm=3.0, depth=Depth.SUPERFICIAL, infection=Judgement.SUSPECTED),
        state("D", Status.PRESENT),
        state("E", Status.PRESENT),
        state("F", Status.INDETERMINATE),
    ):
        found = found.with_state(each)
    return found


def second_visit() -> Visit:
    """Half a year later: one ulcer smaller, one healed, two new, one not looked at."""
    found = visit(
        at(2026, 3, 2),
        2,
        examiner="Dr Lucía Ortega",
        examiner_role="rheumatologist",
        device="thermal camera, model B",
        refill_site=RefillSite.PULP,
        last_vasodilator="iloprost, 27 Feb 2026",
        smoke="never",
        reason="Planned review before surgery of the left hand.",
        ulcer_history="One ulcer of the right ring finger in December, healed within three weeks.",
        findings="Skin tight to the wrist on both sides.\nNo contracture of the thumbs.",
        plan="Fat and ADSVF to the left hand as planned. Swab of ulcer C. Dressing twice a week by the district nurse.",
        next_review=PartialDate("2026-04-13"),
    )
    found = measured(found, "crt", (1.8, 2.6, 4.6, 2.2, 2.4, 1.8, 2.7, Beyond(30), 3.1, Reason.NAIL), hands=tuple(Hand))
    found = found.with_observation(observation(parse_site("R.D2"), "refill_place", "nail_bed"))
    found = measured(found, "skin_temp", (29.0, 27.9, 26.2, None, 27.1, 29.9, 27.2, 24.1, 26.6, 27.4))
    found = measured(found, "pain", (0, 3, 5, 1, 0, 0, 2, 8, 2, Reason.REFUSED))
    for hand in Hand:
        values = [Colour.NORMAL, Colour.PALE, Colour.BLUE if hand is Hand.LEFT else Colour.PALE, None, Colour.NORMAL]
        for digit, value in zip(Digit, values, strict=True):
            if value:
                found = found.with_observation(observation(Site(hand, digit), "colour", value))
    for site in DIGITS:
        critical = site == Site(Hand.LEFT, Digit.D3)
        found = found.with_observation(observation(site, "ischaemia", critical))
    found = found.with_observation(observation(Site(Hand.LEFT, Digit.D3), "ischaemia_since", "2026-02-20"))
    found = at_hands(at_hands(found, "dorsum_temp", 30.6, 30.1), "hand_pain_now", 3, 7)
    found = overall(at_hands(found, "hand_pain_week", 5, 9), room_temp=21.5, rcs=3.6, rcs_days=14, raynaud_today=4)
    for each in (
        state("A", length_mm=3.0, width_mm=2.0, depth=Depth.SUPERFICIAL, infection=Judgement.NO, pain=3),
        state("B", Status.HEALED),
        state(
            "C",
            length_mm=4.5,
            width_mm=4.0,
            depth=Depth.DEEP,
            infection=Judgement.YES,
            signs=(Sign.SWELLING, Sign.PUS),
            swab="2 Mar 2026, result awaited",
            exposed_bone=False,
            osteomyelitis=True,
            pain=8,
            note="White deposit in the bed of the ulcer.",
        ),
        state("D", Status.PRESENT),
        state("E", Status.NOT_SEEN),
        state("G", Status.INDETERMINATE, length_mm=2.0),
    ):
        found = found.with_state(each)
    return found


PROCEDURES = (
    Procedure(
        id="o1",
        patient_id="p1",
        kind=ProcedureKind.ADSVF,
        side=Side.RIGHT,
        date=PartialDate("2025-10-14"),
        state=ProcedureState.DONE,
        fat_ml=40.0,
        adsvf_ml=2.0,
        injections=Injections().parse("palm: 10 + 0.5\ndorsum: 10 + 0.5\nMP and IP joints: 14 + 0.7"),
    ),
    Procedure(id="o2", patient_id="p1", kind=ProcedureKind.ADSVF, side=Side.LEFT, state=ProcedureState.PLANNED),
)


MEDICINES = (
    Medicine(
        id="m1",
        patient_id="p1",
        kind=MedicineKind.ANTIPLATELET,
        name="aspirin",
        dose="100 mg once a day",
        start=PartialDate("2019"),
        last_dose=PartialDate("2026-03-01"),
    ),
    Medicine(
        id="m2",
        patient_id="p1",
        kind=MedicineKind.PROSTACYCLIN,
        name="iloprost",
        dose="five days, twice a year",
        start=PartialDate("2025-09-15"),
        last_dose=PartialDate("2026-02-27"),
        note="Headache at the full rate.",
    ),
    Medicine(
        id="m3",
        patient_id="p1",
        kind=MedicineKind.CALCIUM_CHANNEL_BLOCKER,
        name="nifedipine",
        start=PartialDate("2010"),
        stop=PartialDate("2024-11"),
    ),
)
COMPLICATIONS = (
    Complication(
        id="k1",
        patient_id="p1",
        kind=ComplicationKind.BLEEDING,
        date=PartialDate("2025-10-16"),
        side=Side.RIGHT,
        digits=(Digit.D2,),
        grade=Grade.MILD,
        action="dressing and elevation",
        outcome=Outcome.RESOLVED,
        procedure_id="o1",
    ),
)
#: What was asked of the patient of the full case.
ASKED: dict[str, Any] = {
    "allergies": "penicillin (rash)",
    "smoking": Smoking.FORMER,
    "pack_years": 12.0,
    "smoking_stopped": PartialDate("2015"),
    "ana": AntibodyResult.POSITIVE,
    "anticentromere": AntibodyResult.POSITIVE,
    "anti_scl70": AntibodyResult.NEGATIVE,
    "anti_rna_pol3": AntibodyResult.NOT_TESTED,
    "ever_proximal_skin": False,
    "ever_puffy": True,
    "ever_sclerodactyly": True,
    "ever_tip_ulcers": True,
    "ever_pitting_scars": True,
    "ever_telangiectasia": True,
    "ever_capillaries": True,
    "ever_pah": False,
    "ever_ild": False,
    "ever_raynaud": True,
}


def full() -> PatientRecord:
    """Two visits with nearly everything; the second is the one to print."""
    return PatientRecord(
        patient=patient(**ASKED),
        procedures=PROCEDURES,
        medicines=MEDICINES,
        complications=COMPLICATIONS,
        lesions=LESIONS,
        visits=(first_visit(), second_visit()),
    )


def first() -> PatientRecord:
    """A first visit alone."""
    shown = tuple(each for each in LESIONS if each.letter in "ABDEF")
    return PatientRecord(patient=patient(), lesions=shown, visits=(first_visit(),))


def empty() -> PatientRecord:
    """A patient known by name and number only, and a visit that records nothing."""
    unknown = Patient(id="p1", record_number="7", family_name="Doe")
    return PatientRecord(patient=unknown, visits=(visit(at(2026, 3, 2)),))


def draft() -> PatientRecord:
    """The full patient with the last visit still a draft."""
    record = full()
    return record.with_visit(replace(record.visits[-1], state=VisitState.DRAFT))


def hostile() -> PatientRecord:
    """Texts that look like markup, and texts without an end."""
    name = patient(family_name="<b>O'Brien & Søn</b>" + "W" * 150, given_name='<img src="/etc/passwd">' + "x" * 170)
    record = replace(
        full(),
        patient=replace(name, allergies="<b>latex & " + "L" * 180),
        medicines=(replace(MEDICINES[0], name="<i>" + "M" * 190, note="note " * 500), *MEDICINES[1:]),
        complications=(replace(COMPLICATIONS[0], action="</b>" + "K" * 190),),
    )
    shown = replace(
        record.visits[-1],
        examiner="<font color=red>Dr No</font> " * 6,
        device="D" * 200,
        reason="</para><b>not closed",
        findings="word " * 3000,
        plan="P" * 900 + " end of the plan",
        remarks=("Reopened on 3 Mar 2026 by Dr X: <i>typing error</i>.",),
    )
    shown = shown.with_observation(
        not_assessed(Site(Hand.RIGHT, Digit.D5), "crt", Reason.OTHER, "because " * 60)
    ).with_state(state("C", note="long note " * 400, swab="s" * 200))
    return record.with_visit(shown)


def arabic() -> PatientRecord:
    """A name and a plan written from right to left."""
    record = full()
    shown = replace(record.visits[-1], plan="مراجعة بعد ستة أسابيع", findings="Αθήνα, Москва, Nguyễn, עברית")
    name = patient(family_name="العبد الله", given_name="فاطمة الزهراء")
    return replace(record, patient=name).with_visit(shown)


def amputated() -> PatientRecord:
    """Four shortened digits: one between the visits, a tip long ago, a whole one with an ulcer, and one for ever."""
    record = full()
    gone = (
        Amputation(
            id="a1",
            patient_id="p1",
            site=parse_site("R.D4"),
            level=AmputationLevel.PIP,
            date=PartialDate("2025-12-03"),
            cause=AmputationCause.INFECTION,
        ),
        Amputation(
            id="a2",
            patient_id="p1",
            site=parse_site("L.D1"),
            level=AmputationLevel.TIP,
            date=PartialDate("2024"),
            cause=AmputationCause.ISCHAEMIA,
        ),
        Amputation(
            id="a3",
            patient_id="p1",
            site=parse_site("L.D5"),
            level=AmputationLevel.MCP,
            date=PartialDate("2025-12-20"),
            note="Wound closed.",
        ),
        Amputation(id="a4", patient_id="p1", site=parse_site("R.D5"), level=AmputationLevel.MIDDLE),
    )
    return replace(record, amputations=gone)


def ten_ulcers() -> PatientRecord:
    """An ulcer on every digit, three of them side by side."""
    sites = [f"{site.code}.distal" for site in DIGITS] + ["L.D2.distal", "L.D2.distal", "R"]
    lesions = tuple(
        lesion(chr(65 + n), site, Aspect.PALMAR if n % 3 else Aspect.DORSAL, location=Location.TIP)
        for n, site in enumerate(sites)
    )
    shown = second_visit()
    shown = replace(shown, states={})
    for n, each in enumerate(lesions):
        status = (Status.ACTIVE, Status.INDETERMINATE)[n % 2]
        shown = shown.with_state(state(each.letter, status, length_mm=3.0 + n, width_mm=2.5))
    return replace(full(), lesions=lesions, visits=(replace(first_visit(), states={}), shown))


def many_visits() -> PatientRecord:
    """Twelve years of visits."""
    visits = []
    for n in range(40):
        base = second_visit() if n == 39 else first_visit()
        day = dt.datetime(2014, 6, 1, 9, 30, tzinfo=ZONE) + dt.timedelta(days=107 * n)
        shown = replace(base, id=f"v{n}", at=day)
        shown = measured(shown, "crt", [1.0 + (n * 7 + k * 3) % 20 / 5 for k in range(10)])
        visits.append(at_hands(shown, "hand_pain_week", (n * 3) % 9, (n * 5) % 11))
    return replace(full(), visits=tuple(visits))


CASES = {
    "full": full,
    "first": first,
    "empty": empty,
    "draft": draft,
    "hostile": hostile,
    "arabic": arabic,
    "amputated": amputated,
    "ten_ulcers": ten_ulcers,
    "many_visits": many_visits,
}
