"""What the path of entry says about itself: the value settled last, and how a sentence is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.measures import Measure, with_unit
from ssc_hand.domain.typing import is_one_key
from ssc_hand.i18n import _, ngettext


class Tone(Enum):
    """How a sentence of the path is meant."""

    PLAIN = auto()
    ASKING = auto()
    REFUSING = auto()


@dataclass(frozen=True, slots=True)
class Settled:
    """What was recorded last: at which places, and as which words."""

    measure: Measure
    sites: tuple[Site, ...]
    value: Value | None
    words: str
    #: Which of several readings it is; None where the value was recorded as a whole.
    reading: int | None = None
    #: Whether each place got a value of its own, as from a row of a spreadsheet.
    is_row: bool = False

    @property
    def place(self) -> str:
        """Where it was recorded, for people."""
        return places_in_words(self.sites)

    @property
    def short(self) -> str:
        """The value in as few signs as a digit of the drawing has: ">30 s"; words where there is no value."""
        if self.value is None:
            return self.words
        return with_unit(self.measure.kind.format(self.value), self.measure.unit)


def places_in_words(sites: Sequence[Site]) -> str:
    """One or two places by name, more by their number."""
    if len(sites) <= 2:
        return ", ".join(site.name for site in sites)
    return ngettext("{n} place", "{n} places", len(sites)).format(n=len(sites))


def looks_like_ten(last: Settled | None, now: Settled) -> str:
    """A word of warning after 1 and then 0 in a score that has a ten; empty where there is nothing to warn of."""
    if last is None or last.measure is not now.measure or not is_one_key(now.measure):
        return ""
    if (last.value, now.value) != (1, 0) or last.sites == now.sites:
        return ""
    words = _("1 is at {first}, 0 at {second}. Was ten meant? It has its own key, T.")
    return words.format(first=last.place, second=now.place)
