"""The list of a day from a CSV file of the front desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.exchange.today_list import record_numbers


@pytest.mark.parametrize(
    "text",
    [
        "DEMO-001\nDEMO-002\n",
        "\ufeffrecord_number\r\nDEMO-001\r\nDEMO-002\r\n",
        'time;name;Record number\n09:00;"Ruiz; Ana";DEMO-001\n\n09:30;B;DEMO-002\n10:00;B;DEMO-002\n',
        "DEMO-001\tAna\nDEMO-002\tBea",
    ],
)
def test_record_numbers_stand_under_their_heading_or_in_the_first_column(tmp_path: Path, text: str) -> None:
    (tmp_path / "today.csv").write_bytes(text.encode())
    assert record_numbers(tmp_path / "today.csv") == ("DEMO-001", "DEMO-002")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no line"),
        (b"name;record_number\nAna;1\nBea;\n", "line 3: There is no record number"),
        (b"name;record_number\nAna\n", "line 2: There is no record number"),
        (b'"1\n', "not a line of a CSV file"),
        (b"\xff\xfe1\x00", "not a text in UTF-8"),
        (b"x" * 300, "line 1: This text has 300 characters"),
        (b"\n".join(b"%d" % number for number in range(1001)), "more than 1000 patients"),
        (b"1\n" * 1_000_000, "too large"),
    ],
)
def test_what_is_no_such_list_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "today.csv").write_bytes(content)
    with pytest.raises(Refused, match=sentence):
        record_numbers(tmp_path / "today.csv")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="could not be read"):
        record_numbers(tmp_path / "none.csv")
