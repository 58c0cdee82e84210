"""Nailfold capillaroscopy of the fingers, and the index CSURI of the patient.

The ranges only catch slips of the hand: none is published.
"""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.entries.movement import FINGERS
from ssc_hand.domain.kinds import Choice, Flag, Number, Range
from ssc_hand.domain.measures import Direction, Group, Measure
from ssc_hand.domain.vocabulary import NailfoldPattern
from ssc_hand.i18n import N_


def _of_finger(
    key: str,
    words: tuple[str, str, str],
    kind: Number | Choice | Flag,
    worse: Direction,
    *,
    shades: Range | None = None,
    note: str = "",
) -> Measure:
    """What is seen at the nailfold of one finger; `words` are label, short label and unit."""
    label, short, unit = words
    return Measure(
        key=key,
        label=label,
        short=short,
        unit=unit,
        scope=Scope.DIGIT,
        digits=FINGERS,
        group=Group.NAILFOLD,
        kind=kind,
        worse=worse,
        repeats=1,
        limit=None,
        change=None,
        shades=shades,
        derived=False,
        note=note,
    )


def _count(most: int) -> Number:
    return Number(hard=(0, most), soft=None, decimals=0)


ENTRIES = (
    _of_finger(
        "nvc_pattern",
        (N_("Nailfold pattern"), N_("Pattern"), ""),
        Choice(NailfoldPattern),
        Direction.NEITHER,
        note=N_("in the examiner's word; scleroderma patterns by the names of Cutolo (doi:10.1177/2397198319833486)"),
    ),
    _of_finger(
        "nvc_density",
        (N_("Capillary density"), N_("Density"), "per mm"),
        Number(hard=(0, 30), soft=None, decimals=1),
        Direction.LOWER,
        shades=(0, 10),
    ),
    _of_finger(
        "nvc_capillaries",
        (N_("Capillaries in the distal row"), N_("Capill. (N)"), "per image"),
        _count(60),
        Direction.LOWER,
    ),
    _of_finger("nvc_mega", (N_("Megacapillaries"), N_("Mega (M)"), "per image"), _count(60), Direction.HIGHER),
    _of_finger(
        "nvc_diameter",
        (N_("Largest diameter of a megacapillary"), N_("Diameter (D)"), "µm"),
        Number(hard=(0, 999), soft=None, decimals=0),
        Direction.HIGHER,
    ),
    _of_finger(
        "nvc_haemorrhages",
        (N_("Nailfold haemorrhages"), N_("Haemorrh."), "per image"),
        _count(99),
        Direction.HIGHER,
    ),
    _of_finger("nvc_abnormal", (N_("Abnormal capillary shapes"), N_("Abn. shapes"), ""), Flag(), Direction.HIGHER),
    _of_finger(
        "nvc_width",
        (N_("Width of the nailfold image"), N_("Image width"), "mm"),
        Number(hard=(0.1, 20), soft=None, decimals=2),
        Direction.NEITHER,
    ),
    Measure(
        key="csuri",
        label=N_("Capillaroscopic index CSURI"),
        short=N_("CSURI"),
        unit="",
        scope=Scope.VISIT,
        digits=None,
        group=Group.NAILFOLD,
        kind=Number(hard=(0, 60_000), soft=None, decimals=2),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=True,
        note=N_(
            "D × M / N² of the finger with the fewest capillaries that has a megacapillary; published with an image "
            "1.57 mm wide and the limit 2.94 (doi:10.1002/art.24394); in another group this limit foretold new ulcers "
            "in 38 % of those above it (doi:10.1186/s13075-018-1733-6)"
        ),
    ),
)
