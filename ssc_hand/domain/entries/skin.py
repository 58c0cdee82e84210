"""Skin and volume of the hand: the two hand sites of the modified Rodnan score, millilitres, and the tape."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.i18n import N_


def _rodnan(key: str, label: str, short: str) -> Measure:
    """One of the 17 sites; the published meaningful change is of all 17 together and so belongs to no single one."""
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="",
        scope=Scope.HAND,
        digits=None,
        group=Group.SKIN,
        kind=Number(hard=(0, 3), soft=None, decimals=0),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("skin thickness of this site of the modified Rodnan score (doi:10.5301/jsrd.5000231)"),
    )


ENTRIES = (
    _rodnan("mrss_fingers", N_("Skin thickness of the fingers"), N_("mRSS fingers")),
    _rodnan("mrss_hand", N_("Skin thickness of the back of the hand"), N_("mRSS hand")),
    Measure(
        key="hand_volume",
        label=N_("Hand volume"),
        short=N_("Volume"),
        unit="ml",
        scope=Scope.HAND,
        digits=None,
        group=Group.SKIN,
        kind=Number(hard=(100, 1200), soft=(200, 700), decimals=0),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("water displaced; never computed from the tape (doi:10.1177/1758998317724405)"),
    ),
    Measure(
        key="figure_of_eight",
        label=N_("Figure-of-eight tape"),
        short=N_("Tape"),
        unit="cm",
        scope=Scope.HAND,
        digits=None,
        group=Group.SKIN,
        kind=Number(hard=(25, 65), soft=None, decimals=1),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("length of the tape around the hand; never turned into a volume (doi:10.1177/1758998317724405)"),
    ),
)
