"""Whole patients and lists of patients out of the file, each in a handful of questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from ssc_hand.domain.clinic import ExpectedLine, PatientLine
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.records import Key, LesionState, Observation, Patient, PatientRecord
from ssc_hand.domain.vocabulary import Expected, Sex
from ssc_hand.storage import photographs, rows
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.search import question

#: What a row raises that no record can be made of.
UNREADABLE = (Refused, ValueError, KeyError, TypeError)

_LIVE = "withdrawn_at IS NULL"
_PATIENT = f"{rows.PATIENTS.select} WHERE id = ? AND {_LIVE}"
_ID_BY_NUMBER = f"SELECT id FROM patient WHERE record_number = ? AND {_LIVE}"
_PROCEDURES = f"{rows.PROCEDURES.select} WHERE patient_id = ? AND {_LIVE} ORDER BY rowid"
_AMPUTATIONS = f"{rows.AMPUTATIONS.select} WHERE patient_id = ? AND {_LIVE} ORDER BY rowid"
_MEDICINES = f"{rows.MEDICINES.select} WHERE patient_id = ? AND {_LIVE} ORDER BY rowid"
_COMPLICATIONS = f"{rows.COMPLICATIONS.select} WHERE patient_id = ? AND {_LIVE} ORDER BY rowid"
_LESIONS = f"{rows.LESIONS.select} WHERE patient_id = ? AND {_LIVE} ORDER BY rowid"
_USED_LETTERS = "SELECT letter FROM lesion WHERE patient_id = ? AND withdrawn_at IS NOT NULL"
_VISITS = f"{rows.VISITS.select} WHERE patient_id = ? AND {_LIVE}"
_OF_VISITS = "visit_id IN (SELECT id FROM visit WHERE patient_id = ? AND visit.withdrawn_at IS NULL)"
_OBSERVATIONS = f"{rows.OBSERVATIONS.select} WHERE {_OF_VISITS} AND {_LIVE}"
_PHOTOGRAPHS = f"{photographs.PHOTOGRAPHS.select} WHERE {_OF_VISITS} AND {_LIVE} ORDER BY id"
_STATES = f"{rows.STATES.select} WHERE {_OF_VISITS} AND {_LIVE}"


def read_record(connection: Connection, patient_id: str) -> PatientRecord | None:
    """The whole patient; None where there is none with this id. Raises `Refused` for a row that is no record."""
    found = connection.execute(_PATIENT, (patient_id,)).fetchone()
    if found is None:
        return None
    of = (patient_id,)
    lesions = tuple(rows.load_lesion(row) for row in connection.execute(_LESIONS, of))
    known = {lesion.id for lesion in lesions}
    observations: defaultdict[str, dict[Key, Observation]] = defaultdict(dict)
    for row in connection.execute(_OBSERVATIONS, of):
        seen = rows.load_observation(row)
        observations[str(row[0])][seen.key] = seen
    states: defaultdict[str, dict[str, LesionState]] = defaultdict(dict)
    for row in connection.execute(_STATES, of):
        state = rows.load_state(row)
        if state.lesion_id in known:
            states[str(row[0])][state.lesion_id] = state
    visits = [
        rows.load_visit(row, observations.get(str(row[0]), {}), states.get(str(row[0]), {}))
        for row in connection.execute(_VISITS, of)
    ]
    return PatientRecord(
        patient=rows.load_patient(found),
        procedures=tuple(rows.load_procedure(row) for row in connection.execute(_PROCEDURES, of)),
        amputations=tuple(rows.load_amputation(row) for row in connection.execute(_AMPUTATIONS, of)),
        medicines=tuple(rows.load_medicine(row) for row in connection.execute(_MEDICINES, of)),
        complications=tuple(rows.load_complication(row) for row in connection.execute(_COMPLICATIONS, of)),
        lesions=lesions,
        used_letters=frozenset(str(letter) for (letter,) in connection.execute(_USED_LETTERS, of)),
        visits=tuple(sorted(visits, key=lambda visit: (visit.at, visit.id))),
        photographs=tuple(photographs.load_photograph(row) for row in connection.execute(_PHOTOGRAPHS, of)),
    )


def read_patient(connection: Connection, patient_id: str) -> Patient | None:
    """One patient's own row; None where there is none with this id."""
    found = connection.execute(_PATIENT, (patient_id,)).fetchone()
    return None if found is None else rows.load_patient(found)


def id_by_number(connection: Connection, record_number: str) -> str | None:
    """The id of the patient with a record number, whatever its case; None where there is none."""
    found = connection.execute(_ID_BY_NUMBER, (record_number,)).fetchone()
    return None if found is None else str(found[0])


def all_ids(connection: Connection) -> list[str]:
    """The ids of all patients, by record number."""
    return [str(row[0]) for row in connection.execute(f"SELECT id FROM patient WHERE {_LIVE} ORDER BY record_number")]


# Up to this many hits are put in order, at a microsecond each; more are met by walking along the names until the
# list is full, which costs a fifth of that for each name passed by.
_FEW = 15_000
_BY_NAME = f"FROM patient WHERE {_LIVE} ORDER BY sort_name, record_number LIMIT ?"
_ALL = f"SELECT number {_BY_NAME}"
_HITS = "SELECT rowid FROM patient_words WHERE patient_words MATCH ?"
_COUNT = f"SELECT count(*) FROM ({_HITS} LIMIT {_FEW + 1})"
_PUT_IN_ORDER = (
    f"SELECT number FROM patient_words CROSS JOIN patient ON number = patient_words.rowid "
    f"WHERE patient_words MATCH ? AND {_LIVE} ORDER BY sort_name, record_number LIMIT ?"
)
_WALK = (
    f"SELECT number FROM patient INDEXED BY patient_by_name WHERE {_LIVE} AND +number IN ({_HITS}) "
    "ORDER BY sort_name, record_number LIMIT ?"
)


def find(connection: Connection, text: str, limit: int) -> list[PatientLine]:
    """Patients by what was typed, by name; all of them for an empty text."""
    if not text.strip("\0 \t\r\n"):
        return _lines(connection, connection.execute(_ALL, (limit,)))
    asked = question(text)
    if not asked:
        return []
    (count,) = connection.execute(_COUNT, (asked,)).fetchone()
    plan = _PUT_IN_ORDER if count <= _FEW else _WALK
    return _lines(connection, connection.execute(plan, (asked, limit)))


_RECENT = (
    # Of those written in one transaction the newest come first.
    f"SELECT number FROM touched JOIN patient ON patient.id = patient_id WHERE {_LIVE} "
    "ORDER BY touched.at DESC, patient_id DESC LIMIT ?"
)


def recent(connection: Connection, limit: int) -> list[PatientLine]:
    """Patients by their last write, the latest first."""
    return _lines(connection, connection.execute(_RECENT, (limit,)))


_SEXES = {sex.value: sex for sex in Sex}
_LINE = (
    "SELECT id, record_number, family_name, given_name, birth_date, sex, "
    "(SELECT count(*) FROM visit WHERE patient_id = patient.id AND visit.withdrawn_at IS NULL), "
    "(SELECT substr(at, 1, 10) FROM visit WHERE patient_id = patient.id AND visit.withdrawn_at IS NULL "
    "ORDER BY julianday(at) DESC LIMIT 1), "
    "EXISTS (SELECT 1 FROM visit WHERE patient_id = patient.id AND state = 'draft' AND visit.withdrawn_at IS NULL) "
    "FROM patient WHERE number = ?"
)


def _lines(connection: Connection, numbers: Iterable[tuple[object, ...]]) -> list[PatientLine]:
    return [_line(connection, number) for (number,) in list(numbers)]


def _line(connection: Connection, number: object) -> PatientLine:
    row = connection.execute(_LINE, (number,)).fetchone()
    patient_id, record_number, family, given, birth, sex, visits, last, draft = row
    return PatientLine(
        id=patient_id,
        record_number=record_number,
        full_name=Patient(id=patient_id, record_number=record_number, family_name=family, given_name=given).full_name,
        birth_date=date.fromisoformat(birth) if birth else None,
        sex=_SEXES[sex] if sex else None,
        visits=visits,
        last_visit=date.fromisoformat(last) if last else None,
        has_draft=bool(draft),
    )


_EXPECTED = (
    "SELECT patient.number, "
    "(SELECT group_concat(state) FROM visit WHERE patient_id = patient.id AND substr(at, 1, 10) = expected.day "
    "AND visit.withdrawn_at IS NULL) "
    "FROM expected JOIN patient ON patient.id = expected.patient_id "
    "WHERE day = ? AND expected.withdrawn_at IS NULL AND patient.withdrawn_at IS NULL ORDER BY expected.number"
)


def expected(connection: Connection, day: date) -> list[ExpectedLine]:
    """The list of a day in the order in which it was made; a draft of that day counts before a finished visit."""
    found = connection.execute(_EXPECTED, (day.isoformat(),)).fetchall()
    return [ExpectedLine(patient=_line(connection, number), state=_state_of(states)) for number, states in found]


def _state_of(states: str | None) -> Expected:
    if not states:
        return Expected.NOT_BEGUN
    return Expected.DRAFT if "draft" in states else Expected.FINISHED
