"""The ACR/EULAR 2013 classification criteria of systemic sclerosis: for classification, not diagnosis.

Van den Hoogen et al., Ann Rheum Dis 2013;72:1747-55, doi:10.1136/annrheumdis-2013-204424: items count if ever present,
the score is the sum of the greatest weight of each group, and 9 points or more classify as definite. Thick skin of the
fingers of both hands that reaches above the MCP joints weighs 9 and is sufficient alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssc_hand.domain.background_terms import AntibodyResult
from ssc_hand.domain.fields import EVER_PRESENT, field_of
from ssc_hand.domain.records import Patient
from ssc_hand.i18n import N_, _

#: From this sum of points on the criteria are met.
DEFINITE = 9
_SUFFICIENT = "ever_proximal_skin"
_ANTIBODY_WEIGHT = 3
#: Antibodies that the criteria know; ANA is none of them.
_ANTIBODIES = ("anticentromere", "anti_scl70", "anti_rna_pol3")


@dataclass(frozen=True, slots=True)
class _Group:
    """Items of which only the one of the greatest weight counts."""

    label: str
    weights: Mapping[str, int]
    of_the_hand: bool = False

    def points(self, patient: Patient) -> int | None:
        """The weight of the group; None where an item that could raise it was not recorded."""
        answers = {key: getattr(patient, key) for key in self.weights}
        found = max((self.weights[key] for key, answer in answers.items() if answer), default=0)
        is_open = any(answer is None and self.weights[key] > found for key, answer in answers.items())
        return None if is_open else found

    def so_far(self, patient: Patient) -> int:
        """The greatest weight of the items that are known to have been present."""
        return max((weight for key, weight in self.weights.items() if getattr(patient, key)), default=0)


_GROUPS = (
    _Group(N_("thick skin above the MCP joints"), {_SUFFICIENT: DEFINITE}, of_the_hand=True),
    _Group(N_("skin of the fingers"), {"ever_puffy": 2, "ever_sclerodactyly": 4}, of_the_hand=True),
    _Group(N_("fingertip lesions"), {"ever_tip_ulcers": 2, "ever_pitting_scars": 3}, of_the_hand=True),
    _Group(N_("telangiectasia"), {"ever_telangiectasia": 2}),
    _Group(N_("nailfold capillaries"), {"ever_capillaries": 2}, of_the_hand=True),
    _Group(N_("lung"), {"ever_pah": 2, "ever_ild": 2}),
    _Group(N_("Raynaud's phenomenon"), {"ever_raynaud": 3}, of_the_hand=True),
)
_ANTIBODY_GROUP = N_("antibodies")


@dataclass(frozen=True, slots=True)
class Classification:
    """How far the criteria are answered, and with how many points."""

    #: The sum of all groups; None until every group is answered.
    total: int | None
    #: The sum of what the hand shows by itself and is known so far.
    hand_items: int
    #: Whether the one item that is sufficient alone is present.
    is_sufficient: bool
    #: The groups that are not answered, in words.
    missing: tuple[str, ...]

    @property
    def is_definite(self) -> bool:
        """Whether the criteria are met, whatever is still missing."""
        return self.is_sufficient or (self.total is not None and self.total >= DEFINITE)


def classification(patient: Patient) -> Classification:
    """The points of a patient from the items ever present and the antibodies."""
    answered = {group.label: group.points(patient) for group in _GROUPS}
    answered[_ANTIBODY_GROUP] = _antibody_points(patient)
    missing = tuple(_(label) for label, points in answered.items() if points is None)
    return Classification(
        total=None if missing else sum(points or 0 for points in answered.values()),
        hand_items=sum(group.so_far(patient) for group in _GROUPS if group.of_the_hand),
        is_sufficient=bool(getattr(patient, _SUFFICIENT)),
        missing=missing,
    )


def _antibody_points(patient: Patient) -> int | None:
    """Three points for any that is positive; an antibody that was not tested leaves the group open."""
    results = [getattr(patient, key) for key in _ANTIBODIES]
    if AntibodyResult.POSITIVE in results:
        return _ANTIBODY_WEIGHT
    return 0 if all(result is AntibodyResult.NEGATIVE for result in results) else None


def classification_words(patient: Patient) -> str:
    """One sentence for screen and paper: a total, or the hand items so far and what is missing."""
    found = classification(patient)
    if not has_answers(patient):
        text = _("not recorded")
    elif found.is_sufficient:
        text = _("met (at least {n} points): {item} is sufficient alone").format(
            n=DEFINITE, item=field_of(EVER_PRESENT, _SUFFICIENT).name.lower().replace("mcp", "MCP")
        )
    elif found.total is not None:
        verdict = _("met") if found.is_definite else _("not met")
        text = _("{total} points, {verdict} (definite from {n})").format(total=found.total, verdict=verdict, n=DEFINITE)
    else:
        text = _("hand items so far {n} points; no total before these are answered: {missing}").format(
            n=found.hand_items, missing=", ".join(found.missing)
        )
    return _("ACR/EULAR 2013, for classification, not diagnosis: {text}.").format(text=text)


def has_answers(patient: Patient) -> bool:
    """Whether anything that the criteria ask for was recorded."""
    keys = (*(field.key for field in EVER_PRESENT), *_ANTIBODIES)
    return any(getattr(patient, key) is not None for key in keys)
