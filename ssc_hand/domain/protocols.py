"""Which measures a visit asks for: quick, full, trial, or a list of the clinic's own.

A protocol never hides what is recorded, and every protocol asks to look at both hands for lesions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol as Shape

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.catalogue import BESIDE, CATALOGUE, QUALIFIES
from ssc_hand.domain.derived import SOURCES
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import Visit
from ssc_hand.domain.text import clean_name
from ssc_hand.i18n import N_, _

#: Own protocols that a clinic can keep; more than that nobody tells apart in a list.
MOST_OWN = 15


def in_examination_order(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys of measures in the order in which a hand is examined: by heading, then as in the catalogue."""
    wanted = set(keys)
    return tuple(key for key in _examination() if key in wanted)


@cache
def _examination() -> tuple[str, ...]:
    return tuple(sorted(CATALOGUE, key=lambda key: CATALOGUE[key].group.order))


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """A named list of measures that a visit asks for."""

    #: Stored with visits; never changes, never reused.
    key: str
    label: str
    #: Keys of measures that are typed in, in the order of the examination.
    measures: tuple[str, ...]
    #: Measures of which one reading is asked although more can be kept.
    once: frozenset[str] = frozenset({"crt"})
    #: Whether the clinic made it; the label is then its own words.
    is_own: bool = False

    @property
    def name(self) -> str:
        """The label in the user's language; of an own protocol as the clinic wrote it."""
        return self.label if self.is_own else _(self.label)

    @property
    def entered(self) -> tuple[Measure, ...]:
        """The measures asked for, in the order of the examination."""
        return tuple(CATALOGUE[key] for key in self.measures)

    def asks(self, measure: Measure) -> bool:
        """Whether the measure is asked for; one that is computed, where all that it needs is."""
        if measure.derived:
            return all(source in self.measures for source in SOURCES[measure.key])
        return measure.key in self.measures

    def readings(self, measure: Measure) -> int:
        """How many readings are asked; up to `measure.repeats` can be kept."""
        return 1 if measure.key in self.once else measure.repeats


def _protocol(key: str, label: str, measures: Iterable[str], *, once: Iterable[str] = ("crt",)) -> Protocol:
    return Protocol(key=key, label=label, measures=in_examination_order(measures), once=frozenset(once))


QUICK = _protocol("quick", N_("Quick"), ("hand_pain_now", "crt"))
FULL = _protocol(
    "full", N_("Full"), (key for key, measure in CATALOGUE.items() if not measure.derived and key not in BESIDE)
)
#: What a person who repeats the trial of fat and ADSVF records at every visit: a proposal of this project.
TRIAL = _protocol(
    "trial",
    N_("Trial"),
    (
        "room_temp", "acclimatisation", "hand_pain_now", "hand_pain_week", "rcs", "rcs_days",
        "chfs", "haq_di", "shaq_pain", "shaq_intestinal", "shaq_breathing", "shaq_raynaud", "shaq_ulcers",
        "shaq_overall", "ischaemia", "ischaemia_since", "skin_temp", "dorsum_temp", "crt", "spo2", "pain",
        "mrss_fingers", "mrss_hand", "hand_volume", "kapandji", "finger_to_palm", "grip_strength", "pinch_strength",
    ),
    once=(),
)  # fmt: skip
BUILT_IN: tuple[Protocol, ...] = (QUICK, FULL, TRIAL)


class Settings(Shape):
    """What of the clinic's settings says which protocols it has."""

    @property
    def protocol(self) -> str | None:
        """The key of the protocol of a visit that names none; None is quick."""

    @property
    def own_protocols(self) -> str | None:
        """The clinic's own protocols as they are stored."""


def protocols_of(settings: Settings) -> tuple[Protocol, ...]:
    """The protocols that a clinic can choose from: those of the program, then its own by name."""
    return (*BUILT_IN, *read_own(settings.own_protocols))


def default_protocol(settings: Settings) -> Protocol:
    """The protocol of a visit that names none; quick where the clinic's own one is gone."""
    return _known(settings).get(settings.protocol or QUICK.key, QUICK)


def protocol_of(visit: Visit | None, settings: Settings) -> Protocol:
    """The protocol of a visit; the clinic's default where the visit names none, or one that is not known here."""
    known = _known(settings)
    found = known.get(visit.protocol or "") if visit else None
    return found or default_protocol(settings)


def _known(settings: Settings) -> dict[str, Protocol]:
    return {each.key: each for each in protocols_of(settings)}


def recorded(visit: Visit) -> frozenset[str]:
    """The keys of the measures of which the visit says anything, those computed from them included."""
    found = {key for _site, key, _repeat in visit.observations}
    return frozenset(found | {key for key, sources in SOURCES.items() if found & set(sources)})


def shown(protocol: Protocol, visit: Visit, scope: Scope) -> tuple[Measure, ...]:
    """The measures of a scope to show at a visit, in the order of the examination.

    Those that the protocol asks for, and whatever is recorded, derived ones included. How an amputation was found
    stands in the list of what is re-examined.
    """
    there = recorded(visit)
    found = (CATALOGUE[key] for key in _examination() if key not in BESIDE or key in QUALIFIES)
    return tuple(m for m in found if m.scope is scope and (m.key in there or protocol.asks(m)))


# -- own protocols ---------------------------------------------------------------------------------------


def own_protocol(key: str, label: str, measures: Iterable[str], *, refill_once: bool) -> Protocol:
    """A protocol as the clinic made it; raises `Refused` for no name, no measure, or a measure that is not known."""
    name = clean_name(label)
    chosen = [CATALOGUE.known(each) for each in measures]
    if not name:
        raise Refused(_("A protocol needs a name."))
    if not chosen:
        raise Refused(_("“{name}” asks for nothing. Tick at least one measure.").format(name=name[:40]))
    if any(measure.derived for measure in chosen):
        raise Refused(_("“{name}” asks for a value that is computed and cannot be entered.").format(name=name[:40]))
    return Protocol(
        key=key,
        label=name,
        measures=in_examination_order(measure.key for measure in chosen),
        once=frozenset({"crt"}) if refill_once else frozenset(),
        is_own=True,
    )


@cache
def read_own(stored: str | None) -> tuple[Protocol, ...]:
    """The clinic's own protocols, by name; raises `Refused` for what cannot be read or was named twice.

    Measures that this program does not know are left out: a newer one may have written them.
    """
    if not stored:
        return ()
    try:
        entries = json.loads(stored)
        read = [found for entry in entries if (found := _read(entry)) is not None]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refused(_("Own protocols: what is stored cannot be read.")) from error
    return check_own(read)


def _read(entry: dict[str, object]) -> Protocol | None:
    measures = entry["measures"]
    if not isinstance(measures, list):
        raise TypeError(measures)
    known = [key for key in measures if key in CATALOGUE]
    if not known:
        return None
    return own_protocol(str(entry["key"]), str(entry["name"]), known, refill_once=bool(entry["refill_once"]))


def check_own(protocols: Iterable[Protocol]) -> tuple[Protocol, ...]:
    """Own protocols by name; raises `Refused` where two have one name or key, or there are too many."""
    found = sorted(protocols, key=lambda each: (each.label.casefold(), each.key))
    if len(found) > MOST_OWN:
        raise Refused(_("At most {n} protocols can be kept.").format(n=MOST_OWN))
    names = [each.name.casefold() for each in (*BUILT_IN, *found)]
    twice = next((each.label for each in found if names.count(each.label.casefold()) > 1), None)
    if twice is not None:
        raise Refused(_("Two protocols are named “{name}”. Give one of them another name.").format(name=twice[:40]))
    if len({each.key for each in (*BUILT_IN, *found)}) != len(BUILT_IN) + len(found):
        raise Refused(_("Own protocols: what is stored cannot be read."))
    return tuple(found)


def write_own(protocols: Iterable[Protocol]) -> str | None:
    """The own protocols as they are stored; raises `Refused` as `check_own` does."""
    checked = check_own(protocols)
    if not checked:
        return None
    entries = [
        {"key": each.key, "name": each.label, "measures": list(each.measures), "refill_once": "crt" in each.once}
        for each in checked
    ]
    return json.dumps(entries, ensure_ascii=False)
