"""Amputations looked at again: known at the visit before, not re-examined until this visit says one word."""

from __future__ import annotations

from dataclasses import dataclass

from ssc_hand.domain.anatomy import DIGITS, Site
from ssc_hand.domain.records import Amputation, Observation, PatientRecord, Visit, observation
from ssc_hand.domain.vocabulary import AmputationCheck
from ssc_hand.i18n import _

#: The measure under which a visit keeps its word, at the digit.
CHECK = "amputation_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmputationOutcome:
    """One answer to "is it as before?"."""

    #: The one key that gives it.
    key: str
    label: str
    check: AmputationCheck

    @property
    def meaning(self) -> str:
        """What its words mean in this program: they say it."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmputationAt:
    """An amputation known at the visit before, and how it was found at this one."""

    amputation: Amputation
    check: AmputationCheck

    @property
    def site(self) -> Site:
        """The digit."""
        return self.amputation.site

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has said anything about it at this visit."""
        return self.check is AmputationCheck.NOT_REEXAMINED


def amputations_at(record: PatientRecord, visit: Visit) -> tuple[AmputationAt, ...]:
    """The amputations that the visit before knew, by digit; not one that a later loss of the same digit replaced."""
    before = record.previous(visit)
    if before is None:
        return ()
    found = ((record.amputation(site, before.day), record.amputation(site, visit.day)) for site in DIGITS)
    return tuple(
        AmputationAt(amputation=then, check=check_at(visit, then.site)) for then, now in found if then and then == now
    )


def to_look_at(record: PatientRecord, visit: Visit) -> tuple[AmputationAt, ...]:
    """The amputations about which nobody has said anything at this visit."""
    return tuple(each for each in amputations_at(record, visit) if each.is_waiting)


def check_at(visit: Visit, site: Site) -> AmputationCheck:
    """What a visit says of the amputation of a digit."""
    said = visit.observations.get((site, CHECK, 1))
    found = said.value if said else None
    return found if isinstance(found, AmputationCheck) else AmputationCheck.NOT_REEXAMINED


def checked(site: Site, check: AmputationCheck) -> Observation:
    """What a visit keeps of an answer."""
    return observation(site, CHECK, check.value)


def outcomes() -> tuple[AmputationOutcome, ...]:
    """The answers, with the keys that mean the same for lesions."""
    changed = _("changed: record what is lost")
    return (
        AmputationOutcome(key="1", label=AmputationCheck.AS_BEFORE.label, check=AmputationCheck.AS_BEFORE),
        AmputationOutcome(key="3", label=changed, check=AmputationCheck.CHANGED),
    )
