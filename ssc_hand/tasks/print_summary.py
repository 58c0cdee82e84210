"""Prints the summary of one visit to a PDF file."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from ssc_hand import __version__
from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.dates import day_label, time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Day
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.photographs import photographs_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.reports.visit_summary import Printing, illustrated_summary
from ssc_hand.storage.clinic import Clinic

#: Stands for the latest visit, drafts included.
LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a summary is wanted."""

    #: "A4" or "Letter"; None for the clinic's own.
    paper: str | None = None
    #: Whether the photographs of the visit stand at its end.
    photographs: bool = False


def print_summary(
    folder: Path, record_number: str, out: Path, *, by: SignIn, visit: str = LAST, form: Form | None = None
) -> Visit:
    """Write the summary of a visit, named by `last`, its day (YYYY-MM-DD) or its id; the visit that was printed.

    Raises `Refused` where no one visit is meant, or where photographs are wanted of a visit that has none.
    """
    form = form or Form()
    with Clinic.open(folder, by=by) as clinic:
        record, settings = clinic.by_number(record_number), clinic.settings
        found = pick_visit(record, visit)
        pictures = _pictures(clinic, record, found) if form.photographs else {}
    printed_at = dt.datetime.now(dt.UTC).astimezone()
    pdf = illustrated_summary(record, found, settings, pictures, Printing(printed_at, __version__, form.paper))
    write_whole(out, pdf)
    return found


def _pictures(clinic: Clinic, record: PatientRecord, visit: Visit) -> dict[str, bytes]:
    """The pictures of a visit by the ids of its photographs; `Refused` where the file holds none."""
    held = {each.id: clinic.picture(each.id) for each in photographs_at(record, visit)}
    found = {each: content for each, content in held.items() if content is not None}
    if not found:
        raise Refused(
            _("The visit of {day} has no photographs in this clinic. Print it without --photographs.").format(
                day=day_label(visit.day)
            )
        )
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
