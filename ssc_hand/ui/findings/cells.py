"""What a cell or a head of the table of findings shows for each role: value, colours, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont

from ssc_hand.charts.scales import Ground, shade
from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.derived import Reading, is_absent, mark, person_at, reading
from ssc_hand.domain.kinds import HistoryDate
from ssc_hand.domain.measures import Group, Measure
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.warnings import PROPOSED, WarningLimits, of_value, warnings_at
from ssc_hand.i18n import _

_Role = Qt.ItemDataRole
_FOR_PEOPLE = (_Role.ToolTipRole, _Role.AccessibleTextRole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the words and colours of cells depend on beside the visit."""

    ground: Ground = Ground.LIGHT
    #: From which age, in years, the clinic takes the limits of older adults.
    older_from: int | None = None
    #: From which changes since the last visit on the clinic wants to be asked again.
    limits: WarningLimits = PROPOSED


def cell_data(record: PatientRecord, visit: Visit, site: Site, measure: Measure, look: Look, role: int) -> Any:
    """What one cell shows for a role of Qt; None for roles that it leaves to the table."""
    found = reading(visit, site, measure)
    if role == _Role.DisplayRole:
        gone = is_absent(record, visit, site)
        if gone:
            return _("amput.")
        asks = found is not None and of_value(record, visit, found, look.limits)
        return f"{_short(found)}{' ?' if asks else ''}" if found else ""
    if role == _Role.EditRole:
        return _typed(found) if found and found.value is not None and found.n == 1 else ""
    if role in _FOR_PEOPLE:
        return _words(record, visit, site, measure, look)
    if role in (_Role.BackgroundRole, _Role.ForegroundRole) and measure.shades and found:
        coloured = shade(measure, found, look.ground)
        if coloured.fill is None:
            return None
        return QBrush(QColor(coloured.fill if role == _Role.BackgroundRole else coloured.ink))
    return None


def _words(record: PatientRecord, visit: Visit, site: Site, measure: Measure, look: Look) -> str:
    found = reading(visit, site, measure)
    amputation = record.amputation(site, visit.day) if site.digit else None
    said = found.words if found else _("not recorded")
    parts = [f"{site.name}, {measure.name}: {said}"]
    if amputation:
        parts.append(f"{amputation.words}, {amputation.level.label}")
    if found and (marked := mark(visit, found, person_at(record.patient, visit, older_from=look.older_from))):
        parts.append(f"{marked.words} ({marked.source})")
    parts += [warning.words for warning in warnings_at(record, visit, site, measure, look.limits)]
    return "\n".join(parts)


def column_head(site: Site, role: int) -> str | None:
    """The head of a column; each digit with its side, since the column of its hand may be scrolled away."""
    if role in _FOR_PEOPLE:
        return site.name
    if role != _Role.DisplayRole:
        return None
    if site.digit and site.hand:
        return f"{site.hand.value} {site.digit.label}"
    return _("{side} hand").format(side=site.of_hand.name.split()[0].upper())


def row_head(row: Measure | Group, role: int) -> Any:
    """The head of a row, with its unit; of a heading its words, in bold."""
    if isinstance(row, Group):
        return _heading(row, role)
    if role == _Role.DisplayRole:
        return f"{row.head} ({row.unit})" if row.unit else row.head
    if role == _Role.ToolTipRole:
        return ". ".join(part for part in (row.title, row.meaning, _(row.note) if row.note else "") if part)
    return row.name if role == _Role.AccessibleTextRole else None


def _heading(group: Group, role: int) -> Any:
    if role == _Role.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    return group.label if role in (_Role.DisplayRole, _Role.AccessibleTextRole) else None


def _typed(found: Reading) -> str:
    """What can be typed to get the value again; a date as it is written, not as it is read."""
    return str(found.value) if isinstance(found.measure.kind, HistoryDate) else found.text


def _short(found: Reading) -> str:
    """What fits a cell: the value, or a dash with the reason; of what is computed, the dash alone."""
    if found.value is None:
        return "–" if found.measure.derived else found.text
    return found.text.replace("-", "−") if found.measure.is_number else found.text
