"""Makes the clinic of a first start: empty, or filled with the synthetic patients of the demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.people import OPEN_TO_ALL, SignIn
from ssc_hand.tasks.demo.pictures import pictures_of
from ssc_hand.tasks.demo.records import demo_records, demo_settings
from ssc_hand.tasks.new_clinic import write_new


def make_clinic(folder: Path, clinic_name: str, *, by: SignIn, recovery: str = "", demo: bool) -> None:
    """Make a clinic in a folder that is absent or empty; one with synthetic patients says so on every page.

    Raises `Refused` or `Unavailable`, and leaves everything as it was, where that fails.
    """
    if demo:
        records, settings = demo_records(), replace(demo_settings(), name=clinic_name)
        write_new(folder, settings, records, by=OPEN_TO_ALL[Purpose.DEMO], pictures=pictures_of(records))
    else:
        write_new(folder, ClinicSettings(name=clinic_name), (), by=by, recovery=recovery)
