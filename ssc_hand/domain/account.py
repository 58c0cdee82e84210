"""The account of a visit: what its protocol asks for, what of it is done, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ssc_hand.domain.amputations import AmputationAt, amputations_at
from ssc_hand.domain.anatomy import Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import is_absent
from ssc_hand.domain.lesions import LesionAt, carried_over
from ssc_hand.domain.path import DigitOrder, Stop
from ssc_hand.domain.records import Observation, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Reason, Status
from ssc_hand.i18n import _, ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Every stop of the path exactly once: done, not done, could not be assessed, or missing."""

    done: tuple[Stop, ...]
    not_done: tuple[Stop, ...]
    not_assessed: tuple[Stop, ...]
    #: Nothing at all is recorded there, in path order.
    missing: tuple[Stop, ...]
    #: Digits that are gone: nothing is asked for there, and nothing is counted.
    absent: tuple[Site, ...]
    #: Lesions of earlier visits that nobody has answered for today.
    to_review: tuple[LesionAt, ...]
    #: How many of those of earlier visits were looked at.
    reviewed: int
    #: How many were recorded as not seen today.
    not_seen: int
    #: Amputations known at the visit before, looked at today or not.
    amputations: tuple[AmputationAt, ...]
    #: Whether somebody said that both hands were looked at for lesions.
    looked_at: bool

    @property
    def total(self) -> int:
        """How many values the path asks for."""
        return len(self.done) + len(self.not_done) + len(self.not_assessed) + len(self.missing)

    @property
    def lesions(self) -> int:
        """How many lesions of earlier visits are to be examined again."""
        return len(self.to_review) + self.reviewed + self.not_seen

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to ask: every stop, lesion and amputation of before answered, hands looked at."""
        waits = self.missing or self.to_review or any(each.is_waiting for each in self.amputations)
        return not waits and self.looked_at

    @property
    def words(self) -> str:
        """In one line: "27 of 30, 2 not done, 1 missing; lesions: 3 of 4 re-examined; hands looked at"."""
        parts = (self.values_words, self.lesion_words, self.amputation_words, self.look_words)
        return "; ".join(part for part in parts if part)

    @property
    def values_words(self) -> str:
        """How many values there are, and why the others are not."""
        parts = [_("{n} of {total}").format(n=len(self.done), total=self.total)]
        if self.not_done:
            parts.append(_("{n} not done").format(n=len(self.not_done)))
        if self.not_assessed:
            parts.append(_("{n} could not be assessed").format(n=len(self.not_assessed)))
        if self.missing:
            parts.append(_("{n} missing").format(n=len(self.missing)))
        return ", ".join(parts)

    @property
    def lesion_words(self) -> str:
        """How many lesions of earlier visits were examined again; empty where there are none."""
        if not self.lesions:
            return ""
        words = _("lesions: {n} of {total} re-examined").format(n=self.reviewed, total=self.lesions)
        return words + (_(", {n} not seen today").format(n=self.not_seen) if self.not_seen else "")

    @property
    def amputation_words(self) -> str:
        """How many amputations were looked at again; empty where the visit before knew none."""
        if not self.amputations:
            return ""
        done = sum(not each.is_waiting for each in self.amputations)
        return _("amputations: {n} of {total} re-examined").format(n=done, total=len(self.amputations))

    @property
    def look_words(self) -> str:
        """Whether the hands were looked at for lesions."""
        return _("hands looked at") if self.looked_at else _("hands not yet looked at for lesions")

    @property
    def details(self) -> tuple[str, ...]:
        """What is missing by name, a line for each measure; then what is not counted, and the lesions to examine."""
        lines = [
            _("{measure}: {sites}").format(
                measure=CATALOGUE[key].name,
                sites=", ".join(stop.site.name for stop in self.missing if stop.measure_key == key),
            )
            if CATALOGUE[key].scope is not Scope.VISIT
            else CATALOGUE[key].name
            for key in dict.fromkeys(stop.measure_key for stop in self.missing)
        ]
        if lines:
            lines.insert(0, _("Missing:"))
        if waiting := [each.site.name for each in self.amputations if each.is_waiting]:
            lines.append(_("Amputations not re-examined: {sites}").format(sites=", ".join(waiting)))
        if self.absent:
            lines.append(_("Not counted, gone: {sites}").format(sites=", ".join(site.name for site in self.absent)))
        if self.to_review:
            names = ", ".join(
                _("{letter} ({site})").format(letter=each.lesion.letter, site=each.lesion.site.of_digit.name)
                for each in self.to_review
            )
            lines.append(
                ngettext(
                    "Lesion not re-examined: {names}", "Lesions not re-examined: {names}", len(self.to_review)
                ).format(names=names)
            )
        return tuple(lines)


def account(record: PatientRecord, visit: Visit, path: Sequence[Stop]) -> Account:
    """The account of a visit along its path (`path.stops`, which leaves out digits that are gone)."""
    by_place = _by_place(visit)
    sorted_out: dict[str, list[Stop]] = {"done": [], "not_done": [], "not_assessed": [], "missing": []}
    for stop in path:
        sorted_out[_standing(by_place.get((stop.site, stop.measure_key), ()))].append(stop)
    carried = carried_over(record, visit)
    has_digits = any(stop.measure.scope is Scope.DIGIT for stop in path)
    return Account(
        **{kind: tuple(found) for kind, found in sorted_out.items()},
        absent=tuple(s for s in DigitOrder().digits if has_digits and is_absent(record, visit, s)),
        to_review=tuple(each for each in carried if each.status is Status.NOT_REEXAMINED),
        reviewed=sum(each.was_examined for each in carried),
        not_seen=sum(each.status is Status.NOT_SEEN for each in carried),
        amputations=amputations_at(record, visit),
        looked_at=visit.lesions_reviewed is True,
    )


def _by_place(visit: Visit) -> dict[tuple[Site, str], list[Observation]]:
    found: dict[tuple[Site, str], list[Observation]] = {}
    for (site, key, _repeat), seen in visit.observations.items():
        found.setdefault((site, key), []).append(seen)
    return found


def _standing(seen: Iterable[Observation]) -> str:
    """A value counts before a reason, and a reason of substance before "not done"."""
    reasons = [each.reason for each in seen]
    if not reasons:
        return "missing"
    if None in reasons:
        return "done"
    return "not_done" if all(reason is Reason.NOT_DONE for reason in reasons) else "not_assessed"
