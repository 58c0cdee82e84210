"""What is measured on: a patient with forty visits, and a clinic of a hundred thousand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ssc_hand.domain.changes import Put, whole
from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.records import Patient, PatientRecord
from ssc_hand.domain.vocabulary import VisitState
from ssc_hand.tasks.demo.records import demo_records
from tests.clinics import found_clinic

SETTINGS = ClinicSettings(name="Bench", purpose=Purpose.TEST)
#: Who opens a clinic without real patients, without being asked.
BY = "test"
VISITS = 40
PATIENTS = 100_000
_SYLLABLES = ("ra", "men", "do", "sal", "ti", "ka", "go", "ve", "lin", "be", "no", "ris", "fa", "tor", "mi", "zu")
_GIVEN = ("Ana", "Bruno", "Clara", "Dieter", "Elif", "Farid", "Grace", "Hugo", "Ines", "Jan", "Kaya", "Luis")


def the_patient(record_number: str) -> PatientRecord:
    """A patient of the demo clinic."""
    return next(record for record in demo_records() if record.patient.record_number == record_number)


def with_many_visits() -> PatientRecord:
    """The demo patient with forty visits, the last of them made a draft so that it can be written to."""
    record = max(demo_records(), key=lambda each: len(each.visits))
    assert len(record.visits) >= VISITS
    kept = record.visits[-VISITS:]
    return replace(record, visits=(*kept[:-1], replace(kept[-1], state=VisitState.DRAFT)))


def write_clinic(folder: Path, *records: PatientRecord, settings: ClinicSettings = SETTINGS) -> None:
    """A clinic with these patients."""
    with found_clinic(folder, settings, by=BY) as clinic:
        for record in records:
            clinic.write(*whole(record))


def write_many(folder: Path) -> None:
    """A clinic of a hundred thousand patients with names as alike as in life."""
    with found_clinic(folder, SETTINGS, by=BY) as clinic:
        clinic.write(*(Put(patient) for patient in _people()))


def _people() -> Iterator[Patient]:
    dice = random.Random(20)
    for number in range(PATIENTS):
        family = "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).capitalize()
        yield Patient(
            id=new_id(),
            record_number=f"{number:06d}",
            family_name=family,
            given_name=dice.choice(_GIVEN),
            birth_date=dt.date(1930, 1, 1) + dt.timedelta(days=dice.randrange(28_000)),
        )
