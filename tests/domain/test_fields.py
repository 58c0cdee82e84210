"""Fields: what each kind of record says, and what is refused with the name of the field."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import (
    AMPUTATION,
    COMPLICATION,
    CONDITIONS,
    LESION,
    LESION_STATE,
    MEDICINE,
    PATIENT,
    PROCEDURE,
    ULCER_ONLY,
    VISIT,
    Field,
    dump_all,
    field_of,
    load_all,
)
from ssc_hand.domain.kinds import Choice, Number, Text
from ssc_hand.domain.records import Amputation, Lesion, LesionState, Patient, Procedure, Visit
from ssc_hand.domain.treatment import Complication, Medicine
from ssc_hand.domain.vocabulary import Sex
from tests.builders import a_patient

TABLES: dict[type[Any], tuple[Field, ...]] = {
    Patient: PATIENT,
    Visit: VISIT,
    Lesion: LESION,
    LesionState: LESION_STATE,
    Procedure: PROCEDURE,
    Amputation: AMPUTATION,
    Medicine: MEDICINE,
    Complication: COMPLICATION,
}
#: What records hold beside their fields: keys, places, versions, and what stands in tables of its own.
BESIDE = {
    "id",
    "patient_id",
    "stamp",
    "site",
    "aspect",
    "x",
    "y",
    "letter",
    "follows",
    "procedure_id",
    "lesion_id",
    "state",
    "remarks",
    "observations",
    "states",
}


every_field = pytest.mark.parametrize(
    "field",
    [pytest.param(field, id=f"{record.__name__}.{field.key}") for record, fields in TABLES.items() for field in fields],
)


@pytest.mark.parametrize("record", TABLES, ids=lambda record: record.__name__)
def test_a_record_has_exactly_the_fields_of_its_table(record: type[Any]) -> None:
    attributes = {each.name for each in dataclasses.fields(record)}
    keys = {field.key for field in TABLES[record]}
    assert attributes - BESIDE == keys - BESIDE
    assert keys <= attributes
    assert len(keys) == len(TABLES[record])


@every_field
def test_a_field_may_be_empty_unless_it_is_needed(field: Field) -> None:
    for blank in ("", "   "):
        if field.required:
            with pytest.raises(Refused, match=f"{field.name} is needed"):
                field.parse(blank)
        else:
            assert field.parse(blank) is None
    if not field.required:
        assert field.load(None) is None
        assert field.dump(None) is None
        assert field.format(None) == ""


@every_field
def test_what_is_refused_names_its_field(field: Field) -> None:
    strange: object = object() if not isinstance(field.kind, Text) else "x" * 30_000
    with pytest.raises(Refused, match=f"^{field.name}: "):
        field.load(strange)


def test_a_text_of_which_cleaning_leaves_nothing_is_not_recorded() -> None:
    note = field_of(PATIENT, "note")
    assert note.parse("\u200b\ufeff") is None
    with pytest.raises(Refused, match="Family name is needed"):
        field_of(PATIENT, "family_name").load("\u200b")


def test_a_record_goes_out_and_comes_back_field_by_field() -> None:
    patient = a_patient(given_name="Ana", sex=Sex.FEMALE)
    stored = dump_all(PATIENT, patient)
    assert stored["sex"] == "female" and stored["birth_date"] is None
    assert load_all(PATIENT, stored) == {field.key: getattr(patient, field.key) for field in PATIENT}


def test_the_first_bad_field_is_named() -> None:
    with pytest.raises(Refused, match="Family name is needed"):
        load_all(PATIENT, {"record_number": "1"})


def test_conditions_and_fields_of_ulcers_are_fields() -> None:
    assert all(field_of(VISIT, key).key == key for key in CONDITIONS)
    known = {field.key for field in (*LESION, *LESION_STATE)}
    assert known >= ULCER_ONLY


def test_sizes_are_in_millimetres_and_pain_from_nought_to_ten() -> None:
    for key in ("length_mm", "width_mm"):
        field = field_of(LESION_STATE, key)
        assert field.hint == "mm" and field.parse("3,5") == 3.5
        with pytest.raises(Refused):
            field.parse("-1")
    pain = field_of(LESION_STATE, "pain")
    assert isinstance(pain.kind, Number) and pain.kind.hard == (0, 10)


def test_a_choice_is_offered_by_its_terms() -> None:
    sex = field_of(PATIENT, "sex")
    assert isinstance(sex.kind, Choice)
    assert sex.format(Sex.FEMALE) == "female"
