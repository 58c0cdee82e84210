"""What lists and banners say about a patient."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ssc_hand.domain.background_terms import MedicineKind
from ssc_hand.domain.treatment import Medicine
from ssc_hand.ui.patients import words
from tests.builders import a_record

ASPIRIN = "أسبرين"
ARABIC = Medicine(id="m", patient_id="p", kind=MedicineKind.ANTIPLATELET, name=ASPIRIN, dose="100 mg")


def test_a_line_that_begins_with_arabic_keeps_its_own_direction() -> None:
    found = words.isolated_record(ARABIC.words, ARABIC)
    assert found == f"\u2068{ASPIRIN}\u2069 100 mg (antiplatelet), start not recorded"


def test_an_arabic_blood_thinner_turns_nothing_else_of_the_banner() -> None:

    record = replace(a_record(), medicines=(ARABIC,))
    assert f"\u2068{ASPIRIN}\u2069" in words.risks(record, dt.date(2026, 3, 2))


def test_words_without_another_direction_are_left_as_they_are() -> None:
    assert words.isolated("aspirin 100 mg", "aspirin", None) == "aspirin 100 mg"
