"""Value -> step -> colour: one scale per measure, shared by the hands, the table, the plot and the paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ssc_hand.charts.colour import BLACK, WHITE, ink_on, ramp
from ssc_hand.domain.derived import NOT_DONE_SIGN, Reading, not_scored
from ssc_hand.domain.kinds import Beyond, Number, Range
from ssc_hand.domain.measures import Direction, Measure
from ssc_hand.i18n import _


class Ground(Enum):
    """What the colours stand on: paper and light windows, or dark windows."""

    LIGHT = "light"
    DARK = "dark"


class Pattern(Enum):
    """What is drawn over or instead of a fill, so that no meaning rests on colour alone."""

    PLAIN = "plain"
    #: Could not be assessed.
    HATCH = "hatch"
    #: Not scored.
    DOTS = "dots"
    #: Past the end of the scale: the end's fill with a mark of its own.
    BEYOND = "beyond"


@dataclass(frozen=True, slots=True)
class Shade:
    """How one value is coloured."""

    #: None leaves the place unfilled: there is no value.
    fill: str | None
    #: Colour of text, hatching and dots; at least 4.5:1 on the fill, or on the ground where there is none.
    ink: str
    pattern: Pattern
    #: Place in the legend from the lowest value, 0 first; -1 where there is no value.
    step: int


@dataclass(frozen=True, slots=True)
class LegendStep:
    """One box of a legend with its words."""

    shade: Shade
    label: str

    @property
    def fill(self) -> str | None:
        """The colour of the box; None for an empty one."""
        return self.shade.fill


# Each ramp goes one way in lightness, so it survives greyscale print and every kind of colour blindness. On a dark
# ground the worst is the lightest, on paper the darkest: it always stands out furthest from the ground.
_WORSE = {
    Ground.LIGHT: ("#fff4cf", "#fbc46d", "#ea7a3c", "#b23a48", "#6d1f56", "#2c0f3a"),
    Ground.DARK: ("#4a2a55", "#8c2f5d", "#cf4f4b", "#f08a45", "#f9c66f", "#fff4cf"),
}
# Dark is cold and light is warm on either ground; slate says neither good nor bad.
_NEUTRAL = {
    Ground.LIGHT: ("#2b3a4a", "#6f8296", "#e6ecf2"),
    Ground.DARK: ("#3d4f62", "#7f93a8", "#eaf0f6"),
}
# The hue turns at zero (blue below, sand above) while lightness goes on one way.
_BELOW = {Ground.LIGHT: ("#17345c", "#3f6fa3", "#8fb3d1"), Ground.DARK: ("#2f5485", "#5583b3", "#93b7d6")}
_ABOVE = {Ground.LIGHT: ("#d9c9a3", "#e9dcbf", "#f8f1e0"), Ground.DARK: ("#d9c9a3", "#e9dcbf", "#f8f1e0")}

#: Colours that tell lines apart on a chart (after Okabe & Ito 2008, darkened or lightened to 3:1 on the ground).
_LINES = {
    Ground.LIGHT: ("#0060a8", "#b34700", "#007a5a", "#a3357d", "#6b5b00"),
    Ground.DARK: ("#6db9ff", "#ffa45c", "#3ccf9f", "#f08fd0", "#e0cc4a"),
}
_WIDTHS = (1.0, 2.0, 2.5, 3.0, 5.0)
_FEWEST, _MOST = 5, 7


def line_colour(number: int, ground: Ground = Ground.LIGHT) -> str:
    """The colour of line `number` (0 first) of a chart; lines also differ by dash and symbol."""
    return _LINES[ground][number % len(_LINES[ground])]


def ink(ground: Ground) -> str:
    """The colour of text that stands on the ground itself."""
    return BLACK if ground is Ground.LIGHT else WHITE


def shade(measure: Measure, found: Reading | None, ground: Ground = Ground.LIGHT) -> Shade:
    """How a reading of a measure is coloured; raises ValueError for a measure that is no layer."""
    scale = _scale(measure)
    if found is None:
        return Shade(None, ink(ground), Pattern.PLAIN, -1)
    if found.is_not_done:
        return Shade(None, ink(ground), Pattern.PLAIN, -1)
    if found.number is None:
        pattern = Pattern.DOTS if found.why == not_scored() else Pattern.HATCH
        return Shade(None, ink(ground), pattern, -1)
    if isinstance(found.value, Beyond):
        return _shade(measure, scale.count, ground)
    return _shade(measure, scale.step(found.number), ground)


def legend(measure: Measure, ground: Ground = Ground.LIGHT) -> tuple[LegendStep, ...]:
    """The boxes of a measure's legend: its steps from the lowest value, then what is not a plain value."""
    scale = _scale(measure)
    steps = [LegendStep(_shade(measure, step, ground), label) for step, label in enumerate(scale.labels)]
    if scale.beyond:
        steps.append(LegendStep(_shade(measure, scale.count, ground), _("past the end of the scale")))
    steps.append(LegendStep(Shade(None, ink(ground), Pattern.HATCH, -1), _("could not be assessed")))
    if measure.derived:
        steps.append(LegendStep(Shade(None, ink(ground), Pattern.DOTS, -1), _("not scored")))
    nothing = _("{sign} not done; empty: not recorded").format(sign=NOT_DONE_SIGN)
    steps.append(LegendStep(Shade(None, ink(ground), Pattern.PLAIN, -1), nothing))
    return tuple(steps)


@cache
def _shade(measure: Measure, step: int, ground: Ground) -> Shade:
    scale = _scale(measure)
    fill = _colours(measure, ground)[step]
    return Shade(fill, ink_on(fill), Pattern.BEYOND if step == scale.count else Pattern.PLAIN, step)


@cache
def _colours(measure: Measure, ground: Ground) -> tuple[str, ...]:
    scale = _scale(measure)
    if scale.zero is not None:
        return ramp(_BELOW[ground], scale.zero) + ramp(_ABOVE[ground], scale.count - scale.zero)
    if measure.worse is Direction.NEITHER:
        return ramp(_NEUTRAL[ground], scale.count + scale.beyond)
    colours = ramp(_WORSE[ground], scale.count + scale.beyond)
    return colours if measure.worse is Direction.HIGHER else colours[::-1]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The steps of a measure: where they begin, and what each is called."""

    decimals: int
    #: Where each step but the lowest begins.
    starts: tuple[float, ...]
    labels: tuple[str, ...]
    #: Whether a value past the end can be recorded.
    beyond: bool
    #: The step that begins at zero, where the hue turns; None where the scale has one side.
    zero: int | None

    @property
    def count(self) -> int:
        """How many steps there are, values past the end not among them."""
        return len(self.labels)

    def step(self, number: float) -> int:
        """The step of a value as it is written: what rounds to the next step's first value belongs there."""
        written = round(number, self.decimals)
        return sum(written >= start for start in self.starts)


@cache
def _scale(measure: Measure) -> _Scale:
    if measure.shades is None or not isinstance(measure.kind, Number):
        raise ValueError(f"{measure.key} colours nothing")
    kind, (low, high) = measure.kind, measure.shades
    width = _width(low, high)
    edges = [low + width * at for at in range(round((high - low) / width) + 1)]
    if kind.decimals == 0 and kind.hard == (low, high):
        # Bare scores: zero stands alone, then 1-2, 3-4 and so on up to the last.
        starts = [edge + 1 for edge in edges[:-1]]
    else:
        starts = [edge for edge in edges if kind.hard[0] < edge < kind.hard[1]]
    return _Scale(
        decimals=kind.decimals,
        starts=tuple(starts),
        labels=_labels(kind, starts, measure.shades),
        beyond=kind.beyond is not None,
        zero=starts.index(0.0) + 1 if low < 0 < high and 0.0 in starts else None,
    )


def _width(low: float, high: float) -> float:
    """A round width that makes few steps which the eye can still tell apart."""
    scale = 10.0 ** math.floor(math.log10((high - low) / _MOST))
    for width in (each * scale for each in (*_WIDTHS, 10.0)):
        steps = (high - low) / width
        if _FEWEST <= steps <= _MOST and math.isclose(steps, round(steps)):
            return width
    return (high - low) / _FEWEST


def _labels(kind: Number, starts: list[float], shades: Range) -> tuple[str, ...]:
    """The words of each step; the ends are open where more can be recorded than is told apart."""
    finest = 10.0**-kind.decimals
    firsts, lasts = [kind.hard[0], *starts], [*(start - finest for start in starts), kind.hard[1]]
    labels = [_between(kind, first, last) for first, last in zip(firsts, lasts, strict=True)]
    if shades[0] > kind.hard[0]:
        labels[0] = _("under {n}").format(n=_plain(kind, starts[0]))
    if shades[1] < kind.hard[1]:
        labels[-1] = _("{n} or more").format(n=_plain(kind, starts[-1]))
    return tuple(labels)


def _between(kind: Number, first: float, last: float) -> str:
    if math.isclose(first, last):
        return _plain(kind, first)
    return _("{first} to {last}").format(first=_plain(kind, first), last=_plain(kind, last))


def _plain(kind: Number, value: float) -> str:
    return kind.format(float(value)).replace("-", "−")
