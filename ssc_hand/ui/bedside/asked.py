"""What the visits before know and this one asks about again, as the list shows it: lesions, then amputations."""

from __future__ import annotations

from dataclasses import dataclass

from ssc_hand.domain.amputations import AmputationAt, AmputationOutcome, amputations_at, outcomes
from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.lesions import LesionAt, carried_over
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.reexamination import Outcome, outcome_of, outcomes_for
from ssc_hand.domain.vocabulary import Status
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One finding that is to be looked at again."""

    #: What it is called where it is asked about.
    title: str
    #: In two lines: what and where; how it was last, and how it is today.
    line: str
    #: Whether nobody has said anything about it today.
    is_waiting: bool
    outcomes: tuple[Outcome | AmputationOutcome, ...]
    #: The key of the answer that was given; empty where none was.
    said_key: str
    site: Site
    #: What an answer is said about: the letter of a lesion, the name of a digit.
    short: str
    #: Empty for an amputation.
    lesion_id: str = ""


def asked_at(record: PatientRecord, visit: Visit) -> tuple[Asked, ...]:
    """What a visit asks about again, answered or not."""
    lesions = (_lesion(each) for each in carried_over(record, visit))
    return (*lesions, *(_amputation(each) for each in amputations_at(record, visit)))


def _lesion(each: LesionAt) -> Asked:
    lesion, said = each.lesion, outcome_of(each)
    return Asked(
        title=f"{lesion.letter}: {lesion.kind.label}, {lesion.site.name}",
        line=_line_of(each),
        is_waiting=each.status is Status.NOT_REEXAMINED,
        outcomes=outcomes_for(each),
        said_key=said.key if said else "",
        site=lesion.site,
        short=lesion.letter,
        lesion_id=lesion.id,
    )


def _amputation(each: AmputationAt) -> Asked:
    amputation = each.amputation
    return Asked(
        title=_("Amputation, {site}").format(site=each.site.name),
        line=_("{words}\n{level}  →  {today}").format(
            words=amputation.words, level=amputation.level.label, today=each.check.label
        ),
        is_waiting=each.is_waiting,
        outcomes=outcomes(),
        said_key=next((one.key for one in outcomes() if one.check is each.check), ""),
        site=each.site,
        short=each.site.name,
    )


def _line_of(each: LesionAt) -> str:
    lesion = each.lesion
    today = _("not re-examined") if each.status is Status.NOT_REEXAMINED else _today_words(each)
    last = _("never examined") if each.before is None else _last_words(each)
    return f"{lesion.letter}   {lesion.kind.label}, {lesion.place}\n{last}  →  {today}"


def _last_words(each: LesionAt) -> str:
    before = each.before
    assert before is not None
    words = _("last: {status}").format(status=before.status.label)
    if before.length_mm is not None and before.width_mm is not None:
        words += f", {before.length_mm:g} × {before.width_mm:g} mm"
    return words


def _today_words(each: LesionAt) -> str:
    change = each.state.size_change
    return each.status.label if change is None else f"{change.label}, {each.status.label}"
