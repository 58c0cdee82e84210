"""Says what is wrong with a clinic's file and its records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ssc_hand.domain.checks import check_record
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.people import SignIn
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic


def check_clinic(folder: Path, *, by: SignIn) -> list[str]:
    """One sentence for each thing that is wrong; empty when all is well.

    Raises `Unavailable` where the clinic cannot be opened at all.
    """
    now = dt.datetime.now(dt.UTC).astimezone()
    with Clinic.open(folder, by=by) as clinic:
        found = clinic.check()
        if found:
            return found
        for patient_id in clinic.all_ids():
            record = clinic.record(patient_id)
            try:
                check_record(record, now)
            except Refused as refused:
                number = record.patient.record_number
                found.append(_("record {number}: {why}").format(number=number, why=refused))
    return found
