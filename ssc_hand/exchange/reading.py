"""Reads a bundle's patients, visits and observations, and says where anything is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.checks import (
    check_amputation,
    check_complication,
    check_medicine,
    check_observation,
    check_patient,
    check_procedure,
    check_visit,
)
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import AMPUTATION, COMPLICATION, MEDICINE, PATIENT, PROCEDURE, VISIT
from ssc_hand.domain.kinds import Text
from ssc_hand.domain.photographs import check_photograph
from ssc_hand.domain.records import (
    Amputation,
    Key,
    Observation,
    Patient,
    PatientRecord,
    Procedure,
    Visit,
    not_assessed,
    observation,
)
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import AmputationCheck, Reason, VisitState
from ssc_hand.exchange.given import Ids, items, keys, line, mapping, term, values
from ssc_hand.exchange.photographs import read_photograph
from ssc_hand.exchange.places import within
from ssc_hand.exchange.reading_lesions import LesionReader
from ssc_hand.i18n import _

FORMAT = "ssc_hand.bundle"
VERSION = 1

_BUNDLE_KEYS = frozenset({"format", "version", "patients"})
_PATIENT_KEYS = keys(PATIENT) | {"id", "procedures", "amputations", "medicines", "complications", "visits"}
_PROCEDURE_KEYS = keys(PROCEDURE) | {"id"}
_AMPUTATION_KEYS = keys(AMPUTATION) | {"id", "site"}
_MEDICINE_KEYS = keys(MEDICINE) | {"id"}
_COMPLICATION_KEYS = keys(COMPLICATION) | {"id", "procedure"}
_VISIT_KEYS = keys(VISIT) | {"id", "state", "remarks", "observations", "lesions", "photographs"}
_OBSERVATION_KEYS = frozenset({"measure", "site", "repeat", "value", "unit", "reason", "reason_text"})


def from_json(
    given: object, *, now: datetime | None = None, pictures: dict[str, bytes] | None = None
) -> list[PatientRecord]:
    """The records of a bundle that has been parsed; `now` is the clock by which dates lie in the future.

    The pictures that came along are put into `pictures`, by the ids of their photographs.
    """
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise Refused(_("This JSON file is not a bundle: it does not say “format”: “{format}”.").format(format=FORMAT))
    _check_version(given.get("version"))
    patients = items(mapping(given, _BUNDLE_KEYS), "patients")
    if "patients" not in given:
        raise Refused(_("The bundle has no list of patients."))
    ids, clock = Ids(), now or datetime.now(UTC).astimezone()
    records: list[PatientRecord] = []
    numbers: dict[str, int] = {}
    for count, each in enumerate(patients, start=1):
        with within(_patient_place(count, each)):
            record = _PatientReader(ids, clock, {} if pictures is None else pictures).read(each)
            number = record.patient.record_number
            if number in numbers:
                raise Refused(_("patient {n} has the same record number.").format(n=numbers[number]))
        numbers[number] = count
        records.append(record)
    return records


def _check_version(version: object) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Refused(_("The bundle does not say its version, which is a whole number from 1."))
    if version > VERSION:
        raise Refused(
            _(
                "The bundle was written by a newer version of the program (bundle version {theirs}; this one reads "
                "{ours}). Update the program, then import it again."
            ).format(theirs=version, ours=VERSION)
        )


def _patient_place(count: int, given: object) -> str:
    number = given.get("record_number") if isinstance(given, dict) else None
    if isinstance(number, str) and number.strip():
        return _("patient {n} (record {record})").format(n=count, record=number.strip()[:40])
    return _("patient {n}").format(n=count)


class _PatientReader:
    """Reads one patient; lesions need all visits at hand before their letters and links are known."""

    def __init__(self, ids: Ids, now: datetime, pictures: dict[str, bytes]) -> None:
        self._pictures = pictures
        self._photographs: dict[str, tuple[str, list[Any]]] = {}
        self._ids = ids
        self._now = now
        self._today = now.date()
        #: The procedures of the patient by their id in the file.
        self._procedure_ids: dict[object, str] = {}

    def read(self, given: object) -> PatientRecord:
        """The whole patient."""
        found = mapping(given, _PATIENT_KEYS)
        patient = Patient(id=self._ids.take(found.get("id")), **values(PATIENT, found))
        check_patient(patient, self._today)
        visits = self._visits(patient, items(found, "visits"))
        lesions = LesionReader(self._ids, patient, self._today)
        for _count, visit, entries in visits:
            lesions.meet(visit, entries, place=_visit_place(_count))
        record = PatientRecord(
            patient=patient,
            procedures=self._procedures(patient, items(found, "procedures")),
            amputations=self._amputations(patient, items(found, "amputations")),
            medicines=self._medicines(patient, items(found, "medicines")),
            complications=self._complications(patient, items(found, "complications")),
            lesions=lesions.lesions(),
            visits=tuple(visit for _count, visit, _entries in visits),
        )
        return self._with_photographs(lesions.with_states(record), lesions)

    def _with_photographs(self, record: PatientRecord, lesions: LesionReader) -> PatientRecord:
        """The record with the photographs of all visits; their lesions are known by now."""
        for visit in record.visits:
            place, entries = self._photographs[visit.id]
            for count, each in enumerate(entries, start=1):
                with within(place), within(_("photograph {n}").format(n=count)):
                    photograph, content = read_photograph(each, visit.id, self._ids, lesions.id_of)
                    check_photograph(photograph, record.patient, self._now)
                if content is not None:
                    self._pictures[photograph.id] = content
                record = record.with_photograph(photograph)
        return record

    def _procedures(self, patient: Patient, given: list[Any]) -> tuple[Procedure, ...]:
        found = []
        for count, each in enumerate(given, start=1):
            with within(_("procedure {n}").format(n=count)):
                entry = mapping(each, _PROCEDURE_KEYS)
                own_id = self._ids.take(entry.get("id"))
                procedure = Procedure(id=own_id, patient_id=patient.id, **values(PROCEDURE, entry))
                check_procedure(procedure, patient, self._today)
                if entry.get("id") is not None:
                    self._procedure_ids[entry["id"]] = own_id
                found.append(procedure)
        return tuple(found)

    def _amputations(self, patient: Patient, given: list[Any]) -> tuple[Amputation, ...]:
        found = []
        for count, each in enumerate(given, start=1):
            with within(_("amputation {n}").format(n=count)):
                entry = mapping(each, _AMPUTATION_KEYS)
                amputation = Amputation(
                    id=self._ids.take(entry.get("id")),
                    patient_id=patient.id,
                    site=parse_site(entry.get("site", "")),
                    **values(AMPUTATION, entry),
                )
                check_amputation(amputation, patient, self._today)
                found.append(amputation)
        return tuple(found)

    def _medicines(self, patient: Patient, given: list[Any]) -> tuple[Medicine, ...]:
        found = []
        for count, each in enumerate(given, start=1):
            with within(_("medicine {n}").format(n=count)):
                entry = mapping(each, _MEDICINE_KEYS)
                own_id = self._ids.take(entry.get("id"))
                medicine = Medicine(id=own_id, patient_id=patient.id, **values(MEDICINE, entry))
                check_medicine(medicine, patient, self._today)
                found.append(medicine)
        return tuple(found)

    def _complications(self, patient: Patient, given: list[Any]) -> tuple[Complication, ...]:
        """Read after the procedures, to which they can belong."""
        found = []
        for count, each in enumerate(given, start=1):
            with within(_("complication {n}").format(n=count)):
                entry = mapping(each, _COMPLICATION_KEYS)
                complication = Complication(
                    id=self._ids.take(entry.get("id")),
                    patient_id=patient.id,
                    procedure_id=self._procedure_of(entry.get("procedure")),
                    **values(COMPLICATION, entry),
                )
                check_complication(complication, patient, self._today)
                found.append(complication)
        return tuple(found)

    def _procedure_of(self, given: object) -> str | None:
        if given is None:
            return None
        if not isinstance(given, str) or given not in self._procedure_ids:
            raise Refused(_("“procedure” is the id of a procedure of the same patient."))
        return self._procedure_ids[given]

    def _visits(self, patient: Patient, given: list[Any]) -> list[tuple[int, Visit, list[Any]]]:
        """Each visit with its number in the file and what it says of lesions, by date and time."""
        found = []
        local: set[object] = set()
        for count, each in enumerate(given, start=1):
            with within(_visit_place(count)):
                entry = mapping(each, _VISIT_KEYS)
                visit = self._visit(patient, entry)
                own = entry.get("id")
                if own is not None and own in local:
                    raise Refused(_("The id {id} is used twice.").format(id=own))
                local.add(own)
                found.append((count, visit, items(entry, "lesions")))
                self._photographs[visit.id] = (_visit_place(count), items(entry, "photographs"))
        return sorted(found, key=lambda each: (each[1].at, each[1].id))

    def _visit(self, patient: Patient, entry: Mapping[str, Any]) -> Visit:
        state = entry.get("state")
        visit = Visit(
            id=self._ids.take(entry.get("id")),
            patient_id=patient.id,
            **values(VISIT, entry),
            state=VisitState.FINAL if state is None else term(VisitState, state),
            remarks=tuple(str(Text(lines=True).load(each)) for each in items(entry, "remarks")),
        )
        check_visit(visit, patient, self._now)
        observations = _observations(items(entry, "observations"))
        for seen in observations.values():
            check_observation(seen, patient, self._now.date())
        return replace(visit, observations=MappingProxyType(observations))


def _visit_place(count: int) -> str:
    return _("visit {n}").format(n=count)


def _observations(given: list[Any]) -> dict[Key, Observation]:
    found: dict[Key, Observation] = {}
    for count, each in enumerate(given, start=1):
        with within(_("observation {n}").format(n=count)):
            new = _observation(mapping(each, _OBSERVATION_KEYS))
            if new.value is AmputationCheck.NOT_REEXAMINED:
                continue  # as for a lesion: it says that the visit says nothing
            if new.key in found:
                raise Refused(
                    _("{measure}, {site}: this is written twice at one visit.").format(
                        measure=CATALOGUE[new.measure].name, site=new.site.name
                    )
                )
            found[new.key] = new
    return found


def _observation(entry: Mapping[str, Any]) -> Observation:
    measure = CATALOGUE.known(_word(entry, "measure"))
    site = parse_site(_word(entry, "site"))
    unit, repeat = entry.get("unit"), entry.get("repeat", 1)
    if unit is not None and unit != measure.unit:
        raise Refused(
            _("{measure} is kept in {known}, and not in “{unit}”.").format(
                measure=measure.name, known=measure.unit or _("plain numbers"), unit=str(unit)[:20]
            )
        )
    if isinstance(repeat, bool) or not isinstance(repeat, int):
        raise Refused(_("“repeat” is a whole number from 1."))
    value, reason = entry.get("value"), entry.get("reason")
    words = line(entry.get("reason_text"))
    if reason is None and not words and value is not None:
        return observation(site, measure.key, value, repeat=repeat)
    if value is not None or reason is None:
        raise Refused(_("A value is either recorded or could not be assessed, never both and never neither."))
    if measure.derived:
        raise Refused(_("{measure} is computed and cannot be entered.").format(measure=measure.name))
    return not_assessed(site, measure.key, term(Reason, reason), words, repeat=repeat)


def _word(entry: Mapping[str, Any], key: str) -> str:
    found = entry.get(key)
    if not isinstance(found, str):
        raise Refused(_("“{key}” is missing.").format(key=key))
    return found
