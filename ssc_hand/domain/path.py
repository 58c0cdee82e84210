"""The path over the digits: which value is asked for after which, in the order of the examination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ssc_hand.domain.anatomy import VISIT, Digit, Hand, Scope, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import is_absent
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _, ngettext

#: Measures that are asked for only where another one, asked for before, says yes.
_ONLY_AFTER_YES = {"ischaemia_since": "ischaemia"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigitOrder:
    """In which order a person goes over the digits; hands are the patient's."""

    first: Hand = Hand.RIGHT
    from_thumb: bool = True

    @property
    def hands(self) -> tuple[Site, ...]:
        """Both hands."""
        return (Site(self.first), Site(self.first.other))

    @property
    def digits(self) -> tuple[Site, ...]:
        """All ten digits."""
        along = tuple(Digit) if self.from_thumb else tuple(reversed(Digit))
        return tuple(Site(hand.hand, digit) for hand in self.hands for digit in along)

    def sites(self, scope: Scope) -> tuple[Site, ...]:
        """The places of measures of this scope."""
        return {Scope.VISIT: (VISIT,), Scope.HAND: self.hands, Scope.DIGIT: self.digits}[scope]

    @property
    def words(self) -> str:
        """For people: "right thumb to little, then left thumb to little"."""
        ends = (Digit.D1, Digit.D5) if self.from_thumb else (Digit.D5, Digit.D1)
        parts = {"first": self.first.label, "then": self.first.other.label, "a": ends[0].label, "b": ends[1].label}
        return _("{first} {a} to {b}, then {then} {a} to {b}").format(**parts)


@dataclass(frozen=True, slots=True)
class Stop:
    """One value that is asked for: a measure at a place."""

    measure_key: str
    site: Site

    @property
    def measure(self) -> Measure:
        """What is asked for."""
        return CATALOGUE[self.measure_key]

    @property
    def name(self) -> str:
        """For people: "Capillary refill, right index"."""
        return f"{self.measure.name}, {self.site.name}"

    @property
    def code(self) -> str:
        """For files: "crt@R.D2"."""
        return f"{self.measure_key}@{self.site.code}"


def parse_stop(code: str) -> Stop:
    """The stop with this code; raises `Refused` where there is none."""
    key, _at, place = code.partition("@")
    return Stop(CATALOGUE.known(key).key, parse_site(place))


def stops(order: DigitOrder, measures: Iterable[Measure], record: PatientRecord, visit: Visit) -> tuple[Stop, ...]:
    """The whole path of a visit: each measure over its places in the user's order.

    Digits that are gone are left out, and so is a date since when, unless it is said there that it is so.
    """
    gone = {site for site in order.digits if is_absent(record, visit, site)}
    wanted = tuple(measures)
    without = unasked(wanted, visit)
    return tuple(
        Stop(measure.key, site)
        for measure in wanted
        for site in order.sites(measure.scope)
        if site not in gone and measure.fits(site) and (measure.key, site) not in without
    )


def unasked(measures: Iterable[Measure], visit: Visit) -> frozenset[tuple[str, Site]]:
    """The measures and places that need not be asked for: what they go with is asked for and was not answered yes."""
    keys = {measure.key for measure in measures}
    pairs = [(key, leader) for key, leader in _ONLY_AFTER_YES.items() if {key, leader} <= keys]
    return frozenset(
        (key, site)
        for key, leader in pairs
        for site in DigitOrder().sites(CATALOGUE[key].scope)
        if (site, key, 1) not in visit.observations
        and not ((seen := visit.observations.get((site, leader, 1))) is not None and seen.value is True)
    )


def is_recorded(visit: Visit, stop: Stop) -> bool:
    """Whether a visit says anything there: a value, or why there is none."""
    return any((stop.site, stop.measure_key, each) in visit.observations for each in range(1, stop.measure.repeats + 1))


def free_reading(visit: Visit, stop: Stop, most: int) -> int | None:
    """The first of up to `most` readings that is not taken; None where all are, or a reason stands for them."""
    known = visit.observations
    first = known.get((stop.site, stop.measure_key, 1))
    if first is not None and first.reason is not None:
        return None
    return next((n for n in range(1, most + 1) if (stop.site, stop.measure_key, n) not in known), None)


def last_reading(visit: Visit, stop: Stop) -> int | None:
    """The last reading that was taken at a stop; None where none was."""
    numbers = range(stop.measure.repeats, 0, -1)
    return next((n for n in numbers if (stop.site, stop.measure_key, n) in visit.observations), None)


def following(path: Sequence[Stop], stop: Stop, visit: Visit | None = None) -> Stop | None:
    """The stop after this one, or (given a visit) the next one that it says nothing about; None past the end.

    The path never wraps. A stop that is not on the path has nothing after it.
    """
    if stop not in path:
        return None
    rest = path[path.index(stop) + 1 :]
    return next((each for each in rest if visit is None or not is_recorded(visit, each)), None)


def before(path: Sequence[Stop], stop: Stop) -> Stop | None:
    """The stop before this one; None at the beginning."""
    at = path.index(stop) if stop in path else 0
    return path[at - 1] if at > 0 else None


def next_missing(path: Sequence[Stop], stop: Stop | None, visit: Visit) -> Stop | None:
    """The next stop of which nothing is recorded: after this one, else the first of all; None where all is there."""
    found = following(path, stop, visit) if stop else None
    return found or next((each for each in path if not is_recorded(visit, each) and each != stop), None)


def along(path: Sequence[Stop], stop: Stop | None, by: int) -> Stop | None:
    """The beginning of the measure so many measures on (or back, below zero); None past either end."""
    keys = list(dict.fromkeys(each.measure_key for each in path))
    if stop is None:
        at = len(keys) + by if by < 0 else len(keys)
    elif stop.measure_key not in keys:
        return None
    else:
        at = keys.index(stop.measure_key) + by
    return next(each for each in path if each.measure_key == keys[at]) if 0 <= at < len(keys) else None


#: More text than any row of ten values.
_LONGEST_PASTE = 1000


def pasted(text: str, stop: Stop, order: DigitOrder, record: PatientRecord, visit: Visit) -> dict[Site, object]:
    """The values of a row or a column of a spreadsheet, by place; empty cells are left out.

    As many cells as there are places fill the measure from its first place; fewer fill from the stop on. Places are
    counted as on the hand, digits that are gone included: a row never shifts. Raises `Refused` for the whole row.
    """
    measure, places = stop.measure, order.sites(stop.measure.scope)
    cells = _cells(text)
    begin = 0 if len(cells) == len(places) else places.index(stop.site)
    if len(cells) > len(places) - begin:
        words = _("{n} values do not fit: from {site} on there are {m} places. Nothing was recorded.")
        raise Refused(words.format(n=len(cells), site=places[begin].name, m=len(places) - begin))
    values: dict[Site, object] = {}
    for site, cell in zip(places[begin:], cells, strict=False):
        if not cell:
            continue
        if gone := is_absent(record, visit, site):
            raise Refused(_("{words}. Nothing of the row was recorded.").format(words=gone.words))
        try:
            values[site] = measure.kind.parse(cell)
        except Refused as refused:
            words = _("{site}: {why} Nothing of the row was recorded.")
            raise Refused(words.format(site=site.name, why=str(refused))) from None
    if not values:
        raise Refused(_("There is no value in what was pasted. Nothing was recorded."))
    return values


def replaced(values: Mapping[tuple[Site, str], object], visit: Visit) -> tuple[Site, ...]:
    """Where a block of values, by site and key of measure, would take the place of something else that is recorded."""
    found = []
    for (site, key), value in values.items():
        repeats = range(1, CATALOGUE[key].repeats + 1)
        known = [visit.observations[at] for each in repeats if (at := (site, key, each)) in visit.observations]
        if known and [each.value for each in known] != [value]:
            found.append(site)
    return tuple(dict.fromkeys(found))


def replacing_words(sites: Sequence[Site]) -> str:
    """The question before a paste over these places."""
    words = ngettext(
        "A value is recorded already: {sites}. Enter replaces it, any other key keeps it.",
        "Values are recorded already: {sites}. Enter replaces them, any other key keeps them.",
        len(sites),
    )
    return words.format(sites=", ".join(site.name for site in sites))


def _cells(text: str) -> list[str]:
    if len(text) > _LONGEST_PASTE:
        raise Refused(_("What was pasted is too long for a row of values. Nothing was recorded."))
    rows = [row.split("\t") for row in text.rstrip("\r\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    if len(rows) > 1 and any(len(row) > 1 for row in rows):
        raise Refused(_("One row or one column of values can be pasted, not a table. Nothing was recorded."))
    return [cell.strip() for row in rows for cell in row]
