"""Record to row and back: the two-way translation, and the statements that write a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
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
    load_all,
)
from ssc_hand.domain.records import (
    Amputation,
    Key,
    Lesion,
    LesionState,
    Observation,
    Patient,
    Procedure,
    Stamp,
    Visit,
)
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import Reason, VisitState
from ssc_hand.storage.driver import Row
from ssc_hand.storage.search import index_words, sort_name

_VISIT_STATES = {state.value: state for state in VisitState}
_REASONS = {reason.value: reason for reason in Reason}
_STAMP = ("changed_by", "changed_at", "version")


@dataclass(frozen=True)
class Table:
    """One table: its key, what is fixed when a row is made, what can change, and its statements."""

    name: str
    keys: tuple[str, ...]
    fixed: tuple[str, ...]
    columns: tuple[str, ...]
    #: New, or in place of a withdrawn one: keys, fixed, columns, at, by, at, by; gives the version.
    insert: str = field(init=False)
    #: columns, at, by, keys, expected version.
    update: str = field(init=False)
    #: at, by, at, by, keys, expected version.
    withdraw: str = field(init=False)
    #: keys; gives version, changed_at, changed_by, withdrawn_at.
    look: str = field(init=False)
    #: Start of a selection of keys, fixed, columns and stamp.
    select: str = field(init=False)

    def __post_init__(self) -> None:
        where = " AND ".join(f"{key} = ?" for key in self.keys)
        given = (*self.keys, *self.fixed, *self.columns)
        into = ", ".join((*given, "created_at", "created_by", "changed_at", "changed_by", "version"))
        marks = ", ".join("?" * (len(given) + 4))
        again = ", ".join(f"{column} = excluded.{column}" for column in (*self.columns, "changed_at", "changed_by"))
        sets = ", ".join(f"{column} = ?" for column in (*self.columns, "changed_at", "changed_by"))
        live = "withdrawn_at = NULL, withdrawn_by = NULL, version = version + 1"
        self._say(
            "insert",
            f"INSERT INTO {self.name} ({into}) VALUES ({marks}, 1) "
            f"ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {again}, {live} "
            f"WHERE {self.name}.withdrawn_at IS NOT NULL RETURNING version",
        )
        self._say("update", f"UPDATE {self.name} SET {sets}, {live} WHERE {where} AND version = ?")
        self._say(
            "withdraw",
            f"UPDATE {self.name} SET changed_at = ?, changed_by = ?, withdrawn_at = ?, withdrawn_by = ?, "
            f"version = version + 1 WHERE {where} AND version = ? AND withdrawn_at IS NULL",
        )
        self._say("look", f"SELECT version, changed_at, changed_by, withdrawn_at FROM {self.name} WHERE {where}")
        columns = ", ".join(f"{self.name}.{column}" for column in (*given, *_STAMP))
        self._say("select", f"SELECT {columns} FROM {self.name}")

    def _say(self, name: str, statement: str) -> None:
        object.__setattr__(self, name, statement)


def _columns(fields: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(each.key for each in fields)


PATIENTS = Table("patient", ("id",), (), (*_columns(PATIENT), "sort_name", "words"))
PROCEDURES = Table("procedure", ("id",), ("patient_id",), _columns(PROCEDURE))
AMPUTATIONS = Table("amputation", ("id",), ("patient_id",), ("site", *_columns(AMPUTATION)))
MEDICINES = Table("medicine", ("id",), ("patient_id",), _columns(MEDICINE))
COMPLICATIONS = Table("complication", ("id",), ("patient_id",), ("procedure_id", *_columns(COMPLICATION)))
LESIONS = Table(
    "lesion", ("id",), ("patient_id",), ("letter", "site", "aspect", "x", "y", "follows", *_columns(LESION))
)
VISITS = Table("visit", ("id",), (), ("patient_id", "state", "remarks", *_columns(VISIT)))
OBSERVATIONS = Table("observation", ("visit_id", "site", "measure", "repeat"), (), ("value", "reason", "reason_text"))
STATES = Table("lesion_state", ("visit_id", "lesion_id"), (), _columns(LESION_STATE))


def scalars(fields: tuple[Field, ...], record: object) -> list[Any]:
    """The scalars of all fields, checked and cleaned as if they had been typed; raises `Refused`."""
    return [each.dump(each.load(each.dump(getattr(record, each.key)))) for each in fields]


def patient_values(patient: Patient) -> list[Any]:
    """The changing columns of a patient."""
    return [*scalars(PATIENT, patient), sort_name(patient), index_words(patient)]


def visit_values(visit: Visit) -> list[Any]:
    """The changing columns of a visit's own row."""
    return [visit.patient_id, visit.state.value, "\n".join(visit.remarks), *scalars(VISIT, visit)]


def amputation_values(amputation: Amputation) -> list[Any]:
    """The changing columns of an amputation."""
    return [amputation.site.code, *scalars(AMPUTATION, amputation)]


def complication_values(complication: Complication) -> list[Any]:
    """The changing columns of a complication."""
    return [complication.procedure_id, *scalars(COMPLICATION, complication)]


def lesion_values(lesion: Lesion) -> list[Any]:
    """The changing columns of a lesion."""
    place = [lesion.site.code, lesion.aspect.value, lesion.x, lesion.y]
    return [lesion.letter, *place, lesion.follows, *scalars(LESION, lesion)]


def observation_values(seen: Observation) -> list[Any]:
    """The changing columns of an observation that was checked."""
    if seen.reason is not None:
        return [None, seen.reason.value, seen.reason_text]
    return [CATALOGUE[seen.measure].kind.dump(seen.value), None, ""]


def _stamp(row: Row) -> Stamp:
    by, at, version = row[-3:]
    return Stamp(by=str(by), at=datetime.fromisoformat(str(at)), version=int(str(version)))


def _named(columns: tuple[str, ...], row: Row, start: int) -> dict[str, object]:
    return dict(zip(columns, row[start:], strict=False))


def load_patient(row: Row) -> Patient:
    """The patient of a row; raises `Refused` where it holds what no record can, as all of these do."""
    values: dict[str, Any] = load_all(PATIENT, _named(PATIENTS.columns, row, 1))
    return Patient(id=str(row[0]), stamp=_stamp(row), **values)


def load_procedure(row: Row) -> Procedure:
    """The procedure of a row."""
    values: dict[str, Any] = load_all(PROCEDURE, _named(PROCEDURES.columns, row, 2))
    return Procedure(id=str(row[0]), patient_id=str(row[1]), stamp=_stamp(row), **values)


def load_amputation(row: Row) -> Amputation:
    """The amputation of a row."""
    values: dict[str, Any] = load_all(AMPUTATION, _named(AMPUTATIONS.columns, row, 2))
    site = parse_site(str(row[2]))
    return Amputation(id=str(row[0]), patient_id=str(row[1]), site=site, stamp=_stamp(row), **values)


def load_medicine(row: Row) -> Medicine:
    """The medicine of a row."""
    values: dict[str, Any] = load_all(MEDICINE, _named(MEDICINES.columns, row, 2))
    return Medicine(id=str(row[0]), patient_id=str(row[1]), stamp=_stamp(row), **values)


def load_complication(row: Row) -> Complication:
    """The complication of a row."""
    stored = _named(COMPLICATIONS.columns, row, 2)
    values: dict[str, Any] = load_all(COMPLICATION, stored)
    after = None if stored["procedure_id"] is None else str(stored["procedure_id"])
    return Complication(id=str(row[0]), patient_id=str(row[1]), procedure_id=after, stamp=_stamp(row), **values)


def load_lesion(row: Row) -> Lesion:
    """The lesion of a row."""
    stored = _named(LESIONS.columns, row, 2)
    values: dict[str, Any] = load_all(LESION, stored)
    point: dict[str, Any] = {"x": stored["x"], "y": stored["y"], "follows": stored["follows"]}
    return Lesion(
        id=str(row[0]),
        patient_id=str(row[1]),
        letter=str(stored["letter"]),
        site=parse_site(str(stored["site"])),
        aspect=Aspect(str(stored["aspect"])),
        stamp=_stamp(row),
        **point,
        **values,
    )


def load_remarks(stored: object) -> tuple[str, ...]:
    """The remarks on a visit, kept one a line."""
    return tuple(str(stored).split("\n")) if stored else ()


def load_visit(row: Row, observations: dict[Key, Observation], states: dict[str, LesionState]) -> Visit:
    """The visit of a row, with what was recorded at it."""
    stored = _named(VISITS.columns, row, 1)
    values: dict[str, Any] = load_all(VISIT, stored)
    return Visit(
        id=str(row[0]),
        patient_id=str(stored["patient_id"]),
        state=_VISIT_STATES[str(stored["state"])],
        remarks=load_remarks(stored["remarks"]),
        observations=MappingProxyType(observations),
        states=MappingProxyType(states),
        stamp=_stamp(row),
        **values,
    )


def load_observation(row: Row) -> Observation:
    """The observation of a row; its measure must be known."""
    _visit, site, measure, repeat, value, reason, reason_text = row[:7]
    key = str(measure)
    return Observation(
        site=parse_site(str(site)),
        measure=key,
        repeat=int(str(repeat)),
        value=None if value is None else CATALOGUE.known(key).kind.load(value),
        reason=None if reason is None else _REASONS[str(reason)],
        reason_text=str(reason_text),
        stamp=_stamp(row),
    )


def load_state(row: Row) -> LesionState:
    """The state of a lesion of a row."""
    values: dict[str, Any] = load_all(LESION_STATE, _named(STATES.columns, row, 2))
    return LesionState(lesion_id=str(row[1]), stamp=_stamp(row), **values)
