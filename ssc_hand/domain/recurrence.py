"""Episodic, recurrent or chronic ulcer disease, by the published rule and only where the rule can be applied."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.lesions import is_reviewed, lesions_at
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import N_, _, ngettext

#: Years of observation, and visits after the first of them, without which the rule was not applied.
YEARS = 2
FOLLOW_UPS = 3
SOURCE = "Matucci-Cerinic 2016, Ann Rheum Dis 75:1770, Table 1"


class Course(Enum):
    """The course of digital ulcers over the last two years."""

    NONE = N_("no digital ulcers")
    EPISODIC = N_("episodic")
    RECURRENT = N_("recurrent")
    CHRONIC = N_("chronic")

    @property
    def label(self) -> str:
        """The word in the user's language."""
        return _(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """The course, with the visits it stands on; or why there is none yet."""

    course: Course | None
    #: Why it cannot be told; empty where it can.
    why: str
    #: Follow-up visits of the window at which it is known whether there was an ulcer, and those with one.
    known: int
    positive: int

    @property
    def words(self) -> str:
        """For people: "episodic: an ulcer at 1 of 4 follow-up visits in 2 years"; or why not."""
        if self.course is None:
            return _("not classifiable yet: {why}").format(why=self.why)
        text = ngettext(
            "{course}: an ulcer at {n} of {all} follow-up visit in {years} years",
            "{course}: an ulcer at {n} of {all} follow-up visits in {years} years",
            self.known,
        )
        return text.format(course=self.course.label, n=self.positive, all=self.known, years=YEARS)


def recurrence(record: PatientRecord, visit: Visit) -> Recurrence:
    """The course over the two years up to a visit, by the final visits before it and this one.

    The rule over follow-up visits: none with an ulcer is "no digital ulcers", exactly one is episodic, all are
    chronic, two or more beside at least one without is recurrent. The visit from which the two years are counted is
    the baseline and no follow-up. A visit has an ulcer where one was seen active or indeterminate, or was recorded
    first; it has none only where somebody looked at both hands. Where visits that say neither could change the
    answer, there is no answer. Source: Matucci-Cerinic 2016, Ann Rheum Dis 75:1770, Table 1.
    """
    visits = record.until(visit)
    start = _years_before(visit.day)
    if visits[0].day > start:
        first = day_label(visits[0].day)
        return _unknown(_("observed for less than {n} years (since {day})").format(n=YEARS, day=first))
    follow_ups = [each for each in visits if each.day > start]
    found = [has_ulcer(record, each) for each in follow_ups]
    if len(follow_ups) < FOLLOW_UPS:
        why = _("{n} follow-up visits in the last {years} years, {least} are needed")
        return _unknown(why.format(n=len(follow_ups), years=YEARS, least=FOLLOW_UPS))
    least = _course([bool(each) for each in found])
    most = _course([each is not False for each in found])
    positive = sum(each is True for each in found)
    known = sum(each is not None for each in found)
    if least is not most:
        days = ", ".join(day_label(each.day) for each, said in zip(follow_ups, found, strict=True) if said is None)
        return _unknown(_("whether there was an ulcer is not recorded: {days}").format(days=days))
    return Recurrence(course=least, why="", known=known, positive=positive)


def _unknown(why: str) -> Recurrence:
    return Recurrence(course=None, why=why, known=0, positive=0)


def has_ulcer(record: PatientRecord, visit: Visit) -> bool | None:
    """Whether a visit has a digital ulcer; None where nobody looked, so that neither is known."""
    ulcers = [each for each in lesions_at(record, visit) if each.lesion.kind is LesionKind.ULCER]
    if any(each.status in (Status.ACTIVE, Status.INDETERMINATE) or each.is_new for each in ulcers):
        return True
    return False if is_reviewed(record, visit) else None


def _course(found: Sequence[bool]) -> Course:
    positive = sum(found)
    if positive == 0:
        return Course.NONE
    if positive == len(found):
        return Course.CHRONIC
    return Course.EPISODIC if positive == 1 else Course.RECURRENT


def _years_before(day: dt.date) -> dt.date:
    """The same day so many years before; of 29 February the 28th."""
    try:
        return day.replace(year=day.year - YEARS)
    except ValueError:
        return day.replace(year=day.year - YEARS, day=28)
