"""What is said beside another finding of a digit: where refill was pressed, and an amputation looked at again."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.kinds import Choice
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.domain.vocabulary import AmputationCheck, RefillSite, Term
from ssc_hand.i18n import N_


def _beside(key: str, label: str, short: str, group: Group, terms: type[Term]) -> Measure:
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=group,
        kind=Choice(terms),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    )


ENTRIES = (
    _beside("refill_place", N_("Refill of this digit pressed at"), N_("Refill at"), Group.FLOW, RefillSite),
    _beside("amputation_check", N_("Amputation looked at again"), N_("Amputation"), Group.LOOK, AmputationCheck),
)
