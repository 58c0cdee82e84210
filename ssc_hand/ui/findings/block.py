"""What is pasted into the table from a spreadsheet: rows of the ten digits, each for the measure of its row."""

from __future__ import annotations

from collections.abc import Sequence

from ssc_hand.domain.anatomy import DIGITS, Scope, Site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.path import DigitOrder, Stop, pasted
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _


def read_block(
    text: str, first: tuple[Measure, Site], rows: Sequence[Measure], record: PatientRecord, visit: Visit
) -> dict[tuple[Site, str], Value | None]:
    """The values by site and key of measure; empty cells are left out.

    A single row or column fills the measure of the first cell; of several rows each fills the next of `rows`, and
    needs a value or an empty cell for each of the ten digits. Raises `Refused`, naming the place, for all of it.
    """
    values: dict[tuple[Site, str], Value | None] = {}
    for measure, line in _lines(text, first[0], rows):
        stop = Stop(measure.key, first[1])
        for site, value in pasted(line, stop, DigitOrder(), record, visit).items():
            if not measure.fits(site):
                words = _("{measure} is not recorded at: {site}. Nothing was recorded.")
                raise Refused(words.format(measure=measure.name, site=site.name))
            values[site, measure.key] = value
    return values


def _lines(text: str, first: Measure, rows: Sequence[Measure]) -> list[tuple[Measure, str]]:
    lines = text.rstrip("\r\n").splitlines()
    if len(lines) <= 1 or not any("\t" in line for line in lines):
        return [(first, text)]
    known = [row for row in rows if row.scope is Scope.DIGIT and not row.derived]
    at = known.index(first) if first in known else len(known)
    if len(lines) > len(known) - at:
        words = _("{n} rows do not fit: from {measure} on there are {m}. Nothing was recorded.")
        raise Refused(words.format(n=len(lines), measure=first.name, m=len(known) - at))
    for measure, line in zip(known[at:], lines, strict=False):
        cells = line.count("\t") + 1
        if cells != len(DIGITS):
            words = _("{measure}: {n} values where there are {m} digits. Nothing was recorded.")
            raise Refused(words.format(measure=measure.name, n=cells, m=len(DIGITS)))
    return list(zip(known[at:], lines, strict=False))
