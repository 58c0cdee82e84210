"""The clinic about itself: settings checked as typed, file names without the patient's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ssc_hand.domain.clinic import CLINIC, ClinicSettings, checked, clinic_settings
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import dump_all, field_of

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


def test_limits_that_a_clinic_has_emptied_are_again_as_the_program_proposes() -> None:
    kept = clinic_settings({**dump_all(CLINIC, replace(SETTINGS, far_refill=2.5)), "far_temp": None, "far_pain": None})
    assert (kept.far_refill, kept.far_temp, kept.far_pain) == (2.5, 8.0, 5)


def test_limits_of_warnings_name_themselves_proposals() -> None:
    for key in ("far_refill", "far_temp", "far_pain"):
        assert "proposal of this program" in field_of(CLINIC, key).hint
