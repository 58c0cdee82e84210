"""The JSON Schema says what the program reads and writes: the same words, fields and places."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from ssc_hand.domain import anatomy
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.fields import (
    AMPUTATION,
    COMPLICATION,
    LESION,
    LESION_STATE,
    MEDICINE,
    PATIENT,
    PHOTOGRAPH,
    PROCEDURE,
    ULCER_ONLY,
    VISIT,
    Field,
)
from ssc_hand.domain.kinds import Choice, Number, Several
from ssc_hand.domain.records import OTHER_STATUSES, ULCER_STATUSES
from ssc_hand.domain.vocabulary import Reason, Status, VisitState
from ssc_hand.exchange.bundle import from_bundle, to_bundle
from ssc_hand.exchange.given import keys
from ssc_hand.exchange.reading import FORMAT, VERSION
from ssc_hand.resources import ROOT
from tests.exchange.given import ULCER, bundle, lesions, one, patient, visit

SCHEMA: dict[str, Any] = json.loads((ROOT / "bundle.schema.json").read_text(encoding="utf-8"))
DEFS: dict[str, Any] = SCHEMA["$defs"]
CHECK = jsonschema.Draft202012Validator(SCHEMA)
TABLES = {
    "patient": (PATIENT, {"id", "procedures", "amputations", "medicines", "complications", "visits"}),
    "procedure": (PROCEDURE, {"id"}),
    "amputation": (AMPUTATION, {"id", "site"}),
    "medicine": (MEDICINE, {"id"}),
    "complication": (COMPLICATION, {"id", "procedure"}),
    "visit": (VISIT, {"id", "state", "remarks", "observations", "lesions", "photographs"}),
    "photograph": (
        PHOTOGRAPH,
        {"id", "site", "lesion", "width_px", "height_px", "size_bytes", "sha256", "scale", "outline", "jpeg"},
    ),
    "lesion": (LESION + LESION_STATE, {"id", "letter", "site", "aspect", "x", "y", "follows"}),
}
FIELDS = [(name, field) for name, (fields, _more) in TABLES.items() for field in fields if field.key != "status"]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert SCHEMA["properties"]["version"]["const"] == VERSION


@pytest.mark.parametrize("name", TABLES)
def test_every_field_has_its_property_and_no_property_has_no_field(name: str) -> None:
    fields, more = TABLES[name]
    assert set(DEFS[name]["properties"]) == keys(fields) | more
    assert {field.key for field in fields if field.required} <= set(DEFS[name]["required"])


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[f"{name}.{field.key}" for name, field in FIELDS])
def test_a_property_allows_what_its_field_allows(name: str, field: Field) -> None:
    found = DEFS[name]["properties"][field.key]
    if isinstance(field.kind, Choice):
        assert found["enum"] == [term.value for term in field.kind.terms]
    elif isinstance(field.kind, Several):
        assert found["items"]["enum"] == [term.value for term in field.kind.terms]
    elif isinstance(field.kind, Number):
        assert (found["minimum"], found["maximum"]) == field.kind.hard


def test_statuses_are_those_that_a_kind_of_lesion_can_have() -> None:
    lesion = DEFS["lesion"]
    carried = Status.NOT_REEXAMINED
    assert set(lesion["properties"]["status"]["enum"]) == set(Status) - {Status.AMPUTATED}
    assert lesion["then"]["properties"]["status"]["enum"] == [*ULCER_STATUSES, carried]
    assert lesion["else"]["properties"]["status"]["enum"] == [*OTHER_STATUSES, carried]
    assert set(lesion["else"]["properties"]) == {"status", *ULCER_ONLY}


def test_places_reasons_and_states_are_those_of_the_program() -> None:
    assert DEFS["site"]["enum"] == [site.code for site in anatomy.SITES]
    measured = [anatomy.VISIT, *anatomy.HANDS, *anatomy.DIGITS]
    assert DEFS["observation"]["properties"]["site"]["enum"] == [site.code for site in measured]
    assert DEFS["amputation"]["properties"]["site"]["enum"] == [site.code for site in anatomy.DIGITS]
    assert DEFS["lesion"]["properties"]["site"]["enum"] == [site.code for site in anatomy.SITES if site.hand]
    assert DEFS["lesion"]["properties"]["aspect"]["enum"] == list(anatomy.Aspect)
    assert DEFS["observation"]["properties"]["reason"]["enum"] == list(Reason)
    assert DEFS["visit"]["properties"]["state"]["enum"] == list(VisitState)


def test_every_measure_of_the_catalogue_fits() -> None:
    most = DEFS["observation"]["properties"]["repeat"]["maximum"]
    for measure in CATALOGUE.values():
        CHECK.validate(json.loads(one({"measure": measure.key, "site": "V", "reason": "pain"})))
        assert measure.repeats <= most


def test_an_export_fits_the_schema() -> None:
    text = bundle(
        patient(
            visit(lesions=[ULCER], observations=[{"measure": "crt", "site": "R.D2", "value": ">30"}], remarks=["a"]),
            procedures=[{"kind": "fat", "side": "both", "state": "planned", "digits": ["D2"], "date": "2027"}],
            amputations=[{"site": "L.D4", "level": "tip"}],
            note="two\nlines",
        )
    )
    CHECK.validate(json.loads(text))
    CHECK.validate(to_bundle(from_bundle(text)))


@pytest.mark.parametrize(
    "text",
    [
        one({"measure": "crt", "site": "R.D2"}),
        one({"measure": "crt", "site": "R.D2", "value": 1, "reason": "pain"}),
        one({"measure": "crt", "site": "R.D2", "reason": "other"}),
        one({"measure": "crt", "site": "R.D1.middle", "value": 1}),
        lesions({**ULCER, "status": "amputated"}),
        lesions({**ULCER, "kind": "gangrene", "origin": "pure", "status": "present"}),
        lesions({key: value for key, value in ULCER.items() if key != "y"}),
        bundle(patient(visit("2026-03-02T09:30:00"))),
        bundle(patient(nose=1)),
        bundle(version=2),
    ],
)
def test_what_the_program_refuses_the_schema_refuses_too(text: str) -> None:
    assert not CHECK.is_valid(json.loads(text))
