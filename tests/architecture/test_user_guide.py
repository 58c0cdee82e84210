"""The user guide says what the program does: its numbers, its keys and its pictures."""

from __future__ import annotations

import re

import pytest

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.vocabulary import Reason
from tests.architecture.guide_keys import renewed
from tests.architecture.source import CHECKOUT

GUIDE = (CHECKOUT / "docs" / "user-guide.md").read_text(encoding="utf-8")
NUMBERS = [measure for measure in CATALOGUE.values() if isinstance(measure.kind, Number) and not measure.derived]


def row(measure: Measure) -> str:
    """The row of a measure in the table of numbers."""
    assert isinstance(measure.kind, Number)
    accepted, usual = measure.kind.hard, measure.kind.soft
    cells = (
        measure.name,
        measure.scope.name.lower(),
        measure.unit,
        f"{accepted[0]:g} to {accepted[1]:g}",
        f"{usual[0]:g} to {usual[1]:g}" if usual else "",
        str(measure.repeats),
        measure.worse.value,
    )
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells)


@pytest.mark.parametrize("measure", NUMBERS, ids=lambda measure: measure.key)
def test_each_number_stands_in_the_guide_with_its_limits(measure: Measure) -> None:
    assert row(measure) in GUIDE.splitlines()


def test_its_map_of_keys_is_that_of_the_program() -> None:
    assert renewed(GUIDE) == GUIDE, "run `make format`"


def test_every_reason_is_named() -> None:
    sentence = next(part for part in GUIDE.split("\n\n") if part.startswith("The reasons are:"))
    words = " ".join(sentence.split())
    assert [reason.label for reason in Reason if reason.label not in words] == []


def test_every_picture_and_page_it_points_to_exists() -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", GUIDE)
    assert targets
    assert [target for target in targets if not (CHECKOUT / "docs" / target).is_file()] == []


def test_every_chapter_it_points_to_exists() -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors
