"""Writes the demo clinic into a folder."""

from __future__ import annotations

from pathlib import Path

from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.people import OPEN_TO_ALL
from ssc_hand.tasks.demo.pictures import pictures_of
from ssc_hand.tasks.demo.records import SEED, demo_records, demo_settings
from ssc_hand.tasks.new_clinic import write_new

#: Who has written every entry of the demo clinic.
BY = OPEN_TO_ALL[Purpose.DEMO]


def write_demo(folder: Path, *, seed: int = SEED) -> int:
    """Write the demo clinic into a folder that is absent or empty; the number of its patients."""
    records = demo_records(seed)
    write_new(folder, demo_settings(), records, by=BY, pictures=pictures_of(records))
    return len(records)
