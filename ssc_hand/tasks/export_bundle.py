"""Writes the patients of a clinic as a bundle."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.records import PatientRecord
from ssc_hand.exchange.bundle import dumps, to_bundle
from ssc_hand.exchange.json_text import MOST_BYTES
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic


def export_bundle(
    folder: Path, out: Path, *, by: SignIn, record_number: str | None = None, photographs: bool = False
) -> int:
    """Write all patients, or the one with a record number, to a file; the number of patients written.

    Photographs are told of in any case; `photographs` puts the pictures themselves into the file.
    """
    with Clinic.open(folder, by=by) as clinic:
        if record_number is None:
            records = [clinic.record(patient_id) for patient_id in clinic.all_ids()]
        else:
            records = [clinic.by_number(record_number)]
        pictures = _pictures(clinic, records) if photographs else {}
    write_whole(out, dumps(to_bundle(records, pictures)).encode())
    return len(records)


def _pictures(clinic: Clinic, records: list[PatientRecord]) -> dict[str, bytes]:
    """The pictures of these patients by the ids of photographs; `Refused` where no file could hold them."""
    every = [photograph for record in records for photograph in record.photographs]
    if sum(photograph.size_bytes for photograph in every) * 4 // 3 > MOST_BYTES:
        raise Refused(_("These photographs make a file too large to be read back. Export fewer patients at a time."))
    found = {}
    for photograph in every:
        content = clinic.picture(photograph.id)
        if content is not None:
            found[photograph.id] = content
    return found
