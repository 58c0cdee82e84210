"""Text as people type it: what is kept, what is refused, and how it is found again."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.text import NAME_LIMIT, NOTE_LIMIT, clean_name, clean_note, fold


@pytest.mark.parametrize(
    "name",
    [
        "<b>O'Brien & Søn</b>",
        "<José> Pérez",
        "Nguyễn Thị Ánh",
        "محمد علي",
        "王小明",
        "a  b",
        "می\u200cخواهم",
        "😀",
    ],
)
def test_an_ordinary_name_is_kept_as_typed(name: str) -> None:
    assert clean_name(name) == name
    assert clean_note(name) == name


def test_a_decomposed_name_is_kept_composed() -> None:
    assert clean_name(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"


def test_invisible_characters_are_left_out() -> None:
    typed = "\ufeffAnn\u200b \u202eLee\u202c\u2066\u2069 "
    assert clean_name(typed) == "Ann Lee"
    assert clean_note(typed) == "Ann Lee"


def test_a_name_pasted_from_two_lines_stays_on_one() -> None:
    assert clean_name(" Ann\r\n\tLee\n") == "Ann Lee"


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x0b", "\x1b", "\x7f", "\x80", "\x9f", "\ud800", "\udfff"])
def test_control_characters_in_a_name_are_refused_and_in_a_note_left_out(control: str) -> None:
    with pytest.raises(Refused, match="control characters"):
        clean_name(f"An{control}n")
    assert clean_note(f"An{control}n") == "Ann"


def test_a_note_keeps_its_lines_whatever_machine_wrote_them() -> None:
    assert clean_note("one\r\ntwo\rthree\u2028four\x85five\tsix\n\n") == "one\ntwo\nthree\nfour\nfive six"


def test_a_text_at_the_limit_is_kept_and_one_beyond_is_refused_with_both_numbers() -> None:
    assert len(clean_name("x" * NAME_LIMIT)) == NAME_LIMIT
    assert len(clean_note("x" * NOTE_LIMIT)) == NOTE_LIMIT
    with pytest.raises(Refused, match="201 characters and at most 200"):
        clean_name("x" * (NAME_LIMIT + 1))
    with pytest.raises(Refused, match="300 characters"):
        clean_name("x" * 300)
    with pytest.raises(Refused, match="20001"):
        clean_note("x" * (NOTE_LIMIT + 1))


def test_the_limit_counts_what_is_kept() -> None:
    assert len(clean_name(unicodedata.normalize("NFD", "한" * NAME_LIMIT))) == NAME_LIMIT


def test_a_letter_under_a_tower_of_accents_is_refused_at_once() -> None:
    with pytest.raises(Refused, match="accents on one letter"):
        clean_note("a" + "\u0315\u0300" * 39_000)
    assert clean_note("a" + "\u0301" * 20)


@given(st.text(st.characters()))
def test_whatever_is_kept_is_already_clean(text: str) -> None:
    kept = clean_note(text)
    assert clean_note(kept) == kept
    kept.encode()
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("garcia", "García"),
        ("PEREZ", "Pérez"),
        ("nguyen thi anh", "Nguyễn Thị Ánh"),
        ("dang", "Đặng"),
        ("soren", "Søren"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("aesir", "Æsir"),
        ("thorsteinn", "Þorsteinn"),
        ("gudrun", "Guðrún"),
        ("oeuvre", "Œuvre"),
        ("yildiz", "Yıldız"),
        ("istanbul", "İstanbul"),
        ("ISTANBUL", "ıstanbul"),
        ("obrien", "O'Brien"),
        ("o’brien", "OʼBrien"),
        ("d´arc", "D`Arc"),
        ("παπαδοπουλος", "Παπαδόπουλος"),
        ("алексеи", "Алексей"),
        ("елка", "Ёлка"),
        ("محمد", "مُحَمَّد"),
        ("محمد", "محـــمد"),
        ("احمد", "أحمد"),
        ("ابراهيم", "إبراهيم"),
        ("امنه", "آمنة"),
        ("علي", "على"),
        ("كريمي", "کریمی"),
        ("סבתא", "סַבְתָּא"),
        ("anne-marie", "Anne\u2011Marie"),
        ("mrn 12", "ＭＲＮ　１２"),
        ("12", "١٢"),
        ("tel", "℡"),
        ("a b", "  A \n B "),
        ("می\u200cخواهم", "ميخواهم"),
    ],
)
def test_searching_is_blind_to_case_accents_and_forms(typed: str, kept: str) -> None:
    assert fold(typed) == fold(kept)


def test_folding_keeps_different_names_apart() -> None:
    names = ["García", "Garza", "王小明", "王大明", "한", "하", "กี", "กา", "किरण", "करण", "علي", "عمر", ""]
    assert len({fold(name) for name in names}) == len(names)


@given(st.text(st.characters()))
def test_folding_never_fails_and_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters()))
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
