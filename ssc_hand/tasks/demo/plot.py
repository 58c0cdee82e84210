"""The ordinary course of a patient over given days: visits, ulcers, values and texts that fit each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import Lesion
from ssc_hand.domain.vocabulary import Judgement, LesionKind, Status, VisitKind
from ssc_hand.tasks.demo import ulcers, words
from ssc_hand.tasks.demo.measuring import Course, Today, measure
from ssc_hand.tasks.demo.story import Story

_OPEN = (Status.ACTIVE, Status.INDETERMINATE)
#: Of so many visits one does not say whether both hands were looked at for lesions.
_NOT_SAID_AT = 4


@dataclass(frozen=True, slots=True)
class _Ulcers:
    """What one visit says of ulcers."""

    sore: frozenset[Site]
    new: int
    healed: int
    infected: int


class Plot:
    """Tells a patient's visits: first they are made, then lesions live through them, then `finish` measures."""

    def __init__(self, story: Story, course: Course, days: Sequence[dt.date], kinds: Sequence[VisitKind] = ()) -> None:
        self.story = story
        self.course = course
        self._usual = words.habits(story.dice)
        self._minutes = [words.mostly(story.dice, 20, (15, 25, 30)) for _day in days]
        kinds = kinds or (VisitKind.BASELINE, *[VisitKind.FOLLOW_UP] * (len(days) - 1))
        self.visits = [
            story.visit(day, kind, minutes=minutes, **words.conditions(story.dice, self._usual))
            for day, kind, minutes in zip(days, kinds, self._minutes, strict=True)
        ]
        self._taken: set[Site] = set()

    def ulcer(self, hand: Hand, life: ulcers.Life) -> Lesion:
        """An ulcer somewhere on a hand, and its life."""
        first = self.story.day(self.visits[life.first])
        onset = first - dt.timedelta(days=self.story.dice.whole(14, 70))
        lesion = ulcers.any_ulcer(self.story, hand, self._taken, onset)
        self.live(lesion, life)
        return lesion

    def live(self, lesion: Lesion, life: ulcers.Life) -> None:
        """The life of an ulcer that has been placed."""
        ulcers.live(self.story, lesion, self.visits, life)

    def _ulcers(self, visit: str) -> _Ulcers:
        told = [each for each in self.story.states(visit) if each[0].kind is LesionKind.ULCER]
        still_open = [each for each in told if each[1].status in _OPEN]
        return _Ulcers(
            sore=frozenset(lesion.site.of_digit for lesion, _state, _is_new in still_open),
            new=sum(is_new for _lesion, _state, is_new in still_open),
            healed=sum(state.status is Status.HEALED for _lesion, state, _is_new in told),
            infected=sum(state.infection is Judgement.YES for _lesion, state, _is_new in still_open),
        )

    def scars(self, hand: Hand, *digits: Digit) -> None:
        """Pitting scars that were there from the first visit on."""
        for digit in digits:
            ulcers.stays(self.story, ulcers.scar(self.story, hand, digit), self.visits)

    def calcinosis(self, hand: Hand, digit: Digit, note: str) -> None:
        """Calcinosis over a PIP joint, there from the first visit on."""
        ulcers.stays(self.story, ulcers.calcinosis(self.story, hand, digit), self.visits, note)

    def scar_without_point(self, site: str) -> None:
        """A scar of which only the phalanx was noted."""
        lesion = self.story.lesion_without_point(LesionKind.PITTING_SCAR, site, Aspect.PALMAR)
        ulcers.stays(self.story, lesion, self.visits)

    def finish(self, *, last_review: dt.date | None) -> None:
        """Measure and describe every visit; the next review of each is the visit that followed."""
        dice = self.story.dice
        last = max(1, len(self.visits) - 1)
        for number, visit in enumerate(self.visits):
            found = self._ulcers(visit)
            dressed = frozenset(site for site in sorted(found.sore, key=str) if found.infected or dice.chance(0.2))
            minutes = self._minutes[number]
            today = Today(progress=number / last, minutes=minutes, sore=found.sore, dressed=dressed)
            self.story.record_values(visit, measure(dice, self.course, today))
            self._describe(number, visit, found)
            review = last_review if number == len(self.visits) - 1 else self.story.day(self.visits[number + 1])
            if review:
                self.story.describe(visit, next_review=PartialDate(review.isoformat()))

    def _describe(self, number: int, visit: str, found: _Ulcers) -> None:
        dice = self.story.dice
        still_open = len(found.sore)
        self.story.describe(
            visit,
            reason=words.reason(dice) if number % 4 == 0 else None,
            ulcer_history=words.ulcer_history(dice, found.new) if number else None,
            findings=words.findings(still_open, found.healed, found.infected),
            plan=words.plan(dice, still_open, found.infected),
            # Now and then nobody wrote down that both hands were looked at, as in life.
            lesions_reviewed=None if number % _NOT_SAID_AT == _NOT_SAID_AT - 1 else True,
        )

    def device_changed(self, first: int) -> None:
        """From one visit on another device measures, so that trends break there."""
        for visit in self.visits[first:]:
            self.story.describe(visit, device=words.CAMERA)
        for visit in self.visits[:first]:
            self.story.describe(visit, device=words.THERMOMETER)
