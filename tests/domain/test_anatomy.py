"""Hands, digits, phalanges and sites: codes, names, order and neighbours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import (
    DIGITS,
    HANDS,
    PHALANGES,
    SITES,
    VISIT,
    Aspect,
    Digit,
    Hand,
    Phalanx,
    Scope,
    Site,
    Step,
    neighbour,
    parse_site,
    site_order,
    sites_of,
)
from ssc_hand.domain.errors import Refused

a_site = st.sampled_from(SITES)
a_step = st.sampled_from(Step)

BACK = {
    Step.DISTAL: Step.PROXIMAL,
    Step.PROXIMAL: Step.DISTAL,
    Step.RADIAL: Step.ULNAR,
    Step.ULNAR: Step.RADIAL,
}


@given(a_site)
def test_the_code_of_a_site_reads_back_as_the_same_site(site: Site) -> None:
    assert parse_site(site.code) == site
    assert str(site) == site.code


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("V", "whole visit"),
        ("R", "right hand"),
        ("L.D1", "left thumb"),
        ("L.D5", "left little"),
        ("R.D2.distal", "right index, distal phalanx"),
        ("R.D3.middle", "right middle, middle phalanx"),
        ("L.D4.proximal", "left ring, proximal phalanx"),
    ],
)
def test_a_site_has_its_name_in_full(code: str, name: str) -> None:
    assert parse_site(code).name == name


def test_no_name_is_a_code() -> None:
    for site in SITES:
        assert "D1" not in site.name and site.name not in ("R", "L", "V")
    assert len({site.name for site in SITES}) == len(SITES)


@pytest.mark.parametrize(
    "code", ["", "r", "R.", "R.D6", "R.D0", "R.D1.middle", "D2", "R.D2.tip", "R D2", "R.D2.distal.x", "X.D2", " R"]
)
def test_a_code_that_is_no_place_on_a_hand_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="not a place on a hand"):
        parse_site(code)


@pytest.mark.parametrize("code", [None, 3, ["R"]])
def test_a_code_that_is_no_text_is_refused(code: object) -> None:
    with pytest.raises(Refused):
        parse_site(code)  # type: ignore[arg-type]


def test_a_hand_has_five_digits_and_fourteen_phalanges() -> None:
    for hand in Hand:
        assert [site.digit for site in DIGITS if site.hand is hand] == list(Digit)
        assert sum(site.hand is hand for site in PHALANGES) == 14
    assert len(SITES) == 1 + 2 + 10 + 28


def test_the_thumb_has_no_middle_phalanx() -> None:
    assert Digit.D1.phalanges == (Phalanx.PROXIMAL, Phalanx.DISTAL)
    assert all(Phalanx.MIDDLE in digit.phalanges for digit in Digit if digit is not Digit.D1)
    with pytest.raises(ValueError, match="no middle"):
        Site(Hand.RIGHT, Digit.D1, Phalanx.MIDDLE)


def test_a_site_cannot_leave_out_what_it_belongs_to() -> None:
    with pytest.raises(ValueError, match="needs its hand"):
        Site(None, Digit.D2)
    with pytest.raises(ValueError, match="phalanx its digit"):
        Site(Hand.LEFT, None, Phalanx.DISTAL)


def test_tables_go_from_the_visit_over_the_right_hand_to_the_left_from_thumb_to_little_finger() -> None:
    codes = [site.code for site in SITES]
    assert codes[:6] == ["V", "R", "R.D1", "R.D1.proximal", "R.D1.distal", "R.D2"]
    assert codes.index("L") == 1 + 1 + 5 + 14
    assert codes[-1] == "L.D5.distal"
    assert sorted(set(SITES), key=site_order) == list(SITES)


def test_each_scope_has_its_sites() -> None:
    assert sites_of(Scope.VISIT) == (VISIT,)
    assert sites_of(Scope.HAND) == HANDS == (Site(Hand.RIGHT), Site(Hand.LEFT))
    assert sites_of(Scope.DIGIT) == DIGITS
    assert {site.scope for site in PHALANGES} == {Scope.DIGIT}


@given(a_site, st.sampled_from(Scope))
def test_a_place_made_coarser_holds_the_place(site: Site, scope: Scope) -> None:
    coarse = site.at(scope)
    assert site.within(coarse)
    assert coarse.phalanx is None
    if site.digit or scope is not Scope.DIGIT:
        assert coarse.scope in (scope, Scope.VISIT)


@given(a_site, a_site)
def test_a_place_lies_within_another_when_its_code_begins_with_it(one: Site, other: Site) -> None:
    expected = other == VISIT or one == other or one.code.startswith(f"{other.code}.")
    assert one.within(other) is expected


@given(a_site)
def test_the_other_hand_of_the_other_hand_is_this_hand(site: Site) -> None:
    mirrored = site.mirrored()
    assert mirrored.mirrored() == site
    assert (mirrored.digit, mirrored.phalanx) == (site.digit, site.phalanx)
    assert site == VISIT or mirrored.hand is not site.hand


@given(a_site, a_step)
def test_a_neighbour_is_another_place_of_the_same_hand(site: Site, step: Step) -> None:
    found = neighbour(site, step)
    if found is not None:
        assert found != site
        assert found.hand is site.hand


@given(st.sampled_from([*HANDS, *PHALANGES]), a_step)
def test_going_there_and_back_ends_where_it_began_save_where_ways_join(site: Site, step: Step) -> None:
    there = neighbour(site, step)
    if there is None:
        return
    joins_at_the_hand = there.digit is None and site.digit is not Digit.D3
    thumb_lacks_it = there.digit is Digit.D1 and site.phalanx is Phalanx.MIDDLE
    back = neighbour(there, BACK[step])
    if joins_at_the_hand:
        assert back == Site(site.hand, Digit.D3, Phalanx.PROXIMAL)
    elif thumb_lacks_it:
        assert back == Site(site.hand, Digit.D2, Phalanx.PROXIMAL)
    else:
        assert back == site


def test_every_place_of_a_hand_is_reached_by_steps_from_any_other() -> None:
    for hand in HANDS:
        seen, waiting = set[Site](), [hand]
        while waiting:
            site = waiting.pop()
            seen.add(site)
            waiting += [found for step in Step if (found := neighbour(site, step)) and found not in seen]
        assert seen == {site for site in (*HANDS, *PHALANGES) if site.hand is hand.hand}


def test_a_digit_steps_distally_to_its_tip_and_proximally_to_its_hand() -> None:
    index = parse_site("R.D2")
    assert neighbour(index, Step.DISTAL) == parse_site("R.D2.distal")
    assert neighbour(index, Step.PROXIMAL) == parse_site("R")
    assert neighbour(index, Step.RADIAL) == parse_site("R.D1")
    assert neighbour(index, Step.ULNAR) == parse_site("R.D3")


def test_there_is_nothing_beyond_the_tip_the_thumb_and_the_little_finger() -> None:
    assert neighbour(parse_site("L.D2.distal"), Step.DISTAL) is None
    assert neighbour(parse_site("L.D1"), Step.RADIAL) is None
    assert neighbour(parse_site("L.D5"), Step.ULNAR) is None
    assert neighbour(VISIT, Step.DISTAL) is None


def test_sides_and_faces_have_an_other_and_a_name() -> None:
    assert Hand.LEFT.other is Hand.RIGHT and Hand.RIGHT.other is Hand.LEFT
    assert Aspect.DORSAL.other is Aspect.PALMAR and Aspect.PALMAR.other is Aspect.DORSAL
    assert [aspect.label for aspect in Aspect] == ["back of the hand", "palm"]
