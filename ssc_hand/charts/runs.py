"""Samples over visits -> a line in stretches: gaps stay gaps, and what cannot be compared is not joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ssc_hand.charts.spec import Break, Line, Mark, Point
from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.dates import time_label
from ssc_hand.domain.records import Visit
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What one visit says about one line."""

    visit: Visit
    #: None where there is no value.
    value: float | None = None
    mark: Mark = Mark.VALUE
    #: The value in words; empty where nothing is recorded.
    words: str = ""
    #: Name and value of the condition of measurement that the line hangs on; empty where there is none.
    condition: tuple[str, str] = ("", "")
    #: Amputations that shorten what was measured, in words.
    loss: tuple[str, ...] = ()
    #: The digits that a mean stands on.
    composition: frozenset[Site] = frozenset()


def line(name: str, style: int, samples: Iterable[Sample]) -> tuple[Line, list[Break]]:
    """A line and the places where it had to break because values stopped being comparable.

    A visit without a value breaks the line; a draft without one does not count as a visit yet.
    """
    runs: list[list[Point]] = []
    bridges: list[tuple[Point, Point]] = []
    asides: list[Point] = []
    breaks: list[Break] = []
    last: Sample | None = None
    known = ""
    gap = True
    for sample in samples:
        if sample.value is None:
            if sample.mark is Mark.NOT_ASSESSED:
                asides.append(_point(name, sample))
            gap = gap or not sample.visit.is_draft
            continue
        point = _point(name, sample)
        why = _why_not_comparable(last, sample, known)
        if last and why:
            breaks.append(Break(before=last.visit.at, after=sample.visit.at, words=why))
        if gap or why or last is None:
            runs.append([point])
        elif last.composition != sample.composition:
            bridges.append((runs[-1][-1], point))
            runs.append([point])
        else:
            runs[-1].append(point)
        last, known, gap = sample, sample.condition[1] or known, False
    return (
        Line(name=name, style=style, runs=tuple(map(tuple, runs)), bridges=tuple(bridges), asides=tuple(asides)),
        breaks,
    )


def _point(name: str, sample: Sample) -> Point:
    visit = sample.visit
    kind = _("{kind}, draft").format(kind=visit.kind.label) if visit.is_draft else visit.kind.label
    return Point(
        visit_id=visit.id,
        at=visit.at,
        value=sample.value,
        mark=sample.mark,
        hollow=visit.is_draft,
        words=f"{time_label(visit.at)}, {kind}\n{name}: {sample.words}",
    )


def _why_not_comparable(last: Sample | None, sample: Sample, known: str) -> str:
    """Why a value cannot be joined to the one before; empty where it can.

    A condition that one visit did not record is taken as unchanged, until another one is recorded.
    """
    if last is None:
        return ""
    new_loss = [words for words in sample.loss if words not in last.loss]
    if new_loss:
        return "; ".join(new_loss)
    name, value = sample.condition
    if known and value and value != known:
        return _("{name}: {before} before, {after} after").format(name=name, before=known, after=value)
    return ""


def merged_breaks(breaks: Sequence[Break]) -> tuple[Break, ...]:
    """Each break once, though it stands in several lines, in order of date."""
    return tuple(sorted(dict.fromkeys(breaks), key=lambda each: (each.after, each.words)))
