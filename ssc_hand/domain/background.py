"""A patient's background in words: medicines, allergies, smoking, antibodies; "none" is never "not recorded"."""

from __future__ import annotations

from datetime import date

from ssc_hand.domain.background_terms import BLOOD_THINNERS, AllergyStatus
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.fields import ANTIBODIES, PROCEDURE, field_of
from ssc_hand.domain.records import Patient, PatientRecord, Procedure
from ssc_hand.domain.treatment import Medicine
from ssc_hand.i18n import _

#: Millilitres by which the sum of the sites may differ from the total without a remark: totals have one decimal.
_ROUNDING_ML = 0.05


def medicines_on(record: PatientRecord, day: date) -> tuple[Medicine, ...]:
    """The medicines taken on a day, in the order of their classes, then of entry."""
    taken = [each for each in record.medicines if each.is_taken_on(day)]
    order = list(type(taken[0].kind)) if taken else []
    return tuple(sorted(taken, key=lambda each: order.index(each.kind)))


def medicines_before(record: PatientRecord, day: date) -> tuple[Medicine, ...]:
    """The medicines that were stopped before a day, the latest stop first."""
    ended = [each for each in record.medicines if each.has_ended_by(day)]
    return tuple(sorted(ended, key=lambda each: str(each.stop), reverse=True))


def no_medicine_words(record: PatientRecord, day: date) -> str:
    """Why no medicine is listed for a day: none taken, all stopped, or nothing recorded; empty where some are taken."""
    if medicines_on(record, day):
        return ""
    asked = record.patient.medicines_none_on
    if asked is not None and asked.earliest <= day and not _taken_since(record, asked, day):
        return _("none taken (asked {when})").format(when=asked.label)
    return _("none at present") if medicines_before(record, day) else _("not recorded")


def _taken_since(record: PatientRecord, asked: PartialDate, day: date) -> tuple[Medicine, ...]:
    """The medicines begun by a day and not stopped by the one on which none was said to be taken."""
    begun = (each for each in record.medicines if each.start is None or each.start.earliest <= day)
    return tuple(each for each in begun if each.stop is None or each.stop.latest > asked.latest)


def medicine_remark(record: PatientRecord, day: date) -> str:
    """A remark where a medicine was taken on the day of which "none taken" is recorded; empty where none was."""
    asked = record.patient.medicines_none_on
    if asked is None or asked.latest > day:
        return ""
    taken = _taken_since(record, asked, asked.latest)
    if not taken:
        return ""
    return _("“None taken” of {when} does not go with: {medicines}. Stop or withdraw these, or clear the day.").format(
        when=asked.label, medicines=", ".join(each.title for each in taken)
    )


def unchanged_since(record: PatientRecord, day: date) -> PartialDate | None:
    """The latest start or stop by a day; None where nothing is recorded or what is taken has no start."""
    taken = medicines_on(record, day)
    if any(each.start is None for each in taken):
        return None
    changes = [each.start for each in taken if each.start]
    changes += [each.stop for each in medicines_before(record, day) if each.stop]
    return max(changes, key=lambda when: (when.latest, str(when)), default=None)


def allergy_words(patient: Patient) -> str:
    """What the patient is allergic to, that nothing is known, or that it was not recorded."""
    if patient.allergies:
        return patient.allergies
    if patient.allergy_status is None:
        return _("not recorded")
    if patient.allergy_status is AllergyStatus.NONE_KNOWN:
        return patient.allergy_status.label
    return _("yes, to what was not recorded")


def smoking_words(patient: Patient) -> str:
    """Whether the patient smokes, how much and until when."""
    if patient.smoking is None and patient.pack_years is None and patient.smoking_stopped is None:
        return _("not recorded")
    parts = [patient.smoking.label] if patient.smoking else []
    if patient.pack_years is not None:
        parts.append(_("{n} pack-years").format(n=f"{patient.pack_years:g}"))
    if patient.smoking_stopped:
        parts.append(_("stopped {when}").format(when=patient.smoking_stopped.label))
    return ", ".join(parts)


def antibody_words(patient: Patient) -> str:
    """Every antibody with its result; "not recorded" once where nothing is."""
    results = [(field.name, getattr(patient, field.key)) for field in ANTIBODIES]
    if not any(result for _name, result in results):
        return _("not recorded")
    return "; ".join(f"{name}: {result.label if result else _('not recorded')}" for name, result in results)


def thinner_words(record: PatientRecord, day: date) -> str:
    """Anticoagulants and antiplatelets of a day with their last dose; that there are none only where it is known."""
    found = [each for each in medicines_on(record, day) if each.kind in BLOOD_THINNERS]
    if found:
        return ", ".join(_thinner(each) for each in found)
    if medicines_on(record, day) or medicines_before(record, day):
        # A list without one is no answer to the question whether there is one.
        return _("none among the medicines recorded")
    return no_medicine_words(record, day)


def _thinner(medicine: Medicine) -> str:
    if medicine.last_dose is None:
        return medicine.title
    return _("{medicine} (last {when})").format(medicine=medicine.title, when=medicine.last_dose.label)


def volume_remark(procedure: Procedure) -> str:
    """A remark where the volumes of the sites do not add up to the total; empty where they do or cannot be compared."""
    if not procedure.injections:
        return ""
    found = []
    for key in ("fat_ml", "adsvf_ml"):
        total, summed = getattr(procedure, key), procedure.injections.total(key)
        if total is not None and summed is not None and abs(total - summed) > _ROUNDING_ML:
            text = _("{field}: {total} ml, but the sites add up to {sum} ml.")
            field = field_of(PROCEDURE, key)
            found.append(text.format(field=field.name, total=f"{total:g}", sum=f"{summed:g}"))
    return " ".join(found)


def volume_words(procedure: Procedure) -> str:
    """The volumes in all and per site; a total that was not noted is the sum of the sites. Empty without any."""
    found = []
    for key in ("fat_ml", "adsvf_ml"):
        total = getattr(procedure, key)
        summed = procedure.injections.total(key) if procedure.injections else None
        name = field_of(PROCEDURE, key).name
        if total is not None:
            found.append(_("{field}: {n} ml").format(field=name, n=f"{total:g}"))
        elif summed is not None:
            found.append(_("{field}: {n} ml, the sum of the sites").format(field=name, n=f"{summed:g}"))
    if procedure.injections:
        found.append(field_of(PROCEDURE, "injections").format(procedure.injections))
    return "; ".join(found)
