"""What the trends page can show: each choice knows how to make its chart from a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ssc_hand.charts.spec import ChartSpec
from ssc_hand.charts.trend import against_trend, means_trend, one_sided, sites_of_trend, sites_trend, ulcers_trend
from ssc_hand.domain.anatomy import Hand, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Procedure
from ssc_hand.i18n import _


class View(Enum):
    """How the places of a measure are shown."""

    MEANS = "means"
    SITES = "sites"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Contrast:
    """One hand minus the other, or the hand of a procedure minus the other."""

    words: str
    hand: Hand
    procedure: Procedure | None = None


def measures() -> tuple[Measure, ...]:
    """The measures that can be followed, by heading."""
    found = (measure for measure in CATALOGUE.values() if measure.is_number)
    return tuple(sorted(found, key=lambda measure: measure.group.order))


def views_of(measure: Measure | None) -> tuple[View, ...]:
    """The views that make sense for a measure; none for ulcer counts and for what belongs to the whole visit."""
    if measure is None or measure.scope is Scope.VISIT:
        return ()
    return tuple(View) if measure.scope is Scope.DIGIT else (View.SITES, View.AGAINST)


def contrasts_of(record: PatientRecord | None) -> tuple[Contrast, ...]:
    """The ways to set one hand against the other; procedures on one hand add treated minus other."""
    plain = [
        Contrast(_("{first} minus {second}").format(first=Site(hand).name, second=Site(hand.other).name), hand)
        for hand in Hand
    ]
    treated = [
        Contrast(_("treated minus other: {procedure}").format(procedure=each.words), each.hands[0], each)
        for each in (one_sided(record) if record else ())
    ]
    return (*plain, *treated)


@dataclass(frozen=True, slots=True)
class Subject:
    """Everything chosen on the page."""

    #: None counts ulcers.
    measure: Measure | None
    view: View
    sites: Sequence[Site]
    contrast: Contrast
    older_from: int | None

    def chart(self, record: PatientRecord) -> ChartSpec:
        """The chart of this choice."""
        measure = self.measure
        if measure is None:
            return ulcers_trend(record)
        if self.view is View.AGAINST and self.view in views_of(measure):
            return against_trend(record, measure, self.contrast.hand, procedure=self.contrast.procedure)
        if self.view is View.MEANS and self.view in views_of(measure):
            return means_trend(record, measure, older_from=self.older_from)
        sites = self.sites if measure.scope is Scope.DIGIT else sites_of_trend(measure)
        return sites_trend(record, measure, sites, older_from=self.older_from)

    def why_empty(self, record: PatientRecord) -> str:
        """Why there is nothing to draw, and what to do about it."""
        if not record.visits:
            return _("This patient has no visit yet. Values appear here from the first visit on.")
        if self.measure is None:
            return _("No visit of this patient has anything to count yet.")
        is_by_digit = self.measure.scope is Scope.DIGIT and self.view is View.SITES
        if is_by_digit and not self.sites:
            return _("No digit is chosen. Choose one or more above.")
        if is_by_digit:
            return _("{measure} is not recorded for the chosen digits at any visit.").format(measure=self.measure.name)
        if self.view is View.AGAINST and self.measure.scope is Scope.HAND:
            return _("{measure} is not recorded on both hands at any visit.").format(measure=self.measure.name)
        if self.view is View.AGAINST and self.measure.scope is Scope.DIGIT:
            words = _("{measure} is not recorded on the same digit of both hands at any visit.")
            return words.format(measure=self.measure.name)
        return _("{measure} is not recorded at any visit.").format(measure=self.measure.name)
