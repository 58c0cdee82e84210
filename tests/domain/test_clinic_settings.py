"""The clinic about itself: settings checked as typed, file names without the patient's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ssc_hand.domain.clinic import CLINIC, ClinicSettings, checked
from ssc_hand.domain.errors import Refused

SETTINGS = ClinicSettings(name="Hand Clinic")
DAY = date(2026, 3, 2)


def test_every_setting_has_a_field() -> None:
    assert [field.key for field in CLINIC] == list(ClinicSettings.__dataclass_fields__)


def test_settings_are_cleaned_as_typed() -> None:
    assert checked(replace(SETTINGS, name=" Hand  Clinic\t")).name == "Hand  Clinic"
    with pytest.raises(Refused, match="outside 18 to 120"):
        checked(replace(SETTINGS, older_from=5))


@pytest.mark.parametrize("pattern", ["{name}", "../{record}", "{record", "document", "", "{record}\\{date}"])
def test_a_pattern_is_made_of_known_parts(pattern: str) -> None:
    with pytest.raises(Refused, match=r"Names of saved files"):
        checked(replace(SETTINGS, file_name_pattern=pattern))


@pytest.mark.parametrize(
    ("record", "name"),
    [
        ("1001", "1001_2026-03-02_summary"),
        ("HC 1/7:*?", "HC-1-7-_2026-03-02_summary"),
        ("../../etc", "etc_2026-03-02_summary"),
        ("Ж1", "Ж1_2026-03-02_summary"),
        ("{date}", "date-_2026-03-02_summary"),
    ],
)
def test_a_file_name_is_one_that_every_system_takes(record: str, name: str) -> None:
    assert SETTINGS.file_name(record=record, day=DAY, document="summary") == name


def test_a_file_name_is_never_empty_and_never_too_long() -> None:
    assert len(SETTINGS.file_name(record="x" * 200, day=DAY, document="summary").encode()) <= 240
    assert replace(SETTINGS, file_name_pattern="{record}").file_name(record="??", day=DAY, document="") == "ssc-hand"
