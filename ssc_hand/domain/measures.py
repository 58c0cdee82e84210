"""The grammar of the catalogue: what a measure states about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ssc_hand.domain.anatomy import Digit, Scope, Site, sites_of
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Beyond, Choice, Flag, HistoryDate, Number, Range
from ssc_hand.domain.vocabulary import Sex
from ssc_hand.i18n import N_, _


class Direction(Enum):
    """Which way a measure gets worse; NEITHER gives no verdict and no good or bad colour."""

    HIGHER = N_("higher is worse")
    LOWER = N_("lower is worse")
    NEITHER = N_("neither direction is better")


class Group(Enum):
    """The headings under which measures stand, in the order of an examination: what handling disturbs comes first."""

    SURROUNDINGS = N_("Surroundings")
    PAIN = N_("Pain and Raynaud")
    SCORES = N_("Questionnaires and scores")
    LOOK = N_("Look")
    TEMPERATURE = N_("Temperature")
    FLOW = N_("Blood flow")
    SKIN = N_("Skin and volume")
    SENSATION = N_("Sensation")
    MOVEMENT = N_("Movement")
    STRENGTH = N_("Strength")
    NAILFOLD = N_("Nailfold capillaroscopy")

    @property
    def label(self) -> str:
        """The heading in the user's language."""
        return _(self.value)

    @property
    def order(self) -> int:
        """Its place in an examination, 0 first."""
        return _GROUP_ORDER[self]


_GROUP_ORDER = {group: number for number, group in enumerate(Group)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a published limit may depend on."""

    sex: Sex | None
    #: Completed years at the visit.
    age: int | None
    #: The age from which the clinic applies limits of older adults; None while it has not set one.
    older_from: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A published limit: values above it are marked, values below it say nothing."""

    value: float
    population: str
    source: str


@dataclass(frozen=True, slots=True)
class NoLimit:
    """Why there is no limit for this person, in words."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningfulChange:
    """A published meaningful change, to show as context and never as a verdict."""

    amount: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something that can be recorded at a site. Every field is stated: a default here could be wrong."""

    #: Stored; never changes, never reused.
    key: str
    label: str
    #: For a column head or a chip, a few letters less than the label.
    short: str
    #: Stored beside the key; another unit is another key. Empty for words and bare scores.
    unit: str
    scope: Scope
    #: The digits that have it, of either hand; None where all have it, or where it does not belong to a digit.
    digits: tuple[Digit, ...] | None
    #: The heading it stands under.
    group: Group
    kind: Number | Choice | Flag | HistoryDate
    worse: Direction
    #: How many readings are kept; the mean is derived.
    repeats: int
    #: The published limit for a person, or None where none is known.
    limit: Callable[[Person], Limit | NoLimit] | None
    #: The published meaningful change, or None where none is known.
    change: MeaningfulChange | None
    #: The range of colours on the drawing, in the unit; None where the measure is no layer.
    shades: Range | None
    #: Computed in `derived`, never typed in.
    derived: bool
    #: One sentence of meaning or method for screen and paper; may be empty.
    note: str

    @property
    def name(self) -> str:
        """The label in the user's language."""
        return _(self.label)

    @property
    def head(self) -> str:
        """The short label in the user's language."""
        return _(self.short)

    @property
    def title(self) -> str:
        """Label and unit, for an axis or a column."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def is_number(self) -> bool:
        """Whether it can be averaged, coloured and drawn over time."""
        return isinstance(self.kind, Number)

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites at which it is recorded, in order."""
        return _sites(self.scope, self.digits)

    def fits(self, site: Site) -> bool:
        """Whether it is recorded at a site at all: the thumb has no PIP joint."""
        return site in _sites(self.scope, self.digits)

    @property
    def meaning(self) -> str:
        """Scale and direction in words: "0-10, higher is worse"."""
        direction = _(self.worse.value)
        if isinstance(self.kind, Number) and not self.unit and not self.derived:
            return f"{self.kind.hard[0]:g}–{self.kind.hard[1]:g}, {direction}"
        return direction if self.is_number else ""

    def text(self, value: object) -> str:
        """A value for people with its unit: "2.5 s", "no refill within 30 s", "7 (0-10)"."""
        if isinstance(value, Beyond) and isinstance(self.kind, Number) and self.kind.beyond:
            return _(self.kind.beyond).format(n=f"{value.end:g}")
        return with_unit(self.kind.format(value), self.unit)


def with_unit(text: str, unit: str) -> str:
    """A value in words with its unit behind it; a degree of an angle stands close to its number."""
    if unit == "°":
        return f"{text}{unit}"
    return f"{text} {unit}" if unit else text


@cache
def _sites(scope: Scope, digits: tuple[Digit, ...] | None) -> tuple[Site, ...]:
    return tuple(site for site in sites_of(scope) if digits is None or site.digit in digits)


class Catalogue(Mapping[str, Measure]):
    """The measures by key, in the order in which they are shown."""

    def __init__(self, *measures: Measure) -> None:
        self._measures = {measure.key: measure for measure in measures}
        if len(self._measures) != len(measures):
            raise ValueError("a key of the catalogue is used twice")

    def __getitem__(self, key: str) -> Measure:
        try:
            return self._measures[key]
        except (KeyError, TypeError):
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._measures)

    def __len__(self) -> int:
        return len(self._measures)

    def known(self, key: str) -> Measure:
        """The measure with this key; raises `Refused` where the program has none."""
        measure = self._measures.get(key)
        if measure is None:
            raise Refused(_("“{key}” is not a measure that this program knows.").format(key=str(key)[:60]))
        return measure

    def of(self, scope: Scope) -> tuple[Measure, ...]:
        """The measures of a scope, derived ones included."""
        return tuple(measure for measure in self.values() if measure.scope is scope)

    def entered(self, scope: Scope) -> tuple[Measure, ...]:
        """The measures of a scope that are typed in."""
        return tuple(measure for measure in self.of(scope) if not measure.derived)

    @property
    def layers(self) -> tuple[Measure, ...]:
        """The measures that can colour the digits."""
        return tuple(measure for measure in self.of(Scope.DIGIT) if measure.shades)
