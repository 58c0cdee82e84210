"""Lives of lesions: ulcers that shrink, scab over, heal or come back; scars and calcinosis that stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Site
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import Lesion
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind, Location, Origin, Sign, SizeChange, Status
from ssc_hand.tasks.demo.story import Story

#: Where ulcers sit: at the tips they are mainly ischaemic, over the joints mechanical.
_PLACES = (
    ("distal", Aspect.PALMAR, Location.TIP),
    ("distal", Aspect.PALMAR, Location.TIP),
    ("distal", Aspect.PALMAR, Location.TIP),
    ("distal", Aspect.DORSAL, Location.PERIUNGUAL),
    ("middle", Aspect.DORSAL, Location.PIP),
    ("proximal", Aspect.DORSAL, Location.PIP),
    ("distal", Aspect.PALMAR, Location.RADIAL),
    ("middle", Aspect.PALMAR, Location.ULNAR),
)
_ORIGINS = (Origin.PURE, Origin.PURE, Origin.PITTING_SCAR, Origin.CALCINOSIS)
_DEPTHS = {
    Origin.PURE: (Depth.INTERMEDIATE, Depth.INTERMEDIATE, Depth.DEEP, Depth.SUPERFICIAL),
    Origin.PITTING_SCAR: (Depth.SUPERFICIAL,),
    Origin.CALCINOSIS: (Depth.DEEP, Depth.INTERMEDIATE),
    Origin.GANGRENE: (Depth.DEEP,),
}
_LONG_FINGERS = (Digit.D2, Digit.D3, Digit.D4, Digit.D5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How an ulcer goes on from visit to visit."""

    #: The chance at each later visit that it has healed since.
    heals: float
    #: Visit at which it is first seen, counted from 0.
    first: int = 0
    infected_at: int | None = None
    #: Never heals within the visits told, so that today's picture has it.
    stays: bool = False


@dataclass(frozen=True, slots=True)
class _Look:
    """An open ulcer as it was found at one visit; its length in mm."""

    status: Status
    length: float
    change: SizeChange | None
    is_infected: bool


def any_ulcer(story: Story, hand: Hand, taken: set[Site], onset: dt.date) -> Lesion:
    """A new ulcer on a long finger of a hand that has none there yet."""
    dice = story.dice
    free = [digit for digit in _LONG_FINGERS if Site(hand, digit) not in taken] or list(_LONG_FINGERS)
    digit = Site(hand, dice.pick(free))
    taken.add(digit)
    phalanx, aspect, location = dice.pick(_PLACES)
    return story.lesion(
        LesionKind.ULCER,
        f"{digit.code}.{phalanx}",
        aspect,
        location,
        origin=dice.pick(_ORIGINS),
        onset=PartialDate(onset.isoformat()[:7]),
    )


def live(story: Story, ulcer: Lesion, visits: list[str], life: Life) -> None:
    """Tell how the ulcer was found at each visit from its first on, until it has healed."""
    dice = story.dice
    length = dice.near(5.7, 1.6, 2, 11)
    for number, visit in enumerate(visits[life.first :], start=life.first):
        is_first, is_infected = number == life.first, number == life.infected_at
        if not (is_first or life.stays) and dice.chance(life.heals):
            _healed(story, visit, ulcer)
            return
        if not (is_first or is_infected) and dice.chance(0.06):
            # Under a dressing that stayed on, or forgotten: carried over and not re-examined.
            continue
        is_hidden = not (is_first or is_infected) and dice.chance(0.3)
        status = Status.INDETERMINATE if is_hidden else Status.ACTIVE
        change = None if is_first else SizeChange.SAME if life.stays else SizeChange.SMALLER
        _open(story, visit, ulcer, _Look(status, length, change, is_infected))
        length = max(1.5, round(length * (0.95 if life.stays else 0.72), 1))


def _healed(story: Story, visit: str, ulcer: Lesion) -> None:
    day = story.day(visit) - dt.timedelta(days=story.dice.whole(5, 20))
    known = PartialDate(day.isoformat()) if story.dice.chance(0.25) else None
    story.found(visit, ulcer, Status.HEALED, healed_on=known)


def _open(story: Story, visit: str, ulcer: Lesion, look: _Look) -> None:
    dice, status, infected = story.dice, look.status, look.is_infected
    depth = dice.pick(_DEPTHS[ulcer.origin or Origin.PURE])
    story.found(
        visit,
        ulcer,
        status,
        size_change=look.change,
        length_mm=look.length,
        width_mm=max(1.0, round(look.length * dice.between(0.6, 0.9), 1)),
        depth=None if status is Status.INDETERMINATE else depth,
        infection=Judgement.YES if infected else dice.pick((Judgement.NO, Judgement.NO, Judgement.NOT_JUDGED)),
        signs=(Sign.PAIN_INCREASE, Sign.SWELLING, Sign.ERYTHEMA, Sign.PUS) if infected else None,
        swab="taken today, result pending" if infected else None,
        exposed_bone=False,
        osteomyelitis=False if infected else None,
        pain=round(dice.near(6.5 if infected else 4.2, 1.2, 0, 10)),
        note="Crust left in place, bed not visible." if status is Status.INDETERMINATE else None,
    )


def stays(story: Story, lesion: Lesion, visits: list[str], note: str | None = None) -> None:
    """Tell of a scar, calcinosis or gangrene that is present at every visit, now and then not looked at."""
    for number, visit in enumerate(visits):
        if number and story.dice.chance(0.15):
            continue
        is_seen = not number or not story.dice.chance(0.06)
        story.found(
            visit,
            lesion,
            Status.PRESENT if is_seen else Status.NOT_SEEN,
            size_change=SizeChange.SAME if number and is_seen and lesion.kind is not LesionKind.CONTRACTURE else None,
            note=note if number == 0 else None,
        )


def scar(story: Story, hand: Hand, digit: Digit) -> Lesion:
    """A pitting scar at a fingertip."""
    return story.lesion(LesionKind.PITTING_SCAR, f"{hand}.{digit}.distal", Aspect.PALMAR, Location.TIP)


def contracture(story: Story, hand: Hand, digit: Digit) -> Lesion:
    """A PIP joint that no longer straightens."""
    return story.lesion(LesionKind.CONTRACTURE, f"{hand}.{digit}.middle", Aspect.DORSAL, Location.PIP)


def calcinosis(story: Story, hand: Hand, digit: Digit, phalanx: str = "middle") -> Lesion:
    """A deposit of calcium over the extensor side of the PIP joint."""
    return story.lesion(LesionKind.CALCINOSIS, f"{hand}.{digit}.{phalanx}", Aspect.DORSAL, Location.PIP)
