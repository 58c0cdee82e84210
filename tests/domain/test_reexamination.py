"""Looking at a lesion again: one key each, no size copied, and nobody's silence taken for an answer."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.lesions import LesionAt, carried_over, is_reviewed, reviewed_words, to_review
from ssc_hand.domain.records import LesionState
from ssc_hand.domain.reexamination import Outcome, meanings_of, outcome_of, outcomes_for, reexamined, with_status
from ssc_hand.domain.vocabulary import AmputationLevel, LesionKind, SizeChange, Status
from tests.builders import a_patient, a_record, a_visit, an_amputation

FIRST, SECOND, THIRD = (f"202{n}-03-02T09:00" for n in (3, 4, 5))


def seen_again(kind: LesionKind = LesionKind.ULCER, status: Status | None = None, **state: Any) -> LesionAt:
    """A lesion of one visit as the next one meets it."""
    said: dict[str, Any] = {} if status is None else {"status": status}
    first = a_visit(FIRST).with_lesion(kind, "R.D2.distal", id="a", **said, **state).final()
    record = a_record(first, a_visit(SECOND))
    (each,) = carried_over(record, record.visits[-1])
    return each


def keyed(each: LesionAt) -> dict[str, Outcome]:
    return {one.key: one for one in outcomes_for(each)}


def test_an_active_ulcer_has_six_answers_with_a_key_each() -> None:
    assert [(one.key, one.status, one.size_change) for one in outcomes_for(seen_again())] == [
        ("1", Status.ACTIVE, SizeChange.SAME),
        ("2", Status.ACTIVE, SizeChange.SMALLER),
        ("3", Status.ACTIVE, SizeChange.LARGER),
        ("4", Status.INDETERMINATE, None),
        ("5", Status.HEALED, None),
        ("6", Status.NOT_SEEN, None),
    ]


def test_an_indeterminate_ulcer_stays_so_unless_it_is_said_to_be_open_again() -> None:
    found = keyed(seen_again(status=Status.INDETERMINATE))
    assert {found[key].status for key in "123"} == {Status.INDETERMINATE}
    assert found["7"].status is Status.ACTIVE


def test_other_lesions_are_present_or_resolved_and_never_healed() -> None:
    found = keyed(seen_again(LesionKind.CALCINOSIS))
    assert {key: one.status for key, one in found.items()} == {
        "1": Status.PRESENT,
        "2": Status.PRESENT,
        "3": Status.PRESENT,
        "5": Status.RESOLVED,
        "6": Status.NOT_SEEN,
    }


def test_a_contracture_has_no_size_to_compare() -> None:
    found = outcomes_for(seen_again(LesionKind.CONTRACTURE))
    assert [(one.key, one.label) for one in found] == [
        ("1", "present as before"),
        ("5", "resolved"),
        ("6", "not seen today"),
    ]


def test_what_nobody_has_ever_looked_at_is_not_compared() -> None:
    found = keyed(seen_again(status=Status.NOT_SEEN))
    assert (found["1"].label, found["1"].size_change) == ("active", None)
    assert not {"2", "3"} & set(found)


def test_sizes_in_mm_are_never_copied_from_the_visit_before() -> None:
    each = seen_again(length_mm=5.0, width_mm=4.0)
    found = reexamined(each, keyed(each)["1"])
    assert (found.status, found.size_change, found.length_mm, found.width_mm) == (
        Status.ACTIVE,
        SizeChange.SAME,
        None,
        None,
    )


def test_what_was_measured_today_stays_when_the_answer_changes() -> None:
    first = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    record = a_record(first, a_visit(SECOND).with_state("a", Status.ACTIVE, length_mm=3.0))
    (each,) = carried_over(record, record.visits[-1])
    assert reexamined(each, keyed(each)["2"]).length_mm == 3.0


@pytest.mark.parametrize("status", [Status.HEALED, Status.NOT_SEEN, Status.RESOLVED])
def test_what_has_gone_or_was_not_seen_has_no_course(status: Status) -> None:
    state = LesionState(lesion_id="a", status=Status.ACTIVE, size_change=SizeChange.SMALLER)
    assert with_status(state, status).size_change is None


def test_the_day_of_healing_stands_with_the_word_healed_alone() -> None:
    state = LesionState(lesion_id="a", status=Status.HEALED, healed_on=PartialDate("2024-02"))
    assert with_status(state, Status.HEALED).healed_on == "2024-02"
    for status in (Status.ACTIVE, Status.INDETERMINATE, Status.NOT_SEEN):
        assert with_status(state, status).healed_on is None


def test_the_answer_given_is_known_again() -> None:
    each = seen_again()
    assert outcome_of(each) is None
    first = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    record = a_record(first, a_visit(SECOND).with_state("a", Status.ACTIVE, size_change=SizeChange.LARGER))
    (again,) = carried_over(record, record.visits[-1])
    found = outcome_of(again)
    assert found is not None and found.key == "3"


def test_healed_and_indeterminate_say_what_they_mean_here() -> None:
    found = keyed(seen_again())
    assert "wholly covered by new skin" in found["5"].meaning
    assert found["4"].meaning == "a scab or crust hides the bed, which cannot be judged (working definition)"
    assert found["1"].meaning == ""


def test_only_words_with_a_meaning_of_their_own_are_explained() -> None:
    assert meanings_of((Status.ACTIVE, Status.NOT_SEEN)) == ""
    assert meanings_of((Status.ACTIVE, Status.HEALED)) == (
        "healed: wholly covered by new skin; pain or colour may remain. (Working definitions of this program.)"
    )


def test_a_lesion_waits_until_somebody_gives_an_answer() -> None:
    first = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").with_lesion(LesionKind.PITTING_SCAR, "L.D2.distal").final()
    record = a_record(first, a_visit(SECOND).with_state("a", Status.NOT_SEEN))
    visit = record.visits[-1]
    assert [each.lesion.letter for each in to_review(record, visit)] == ["B"]
    assert [each.lesion.letter for each in carried_over(record, visit)] == ["A", "B"]


def test_a_note_alone_does_not_say_that_anybody_looked() -> None:
    first = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    record = a_record(first, a_visit(SECOND).with_state("a", Status.NOT_REEXAMINED, note="dressing left on"))
    assert to_review(record, record.visits[-1])


def test_a_lost_digit_leaves_nothing_to_look_at() -> None:
    patient = a_patient()
    gone = an_amputation(patient, "R.D2", level=AmputationLevel.MCP)
    first = a_visit(FIRST).with_ulcer("R.D2.distal").final()
    record = a_record(first, a_visit(THIRD), patient=patient, amputations=(gone,))
    assert to_review(record, record.visits[-1]) == ()


def test_lesions_are_reviewed_when_none_waits_and_both_hands_were_looked_at() -> None:
    first = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    for more, state, expected in (
        ({}, Status.ACTIVE, False),
        ({"lesions_reviewed": False}, Status.ACTIVE, False),
        ({"lesions_reviewed": True}, None, False),
        ({"lesions_reviewed": True}, Status.ACTIVE, True),
    ):
        later = a_visit(SECOND, **more)
        record = a_record(first, later.with_state("a", state) if state else later)
        assert is_reviewed(record, record.visits[-1]) is expected


def test_looking_at_both_hands_is_yes_no_or_not_recorded() -> None:
    record = a_record(*(a_visit(FIRST, lesions_reviewed=said) for said in (None, True, False)))
    assert [reviewed_words(visit).split(": ")[1] for visit in record.visits] == ["not recorded", "yes", "no"]
