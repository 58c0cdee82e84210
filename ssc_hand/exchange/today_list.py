"""Reads the record numbers of the patients expected on a day from a CSV file of the front desk."""

from __future__ import annotations

import csv
from pathlib import Path

from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.fields import PATIENT, field_of
from ssc_hand.domain.text import clean_name, fold
from ssc_hand.exchange.places import within
from ssc_hand.i18n import _

_MOST_BYTES = 1_000_000
_MOST_PATIENTS = 1_000
_DELIMITERS = ",;\t"


def record_numbers(path: Path) -> tuple[str, ...]:
    """The record numbers in a file, each once, in its order.

    They stand in the column headed "record_number" (or as the program calls it), or in the first column of a file
    without such a heading. Raises `Refused` naming the line, `Unavailable` where the file cannot be read.
    """
    rows = _rows(_text(path))
    if not rows:
        raise Refused(_("The file has no line. Nothing was added."))
    heading = [fold(cell) for cell in rows[0][1]]
    known = {"record_number", "record number", fold(field_of(PATIENT, "record_number").name)}
    column = next((number for number, cell in enumerate(heading) if cell in known), None)
    body = rows if column is None else rows[1:]
    found: dict[str, None] = {}
    for line, cells in body:
        with within(_("line {n}").format(n=line)):
            number = clean_name(cells[column or 0]) if len(cells) > (column or 0) else ""
            if not number:
                raise Refused(_("There is no record number. Nothing was added."))
        found[number] = None
    if len(found) > _MOST_PATIENTS:
        raise Refused(_("The file names more than {n} patients for one day.").format(n=_MOST_PATIENTS))
    return tuple(found)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(_("The file is too large for a list of one day. Nothing was added."))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("The file is not a text in UTF-8. Save it as “CSV UTF-8”. Nothing was added.")) from None
    except OSError as problem:
        raise Unavailable(_("The file could not be read: {why}.").format(why=problem.strerror)) from problem


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its line."""
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(text.splitlines(), delimiter=delimiter, strict=True)
    try:
        return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error:
        raise Refused(_("Line {n} is not a line of a CSV file. Nothing was added.").format(n=reader.line_num)) from None
