"""Protocols: what a visit asks for, in the order of the examination, without hiding anything recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.catalogue import BESIDE, CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings, checked
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.protocols import (
    FULL,
    MOST_OWN,
    QUICK,
    TRIAL,
    default_protocol,
    own_protocol,
    protocol_of,
    protocols_of,
    read_own,
    shown,
    write_own,
)
from tests.builders import a_patient, a_visit

CLINIC = ClinicSettings(name="Hand Clinic")
OWN = own_protocol("k1", " Ulcer  clinic ", ["pain", "colour", "crt"], refill_once=False)


def test_a_new_clinic_follows_the_quick_one() -> None:
    visit, _lesions = a_visit().of(a_patient())
    assert protocol_of(visit, CLINIC) is QUICK
    assert protocol_of(None, CLINIC) is QUICK
    assert QUICK.measures == ("hand_pain_now", "crt")


def test_quick_asks_for_one_press_and_the_trial_for_three() -> None:
    refill, grip = CATALOGUE["crt"], CATALOGUE["grip_strength"]
    assert (QUICK.readings(refill), FULL.readings(refill), TRIAL.readings(refill)) == (1, 1, 3)
    assert FULL.readings(grip) == 3


def test_full_asks_for_everything_that_is_typed_in_by_itself() -> None:
    assert set(FULL.measures) | BESIDE == {measure.key for measure in CATALOGUE.values() if not measure.derived}
    assert not set(FULL.measures) & BESIDE


def test_where_a_digit_was_pressed_is_shown_where_it_is_recorded_and_an_amputation_in_its_own_list() -> None:
    visit, _lesions = a_visit().at("R.D2", refill_place="nail_bed", amputation_check="as_before").of(a_patient())
    assert [measure.key for measure in shown(QUICK, visit, Scope.DIGIT)] == ["crt", "refill_place"]


def test_what_handling_disturbs_comes_first() -> None:
    order = [
        FULL.measures.index(key) for key in ("room_temp", "hand_pain_now", "colour", "skin_temp", "crt", "kapandji")
    ]
    assert order == sorted(order)


def test_a_visit_follows_the_protocol_that_it_names() -> None:
    visit, _lesions = a_visit(protocol="trial").of(a_patient())
    assert protocol_of(visit, CLINIC) is TRIAL


def test_a_visit_of_a_protocol_that_is_gone_follows_the_clinic() -> None:
    visit, _lesions = a_visit(protocol="of another clinic").of(a_patient())
    assert protocol_of(visit, replace(CLINIC, protocol="full")) is FULL
    assert default_protocol(replace(CLINIC, protocol="gone")) is QUICK


def test_a_clinic_makes_protocols_of_its_own() -> None:
    kept = checked(replace(CLINIC, protocol="k1", own_protocols=write_own([OWN])))
    visit, _lesions = a_visit().of(a_patient())
    found = protocol_of(visit, kept)
    assert (found.name, found.measures) == ("Ulcer  clinic", ("pain", "colour", "crt"))
    assert found.readings(CATALOGUE["crt"]) == 3
    assert protocols_of(kept) == (QUICK, FULL, TRIAL, OWN)


def test_what_is_recorded_is_shown_whatever_the_protocol() -> None:
    visit, _lesions = a_visit().at("R.D2", spo2=97).at("R.D3", pip_flexion=80).of(a_patient())
    keys = [measure.key for measure in shown(QUICK, visit, Scope.DIGIT)]
    assert keys == ["crt", "spo2", "pip_flexion", "tam"]


def test_what_is_computed_is_shown_with_all_that_it_needs() -> None:
    visit, _lesions = a_visit().of(a_patient())
    keys = [measure.key for measure in shown(TRIAL, visit, Scope.DIGIT)]
    assert "ddd" in keys and "tam" not in keys


@pytest.mark.parametrize(
    ("name", "measures", "why"),
    [
        (" ", ["crt"], "needs a name"),
        ("Empty", [], "asks for nothing"),
        ("Sum", ["tam"], "computed"),
        ("New", ["girth"], "not a measure"),
    ],
)
def test_a_protocol_that_makes_no_sense_is_refused(name: str, measures: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        own_protocol("k", name, measures, refill_once=True)


def test_two_protocols_of_one_name_are_refused() -> None:
    with pytest.raises(Refused, match="Two protocols"):
        write_own([OWN, replace(OWN, key="k2", label="ULCER  CLINIC")])
    with pytest.raises(Refused, match="Two protocols"):
        write_own([replace(OWN, label="Quick")])
    with pytest.raises(Refused, match="At most"):
        write_own([replace(OWN, key=str(n), label=str(n)) for n in range(MOST_OWN + 1)])


def test_two_protocols_of_one_key_or_one_with_the_key_of_the_program_are_refused() -> None:
    for key in (OWN.key, QUICK.key):
        with pytest.raises(Refused, match="cannot be read"):
            write_own([OWN, replace(OWN, key=key, label="Another")])


def test_no_own_protocol_is_stored_as_nothing() -> None:
    assert write_own([]) is None
    assert read_own(None) == ()


def test_as_many_full_protocols_as_allowed_fit_a_setting() -> None:
    most = [replace(OWN, key=f"{n:036}", label=f"{n:0200}", measures=FULL.measures) for n in range(MOST_OWN)]
    assert len(read_own(checked(replace(CLINIC, own_protocols=write_own(most))).own_protocols)) == MOST_OWN


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        "[1]",
        '[{"key": "k"}]',
        '[{"key": "k", "name": "n", "measures": 1}]',
        '[{"key": "k", "name": "n", "measures": "crt", "refill_once": true}]',
    ],
)
def test_what_cannot_be_read_is_refused_and_not_guessed(stored: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        checked(replace(CLINIC, own_protocols=stored))


def test_a_measure_of_a_newer_program_is_left_out() -> None:
    stored = '[{"key": "k", "name": "New", "measures": ["crt", "laser"], "refill_once": true}]'
    assert [each.measures for each in read_own(stored)] == [("crt",)]
