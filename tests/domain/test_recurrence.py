"""Episodic, recurrent, chronic: the published rule at its edges, and no answer where it cannot be applied."""

from __future__ import annotations

import pytest

from ssc_hand.domain.recurrence import Course, Recurrence, recurrence
from ssc_hand.domain.vocabulary import LesionKind, Status
from tests.builders import VisitBuilder, a_record, a_visit

BASELINE = "2023-01-10T09:00"
FOLLOW_UPS = ("2023-09-01T09:00", "2024-05-01T09:00", "2025-01-10T09:00")


def course_of(*visits: VisitBuilder) -> Recurrence:
    """The course at the last of these visits."""
    record = a_record(*visits)
    return recurrence(record, record.visits[-1])


def a_look(when: str, *, ulcer: bool | None) -> VisitBuilder:
    """A final visit with a new ulcer, with none though both hands were looked at, or (None) without a word."""
    visit = a_visit(when, lesions_reviewed=None if ulcer is None else True)
    return (visit.with_ulcer("R.D2.distal", status=Status.ACTIVE) if ulcer else visit).final()


def healed_since(*found: bool | None) -> list[VisitBuilder]:
    """A baseline without ulcers, and follow-up visits; each ulcer is healed at the visit after."""
    visits = [a_look(BASELINE, ulcer=False)]
    open_before: list[str] = []
    for when, ulcer in zip(FOLLOW_UPS, found, strict=True):
        visit = a_look(when, ulcer=ulcer)
        for lesion in open_before if ulcer is not None else []:
            visit.with_state(lesion, Status.HEALED)
        open_before = list(visit.lesion_ids)
        visits.append(visit)
    return visits


@pytest.mark.parametrize(
    ("found", "course"),
    [
        ((False, False, False), Course.NONE),
        ((True, False, False), Course.EPISODIC),
        ((False, False, True), Course.EPISODIC),
        ((True, False, True), Course.RECURRENT),
        ((True, True, False), Course.RECURRENT),
        ((True, True, True), Course.CHRONIC),
    ],
)
def test_the_rule_counts_visits_with_an_ulcer(found: tuple[bool, ...], course: Course) -> None:
    said = course_of(*healed_since(*found))
    assert said.course is course
    assert (said.positive, said.known) == (sum(found), 3)


def test_the_words_name_the_visits_it_stands_on() -> None:
    words = course_of(*healed_since(True, False, True)).words
    assert words == "recurrent: an ulcer at 2 of 3 follow-up visits in 2 years"


def test_the_baseline_is_no_follow_up_visit() -> None:
    said = course_of(
        a_look(BASELINE, ulcer=True),
        *(a_visit(when, lesions_reviewed=True).final() for when in FOLLOW_UPS),
    )
    assert said.course is None  # the ulcer of the baseline was not looked at again, so no visit is known to have none


def test_less_than_two_years_are_not_enough() -> None:
    visits = healed_since(True, False, True)[:-1]
    said = course_of(*visits, a_look("2025-01-09T09:00", ulcer=False))
    assert said.course is None and said.words.startswith("not classifiable yet: observed for less than 2 years")


def test_two_follow_up_visits_are_not_enough() -> None:
    said = course_of(*healed_since(True, False, True)[0:1], *(a_look(w, ulcer=True) for w in FOLLOW_UPS[1:]))
    assert said.course is None and "2 follow-up visits in the last 2 years, 3 are needed" in said.words


def test_visits_before_the_two_years_do_not_count() -> None:
    old = [a_look("2019-01-01T09:00", ulcer=True), a_look("2020-01-01T09:00", ulcer=True)]
    found = healed_since(False, False, False)
    first = old[0].lesion_ids[0], old[1].lesion_ids[0]
    for lesion in first:
        found[0].with_state(lesion, Status.HEALED)
    assert course_of(*old, *found).course is Course.NONE


def test_a_visit_at_which_nobody_looked_leaves_it_open_where_it_matters() -> None:
    said = course_of(*healed_since(False, None, True))
    assert said.course is None and "not recorded: 1 May 2024" in said.words


def test_a_visit_at_which_nobody_looked_is_left_out_where_it_does_not_matter() -> None:
    visits = healed_since(True, False, True)
    visits.insert(3, a_visit("2024-08-01T09:00").final())
    said = course_of(*visits)
    assert said.course is Course.RECURRENT and said.known == 3


def test_an_indeterminate_ulcer_counts_and_gangrene_does_not() -> None:
    one = a_visit(FOLLOW_UPS[2], lesions_reviewed=True)
    record = healed_since(False, False, False)[:3]
    assert course_of(*record, one.with_ulcer("L.D3.distal", status=Status.INDETERMINATE).final()).course is (
        Course.EPISODIC
    )
    other = a_visit(FOLLOW_UPS[2], lesions_reviewed=True)
    assert course_of(*record, other.with_lesion(LesionKind.GANGRENE, "L.D3.distal").final()).course is Course.NONE


def test_an_ulcer_that_came_and_healed_between_visits_counts() -> None:
    visits = healed_since(False, False, False)[:3]
    last = a_visit(FOLLOW_UPS[2], lesions_reviewed=True).with_ulcer("L.D3.distal", status=Status.HEALED).final()
    assert course_of(*visits, last).course is Course.EPISODIC


@pytest.mark.parametrize(
    ("found", "course"),
    [
        ((Status.ACTIVE, Status.ACTIVE, Status.ACTIVE), Course.CHRONIC),
        ((Status.ACTIVE, Status.INDETERMINATE, Status.ACTIVE), Course.CHRONIC),
        ((Status.INDETERMINATE, Status.ACTIVE, Status.HEALED), Course.RECURRENT),
        ((Status.ACTIVE, Status.HEALED, Status.HEALED), Course.EPISODIC),
        ((Status.HEALED, Status.HEALED, Status.HEALED), Course.NONE),
    ],
)
def test_an_old_ulcer_counts_at_every_visit_at_which_it_is_seen_open(found: tuple[Status, ...], course: Course) -> None:
    first = a_look(BASELINE, ulcer=True)
    (ulcer,) = first.lesion_ids
    later = (
        a_visit(when, lesions_reviewed=True).with_state(ulcer, status).final()
        for when, status in zip(FOLLOW_UPS, found, strict=True)
    )
    assert course_of(first, *later).course is course


def test_two_years_before_29_february_is_the_28th() -> None:
    visits = [a_look(f"{day}T09:00", ulcer=True) for day in ("2022-02-28", "2023-01-01", "2023-06-01", "2024-02-29")]
    assert course_of(*visits).course is Course.CHRONIC
    late = a_look("2022-03-01T09:00", ulcer=True)
    assert "observed for less than 2 years" in course_of(late, *visits[1:]).words


def test_the_first_visit_says_why_there_is_no_course_yet() -> None:
    assert "observed for less than 2 years" in course_of(a_visit()).words
