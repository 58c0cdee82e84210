"""Reads the lesions of one patient out of the visits that tell of them: identity once, a state per visit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.checks import check_lesion, check_lesion_state
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import LESION, LESION_STATE
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.records import Lesion, LesionState, Patient, PatientRecord, Visit, letter_after, letter_number
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.exchange.given import Ids, as_key, is_id, keys, mapping, values
from ssc_hand.exchange.places import within
from ssc_hand.i18n import _

_PLACE_KEYS = frozenset({"letter", "site", "aspect", "x", "y", "follows"})
_LESION_KEYS = keys(LESION) | keys(LESION_STATE) | _PLACE_KEYS | {"id"}
_LETTER = re.compile(r"[A-Z]{1,3}")


class LesionReader:
    """Collects what the visits of one patient, oldest first, tell of each lesion."""

    def __init__(self, ids: Ids, patient: Patient, today: date) -> None:
        self._ids = ids
        self._patient = patient
        self._today = today
        #: By the id in the file, in the order of first mention.
        self._identities: dict[str, dict[str, Any]] = {}
        self._new_ids: dict[str, str] = {}
        self._states: dict[str, dict[str, LesionState]] = {}
        self._places: dict[str, tuple[str, str]] = {}

    def meet(self, visit: Visit, entries: list[Any], *, place: str) -> None:
        """Take in what one visit says of lesions."""
        states = self._states.setdefault(visit.id, {})
        for count, each in enumerate(entries, start=1):
            here = _("lesion {n}").format(n=count)
            with within(place), within(here):
                entry = mapping(each, _LESION_KEYS)
                name = self._name(entry)
                if name not in self._identities:
                    self._places[name] = (place, here)
                self._identify(name, entry)
                own_id = self._new_ids[name]
                if own_id in states:
                    raise Refused(_("The id {id} is used twice at one visit.").format(id=name))
                states[own_id] = self._state(name, entry)

    def _name(self, entry: Mapping[str, Any]) -> str:
        name = str(entry.get("id"))
        if not is_id(entry.get("id")):
            raise Refused(_("A lesion needs an “id”, a short text that it keeps at every visit."))
        if name not in self._new_ids:
            self._new_ids[name] = self._ids.take(name)
        return name

    def _identify(self, name: str, entry: Mapping[str, Any]) -> None:
        """Add to what is known of a lesion; every visit must tell the same of it."""
        known = self._identities.setdefault(name, {})
        for key, value in self._identity(entry, is_first=not known).items():
            if value is None:
                continue
            if known.setdefault(key, value) != value:
                raise Refused(
                    _("“{key}” of lesion {id} differs from an earlier visit; a lesion keeps it for life.").format(
                        key=key, id=name
                    )
                )

    def _identity(self, entry: Mapping[str, Any], *, is_first: bool) -> dict[str, Any]:
        # Said at the first visit, the kind need not be said again.
        is_said = is_first or entry.get("kind") is not None
        found = values(LESION, entry if is_said else {**entry, "kind": LesionKind.OTHER.value})
        if not is_said:
            found["kind"] = None
        for key in ("site", "aspect"):
            if is_first and entry.get(key) is None:
                raise Refused(_("“{key}” is missing.").format(key=key))
        site, aspect = entry.get("site"), entry.get("aspect")
        found["site"] = None if site is None else parse_site(site)
        found["aspect"] = None if aspect is None else _aspect(aspect)
        return found | {
            "x": _fraction(entry, "x"),
            "y": _fraction(entry, "y"),
            "letter": _letter(entry.get("letter")),
            "follows": _follows(entry.get("follows")),
        }

    def _state(self, name: str, entry: Mapping[str, Any]) -> LesionState:
        state = LesionState(lesion_id=self._new_ids[name], **values(LESION_STATE, entry))
        check_lesion_state(state, self._lesion(name, "A"), self._patient, self._today)
        return state

    def _lesion(self, name: str, letter: str) -> Lesion:
        known = {key: value for key, value in self._identities[name].items() if key not in ("letter", "follows")}
        follows = self._identities[name].get("follows")
        return Lesion(
            id=self._new_ids[name],
            patient_id=self._patient.id,
            letter=letter,
            follows=None if follows is None else self._new_ids.get(follows, follows),
            **known,
        )

    def id_of(self, name: object) -> str:
        """The id of a lesion that a visit told of; raises `Refused` for any other."""
        if not isinstance(name, str) or name not in self._new_ids:
            raise Refused(_("“lesion” names no lesion of this patient."))
        return self._new_ids[name]

    def lesions(self) -> tuple[Lesion, ...]:
        """The lesions by letter; one that came without gets the next free one."""
        taken: dict[str, str] = {}
        found = []
        for name, known in self._identities.items():
            place, here = self._places[name]
            with within(place), within(here):
                letter = known.get("letter")
                if letter in taken:
                    raise Refused(_("The letter {letter} belongs to another lesion.").format(letter=letter))
                if letter is not None:
                    taken[letter] = name
                self._check_follows(name, known.get("follows"))
        for name, known in self._identities.items():
            letter = known.get("letter") or letter_after(taken)
            taken[letter] = name
            lesion = self._lesion(name, letter)
            place, here = self._places[name]
            with within(place), within(here):
                check_lesion(lesion, self._patient, self._today)
            found.append(lesion)
        return tuple(sorted(found, key=lambda lesion: letter_number(lesion.letter)))

    def _check_follows(self, name: str, follows: object) -> None:
        if follows is None:
            return
        if follows == name or follows not in self._new_ids:
            raise Refused(_("“follows” names no other lesion of this patient."))

    def with_states(self, record: PatientRecord) -> PatientRecord:
        """The record with the states in its visits, oldest first.

        "Not re-examined" is not stored where it follows from the earlier visits by itself.
        """
        for visit in record.visits:
            states = self._states.get(visit.id, {})
            spoken = {own_id: state for own_id, state in states.items() if state != _not_reexamined(own_id)}
            record = record.with_visit(replace(visit, states=MappingProxyType(spoken)))
            known = {found.lesion.id for found in lesions_at(record, record.visit(visit.id))}
            unknown = {own_id: state for own_id, state in states.items() if own_id not in known}
            if unknown:
                record = record.with_visit(replace(visit, states=MappingProxyType(spoken | unknown)))
        return record


def _not_reexamined(lesion_id: str) -> LesionState:
    return LesionState(lesion_id=lesion_id, status=Status.NOT_REEXAMINED)


def _aspect(given: object) -> Aspect:
    word = as_key(given)
    for aspect in Aspect:
        if word == aspect.value:
            return aspect
    raise Refused(
        _("“{text}” is not one of: {known}.").format(
            text=str(given)[:40], known=", ".join(each.value for each in Aspect)
        )
    )


def _fraction(entry: Mapping[str, Any], key: str) -> float | None:
    given = entry.get(key)
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise Refused(_("“{key}” is a number from 0 to 1.").format(key=key))
    return float(given)


def _follows(given: object) -> str | None:
    if given is not None and not is_id(given):
        raise Refused(_("“follows” is the id of another lesion."))
    return None if given is None else str(given)


def _letter(given: object) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or not _LETTER.fullmatch(given):
        raise Refused(_("A letter of a lesion is A to Z, then AA, AB, and so on."))
    return given
