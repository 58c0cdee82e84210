"""What the sections of a patient's page list: procedures, amputations, medicines, complications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, TypeVar, cast

from ssc_hand.domain.anatomy import Scope, parse_site, sites_of
from ssc_hand.domain.background import volume_remark, volume_words
from ssc_hand.domain.checks import check_amputation, check_complication, check_medicine, check_procedure
from ssc_hand.domain.fields import AMPUTATION, COMPLICATION, MEDICINE, PROCEDURE, Field
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Choice, Value
from ssc_hand.domain.records import WHOLE_BODY, Amputation, Patient, PatientRecord, Procedure
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import ProcedureKind, Side, Term
from ssc_hand.i18n import N_, _
from ssc_hand.ui.patients.record_section import SectionKind
from ssc_hand.ui.patients.words import amputation_words

_Record = TypeVar("_Record", Procedure, Amputation, Medicine, Complication)

#: The ten digits as words of a list, keyed by their codes.
_DIGITS: type[Term] = cast(Any, Term)(
    "_DIGITS", [(site.code, (site.code, site.name)) for site in sites_of(Scope.DIGIT)]
)
_SITE = Field(key="site", label=N_("Digit"), kind=Choice(_DIGITS), required=True)
_AFTER = "procedure_id"
_VOLUMES = frozenset({"fat_ml", "adsvf_ml", "injections"})
#: Procedures of which something is injected.
_INJECTED = (ProcedureKind.ADSVF, ProcedureKind.FAT)


def values_of(fields: Sequence[Field], record: object) -> dict[str, Value | None]:
    """The values of a record for a form of these fields."""
    return {field.key: getattr(record, field.key) for field in fields}


def _procedure_words(procedure: Procedure) -> str:
    return "; ".join(part for part in (procedure.words, volume_words(procedure)) if part)


def _made(kind: type[_Record], patient: Patient, old: _Record | None, values: Mapping[str, Value | None]) -> _Record:
    """The record that is changed, or else a new one of the patient, with these values."""
    known = cast(dict[str, Any], dict(values))
    return replace(old, **known) if old else kind(id=new_id(), patient_id=patient.id, **known)


def _not_asked(kind: Value | None) -> frozenset[str]:
    return frozenset() if kind in _INJECTED else _VOLUMES


def _settled(kind: Value | None) -> dict[str, Value | None]:
    """What the kind of a procedure settles by itself: of the whole body, a side or a digit means nothing."""
    return {"side": Side.BOTH, "digits": None} if kind in WHOLE_BODY else {}


def procedures() -> SectionKind:
    """What was done to a hand, or is planned."""
    return SectionKind(
        title=_("Procedures"),
        none_yet=_("No procedure recorded."),
        add_text=_("Add procedure"),
        fields=PROCEDURE,
        words=_procedure_words,
        remark=volume_remark,
        values=partial(values_of, PROCEDURE),
        make=partial(_made, Procedure),
        check=check_procedure,
        left_out=_not_asked,
        settled=_settled,
    )


def _amputation_values(amputation: Amputation) -> dict[str, Value | None]:
    return {**values_of(AMPUTATION, amputation), _SITE.key: _SITE.load(amputation.site.code)}


def _make_amputation(patient: Patient, old: Amputation | None, values: Mapping[str, Value | None]) -> Amputation:
    site = parse_site(str(values[_SITE.key]))
    return _made(Amputation, patient, old, {**values, _SITE.key: cast(Any, site)})


def amputations() -> SectionKind:
    """Digits that end early."""
    return SectionKind(
        title=_("Amputations"),
        none_yet=_("No amputation recorded."),
        add_text=_("Add amputation"),
        fields=(_SITE, *AMPUTATION),
        words=amputation_words,
        values=_amputation_values,
        make=_make_amputation,
        check=check_amputation,
    )


def medicines() -> SectionKind:
    """What is taken, and what was; that none is taken is asked beside it."""
    return SectionKind(
        title=_("Medicines"),
        none_yet=_("No medicine recorded."),
        add_text=_("Add medicine"),
        fields=MEDICINE,
        words=attrgetter("words"),
        values=partial(values_of, MEDICINE),
        make=partial(_made, Medicine),
        check=check_medicine,
    )


def now_first(record: PatientRecord, today: date) -> list[Medicine]:
    """The medicines taken now by class, then those that were stopped, the latest first."""
    order = list(type(record.medicines[0].kind)) if record.medicines else []
    ended = sorted((each for each in record.medicines if each.has_ended_by(today)), key=_stop, reverse=True)
    taken = (each for each in record.medicines if not each.has_ended_by(today))
    return [*sorted(taken, key=lambda each: order.index(each.kind)), *ended]


def _stop(medicine: Medicine) -> str:
    return str(medicine.stop)


def _complication_values(after: frozenset[str], complication: Complication) -> dict[str, Value | None]:
    # A procedure that was withdrawn meanwhile cannot be chosen any more.
    known = complication.procedure_id if complication.procedure_id in after else None
    return {**values_of(COMPLICATION, complication), _AFTER: known}


def _make_complication(patient: Patient, old: Complication | None, values: Mapping[str, Value | None]) -> Complication:
    after = values.get(_AFTER)
    known = {**values, _AFTER: None if after is None else str(after)}
    return _made(Complication, patient, old, known)


def complications(after: Sequence[Procedure] = ()) -> SectionKind:
    """What went wrong; `after` are the procedures that it can be put down to."""
    return SectionKind(
        title=_("Complications"),
        none_yet=_("No complication recorded."),
        add_text=_("Add complication"),
        fields=_fields_of_complications(tuple((each.id, each.words) for each in after)),
        words=attrgetter("words"),
        values=partial(_complication_values, frozenset(each.id for each in after)),
        make=_make_complication,
        check=check_complication,
    )


@lru_cache(maxsize=8)
def _fields_of_complications(after: tuple[tuple[str, str], ...]) -> tuple[Field, ...]:
    """The fields of a complication, with the procedures as words of a list; the same tuple for the same procedures."""
    if not after:
        return COMPLICATION
    members = [(f"PROCEDURE_{number}", each) for number, each in enumerate(after)]
    terms: type[Term] = cast(Any, Term)("_AFTER", members)
    return (*COMPLICATION[:-1], Field(key=_AFTER, label=N_("After"), kind=Choice(terms)), COMPLICATION[-1])
