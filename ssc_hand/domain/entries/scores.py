"""Totals of questionnaires and scores: numbers from forms of others, whose items are theirs and not kept here."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Direction, Group, MeaningfulChange, Measure
from ssc_hand.i18n import N_

_KHANNA_2006 = "Khanna 2006, PMID 16540546 (diffuse cutaneous systemic sclerosis)"
_SORENSEN = "Sorensen 2013, doi:10.1016/j.jhsa.2012.12.032 (hand and upper limb, not systemic sclerosis)"

_TOTAL = N_("total as added up on its own form")
# That its scale ends at 3 was not read in a source of its own, and is said so.
_HAQ = N_("total as added up on its own form; that it ends at 3 is how this program takes it")
_SHAQ = N_("0–3 on its own line; each line stands alone and is not averaged into HAQ-DI")


def _total(
    key: str, words: tuple[str, str, str], top: float, decimals: int, *, change: MeaningfulChange | None = None
) -> Measure:
    """A total from 0 up, of which more is worse; `words` are label, short label and note."""
    label, short, note = words
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="",
        scope=Scope.VISIT,
        digits=None,
        group=Group.SCORES,
        kind=Number(hard=(0, top), soft=None, decimals=decimals),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=change,
        shades=None,
        derived=False,
        note=note,
    )


ENTRIES = (
    _total("chfs", (N_("Cochin Hand Function Scale"), N_("CHFS"), _TOTAL), 90, 0),
    _total(
        "haq_di",
        (N_("HAQ Disability Index"), N_("HAQ-DI"), _HAQ),
        3,
        3,
        change=MeaningfulChange(amount=0.1, source=_KHANNA_2006),
    ),
    _total("shaq_pain", (N_("SHAQ, pain"), N_("SHAQ pain"), _SHAQ), 3, 2),
    _total("shaq_intestinal", (N_("SHAQ, intestinal problems"), N_("SHAQ intest."), _SHAQ), 3, 2),
    _total("shaq_breathing", (N_("SHAQ, breathing problems"), N_("SHAQ breath."), _SHAQ), 3, 2),
    _total("shaq_raynaud", (N_("SHAQ, Raynaud"), N_("SHAQ Rayn."), _SHAQ), 3, 2),
    _total("shaq_ulcers", (N_("SHAQ, finger ulcers"), N_("SHAQ ulcers"), _SHAQ), 3, 2),
    _total("shaq_overall", (N_("SHAQ, overall severity"), N_("SHAQ overall"), _SHAQ), 3, 2),
    _total(
        "quickdash",
        (
            N_("QuickDASH, total"),
            N_("QuickDASH"),
            N_("score as computed by its own rule, from at least 10 of 11 items"),
        ),
        100,
        1,
        change=MeaningfulChange(amount=14, source=_SORENSEN),
    ),
    _total(
        "ducas",
        (N_("DUCAS, total"), N_("DUCAS"), N_("total as computed elsewhere (doi:10.3899/jrheum.171486)")),
        19.5,
        1,
    ),
)
