"""Sensation of each digit, on its radial and on its ulnar side."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.kinds import Choice
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.domain.vocabulary import Sensation
from ssc_hand.i18n import N_


def _side(key: str, label: str, short: str) -> Measure:
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.SENSATION,
        kind=Choice(Sensation),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("touch at the finger pulp, in the examiner's word"),
    )


ENTRIES = (
    _side("sensation_radial", N_("Sensation, radial side"), N_("Sens. radial")),
    _side("sensation_ulnar", N_("Sensation, ulnar side"), N_("Sens. ulnar")),
)
