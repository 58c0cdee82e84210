"""Lesions on paper: what was looked at, by eye or by the rule, and what nobody confirmed."""

from __future__ import annotations

import pytest

from ssc_hand.domain.vocabulary import LesionKind, SizeChange, Status
from ssc_hand.reports.marks import Look
from tests.builders import VisitBuilder, a_record, a_visit
from tests.reports.printed import text

FIRST, SECOND = "2025-09-01T09:30", "2026-03-02T09:30"


def printed(later: VisitBuilder, kind: LesionKind = LesionKind.ULCER) -> str:
    """The paper of a second visit after one with a lesion A."""
    return text(a_record(a_visit(FIRST).with_lesion(kind, "R.D2.distal", id="a").final(), later.final()))


@pytest.mark.parametrize(("looked", "word"), [(True, "yes"), (False, "no"), (None, "not recorded")])
def test_the_paper_says_whether_both_hands_were_looked_at(looked: bool | None, word: str) -> None:
    assert f"Both hands looked at for lesions: {word}." in text(a_record(a_visit(lesions_reviewed=looked).final()))


def test_no_lesion_on_record_never_reads_as_no_ulcer_where_nobody_looked() -> None:
    silent, looked = (text(a_record(a_visit(lesions_reviewed=said).final())) for said in (None, True))
    assert "None on record at this visit, but it is not recorded that both hands were looked at" in silent
    assert "None; both hands were looked at." in looked


def test_the_course_is_told_as_judged_by_eye() -> None:
    later = a_visit(SECOND).with_state("a", Status.ACTIVE, size_change=SizeChange.SMALLER)
    assert "judged by eye: smaller" in printed(later)


def test_an_unconfirmed_lesion_is_printed_as_not_re_examined() -> None:
    page = printed(a_visit(SECOND))
    assert "not re-examined" in page.replace("\u2010", "-")
    assert "last examined: active" in page
    assert "not examined today and counted apart: 1 (A)" in page


def test_a_contracture_is_in_the_table_and_in_the_legend_and_no_ulcer() -> None:
    page = printed(a_visit(SECOND, lesions_reviewed=True).with_state("a", Status.PRESENT), LesionKind.CONTRACTURE)
    assert page.count("contracture") >= 2
    assert "None; both hands were looked at." in page


def test_the_cross_of_a_contracture_reaches_as_far_as_its_arms() -> None:
    assert Look(LesionKind.CONTRACTURE, None).height > Look(LesionKind.ULCER, None).height
