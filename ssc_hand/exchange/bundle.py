"""The bundle: whole patients as plain JSON, written in one stable order and read with the checks of the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ssc_hand.domain.amputations import CHECK, to_look_at
from ssc_hand.domain.anatomy import site_order
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import (
    AMPUTATION,
    COMPLICATION,
    LESION,
    LESION_STATE,
    MEDICINE,
    PATIENT,
    PROCEDURE,
    VISIT,
    Field,
)
from ssc_hand.domain.injections import Injections, as_objects
from ssc_hand.domain.kinds import Several
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    PatientRecord,
    Procedure,
    Visit,
    letter_number,
    observation,
)
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import Status
from ssc_hand.exchange import photographs
from ssc_hand.exchange.json_text import MOST_BYTES, read_json, write_json
from ssc_hand.exchange.reading import FORMAT, VERSION, from_json
from ssc_hand.i18n import _

_MEASURE_ORDER = {key: number for number, key in enumerate(CATALOGUE)}


def to_bundle(records: Iterable[PatientRecord], pictures: Mapping[str, bytes] | None = None) -> dict[str, Any]:
    """The current clinical records as a bundle: no stamps, nothing withdrawn, patients by record number.

    `pictures` holds the bytes of photographs by their ids; without it only their descriptions are written.
    """
    ordered = sorted(records, key=lambda record: record.patient.record_number)
    return {"format": FORMAT, "version": VERSION, "patients": [_patient(record, pictures or {}) for record in ordered]}


def dumps(bundle: dict[str, Any]) -> str:
    """The bundle as text, always the same for the same records; `Refused` where nobody could read it back."""
    text = write_json(bundle)
    if len(text) > MOST_BYTES // 4 and len(text.encode()) > MOST_BYTES:
        raise Refused(_("These records make a file too large to be read back. Export fewer patients at a time."))
    return text


def from_bundle(text: str) -> list[PatientRecord]:
    """The records of a bundle; raises `Refused` naming patient, visit and entry where anything is wrong."""
    return from_bundle_with_pictures(text)[0]


def from_bundle_with_pictures(text: str) -> tuple[list[PatientRecord], dict[str, bytes]]:
    """The records of a bundle, and the pictures that came with it by the ids of photographs; raises `Refused`."""
    if len(text) > MOST_BYTES:
        raise Refused(_("The file has more than {n} million characters, which no bundle has.").format(n=200))
    pictures: dict[str, bytes] = {}
    return from_json(read_json(text), pictures=pictures), pictures


def _patient(record: PatientRecord, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    written = {"id": record.patient.id, **_fields(PATIENT, record.patient)}
    if record.procedures:
        written["procedures"] = [_procedure(each) for each in sorted(record.procedures, key=_procedure_order)]
    if record.amputations:
        written["amputations"] = [_amputation(each) for each in sorted(record.amputations, key=_amputation_order)]
    if record.medicines:
        written["medicines"] = [_medicine(each) for each in sorted(record.medicines, key=_medicine_order)]
    if record.complications:
        ordered = sorted(record.complications, key=_complication_order)
        written["complications"] = [_complication(record, each) for each in ordered]
    visits = sorted(record.visits, key=lambda visit: (visit.at, visit.id))
    written["visits"] = [_visit(record, visit) | photographs.written(record, visit, pictures) for visit in visits]
    return written


def _fields(fields: tuple[Field, ...], record: object) -> dict[str, Any]:
    """The recorded fields, in their order; what is not recorded is left out."""
    values = ((field, getattr(record, field.key)) for field in fields)
    return {field.key: _scalar(field, value) for field, value in values if value not in (None, "", ())}


def _scalar(field: Field, value: Any) -> Any:
    if isinstance(field.kind, Injections):
        return as_objects(value)
    return [term.value for term in value] if isinstance(field.kind, Several) else field.dump(value)


def _procedure(procedure: Procedure) -> dict[str, Any]:
    return {"id": procedure.id, **_fields(PROCEDURE, procedure)}


def _procedure_order(procedure: Procedure) -> tuple[str, str]:
    return (procedure.date or "", procedure.id)


def _amputation(amputation: Amputation) -> dict[str, Any]:
    return {"id": amputation.id, "site": amputation.site.code, **_fields(AMPUTATION, amputation)}


def _amputation_order(amputation: Amputation) -> tuple[int, str, str]:
    return (site_order(amputation.site), amputation.date or "", amputation.id)


def _medicine(medicine: Medicine) -> dict[str, Any]:
    return {"id": medicine.id, **_fields(MEDICINE, medicine)}


def _medicine_order(medicine: Medicine) -> tuple[str, str]:
    return (medicine.start or "", medicine.id)


def _complication(record: PatientRecord, complication: Complication) -> dict[str, Any]:
    written = {"id": complication.id, **_fields(COMPLICATION, complication)}
    # A procedure that was withdrawn stays behind.
    if any(each.id == complication.procedure_id for each in record.procedures):
        written["procedure"] = complication.procedure_id
    return written


def _complication_order(complication: Complication) -> tuple[str, str]:
    return (complication.date or "", complication.id)


def _visit(record: PatientRecord, visit: Visit) -> dict[str, Any]:
    written = {"id": visit.id, **_fields(VISIT, visit), "state": visit.state.value}
    if visit.remarks:
        written["remarks"] = list(visit.remarks)
    unasked = [observation(each.site, CHECK, each.check.value) for each in to_look_at(record, visit)]
    observations = sorted([*visit.observations.values(), *unasked], key=_observation_order)
    written["observations"] = [_observation(each) for each in observations]
    written["lesions"] = _lesions(record, visit)
    return written


def _observation_order(seen: Observation) -> tuple[int, int, int]:
    return (site_order(seen.site), _MEASURE_ORDER[seen.measure], seen.repeat)


def _observation(seen: Observation) -> dict[str, Any]:
    measure = CATALOGUE[seen.measure]
    written: dict[str, Any] = {"measure": measure.key, "site": seen.site.code}
    if seen.repeat > 1:
        written["repeat"] = seen.repeat
    if seen.reason is not None:
        written["reason"] = seen.reason.value
        if seen.reason_text:
            written["reason_text"] = seen.reason_text
        return written
    written["value"] = measure.kind.dump(seen.value)
    if measure.unit:
        written["unit"] = measure.unit
    return written


def _lesions(record: PatientRecord, visit: Visit) -> list[dict[str, Any]]:
    """What the visit says of each lesion, and which it carries over unexamined, by letter.

    That a lesion ended with its digit is not written: it follows from the amputations.
    """
    carried = (found.state for found in lesions_at(record, visit) if found.status is Status.NOT_REEXAMINED)
    states = {state.lesion_id: state for state in carried} | dict(visit.states)
    known = [lesion for lesion in record.lesions if lesion.id in states]
    known.sort(key=lambda lesion: (letter_number(lesion.letter), lesion.id))
    return [_lesion(lesion, states[lesion.id]) for lesion in known]


def _lesion(lesion: Lesion, state: LesionState) -> dict[str, Any]:
    written: dict[str, Any] = {"id": lesion.id, "letter": lesion.letter}
    fields = _fields(LESION, lesion)
    written["kind"] = fields.pop("kind")
    written |= {"site": lesion.site.code, "aspect": lesion.aspect.value}
    if lesion.x is not None and lesion.y is not None:
        written |= {"x": float(lesion.x), "y": float(lesion.y)}
    written |= fields
    if lesion.follows:
        written["follows"] = lesion.follows
    return written | _fields(LESION_STATE, state)
