"""Soft warnings: sentences beside a value that ask for a second look; nothing here refuses or blocks anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ssc_hand.domain.anatomy import DIGITS, Digit, Hand, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.compare import change, signed
from ssc_hand.domain.derived import Reading, reading
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind
from ssc_hand.i18n import _

#: Room temperatures (°C) for which refill times are published; longer outside them, one way or the other
#: (Fleming 2015, Arch Dis Child 100:239-49, doi:10.1136/archdischild-2014-307079, a systematic review in children).
REFILL_ROOM = (20.0, 25.0)
#: Minutes of acclimatisation before skin temperatures (20 min at 23 °C, doi:10.1007/s00296-016-3483-6).
ACCLIMATISED = 20
#: Digits of each hand that must be measured at both visits before sides can look swapped; a proposal of this program.
SWAP_DIGITS = 4
#: How much better today's values must fit the other hand: its summed difference over that of the own hand; a proposal.
SWAP_SHARE = 0.5

_TEMPERATURES = frozenset({"skin_temp", "dorsum_temp"})
#: Which limit says how far a measure may lie from the last visit.
_FAR = {
    "crt": "far_refill",
    "skin_temp": "far_temp",
    "dorsum_temp": "far_temp",
    "pain": "far_pain",
    "hand_pain_now": "far_pain",
    "hand_pain_week": "far_pain",
}


class Cause(Enum):
    """What a warning is about."""

    UNUSUAL = "unusual"
    FAR = "far"
    ROOM = "room"
    ACCLIMATISATION = "acclimatisation"
    SWAPPED = "swapped"
    OSTEOMYELITIS = "osteomyelitis"


@dataclass(frozen=True, slots=True)
class SoftWarning:
    """One sentence that asks for a second look."""

    cause: Cause
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningLimits:
    """How far from the last visit a value may lie before it is asked about; the clinic's, or as proposed here."""

    #: In seconds.
    far_refill: float
    #: In °C.
    far_temp: float
    #: In points of 0 to 10.
    far_pain: float


def limits_of(settings: ClinicSettings) -> WarningLimits:
    """The limits of a clinic; where it has set none, the proposals of this program."""
    return WarningLimits(far_refill=settings.far_refill, far_temp=settings.far_temp, far_pain=settings.far_pain)


#: The limits while no clinic is open.
PROPOSED = limits_of(ClinicSettings(name=""))


def warnings_at(
    record: PatientRecord, visit: Visit, site: Site, measure: Measure, limits: WarningLimits = PROPOSED
) -> tuple[SoftWarning, ...]:
    """What deserves a second look about one value; nothing where none is recorded.

    What concerns the value alone comes first, then what holds for the whole visit.
    """
    found = reading(visit, site, measure)
    if found is None or found.number is None:
        return ()
    of_visit = (_of_conditions(visit, measure), swapped_hands(record, visit, measure))
    return (*of_value(record, visit, found, limits), *(warning for warning in of_visit if warning))


def of_value(
    record: PatientRecord, visit: Visit, found: Reading, limits: WarningLimits = PROPOSED
) -> tuple[SoftWarning, ...]:
    """What deserves a second look about one reading by itself: beyond the plausible, or far from the last visit."""
    if found.number is None:
        return ()
    return tuple(warning for warning in (_unusual(found), _far(record, visit, found, limits)) if warning)


def visit_warnings(record: PatientRecord, visit: Visit) -> tuple[SoftWarning, ...]:
    """What deserves a second look about a visit as a whole: conditions, sides, and infected ulcers over bone."""
    measured = {key for (_site, key, _repeat), seen in visit.observations.items() if seen.value is not None}
    numbers = [m for m in CATALOGUE.entered(Scope.DIGIT) if m.is_number and m.key in measured]
    said = [swapped_hands(record, visit, measure) for measure in numbers]
    said += [_of_conditions(visit, CATALOGUE[key]) for key in ("crt", "skin_temp", "dorsum_temp") if key in measured]
    found = tuple(warning for warning in said if warning)
    return (*dict.fromkeys(found), *osteomyelitis_reminders(record, visit))


def _unusual(found: Reading) -> SoftWarning | None:
    kind = found.measure.kind
    words = kind.second_look(found.value) if isinstance(kind, Number) else ""
    return SoftWarning(Cause.UNUSUAL, words) if words else None


def _far(record: PatientRecord, visit: Visit, found: Reading, limits: WarningLimits) -> SoftWarning | None:
    """Far from the visit before: by the limit or more (proposals of this program, no published rule)."""
    key = _FAR.get(found.measure.key)
    difference = change(record, visit, found.site, found.measure) if key else None
    if key is None or difference is None or difference.value is None:
        return None
    limit = getattr(limits, key)
    if round(abs(difference.value), 6) < limit:
        return None
    words = _("Far from the last visit ({change}; asked from {limit} on): please look again.")
    value = difference.bounded(signed(found.measure, difference.value))
    return SoftWarning(Cause.FAR, words.format(change=value, limit=found.measure.text(limit)))


def room_words(visit: Visit) -> str:
    """The sentence for a room in which refill times cannot be compared with published ones; else empty."""
    room = _number(visit, "room_temp")
    low, high = REFILL_ROOM
    if room is None or low <= room <= high:
        return ""
    words = _("The room has {room}; refill times are published for {low} to {high} °C.")
    return words.format(room=CATALOGUE["room_temp"].text(room), low=f"{low:g}", high=f"{high:g}")


def _of_conditions(visit: Visit, measure: Measure) -> SoftWarning | None:
    """The room for refill, the minutes of rest for skin temperatures; nothing where they are not recorded."""
    if measure.key == "crt":
        words = room_words(visit)
        return SoftWarning(Cause.ROOM, words) if words else None
    if measure.key in _TEMPERATURES:
        minutes = _number(visit, "acclimatisation")
        if minutes is None or minutes >= ACCLIMATISED:
            return None
        words = _("Only {now} of acclimatisation; {n} min are advised before skin temperatures.")
        text = CATALOGUE["acclimatisation"].text(minutes)
        return SoftWarning(Cause.ACCLIMATISATION, words.format(now=text, n=ACCLIMATISED))
    return None


def _number(visit: Visit, key: str) -> float | None:
    found = reading(visit, Site(), CATALOGUE[key])
    return found.number if found else None


# -- left and right ------------------------------------------------------------------------------------------


def swapped_hands(record: PatientRecord, visit: Visit, measure: Measure) -> SoftWarning | None:
    """Whether today's values of a digit measure fit the other hand's of the visit before better than their own.

    Asked where at least four digits of each hand were measured at both visits, and the summed absolute difference
    from the other hand is at most half of that from the own hand; a proposal of this program, no published rule.
    """
    if measure.scope is not Scope.DIGIT or not measure.is_number or measure.derived:
        return None
    before = record.previous(visit)
    if before is None or _too_few(visit, measure):
        return None
    now, then = _numbers(record, visit, visit, measure), _numbers(record, visit, before, measure)
    pairs = [digit for digit in Digit if all((hand, digit) in side for hand in Hand for side in (now, then))]
    if len(pairs) < SWAP_DIGITS:
        return None
    places = [(hand, digit) for hand in Hand for digit in pairs]
    own = sum(abs(now[place] - then[place]) for place in places)
    other = sum(abs(now[hand, digit] - then[hand.other, digit]) for hand, digit in places)
    if own == 0 or round(other, 6) > round(own * SWAP_SHARE, 6):
        return None
    words = _(
        "{measure}: left and right look swapped. Today's values fit the other hand of the last visit better "
        "({other} apart in all) than their own ({own}): please look again."
    )
    return SoftWarning(
        Cause.SWAPPED, words.format(measure=measure.name, other=measure.text(other), own=measure.text(own))
    )


def _too_few(visit: Visit, measure: Measure) -> bool:
    """Whether there is too little to compare: most calls end here, while values are being typed."""
    return len({site for site, key, _repeat in visit.observations if key == measure.key}) < 2 * SWAP_DIGITS


def _numbers(record: PatientRecord, visit: Visit, of: Visit, measure: Measure) -> Mapping[tuple[Hand, Digit], float]:
    """The numbers of a visit by hand and digit; digits shortened by the later visit are left out."""
    numbers = {}
    for site in DIGITS:
        found = reading(of, site, measure)
        if site.hand and site.digit and found and found.number is not None and not record.amputation(site, visit.day):
            numbers[site.hand, site.digit] = found.number
    return numbers


# -- infection and bone --------------------------------------------------------------------------------------


def osteomyelitis_reminders(record: PatientRecord, visit: Visit) -> tuple[SoftWarning, ...]:
    """Infected ulcers that should make one think of the bone: a reminder, never a diagnosis.

    Given where an ulcer recorded as infected has exposed bone, or was infected at the visit before as well, until
    somebody has answered whether osteomyelitis is suspected. Why: osteomyelitis in 19 of 45 patients with infected
    ulcers (Giuggioli 2013, doi:10.1007/s10067-012-2161-7); the rule is a proposal of this program.
    """
    asked = ((each, _why_bone(each)) for each in lesions_at(record, visit))
    return tuple(_reminder(each, why) for each, why in asked if why)


def _why_bone(each: LesionAt) -> str:
    state = each.state
    is_infected = each.lesion.kind is LesionKind.ULCER and each.is_open and state.infection is Judgement.YES
    if not is_infected or state.osteomyelitis is not None:
        return ""
    if state.exposed_bone:
        return _("infected, with exposed bone")
    if state.depth is Depth.EXPOSED:
        return _("infected, with tendon or bone exposed")
    if each.before is not None and each.before.infection is Judgement.YES:
        return _("still infected since the visit before")
    return ""


def _reminder(each: LesionAt, why: str) -> SoftWarning:
    words = _("Ulcer {letter}, {place}: {why}. Consider osteomyelitis (a reminder, not a diagnosis).")
    lesion = each.lesion
    return SoftWarning(
        Cause.OSTEOMYELITIS, words.format(letter=lesion.letter, place=lesion.site.of_digit.name, why=why)
    )


def in_words(warnings: Iterable[SoftWarning]) -> str:
    """Several warnings as one text, a line each."""
    return "\n".join(warning.words for warning in warnings)
