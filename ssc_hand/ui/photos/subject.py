"""What a picture is attached to: a lesion, a hand, or the visit as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssc_hand.domain.anatomy import HANDS, VISIT, Site
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.photographs import Photograph
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True)
class Subject:
    """A lesion by its id, or a hand, or the whole visit."""

    site: Site = VISIT
    lesion_id: str | None = None


def subject_of(photograph: Photograph) -> Subject:
    """What a photograph shows."""
    return Subject(photograph.site, photograph.lesion_id)


def subject_at(sites: Sequence[Site]) -> Subject:
    """The hand on which the chosen places lie; the whole visit where none or both are meant."""
    hands = {site.of_hand for site in sites if site.hand}
    return Subject(hands.pop()) if len(hands) == 1 else Subject()


def subjects_at(record: PatientRecord, visit: Visit) -> list[tuple[Subject, str]]:
    """What can be photographed at a visit, each in words: its lesions, both hands, the whole."""
    lesions = [
        (
            Subject(lesion_id=each.lesion.id),
            _("Lesion {letter}: {kind}, {site}").format(
                letter=each.lesion.letter, kind=each.lesion.kind.label, site=each.lesion.site.name
            ),
        )
        for each in lesions_at(record, visit)
    ]
    hands = [(Subject(hand), hand.name) for hand in HANDS]
    return [*lesions, *hands, (Subject(), VISIT.name)]
