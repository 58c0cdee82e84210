"""Medicines and complications: frozen records of a patient, beside procedures and amputations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssc_hand.i18n import _

if TYPE_CHECKING:
    from ssc_hand.domain.anatomy import Digit
    from ssc_hand.domain.background_terms import ComplicationKind, Grade, MedicineKind, Outcome
    from ssc_hand.domain.dates import PartialDate
    from ssc_hand.domain.records import Stamp
    from ssc_hand.domain.vocabulary import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicine:
    """One medicine in one dose, from its start to its stop; another dose is another entry."""

    id: str
    patient_id: str
    kind: MedicineKind
    name: str | None = None
    dose: str | None = None
    start: PartialDate | None = None
    stop: PartialDate | None = None
    #: When it was last given: of iloprost the last infusion, of an anticoagulant the last dose.
    last_dose: PartialDate | None = None
    note: str | None = None
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def title(self) -> str:
        """Its name and dose; the class where no name was recorded."""
        return " ".join(part for part in (self.name or self.kind.label, self.dose) if part)

    def is_taken_on(self, day: dt.date) -> bool:
        """Whether it was being taken on a day; an unknown start counts as long ago, on the day of its stop it was."""
        started = self.start is None or self.start.earliest <= day
        return started and (self.stop is None or self.stop.latest >= day)

    def has_ended_by(self, day: dt.date) -> bool:
        """Whether it was stopped before a day."""
        return self.stop is not None and self.stop.latest < day

    @property
    def words(self) -> str:
        """For lists: "iloprost 2 ng/kg/min (iloprost or other prostacyclin), since 2024; last given 27 Feb 2026"."""
        named = f"{self.title} ({self.kind.label})" if self.name else self.title
        parts = [named, self._period]
        text = ", ".join(part for part in parts if part)
        if self.last_dose:
            text += "; " + _("last given {when}").format(when=self.last_dose.label)
        return text

    @property
    def _period(self) -> str:
        if self.start and self.stop:
            return _("{start} to {stop}").format(start=self.start.label, stop=self.stop.label)
        if self.stop:
            return _("stopped {when}").format(when=self.stop.label)
        return _("since {when}").format(when=self.start.label) if self.start else _("start not recorded")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complication:
    """What went wrong, where, how badly, what was done and what became of it."""

    id: str
    patient_id: str
    kind: ComplicationKind
    date: PartialDate | None = None
    side: Side | None = None
    digits: tuple[Digit, ...] | None = None
    grade: Grade | None = None
    action: str | None = None
    outcome: Outcome | None = None
    note: str | None = None
    #: The procedure after which it came, where one is named.
    procedure_id: str | None = None
    stamp: Stamp | None = field(default=None, compare=False)

    @property
    def words(self) -> str:
        """For lists: "infection, moderate, LEFT (index), 12 Mar 2024; action: ...; outcome: resolved"."""
        where = self.side.label.upper() if self.side else _("side not recorded")
        if self.digits:
            where += f" ({', '.join(digit.label for digit in self.digits)})"
        grade = self.grade.label if self.grade else _("grade not recorded")
        when = self.date.label if self.date else _("date unknown")
        found = [", ".join((self.kind.label, grade, where, when))]
        if self.action:
            found.append(_("action: {action}").format(action=self.action))
        outcome = self.outcome.label if self.outcome else _("not recorded")
        found.append(_("outcome: {outcome}").format(outcome=outcome))
        return "; ".join(found)
