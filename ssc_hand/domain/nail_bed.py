"""Where refill cannot be pressed at the finger pulp: the lesions of a fingertip, and the offer of the nail bed."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Aspect, Phalanx, Site
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Location, RefillSite, Status
from ssc_hand.i18n import _

_OPEN_ULCER = frozenset({Status.ACTIVE, Status.INDETERMINATE})


def fingertip_lesions(record: PatientRecord, visit: Visit, site: Site) -> tuple[LesionAt, ...]:
    """The open ulcers and the gangrene of one fingertip (pulp or tip) as a visit knows them.

    One that nobody has looked at yet today counts as it was last seen: lesions are re-examined after refill.
    """
    return tuple(each for each in lesions_at(record, visit) if _is_at_tip(each, site) and _hinders(each))


def _is_at_tip(each: LesionAt, site: Site) -> bool:
    lesion = each.lesion
    if lesion.site.of_digit != site.of_digit or site.digit is None:
        return False
    is_distal = lesion.site.phalanx is Phalanx.DISTAL
    return lesion.location is Location.TIP or (is_distal and lesion.aspect is Aspect.PALMAR)


def _hinders(each: LesionAt) -> bool:
    if not each.is_open:
        return False
    if each.lesion.kind is LesionKind.GANGRENE:
        return True
    known = each.state if each.was_examined else each.before
    return each.lesion.kind is LesionKind.ULCER and known is not None and known.status in _OPEN_ULCER


def nail_bed_offer(record: PatientRecord, visit: Visit, site: Site) -> str:
    """The sentence that offers the nail bed at a digit; empty where nothing hinders, or where it is pressed already."""
    if visit.refill_site is RefillSite.NAIL_BED:
        return ""
    found = fingertip_lesions(record, visit, site)
    if not found:
        return ""
    names = ", ".join(f"{each.lesion.kind.label} {each.lesion.letter}" for each in found)
    return _("On this fingertip: {lesions}. The nail bed can be pressed instead.").format(lesions=names)
