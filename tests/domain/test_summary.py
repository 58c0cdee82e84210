"""The five lines: what they say, and above all what they do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssc_hand.domain.anatomy import DIGITS, parse_site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import (
    Amputation,
    Lesion,
    LesionState,
    Patient,
    PatientRecord,
    Visit,
    not_assessed,
    observation,
)
from ssc_hand.domain.summary import PLAN_LIMIT, five_lines, shortened
from ssc_hand.domain.vocabulary import AmputationLevel, Judgement, LesionKind, Reason, Status
from tests.reports import cases


def lines(record: PatientRecord) -> dict[str, str]:
    """The five lines of the last visit, by label."""
    return {line.label: line.words for line in five_lines(record, record.visits[-1])}


def two_visits(before: Visit, after: Visit, *lesions: Lesion, **more: object) -> PatientRecord:
    record = PatientRecord(patient=cases.patient(), lesions=lesions, visits=(before, after))
    return replace(record, **more)  # type: ignore[arg-type]


def earlier() -> Visit:
    return cases.visit(cases.at(2025, 9, 1), 1)


def later() -> Visit:
    return cases.visit(cases.at(2026, 3, 2), 2)


def test_the_lines_are_five_and_in_the_order_of_reading() -> None:
    assert list(lines(cases.full())) == [
        "Open and new ulcers",
        "Infection or ischaemia",
        "Main change",
        "Plan",
        "Next review",
    ]


def test_a_visit_that_records_nothing_says_so_in_every_line() -> None:
    found = lines(cases.empty())
    assert found["Open and new ulcers"] == (
        "none on record at this visit, but it is not recorded that both hands were looked at."
    )
    assert found["Infection or ischaemia"] == (
        "infection: no open ulcer recorded; no gangrene recorded; critical ischaemia: not recorded."
    )
    assert found["Main change"] == "first visit; nothing to compare with."
    assert found["Plan"] == found["Next review"] == "not recorded"


@pytest.mark.parametrize("case", sorted(cases.CASES))
def test_no_line_calls_anything_normal_better_or_worse(case: str) -> None:
    words = " ".join(lines(cases.CASES[case]()).values()).lower()
    assert not [verdict for verdict in ("normal", "better", "worse", "improve", "deteriorat") if verdict in words]


def test_active_ulcers_stand_apart_from_active_or_indeterminate_ones() -> None:
    assert lines(cases.full())["Open and new ulcers"] == (
        "active: 2 (A right index, C right middle); active or indeterminate: 3 (A, C, G left index); "
        "new: 2 (C, G); healed since: 1 (B); not examined today and counted apart: 1 (F); "
        "looking for others: not recorded."
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (True, "none; both hands were looked at."),
        (False, "none on record at this visit, but both hands were not looked at for lesions."),
    ],
)
def test_no_ulcer_is_a_finding_only_where_somebody_looked(*, said: bool, words: str) -> None:
    record = PatientRecord(patient=cases.patient(), visits=(replace(earlier(), lesions_reviewed=said),))
    assert lines(record)["Open and new ulcers"] == words


def test_at_a_first_visit_ulcers_are_first_recorded_and_not_new() -> None:
    words = lines(cases.first())["Open and new ulcers"]
    assert "first recorded: 3 (A, B, F)" in words
    assert "new" not in words


def test_an_ulcer_lost_with_its_digit_is_ended_and_never_healed() -> None:
    words = lines(cases.amputated())
    assert "ended by amputation: 1 (F)" in words["Open and new ulcers"]
    assert "left little: amputated 20 Dec 2025" in words["Main change"]
    assert "ulcers healed: 1 (B)" in words["Main change"]


def test_gangrene_is_told_with_ischaemia_and_not_among_the_ulcers() -> None:
    black = cases.lesion("A", "R.D2.distal", kind=LesionKind.GANGRENE)
    found = lines(two_visits(earlier(), later().with_state(cases.state("A", Status.PRESENT)), black))
    assert found["Open and new ulcers"] == (
        "none on record at this visit, but it is not recorded that both hands were looked at."
    )
    assert "gangrene: A right index" in found["Infection or ischaemia"]
    assert "new gangrene: 1 (A right index)" in found["Main change"]


def test_infection_is_told_by_the_clinicians_word_and_its_absence_by_its_own() -> None:
    letters = {
        "A": Judgement.YES,
        "B": Judgement.SUSPECTED,
        "C": Judgement.NO,
        "D": Judgement.NOT_JUDGED,
        "E": None,
    }
    visit = later()
    for letter, judgement in letters.items():
        visit = visit.with_state(LesionState(lesion_id=f"l{letter}", status=Status.ACTIVE, infection=judgement))
    record = two_visits(earlier(), visit, *(cases.lesion(letter, "L.D4.distal") for letter in letters))
    assert (
        "infection: yes (A left ring), suspected (B left ring), no (C), not judged (D), not recorded (E)"
        in (lines(record)["Infection or ischaemia"])
    )


def test_an_ulcer_that_nobody_looked_at_is_not_judged_for_infection() -> None:
    record = two_visits(
        earlier().with_state(cases.state("A", infection=Judgement.YES)), later(), cases.lesion("A", "R.D2.distal")
    )
    assert "infection: not examined today (A)" in lines(record)["Infection or ischaemia"]


def test_ischaemia_tells_yes_no_not_assessed_and_not_recorded_apart() -> None:
    visit = later()
    visit = visit.with_observation(observation(DIGITS[1], "ischaemia", True))
    visit = visit.with_observation(observation(DIGITS[1], "ischaemia_since", "2026-02"))
    visit = visit.with_observation(observation(DIGITS[2], "ischaemia", False))
    visit = visit.with_observation(not_assessed(DIGITS[3], "ischaemia", Reason.DRESSING))
    visit = visit.with_observation(not_assessed(DIGITS[4], "ischaemia", Reason.NOT_DONE))
    words = lines(two_visits(earlier(), visit))["Infection or ischaemia"]
    assert (
        "critical ischaemia: yes in right index (since Feb 2026), no in 1 digit, could not be assessed in 1, "
        "not done in 1, not recorded in 6." in words
    )


def test_a_digit_that_is_gone_is_not_missed_in_the_count_of_ischaemia() -> None:
    gone = Amputation(id="a", patient_id="p1", site=parse_site("L.D5"), level=AmputationLevel.MCP)
    visit = later()
    for site in DIGITS[:-1]:
        visit = visit.with_observation(observation(site, "ischaemia", False))
    words = lines(two_visits(earlier(), visit, amputations=(gone,)))["Infection or ischaemia"]
    assert words.endswith("critical ischaemia: no in 9 digits.")


def test_the_main_change_names_first_how_the_conditions_differed() -> None:
    words = lines(cases.full())["Main change"]
    assert words.startswith("since 1 Sep 2025: conditions of measurement differed (Thermometer or camera, ")
    assert words.index("conditions") < words.index("new ulcers")


def test_a_change_that_reaches_a_published_one_is_named_with_it() -> None:
    before, after = (cases.at_hands(each, "hand_pain_now", n, 4) for each, n in ((earlier(), 5), (later(), 3)))
    before, after = cases.measured(before, "crt", [1.0] * 10), cases.measured(after, "crt", [9.0] * 10)
    assert lines(two_visits(before, after))["Main change"] == (
        "since 1 Sep 2025: Pain of the hand, now (published meaningful change: 1): right hand 5 to 3 (−2)."
    )


def test_the_published_change_of_pain_is_never_used_for_a_digit() -> None:
    before, after = (cases.measured(each, "pain", [n] * 10) for each, n in ((earlier(), 1), (later(), 8)))
    words = lines(two_visits(before, after))["Main change"]
    assert "published" not in words
    assert words == "since 1 Sep 2025: largest changes: Pain now, right thumb 1 to 8 (+7)."


def test_without_a_rule_the_largest_changes_are_named_by_their_part_of_the_scale() -> None:
    before = cases.measured(earlier(), "skin_temp", [30.0] * 10)
    before = cases.measured(before, "crt", [2.0] * 10)
    after = cases.measured(later(), "skin_temp", [30.0, 26.0, *[29.5] * 8])
    after = cases.measured(after, "crt", [2.0] * 9 + [12.0])
    assert lines(two_visits(before, after))["Main change"] == (
        "since 1 Sep 2025: largest changes: Capillary refill, left little 2.0 s to 12.0 s (+10.0 s), "
        "Skin temperature, right index 30.0 °C to 26.0 °C (−4.0 °C)."
    )


def test_values_that_stayed_the_same_are_counted() -> None:
    before, after = (cases.measured(each, "crt", [2.0] * 10) for each in (earlier(), later()))
    assert lines(two_visits(before, after))["Main change"] == (
        "since 1 Sep 2025: all 10 values recorded at both visits are unchanged."
    )


def test_nothing_in_common_is_said() -> None:
    after = cases.measured(later(), "crt", [2.0] * 10)
    assert lines(two_visits(earlier(), after))["Main change"] == (
        "since 1 Sep 2025: no value was recorded at both visits."
    )


def test_a_shortened_digit_is_not_compared_with_what_it_was() -> None:
    gone = Amputation(
        id="a", patient_id="p1", site=DIGITS[2], level=AmputationLevel.TIP, date=PartialDate("2025-12-01")
    )
    before = cases.measured(earlier(), "crt", [2.0] * 10)
    after = cases.measured(later(), "crt", [2.0, 2.0, 9.0, *[2.0] * 7])
    words = lines(two_visits(before, after, amputations=(gone,)))["Main change"]
    assert words == "since 1 Sep 2025: right middle: amputated 1 Dec 2025."


def test_drafts_before_the_visit_are_no_comparison() -> None:
    record = cases.draft()
    draft = replace(record.visits[0], state=record.visits[1].state)
    assert lines(record.with_visit(draft))["Main change"] == "first visit; nothing to compare with."


def test_a_long_plan_is_cut_between_words_and_points_to_the_rest() -> None:
    words = shortened("swab and dressing " * 100, PLAN_LIMIT)
    assert words.endswith(" … (in full below)")
    assert len(words) <= PLAN_LIMIT + 20
    assert shortened("swab\nand dressing", PLAN_LIMIT) == "swab and dressing"


def test_a_patient_needs_no_more_than_a_name() -> None:
    unknown = PatientRecord(patient=Patient(id="p1", record_number="7", family_name="Doe"), visits=(later(),))
    assert len(five_lines(unknown, unknown.visits[0])) == 5
