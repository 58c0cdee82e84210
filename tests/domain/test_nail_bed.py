"""The nail bed is offered where something on the fingertip stands against pressing the pulp."""

from __future__ import annotations

from typing import Any

import pytest

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.nail_bed import nail_bed_offer
from ssc_hand.domain.vocabulary import LesionKind, Location, RefillSite, Status
from tests.builders import VisitBuilder, a_record, a_visit

INDEX = parse_site("R.D2")


def offered(*visits: VisitBuilder, site: str = "R.D2") -> str:
    """What is offered at the last visit."""
    record = a_record(*visits)
    return nail_bed_offer(record, record.visits[-1], parse_site(site))


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.INDETERMINATE])
def test_an_open_ulcer_of_the_pulp_offers_the_nail_bed_of_its_digit_only(status: Status) -> None:
    visit = a_visit().with_ulcer("R.D2.distal", status=status)
    assert offered(visit) == "On this fingertip: ulcer A. The nail bed can be pressed instead."
    assert offered(visit, site="R.D3") == offered(visit, site="L.D2") == ""


@pytest.mark.parametrize("kind", [LesionKind.PITTING_SCAR, LesionKind.CALCINOSIS, LesionKind.GANGRENE])
def test_any_lesion_recorded_on_the_fingertip_offers_it(kind: LesionKind) -> None:
    assert offered(a_visit().with_lesion(kind, "R.D2.distal")).startswith(f"On this fingertip: {kind.label} A.")


def test_a_digit_pressed_at_the_pulp_is_offered_the_nail_bed_whatever_holds_for_the_visit() -> None:
    visit = a_visit(refill_site=RefillSite.NAIL_BED).with_ulcer("R.D2.distal").at("R.D2", refill_place="pulp")
    assert offered(visit)


def test_gangrene_of_the_tip_offers_it_from_the_back_too() -> None:
    about: dict[str, Any] = {"aspect": Aspect.DORSAL, "location": Location.TIP}
    assert offered(a_visit().with_lesion(LesionKind.GANGRENE, "R.D2.distal", **about))


@pytest.mark.parametrize(
    "visit",
    [
        a_visit().with_ulcer("R.D2.middle"),
        a_visit().with_ulcer("R.D2.distal", aspect=Aspect.DORSAL),
        a_visit().with_ulcer("R.D2.distal", status=Status.HEALED),
        a_visit().with_lesion(LesionKind.CONTRACTURE, "R.D2.distal"),
        a_visit().with_ulcer("R.D2.distal").at("R.D2", refill_place="nail_bed"),
        a_visit(refill_site=RefillSite.NAIL_BED).with_ulcer("R.D2.distal"),
    ],
    ids=["other phalanx", "over the nail", "healed", "contracture", "nail bed of the digit", "nail bed of the visit"],
)
def test_nothing_is_offered_where_nothing_hinders(visit: VisitBuilder) -> None:
    assert offered(visit) == ""


def test_an_ulcer_of_the_last_visit_counts_until_somebody_has_looked() -> None:
    before = a_visit("2025-09-01T09:00").with_ulcer("R.D2.distal", id="u").final()
    assert offered(before, a_visit())
    assert not offered(before, a_visit().with_state("u", Status.HEALED))
