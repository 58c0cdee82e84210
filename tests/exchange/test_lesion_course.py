"""What the bundle says of the course of lesions: by eye, confirmed or not, and whether both hands were looked at."""

from __future__ import annotations

import pytest

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.lesions import to_review
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import LesionKind, SizeChange, Status
from ssc_hand.exchange.bundle import dumps, from_bundle, to_bundle
from tests.builders import a_record, a_visit

BEFORE = a_visit("2026-03-02T09:30").with_ulcer("R.D2.distal", id="019a5b5c-0000-7000-8000-00000000000a").final()
ULCER = "019a5b5c-0000-7000-8000-00000000000a"


def round_trip(record: PatientRecord) -> PatientRecord:
    (again,) = from_bundle(dumps(to_bundle([record])))
    return again


@pytest.mark.parametrize("looked", [True, False, None])
def test_looking_at_both_hands_is_yes_no_or_left_out(looked: bool | None) -> None:
    record = a_record(a_visit(lesions_reviewed=looked).final())
    (written,) = to_bundle([record])["patients"][0]["visits"]
    assert written.get("lesions_reviewed", "left out") == ("left out" if looked is None else looked)
    assert round_trip(record).visits[0].lesions_reviewed is looked


@pytest.mark.parametrize("change", list(SizeChange))
def test_the_course_by_eye_is_carried_without_sizes(change: SizeChange) -> None:
    later = a_visit("2026-04-02T09:30").with_state(ULCER, Status.ACTIVE, size_change=change).final()
    record = a_record(BEFORE, later)
    written = to_bundle([record])["patients"][0]["visits"][1]["lesions"][0]
    assert (written["size_change"], "length_mm" in written) == (change.value, False)
    assert round_trip(record) == record


def test_a_note_on_a_lesion_that_nobody_looked_at_leaves_it_so() -> None:
    later = a_visit("2026-04-02T09:30").with_state(ULCER, Status.NOT_REEXAMINED, note="dressing left on").final()
    again = round_trip(a_record(BEFORE, later))
    assert again.visits[1].states[ULCER].note == "dressing left on"
    assert [each.lesion.letter for each in to_review(again, again.visits[1])] == ["A"]


def test_a_contracture_is_carried_and_has_no_depth() -> None:
    record = a_record(a_visit().with_lesion(LesionKind.CONTRACTURE, "R.D4").final())
    assert round_trip(record) == record
    text = dumps(to_bundle([record])).replace('"status": "present"', '"status": "present", "depth": "deep"')
    with pytest.raises(Refused, match="said of an ulcer only"):
        from_bundle(text)
