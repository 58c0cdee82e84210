"""Writes the patients of a clinic as a bundle."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.config.whole_file import write_whole
from ssc_hand.exchange.bundle import dumps, to_bundle
from ssc_hand.storage.clinic import Clinic


def export_bundle(folder: Path, out: Path, *, by: str, record_number: str | None = None) -> int:
    """Write all patients, or the one with a record number, to a file; the number of patients written."""
    with Clinic.open(folder, by=by) as clinic:
        if record_number is None:
            records = [clinic.record(patient_id) for patient_id in clinic.all_ids()]
        else:
            records = [clinic.by_number(record_number)]
    write_whole(out, dumps(to_bundle(records)).encode())
    return len(records)
