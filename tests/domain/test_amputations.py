"""Amputations known at the visit before: "not re-examined" until this visit says one word."""

from __future__ import annotations

from ssc_hand.domain.amputations import AmputationAt, amputations_at, to_look_at
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationCheck, AmputationLevel
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation

ANA = a_patient()
BEFORE = "2025-09-01T09:00"


def of(today: VisitBuilder, *before: VisitBuilder) -> PatientRecord:
    """A digit lost in 2024, another since the visit before, and more of a third since then."""
    gone = (
        an_amputation(ANA, "R.D2"),
        an_amputation(ANA, "L.D4", date=PartialDate("2025-12")),
        an_amputation(ANA, "L.D3", level=AmputationLevel.TIP),
        an_amputation(ANA, "L.D3", level=AmputationLevel.PIP, date=PartialDate("2025-11")),
    )
    return a_record(*before, today, patient=ANA, amputations=gone)


def found(record: PatientRecord) -> tuple[AmputationAt, ...]:
    """What the last visit has to look at again."""
    return amputations_at(record, record.visits[-1])


def test_only_what_the_visit_before_knew_and_nothing_has_replaced_is_looked_at_again() -> None:
    record = of(a_visit(), a_visit(BEFORE).final())
    assert [(each.site.code, each.check) for each in found(record)] == [("R.D2", AmputationCheck.NOT_REEXAMINED)]
    assert found(of(a_visit())) == ()
    assert found(of(a_visit(), a_visit(BEFORE))) == ()  # a draft is no visit before


def test_one_word_is_enough() -> None:
    record = of(a_visit().at("R.D2", amputation_check="as_before"), a_visit(BEFORE).final())
    assert [each.check for each in found(record)] == [AmputationCheck.AS_BEFORE]
    assert to_look_at(record, record.visits[-1]) == ()


def test_the_word_of_an_earlier_visit_says_nothing_of_this_one() -> None:
    earlier = (a_visit("2025-06-01T09:00").final(), a_visit(BEFORE).at("R.D2", amputation_check="as_before").final())
    record = of(a_visit(), *earlier)
    assert [each.is_waiting for each in found(record)] == [True]
