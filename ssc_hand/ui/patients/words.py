"""What lists and banners say about a patient."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from ssc_hand.domain.background import allergy_words, smoking_words, thinner_words
from ssc_hand.domain.clinic import PatientLine
from ssc_hand.domain.dates import age_on, day_label
from ssc_hand.domain.fields import PATIENT, field_of
from ssc_hand.domain.records import Amputation, Patient, PatientRecord, Procedure
from ssc_hand.domain.vocabulary import ProcedureState
from ssc_hand.i18n import _, ngettext

_NO_BREAK = "\u00a0"
_SHORT = 24
#: Around a text of unknown direction (UAX #9: first strong isolate, pop directional isolate).
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
#: Between two facts of a line; a line may end with it, and never begins with it.
DOT = f"{_NO_BREAK}{_NO_BREAK}·  "


def together(facts: Iterator[str] | list[str]) -> str:
    """The facts in one text that breaks between them, not within a short one."""
    return DOT.join(fact.replace(" ", _NO_BREAK) if len(fact) <= _SHORT else fact for fact in facts if fact)


def isolated(words: str, *typed: str | None) -> str:
    """The words with what was typed from right to left kept to itself, so that it turns nothing around it."""
    for each in sorted({text for text in typed if text and _is_turned(text)}, key=len, reverse=True):
        words = words.replace(each, f"{_ISOLATE}{each}{_END_ISOLATE}")
    return words


def _is_turned(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in text)


def isolated_record(words: str, record: object) -> str:
    """The words about a medicine, a procedure or a complication, each of its own texts kept to itself."""
    values = (getattr(record, field.name) for field in fields(record)) if is_dataclass(record) else ()
    return isolated(words, *(value for value in values if isinstance(value, str)))


def birth_words(birth: date | None, today: date) -> str:
    """ "12 Mar 1964 (62 y)", or that it is not recorded."""
    if birth is None:
        return _("birth date not recorded")
    return _("{day} ({age} y)").format(day=day_label(birth), age=age_on(birth, today))


def line_detail(line: PatientLine, today: date) -> str:
    """Beneath the name in a list: record number, birth date, number of visits; short, so that many fit."""
    visits = ngettext("{n} visit", "{n} visits", line.visits).format(n=line.visits)
    birth = day_label(line.birth_date) if line.birth_date else birth_words(None, today)
    return together([line.record_number, birth, visits])


def identity(patient: Patient, today: date) -> str:
    """Beneath the name in the banner: whatever tells one person from another."""
    return together(_facts(patient, today))


def _facts(patient: Patient, today: date) -> Iterator[str]:
    yield _("Record number {number}").format(number=_alone(patient.record_number))
    birth = birth_words(patient.birth_date, today)
    yield _("born {when}").format(when=birth) if patient.birth_date else birth
    yield patient.sex.label if patient.sex else _("sex not recorded")
    if patient.dominant_hand:
        yield f"{field_of(PATIENT, 'dominant_hand').name}: {patient.dominant_hand.label}"
    if patient.subset:
        yield f"{field_of(PATIENT, 'subset').name}: {patient.subset.label}"


def plans_first(procedures: tuple[Procedure, ...]) -> list[Procedure]:
    """Planned ones first, then the newest; those without a date last."""
    dated = sorted(procedures, key=lambda each: str(each.date or ""), reverse=True)
    return sorted(dated, key=lambda each: each.state is not ProcedureState.PLANNED)


def plans(record: PatientRecord) -> str:
    """The planned procedures, loud; empty where none is planned."""
    found = plans_first(record.procedures)
    return "; ".join(each.words for each in found if each.state is ProcedureState.PLANNED)


def history(record: PatientRecord) -> str:
    """Procedures that are not planned any more, and amputations; empty where there are none."""
    past = [each.words for each in plans_first(record.procedures) if each.state is not ProcedureState.PLANNED]
    return "; ".join([*past, *(amputation_words(each) for each in record.amputations)])


def risks(record: PatientRecord, today: date) -> str:
    """What to fear before touching a hand: allergies, blood thinners, smoking; each "not recorded" where it is not."""
    missing, found = [], []
    for name, said in (
        (_("Allergies"), allergy_words(record.patient)),
        (_("Anticoagulant or antiplatelet"), thinner_words(record, today)),
        (_("Smoking"), smoking_words(record.patient)),
    ):
        if said == _("not recorded"):
            missing.append(name[:1].lower() + name[1:])
        else:
            found.append(f"{name}: {_alone(said)}")
    if missing:
        text = _("Not recorded: {names}").format(names=", ".join(missing))
        found.append(text)
    typed = [text for each in record.medicines for text in (each.name, each.dose)]
    return isolated(together(found), record.patient.allergies, *typed)


def _alone(said: str) -> str:
    """What was typed, in quotation marks where its own dot would make it look like two facts of ours."""
    return f"“{said}”" if DOT.strip() in said else said


def amputation_words(amputation: Amputation) -> str:
    """ "right middle: amputated 2024, through the distal phalanx"."""
    return f"{amputation.words}, {amputation.level.label}"
