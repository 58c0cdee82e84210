"""Lists the patients of a clinic for other programs to read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ssc_hand.domain.clinic import PatientLine
from ssc_hand.domain.people import SignIn
from ssc_hand.storage.clinic import Clinic

_EVERYONE = 1_000_000_000


def list_patients(folder: Path, *, by: SignIn, find: str = "") -> list[PatientLine]:
    """The patients that a search finds, all for an empty one, in the order of names."""
    with Clinic.open(folder, by=by) as clinic:
        return clinic.find(find, limit=_EVERYONE)


def as_lines(patients: Iterable[PatientLine]) -> list[str]:
    """One line each, tab-separated: record number, name, birth date (may be empty), number of visits."""
    return ["\t".join(_cell(cell) for cell in _cells(line)) for line in patients]


def _cells(line: PatientLine) -> tuple[str, str, str, str]:
    birth = line.birth_date.isoformat() if line.birth_date else ""
    return line.record_number, line.full_name, birth, str(line.visits)


def _cell(text: str) -> str:
    r"""A cell that keeps to its line and column: a tab becomes \t, the end of a line \n, a backslash \\."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")
