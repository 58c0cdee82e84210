"""Whether a file is whole, and whether its rows make records."""

from __future__ import annotations

from ssc_hand.i18n import N_, _
from ssc_hand.storage import photographs, reading
from ssc_hand.storage.driver import Connection

# Rows that are each right and together wrong; the number of them is told, never what they hold.
_RULES = {
    N_("States of lesions at a visit of another patient"): (
        "SELECT count(*) FROM lesion_state JOIN visit ON visit.id = visit_id JOIN lesion ON lesion.id = lesion_id "
        "WHERE visit.patient_id <> lesion.patient_id AND lesion_state.withdrawn_at IS NULL "
        "AND lesion.withdrawn_at IS NULL AND visit.withdrawn_at IS NULL"
    ),
    N_("Photographs of a lesion of another patient"): (
        "SELECT count(*) FROM photograph JOIN visit ON visit.id = visit_id JOIN lesion ON lesion.id = lesion_id "
        "WHERE visit.patient_id <> lesion.patient_id AND photograph.withdrawn_at IS NULL "
        "AND visit.withdrawn_at IS NULL"
    ),
    N_("Ulcers that follow one of another patient"): (
        "SELECT count(*) FROM lesion JOIN lesion AS earlier ON earlier.id = lesion.follows "
        "WHERE lesion.patient_id <> earlier.patient_id"
    ),
    N_("Complications after a procedure of another patient"): (
        "SELECT count(*) FROM complication JOIN procedure ON procedure.id = procedure_id "
        "WHERE complication.patient_id <> procedure.patient_id AND complication.withdrawn_at IS NULL"
    ),
    N_("Visits of a withdrawn patient"): (
        "SELECT count(*) FROM visit JOIN patient ON patient.id = patient_id "
        "WHERE visit.withdrawn_at IS NULL AND patient.withdrawn_at IS NOT NULL"
    ),
}


def check_file(connection: Connection) -> list[str]:
    """What is wrong with the file and its records, one sentence each; empty when all is well."""
    found = [str(line) for (line,) in connection.execute("PRAGMA integrity_check") if line != "ok"]
    found += [
        _("{table}: a row refers to one of {other} that is not there.").format(table=table, other=other)
        for table, _row, other, _key in connection.execute("PRAGMA foreign_key_check")
    ]
    if found:
        return found
    connection.execute("INSERT INTO patient_words (patient_words, rank) VALUES ('integrity-check', 1)")
    for rule, statement in _RULES.items():
        (count,) = connection.execute(statement).fetchone()
        if count:
            found.append(f"{_(rule)}: {count}")
    found += [
        _("The picture of the photograph with id {id} is not the one that was taken in.").format(id=photograph_id)
        for photograph_id in photographs.damaged(connection)
    ]
    for patient_id in reading.all_ids(connection):
        try:
            reading.read_record(connection, patient_id)
        except reading.UNREADABLE as error:
            found.append(_("The patient with id {id} cannot be read: {why}").format(id=patient_id, why=error))
    return found
