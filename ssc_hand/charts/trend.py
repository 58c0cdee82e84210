"""PatientRecord -> ChartSpec: a measure over visits, its means, one hand against the other, ulcer counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssc_hand.charts.frame import (
    axis,
    beyond_words,
    change_note,
    difference_axis,
    procedures,
    published_levels,
    undated,
)
from ssc_hand.charts.runs import Sample, line, merged_breaks
from ssc_hand.charts.spec import Axis, Break, ChartSpec, Line, Mark
from ssc_hand.domain.anatomy import DIGITS, Digit, Hand, Scope, Site, site_order
from ssc_hand.domain.compare import AT_LEAST, Difference, Mean, hand_mean, hand_minus_other, treated_minus_other
from ssc_hand.domain.derived import Reading, is_absent, not_scored, pressed_at, reading
from ssc_hand.domain.fields import VISIT as VISIT_FIELDS
from ssc_hand.domain.fields import field_of
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.lesions import UlcerCounts, ulcer_counts
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Procedure, Visit
from ssc_hand.domain.vocabulary import ProcedureState, Side
from ssc_hand.i18n import _, ngettext

#: The condition of measurement that a measure hangs on: where it changed, values cannot be joined.
_CONDITION = {"crt": "refill_site", "skin_temp": "device", "ddd": "device", "dorsum_temp": "device"}


def sites_of_trend(measure: Measure) -> tuple[Site, ...]:
    """The sites at which a measure can be followed, in order."""
    return measure.sites


def style_of(site: Site) -> int:
    """The number of a site's line: digits 0 to 4 on the right and 5 to 9 on the left; hands 0 and 6."""
    if site.digit is None:
        return 6 if site.hand is Hand.LEFT else 0
    return site.digit.number - 1 + (5 if site.hand is Hand.LEFT else 0)


def sites_trend(record: PatientRecord, measure: Measure, sites: Iterable[Site], *, older_from: int | None) -> ChartSpec:
    """A numeric measure at any set of its sites; raises ValueError for a measure of words."""
    chosen = sorted(sites, key=site_order)
    lines = []
    breaks: list[Break] = []
    for site in chosen:
        samples = [_sample(record, visit, site, measure) for visit in record.visits]
        drawn, found = line(site.name, style_of(site), samples)
        lines.append(drawn)
        breaks += found
    gone = [a.words for a in record.amputations if a.whole_digit and a.site in chosen]
    return _chart(record, measure, lines, breaks, older_from=older_from, notes=gone)


def means_trend(
    record: PatientRecord, measure: Measure, hands: Iterable[Hand] = tuple(Hand), *, older_from: int | None
) -> ChartSpec:
    """The mean of a digit measure over each hand, each point with its n and the digits it leaves out."""
    lines = []
    breaks: list[Break] = []
    for hand in hands:
        site = Site(hand)
        name = _("{hand}, mean of digits").format(hand=site.name)
        samples = [_mean_sample(record, visit, hand, measure) for visit in record.visits]
        drawn, found = line(name, style_of(site), samples)
        lines.append(drawn)
        breaks += found
    return _chart(record, measure, lines, breaks, older_from=older_from)


def against_trend(
    record: PatientRecord, measure: Measure, hand: Hand, *, procedure: Procedure | None = None
) -> ChartSpec:
    """One hand minus the other, over digits measured on both; for a procedure, the treated hand minus the other."""
    first, second = Site(hand).name, Site(hand.other).name

    def difference(visit: Visit) -> Difference | None:
        if procedure is not None:
            return treated_minus_other(record, visit, procedure, measure)
        return hand_minus_other(record, visit, hand, measure)

    samples = [_difference_sample(record, visit, measure, difference(visit)) for visit in record.visits]
    name = _("{first} minus {second}").format(first=first, second=second)
    drawn, breaks = line(name, style_of(Site(hand)), samples)
    return ChartSpec(
        title=f"{measure.name}: {name}",
        meaning=_("above 0: higher on the {hand}").format(hand=first),
        axis=difference_axis(measure, drawn),
        lines=(drawn,),
        bands=procedures(record),
        breaks=merged_breaks(breaks),
        notes=undated(record),
    )


def one_sided(record: PatientRecord) -> tuple[Procedure, ...]:
    """The procedures that leave another hand to compare with: done, on one hand."""
    return tuple(p for p in record.procedures if p.state is ProcedureState.DONE and p.side is not Side.BOTH)


def ulcers_trend(record: PatientRecord) -> ChartSpec:
    """Ulcers over time: active, and active plus indeterminate; drawn from `domain.lesions.ulcer_counts`."""
    counted = [(visit, ulcer_counts(record, visit)) for visit in record.visits]
    active, _none = line(_("active"), 0, [_count_sample(visit, n, n.active) for visit, n in counted])
    either, _none = line(
        _("active or indeterminate"), 1, [_count_sample(visit, n, n.active_or_indeterminate) for visit, n in counted]
    )
    most = max((n.active_or_indeterminate for _visit, n in counted), default=0)
    return ChartSpec(
        title=_("Ulcers"),
        meaning=_("ulcers only; gangrene and other lesions are not counted"),
        axis=Axis(title=_("number of ulcers"), low=0, high=max(5, most + 1), decimals=0),
        lines=(either, active),
        bands=procedures(record),
        notes=undated(record),
    )


def _sample(record: PatientRecord, visit: Visit, site: Site, measure: Measure) -> Sample:
    if is_absent(record, visit, site):
        return Sample(visit=visit)
    found = reading(visit, site, measure)
    return Sample(
        visit=visit,
        value=found.number if found else None,
        mark=_mark(found),
        words=found.words if found else "",
        condition=_condition(visit, measure, (site,)),
        loss=_loss(record, visit, (site,)),
    )


def _mark(found: Reading | None) -> Mark:
    if found is None:
        return Mark.VALUE
    if isinstance(found.value, Beyond):
        return Mark.BEYOND
    if found.number is None:
        return Mark.VALUE if found.is_not_done or found.why == not_scored() else Mark.NOT_ASSESSED
    return Mark.AT_LEAST if found.at_least else Mark.VALUE


def _condition(visit: Visit, measure: Measure, sites: Iterable[Site]) -> tuple[str, str]:
    """The condition's name and its value in words; the value is empty where it is not recorded."""
    if measure.key not in _CONDITION:
        return ("", "")
    field = field_of(VISIT_FIELDS, _CONDITION[measure.key])
    if measure.key == "crt":
        return (field.name, _places(visit, sites, measure))
    return (field.name, field.format(getattr(visit, field.key)))


def _places(visit: Visit, sites: Iterable[Site], measure: Measure) -> str:
    """Where refill of these digits was pressed; of several with more than one place, which digit where."""
    found = {site: pressed_at(visit, site) for site in sites if reading(visit, site, measure)}
    usual = visit.refill_site
    if len(set(found.values())) == 1:
        usual = next(iter(found.values()))
    told = [_("{place} at {site}").format(place=p.label, site=s.name) for s, p in found.items() if p and p != usual]
    return ", ".join(([usual.label] if usual else []) + told)


def _loss(record: PatientRecord, visit: Visit, sites: Iterable[Site]) -> tuple[str, ...]:
    found = (record.amputation(site, visit.day) for site in sites if site.digit)
    return tuple(each.words for each in found if each)


def _hand_digits(hand: Hand) -> tuple[Site, ...]:
    return tuple(Site(hand, digit) for digit in Digit)


def _mean_sample(record: PatientRecord, visit: Visit, hand: Hand, measure: Measure) -> Sample:
    mean = hand_mean(record, visit, hand, measure)
    return Sample(
        visit=visit,
        value=mean.value,
        mark=Mark.AT_LEAST if mean.at_least else Mark.VALUE,
        words="\n".join((mean.words, *_left_out(mean))),
        condition=_condition(visit, measure, _hand_digits(hand)),
        loss=_loss(record, visit, _hand_digits(hand)),
        composition=_measured(visit, _hand_digits(hand), measure),
    )


def _difference_sample(record: PatientRecord, visit: Visit, measure: Measure, found: Difference | None) -> Sample:
    if found is None or found.value is None:
        return Sample(visit=visit)
    words = [_("{words} (n = {n})").format(words=found.words, n=found.n), *_left_out(found)]
    return Sample(
        visit=visit,
        value=found.value,
        mark=Mark.AT_LEAST if found.bound == AT_LEAST else Mark.VALUE,
        words="\n".join(words),
        condition=_condition(visit, measure, DIGITS),
        loss=_loss(record, visit, DIGITS),
        composition=_measured(visit, DIGITS, measure) if measure.scope is Scope.DIGIT else frozenset(),
    )


def _measured(visit: Visit, sites: Iterable[Site], measure: Measure) -> frozenset[Site]:
    found = ((site, reading(visit, site, measure)) for site in sites)
    return frozenset(site for site, each in found if each and each.number is not None)


def _left_out(found: Mean | Difference) -> tuple[str, ...]:
    if not found.left_out:
        return ()
    return (_("left out:"), *found.left_out)


def _count_sample(visit: Visit, counts: UlcerCounts, number: int) -> Sample:
    seen = counts.active + counts.indeterminate + counts.healed + counts.amputated
    if counts.not_examined and not seen:
        return Sample(visit=visit, mark=Mark.NOT_ASSESSED, words=_count_words(counts))
    mark = Mark.AT_LEAST if counts.not_examined else Mark.VALUE
    return Sample(visit=visit, value=float(number), mark=mark, words=_count_words(counts))


def _count_words(counts: UlcerCounts) -> str:
    parts = [
        _("{n} active").format(n=counts.active),
        _("{n} indeterminate").format(n=counts.indeterminate),
    ]
    if counts.new:
        parts.append(f"{counts.new} {counts.new_words}")
    if counts.healed:
        parts.append(_("{n} healed").format(n=counts.healed))
    if counts.not_examined:
        parts.append(
            ngettext(
                "{n} carried over, not re-examined and not counted",
                "{n} carried over, not re-examined and not counted",
                counts.not_examined,
            ).format(n=counts.not_examined)
        )
    return "\n".join(parts)


def _chart(
    record: PatientRecord,
    measure: Measure,
    lines: Sequence[Line],
    breaks: Sequence[Break],
    *,
    older_from: int | None,
    notes: Sequence[str] = (),
) -> ChartSpec:
    limits, without = published_levels(record, measure, older_from)
    return ChartSpec(
        title=measure.name,
        meaning="; ".join(part for part in (measure.meaning, _(measure.note) if measure.note else "") if part),
        axis=axis(measure, lines, limits),
        lines=tuple(lines),
        levels=limits,
        bands=procedures(record),
        breaks=merged_breaks(breaks),
        beyond=beyond_words(measure, _ends(record, measure, lines)),
        notes=(*without, *change_note(measure), *notes, *undated(record)),
    )


def _ends(record: PatientRecord, measure: Measure, lines: Sequence[Line]) -> list[Beyond]:
    """The values past the end of the scale at visits where a line shows one."""
    shown = {point.visit_id for each in lines for point in each.points if point.mark is Mark.BEYOND}
    return [
        o.value
        for visit in record.visits
        if visit.id in shown
        for o in visit.observations.values()
        if o.measure == measure.key and isinstance(o.value, Beyond)
    ]
