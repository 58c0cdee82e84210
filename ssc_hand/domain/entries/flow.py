"""Blood flow: oxygen saturation of digits, and the Allen test of each artery."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.i18n import N_

_ALLEN_NOTE = N_(
    "seconds until the palm is red again with this artery released; there is no agreed limit, and the time alone "
    "does not say what the hand can bear (doi:10.1016/j.amjms.2020.12.001)"
)


def _allen(key: str, label: str, short: str) -> Measure:
    """Wright's modification tests both arteries of each hand, one after the other."""
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="s",
        scope=Scope.HAND,
        digits=None,
        group=Group.FLOW,
        kind=Number(hard=(0, 60), soft=(0, 7), decimals=0, beyond=N_("no flush within {n} s")),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=_ALLEN_NOTE,
    )


ENTRIES = (
    Measure(
        key="spo2",
        label=N_("Oxygen saturation"),
        short=N_("SpO₂"),
        unit="%",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.FLOW,
        kind=Number(hard=(0, 100), soft=(80, 100), decimals=0),
        worse=Direction.LOWER,
        repeats=1,
        limit=None,
        change=None,
        shades=(70, 100),
        derived=False,
        note=N_("pulse oximeter on this digit; where it finds no pulse, that is a reason and not a value"),
    ),
    _allen("allen_radial", N_("Allen test, radial artery"), N_("Allen radial")),
    _allen("allen_ulnar", N_("Allen test, ulnar artery"), N_("Allen ulnar")),
)
