"""The measures of one scope for the chosen sites: those that the protocol asks for and those that are recorded."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QWidget

from ssc_hand.domain.anatomy import Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE, QUALIFIES
from ssc_hand.domain.compare import Condition, differing_conditions
from ssc_hand.domain.measures import Group, Measure
from ssc_hand.domain.protocols import FULL, Protocol, recorded, shown
from ssc_hand.domain.records import Key, PatientRecord, Visit
from ssc_hand.domain.warnings import PROPOSED, WarningLimits
from ssc_hand.i18n import _
from ssc_hand.ui.forms.measure_row import Entry, MeasureRow
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role, plain_tooltip

#: Up to so many measures all headings stand open; beyond it those with many measures and no value start folded.
_ALL_OPEN_UP_TO = 12
_OPEN_UP_TO = 4


class GroupHeading(QToolButton):
    """A heading that folds and unfolds the measures beneath it."""

    def __init__(self, group: Group, parent: QWidget) -> None:
        super().__init__(parent)
        self.heads = group
        self.is_open = True
        self.setAutoRaise(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = self.font()
        font.setBold(True)
        self.setFont(font)

    def tell(self, *, is_open: bool, count: int) -> None:
        """Show whether it is open, and how much it holds."""
        self.is_open = is_open
        self.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        name = self.heads.label
        self.setText(name if is_open else _("{group} ({n})").format(group=name, n=count))
        told = _("open") if is_open else _("folded, {n} measures").format(n=count)
        self.setAccessibleName(f"{name}, {told}")


class MeasureForm(QWidget):
    """The measures of one scope, for the chosen sites, under headings; rows are made when first shown."""

    entered = Signal(object)  #: Entry
    errors_changed = Signal()  #: something typed was refused, or no longer stands there
    rows_made = Signal()  #: Tab has stops that it had not

    def __init__(self, scope: Scope, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = scope
        self._protocol: Protocol = FULL
        self._limits = PROPOSED
        self._rows: dict[str, MeasureRow] = {}
        self._headings: dict[Group, GroupHeading] = {}
        #: What the person folded (False) or opened (True); all other headings follow the rule.
        self._chosen: dict[Group, bool] = {}
        #: Measures and headings that have been shown of this visit: they stay, so that nothing leaves the hand.
        self._kept: set[str] = set()
        self._opened: set[Group] = set()
        self._place: tuple[PatientRecord, Visit, tuple[Site, ...]] | None = None
        self._lines = _lines_of(scope)
        self._is_tab_order_kept = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 1)
        # What stands there most often stays in one line.
        self._grid.setColumnMinimumWidth(2, self.fontMetrics().horizontalAdvance(_("not recorded")) + 2)
        self._then = PlainLabel(_("Last visit"), self, role=Role.MUTED, wrap=True)
        self._conditions = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._grid.addWidget(self._conditions, 0, 0, 1, 3)
        self._grid.addWidget(self._then, 1, 2)
        self._grid.setRowStretch(len(self._lines) + 2, 1)

    def set_protocol(self, protocol: Protocol) -> None:
        """Ask for these measures from now on; what is recorded stays in sight."""
        if protocol != self._protocol:
            self._protocol = protocol
            self._kept.clear()
            self._refresh()

    def set_limits(self, limits: WarningLimits) -> None:
        """From which changes since the last visit on the clinic wants to be asked again."""
        if limits != self._limits:
            self._limits = limits
            self._refresh()

    def show_visit(
        self, record: PatientRecord, visit: Visit, sites: tuple[Site, ...], changed: frozenset[Key] | None = None
    ) -> None:
        """Show what a visit says at these sites, beside the visit before.

        `changed` names the values that are other than when this visit was last shown; None: all may be.
        """
        is_known = self._place is not None and (self._place[1].id, self._place[2]) == (visit.id, sites)
        if changed is not None and is_known and self._show_values(record, visit, changed):
            return
        if self._place is None or self._place[1].id != visit.id:
            self._kept.clear()
            self._opened.clear()
        self._place = (record, visit, sites)
        self._refresh()

    def _show_values(self, record: PatientRecord, visit: Visit, changed: frozenset[Key]) -> bool:
        """Whether it was enough to renew the rows of these values: they are all in sight."""
        assert self._place is not None
        sites = self._place[2]
        self._place = (record, visit, sites)
        rows = [self._rows.get(key) for key in sorted({key for site, key, _repeat in changed if site in sites})]
        shown = [row for row in rows if row is not None and row.isVisibleTo(self)]
        if len(shown) < len(rows):
            return False
        for row in shown:
            row.show_visit(record, visit, sites)
            row.show_warnings(record, visit, self._limits)
        return True

    def _refresh(self) -> None:
        if self._place is None:
            return
        record, visit, sites = self._place
        before = record.previous(visit)
        self._then.setText(_("Last visit") if before else _("no earlier visit"))
        self._show_conditions(differing_conditions(record, visit))
        listed = self._listed(visit, sites)
        # By all that is asked for: a thumb has fewer joints, and must not open for the fingers what is folded.
        whole = [line for line in self._lines if isinstance(line, Measure) and line.key in self._kept]
        is_long = len(whole) > _ALL_OPEN_UP_TO
        for group, heading in self._headings.items():
            is_wanted = group in listed and len(listed) > 1
            if heading.isHidden() is is_wanted:
                heading.setVisible(is_wanted)
        open_rows: list[MeasureRow] = []
        for group, measures in listed.items():
            of_group = [measure for measure in whole if measure.group is group]
            is_open = self._is_open(group, of_group, visit) if is_long else True
            if len(listed) > 1:
                self._heading(group).tell(is_open=is_open, count=len(measures))
            if is_open:
                open_rows += [self._row(measure) for measure in measures]
        self._tell_of_rows()
        self._grid.setEnabled(False)  # laid out once, and not at every row that comes or goes
        for row in self._rows.values():
            if row not in open_rows:
                row.set_shown(shown=False)
        for row in open_rows:
            row.ask_readings(self._protocol.readings(row.measure))
            row.show_visit(record, visit, sites)
            row.show_warnings(record, visit, self._limits)
            row.set_read_only(read_only=not visit.is_draft)
            row.set_shown(shown=True)
        self._grid.setEnabled(True)

    def _listed(self, visit: Visit, sites: tuple[Site, ...]) -> dict[Group, list[Measure]]:
        """The measures to show, by heading."""
        keys = {measure.key for measure in shown(self._protocol, visit, self._scope)}
        keys |= {
            key for key, qualified in QUALIFIES.items() if qualified in keys and CATALOGUE[key].scope is self._scope
        }
        keys |= {row.measure.key for row in self._rows.values() if row.is_busy}
        self._kept |= keys
        found: dict[Group, list[Measure]] = {}
        for line in self._lines:
            if isinstance(line, Measure) and line.key in self._kept and any(map(line.fits, sites)):
                found.setdefault(line.group, []).append(line)
        return found

    def _is_open(self, group: Group, measures: list[Measure], visit: Visit) -> bool:
        if group in self._chosen:
            return self._chosen[group]
        if len(measures) <= _OPEN_UP_TO or recorded(visit) & {measure.key for measure in measures}:
            self._opened.add(group)
        return group in self._opened

    def _heading(self, group: Group) -> GroupHeading:
        heading = self._headings.get(group)
        if heading is None:
            heading = self._headings[group] = GroupHeading(group, self)
            heading.clicked.connect(self._on_heading_clicked)
            self._grid.addWidget(heading, self._lines.index(group) + 2, 0, 1, 3)
            self._is_tab_order_kept = False
            heading.setVisible(True)
        return heading

    @Slot()
    def _on_heading_clicked(self) -> None:
        heading = self.sender()
        if isinstance(heading, GroupHeading):
            self.unfold(heading.heads, is_open=not heading.is_open)

    def unfold(self, group: Group, *, is_open: bool = True) -> None:
        """Open a heading, or fold it; what is being typed beneath it is handed on first."""
        self.settle()
        self._chosen[group] = is_open
        self._refresh()

    def _row(self, measure: Measure) -> MeasureRow:
        row = self._rows.get(measure.key)
        if row is None:
            row = self._rows[measure.key] = MeasureRow(measure, self)
            row.entered.connect(self.entered)
            row.errors_changed.connect(self.errors_changed)
            number = self._lines.index(measure) + 2
            self._grid.addWidget(row.label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(row, number, 1)
            self._grid.addWidget(row.before, number, 2, Qt.AlignmentFlag.AlignTop)
            self._is_tab_order_kept = False
        return row

    def _tell_of_rows(self) -> None:
        if not self._is_tab_order_kept:
            self._is_tab_order_kept = True
            self.keep_tab_order()
            self.rows_made.emit()

    def keep_tab_order(self) -> None:
        """Tab goes down the form, whichever row was made last; its first row stays where it stands."""
        for first, second in pairwise(self._made()):
            QWidget.setTabOrder(first, second)

    def _made(self) -> Iterator[QWidget]:
        for line in self._lines:
            if isinstance(line, Group) and line in self._headings:
                yield self._headings[line]
            elif isinstance(line, Measure) and line.key in self._rows:
                yield from self._rows[line.key].stops

    def _show_conditions(self, differing: tuple[Condition, ...]) -> None:
        """One in full; of several the names, so that the entries stay in sight, and all of it in the tooltip."""
        full = [each.words for each in differing]
        words = full[0] if len(full) == 1 else ", ".join(each.name for each in differing)
        self._conditions.setText(_("Conditions differed: {words}").format(words=words) if differing else "")
        self._conditions.setToolTip(plain_tooltip("\n".join(full)))
        self._conditions.setVisible(bool(differing))

    def show_error(self, entry: Entry, text: str) -> None:
        """Say beneath an entry why it was refused."""
        self._rows[entry.measure.key].show_error(entry.repeat or 1, text)

    def settle(self) -> None:
        """Hand on what is still being typed."""
        for row in list(self._rows.values()):
            row.settle()

    @property
    def errors(self) -> list[str]:
        """What was typed and refused, and so is not recorded."""
        return [error for row in self._rows.values() for error in row.errors]


def _lines_of(scope: Scope) -> list[Group | Measure]:
    """Headings and measures in the order in which they stand, each with a line of the grid of its own."""
    entered = CATALOGUE.entered(scope)
    lines: list[Group | Measure] = []
    for group in Group:
        lines += [group, *(measure for measure in entered if measure.group is group)]
    return lines
