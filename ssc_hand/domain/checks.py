"""Checks across fields, dates and records: the same for what is typed in and for what is imported."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ssc_hand.domain.background_terms import AllergyStatus, Smoking
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate, age_on, day_label, time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import LESION, LESION_STATE, MEDICINE, PATIENT, ULCER_ONLY, field_of
from ssc_hand.domain.photographs import check_photograph
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
    check_place,
    statuses_for,
)
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import LesionKind, ProcedureState, Status
from ssc_hand.i18n import _

#: The greatest age in years that is taken for true; the longest life known lasted 122 years.
OLDEST = 125
#: The first year in which a visit can have been; earlier ones are slips of the pen.
FIRST_YEAR = 1950
#: Dates of a patient that lie in the past.
_PAST = ("first_raynaud", "first_other", "smoking_stopped", "medicines_none_on", "randomised_on")
#: How long before a visit somebody can have been seated in the room.
_LONGEST_SEATED = timedelta(days=1)


def check_patient(patient: Patient, today: date) -> None:
    """Refuse birth dates and dates of history that cannot be; raises `Refused` naming the field."""
    birth = patient.birth_date
    if birth is not None and birth > today:
        raise Refused(_("Birth date: {day} lies in the future.").format(day=day_label(birth)))
    if birth is not None and age_on(birth, today) > OLDEST:
        raise Refused(
            _("Birth date: with {day} the patient would be over {n} years old.").format(day=day_label(birth), n=OLDEST)
        )
    for key in _PAST:
        _check_history(field_of(PATIENT, key).name, getattr(patient, key), birth, today)
    _check_answers(patient)


def _check_answers(patient: Patient) -> None:
    """Refuse answers that contradict each other: no allergy and one named, never smoked and since when stopped."""
    if patient.allergy_status is AllergyStatus.NONE_KNOWN and patient.allergies:
        raise Refused(
            _("{field}: “{status}” and an allergy are both recorded. Nothing was changed; keep one of them.").format(
                field=field_of(PATIENT, "allergy_status").name, status=patient.allergy_status.label
            )
        )
    if patient.smoking is Smoking.NEVER and (patient.pack_years or patient.smoking_stopped):
        key = "pack_years" if patient.pack_years else "smoking_stopped"
        raise _does_not_fit(patient.smoking, key)
    if patient.smoking is Smoking.CURRENT and patient.smoking_stopped:
        raise _does_not_fit(patient.smoking, "smoking_stopped")


def _does_not_fit(smoking: Smoking, key: str) -> Refused:
    return Refused(
        _("{field}: This does not go with “{smoking}”. Nothing was changed; keep one of them.").format(
            field=field_of(PATIENT, key).name, smoking=smoking.label
        )
    )


def _check_history(name: str, when: PartialDate | None, birth: date | None, today: date) -> None:
    """Refuse a date of the past that lies in the future or before birth."""
    if when is None:
        return
    if when.earliest > today:
        raise Refused(_("{field}: {day} lies in the future.").format(field=name, day=when.label))
    if birth is not None and when.latest < birth:
        raise Refused(
            _("{field}: {day} lies before the birth date, {birth}.").format(
                field=name, day=when.label, birth=day_label(birth)
            )
        )
    if when.earliest.year < FIRST_YEAR - OLDEST:
        raise Refused(_("{field}: {day} is too long ago to be meant.").format(field=name, day=when.label))


def check_visit(visit: Visit, patient: Patient, now: datetime) -> None:
    """Refuse a visit in the future (later today is allowed), before birth or implausibly long ago."""
    if visit.at.year < FIRST_YEAR:
        raise Refused(_("Date and time: the year {year} is too long ago to be meant.").format(year=visit.at.year))
    if visit.at.year > now.year + 1 or visit.day > now.astimezone(visit.at.tzinfo).date():
        raise Refused(_("Date and time: {time} lies in the future.").format(time=time_label(visit.at)))
    if patient.birth_date is not None and visit.day < patient.birth_date:
        raise Refused(
            _("Date and time: {day} lies before the patient's birth date, {birth}.").format(
                day=day_label(visit.day), birth=day_label(patient.birth_date)
            )
        )
    if visit.seated_since is not None and abs(visit.at - visit.seated_since) > _LONGEST_SEATED:
        raise Refused(
            _("Seated since: {time} is more than a day away from the visit.").format(
                time=time_label(visit.seated_since)
            )
        )
    if visit.next_review is not None and visit.next_review.latest < visit.day:
        raise Refused(
            _("Next review: {day} lies before the visit itself, {visit}.").format(
                day=visit.next_review.label, visit=day_label(visit.day)
            )
        )


def check_procedure(procedure: Procedure, patient: Patient, today: date) -> None:
    """Refuse a procedure that is done in the future or before birth; a planned one may lie ahead."""
    done = procedure.state is ProcedureState.DONE
    _check_history(_("Date"), procedure.date, patient.birth_date, today if done else date.max)


def check_amputation(amputation: Amputation, patient: Patient, today: date) -> None:
    """Refuse an amputation in the future or before birth."""
    _check_history(_("Date"), amputation.date, patient.birth_date, today)


def check_medicine(medicine: Medicine, patient: Patient, today: date) -> None:
    """Refuse a start or last dose in the future or before birth, and a stop outside of both; a stop may lie ahead."""
    start, birth = medicine.start, patient.birth_date
    for key, until in (("start", today), ("stop", date.max), ("last_dose", today)):
        name, when = field_of(MEDICINE, key).name, getattr(medicine, key)
        _check_history(name, when, birth, until)
        if start is not None and when is not None and when.latest < start.earliest:
            raise Refused(
                _("{field}: {day} lies before the start, {start}.").format(
                    field=name, day=when.label, start=start.label
                )
            )
    last, stop = medicine.last_dose, medicine.stop
    if last is not None and stop is not None and last.earliest > stop.latest:
        name = field_of(MEDICINE, "last_dose").name
        raise Refused(
            _("{field}: {day} lies after the stop, {stop}.").format(field=name, day=last.label, stop=stop.label)
        )


def check_complication(complication: Complication, patient: Patient, today: date) -> None:
    """Refuse a complication in the future or before birth."""
    _check_history(_("Date"), complication.date, patient.birth_date, today)


def check_observation(seen: Observation, patient: Patient, today: date) -> None:
    """Refuse a recorded date, such as since when a digit is ischaemic, in the future or before birth."""
    if isinstance(seen.value, PartialDate):
        _check_history(CATALOGUE[seen.measure].name, seen.value, patient.birth_date, today)


def check_lesion(lesion: Lesion, patient: Patient, today: date) -> None:
    """Refuse an onset in the future or before birth, and an ulcer's origin for what is no ulcer."""
    _check_history(field_of(LESION, "onset").name, lesion.onset, patient.birth_date, today)
    if lesion.kind is not LesionKind.ULCER and lesion.origin is not None:
        raise _only_for_ulcers(field_of(LESION, "origin").name, lesion)


def check_lesion_state(state: LesionState, lesion: Lesion, patient: Patient, today: date) -> None:
    """Refuse a status that this kind of lesion cannot have, and what is said of ulcers only."""
    known = (*statuses_for(lesion.kind), Status.NOT_REEXAMINED)
    if state.status not in known:
        raise Refused(
            _("Status: “{status}” does not fit this kind of lesion ({kind}). Known: {known}.").format(
                status=state.status.label, kind=lesion.kind.label, known=", ".join(term.label for term in known)
            )
        )
    _check_history(field_of(LESION_STATE, "healed_on").name, state.healed_on, patient.birth_date, today)
    if lesion.kind is LesionKind.ULCER:
        return
    for field in LESION_STATE:
        if field.key in ULCER_ONLY and getattr(state, field.key) is not None:
            raise _only_for_ulcers(field.name, lesion)


def _only_for_ulcers(name: str, lesion: Lesion) -> Refused:
    return Refused(
        _("{field}: this is said of an ulcer only, and the lesion is recorded as: {kind}.").format(
            field=name, kind=lesion.kind.label
        )
    )


def check_record(record: PatientRecord, now: datetime) -> None:
    """All checks of a patient whole, as after a change of the birth date; raises `Refused` at the first that fails."""
    patient, today = record.patient, now.date()
    check_patient(patient, today)
    for procedure in record.procedures:
        check_procedure(procedure, patient, today)
    for amputation in record.amputations:
        check_amputation(amputation, patient, today)
    for medicine in record.medicines:
        check_medicine(medicine, patient, today)
    for complication in record.complications:
        check_complication(complication, patient, today)
    for lesion in record.lesions:
        check_lesion(lesion, patient, today)
    for visit in record.visits:
        check_visit(visit, patient, now)
        for seen in visit.observations.values():
            check_place(seen.site, seen.measure, seen.repeat)
            check_observation(seen, patient, today)
        for state in visit.states.values():
            check_lesion_state(state, record.lesion(state.lesion_id), patient, today)
    for photograph in record.photographs:
        check_photograph(photograph, patient, now)
