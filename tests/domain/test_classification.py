"""The ACR/EULAR 2013 criteria: a total only when every group is answered, and never a diagnosis."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.background_terms import AntibodyResult
from ssc_hand.domain.classification import classification, classification_words
from ssc_hand.domain.fields import EVER_PRESENT
from tests.builders import a_patient

NEGATIVE = dict.fromkeys(("anticentromere", "anti_scl70", "anti_rna_pol3"), AntibodyResult.NEGATIVE)
NOTHING: dict[str, Any] = {field.key: False for field in EVER_PRESENT} | NEGATIVE


def total(**answers: Any) -> int | None:
    return classification(a_patient(**{**NOTHING, **answers})).total


def test_nothing_present_is_nought_and_nothing_recorded_is_no_total() -> None:
    assert total() == 0
    assert classification(a_patient()).total is None
    assert classification_words(a_patient()) == "ACR/EULAR 2013, for classification, not diagnosis: not recorded."


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"ever_proximal_skin": True}, 9),
        ({"ever_puffy": True}, 2),
        ({"ever_sclerodactyly": True}, 4),
        ({"ever_puffy": True, "ever_sclerodactyly": True}, 4),
        ({"ever_tip_ulcers": True}, 2),
        ({"ever_pitting_scars": True}, 3),
        ({"ever_tip_ulcers": True, "ever_pitting_scars": True}, 3),
        ({"ever_telangiectasia": True}, 2),
        ({"ever_capillaries": True}, 2),
        ({"ever_pah": True}, 2),
        ({"ever_pah": True, "ever_ild": True}, 2),
        ({"ever_raynaud": True}, 3),
        ({"anti_scl70": AntibodyResult.POSITIVE}, 3),
        ({"anti_scl70": AntibodyResult.POSITIVE, "anticentromere": AntibodyResult.POSITIVE}, 3),
        ({"ana": AntibodyResult.POSITIVE}, 0),
    ],
)
def test_each_group_counts_its_greatest_weight(answers: dict[str, Any], points: int) -> None:
    assert total(**answers) == points


def test_without_the_sufficient_item_the_greatest_total_is_nineteen() -> None:
    everything = dict.fromkeys(NOTHING, True) | dict.fromkeys(NEGATIVE, AntibodyResult.POSITIVE)
    assert total(**(everything | {"ever_proximal_skin": False})) == 19


@pytest.mark.parametrize("key", [*(field.key for field in EVER_PRESENT), *NEGATIVE])
def test_one_item_that_was_not_recorded_leaves_no_total(key: str) -> None:
    assert total(**{key: None}) is None


def test_an_item_that_cannot_raise_its_group_any_more_is_not_missed() -> None:
    assert total(ever_sclerodactyly=True, ever_puffy=None) == 4
    assert total(ever_tip_ulcers=True, ever_pitting_scars=None) is None
    assert total(ever_ild=True, ever_pah=None) == 2
    assert total(anticentromere=AntibodyResult.POSITIVE, anti_scl70=None) == 3


def test_an_antibody_that_was_not_tested_leaves_no_total() -> None:
    assert total(anti_rna_pol3=AntibodyResult.NOT_TESTED) is None


def test_without_a_total_the_hand_items_so_far_are_told_with_what_is_missing() -> None:
    words = classification_words(a_patient(ever_raynaud=True, ever_tip_ulcers=True, ever_ild=True))
    assert "hand items so far 5 points" in words
    assert words.endswith("skin of the fingers, fingertip lesions, telangiectasia, nailfold capillaries, antibodies.")


@pytest.mark.parametrize(
    ("key", "points"),
    [
        ("ever_proximal_skin", 9),
        ("ever_puffy", 2),
        ("ever_sclerodactyly", 4),
        ("ever_tip_ulcers", 2),
        ("ever_pitting_scars", 3),
        ("ever_capillaries", 2),
        ("ever_raynaud", 3),
        ("ever_telangiectasia", 0),
        ("ever_pah", 0),
        ("ever_ild", 0),
    ],
)
def test_items_of_the_hand_count_so_far_and_those_of_face_and_lung_do_not(key: str, points: int) -> None:
    answers: dict[str, Any] = {key: True}
    found = classification(a_patient(**answers))
    assert found.hand_items == points
    assert found.is_definite is (key == "ever_proximal_skin")


def test_the_sentence_says_met_or_not_met_and_what_it_is_not() -> None:
    met = a_patient(**{**NOTHING, "ever_sclerodactyly": True, "ever_raynaud": True, "ever_capillaries": True})
    assert classification(met).is_definite
    assert "9 points, met (definite from 9)" in classification_words(met)
    assert "0 points, not met" in classification_words(a_patient(**NOTHING))
    alone = a_patient(ever_proximal_skin=True)
    assert classification(alone).is_definite
    assert "sufficient alone" in classification_words(alone)
