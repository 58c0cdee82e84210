"""Finding patients as they are typed: names, record numbers, birth dates; in the order of names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.changes import Put
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.ids import new_id
from ssc_hand.storage import reading
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.search import birth_prefix, words_of
from tests.builders import a_patient, the_settings
from tests.clinics import found_clinic

PEOPLE = [
    ("HC-001", "García López", "José", "1964-03-12"),
    ("HC-002", "O'Brien", "Siobhán", "1964-03-30"),
    ("HC-010", "Øster-Łukasz", "Đorđe", "1921-12-25"),
    ("20/7", "Straße", "Æthel", "1985-05-05"),
    ("21/7", "Nguyễn", "Thị Bích", None),
    ("22/7", "Παπαδοπούλου", "Ελένη", "1970-01-02"),
    ("23/7", "Иванова", "Анна", "1970-01-03"),
    ("24/7", "العُمَري", "فاطمة", "1970-02-01"),
    ("31", "Li Wei", "Ann", "1964-11-01"),
    ("32", "Li", "Zoe", "1999-09-09"),
    ("1964", "Yılmaz", "Işık", "2001-01-01"),
]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """A clinic of people whose names are hard to type."""
    with found_clinic(tmp_path_factory.mktemp("crowd") / "c", the_settings(), by="x") as clinic:
        for number, family, given_name, birth in PEOPLE:
            day = dt.date.fromisoformat(birth) if birth else None
            clinic.write(Put(a_patient(number, family, given_name=given_name, birth_date=day)))
        yield clinic


def found(clinic: Clinic, text: str) -> set[str]:
    """The record numbers found for what was typed."""
    return {line.record_number for line in clinic.find(text)}


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("garcia", "HC-001"),
        ("GARCÍA jo", "HC-001"),
        ("lopez garcia", "HC-001"),
        ("obrien", "HC-002"),
        ("o’brien", "HC-002"),
        ("oster", "HC-010"),
        ("lukasz dord", "HC-010"),
        ("strasse", "20/7"),
        ("aeth", "20/7"),
        ("nguyen thi", "21/7"),
        ("παπαδοπουλου", "22/7"),
        ("иван", "23/7"),
        ("العمري", "24/7"),
        ("isik", "1964"),
        ("hc-010", "HC-010"),
        ("hc010", "HC-010"),
        ("21/7", "21/7"),
        ("1964-03-12", "HC-001"),
        ("12.3.1964", "HC-001"),
        ("12.03.1964", "HC-001"),
        ("12 Mar 1964", "HC-001"),
        ("12 march 1964", "HC-001"),
        ("Mar 12, 1964", "HC-001"),
        ("30/03/1964", "HC-002"),
        ("03/30/1964", "HC-002"),
        ("05/05/1985", "20/7"),
        ("garcia 1964", "HC-001"),
        ("1964-03 jose", "HC-001"),
        ("siobhan 30 Mar 1964", "HC-002"),
    ],
)
def test_one_patient_is_found_by(crowd: Clinic, typed: str, number: str) -> None:
    assert found(crowd, typed) == {number}


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1964-03", {"HC-001", "HC-002"}),
        ("Mar 1964", {"HC-001", "HC-002"}),
        ("3/1964", {"HC-001", "HC-002"}),
        # A year is also the beginning of a record number.
        ("1964", {"HC-001", "HC-002", "31", "1964"}),
        # Either 12 March or 3 December: no day at all.
        ("12/03/1964", set()),
        ("hc-0", {"HC-001", "HC-002", "HC-010"}),
        ("arcia", set()),
        ("31.2.1964", set()),
        ("%", set()),
        ("_", set()),
        ("\0", {number for number, *_rest in PEOPLE}),
    ],
)
def test_several_or_none_are_found_by(crowd: Clinic, typed: str, numbers: set[str]) -> None:
    assert found(crowd, typed) == numbers


def test_lists_are_in_the_order_of_names(crowd: Clinic) -> None:
    assert [line.full_name for line in crowd.find("")][:5] == [
        "García López, José",
        "Li, Zoe",
        "Li Wei, Ann",
        "Nguyễn, Thị Bích",
        "O'Brien, Siobhán",
    ]
    assert [line.full_name for line in crowd.find("li")] == ["Li, Zoe", "Li Wei, Ann"]


@pytest.mark.parametrize("few", [0, 10_000])
def test_both_ways_of_searching_give_the_same(crowd: Clinic, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    everywhere = ["", "l", "hc", "1964", "garcia"]
    before = [crowd.find(text, limit=3) for text in everywhere]
    monkeypatch.setattr(reading, "_FEW", few)
    assert [crowd.find(text, limit=3) for text in everywhere] == before


def test_no_more_are_listed_than_asked_for(crowd: Clinic) -> None:
    assert len(crowd.find("", limit=4)) == len(crowd.find("hc", limit=2)) + 2 == 4


def test_a_changed_name_is_found_and_the_old_one_is_not(clinic: Clinic) -> None:
    patient = a_patient("1", "Maidenname")
    (stamp,) = clinic.write(Put(patient))
    clinic.write(Put(replace(patient, family_name="Marriedname", stamp=stamp)))
    assert found(clinic, "married") == {"1"}
    assert found(clinic, "maiden") == set()
    assert clinic.check() == []


def test_a_patient_named_by_signs_only_can_be_kept(clinic: Clinic) -> None:
    clinic.write(Put(a_patient("#?", "<>")))
    assert found(clinic, "") == {"#?"}
    assert found(clinic, "<>") == set()


HOSTILE = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\"'*^()-+:{}%_\\\0 .,;/ANDORNEAR0123456789")))


@given(HOSTILE)
def test_nothing_that_can_be_typed_is_an_error(typed: str) -> None:
    assert isinstance(_crowd_of_the_fuzz().find(typed), list)


@given(st.text(min_size=1, max_size=50))
def test_whoever_has_a_name_is_found_by_it(name: str) -> None:
    patient = a_patient(new_id())
    try:
        _crowd_of_the_fuzz().write(Put(replace(patient, family_name=name)))
    except Refused:
        return
    hits = _crowd_of_the_fuzz().find(name, limit=10_000)
    assert patient.id in {line.id for line in hits} or not words_of(name)


_FUZZED: list[Clinic] = []


@pytest.fixture(scope="module", autouse=True)
def _fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with found_clinic(Path(tmp_path_factory.mktemp("fuzz")) / "c", the_settings(), by="x") as clinic:
        clinic.write(*(Put(a_patient(*person[:2])) for person in PEOPLE))
        _FUZZED.append(clinic)
        yield
        _FUZZED.clear()


def _crowd_of_the_fuzz() -> Clinic:
    return _FUZZED[0]


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_is_read_in_each_of_its_forms(day: dt.date) -> None:
    digits = day.strftime("%Y%m%d").zfill(8)
    for text in (
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {day:%b} {day.year}".lower(),
        f"{day:%B} {day.day}, {day.year}".lower(),
        digits,
        f"{day.year:04d} {day:%m %d}",
    ):
        assert birth_prefix(text) == digits


def test_what_is_no_date_is_none() -> None:
    for text in (
        "13/13/1964",
        "1964-13",
        "31 feb 1964",
        "12 mai 1964",
        "0000",
        "12-03-1964",
        "12 03 1964",
        "27031964",
        "garcia",
    ):
        assert birth_prefix(text) == ""
    assert birth_prefix("9 sept 1964") == "19640909"
    assert birth_prefix("25 3 1964") == "19640325"
