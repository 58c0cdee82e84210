"""What examiners write, in plain clinical English; the demo's own words, so they are never translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ssc_hand.domain.vocabulary import RefillSite
from ssc_hand.tasks.demo.dice import Dice

T = TypeVar("T")

EXAMINERS = (
    ("Dr L. Ferrer", "rheumatologist"),
    ("Dr N. Okafor", "hand surgeon"),
    ("R. Lindqvist", "specialist nurse"),
)
CAMERA = "thermal camera, room 3"
THERMOMETER = "infrared thermometer, clinic set 2"

_VASODILATORS = (
    "nifedipine 30 mg, 07:00 today",
    "amlodipine 5 mg, yesterday evening",
    "sildenafil 20 mg, 08:00 today",
    "none in the last 24 h",
)
_SMOKE = ("never smoked", "never smoked", "stopped years ago", "yesterday evening")
_CAFFEINE = ("none today", "coffee at 07:30", "tea with breakfast", "none today")
_REASONS = (
    "Painful fingers in the cold; hands stiff in the morning.",
    "Colour changes several times a day; trouble with buttons and jar lids.",
    "Sore fingertips, worse at night; drops small things.",
    "Planned review of both hands.",
)
_NO_NEW = ("None noticed.", "No new sores since the last visit.", "None, by the patient's own account.")
_NEW = (
    "A new sore appeared about three weeks ago after a cold week.",
    "One new sore, opened after a small knock on the knuckle.",
    "A fingertip broke down again in the past month.",
)
_QUIET_PLAN = (
    "Continue present treatment. Hand exercises and paraffin wax twice a week; gloves below 15 °C.",
    "No change of medicines. Keep hands warm, moisturise twice a day.",
    "Continue calcium-channel blocker; home programme for finger stretching.",
)
_ULCER_PLAN = (
    "Non-adherent dressing every second day, analgesia before dressing changes. Return if redness or pus appears.",
    "Hydrocolloid dressing, changed by the district nurse. Avoid pressure on the sore finger.",
    "Dressings continued; discuss iloprost if there is no progress by the next visit.",
)
INFECTED_PLAN = (
    "Swab taken, oral antibiotic for 7 days, dressing daily. Phone call in 2 days; come at once with fever or "
    "spreading redness."
)


@dataclass(frozen=True, slots=True)
class Habits:
    """Conditions that stay the same for a patient, so that visits can be compared."""

    device: str
    refill_site: RefillSite
    vasodilator: str
    smoke: str
    caffeine: str


def habits(dice: Dice) -> Habits:
    """One patient's usual conditions."""
    return Habits(
        device=dice.pick((CAMERA, CAMERA, THERMOMETER)),
        refill_site=dice.pick((RefillSite.PULP, RefillSite.PULP, RefillSite.NAIL_BED)),
        vasodilator=dice.pick(_VASODILATORS),
        smoke=dice.pick(_SMOKE),
        caffeine=dice.pick(_CAFFEINE),
    )


def mostly(dice: Dice, usual: T, others: Sequence[T]) -> T:
    """The usual thing, and now and then another: most visits can be compared, some only with care."""
    return dice.pick(others) if dice.chance(0.15) else usual


def conditions(dice: Dice, usual: Habits) -> dict[str, object]:
    """Fields of a visit that say how it was measured and by whom."""
    examiner, role = dice.pick(EXAMINERS)
    return {
        "examiner": examiner,
        "examiner_role": role,
        "device": usual.device,
        "refill_site": usual.refill_site,
        "last_vasodilator": usual.vasodilator,
        "smoke": usual.smoke,
        "caffeine": mostly(dice, usual.caffeine, _CAFFEINE),
    }


def reason(dice: Dice) -> str:
    """Why the patient comes."""
    return dice.pick(_REASONS)


def ulcer_history(dice: Dice, new: int) -> str:
    """What the patient tells of ulcers since the last visit."""
    return dice.pick(_NEW) if new else dice.pick(_NO_NEW)


def findings(still_open: int, healed: int, infected: int) -> str:
    """The examiner's summary of what the lesions show."""
    parts = [_count(still_open)]
    if healed:
        parts.append("One ulcer has healed." if healed == 1 else f"{healed} ulcers have healed.")
    if infected:
        parts.append("One ulcer is red, swollen and discharging pus.")
    parts.append("Skin of the fingers thickened; fists not quite closed." if still_open else "Pulps soft, skin intact.")
    return " ".join(parts)


def _count(number: int) -> str:
    if number == 0:
        return "No open ulcer."
    return "One open ulcer." if number == 1 else f"{number} open ulcers."


def plan(dice: Dice, still_open: int, infected: int) -> str:
    """What is to happen."""
    if infected:
        return INFECTED_PLAN
    return dice.pick(_ULCER_PLAN) if still_open else dice.pick(_QUIET_PLAN)
