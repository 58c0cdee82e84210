"""What the drawing says, before it is painted."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.charts.scales import Ground, Pattern
from ssc_hand.domain.anatomy import DIGITS, Aspect, Hand, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, LesionKind, Location, Reason, Sex, Status
from ssc_hand.ui.hand.layout import Posture, place, sheet_size
from ssc_hand.ui.hand.picture import HandPicture, Scene, empty_picture, picture
from tests.builders import VisitBuilder, a_moment, a_patient, a_record, a_visit, an_amputation

WOMAN = a_patient(sex=Sex.FEMALE, birth_date=a_moment().date().replace(year=1964))
INDEX = parse_site("R.D2")


def drawn(record: PatientRecord, hand: Hand = Hand.RIGHT, layer: str | None = "crt", **more: Any) -> HandPicture:
    """One hand of the last visit."""
    given: dict[str, Any] = {"aspect": Aspect.PALMAR, "ground": Ground.LIGHT, "older_from": None, **more}
    scene = Scene(record=record, visit=record.visits[-1], layer=CATALOGUE[layer] if layer else None, **given)
    return picture(scene, hand)


def of(*visits: VisitBuilder, **more: Any) -> PatientRecord:
    """A woman with these visits."""
    return a_record(*visits, patient=WOMAN, **more)


def test_each_recorded_digit_has_its_value_and_no_other_has_one() -> None:
    shown = drawn(of(a_visit().at("R.D2", crt=2.5).at("R.D3", crt=Reason.NAIL).at("L.D2", crt=4.0)))
    assert {site.code: value.text for site, value in shown.values.items()} == {"R.D2": "2.5", "R.D3": "–"}


def test_what_could_not_be_assessed_is_hatched_and_what_is_not_scored_dotted() -> None:
    visit = a_visit().at("R.D1", skin_temp=20.0).at("R.D2", skin_temp=Reason.PAIN).at("R", dorsum_temp=31.0)
    shown = drawn(of(visit), layer="ddd")
    assert shown.values[parse_site("R.D1")].shade.pattern is Pattern.DOTS
    assert shown.values[INDEX].shade.pattern is Pattern.HATCH


def test_only_a_value_above_the_limit_is_flagged() -> None:
    shown = drawn(of(a_visit().at("R.D2", crt=3.0).at("R.D3", crt=2.9).at("R.D4", crt=">30")))
    assert {site.code for site, value in shown.values.items() if value.is_marked} == {"R.D2", "R.D4"}


def test_a_stump_shows_its_value_as_a_stump_and_the_drawing_ends_there() -> None:
    stump = an_amputation(WOMAN, "R.D3", level=AmputationLevel.PIP)
    shown = drawn(of(a_visit().at("R.D3", crt=2.5), amputations=(stump,)))
    assert shown.values[parse_site("R.D3")].is_stump
    codes = {site.code for site in shown.map.regions}
    assert "R.D3.proximal" in codes and not {"R.D3.middle", "R.D3.distal"} & codes
    assert shown.absent == {}


def test_a_digit_that_is_gone_has_no_region_no_value_and_says_so() -> None:
    gone = an_amputation(WOMAN, "R.D3", level=AmputationLevel.MCP)
    shown = drawn(of(a_visit().at("R.D2", crt=2.0), amputations=(gone,)))
    assert not any(site.of_digit == parse_site("R.D3") for site in shown.map.regions)
    assert shown.absent == {parse_site("R.D3"): "right middle: amputated 2024"}
    assert parse_site("R.D3") not in shown.values


def test_an_amputation_after_the_visit_does_not_change_its_drawing() -> None:
    later = an_amputation(WOMAN, "R.D3", level=AmputationLevel.MCP, date=PartialDate("2026-04"))
    shown = drawn(of(a_visit(), amputations=(later,)))
    assert parse_site("R.D3.distal") in shown.map.regions


@pytest.mark.parametrize("hand", Hand, ids=lambda hand: hand.name)
@pytest.mark.parametrize("aspect", Aspect)
def test_a_mark_stands_on_its_own_hand_and_face_alone(hand: Hand, aspect: Aspect) -> None:
    record = of(a_visit().with_ulcer("L.D2.distal", aspect=Aspect.DORSAL))
    is_there = hand is Hand.LEFT and aspect is Aspect.DORSAL
    assert bool(drawn(record, hand, aspect=aspect).lesions) is is_there


def test_marks_of_the_visit_before_are_there_only_when_asked_for() -> None:
    record = of(
        a_visit("2025-09-01T09:00").with_ulcer("R.D2.distal", id="a").final(),
        a_visit().with_state("a", Status.HEALED),
    )
    assert drawn(record).previous_lesions == ()
    (before,) = drawn(record, show_previous=True).previous_lesions
    assert before.status is Status.ACTIVE
    assert [each.status for each in drawn(record).lesions] == [Status.HEALED]


def test_a_lesion_is_told_in_a_line() -> None:
    visit = a_visit().with_lesion(LesionKind.ULCER, "R.D2.distal", x=0.4, y=0.2, location=Location.TIP)
    words = drawn(of(visit), layer=None).words
    assert words[parse_site("R.D2.distal")] == (
        "right index, distal phalanx\nA: ulcer, active, first recorded; palm, tip or pulp"
    )
    assert words[parse_site("R.D2.middle")] == "right index, middle phalanx"


def test_a_lesion_without_a_point_is_told_as_approximate() -> None:
    words = drawn(of(a_visit().with_ulcer("R.D2.distal"))).words
    assert "exact point not recorded" in words[parse_site("R.D2.distal")]


def test_nothing_is_called_normal() -> None:
    visit = a_visit()
    for site in DIGITS:
        visit = visit.at(site.code, crt=1.0, pain=0)
    for layer in ("crt", "pain", "skin_temp", "ddd"):
        assert not any("normal" in words.lower() for words in drawn(of(visit), layer=layer).words.values())


def test_an_empty_hand_knows_its_places_and_nothing_else() -> None:
    shown = empty_picture(Aspect.DORSAL, Hand.LEFT)
    assert len(shown.map.regions) == 15
    assert (shown.values, shown.lesions, shown.words) == ({}, (), {})


@pytest.mark.parametrize("aspect", Aspect)
def test_facing_me_is_the_same_sheet_turned_by_half(aspect: Aspect) -> None:
    own, facing = place(aspect, Posture.AS_OWN), place(aspect, Posture.FACING)
    width, _height = sheet_size(aspect)
    for hand in Hand:
        a, b = own[hand].to_sheet(100, 200), facing[hand].to_sheet(100, 200)
        assert a.x() + b.x() == pytest.approx(width)
        back = facing[hand].to_hand(b)
        assert (back.x(), back.y()) == pytest.approx((100, 200))
    ups = [own[hand].to_sheet(0, 0).y() - own[hand].to_sheet(0, 10).y() for hand in Hand]
    downs = [facing[hand].to_sheet(0, 0).y() - facing[hand].to_sheet(0, 10).y() for hand in Hand]
    assert all(gap < 0 for gap in ups) and all(gap > 0 for gap in downs)


@pytest.mark.parametrize("posture", Posture)
def test_the_words_above_a_hand_stand_over_it(posture: Posture) -> None:
    for placement in place(Aspect.DORSAL, posture).values():
        middle = placement.to_sheet(*(length / 2 for length in (empty_picture(Aspect.DORSAL, placement.hand).map.size)))
        assert placement.title.left() < middle.x() < placement.title.right()
        assert placement.title.bottom() <= middle.y()
