"""CATALOGUE: the vocabulary itself. The file to edit for a new measure, with those of `domain/entries` behind it.

Ranges and limits come from the clinical reference of the project; each entry names its source where one exists.
"""

from __future__ import annotations

from ssc_hand.domain.anatomy import Scope
from ssc_hand.domain.entries import flow, movement, nailfold, scores, sensation, skin
from ssc_hand.domain.kinds import Choice, Flag, HistoryDate, Number
from ssc_hand.domain.measures import (
    Catalogue,
    Direction,
    Group,
    Limit,
    MeaningfulChange,
    Measure,
    NoLimit,
    Person,
)
from ssc_hand.domain.vocabulary import AmputationCheck, Colour, RefillSite, Sex, Term
from ssc_hand.i18n import N_, _

_SCHRIGER = "Schriger & Baraff 1988, Ann Emerg Med 17:932-5, doi:10.1016/s0196-0644(88)80675-9"
_SALAFFI = "Salaffi 2004, Eur J Pain 8:283-91, doi:10.1016/j.ejpain.2003.09.004 (musculoskeletal pain)"
_KHANNA = "Khanna 2010, Ann Rheum Dis 69:588-91, doi:10.1136/ard.2009.107706 (14-15 on 0-100)"


def refill_limit(person: Person) -> Limit | NoLimit:
    """The published upper limit (95th centile) of capillary refill for sex and age, in seconds.

    Source: Schriger & Baraff 1988, healthy people; there is no norm for systemic sclerosis. The limit of older
    adults applies only from the age that the clinic has set.
    """
    if person.age is None:
        return NoLimit(_("no limit: birth date not recorded"))
    if person.age < 18:
        return NoLimit(_("no limit under 18 years"))
    if person.sex not in (Sex.FEMALE, Sex.MALE):
        return NoLimit(_("no limit: published for women and men only, sex not recorded as either"))
    if person.older_from is not None and person.age >= person.older_from:
        return Limit(value=4.5, population=_("healthy older adults; no SSc norm"), source=_SCHRIGER)
    if person.sex is Sex.MALE:
        return Limit(value=2.0, population=_("healthy adult men; no SSc norm"), source=_SCHRIGER)
    return Limit(value=2.9, population=_("healthy adult women; no SSc norm"), source=_SCHRIGER)


_SCORE = Number(hard=(0, 10), soft=None, decimals=0)


def _beside(key: str, label: str, short: str, group: Group, terms: type[Term]) -> Measure:
    """A word that is said beside another finding of a digit."""
    return Measure(
        key=key,
        label=label,
        short=short,
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=group,
        kind=Choice(terms),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    )


_BESIDE = (
    _beside("refill_place", N_("Refill of this digit pressed at"), N_("Refill at"), Group.FLOW, RefillSite),
    _beside("amputation_check", N_("Amputation looked at again"), N_("Amputation"), Group.LOOK, AmputationCheck),
)

CATALOGUE = Catalogue(
    Measure(
        key="crt",
        label=N_("Capillary refill"),
        short=N_("Refill"),
        unit="s",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.FLOW,
        kind=Number(hard=(0, 30), soft=(0, 10), decimals=1, beyond=N_("no refill within {n} s")),
        worse=Direction.HIGHER,
        repeats=3,
        limit=refill_limit,
        change=None,
        shades=(0, 10),
        derived=False,
        note=N_("press 5 s, hand at heart level, room 20-25 °C"),
    ),
    Measure(
        key="skin_temp",
        label=N_("Skin temperature"),
        short=N_("Temp."),
        unit="°C",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.TEMPERATURE,
        kind=Number(hard=(5, 45), soft=(15, 38), decimals=1),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=(18, 36),
        derived=False,
        note=N_("finger pulp, after acclimatisation"),
    ),
    Measure(
        key="pain",
        label=N_("Pain now"),
        short=N_("Pain"),
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.PAIN,
        kind=_SCORE,
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=(0, 10),
        derived=False,
        note=N_("numeric rating per digit; not a validated instrument"),
    ),
    Measure(
        key="ddd",
        label=N_("Distal-dorsal difference"),
        short=N_("Dist.-dors."),
        unit="°C",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.TEMPERATURE,
        kind=Number(hard=(-40, 40), soft=None, decimals=1),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=(-6, 6),
        derived=True,
        note=N_("negative: finger colder than the back of the hand"),
    ),
    Measure(
        key="colour",
        label=N_("Colour now"),
        short=N_("Colour"),
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.LOOK,
        kind=Choice(Colour),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="ischaemia",
        label=N_("Critical ischaemia"),
        short=N_("Crit. isch."),
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.LOOK,
        kind=Flag(),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="ischaemia_since",
        label=N_("Critical ischaemia since"),
        short=N_("Isch. since"),
        unit="",
        scope=Scope.DIGIT,
        digits=None,
        group=Group.LOOK,
        kind=HistoryDate(),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="dorsum_temp",
        label=N_("Temperature of the back of the hand"),
        short=N_("Dorsum temp."),
        unit="°C",
        scope=Scope.HAND,
        digits=None,
        group=Group.TEMPERATURE,
        kind=Number(hard=(15, 45), soft=(25, 38), decimals=1),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="hand_pain_now",
        label=N_("Pain of the hand, now"),
        short=N_("Pain now"),
        unit="",
        scope=Scope.HAND,
        digits=None,
        group=Group.PAIN,
        kind=_SCORE,
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=MeaningfulChange(amount=1, source=_SALAFFI),
        shades=None,
        derived=False,
        note=N_("numeric rating, recall: now"),
    ),
    Measure(
        key="hand_pain_week",
        label=N_("Pain of the hand, worst in 7 days"),
        short=N_("Pain worst 7 d"),
        unit="",
        scope=Scope.HAND,
        digits=None,
        group=Group.PAIN,
        kind=_SCORE,
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=MeaningfulChange(amount=1, source=_SALAFFI),
        shades=None,
        derived=False,
        note=N_("numeric rating, recall: worst in the last 7 days"),
    ),
    Measure(
        key="grip_strength",
        label=N_("Grip strength"),
        short=N_("Grip"),
        unit="kg",
        scope=Scope.HAND,
        digits=None,
        group=Group.STRENGTH,
        kind=Number(hard=(0, 100), soft=(0, 60), decimals=1),
        worse=Direction.LOWER,
        repeats=3,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("mean of three trials, seated, elbow at 90° (ASHT 2015, doi:10.1186/s12877-017-0625-y)"),
    ),
    Measure(
        key="room_temp",
        label=N_("Room temperature"),
        short=N_("Room"),
        unit="°C",
        scope=Scope.VISIT,
        digits=None,
        group=Group.SURROUNDINGS,
        kind=Number(hard=(10, 40), soft=(18, 32), decimals=1),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="acclimatisation",
        label=N_("Acclimatisation"),
        short=N_("Acclimat."),
        unit="min",
        scope=Scope.VISIT,
        digits=None,
        group=Group.SURROUNDINGS,
        kind=Number(hard=(0, 600), soft=(0, 180), decimals=0),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("minutes seated in the room before the first skin temperature"),
    ),
    Measure(
        key="rcs",
        label=N_("Raynaud Condition Score"),
        short=N_("RCS"),
        unit="",
        scope=Scope.VISIT,
        digits=None,
        group=Group.PAIN,
        kind=Number(hard=(0, 10), soft=None, decimals=1),
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=MeaningfulChange(amount=1.4, source=_KHANNA),
        shades=None,
        derived=False,
        note=N_("mean of the patient's diary"),
    ),
    Measure(
        key="rcs_days",
        label=N_("Days of the Raynaud diary"),
        short=N_("RCS days"),
        unit="d",
        scope=Scope.VISIT,
        digits=None,
        group=Group.PAIN,
        kind=Number(hard=(1, 90), soft=(7, 31), decimals=0),
        worse=Direction.NEITHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note="",
    ),
    Measure(
        key="raynaud_today",
        label=N_("Raynaud today"),
        short=N_("Raynaud today"),
        unit="",
        scope=Scope.VISIT,
        digits=None,
        group=Group.PAIN,
        kind=_SCORE,
        worse=Direction.HIGHER,
        repeats=1,
        limit=None,
        change=None,
        shades=None,
        derived=False,
        note=N_("numeric rating of today; not the Raynaud Condition Score"),
    ),
    *_BESIDE,
    *flow.ENTRIES,
    *sensation.ENTRIES,
    *skin.ENTRIES,
    *movement.ENTRIES,
    *nailfold.ENTRIES,
    *scores.ENTRIES,
)

#: Measures that no visit asks for by themselves: what they say is shown beside something else.
BESIDE = frozenset(measure.key for measure in _BESIDE)
#: Those that qualify a value of the same digit, and the measure of that value.
QUALIFIES = {"refill_place": "crt"}
