"""The page about the bundle names what the bundle has, and its example can be imported."""

from __future__ import annotations

import re

import pytest

from ssc_hand.domain.fields import AMPUTATION, COMPLICATION, LESION, LESION_STATE, MEDICINE, PATIENT, PROCEDURE, VISIT
from ssc_hand.exchange.bundle import from_bundle
from ssc_hand.exchange.given import keys
from ssc_hand.resources import ROOT

PAGE = (ROOT.parent / "docs" / "bundle.md").read_text(encoding="utf-8")
EVERY = PATIENT + PROCEDURE + AMPUTATION + MEDICINE + COMPLICATION + VISIT + LESION + LESION_STATE


@pytest.mark.parametrize("key", sorted(keys(EVERY)))
def test_every_key_is_on_the_page(key: str) -> None:
    assert f"`{key}`" in PAGE


def test_the_example_can_be_imported() -> None:
    example = re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert example
    (record,) = from_bundle(example[1])
    assert len(record.visits[0].observations) == 4
    assert record.lesions[0].letter == "A"
