"""Which sites are chosen, in the order of choosing."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.anatomy import Site, Step, parse_site
from ssc_hand.ui.models.selection import SiteSelection

INDEX, MIDDLE, RING = (parse_site(f"R.D{n}") for n in (2, 3, 4))


@pytest.fixture
def told() -> list[Any]:
    return []


@pytest.fixture
def selection(told: list[Any]) -> SiteSelection:
    made = SiteSelection()
    made.changed.connect(told.append)
    return made


def test_nothing_is_chosen_at_first(selection: SiteSelection) -> None:
    assert selection.sites == () and selection.current is None


def test_choosing_replaces_and_tells(selection: SiteSelection, told: list[Any]) -> None:
    selection.choose(INDEX)
    selection.choose(MIDDLE)
    assert selection.sites == (MIDDLE,)
    assert told == [(INDEX,), (MIDDLE,)]


def test_choosing_the_same_again_tells_nothing(selection: SiteSelection, told: list[Any]) -> None:
    selection.choose(INDEX)
    selection.choose(INDEX)
    assert told == [(INDEX,)]


def test_extending_adds_and_the_last_is_current(selection: SiteSelection) -> None:
    selection.choose(INDEX)
    selection.choose(MIDDLE, extend=True)
    assert selection.sites == (INDEX, MIDDLE)
    assert selection.current == MIDDLE


def test_extending_by_one_already_chosen_takes_it_out_but_never_the_last(selection: SiteSelection) -> None:
    selection.choose_many((INDEX, MIDDLE))
    selection.choose(INDEX, extend=True)
    assert selection.sites == (MIDDLE,)
    selection.choose(MIDDLE, extend=True)
    assert selection.sites == (MIDDLE,)


def test_many_are_chosen_once_each_in_their_order(selection: SiteSelection) -> None:
    selection.choose_many([RING, INDEX, RING])
    assert selection.sites == (RING, INDEX)


def test_stepping_begins_at_the_right_thumb_and_follows_the_hand(selection: SiteSelection) -> None:
    selection.move(Step.ULNAR)
    assert selection.sites == (parse_site("R.D1"),)
    selection.move(Step.ULNAR)
    selection.move(Step.DISTAL)
    assert selection.sites == (parse_site("R.D2.distal"),)


@pytest.mark.parametrize(
    ("at", "step", "there"),
    [
        ("R.D2", Step.ULNAR, "R.D3"),
        ("R.D1", Step.RADIAL, "L.D1"),
        ("L.D5.distal", Step.ULNAR, "R.D5.distal"),
        ("L", Step.RADIAL, "R"),
    ],
)
def test_a_step_past_the_edge_of_a_hand_goes_to_the_same_place_of_the_other(
    selection: SiteSelection, at: str, step: Step, there: str
) -> None:
    selection.choose(parse_site(at))
    selection.move(step)
    assert selection.sites == (parse_site(there),)


def test_a_step_past_a_fingertip_stays(selection: SiteSelection, told: list[Any]) -> None:
    selection.choose(parse_site("R.D2.distal"))
    selection.move(Step.DISTAL)
    assert selection.sites == (parse_site("R.D2.distal"),)
    assert len(told) == 1


def test_a_step_from_several_goes_on_from_the_current_one_alone(selection: SiteSelection) -> None:
    selection.choose_many((INDEX, RING))
    selection.move(Step.RADIAL)
    assert selection.sites == (MIDDLE,)


def test_every_site_can_be_chosen(selection: SiteSelection) -> None:
    selection.choose(Site())
    assert selection.current == Site()
