"""The records and settings of the demo clinic, from a seed."""

from __future__ import annotations

from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.domain.records import PatientRecord
from ssc_hand.tasks.demo.background import with_background
from ssc_hand.tasks.demo.hard_cases import hard_records
from ssc_hand.tasks.demo.protocol import with_trial_protocol
from ssc_hand.tasks.demo.trial import trial_records

#: The seed of the demo clinic that everybody gets.
SEED = 20


def demo_records(seed: int = SEED) -> list[PatientRecord]:
    """All patients of the demo clinic: the same seed gives the same records, ids included."""
    trial = [with_trial_protocol(each, seed, number) for number, each in enumerate(trial_records(seed), start=1)]
    told = [*trial, *hard_records(seed, first_number=len(trial) + 1)]
    return [with_background(record, seed) for record in told]


#: The demo clinic's own protocol: thirty values of the digits and what they need beside them.
BEDSIDE = own_protocol(
    "bedside",
    "Both hands at the bedside",
    ("room_temp", "acclimatisation", "hand_pain_now", "pain", "skin_temp", "dorsum_temp", "crt"),
    refill_once=True,
)


def demo_settings() -> ClinicSettings:
    """How the demo clinic calls itself; its purpose labels every page and print as synthetic."""
    return ClinicSettings(
        name="Demo clinic (synthetic patients)",
        telephone="+00 000 000 000",
        address="1 Example Street\nNowhere",
        purpose=Purpose.DEMO,
        protocol=BEDSIDE.key,
        own_protocols=write_own((BEDSIDE,)),
    )
