"""The catalogue: every entry states everything about itself, and limits say for whom they hold or why not."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.anatomy import Scope, parse_site
from ssc_hand.domain.catalogue import CATALOGUE, refill_limit
from ssc_hand.domain.derived import DERIVED
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Catalogue, Direction, Limit, Measure, NoLimit, Person
from ssc_hand.domain.records import observation
from ssc_hand.domain.vocabulary import Sex

MEASURES = list(CATALOGUE.values())
PEOPLE = [
    Person(sex=sex, age=age, older_from=older)
    for sex in (*Sex, None)
    for age in (None, 0, 17, 18, 40, 70, 101)
    for older in (None, 62)
]

every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)


def a_person(sex: Sex | None = Sex.FEMALE, age: int | None = 40, older_from: int | None = None) -> Person:
    """A person with these traits."""
    return Person(sex=sex, age=age, older_from=older_from)


@every_measure
def test_an_entry_says_all_about_itself(measure: Measure) -> None:
    assert measure.key.isidentifier() and measure.key == measure.key.lower()
    assert measure.label and measure.short and len(measure.short) <= len(measure.label)
    assert isinstance(measure.worse, Direction)
    assert 1 <= measure.repeats <= 3
    assert CATALOGUE[measure.key] is measure


@every_measure
def test_a_number_has_a_unit_or_a_scale_and_soft_limits_within_the_hard_ones(measure: Measure) -> None:
    if not isinstance(measure.kind, Number):
        assert measure.unit == "" and measure.repeats == 1 and measure.shades is None
        return
    low, high = measure.kind.hard
    assert low < high
    assert measure.unit or measure.derived or measure.meaning.startswith(f"{low:g}–{high:g}")
    if measure.kind.soft is not None:
        assert low <= measure.kind.soft[0] < measure.kind.soft[1] <= high
    if measure.shades is not None:
        assert low <= measure.shades[0] < measure.shades[1] <= high
        assert measure.scope is Scope.DIGIT


@every_measure
def test_the_direction_is_said_in_words(measure: Measure) -> None:
    if measure.is_number:
        assert measure.worse.value in measure.meaning


@every_measure
def test_every_limit_names_its_source_and_its_population(measure: Measure) -> None:
    if measure.limit is None:
        return
    for person in PEOPLE:
        limit = measure.limit(person)
        if isinstance(limit, Limit):
            assert "no SSc norm" in limit.population
            assert "doi" in limit.source and "normal" not in limit.population.lower()
        else:
            assert limit.why.startswith("no limit")


@every_measure
def test_every_published_change_names_its_source_and_none_belongs_to_a_digit(measure: Measure) -> None:
    if measure.change is not None:
        assert measure.change.amount > 0 and ("doi" in measure.change.source or "PMID" in measure.change.source)
        assert measure.scope is not Scope.DIGIT


def test_a_change_is_published_for_these_and_for_no_other_measure() -> None:
    changes = {measure.key: measure.change.amount for measure in MEASURES if measure.change}
    assert changes == {"hand_pain_now": 1, "hand_pain_week": 1, "rcs": 1.4, "haq_di": 0.1, "quickdash": 14}


def test_temperature_says_neither_good_nor_bad() -> None:
    for key in ("skin_temp", "dorsum_temp", "room_temp"):
        assert CATALOGUE[key].worse is Direction.NEITHER
        assert CATALOGUE[key].limit is None


def test_each_derived_measure_has_the_function_that_computes_it() -> None:
    assert {measure.key for measure in MEASURES if measure.derived} == set(DERIVED)


def test_labels_are_told_apart() -> None:
    assert len({measure.name for measure in MEASURES}) == len(MEASURES)
    for scope in Scope:
        heads = [measure.head for measure in CATALOGUE.of(scope)]
        assert len(set(heads)) == len(heads)


def test_measures_of_a_scope_are_those_typed_in_and_those_computed() -> None:
    assert sum(len(CATALOGUE.of(scope)) for scope in Scope) == len(CATALOGUE)
    assert CATALOGUE["ddd"] in CATALOGUE.of(Scope.DIGIT)
    assert CATALOGUE["ddd"] not in CATALOGUE.entered(Scope.DIGIT)
    assert [measure.key for measure in CATALOGUE.layers] == [
        *("crt", "skin_temp", "pain", "ddd"),
        *("spo2", "tam", "nvc_density"),
    ]


def test_the_thumb_has_the_joints_of_a_thumb() -> None:
    thumb, index = parse_site("L.D1"), parse_site("L.D2")
    for key in ("pip_flexion", "pip_deficit", "dip_flexion", "dip_deficit", "tam", "nvc_mega"):
        assert not CATALOGUE[key].fits(thumb) and CATALOGUE[key].fits(index)
    for key in ("ip_flexion", "ip_deficit", "tam_thumb"):
        assert CATALOGUE[key].fits(thumb) and not CATALOGUE[key].fits(index)
    assert CATALOGUE["mcp_flexion"].fits(thumb) and CATALOGUE["mcp_flexion"].fits(index)
    with pytest.raises(Refused, match="PIP flexion is not recorded at: left thumb"):
        observation(thumb, "pip_flexion", 40)


@every_measure
def test_a_measure_is_recorded_at_sites_of_its_scope_alone(measure: Measure) -> None:
    assert measure.sites
    assert all(site.scope is measure.scope and site.phalanx is None for site in measure.sites)
    assert measure.digits is None or measure.scope is Scope.DIGIT


@pytest.mark.parametrize(
    ("key", "accepted", "refused"),
    [
        ("hand_volume", (100, 450, 1200), (99, 1201, 450.5)),
        ("figure_of_eight", (25, 44.5, 65), (24.9, 65.1)),
        ("spo2", (0, 98, 100), (-1, 101)),
        ("mrss_fingers", (0, 3), (4, 1.5)),
        ("kapandji", (0, 10), (11,)),
        ("finger_to_palm", (0, 7.5, 20), (20.1,)),
        ("pip_flexion", (0, 130), (131, -5)),
        ("pip_deficit", (0, 120), (121, -5)),
        ("pinch_strength", (0, 6.5, 30), (31,)),
        ("allen_ulnar", (0, 60, ">60"), (61,)),
        ("chfs", (0, 90), (91,)),
        ("haq_di", (0, 1.375, 3), (3.125,)),
        ("shaq_ulcers", (0, 2.25, 3), (3.1,)),
        ("quickdash", (0, 34.1, 100), (100.5,)),
        ("ducas", (0, 7.5, 19.5), (20,)),
    ],
)
def test_a_number_is_taken_within_its_range_alone(
    key: str, accepted: tuple[Any, ...], refused: tuple[Any, ...]
) -> None:
    kind = CATALOGUE[key].kind
    for value in accepted:
        kind.load(value)
    for value in refused:
        with pytest.raises(Refused):
            kind.load(value)


def test_volume_and_tape_are_two_measures_in_their_own_units() -> None:
    assert (CATALOGUE["hand_volume"].unit, CATALOGUE["figure_of_eight"].unit) == ("ml", "cm")


def test_a_slow_flush_asks_for_a_second_look_and_never_says_safe_or_unsafe() -> None:
    allen = CATALOGUE["allen_radial"]
    assert isinstance(allen.kind, Number)
    assert allen.kind.second_look(8) and not allen.kind.second_look(7)
    assert allen.limit is None and "safe" not in allen.note


def test_the_end_of_a_scale_that_is_not_confirmed_is_not_claimed() -> None:
    assert CATALOGUE["hamis"].meaning == "higher is worse"
    assert CATALOGUE["csuri"].meaning == "higher is worse"


def test_a_range_that_no_source_confirms_is_named_as_the_programs_own() -> None:
    assert "how this program takes it" in CATALOGUE["haq_di"].note


def test_raynaud_today_and_the_raynaud_condition_score_are_two_measures() -> None:
    assert CATALOGUE["raynaud_today"].change is None
    assert "not the Raynaud Condition Score" in CATALOGUE["raynaud_today"].note


def test_a_measure_that_is_not_known_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="“girth” is not a measure"):
        CATALOGUE.known("girth")
    with pytest.raises(KeyError):
        CATALOGUE["girth"]
    strange: tuple[Any, ...] = (None, [], 3)
    assert not any(key in CATALOGUE for key in strange)


def test_a_key_cannot_be_used_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Catalogue(CATALOGUE["crt"], CATALOGUE["crt"])


@pytest.mark.parametrize(("sex", "limit"), [(Sex.MALE, 2.0), (Sex.FEMALE, 2.9)])
@pytest.mark.parametrize("age", [18, 40, 95])
def test_the_refill_limit_is_that_of_the_sex(sex: Sex, limit: float, age: int) -> None:
    found = refill_limit(a_person(sex, age))
    assert isinstance(found, Limit)
    assert found.value == limit


def test_the_limit_of_older_adults_holds_only_from_the_age_the_clinic_has_set() -> None:
    def limit(age: int, older_from: int | None) -> float:
        found = refill_limit(a_person(Sex.FEMALE, age, older_from))
        assert isinstance(found, Limit)
        return found.value

    assert limit(95, None) == 2.9
    assert limit(64, 65) == 2.9
    assert limit(65, 65) == 4.5


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (a_person(age=None), "birth date not recorded"),
        (a_person(age=17), "under 18"),
        (a_person(sex=None), "sex not recorded"),
        (a_person(sex=Sex.OTHER), "sex not recorded"),
        (a_person(sex=None, age=None), "birth date"),
    ],
)
def test_without_a_limit_it_is_said_why(person: Person, why: str) -> None:
    found = refill_limit(person)
    assert isinstance(found, NoLimit)
    assert why in found.why


def test_with_birth_date_unknown_even_the_older_limit_stays_off() -> None:
    assert isinstance(refill_limit(a_person(age=None, older_from=60)), NoLimit)


@pytest.mark.parametrize("sex", [None, Sex.OTHER])
def test_with_sex_unknown_even_the_older_limit_stays_off(sex: Sex | None) -> None:
    assert isinstance(refill_limit(a_person(sex, 80, 60)), NoLimit)


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("crt", 2.5, "2.5 s"),
        ("skin_temp", 31.0, "31.0 °C"),
        ("pain", 7, "7"),
        ("acclimatisation", 20, "20 min"),
        ("ischaemia", True, "yes"),
    ],
)
def test_a_value_is_told_with_its_unit(key: str, value: object, text: str) -> None:
    assert CATALOGUE[key].text(value) == text


def test_an_axis_names_measure_and_unit() -> None:
    assert CATALOGUE["crt"].title == "Capillary refill (s)"
    assert CATALOGUE["pain"].title == "Pain now"
