"""The patient's background on paper: risks, antibodies, medicines of the day, complications."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether

from ssc_hand.domain.background import (
    allergy_words,
    antibody_words,
    medicines_before,
    medicines_on,
    no_medicine_words,
    smoking_words,
    thinner_words,
    unchanged_since,
)
from ssc_hand.domain.classification import classification_words, has_answers
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.i18n import _
from ssc_hand.reports.grid import bold
from ssc_hand.reports.styles import styles
from ssc_hand.reports.text import inline, markup, paragraph


def risk_line(record: PatientRecord, visit: Visit) -> Flowable:
    """What a surgeon must know before touching a hand, on the first page; what nobody asked is said to be so."""
    facts = (
        (_("Allergies"), allergy_words(record.patient)),
        (_("Anticoagulant or antiplatelet"), thinner_words(record, visit.day)),
        (_("Smoking"), smoking_words(record.patient)),
    )
    return markup(" · ".join(f"{inline(name)}: {bold(said)}" for name, said in facts), styles().body)


def background(record: PatientRecord, visit: Visit) -> Iterator[Flowable]:
    """Allergies, smoking, antibodies, classification, medicines of the day: not recorded, none, or told."""
    patient = record.patient
    said = {
        _("Allergies"): allergy_words(patient),
        _("Smoking"): smoking_words(patient),
        _("Antibodies"): antibody_words(patient),
    }
    told = [fact for fact in said.items() if fact[1] != _("not recorded")]
    if told:
        yield _told(*told)
    if has_answers(patient):
        yield paragraph(classification_words(patient), styles().text)
    if no_medicine_words(record, visit.day) != _("not recorded"):
        yield from _medicines(record, visit)
    missing = [name for name, words in said.items() if words == _("not recorded")]
    if not has_answers(patient):
        missing.append(_("items of ACR/EULAR 2013"))
    if no_medicine_words(record, visit.day) == _("not recorded"):
        missing.append(_("Medicines on this day"))
    if missing:
        yield _told((_("Not recorded"), ", ".join(name[:1].lower() + name[1:] for name in missing)))


def _told(*facts: tuple[str, str]) -> Flowable:
    return markup(" &nbsp; ".join(f"{bold(name)}&nbsp; {inline(said)}" for name, said in facts), styles().text)


def _medicines(record: PatientRecord, visit: Visit) -> Iterator[Flowable]:
    """What was taken on the day of the visit, since when it is unchanged, and what had been stopped before."""
    said = [no_medicine_words(record, visit.day)]
    since = unchanged_since(record, visit.day)
    if since:
        said.append(_("unchanged since {when}").format(when=since.label))
    heading = _told((_("Medicines on this day"), "; ".join(part for part in said if part)))
    first, *others = [heading, *map(_medicine, medicines_on(record, visit.day))]
    # Never at the foot of a page without any of its medicines.
    yield KeepTogether([first, *others[:1]])
    yield from others[1:]
    before = medicines_before(record, visit.day)
    if before:
        yield _told((_("Stopped before"), "; ".join(each.words for each in before)))


def _medicine(medicine: Medicine) -> Flowable:
    rest = medicine.words.removeprefix(medicine.title)
    text = f"•&nbsp;{bold(medicine.title)}{inline(rest)}"
    return markup(text + (f"<br/>{inline(medicine.note)}" if medicine.note else ""), styles().body)


def complications(record: PatientRecord, visit: Visit) -> Iterator[Flowable]:
    """Every complication known at the visit, with the procedure after which it came."""
    for complication in record.complications:
        if complication.date is None or complication.date.earliest <= visit.day:
            yield _complication(record, complication)


def _complication(record: PatientRecord, complication: Complication) -> Flowable:
    after = next((each for each in record.procedures if each.id == complication.procedure_id), None)
    rest = complication.words.removeprefix(complication.kind.label)
    text = bold(complication.kind.label) + inline(rest)
    if after is not None:
        text += inline("; " + _("after: {procedure}").format(procedure=after.words))
    return markup(text + (f"<br/>{inline(complication.note)}" if complication.note else ""), styles().body)
