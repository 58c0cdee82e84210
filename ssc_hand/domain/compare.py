"""Before against after, one hand against the other: always over digits measured on both sides, naming the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ssc_hand.domain.anatomy import Hand, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import Reading, not_scored, pressed_at, reading
from ssc_hand.domain.fields import CONDITIONS, VISIT, field_of
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.measures import MeaningfulChange, Measure
from ssc_hand.domain.records import PatientRecord, Procedure, Visit
from ssc_hand.domain.vocabulary import ProcedureState, Side
from ssc_hand.i18n import _

#: The sign of a difference that is at least as large as said.
AT_LEAST = "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean over digits, with the n it stands on and the digits it leaves out, each with its reason."""

    measure: Measure
    value: float | None
    n: int
    left_out: tuple[str, ...] = ()
    #: Whether "no refill" entered it at the end of the scale, so that the true mean is at least this.
    at_least: bool = False
    #: Whether anything was said of a digit that cannot be averaged: a stump's value, or a reason.
    is_left_out: bool = False

    @property
    def words(self) -> str:
        """For people: "4.2 s (n = 5)"; says so where there is nothing to average."""
        if self.value is None:
            # Stumps and digits that could not be assessed are no gap in the record: the note names them.
            return _("none to average") if self.is_left_out else _("not recorded")
        text = ("≥ " if self.at_least else "") + self.measure.text(self.value)
        return _("{text} (n = {n})").format(text=text, n=self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One side minus the other; `value` is None where no digit was measured on both."""

    measure: Measure
    value: float | None
    n: int
    left_out: tuple[str, ...] = ()
    #: The published meaningful change where it applies, as context and not as a verdict.
    meaningful: MeaningfulChange | None = None
    #: "≥", "≤" or "≈" where a value beyond the end of the scale entered: on one side it bounds the difference, on
    #: both it leaves it approximate. Empty where it is exact.
    bound: str = ""

    @property
    def inexact(self) -> bool:
        """Whether a value beyond the end of the scale entered on either side."""
        return bool(self.bound)

    @property
    def words(self) -> str:
        """For people, with its sign: "+1.5 s"."""
        if self.value is None:
            return _("not comparable")
        if self.inexact and self.value == 0:
            return _("both beyond the scale")
        return self.bounded(signed(self.measure, self.value))

    def bounded(self, text: str) -> str:
        """The words of the value with the sign of its bound before them."""
        return f"{self.bound} {text}" if self.bound else text


def signed(measure: Measure, value: float) -> str:
    """A difference in the unit of the measure, with its sign; zero has none."""
    text = measure.text(abs(value))
    if measure.kind.format(abs(value)) == measure.kind.format(0.0):
        return text
    return ("+" if value > 0 else "−") + text


def change(record: PatientRecord, visit: Visit, site: Site, measure: Measure) -> Difference | None:
    """The change at one site since the previous visit; None where there is no previous visit or no number now.

    `value` is None, with the reason in `left_out`, where the earlier visit has no comparable value.
    """
    before = record.previous(visit)
    now = reading(visit, site, measure)
    if before is None or now is None or now.number is None:
        return None
    then = reading(before, site, measure)
    if why := _lost_between(record, before, visit, site):
        return Difference(measure=measure, value=None, n=0, left_out=(why,))
    if then is None or then.number is None:
        why = _("{site}: {why}").format(site=site.name, why=then.words if then else _("not recorded then"))
        return Difference(measure=measure, value=None, n=0, left_out=(why,))
    return Difference(
        measure=measure,
        value=now.number - then.number,
        n=1,
        meaningful=measure.change,
        bound=_bound([(now, then)]),
    )


def _beyond(found: Reading) -> bool:
    return isinstance(found.value, Beyond) or found.at_least


def _bound(pairs: Iterable[tuple[Reading, Reading]]) -> str:
    """How differences (first minus second) are bounded by values beyond the end of the scale."""
    above = below = False
    for first, second in pairs:
        above |= _beyond(first)
        below |= _beyond(second)
    if above and below:
        return "≈"
    return AT_LEAST if above else "≤" if below else ""


def _lost_between(record: PatientRecord, before: Visit, after: Visit, site: Site) -> str:
    """Why a digit is not the same digit any more; empty where it is."""
    if site.digit is None:
        return ""
    then, now = record.amputation(site, before.day), record.amputation(site, after.day)
    return now.words if now and now != then else ""


def hand_mean(record: PatientRecord, visit: Visit, hand: Hand, measure: Measure) -> Mean:
    """The mean of a digit measure over one hand at one visit; every digit left out is named."""
    sites = [site for site in measure.sites if site.hand is hand]
    used, left_out = _usable(visit, sites, measure, lambda site: _amputated(record, visit, site))
    found = (reading(visit, site, measure) for site in sites)
    is_left_out = any(each is not None and each.why != not_scored() for each in found)
    return _mean(measure, used, left_out, is_left_out=is_left_out)


def _amputated(record: PatientRecord, visit: Visit, site: Site) -> str:
    found = record.amputation(site, visit.day)
    return found.words if found else ""


def _usable(
    visit: Visit, sites: Iterable[Site], measure: Measure, excluded: Callable[[Site], str]
) -> tuple[list[Reading], list[str]]:
    used, left_out = [], []
    for site in sites:
        found = reading(visit, site, measure)
        if why := excluded(site):
            left_out.append(why)
        elif found is None:
            left_out.append(_("{site}: not recorded").format(site=site.name))
        elif found.number is None:
            left_out.append(_("{site}: {why}").format(site=site.name, why=found.why))
        else:
            used.append(found)
    return used, left_out


def _mean(measure: Measure, used: list[Reading], left_out: list[str], *, is_left_out: bool) -> Mean:
    numbers = [found.number for found in used if found.number is not None]
    return Mean(
        measure=measure,
        value=sum(numbers) / len(numbers) if numbers else None,
        n=len(numbers),
        left_out=tuple(left_out),
        at_least=any(_beyond(found) for found in used),
        is_left_out=is_left_out,
    )


def _paired(measure: Measure, pairs: list[tuple[Reading, Reading]], left_out: list[str]) -> Difference:
    gaps = [a.number - b.number for a, b in pairs if a.number is not None and b.number is not None]
    return Difference(
        measure=measure,
        value=sum(gaps) / len(gaps) if gaps else None,
        n=len(gaps),
        left_out=tuple(dict.fromkeys(left_out)),
        bound=_bound(pairs),
    )


def _pair_up(
    first: tuple[Visit, Iterable[Site]],
    second: tuple[Visit, Iterable[Site]],
    measure: Measure,
    excluded: Callable[[Site], str],
) -> Difference:
    used_a, out_a = _usable(*first, measure, excluded)
    used_b, out_b = _usable(*second, measure, excluded)
    b_by_digit = {found.site.digit: found for found in used_b}
    pairs = [(a, b_by_digit[a.site.digit]) for a in used_a if a.site.digit in b_by_digit]
    return _paired(measure, pairs, out_a + out_b)


def hand_change(record: PatientRecord, visit: Visit, hand: Hand, measure: Measure) -> Difference | None:
    """The mean change of one hand since the previous visit, over digits measured at both visits.

    None where there is no previous visit.
    """
    before = record.previous(visit)
    if before is None:
        return None
    sites = [site for site in measure.sites if site.hand is hand]

    def excluded(site: Site) -> str:
        return _amputated(record, visit, site)

    return _pair_up((visit, sites), (before, sites), measure, excluded)


def hand_minus_other(record: PatientRecord, visit: Visit, hand: Hand, measure: Measure) -> Difference:
    """One hand minus the other at one visit: of a digit measure over digits measured on both hands."""
    if measure.scope is Scope.HAND:
        a, b = reading(visit, Site(hand), measure), reading(visit, Site(hand.other), measure)
        pairs = [(a, b)] if a and b else []
        return _paired(measure, pairs, [])
    mine = [site for site in measure.sites if site.hand is hand]
    other = [site.mirrored() for site in mine]

    def excluded(site: Site) -> str:
        return _amputated(record, visit, site) or _amputated(record, visit, site.mirrored())

    return _pair_up((visit, mine), (visit, other), measure, excluded)


def treated_minus_other(
    record: PatientRecord, visit: Visit, procedure: Procedure, measure: Measure
) -> Difference | None:
    """The treated hand minus the other for one chosen procedure; None where both hands were treated.

    A procedure that is not done, or was done on both hands, has no other hand; nor has one whose other hand was
    treated by a procedure of the same kind by the day of the visit.
    """
    if procedure.side is Side.BOTH or procedure.state is not ProcedureState.DONE:
        return None
    (hand,) = procedure.hands
    for other in record.procedures:
        same = other.kind is procedure.kind and other.state is ProcedureState.DONE
        if same and hand.other in other.hands and (other.date is None or other.date.earliest <= visit.day):
            return None
    return hand_minus_other(record, visit, hand, measure)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of measurement that differed between two visits; empty where it was not recorded."""

    name: str
    then: str
    now: str

    @property
    def words(self) -> str:
        """For people: "Room temperature: 23.0 °C then, 21.5 °C now"."""
        missing = _("not recorded")
        return _("{name}: {then} then, {now} now").format(
            name=self.name, then=self.then or missing, now=self.now or missing
        )


def differing_conditions(record: PatientRecord, visit: Visit) -> tuple[Condition, ...]:
    """The conditions of measurement that differed from the previous visit."""
    before = record.previous(visit)
    if before is None:
        return ()
    differing = []
    for key in CONDITIONS:
        field = field_of(VISIT, key)
        now, then = getattr(visit, key), getattr(before, key)
        if now != then:
            differing.append(Condition(field.name, field.format(then), field.format(now)))
    differing += _places_that_differ(record, before, visit)
    for key in ("room_temp", "acclimatisation"):
        measure = CATALOGUE[key]
        a, b = reading(before, Site(), measure), reading(visit, Site(), measure)
        if (a and a.value) != (b and b.value):
            differing.append(Condition(measure.name, a.words if a else "", b.words if b else ""))
    return tuple(differing)


def _places_that_differ(record: PatientRecord, before: Visit, visit: Visit) -> Iterator[Condition]:
    """The digits of which refill was pressed elsewhere, where that is not said of the visits as a whole."""
    crt = CATALOGUE["crt"]
    differing: dict[tuple[str, str], list[str]] = {}
    for site in crt.sites:
        then, now = reading(before, site, crt), reading(visit, site, crt)
        if then is None or now is None or not (then.place or now.place) or _amputated(record, visit, site):
            continue
        first, second = (place.label if (place := pressed_at(each, site)) else "" for each in (before, visit))
        if first != second:
            differing.setdefault((first, second), []).append(site.name)
    for (first, second), names in differing.items():
        name = _("{field} ({sites})").format(field=field_of(VISIT, "refill_site").name, sites=", ".join(names))
        yield Condition(name, first, second)


def conditions_that_differ(record: PatientRecord, visit: Visit) -> tuple[str, ...]:
    """How the conditions of measurement differed from the previous visit: said before any comparison."""
    return tuple(condition.words for condition in differing_conditions(record, visit))
