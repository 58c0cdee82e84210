"""A record over visits becomes a chart that never joins what cannot be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ssc_hand.charts.spec import ChartSpec, Mark, day_at, day_number
from ssc_hand.charts.trend import against_trend, means_trend, one_sided, sites_trend, ulcers_trend
from ssc_hand.domain.anatomy import Hand, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.records import Amputation, PatientRecord, observation
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    ProcedureState,
    Reason,
    RefillSite,
    Sex,
    Side,
    Status,
    VisitState,
)
from tests.charts.records import Written, found, patient, procedure, record, ulcer, visit, with_value

CRT = CATALOGUE["crt"]
INDEX = parse_site("R.D2")


def refill(made: PatientRecord, *codes: str, older_from: int | None = None) -> ChartSpec:
    return sites_trend(made, CRT, [parse_site(code) for code in codes or ("R.D2",)], older_from=older_from)


def values(spec: ChartSpec, line: int = 0) -> list[list[float | None]]:
    return [[point.value for point in run] for run in spec.lines[line].runs]


def test_values_at_every_visit_make_one_stretch() -> None:
    spec = refill(record(visit("2024-01-10", {"R.D2": 2.5}), visit("2024-04-10", {"R.D2": 3.0})))
    assert values(spec) == [[2.5, 3.0]]
    assert [point.visit_id for point in spec.lines[0].points] == ["2024-01-10", "2024-04-10"]


def test_a_visit_without_a_value_is_a_gap() -> None:
    spec = refill(record(visit("2024-01-10", {"R.D2": 2.5}), visit("2024-02-10"), visit("2024-04-10", {"R.D2": 3.0})))
    assert values(spec) == [[2.5], [3.0]]
    assert spec.breaks == ()


def test_a_draft_without_a_value_is_no_gap_and_one_with_a_value_is_hollow() -> None:
    empty = visit("2024-02-10", state=VisitState.DRAFT)
    begun = visit("2024-05-10", {"R.D2": 4.0}, state=VisitState.DRAFT)
    spec = refill(record(visit("2024-01-10", {"R.D2": 2.5}), empty, visit("2024-04-10", {"R.D2": 3.0}), begun))
    assert values(spec) == [[2.5, 3.0, 4.0]]
    assert [point.hollow for point in spec.lines[0].points] == [False, False, True]
    assert "draft" in list(spec.lines[0].points)[-1].words


def test_what_could_not_be_assessed_stands_aside_with_its_reason() -> None:
    spec = refill(record(visit("2024-01-10", {"R.D2": Reason.DRESSING}), visit("2024-02-10", {"R.D2": 3.0})))
    (aside,) = spec.lines[0].asides
    assert (aside.value, aside.mark) == (None, Mark.NOT_ASSESSED)
    assert "could not be assessed: dressing" in aside.words
    assert values(spec) == [[3.0]]


def test_what_was_not_done_is_a_gap_and_no_mark() -> None:
    days = ("2024-01-10", "2024-02-10", "2024-03-10")
    said: tuple[float | Reason, ...] = (2.0, Reason.NOT_DONE, 3.0)
    spec = refill(record(*(visit(day, {"R.D2": each}) for day, each in zip(days, said, strict=True))))
    assert values(spec) == [[2.0], [3.0]]
    assert spec.lines[0].asides == ()


def test_no_refill_stands_at_the_end_of_the_scale_with_a_mark_of_its_own() -> None:
    spec = refill(record(visit("2024-01-10", {"R.D2": Beyond(30)})))
    (point,) = spec.lines[0].points
    assert (point.value, point.mark) == (30, Mark.BEYOND)
    assert "no refill within 30 s" in point.words
    assert spec.beyond == "no refill within 30 s"


def test_no_refill_does_not_flatten_the_other_values() -> None:
    spec = refill(record(visit("2024-01-10", {"R.D2": Beyond(30)}), visit("2024-02-10", {"R.D2": 14.0})))
    beyond, longest = spec.lines[0].points
    assert spec.axis.high == spec.height_of(longest) == 14
    assert spec.axis.high < spec.height_of(beyond) < 16


def test_hover_words_tell_date_kind_place_and_mean_of_readings() -> None:
    made = visit("2024-03-12", {"R.D2": 2.0})
    made = made.with_observation(observation(INDEX, "crt", 3.0, repeat=2))
    (point,) = refill(record(made)).lines[0].points
    assert point.words == "12 Mar 2024, 09:30, follow-up\nright index: 2.5 s (mean of 2)"


def test_another_place_of_refill_breaks_the_line_and_says_why() -> None:
    spec = refill(
        record(
            visit("2024-01-10", {"R.D2": 2.5}, refill_site=RefillSite.PULP),
            visit("2024-02-10", {"R.D2": 2.6}),
            visit("2024-04-10", {"R.D2": 3.0}, refill_site=RefillSite.NAIL_BED),
        )
    )
    assert values(spec) == [[2.5, 2.6], [3.0]]
    (broken,) = spec.breaks
    assert broken.words == "Refill pressed at: finger pulp before, nail bed after"
    assert (broken.before.date(), broken.after.date()) == (dt.date(2024, 2, 10), dt.date(2024, 4, 10))


def test_another_place_of_refill_of_one_digit_breaks_its_line_and_that_of_the_mean() -> None:
    first = with_value(visit("2024-01-10", {"R.D2": 2.5}, refill_site=RefillSite.PULP), "R.D3", "crt", 2)
    second = with_value(visit("2024-04-10", {"R.D2": 3.0}, refill_site=RefillSite.PULP), "R.D3", "crt", 3)
    second = second.with_observation(observation(INDEX, "refill_place", "nail_bed"))
    both = record(first, second)
    assert values(refill(both)) == [[2.5], [3.0]]
    assert values(sites_trend(both, CATALOGUE["crt"], [parse_site("R.D3")], older_from=None)) == [[2, 3]]
    (broken,) = means_trend(both, CATALOGUE["crt"], [Hand.RIGHT], older_from=None).breaks
    assert broken.words == "Refill pressed at: finger pulp before, finger pulp, nail bed at right index after"


def test_another_device_breaks_temperatures_and_not_refill() -> None:
    first = with_value(visit("2024-01-10", {"R.D2": 30.0}, "skin_temp", device="A"), "R.D2", "crt", 2)
    second = with_value(visit("2024-02-10", {"R.D2": 31.0}, "skin_temp", device="B"), "R.D2", "crt", 3)
    temperature = sites_trend(record(first, second), CATALOGUE["skin_temp"], [INDEX], older_from=None)
    assert values(temperature) == [[30.0], [31.0]]
    assert values(refill(record(first, second))) == [[2.0, 3.0]]


def test_a_stump_is_not_joined_to_the_whole_digit() -> None:
    lost = Amputation(
        id="a", patient_id="p1", site=INDEX, level=AmputationLevel.DIP, date=PartialDate("2024-02"), cause=None
    )
    spec = refill(record(visit("2024-01-10", {"R.D2": 9}), visit("2024-03-10", {"R.D2": 3}), amputations=(lost,)))
    assert values(spec) == [[9], [3]]
    assert spec.breaks[0].words == "right index: amputated Feb 2024"


def test_a_mean_over_other_digits_is_joined_only_faintly_and_says_who_is_left_out() -> None:
    whole = {f"R.D{n}": 2.0 for n in range(1, 6)}
    part: dict[str, Written] = {**whole, "R.D3": Reason.ULCER}
    spec = means_trend(
        record(visit("2024-01-10", whole), visit("2024-02-10", part)), CRT, [Hand.RIGHT], older_from=None
    )
    (right,) = spec.lines
    assert values(spec) == [[2.0], [2.0]]
    assert [(a.visit_id, b.visit_id) for a, b in right.bridges] == [("2024-01-10", "2024-02-10")]
    assert right.runs[1][0].words.endswith("2.0 s (n = 4)\nleft out:\nright middle: ulcer")


def test_a_mean_does_not_improve_because_a_finger_was_lost() -> None:
    before = {"R.D2": 20.0, "R.D3": 2.0}
    lost = Amputation(id="a", patient_id="p1", site=INDEX, level=AmputationLevel.MCP, date=PartialDate("2024-02-01"))
    made = record(visit("2024-01-10", before), visit("2024-03-10", {"R.D3": 2.0}), amputations=(lost,))
    spec = means_trend(made, CRT, [Hand.RIGHT], older_from=None)
    assert values(spec) == [[11.0], [2.0]]
    assert spec.lines[0].bridges == ()
    assert "right index: amputated" in spec.breaks[0].words


def test_a_mean_with_no_refill_in_it_is_at_least() -> None:
    spec = means_trend(record(visit("2024-01-10", {"R.D2": Beyond(30), "R.D3": 2})), CRT, [Hand.RIGHT], older_from=None)
    (point,) = spec.lines[0].points
    assert (point.value, point.mark) == (16, Mark.AT_LEAST)


def test_one_hand_minus_the_other_uses_digits_measured_on_both() -> None:
    made = record(visit("2024-01-10", {"R.D2": 4, "L.D2": 2, "R.D3": 10}))
    spec = against_trend(made, CRT, Hand.RIGHT)
    (point,) = spec.lines[0].points
    assert point.value == 2
    assert "+2.0 s (n = 1)" in point.words
    assert "left middle: not recorded" in point.words
    assert spec.axis.low == -spec.axis.high


def test_treated_minus_other_ends_where_the_other_hand_is_treated_too() -> None:
    first, second = procedure("2024-01-20"), procedure("2024-03-01", Side.LEFT)
    days = ("2024-02-10", "2024-04-10")
    made = record(*(visit(day, {"R.D2": 4, "L.D2": 2}) for day in days), procedures=(first, second))
    assert one_sided(made) == (first, second)
    assert values(against_trend(made, CRT, Hand.RIGHT, procedure=first)) == [[2]]


def test_the_published_limit_carries_its_population_and_source() -> None:
    (level,) = refill(record(visit("2024-01-10", {"R.D2": 2.5}))).levels
    assert (level.value, level.first, level.last) == (2.9, None, None)
    assert "no SSc norm" in level.words
    assert level.source.startswith("Schriger")


def test_the_limit_changes_at_the_visit_at_which_the_clinic_calls_a_person_older() -> None:
    old = replace(patient(Sex.MALE), birth_date=dt.date(1960, 1, 5))
    visits = [visit(day, {"R.D2": 2.5}) for day in ("2019-06-01", "2020-06-01", "2021-06-01")]
    made = replace(record(*visits), patient=old)
    levels = refill(made, older_from=60).levels
    assert [(level.value, level.first, level.last) for level in levels] == [
        (2.0, None, visits[1].at),
        (4.5, visits[1].at, None),
    ]


def test_without_a_limit_the_chart_says_why() -> None:
    made = replace(record(visit("2024-01-10", {"R.D2": 2.5})), patient=patient(birth=None))
    spec = refill(made)
    assert spec.levels == ()
    assert "no limit: birth date not recorded" in spec.notes


def test_procedures_stand_at_their_dates_as_exactly_as_they_are_known() -> None:
    made = record(
        visit("2024-01-10", {"R.D2": 2.5}),
        procedures=(
            procedure("2024-03"),
            procedure("2025-01-02", Side.LEFT, ProcedureState.PLANNED),
            procedure("2023", Side.LEFT, ProcedureState.CANCELLED),
            procedure(None, Side.BOTH),
        ),
    )
    spec = refill(made)
    assert [(band.first, band.last, band.is_exact, band.planned) for band in spec.bands] == [
        (dt.date(2024, 3, 1), dt.date(2024, 3, 31), False, False),
        (dt.date(2025, 1, 2), dt.date(2025, 1, 2), True, True),
    ]
    assert spec.bands[0].words == "Fat and ADSVF, RIGHT, done Mar 2024"
    assert [note for note in spec.notes if "BOTH" in note] == [
        "Fat and ADSVF, BOTH, done: date not recorded, so not drawn"
    ]


def test_every_chart_of_a_measure_has_the_same_axis_until_a_value_needs_more() -> None:
    assert refill(record(visit("2024-01-10", {"R.D2": 1.0}))).axis.high == 10
    assert refill(record(visit("2024-01-10", {"R.D2": 14.0}))).axis.high == 14
    assert refill(record(visit("2024-01-10", {"R.D2": 1.0}))).axis.title == "Capillary refill (s)"


def test_a_thumb_that_is_not_scored_has_no_mark() -> None:
    made = with_value(visit("2024-01-10", {"R.D1": 30.0}, "skin_temp"), "R", "dorsum_temp", 31.0)
    spec = sites_trend(record(made), CATALOGUE["ddd"], [parse_site("R.D1")], older_from=None)
    assert spec.is_empty


def test_a_measure_of_words_has_no_trend() -> None:
    with pytest.raises(ValueError, match="colour"):
        sites_trend(record(), CATALOGUE["colour"], [INDEX], older_from=None)


def test_a_patient_without_visits_has_an_empty_chart() -> None:
    assert refill(record()).is_empty
    assert refill(record()).span == (0, 0)
    assert ulcers_trend(record()).is_empty


def test_ulcers_are_counted_active_and_together_with_indeterminate() -> None:
    first = visit("2024-01-10").with_state(found("A", Status.ACTIVE)).with_state(found("B", Status.INDETERMINATE))
    second = visit("2024-02-10").with_state(found("A", Status.HEALED)).with_state(found("B", Status.ACTIVE))
    spec = ulcers_trend(record(first, second, lesions=(ulcer("A"), ulcer("B", "L.D2.distal"))))
    either, active = spec.lines
    assert [point.value for point in active.points] == [1, 1]
    assert [point.value for point in either.points] == [2, 1]
    assert "1 healed" in list(active.points)[1].words


def test_ulcers_that_nobody_examined_are_no_count_of_zero() -> None:
    first = visit("2024-01-10").with_state(found("A", Status.ACTIVE))
    spec = ulcers_trend(record(first, visit("2024-02-10"), lesions=(ulcer("A"),)))
    _either, active = spec.lines
    assert [point.value for point in active.points] == [1]
    assert "1 carried over, not re-examined" in active.asides[0].words


def test_x_is_the_day_at_the_place_of_the_visit() -> None:
    made = visit("2024-01-10", {"R.D2": 2.5})
    (point,) = refill(record(made)).lines[0].points
    assert day_at(point.x) == dt.date(2024, 1, 10)
    assert point.x - day_number(dt.date(2024, 1, 10)) == pytest.approx(9.5 / 24)
