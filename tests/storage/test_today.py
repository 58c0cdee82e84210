"""The list of a day: who is expected, and how far each visit has come."""

from __future__ import annotations

import datetime as dt

import pytest

from ssc_hand.domain.changes import whole
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.vocabulary import Expected
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit

TODAY = dt.date(2026, 3, 2)


def states(clinic: Clinic) -> list[tuple[str, Expected]]:
    """The list of the day."""
    return [(line.patient.record_number, line.state) for line in clinic.expected(TODAY)]


def test_the_list_tells_how_far_each_visit_has_come(clinic: Clinic) -> None:
    yesterday, draft = a_visit("2026-03-01T10:00").final(), a_visit("2026-03-02T09:00")
    records = [
        a_record(yesterday, patient=a_patient("3")),
        a_record(a_visit("2026-03-02T23:30").final(), patient=a_patient("2")),
        a_record(a_visit("2026-03-02T08:00").final(), draft, patient=a_patient("1")),
    ]
    for record in records:
        clinic.write(*whole(record))
    clinic.expect(TODAY, [record.patient.id for record in records])
    assert states(clinic) == [("3", Expected.NOT_BEGUN), ("2", Expected.FINISHED), ("1", Expected.DRAFT)]
    assert clinic.expected(TODAY + dt.timedelta(days=1)) == []


def test_a_patient_is_listed_once_and_can_be_taken_off(clinic: Clinic) -> None:
    records = [a_record(patient=a_patient(number)) for number in "12"]
    for record in records:
        clinic.write(*whole(record))
    ids = [record.patient.id for record in records]
    clinic.expect(TODAY, ids)
    clinic.expect(TODAY, ids)
    clinic.unexpect(TODAY, ids[0])
    clinic.unexpect(TODAY, ids[0])
    assert states(clinic) == [("2", Expected.NOT_BEGUN)]
    clinic.expect(TODAY, ids)
    assert len(states(clinic)) == 2


def test_somebody_unknown_is_refused_and_nobody_is_listed(clinic: Clinic) -> None:
    record = a_record()
    clinic.write(*whole(record))
    with pytest.raises(Refused):
        clinic.expect(TODAY, [record.patient.id, "nobody"])
    assert states(clinic) == []
