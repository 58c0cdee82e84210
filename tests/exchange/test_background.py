"""Medicines, complications, volumes and answers: through a bundle and through a clinic's file they stay the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.background_terms import AllergyStatus, Smoking
from ssc_hand.domain.changes import Put, Withdraw, whole
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.fields import (
    ANTIBODIES,
    COMPLICATION,
    EVER_PRESENT,
    MEDICINE,
    PROCEDURE,
    RISKS,
    STUDY,
    Field,
)
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.kinds import Choice, Flag, Number, Several
from ssc_hand.domain.records import PatientRecord, Procedure
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.exchange.bundle import dumps, from_bundle, to_bundle
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, the_settings
from tests.clinics import found_clinic
from tests.exchange.given import bundle, patient

DATES = st.sampled_from(["2019", "2020-07", "2024-02-29"])
LINES = st.sampled_from(["iloprost", "Ω-3 “fish oil”", "5 mg"])


def stored(field: Field) -> st.SearchStrategy[object]:
    """Anything that a field can hold, as it is stored; None for not recorded."""
    kind = field.kind
    if isinstance(kind, Choice):
        found: st.SearchStrategy[object] = st.sampled_from([term.value for term in kind.terms])
    elif isinstance(kind, Several):
        found = st.lists(st.sampled_from(list(kind.terms)), min_size=1).map(_keys)
    elif isinstance(kind, Flag):
        found = st.booleans()
    elif isinstance(kind, Number):
        found = st.integers(0, 900).map(lambda tenths: tenths / 10)
    elif isinstance(kind, Injections):
        found = st.sampled_from(["palm: 10 + 0.5", "palm: -\nindex MCP radial: 0.5"])
    else:
        found = LINES if type(kind).__name__ == "Text" else DATES
    return found if field.required else st.none() | found


def _keys(terms: Sequence[Enum]) -> str:
    return ",".join(str(term.value) for term in terms)


def values(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Values of a table of fields."""
    loaded = {field.key: stored(field).map(field.load) for field in fields}
    return st.fixed_dictionaries(loaded)


@st.composite
def records(draw: st.DrawFn) -> PatientRecord:
    """A patient with any background that can be."""
    known = draw(values((*RISKS, *ANTIBODIES, *EVER_PRESENT, *STUDY)))
    if known["allergy_status"] is AllergyStatus.NONE_KNOWN:
        known["allergies"] = None
    if known["smoking"] is not Smoking.FORMER:
        known["smoking_stopped"] = known["pack_years"] = None
    who = a_patient(record_number=new_id(), **known)
    own: dict[str, Any] = {"patient_id": who.id}
    procedures = tuple(Procedure(id=new_id(), **own, **each) for each in draw(st.lists(values(PROCEDURE), max_size=2)))
    medicines = [Medicine(id=new_id(), **own, **each) for each in draw(st.lists(values(MEDICINE), max_size=3))]
    after = st.sampled_from([None, *(each.id for each in procedures)])
    complications = [
        Complication(id=new_id(), **own, procedure_id=draw(after), **each)
        for each in draw(st.lists(values(COMPLICATION), max_size=3))
    ]
    return PatientRecord(
        patient=who,
        procedures=tuple(sorted(procedures, key=lambda each: (each.date or "", each.id))),
        medicines=tuple(sorted(map(_possible, medicines), key=lambda each: (each.start or "", each.id))),
        complications=tuple(sorted(complications, key=lambda each: (each.date or "", each.id))),
    )


def _possible(medicine: Medicine) -> Medicine:
    """The medicine without dates before its start, and without a last dose after its stop."""
    start, stop, last = medicine.start, medicine.stop, medicine.last_dose
    if stop and last and last.earliest > stop.latest:
        medicine = replace(medicine, last_dose=None)
    if start is None:
        return medicine
    dates = {key: getattr(medicine, key) for key in ("stop", "last_dose")}
    kept: dict[str, Any] = {
        key: when if when and when.latest >= start.earliest else None for key, when in dates.items()
    }
    return replace(medicine, **kept)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """One clinic for many made-up patients."""
    with found_clinic(tmp_path_factory.mktemp("background") / "c", the_settings(), by="x") as clinic:
        yield clinic


@given(records())
@settings(max_examples=60)
def test_a_background_is_the_same_after_a_bundle_and_after_a_file(shared: Clinic, record: PatientRecord) -> None:
    text = dumps(to_bundle([record]))
    (read,) = from_bundle(text)
    assert read == record
    assert dumps(to_bundle([read])) == text
    shared.write(*whole(record))
    assert shared.record(record.patient.id) == record


def test_the_clinic_of_the_properties_is_whole(shared: Clinic) -> None:
    assert shared.check() == []


def test_a_complication_finds_its_procedure_by_the_id_of_the_file() -> None:
    (record,) = from_bundle(
        bundle(
            patient(
                procedures=[{"id": "p1", "kind": "fat", "side": "left", "state": "done"}],
                complications=[{"kind": "nerve", "procedure": "p1", "digits": ["D2"]}],
            )
        )
    )
    (complication,) = record.complications
    assert complication.procedure_id == record.procedures[0].id
    assert complication.digits == (Digit.D2,)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"medicines": [{"name": "iloprost"}]}, "medicine 1: Class is needed"),
        ({"medicines": [{"kind": "steroid", "start": "2025", "stop": "2024"}]}, "medicine 1: Stop: 2024 lies before"),
        ({"complications": [{"kind": "pain", "procedure": "x"}]}, "complication 1: “procedure” is the id"),
        ({"procedures": [{"kind": "fat", "side": "left", "state": "done", "injections": [{"ml": 1}]}]}, "procedure 1"),
        ({"allergy_status": "none_known", "allergies": "latex"}, "Allergies: "),
    ],
)
def test_a_background_that_cannot_be_is_refused_with_its_place(parts: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        from_bundle(bundle(patient(**parts)))


def test_a_medicine_is_changed_and_withdrawn_like_a_procedure(shared: Clinic) -> None:
    who = a_patient(record_number=new_id())
    medicine = Medicine(id=new_id(), patient_id=who.id, kind=_kind("steroid"), dose="5 mg")
    _patient, first = shared.write(Put(who), Put(medicine))
    changed = replace(medicine, dose="10 mg", stamp=first)
    (second,) = shared.write(Put(changed))
    with pytest.raises(Conflict, match="medicine was changed by x"):
        shared.write(Put(changed))
    assert [each.dose for each in shared.record(who.id).medicines] == ["10 mg"]
    shared.write(Withdraw(replace(changed, stamp=second)))
    assert shared.record(who.id).medicines == ()


def test_a_complication_after_a_procedure_of_another_patient_is_refused(shared: Clinic) -> None:
    (one,) = from_bundle(
        bundle(patient(record_number=new_id(), procedures=[{"kind": "fat", "side": "left", "state": "done"}]))
    )
    other = a_patient(record_number=new_id())
    shared.write(*whole(one), Put(other))
    kind = COMPLICATION[0].load("nerve")
    wrong = Complication(id=new_id(), patient_id=other.id, kind=kind, procedure_id=one.procedures[0].id)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="not in the patient's record"):
        shared.write(Put(wrong))


def _kind(key: str) -> Any:
    return MEDICINE[0].load(key)
