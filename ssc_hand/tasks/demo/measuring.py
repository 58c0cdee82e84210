"""Values of one visit that hang together: a colder, slower and more painful hand where the disease is worse.

Levels follow the published orientation values of the clinical reference (refill of healthy adults 1-2 s, pain
about 6 of 10 with ulcers and 2-3 without, Raynaud scores around the acceptable 3.4); they reproduce no study.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ssc_hand.domain.anatomy import DIGITS, HANDS, VISIT, Digit, Hand, Site
from ssc_hand.domain.records import Observation, not_assessed, observation
from ssc_hand.domain.vocabulary import Colour, Reason
from ssc_hand.tasks.demo.dice import Dice

#: Thumbs are spared; the middle fingers suffer most.
_SHARE = {Digit.D1: 0.55, Digit.D2: 1.05, Digit.D3: 1.1, Digit.D4: 1.0, Digit.D5: 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How bad a patient's hands are, and where that leads."""

    #: 1 is the middle of the demo's patients.
    severity: float
    worse: Hand
    #: The share of trouble gone when `progress` is 1; negative where it grows.
    gain: Mapping[Hand, float] = field(default_factory=dict)
    #: Usual room temperature, °C.
    room: float = 23.2
    repeats: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What else bears on the values of one visit."""

    #: 0 at the first visit, 1 at the end of the course.
    progress: float
    #: Minutes of acclimatisation.
    minutes: int
    #: Digits with an open ulcer.
    sore: frozenset[Site] = frozenset()
    #: Digits under a dressing.
    dressed: frozenset[Site] = frozenset()


def measure(dice: Dice, course: Course, today: Today) -> Iterator[Observation]:
    """Everything that is measured at an ordinary visit; here and there a value is missing, as in life."""
    room = dice.near(course.room, 0.4, 19, 31)
    yield observation(VISIT, "room_temp", room)
    yield observation(VISIT, "acclimatisation", today.minutes)
    yield from _raynaud(dice, course, today)
    if dice.chance(0.7):
        yield from (observation(digit, "ischaemia", value=False) for digit in DIGITS)
    for hand in HANDS:
        yield from _hand(dice, course, today, hand, room)


def _raynaud(dice: Dice, course: Course, today: Today) -> Iterator[Observation]:
    relief = 1 - 0.5 * sum(course.gain.values()) * today.progress
    level = 3.9 * course.severity * relief
    if dice.chance(0.9):
        yield observation(VISIT, "rcs", dice.near(level, 0.8, 0, 10))
        yield observation(VISIT, "rcs_days", dice.pick((14, 14, 14, 13, 12, 7, 28)))
    yield observation(VISIT, "raynaud_today", round(dice.near(level, 1.4, 0, 10)))


def _trouble(course: Course, today: Today, hand: Hand | None) -> float:
    assert hand is not None
    side = 1.2 if hand is course.worse else 0.9
    return course.severity * side * (1 - course.gain.get(hand, 0.0) * today.progress)


def _hand(dice: Dice, course: Course, today: Today, hand: Site, room: float) -> Iterator[Observation]:
    trouble = _trouble(course, today, hand.hand)
    dorsum = dice.near(30.8 - 0.6 * trouble + 0.3 * (room - 23), 0.6, 25.5, 35)
    yield observation(hand, "dorsum_temp", dorsum)
    is_sore = any(site.hand is hand.hand for site in today.sore)
    pain = round(dice.near(2.4 * trouble + (2.2 if is_sore else 0), 0.9, 0, 10))
    yield observation(hand, "hand_pain_now", pain)
    if dice.chance(0.95):
        yield observation(hand, "hand_pain_week", min(10, pain + dice.whole(0, 3)))
    for digit in DIGITS:
        if digit.hand is hand.hand:
            yield from _digit(dice, course, today, digit, (trouble, dorsum, room))


def _digit(
    dice: Dice, course: Course, today: Today, digit: Site, levels: tuple[float, float, float]
) -> Iterator[Observation]:
    trouble, dorsum, room = levels
    assert digit.digit is not None
    share = trouble * _SHARE[digit.digit]
    yield from _refill(dice, course, today, digit, share)
    yield from _temperature(dice, today, digit, _fingertip(dice, share, dorsum, room))
    sore = 2.5 if digit in today.sore else 0
    if not dice.chance(0.02):
        yield observation(digit, "pain", round(dice.near(1.3 * share + sore, 0.9, 0, 10)))
    yield observation(digit, "colour", _colour(dice, share).value)


def _refill(dice: Dice, course: Course, today: Today, digit: Site, share: float) -> Iterator[Observation]:
    if digit in today.dressed:
        yield not_assessed(digit, "crt", Reason.DRESSING)
        return
    if digit in today.sore and dice.chance(0.35):
        yield not_assessed(digit, "crt", Reason.ULCER)
        return
    if dice.chance(0.02):
        return
    seconds = dice.near(0.8 + 1.9 * share, 0.45, 0.6, 14)
    for repeat in range(1, course.repeats + 1):
        value = seconds if repeat == 1 else dice.near(seconds, 0.25, 0.5, 15)
        yield observation(digit, "crt", value, repeat=repeat)


def _fingertip(dice: Dice, share: float, dorsum: float, room: float) -> float:
    """The difference to the back of the hand shrinks in a warm room; no finger is colder than the room."""
    warmth = 0.55 if room > 28 else 1.0
    return round(max(dorsum + dice.near((0.4 - 2.2 * share) * warmth, 0.8, -9, 2.5), room + 0.3), 1)


def _temperature(dice: Dice, today: Today, digit: Site, value: float) -> Iterator[Observation]:
    if digit in today.dressed:
        yield not_assessed(digit, "skin_temp", Reason.DRESSING)
    elif not dice.chance(0.01):
        yield observation(digit, "skin_temp", value)


def _colour(dice: Dice, share: float) -> Colour:
    if dice.chance(0.12 * share):
        return Colour.PALE
    if dice.chance(0.10 * share):
        return Colour.BLUE
    return Colour.RED if dice.chance(0.05) else Colour.NORMAL
