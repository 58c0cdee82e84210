"""Going from place to place with the arrow keys."""

from __future__ import annotations

import pytest

from ssc_hand.domain.anatomy import Step, parse_site
from ssc_hand.ui.models.selection import SiteSelection


@pytest.mark.parametrize(
    ("at", "step", "there"),
    [
        ("R.D2", Step.ULNAR, "R.D3"),
        ("R.D1", Step.RADIAL, "L.D1"),
        ("L.D5.distal", Step.ULNAR, "R.D5.distal"),
        ("L", Step.RADIAL, "R"),
    ],
)
def test_a_step_past_the_edge_of_a_hand_goes_to_the_same_place_of_the_other(at: str, step: Step, there: str) -> None:
    selection = SiteSelection()
    selection.choose(parse_site(at))
    selection.move(step)
    assert selection.sites == (parse_site(there),)


def test_a_step_past_a_fingertip_stays() -> None:
    selection = SiteSelection()
    selection.choose(parse_site("R.D2.distal"))
    selection.move(Step.DISTAL)
    assert selection.sites == (parse_site("R.D2.distal"),)
