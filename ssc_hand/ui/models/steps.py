"""Steps: one entry before and after, what a record holds in its place, and how two windows' entries meet."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from ssc_hand.domain.catalogue import BESIDE, CATALOGUE, QUALIFIES
from ssc_hand.domain.desk import EntryPlace
from ssc_hand.domain.fields import LESION, LESION_STATE, PHOTOGRAPH, VISIT, Field, field_of
from ssc_hand.domain.photographs import Photograph, subject_words
from ssc_hand.domain.records import Key, Lesion, LesionState, Observation, PatientRecord, Stamp, Visit
from ssc_hand.i18n import _

#: What an entry is about.
EntrySlot = EntryPlace


@dataclass(frozen=True, slots=True)
class Step:
    """One entry before and after; None is "not recorded"."""

    slot: EntrySlot
    before: Any
    after: Any

    @property
    def back(self) -> Step:
        """The step that takes this one back."""
        return Step(self.slot, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Clash:
    """An entry that was not written, because another window had written the same before; it waits for a decision."""

    #: From what the file holds to what was entered here.
    step: Step
    #: What it is about, for people: "Capillary refill, right ring".
    name: str
    mine: str
    theirs: str
    #: Who wrote it there and when; empty and None where it was cleared.
    by: str
    at: datetime | None


def is_of_lesions(slots: frozenset[EntrySlot] | None) -> bool:
    """Whether nothing but lesions and how they were found changed: what was measured stands as it did."""
    return slots is not None and all(what in ("lesion", "state") for what, _key in slots)


def values_only(slots: frozenset[EntrySlot] | None) -> frozenset[Key] | None:
    """The keys of the values that changed, where nothing but values of digits and hands did; else None: anything.

    A value of the whole visit, such as the temperature of the room, is looked at by the warnings of all others. How an
    amputation was found stands among the lesions.
    """
    if slots is None or not all(what == "observation" and key[0].hand for what, key in slots):
        return None
    if any(key[1] in BESIDE and key[1] not in QUALIFIES for _what, key in slots):
        return None
    found = {key for _what, key in slots}
    return frozenset(found | {(site, QUALIFIES[key], 1) for site, key, _repeat in found if key in QUALIFIES})


def held(record: PatientRecord, visit: Visit, slot: EntrySlot) -> Any:
    """What a record holds in a slot; None is "not recorded"."""
    what, key = slot
    if what == "visit":
        return getattr(visit, key)
    if what == "observation":
        return visit.observations.get(key)
    if what == "state":
        return visit.states.get(key)
    found = record.photographs if what == "photograph" else record.lesions
    return next((each for each in found if each.id == key), None)


def differing(old: tuple[PatientRecord, Visit], new: tuple[PatientRecord, Visit]) -> set[EntrySlot]:
    """The slots in which two readings of the same visit say different things."""
    slots: set[EntrySlot] = {("visit", field.key) for field in VISIT}
    for record, visit in (old, new):
        slots |= {("observation", key) for key in visit.observations}
        slots |= {("state", key) for key in visit.states}
        slots |= {("lesion", lesion.id) for lesion in record.lesions}
        slots |= {("photograph", each.id) for each in record.photographs}
    return {slot for slot in slots if held(*old, slot) != held(*new, slot)}


def rebased(step: Step, stored: Any) -> tuple[Step, bool]:
    """The step on top of what the file holds now, and whether both have written the same thing differently.

    Two windows that changed different fields of one lesion, or of its state, have not.
    """
    if stored == step.before:
        return Step(step.slot, stored, step.after), False
    if not all(isinstance(each, Lesion | LesionState | Photograph) for each in (step.before, stored, step.after)):
        return Step(step.slot, stored, step.after), stored != step.after
    mine = {each.name for each in fields(step.after) if _differs(each.name, step.before, step.after)}
    both = {name for name in mine if _differs(name, step.before, stored) and _differs(name, step.after, stored)}
    changed: dict[str, Any] = {name: getattr(step.after, name) for name in mine}
    return Step(step.slot, stored, replace(stored, **changed)), bool(both)


def _differs(name: str, one: Any, other: Any) -> bool:
    return name != "stamp" and getattr(one, name) != getattr(other, name)


def clash_of(step: Step, record: PatientRecord, visit: Visit) -> Clash:
    """The step in words, beside what the file holds."""
    stamp = visit.stamp if step.slot[0] == "visit" else getattr(step.before, "stamp", None)
    known = stamp if isinstance(stamp, Stamp) else None
    name, mine, theirs = _in_words(step, record)
    return Clash(step, name, mine, theirs, known.by if known else "", known.at.astimezone() if known else None)


def _in_words(step: Step, record: PatientRecord) -> tuple[str, str, str]:
    what, key = step.slot
    if what == "observation":
        site, measure, _repeat = key
        name = f"{CATALOGUE[measure].name}, {site.name}"
        return name, _reading(step.after), _reading(step.before)
    if what == "visit":
        field = field_of(VISIT, key)
        return field.name, _value(field, step.after), _value(field, step.before)
    if what == "photograph":
        return _photograph_in_words(step, record)
    table, letter = (LESION_STATE, _letter(record, key)) if what == "state" else (LESION, _letter(record, key))
    name = _("Lesion {letter}").format(letter=letter)
    told = [field for field in table if _says_different(field, step)]
    if len(told) == 1 and step.before is not None and step.after is not None:
        name = f"{name}, {told[0].name}"
        key = told[0].key
        return name, _value(told[0], getattr(step.after, key)), _value(told[0], getattr(step.before, key))
    return name, _facts(told, step.after), _facts(told, step.before)


def _photograph_in_words(step: Step, record: PatientRecord) -> tuple[str, str, str]:
    name = _("Photograph of {what}").format(what=subject_words(record, step.after or step.before))
    told = [field for field in PHOTOGRAPH if _says_different(field, step)]
    return name, _facts(told, step.after), _facts(told, step.before)


def _says_different(field: Field, step: Step) -> bool:
    return bool(getattr(step.before, field.key, None) != getattr(step.after, field.key, None))


def _letter(record: PatientRecord, lesion_id: str) -> str:
    return next((lesion.letter for lesion in record.lesions if lesion.id == lesion_id), "")


def _reading(seen: Observation | None) -> str:
    if seen is None:
        return _("not recorded")
    if seen.value is None:
        return seen.absence_words
    return CATALOGUE[seen.measure].text(seen.value)


def _value(field: Field, value: Any) -> str:
    return field.format(value) if value not in (None, "") else _("not recorded")


def _facts(told: list[Field], found: Any) -> str:
    if found is None:
        return _("withdrawn")
    return ", ".join(f"{field.name} {_value(field, getattr(found, field.key))}" for field in told) or _("moved")
