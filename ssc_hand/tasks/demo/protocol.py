"""What the trial's protocol asks for beside the ordinary visit: function, skin, volume, saturation, questionnaires.

Levels are invented; they hang together with how cold and slow a hand is, and reproduce no study. The dice are thrown
apart from those of the ordinary visit, so that its values do not depend on these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ssc_hand.domain.anatomy import DIGITS, HANDS, VISIT, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import is_absent, reading
from ssc_hand.domain.protocols import TRIAL
from ssc_hand.domain.records import Observation, PatientRecord, Visit, not_assessed, observation
from ssc_hand.domain.vocabulary import NailfoldPattern, Reason, Sensation
from ssc_hand.tasks.demo.dice import Dice

#: Of every so many patients one had nailfolds photographed and joints measured, at the first visit and the last.
_EVERY = 4


def with_trial_protocol(record: PatientRecord, seed: int, number: int) -> PatientRecord:
    """The record with the measures of the trial at each of its visits."""
    dice = Dice(f"{seed}/protocol/{number}")
    ends = (record.visits[0].id, record.visits[-1].id)
    start = dice.near(4.6, 0.5, 2, 7)
    visits = []
    for visit in record.visits:
        found = [*_whole(dice, record, visit), *_hands(dice, visit, start), *_saturation(dice, record, visit)]
        if number % _EVERY == 1 and visit.id in ends:
            found += [*_joints(dice, record, visit), *_nailfolds(dice, record, visit)]
        visits.append(_with(replace(visit, protocol=TRIAL.key), found))
    return replace(record, visits=tuple(visits))


def _with(visit: Visit, found: list[Observation]) -> Visit:
    for each in found:
        if each.key not in visit.observations:
            visit = visit.with_observation(each)
    return visit


def _trouble(visit: Visit, hand: Site) -> float:
    """How bad a hand is today, from the refill of its digits: about 1 for the middle of the demo's patients."""
    found = [reading(visit, digit, CATALOGUE["crt"]) for digit in DIGITS if digit.hand is hand.hand]
    numbers = [each.number for each in found if each and each.number is not None]
    return min(sum(numbers) / len(numbers) / 2.8, 2.2) if numbers else 1.0


def _whole(dice: Dice, record: PatientRecord, visit: Visit) -> Iterator[Observation]:
    trouble = sum(_trouble(visit, hand) for hand in HANDS) / 2
    yield observation(VISIT, "chfs", round(dice.near(24 * trouble, 5, 0, 85)))
    yield observation(VISIT, "haq_di", round(dice.near(1.0 * trouble, 0.2, 0, 3) * 8) / 8)
    ulcers = any(state.status.value == "active" for state in visit.states.values())
    levels = {"pain": 1.0, "intestinal": 0.5, "breathing": 0.5, "raynaud": 1.4, "ulcers": 1.6 if ulcers else 0.3}
    for line, level in {**levels, "overall": 1.1}.items():
        yield observation(VISIT, f"shaq_{line}", dice.near(level * trouble, 0.25, 0, 3))


def _hands(dice: Dice, visit: Visit, start: float) -> Iterator[Observation]:
    for hand in HANDS:
        trouble = _trouble(visit, hand)
        yield observation(hand, "mrss_fingers", min(3, max(0, round(dice.near(1.5 * trouble, 0.4, 0, 3)))))
        yield observation(hand, "mrss_hand", min(3, max(0, round(dice.near(0.9 * trouble, 0.4, 0, 3)))))
        yield observation(hand, "hand_volume", round(dice.near(330 + 18 * start - 20 * trouble, 4, 200, 700)))
        yield observation(hand, "kapandji", round(dice.near(9.4 - 1.4 * trouble, 0.5, 2, 10)))
        yield observation(hand, "finger_to_palm", dice.near(9.5 - 2.0 * trouble, 0.4, 1, 14))
        for key, level, spread in (("grip_strength", 26 - 6 * trouble, 0.8), ("pinch_strength", 6.4 - trouble, 0.3)):
            for repeat in (1, 2, 3):
                yield observation(hand, key, dice.near(level, spread, 0.5, 29), repeat=repeat)


def _digits(record: PatientRecord, visit: Visit, key: str) -> list[Site]:
    return [site for site in CATALOGUE[key].sites if not is_absent(record, visit, site)]


def _saturation(dice: Dice, record: PatientRecord, visit: Visit) -> Iterator[Observation]:
    for digit in _digits(record, visit, "spo2"):
        refill = visit.observations.get((digit, "crt", 1))
        if refill is not None and refill.reason is Reason.DRESSING:
            yield not_assessed(digit, "spo2", Reason.DRESSING)
        elif dice.chance(0.04):
            yield not_assessed(digit, "spo2", Reason.NO_SIGNAL)
        else:
            yield observation(
                digit, "spo2", round(dice.near(97.5 - 1.5 * _trouble(visit, digit.of_hand), 1.2, 82, 100))
            )


def _joints(dice: Dice, record: PatientRecord, visit: Visit) -> Iterator[Observation]:
    """Angles to five degrees, as a goniometer is read."""
    flexion = {"mcp_flexion": 84, "ip_flexion": 70, "pip_flexion": 98, "dip_flexion": 58}
    deficit = {"mcp_deficit": 2, "ip_deficit": 4, "pip_deficit": 14, "dip_deficit": 6}
    for key, level in {**flexion, **deficit}.items():
        for digit in _digits(record, visit, key):
            trouble = _trouble(visit, digit.of_hand)
            angle = level - 7 * trouble if key in flexion else level * trouble
            yield observation(digit, key, max(0, 5 * round(dice.near(angle, 4, 0, 115) / 5)))
    for digit in _digits(record, visit, "sensation_radial"):
        for side in ("sensation_radial", "sensation_ulnar"):
            word = Sensation.REDUCED if dice.chance(0.12) else Sensation.NORMAL
            yield observation(digit, side, word.value)


def _nailfolds(dice: Dice, record: PatientRecord, visit: Visit) -> Iterator[Observation]:
    for digit in _digits(record, visit, "nvc_pattern"):
        trouble = _trouble(visit, digit.of_hand)
        capillaries = round(dice.near(12 - 3 * trouble, 1.2, 3, 14))
        mega = round(dice.near(1.4 * trouble, 0.9, 0, 7))
        yield observation(digit, "nvc_capillaries", capillaries)
        yield observation(digit, "nvc_density", round(capillaries / 1.57, 1))
        yield observation(digit, "nvc_width", 1.57)
        yield observation(digit, "nvc_mega", mega)
        if mega:
            yield observation(digit, "nvc_diameter", round(dice.near(82, 14, 52, 160)))
        yield observation(digit, "nvc_haemorrhages", round(dice.near(0.8 * trouble, 0.7, 0, 6)))
        yield observation(digit, "nvc_abnormal", value=dice.chance(0.3 * trouble))
        pattern = (
            NailfoldPattern.ACTIVE if mega > 1 else NailfoldPattern.EARLY if mega else NailfoldPattern.NON_SPECIFIC
        )
        yield observation(digit, "nvc_pattern", pattern.value)
