"""One batch of changes inside one transaction: checks, versions, and a sentence for whatever stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from ssc_hand.domain import checks, records
from ssc_hand.domain.changes import Change, Put, Record
from ssc_hand.domain.dates import PartialDate, day_label, time_label
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.fields import LESION_STATE, MEDICINE, PROCEDURE
from ssc_hand.domain.photographs import Photograph, check_photograph
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Observation,
    Patient,
    Procedure,
    Stamp,
    Visit,
)
from ssc_hand.domain.text import NOTE_LIMIT, clean_name
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import VisitState
from ssc_hand.i18n import N_, _
from ssc_hand.storage import moves, photographs, reading, rows, search
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.rows import Table

_VISIT = "SELECT patient_id, state, remarks, changed_by, changed_at, withdrawn_at FROM visit WHERE id = ?"
_FIRST_VISIT = "SELECT min(at) FROM visit WHERE patient_id = ? AND withdrawn_at IS NULL"
_IN_FINAL = (
    "SELECT 1 FROM lesion_state JOIN visit ON visit.id = visit_id WHERE lesion_id = ? AND visit.state = 'final' "
    "AND lesion_state.withdrawn_at IS NULL AND visit.withdrawn_at IS NULL LIMIT 1"
)
_HAS_VISIT = "SELECT 1 FROM visit WHERE patient_id = ? AND withdrawn_at IS NULL LIMIT 1"
# A letter of a withdrawn lesion is not given again; where older files did, a lesion that has it keeps it.
_LETTER_TAKEN = (
    "SELECT 1 FROM lesion WHERE patient_id = ?1 AND letter = ?2 AND id <> ?3 AND (withdrawn_at IS NULL "
    "OR NOT EXISTS (SELECT 1 FROM lesion AS own WHERE own.id = ?3 AND own.letter = ?2))"
)
_PROCEDURE_OF = "SELECT 1 FROM procedure WHERE id = ? AND patient_id = ?"
_LESION = f"{rows.LESIONS.select} WHERE id = ? AND withdrawn_at IS NULL"
_LAST_TOUCHED = "SELECT patient_id FROM touched ORDER BY at DESC LIMIT 1"
_FINISH = "UPDATE visit SET state = 'final' WHERE id = ?"
_TOUCH = "INSERT INTO touched (patient_id, at) VALUES (?, ?) ON CONFLICT (patient_id) DO UPDATE SET at = excluded.at"

_TABLES: dict[type, Table] = {
    Patient: rows.PATIENTS,
    Procedure: rows.PROCEDURES,
    Amputation: rows.AMPUTATIONS,
    Medicine: rows.MEDICINES,
    Complication: rows.COMPLICATIONS,
    Lesion: rows.LESIONS,
    Visit: rows.VISITS,
    Observation: rows.OBSERVATIONS,
    LesionState: rows.STATES,
    Photograph: photographs.PHOTOGRAPHS,
}
_NAMES = {
    "patient": N_("The page of the person"),
    "procedure": N_("The procedure"),
    "amputation": N_("The amputation"),
    "medicine": N_("The medicine"),
    "complication": N_("The complication"),
    "lesion": N_("The lesion"),
    "visit": N_("The visit"),
    "observation": N_("The value"),
    "lesion_state": N_("The state of the lesion"),
    "photograph": N_("The photograph"),
}


@dataclass(frozen=True, slots=True)
class VisitRow:
    """What a batch must know of a visit before it writes to it."""

    patient_id: str
    state: str
    remarks: tuple[str, ...]
    by: str
    at: str
    is_withdrawn: bool


def key_of(change: Change) -> tuple[Table, tuple[Any, ...]]:
    """The table and the key of the row that a change is about."""
    record = change.record
    if isinstance(record, Observation):
        return rows.OBSERVATIONS, (change.visit_id, record.site.code, record.measure, record.repeat)
    if isinstance(record, LesionState):
        return rows.STATES, (change.visit_id, record.lesion_id)
    return _TABLES[type(record)], (record.id,)


class Batch:
    """Writes changes one after the other; the transaction around it makes them all or nothing."""

    def __init__(self, connection: Connection, by: str, now: datetime) -> None:
        self.connection = connection
        self.by = by
        self.now = now
        self.moment = now.astimezone(UTC).isoformat(timespec="microseconds")
        self._visits: dict[str, VisitRow] = {}
        self._patients: dict[str, Patient] = {}
        self._touched: dict[str, None] = {}
        self._to_finish: list[str] = []
        #: What the file must answer if the batch is in it: a statement, its parameters, the moment.
        self.trace: list[tuple[str, tuple[Any, ...]]] = []

    @property
    def today(self) -> date:
        """The day at the place of this computer."""
        return self.now.date()

    @property
    def patient_id(self) -> str:
        """The patient whose record this batch changes; empty where it is none, or several."""
        return next(iter(self._touched)) if len(self._touched) == 1 else ""

    def apply(self, change: Change) -> Stamp:
        """Write one change; raises `Refused` or `Conflict` with a sentence."""
        return self._put(change) if isinstance(change, Put) else self._withdraw(change)

    def finish(self) -> None:
        """Make final what was put as final, and remember which patients were written last."""
        self.connection.executemany(_FINISH, [(visit_id,) for visit_id in self._to_finish])
        last = self.connection.execute(_LAST_TOUCHED).fetchone()
        if last is not None and list(self._touched) == [last[0]]:
            return
        for patient_id in self._touched:
            self.connection.execute(_TOUCH, (patient_id, self.moment))

    # -- what is put ---------------------------------------------------------------------------------------------

    def _put(self, change: Put) -> Stamp:
        record = change.record
        match record:
            case Patient():
                return self._put_patient(change, record)
            case Visit():
                return self._put_visit(change, record)
            case Observation():
                visit = self._check_visit_open(change.visit_id)
                if isinstance(record.value, PartialDate):
                    checks.check_observation(record, self._patient(visit.patient_id), self.today)
                return self.write(change, (), rows.observation_values(_checked(record)))
            case LesionState():
                return self._put_state(change, record)
            case Lesion():
                return self._put_lesion(change, record)
            case Photograph():
                return self._put_photograph(change, record)
            case _:
                return self._put_background(change, record)

    def _put_background(self, change: Put, record: Procedure | Amputation | Medicine | Complication) -> Stamp:
        patient = self._patient(record.patient_id)
        match record:
            case Procedure():
                checks.check_procedure(record, patient, self.today)
                values = rows.scalars(PROCEDURE, record)
            case Amputation():
                checks.check_amputation(record, patient, self.today)
                values = rows.amputation_values(record)
            case Medicine():
                checks.check_medicine(record, patient, self.today)
                values = rows.scalars(MEDICINE, record)
            case Complication():
                checks.check_complication(record, patient, self.today)
                self._check_procedure_of(record)
                values = rows.complication_values(record)
        return self.write(change, (record.patient_id,), values)

    def _check_procedure_of(self, complication: Complication) -> None:
        """Refuse a complication after a procedure that is not in the record of the same patient."""
        after = complication.procedure_id
        named = (after, complication.patient_id)
        if after is not None and self.connection.execute(_PROCEDURE_OF, named).fetchone() is None:
            raise Refused(_("The procedure of this complication is not in the patient's record. Nothing was changed."))

    def _put_patient(self, change: Put, patient: Patient) -> Stamp:
        checks.check_patient(patient, self.today)
        values = rows.patient_values(patient)
        owner = reading.id_by_number(self.connection, values[0])
        if owner not in (None, patient.id):
            raise Refused(
                _("Record number: {number} already belongs to another patient. Nothing was changed.").format(
                    number=values[0]
                )
            )
        (first,) = self.connection.execute(_FIRST_VISIT, (patient.id,)).fetchone()
        if first and patient.birth_date and date.fromisoformat(first[:10]) < patient.birth_date:
            raise Refused(
                _("Birth date: {birth} lies after the first visit, {day}. Nothing was changed.").format(
                    birth=day_label(patient.birth_date), day=day_label(date.fromisoformat(first[:10]))
                )
            )
        self._patients.pop(patient.id, None)
        self._touched[patient.id] = None
        before = search.indexed(self.connection, patient.id)
        stamp = self.write(change, (), values)
        search.reindex(self.connection, patient.id, before)
        return stamp

    def _put_visit(self, change: Put, visit: Visit) -> Stamp:
        checks.check_visit(visit, self._patient(visit.patient_id), self.now)
        before = self._visit(visit.id)
        remarks = tuple(clean_name(remark, limit=NOTE_LIMIT) for remark in visit.remarks)
        visit = replace(visit, remarks=remarks)
        if before is None or before.is_withdrawn:
            return self._write_visit(change, visit, is_open=True)
        self._check_reasons(before, visit)
        moved = visit.patient_id != before.patient_id
        stamp = self._write_visit(change, visit, is_open=moved)
        if moved:
            moves.take_along(self, visit, before.patient_id)
        return stamp

    def _write_visit(self, change: Put, visit: Visit, *, is_open: bool) -> Stamp:
        """Write a visit's row; one that stays open takes its values or lesions first and is final at the end."""
        if is_open and visit.state is VisitState.FINAL:
            self._to_finish.append(visit.id)
            visit = replace(visit, state=VisitState.DRAFT)
        self._visits.pop(visit.id, None)
        return self.write(change, (), rows.visit_values(visit))

    def _check_reasons(self, before: VisitRow, visit: Visit) -> None:
        """Refuse to change a final visit, or to reopen or move one, without a reason."""
        more = len(visit.remarks) > len(before.remarks) and visit.remarks[: len(before.remarks)] == before.remarks
        if not more and visit.remarks != before.remarks:
            raise Refused(_("What was remarked on a visit stays. Nothing was changed."))
        moved = visit.patient_id != before.patient_id
        if before.state == VisitState.FINAL and not (moved or visit.state is VisitState.DRAFT):
            raise _is_final(before)
        if (moved or before.state == VisitState.FINAL) and not more:
            raise Refused(_("Reopening or moving a visit needs a reason. Nothing was changed."))

    def _put_state(self, change: Put, state: LesionState) -> Stamp:
        visit = self._check_visit_open(change.visit_id)
        lesion = self._lesion(state.lesion_id)
        if lesion is None or lesion.patient_id != visit.patient_id:
            raise Refused(_("This lesion is not in the record of the visit's patient. Nothing was changed."))
        checks.check_lesion_state(state, lesion, self._patient(visit.patient_id), self.today)
        return self.write(change, (), rows.scalars(LESION_STATE, state))

    def _put_lesion(self, change: Put, lesion: Lesion) -> Stamp:
        checks.check_lesion(lesion, self._patient(lesion.patient_id), self.today)
        if not records.letter_number(lesion.letter):
            raise Refused(_("“{letter}” is not a letter of a lesion.").format(letter=lesion.letter[:10]))
        if self.connection.execute(_LETTER_TAKEN, (lesion.patient_id, lesion.letter, lesion.id)).fetchone():
            raise Conflict(
                _(
                    "The letter {letter} was given to another lesion in the meantime. Nothing was changed; open the "
                    "patient again."
                ).format(letter=lesion.letter)
            )
        if lesion.follows is not None:
            earlier = self._lesion(lesion.follows)
            if earlier is None or earlier.patient_id != lesion.patient_id:
                raise Refused(_("The earlier ulcer at this place is not in the patient's record."))
        return self.write(change, (lesion.patient_id,), rows.lesion_values(lesion))

    def _put_photograph(self, change: Put, photograph: Photograph) -> Stamp:
        visit = self._check_visit_open(photograph.visit_id)
        check_photograph(photograph, self._patient(visit.patient_id), self.now)
        if photograph.lesion_id is not None:
            lesion = self._lesion(photograph.lesion_id)
            if lesion is None or lesion.patient_id != visit.patient_id:
                raise Refused(_("This lesion is not in the record of the visit's patient. Nothing was changed."))
        stamp = self.write(change, (), photographs.values(photograph))
        if change.content is not None:
            photographs.keep(self.connection, photograph, change.content)
        return stamp

    # -- what is withdrawn ---------------------------------------------------------------------------------------

    def _withdraw(self, change: Change) -> Stamp:
        record = change.record
        self._check_withdrawal(change, record)
        table, key = key_of(change)
        version = _expected_version(record)
        done = self.connection.execute(
            table.withdraw, (self.moment, self.by, self.moment, self.by, *key, version)
        ).rowcount
        if done != 1:
            raise self._conflict(table, key)
        self._visits.pop(str(key[0]), None)
        self._patients.pop(str(key[0]), None)
        return self._stamp(table, key, (version or 0) + 1)

    def _check_withdrawal(self, change: Change, record: Record) -> None:
        if isinstance(record, Observation | LesionState):
            self._check_visit_open(change.visit_id)
            return
        if isinstance(record, Photograph):
            self._check_visit_open(record.visit_id)
            return
        self._touched[record.id if isinstance(record, Patient) else record.patient_id] = None
        if isinstance(record, Visit):
            before = self._visit(record.id)
            if before is not None and before.state == VisitState.FINAL:
                raise _is_final(before)
        if isinstance(record, Lesion) and self.connection.execute(_IN_FINAL, (record.id,)).fetchone():
            raise Refused(
                _("This lesion is part of a final visit, which is read-only. Nothing was changed; reopen it first.")
            )
        if isinstance(record, Lesion) and photographs.shows(self.connection, record.id):
            raise Refused(_("A photograph shows this lesion. Nothing was changed; attach it to something else first."))
        if isinstance(record, Patient) and self.connection.execute(_HAS_VISIT, (record.id,)).fetchone():
            raise Refused(_("This patient has visits and cannot be withdrawn. Nothing was changed."))

    # -- rows ----------------------------------------------------------------------------------------------------

    def write(self, change: Change, fixed: Sequence[Any], values: Sequence[Any]) -> Stamp:
        """Write one row at the version that is expected; raises `Conflict` where the file has another."""
        table, key = key_of(change)
        if fixed:
            self._touched[str(fixed[0])] = None
        version = _expected_version(change.record)
        if version is None:
            made = self.connection.execute(
                table.insert, (*key, *fixed, *values, self.moment, self.by, self.moment, self.by)
            ).fetchone()
            if made is None:
                raise self._conflict(table, key)
            return self._stamp(table, key, made[0])
        if self.connection.execute(table.update, (*values, self.moment, self.by, *key, version)).rowcount != 1:
            raise self._conflict(table, key)
        return self._stamp(table, key, version + 1)

    def _stamp(self, table: Table, key: tuple[Any, ...], version: int) -> Stamp:
        self.trace.append((table.look, key))
        return Stamp(by=self.by, at=datetime.fromisoformat(self.moment), version=version)

    def _conflict(self, table: Table, key: tuple[Any, ...]) -> Conflict:
        found = self.connection.execute(table.look, key).fetchone()
        what = _(_NAMES[table.name])
        if found is None:
            return Conflict(
                _("{what} is not in the clinic's file. Nothing was changed; open the patient again.").format(what=what)
            )
        _version, at, by, withdrawn = found
        when = time_label(datetime.fromisoformat(at).astimezone())
        if withdrawn:
            sentence = _("{what} was withdrawn by {by}, {when}. Nothing was changed; open the patient again.")
        else:
            sentence = _("{what} was changed by {by}, {when}. Nothing was changed; open the patient again.")
        return Conflict(sentence.format(what=what, by=by, when=when))

    # -- what is looked up once per batch ------------------------------------------------------------------------

    def _patient(self, patient_id: str) -> Patient:
        if patient_id not in self._patients:
            found = reading.read_patient(self.connection, patient_id)
            if found is None:
                raise Conflict(
                    _("The patient is not in the clinic's file. Nothing was changed; find the patient again.")
                )
            self._patients[patient_id] = found
        self._touched[patient_id] = None
        return self._patients[patient_id]

    def check_patient(self, patient_id: str) -> None:
        """Raise `Conflict` where there is no such patient."""
        self._patient(patient_id)

    def _lesion(self, lesion_id: str) -> Lesion | None:
        found = self.connection.execute(_LESION, (lesion_id,)).fetchone()
        return None if found is None else rows.load_lesion(found)

    def _visit(self, visit_id: str) -> VisitRow | None:
        if visit_id not in self._visits:
            found = self.connection.execute(_VISIT, (visit_id,)).fetchone()
            if found is None:
                return None
            patient_id, state, remarks, by, at, withdrawn = found
            self._visits[visit_id] = VisitRow(
                patient_id, state, rows.load_remarks(remarks), by, at, withdrawn is not None
            )
        return self._visits[visit_id]

    def _check_visit_open(self, visit_id: str | None) -> VisitRow:
        """The visit that a value or a state belongs to; raises `Refused` unless it is a draft."""
        if visit_id is None:
            raise ValueError("an observation or the state of a lesion needs the id of its visit")
        visit = self._visit(visit_id)
        if visit is None or visit.is_withdrawn:
            raise Conflict(_("The visit is not in the clinic's file. Nothing was changed; open the patient again."))
        if visit.state == VisitState.FINAL:
            raise _is_final(visit)
        self._touched[visit.patient_id] = None
        return visit


def _is_final(visit: VisitRow) -> Refused:
    return Refused(
        _("This visit was made final by {by}, {when}, and is read-only. Nothing was changed; reopen it first.").format(
            by=visit.by, when=time_label(datetime.fromisoformat(visit.at).astimezone())
        )
    )


def _expected_version(record: Record) -> int | None:
    return None if record.stamp is None else record.stamp.version


def _checked(seen: Observation) -> Observation:
    """The observation, checked and cleaned as if it had been typed; raises `Refused`."""
    if seen.reason is not None:
        words = clean_name(seen.reason_text)
        return records.not_assessed(seen.site, seen.measure, seen.reason, words, repeat=seen.repeat)
    return records.observation(seen.site, seen.measure, seen.value, repeat=seen.repeat)
