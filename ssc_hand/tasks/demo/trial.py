"""Twenty patients in the shape of the trial: ten treated in the most affected hand, ten controls, four visits.

The days are invented and the values claim to reproduce no result.
"""

from __future__ import annotations

import datetime as dt

from ssc_hand.domain.anatomy import Digit, Hand
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import ProcedureKind, ProcedureState, Side, VisitKind
from ssc_hand.tasks.demo import people
from ssc_hand.tasks.demo.dice import Dice
from ssc_hand.tasks.demo.measuring import Course
from ssc_hand.tasks.demo.plot import Plot
from ssc_hand.tasks.demo.story import Story
from ssc_hand.tasks.demo.ulcers import Life

#: The day up to which the demo clinic is told.
LAST_DAY = dt.date(2026, 11, 16)
#: Invented days of the visits, counted from the first.
DAYS = (0, 28, 84, 168)
TREATED = 10

_SIDE = {Hand.RIGHT: Side.RIGHT, Hand.LEFT: Side.LEFT}
_KINDS = (VisitKind.BASELINE, VisitKind.POST_OPERATIVE, VisitKind.FOLLOW_UP, VisitKind.FOLLOW_UP)
#: Patients (by number) measured in the warm room in which a published distal-dorsal difference applies.
_WARM = (5, 14)
#: The patient whose refill is read three times, and the one whose device was changed half way.
_THREE_READINGS = (2, 9, 16)
_NEW_DEVICE = 11
_INFECTED = 7


def trial_records(seed: int) -> list[PatientRecord]:
    """The twenty, treated ones first, ten of each."""
    return [_patient(seed, number, person) for number, person in enumerate(people.TRIAL, start=1)]


def _patient(seed: int, number: int, person: people.Person) -> PatientRecord:
    dice = Dice(f"{seed}/trial/{number}")
    is_treated = number <= TREATED
    remark = "Treated in the most affected hand." if is_treated else "Control, medical treatment only."
    story = Story(dice, people.patient(dice, number, person, remark))
    worse = Hand.RIGHT if dice.chance(0.65) else Hand.LEFT
    relief = dice.between(0.2, 0.45) if is_treated else dice.between(-0.08, 0.12)
    other = dice.between(-0.05, 0.12)
    course = Course(
        severity=dice.between(0.75, 1.4),
        worse=worse,
        gain={worse: relief, worse.other: other},
        room=30.0 if number in _WARM else 23.2,
        repeats=3 if number in _THREE_READINGS else 1,
    )
    first = _weekday(LAST_DAY - dt.timedelta(days=DAYS[-1] + 6 * (len(people.TRIAL) - number)))
    days = [_weekday(first + dt.timedelta(days=day)) for day in DAYS]
    if is_treated:
        story.procedure(
            ProcedureKind.ADSVF,
            _SIDE[worse],
            ProcedureState.DONE,
            _after(first).isoformat(),
            note="Fat micrografts with ADSVF under regional block; no complication.",
        )
    plot = Plot(story, course, days, _KINDS if is_treated else ())
    _lesions(plot, number, heals=0.55 if is_treated else 0.3)
    plot.finish(last_review=LAST_DAY + dt.timedelta(days=60 + 7 * (number % 4)))
    if number == _NEW_DEVICE:
        plot.device_changed(2)
    return story.record()


def _weekday(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a weekend."""
    return day - dt.timedelta(days=max(0, day.weekday() - 4))


def _after(day: dt.date) -> dt.date:
    """The third day after, or the Monday after that."""
    later = day + dt.timedelta(days=3)
    return later + dt.timedelta(days=(7 - later.weekday()) % 7 if later.weekday() > 4 else 0)


def _lesions(plot: Plot, number: int, *, heals: float) -> None:
    dice, worse = plot.story.dice, plot.course.worse
    for _ulcer in range(dice.pick((0, 1, 1, 2, 2, 3))):
        plot.ulcer(worse, Life(heals=heals))
    if dice.chance(0.4):
        plot.ulcer(worse.other, Life(heals=0.35))
    if dice.chance(0.3):
        plot.ulcer(dice.pick((worse, worse.other)), Life(heals=0.4, first=dice.pick((1, 2))))
    if number == _INFECTED:
        plot.ulcer(worse.other, Life(heals=0, first=2, infected_at=3, stays=True))
    if number % 3 == 0:
        plot.scars(worse, Digit.D2, Digit.D3)
    if number % 7 == 0:
        plot.scar_without_point(f"{worse.other}.{Digit.D4}.distal")
    if number % 6 == 2:
        plot.calcinosis(worse, Digit.D4, "Firm nodule over the knuckle, skin intact.")
