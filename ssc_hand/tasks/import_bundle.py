"""Adds the patients of a bundle to a clinic: all of them or none."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.domain.changes import whole
from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.errors import Conflict, Refused, Unavailable
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.records import PatientRecord
from ssc_hand.exchange.bundle import from_bundle_with_pictures
from ssc_hand.exchange.json_text import MOST_BYTES
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic
from ssc_hand.tasks.new_clinic import is_free, write_new


def read_bundle(path: Path) -> str:
    """The text of a bundle's file; raises `Refused` where it is no text, `Unavailable` where it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(_("{path} is larger than any bundle, so nothing was imported.").format(path=path))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("{path} is not a text in UTF-8, so nothing was imported.").format(path=path)) from None
    except OSError as problem:
        raise Unavailable(
            _("{path} could not be read: {why}. Nothing was imported.").format(path=path, why=problem.strerror)
        ) from problem


def import_bundle(folder: Path, text: str, *, by: SignIn) -> list[PatientRecord]:
    """Add the patients of a bundle, in one transaction; where its folder is absent, one without real patients is made.

    Raises `Refused` or `Unavailable`, and imports nothing, where anything stands against it.
    """
    records, pictures = from_bundle_with_pictures(text)
    if is_free(folder):
        settings = ClinicSettings(name=_("Imported records"), purpose=Purpose.TEST)
        write_new(folder, settings, records, by=by, pictures=pictures)
        return records
    with Clinic.open(folder, by=by) as clinic:
        try:
            clinic.write(*(change for record in records for change in whole(record, pictures)))
        except Refused as refused:
            raise _told_apart(clinic, records, refused) from None
    return records


def _told_apart(clinic: Clinic, records: list[PatientRecord], refused: Refused) -> Refused:
    """The refusal in the words of a file: a number or an id that the clinic has already, or what it was."""
    for record in records:
        number = record.patient.record_number
        if _has(clinic, number):
            return Refused(
                _("The record number {number} is already in the clinic. Nothing was imported.").format(number=number)
            )
    if isinstance(refused, Conflict):
        return Refused(
            _(
                "The bundle holds an id that is already in the clinic, of another patient or another import. Nothing "
                "was imported."
            )
        )
    return refused


def _has(clinic: Clinic, record_number: str) -> bool:
    try:
        clinic.by_number(record_number)
    except Refused:
        return False
    return True
