"""Hands, digits, phalanges and sites: names, order, parse and format, neighbours.

Left and right are the patient's. Codes (`R`, `R.D2`, `R.D2.distal`, `V`) are for files and tables;
people read names in full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache

from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import N_, _


class Hand(StrEnum):
    """A hand of the patient, never of the observer."""

    RIGHT = "R"
    LEFT = "L"

    @property
    def other(self) -> Hand:
        """The hand on the other side."""
        return Hand.LEFT if self is Hand.RIGHT else Hand.RIGHT

    @property
    def label(self) -> str:
        """ "right" or "left" in the user's language."""
        return _(_HAND_NAMES[self])


class Digit(StrEnum):
    """A digit; D1 is the thumb, D5 the little finger."""

    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"

    @property
    def number(self) -> int:
        """1 for the thumb to 5 for the little finger."""
        return int(self.value[1])

    @property
    def label(self) -> str:
        """ "thumb", "index", ... in the user's language."""
        return _(_DIGIT_NAMES[self])

    @property
    def phalanges(self) -> tuple[Phalanx, ...]:
        """From proximal to distal; the thumb has no middle phalanx."""
        if self is Digit.D1:
            return (Phalanx.PROXIMAL, Phalanx.DISTAL)
        return (Phalanx.PROXIMAL, Phalanx.MIDDLE, Phalanx.DISTAL)


class Phalanx(StrEnum):
    """A segment of a digit."""

    PROXIMAL = "proximal"
    MIDDLE = "middle"
    DISTAL = "distal"

    @property
    def label(self) -> str:
        """ "distal phalanx", ... in the user's language."""
        return _(_PHALANX_NAMES[self])


class Aspect(StrEnum):
    """The face of the hand that is looked at."""

    DORSAL = "dorsal"
    PALMAR = "palmar"

    @property
    def other(self) -> Aspect:
        """The face on the other side."""
        return Aspect.PALMAR if self is Aspect.DORSAL else Aspect.DORSAL

    @property
    def label(self) -> str:
        """What the view is called."""
        return _(_ASPECT_NAMES[self])


class Scope(StrEnum):
    """What a measure belongs to."""

    VISIT = "visit"
    HAND = "hand"
    DIGIT = "digit"


class Step(Enum):
    """A direction on the hand, whatever way up it is drawn."""

    DISTAL = "distal"
    PROXIMAL = "proximal"
    RADIAL = "radial"
    ULNAR = "ulnar"


_HAND_NAMES = {Hand.RIGHT: N_("right"), Hand.LEFT: N_("left")}
_DIGIT_NAMES = {
    Digit.D1: N_("thumb"),
    Digit.D2: N_("index"),
    Digit.D3: N_("middle"),
    Digit.D4: N_("ring"),
    Digit.D5: N_("little"),
}
_PHALANX_NAMES = {
    Phalanx.PROXIMAL: N_("proximal phalanx"),
    Phalanx.MIDDLE: N_("middle phalanx"),
    Phalanx.DISTAL: N_("distal phalanx"),
}
_ASPECT_NAMES = {Aspect.DORSAL: N_("back of the hand"), Aspect.PALMAR: N_("palm")}


@dataclass(frozen=True, slots=True)
class Site:
    """A place: the whole visit (`V`), a hand, a digit or a phalanx."""

    hand: Hand | None = None
    digit: Digit | None = None
    phalanx: Phalanx | None = None

    def __post_init__(self) -> None:
        if (self.digit and not self.hand) or (self.phalanx and not self.digit):
            raise ValueError("a digit needs its hand, a phalanx its digit")
        if self.digit and self.phalanx and self.phalanx not in self.digit.phalanges:
            raise ValueError("the thumb has no middle phalanx")

    @property
    def code(self) -> str:
        """The stable code for files and tables, such as `R.D2.distal`."""
        if self.hand is None:
            return "V"
        return ".".join(part for part in (self.hand, self.digit, self.phalanx) if part)

    @property
    def scope(self) -> Scope:
        """The scope of measures recorded exactly here; a phalanx belongs to its digit."""
        if self.hand is None:
            return Scope.VISIT
        return Scope.DIGIT if self.digit else Scope.HAND

    @property
    def name(self) -> str:
        """The name in full for people: "right index, distal phalanx"."""
        if self.hand is None:
            return _("whole visit")
        if self.digit is None:
            return _("{side} hand").format(side=self.hand.label)
        digit = _("{side} {digit}").format(side=self.hand.label, digit=self.digit.label)
        return f"{digit}, {self.phalanx.label}" if self.phalanx else digit

    @property
    def of_digit(self) -> Site:
        """The digit that this phalanx belongs to; itself for anything coarser."""
        return Site(self.hand, self.digit) if self.phalanx else self

    @property
    def of_hand(self) -> Site:
        """The hand that this site belongs to; itself for the visit."""
        return Site(self.hand)

    def at(self, scope: Scope) -> Site:
        """This place as coarse as `scope`: press a phalanx, and the digit's refill is asked for."""
        if scope is Scope.VISIT:
            return VISIT
        return self.of_hand if scope is Scope.HAND else self.of_digit

    def mirrored(self) -> Site:
        """The same place on the other hand."""
        return Site(self.hand.other, self.digit, self.phalanx) if self.hand else self

    def within(self, other: Site) -> bool:
        """Whether this place lies in `other` (a place lies in itself, everything in the visit)."""
        if other.hand is None:
            return True
        return (
            self.hand is other.hand
            and (other.digit is None or self.digit is other.digit)
            and (other.phalanx is None or self.phalanx is other.phalanx)
        )

    def __str__(self) -> str:
        return self.code


VISIT = Site()
HANDS: tuple[Site, ...] = tuple(Site(hand) for hand in Hand)
DIGITS: tuple[Site, ...] = tuple(Site(hand, digit) for hand in Hand for digit in Digit)
PHALANGES: tuple[Site, ...] = tuple(
    Site(site.hand, site.digit, phalanx) for site in DIGITS if site.digit for phalanx in site.digit.phalanges
)


def _sites_in_order() -> Iterator[Site]:
    yield VISIT
    for hand in HANDS:
        yield hand
        for digit in DIGITS:
            if digit.hand is hand.hand:
                yield digit
                yield from (phalanx for phalanx in PHALANGES if phalanx.of_digit == digit)


#: Every site, in the one order that tables, files and paper follow: right before left, thumb to little finger.
SITES: tuple[Site, ...] = tuple(_sites_in_order())
_BY_CODE = {site.code: site for site in SITES}
_ORDER = {site: number for number, site in enumerate(SITES)}


def parse_site(code: str) -> Site:
    """The site with this code.

    Raises `Refused` where no such place exists (the thumb has no middle phalanx).
    """
    try:
        return _BY_CODE[code]
    except (KeyError, TypeError):
        raise Refused(
            _("“{code}” is not a place on a hand. Known places look like R.D2.distal.").format(code=str(code)[:40])
        ) from None


def site_order(site: Site) -> int:
    """The place of a site in the order of tables; use as a sort key."""
    return _ORDER[site]


def sites_of(scope: Scope) -> tuple[Site, ...]:
    """The sites at which measures of this scope are recorded, in order."""
    return {Scope.VISIT: (VISIT,), Scope.HAND: HANDS, Scope.DIGIT: DIGITS}[scope]


@cache
def neighbour(site: Site, step: Step) -> Site | None:
    """The next site in a direction on the same hand; None at the edge.

    Distal from the hand is the middle finger; proximal from a digit's first phalanx is the hand.
    """
    if site.hand is None:
        return None
    if site.digit is None:
        return Site(site.hand, Digit.D3, Phalanx.PROXIMAL) if step is Step.DISTAL else None
    if step in (Step.RADIAL, Step.ULNAR):
        number = site.digit.number + (1 if step is Step.ULNAR else -1)
        if not 1 <= number <= 5:
            return None
        digit = Digit(f"D{number}")
        phalanx = site.phalanx if site.phalanx in (None, *digit.phalanges) else Phalanx.PROXIMAL
        return Site(site.hand, digit, phalanx)
    return _along_digit(site, step)


def _along_digit(site: Site, step: Step) -> Site | None:
    assert site.digit is not None
    phalanges = site.digit.phalanges
    if site.phalanx is None:
        return Site(site.hand, site.digit, phalanges[-1]) if step is Step.DISTAL else site.of_hand
    at = phalanges.index(site.phalanx) + (1 if step is Step.DISTAL else -1)
    if at < 0:
        return site.of_hand
    return Site(site.hand, site.digit, phalanges[at]) if at < len(phalanges) else None
