"""Where refill may not be pressed at the finger pulp: the lesions of a fingertip, and the offer of the nail bed."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Aspect, Phalanx, Site
from ssc_hand.domain.derived import pressed_at
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Location, RefillSite
from ssc_hand.i18n import _


def fingertip_lesions(record: PatientRecord, visit: Visit, site: Site) -> tuple[LesionAt, ...]:
    """The lesions of one fingertip (pulp or tip) that a visit knows and that have not ended.

    One that nobody has looked at yet today counts: lesions are re-examined after refill.
    """
    return tuple(each for each in lesions_at(record, visit) if each.is_open and _is_at_tip(each, site))


def _is_at_tip(each: LesionAt, site: Site) -> bool:
    lesion = each.lesion
    if lesion.site.of_digit != site.of_digit or site.digit is None:
        return False
    if lesion.kind is LesionKind.CONTRACTURE:
        return False  # a finding of a joint
    is_distal = lesion.site.phalanx is Phalanx.DISTAL
    return lesion.location is Location.TIP or (is_distal and lesion.aspect is Aspect.PALMAR)


def nail_bed_offer(record: PatientRecord, visit: Visit, site: Site) -> str:
    """The sentence that offers the nail bed at a digit; empty where there is no lesion, or it is pressed already."""
    if pressed_at(visit, site) is RefillSite.NAIL_BED:
        return ""
    found = fingertip_lesions(record, visit, site)
    if not found:
        return ""
    names = ", ".join(f"{each.lesion.kind.label} {each.lesion.letter}" for each in found)
    return _("On this fingertip: {lesions}. The nail bed can be pressed instead.").format(lesions=names)
