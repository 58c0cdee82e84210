"""Measures are known by key: a new one needs no migration, and an older program does not hide a newer one's values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ssc_hand.domain import records
from ssc_hand.domain.anatomy import Scope, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.changes import Put, whole
from ssc_hand.domain.measures import Catalogue
from ssc_hand.storage import measures, rows
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.failures import Failure, StorageUnavailable
from tests.builders import a_record, a_visit
from tests.clinics import enter_clinic


@pytest.fixture
def tomorrow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The catalogue gets one more measure; what is given back takes it away again."""
    hum = replace(CATALOGUE["dorsum_temp"], key="hum", unit="Hz", label="Hum", scope=Scope.HAND)
    catalogue = Catalogue(*CATALOGUE.values(), hum)
    for module in (measures, rows, records):
        monkeypatch.setattr(module, "CATALOGUE", catalogue)
    return monkeypatch.undo


def test_a_new_measure_needs_no_migration(closed: Path, tomorrow: Callable[[], None]) -> None:
    record = a_record(a_visit())
    with enter_clinic(closed, by="x") as clinic:
        clinic.write(*whole(record))
        clinic.write(Put(records.observation(parse_site("R"), "hum", 30.0), record.visits[0].id))
        assert len(clinic.record(record.patient.id).visits[0].observations) == 1
        assert clinic.check() == []
    tomorrow()
    with pytest.raises(StorageUnavailable) as caught:
        enter_clinic(closed, by="x")
    assert caught.value.kind is Failure.NEWER


def test_a_measure_that_was_never_used_does_not_stand_in_the_way(closed: Path, tomorrow: Callable[[], None]) -> None:
    enter_clinic(closed, by="x").close()
    tomorrow()
    with enter_clinic(closed, by="x") as clinic:
        assert clinic.check() == []


def test_a_derived_measure_is_never_stored(clinic: Clinic) -> None:
    connection = clinic._database.connection
    stored = {key for (key,) in connection.execute("SELECT key FROM measure")}
    assert stored == {measure.key for measure in CATALOGUE.values() if not measure.derived}
