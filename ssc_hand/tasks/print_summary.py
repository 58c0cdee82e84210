"""Prints the summary of one visit to a PDF file."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from ssc_hand import __version__
from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.dates import time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Day
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.reports.visit_summary import visit_summary
from ssc_hand.storage.clinic import Clinic

#: Stands for the latest visit, drafts included.
LAST = "last"


def print_summary(
    folder: Path, record_number: str, out: Path, *, by: str, visit: str = LAST, paper: str | None = None
) -> Visit:
    """Write the summary of a visit, named by `last`, its day (YYYY-MM-DD) or its id; the visit that was printed.

    Without `paper` the clinic's own size is used. Raises `Refused` where no one visit is meant.
    """
    with Clinic.open(folder, by=by) as clinic:
        record, settings = clinic.by_number(record_number), clinic.settings
    found = pick_visit(record, visit)
    printed_at = dt.datetime.now(dt.UTC).astimezone()
    pdf = visit_summary(record, found, settings, printed_at=printed_at, version=__version__, paper=paper)
    write_whole(out, pdf)
    return found


def pick_visit(record: PatientRecord, wanted: str) -> Visit:
    """The one visit that is meant; raises `Refused` where there is none, or where a day had several."""
    number = record.patient.record_number
    if not record.visits:
        raise Refused(_("The patient with the record number {number} has no visit yet.").format(number=number))
    if wanted == LAST:
        return record.visits[-1]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", wanted):
        day = Day().load(wanted)
        found = [visit for visit in record.visits if visit.day == day]
    else:
        found = [visit for visit in record.visits if visit.id == wanted]
    if not found:
        raise Refused(
            _("The patient with the record number {number} has no visit “{wanted}”.").format(
                number=number, wanted=wanted[:60]
            )
        )
    if len(found) > 1:
        raise Refused(_several(found, wanted))
    return found[0]


def _several(found: list[Visit], wanted: str) -> str:
    each = [
        _("{time} ({kind}) --visit {id}").format(time=time_label(visit.at), kind=visit.kind.label, id=visit.id)
        for visit in found
    ]
    return _("There were {n} visits on {day}, so name one by its id: {visits}").format(
        n=len(found), day=wanted, visits="; ".join(each)
    )
