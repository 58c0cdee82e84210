"""Whatever is entered in whatever order: the file holds what memory holds, and a batch is all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.changes import Change, Put, Withdraw, whole
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Beyond, Choice, Flag, Number
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import Observation, PatientRecord, Stamp, Visit, not_assessed, observation
from ssc_hand.domain.text import clean_note
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import found_clinic

ENTERED = [measure for measure in CATALOGUE.values() if not measure.derived]


def values_of(measure: Measure) -> st.SearchStrategy[object]:
    """Any value that a measure can have."""
    kind = measure.kind
    if isinstance(kind, Number):
        low, high = (round(end * 10**kind.decimals) for end in kind.hard)
        numbers = st.integers(low, high).map(lambda whole_steps: round(whole_steps / 10**kind.decimals, kind.decimals))
        return st.one_of(numbers, st.just(Beyond(30.0))) if kind.beyond else numbers
    if isinstance(kind, Choice):
        return st.sampled_from(list(kind.terms))
    return st.booleans() if isinstance(kind, Flag) else st.sampled_from(["2024", "2024-03", "2024-03-12"])


@st.composite
def observations(draw: st.DrawFn) -> Observation:
    """Any observation: a value, or a reason why there is none."""
    measure = draw(st.sampled_from(ENTERED))
    site: Site = draw(st.sampled_from(measure.sites))
    repeat = draw(st.integers(1, measure.repeats))
    if draw(st.integers(0, 4)) == 0:
        return not_assessed(site, measure.key, draw(st.sampled_from(list(Reason))), "words", repeat=repeat)
    return observation(site, measure.key, draw(values_of(measure)), repeat=repeat)


#: Two visits; an edit is a value put, a value taken back, or a text.
EDITS = st.lists(
    st.tuples(st.integers(0, 1), st.one_of(observations(), st.text(max_size=20), st.integers(0, 30))), max_size=25
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """One clinic for many made-up patients."""
    with found_clinic(tmp_path_factory.mktemp("properties") / "c", the_settings(), by="x") as clinic:
        yield clinic


class Memory:
    """What the window would hold: the record, and the version of every row it knows."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.record = a_record(a_visit("2026-01-02T10:00"), a_visit("2026-02-03T10:00"), patient=a_patient(new_id()))
        stamps = clinic.write(*whole(self.record))
        self.visits = {visit.id: stamp for visit, stamp in zip(self.record.visits, stamps[1:], strict=True)}
        self.parts: dict[object, Stamp] = {}

    def edit(self, visit: Visit, edit: Observation | str | int) -> None:
        """One edit, in memory and in the file."""
        if isinstance(edit, str):
            self._set_plan(visit, edit)
        elif isinstance(edit, Observation):
            known = self.parts.get((visit.id, edit.key))
            self._write((visit.id, edit.key), Put(replace(edit, stamp=known), visit.id))
            self.record = self.record.with_visit(visit.with_observation(edit))
        elif edit < len(visit.observations):
            gone = list(visit.observations.values())[edit]
            known = self.parts.pop((visit.id, gone.key))
            self.clinic.write(Withdraw(replace(gone, stamp=known), visit.id))
            self.record = self.record.with_visit(visit.without_observation(gone.key))

    def _write(self, key: object, change: Change) -> None:
        (self.parts[key],) = self.clinic.write(change)

    def _set_plan(self, visit: Visit, text: str) -> None:
        changed = replace(visit, plan=clean_note(text) or None)
        (self.visits[visit.id],) = self.clinic.write(Put(replace(changed, stamp=self.visits[visit.id])))
        self.record = self.record.with_visit(changed)


@given(EDITS)
@settings(max_examples=60)
def test_the_file_holds_what_memory_holds(shared: Clinic, edits: list[tuple[int, Observation | str | int]]) -> None:
    memory = Memory(shared)
    for number, edit in edits:
        memory.edit(memory.record.visits[number], edit)
    assert shared.record(memory.record.patient.id) == memory.record


@given(st.lists(observations(), min_size=1, max_size=8, unique_by=lambda seen: seen.key), st.integers(0, 7))
@settings(max_examples=40)
def test_a_batch_is_written_whole_or_not_at_all(shared: Clinic, batch: list[Observation], wrong: int) -> None:
    record = a_record(a_visit(), patient=a_patient(new_id()))
    shared.write(*whole(record))
    visit_id = record.visits[0].id
    changes: list[Change] = [Put(seen, visit_id) for seen in batch]
    if wrong < len(batch):
        changes.insert(wrong, Put(replace(a_patient("?"), family_name="")))
        with pytest.raises(Refused):
            shared.write(*changes)
        assert shared.record(record.patient.id) == record
    else:
        shared.write(*changes)
        kept = shared.record(record.patient.id).visits[0].observations
        assert kept == MappingProxyType({seen.key: seen for seen in batch})


def test_the_clinic_of_the_properties_is_whole(shared: Clinic) -> None:
    Memory(shared)
    assert shared.check() == []
    assert isinstance(shared.record(shared.all_ids()[0]), PatientRecord)
