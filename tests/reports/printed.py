"""The paper read back: its text and what is drawn on it. Run as a module, writes the golden text anew."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from ssc_hand.domain.records import PatientRecord
from ssc_hand.reports.visit_summary import visit_summary
from tests.reports.cases import CLINIC, PRINTED, full

GOLDEN = Path(__file__).parent.parent / "golden" / "visit_summary.txt"


def pdf(record: PatientRecord, **more: Any) -> bytes:
    """The summary of the record's last visit."""
    known: dict[str, Any] = {"printed_at": PRINTED, "version": "0.1.0"}
    clinic = more.pop("clinic", CLINIC)
    return visit_summary(record, more.pop("visit", record.visits[-1]), clinic, **(known | more))


def pages(data: bytes) -> list[str]:
    """The text of each page, every stretch of spaces and lines as one space."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]


def text(record: PatientRecord, **more: Any) -> str:
    """The text of all pages."""
    return " ".join(pages(pdf(record, **more)))


def drawn(data: bytes, page: int = 0) -> str:
    """What is drawn on a page, as the operators of the file."""
    contents = PdfReader(io.BytesIO(data)).pages[page].get_contents()
    assert contents is not None
    return contents.get_data().decode("latin-1")


def golden_text() -> str:
    """The text of the full case, line by line, as it is kept beside the tests."""
    found = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(full()))).pages]
    lines = [line.rstrip() for page in found for line in page.splitlines()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    GOLDEN.write_text(golden_text(), encoding="utf-8")
