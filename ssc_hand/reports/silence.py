"""What a visit was asked for and says nothing about, told in one short sentence instead of empty rows."""

from __future__ import annotations

from collections.abc import Sequence

from ssc_hand.domain.measures import Group, Measure
from ssc_hand.i18n import _

#: Up to so many measures are named one by one.
_NAMED = 5
#: Of a heading with more measures than this its name and number are told.
_NAMED_OF_A_GROUP = 2


def silent_names(measures: Sequence[Measure]) -> str:
    """The names of measures without a value; many of one heading are told by the heading: "Movement (8 measures)"."""
    if len(measures) <= _NAMED:
        return ", ".join(measure.name for measure in measures)
    groups: dict[Group, list[Measure]] = {}
    for measure in sorted(measures, key=lambda measure: measure.group.order):
        groups.setdefault(measure.group, []).append(measure)
    return ", ".join(_told(group, found) for group, found in groups.items())


def _told(group: Group, measures: list[Measure]) -> str:
    if len(measures) > _NAMED_OF_A_GROUP:
        return _("{group} ({n} measures)").format(group=group.label, n=len(measures))
    return ", ".join(measure.name for measure in measures)
