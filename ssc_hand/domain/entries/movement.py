"""Movement and strength: angles of the joints, total active motion, opposition, reach, pinch, HAMIS."""

from __future__ import annotations

from dataclasses import replace

from ssc_hand.domain.anatomy import Digit, Scope
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.i18n import N_

#: The digits with a PIP and a DIP joint.
FINGERS = (Digit.D2, Digit.D3, Digit.D4, Digit.D5)
THUMB = (Digit.D1,)


_FLEXION = Measure(
    key="mcp_flexion",
    label=N_("MCP flexion"),
    short=N_("MCP flex."),
    unit="°",
    scope=Scope.DIGIT,
    digits=None,
    group=Group.MOVEMENT,
    kind=Number(hard=(0, 130), soft=None, decimals=0),
    worse=Direction.LOWER,
    repeats=1,
    limit=None,
    change=None,
    shades=None,
    derived=False,
    note=N_("active flexion, with a goniometer"),
)
_DEFICIT = replace(
    _FLEXION,
    key="mcp_deficit",
    label=N_("MCP extension deficit"),
    short=N_("MCP def."),
    kind=Number(hard=(0, 120), soft=None, decimals=0),
    worse=Direction.HIGHER,
    note=N_("what is missing to a straight joint; 0 where it goes straight or beyond"),
)

ENTRIES = (
    _FLEXION,
    _DEFICIT,
    replace(_FLEXION, key="ip_flexion", label=N_("Thumb IP flexion"), short=N_("IP flex."), digits=THUMB),
    replace(_DEFICIT, key="ip_deficit", label=N_("Thumb IP extension deficit"), short=N_("IP def."), digits=THUMB),
    replace(_FLEXION, key="pip_flexion", label=N_("PIP flexion"), short=N_("PIP flex."), digits=FINGERS),
    replace(_DEFICIT, key="pip_deficit", label=N_("PIP extension deficit"), short=N_("PIP def."), digits=FINGERS),
    replace(_FLEXION, key="dip_flexion", label=N_("DIP flexion"), short=N_("DIP flex."), digits=FINGERS),
    replace(_DEFICIT, key="dip_deficit", label=N_("DIP extension deficit"), short=N_("DIP def."), digits=FINGERS),
    Measure(
        key="tam",
        label=N_("Total active motion"),
        short=N_("TAM"),
        unit="°",
        scope=Scope.DIGIT,
        digits=FINGERS,
        group=Group.MOVEMENT,
        kind=Number(hard=(0, 360), soft=(0, 290), decimals=0),
        worse=Direction.LOWER,
        repeats=1,
        limit=None,
        change=None,
        shades=(0, 300),
        derived=True,
        note=N_("flexion of MCP, PIP and DIP less their extension deficits; only where all six are recorded"),
    ),
    Measure(
        key="tam_thumb",
        label=N_("Active motion of the thumb (MCP + IP)"),
        short=N_("Thumb MCP+IP"),
        unit="°",
        scope=Scope.DIGIT,
        digits=THUMB,
        group=Group.MOVEMENT,
        kind=Number(hard=(0, 260), soft=None, decimals=0),
        worse=Direction.LOWER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=True,
        note=N_("flexion of MCP and IP less their extension deficits; not to be compared with a finger"),
    ),
    Measure(
        key="kapandji",
        label=N_("Kapandji opposition"),
        short=N_("Kapandji"),
        unit="",
        scope=Scope.HAND,
        digits=None,
        group=Group.MOVEMENT,
        kind=Number(hard=(0, 10), soft=None, decimals=0),
        worse=Direction.LOWER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_(
            "where the tip of the thumb reaches: 1 and 2 side of the middle and end phalanx of the index, 3 to 6 the "
            "tips from index to little finger, 7 to 9 the creases of the little finger towards the palm, 10 the "
            "distal crease of the palm (doi:10.1016/s0753-9053(86)80053-9); later stages count only where the earlier "
            "ones are reached"
        ),
    ),
    Measure(
        key="finger_to_palm",
        label=N_("Delta finger-to-palm"),
        short=N_("Finger-palm"),
        unit="cm",
        scope=Scope.HAND,
        digits=None,
        group=Group.MOVEMENT,
        kind=Number(hard=(0, 20), soft=None, decimals=1),
        worse=Direction.LOWER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("distance from finger to palm fully extended, less the distance fully flexed (PMC2935276)"),
    ),
    Measure(
        key="hamis",
        label=N_("HAMIS, total"),
        short=N_("HAMIS"),
        unit="points",
        scope=Scope.HAND,
        digits=None,
        group=Group.MOVEMENT,
        # Nine items are confirmed and the end of the scale is not, so two digits are taken and no scale is claimed.
        kind=Number(hard=(0, 99), soft=None, decimals=0),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("total as added up on its own form; the end of its scale is not checked here"),
    ),
    Measure(
        key="pinch_strength",
        label=N_("Pinch strength"),
        short=N_("Pinch"),
        unit="kg",
        scope=Scope.HAND,
        digits=None,
        group=Group.STRENGTH,
        kind=Number(hard=(0, 30), soft=None, decimals=1),
        worse=Direction.LOWER,
        repeats=3,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("mean of three trials"),
    ),
)
