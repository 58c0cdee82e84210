"""What stands around the lines of a chart: axes from the catalogue, published limits, procedures, notes."""

from __future__ import annotations

from collections.abc import Iterable

from ssc_hand.charts.spec import Axis, Band, Level, Line, Mark
from ssc_hand.domain.derived import limit_for, person_at
from ssc_hand.domain.kinds import Beyond, Number
from ssc_hand.domain.measures import Limit, Measure
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import ProcedureState
from ssc_hand.i18n import _

#: How far above the scale, in parts of it, values past its end are drawn.
_ABOVE = 0.08


def _number(measure: Measure) -> Number:
    if not isinstance(measure.kind, Number):
        raise ValueError(f"{measure.key} is no number and has no trend")
    return measure.kind


def axis(measure: Measure, lines: Iterable[Line], levels: Iterable[Level]) -> Axis:
    """The same range for everybody, so that two charts can be laid side by side; wider only where a value needs it."""
    kind = _number(measure)
    low, high = measure.shades or (kind.hard if not measure.unit else kind.soft or kind.hard)
    points = [point for each in lines for point in each.points]
    values = [point.value for point in points if point.value is not None and point.mark is not Mark.BEYOND]
    values += [level.value for level in levels]
    low, high = min([low, *values]), max([high, *values])
    is_beyond = any(point.mark is Mark.BEYOND for point in points)
    return Axis(
        title=measure.title,
        low=low,
        high=high,
        decimals=kind.decimals,
        beyond=high + (high - low) * _ABOVE if is_beyond else None,
    )


def beyond_words(measure: Measure, ends: Iterable[Beyond]) -> str:
    """What values past the end of the scale mean; empty where there are none."""
    found = {measure.text(each) for each in ends}
    return min(found) if len(found) == 1 else _("past the end of the scale") if found else ""


def difference_axis(measure: Measure, drawn: Line) -> Axis:
    """Even on both sides of zero, and never so narrow that noise looks like change: at least a fifth of the range."""
    kind = _number(measure)
    low, high = measure.shades or kind.hard
    most = max([(high - low) / 5, *(abs(point.value) * 1.1 for point in drawn.points if point.value is not None)])
    title = f"{drawn.name} ({measure.unit})" if measure.unit else drawn.name
    return Axis(title=title, low=-most, high=most, decimals=kind.decimals)


def published_levels(
    record: PatientRecord, measure: Measure, older_from: int | None
) -> tuple[tuple[Level, ...], list[str]]:
    """The published limits that held at the visits, and why there was none at some."""
    levels: list[Level] = []
    without: list[str] = []
    last: Limit | None = None
    for visit in record.visits:
        found = limit_for(measure, person_at(record.patient, visit, older_from=older_from))
        if found is not None and not isinstance(found, Limit):
            without.append(found.why)
        limit = found if isinstance(found, Limit) else None
        if limit != last:
            levels = _closed(levels, visit)
            if limit:
                levels.append(_level(measure, limit, visit if visit is not record.visits[0] else None))
        last = limit
    return tuple(levels), list(dict.fromkeys(without))


def _closed(levels: list[Level], visit: Visit) -> list[Level]:
    if not levels or levels[-1].last is not None:
        return levels
    end = levels[-1]
    return [
        *levels[:-1],
        Level(value=end.value, first=end.first, last=visit.at, words=end.words, source=end.source),
    ]


def _level(measure: Measure, limit: Limit, since: Visit | None) -> Level:
    words = _("published limit {value}: {population}")
    return Level(
        value=limit.value,
        first=since.at if since else None,
        last=None,
        words=words.format(value=measure.text(limit.value), population=limit.population),
        source=limit.source,
    )


def change_note(measure: Measure) -> tuple[str, ...]:
    """The published meaningful change with its source, as context and never as a verdict."""
    if measure.change is None:
        return ()
    words = _("Published meaningful change: {amount}. Source: {source}")
    return (words.format(amount=f"{measure.change.amount:g}", source=measure.change.source),)


def procedures(record: PatientRecord) -> tuple[Band, ...]:
    """Procedures with a date, done or planned; one that was cancelled never happened."""
    return tuple(
        Band(
            first=each.date.earliest,
            last=each.date.latest,
            words=each.words,
            planned=each.state is ProcedureState.PLANNED,
        )
        for each in record.procedures
        if each.date and each.state is not ProcedureState.CANCELLED
    )


def undated(record: PatientRecord) -> tuple[str, ...]:
    """A sentence for each procedure that cannot be drawn for want of a date."""
    return tuple(
        _("{procedure}: date not recorded, so not drawn").format(procedure=each.words)
        for each in record.procedures
        if not each.date and each.state is not ProcedureState.CANCELLED
    )
