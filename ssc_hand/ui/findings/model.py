"""Sites x measures as a table model; the hand's accessible twin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ssc_hand.charts.scales import Ground
from ssc_hand.domain.anatomy import DIGITS, HANDS, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import Reading, is_absent, reading
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.measures import Group, Measure
from ssc_hand.domain.path import replaced, replacing_words
from ssc_hand.domain.protocols import FULL, Protocol, in_examination_order, shown
from ssc_hand.domain.records import Key, Visit
from ssc_hand.domain.warnings import WarningLimits
from ssc_hand.i18n import _
from ssc_hand.ui.findings.block import read_block
from ssc_hand.ui.findings.cells import Look, cell_data, column_head, row_head
from ssc_hand.ui.models.entry_writer import Saving
from ssc_hand.ui.models.steps import EntrySlot
from ssc_hand.ui.models.visit_editor import VisitEditor

_Index = QModelIndex | QPersistentModelIndex

#: The columns: each hand, then its digits from the thumb.
COLUMNS: tuple[Site, ...] = tuple(
    site for hand in HANDS for site in (hand, *(digit for digit in DIGITS if digit.hand is hand.hand))
)
#: Up to so many measures stand without headings.
_PLAIN_UP_TO = 10
#: Where an entry stands, for the delegate to draw.
SAVING_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class _Rejected:
    """A text that was refused, why, and what its cell said then."""

    text: str
    why: str
    said: Reading | None


class FindingsModel(QAbstractTableModel):
    """The visit on the desk as a table: a row for each measure, a column for each hand and digit.

    The measures are those that the protocol asks for and those of which anything is recorded, under headings where
    they are many. A row that has come stays until another visit is shown, so that none goes under the cursor.
    """

    refused = Signal(str)  #: why the last entry was refused; what was typed stays in its cell

    def __init__(self, editor: VisitEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._protocol: Protocol = FULL
        self._rows: list[Measure | Group] = []
        self._look = Look()
        #: By key of the measure and column.
        self._rejected: dict[tuple[str, int], _Rejected] = {}
        self._shown: tuple[str, str] | None = None
        self._ticks: Mapping[EntrySlot, Saving] = {}
        self._choose_rows()
        editor.visit_changed.connect(self._on_editor_visit_changed)
        editor.saved_changed.connect(self._on_editor_saved_changed)

    def set_look(self, ground: Ground, older_from: int | None) -> None:
        """Light or dark, and the clinic's age of older adults."""
        self._look = replace(self._look, ground=ground, older_from=older_from)
        self._tell_changed()

    def set_limits(self, limits: WarningLimits) -> None:
        """From which changes since the last visit on the clinic wants to be asked again."""
        self._look = replace(self._look, limits=limits)
        self._tell_changed()

    def set_protocol(self, protocol: Protocol) -> None:
        """Ask for these measures from now on; what is recorded stays in sight."""
        if protocol != self._protocol:
            self._protocol = protocol
            self._choose_rows()

    def _choose_rows(self) -> None:
        """The rows of another visit or protocol, from the beginning."""
        rows = self._wanted_rows(())
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def _add_rows(self) -> None:
        """Rows for what has been recorded since; none goes."""
        kept = [row.key for row in self._rows if isinstance(row, Measure)]
        for number, row in enumerate(self._wanted_rows(kept)):
            if number >= len(self._rows) or self._rows[number] != row:
                self.beginInsertRows(QModelIndex(), number, number)
                self._rows.insert(number, row)
                self.endInsertRows()

    def _wanted_rows(self, kept: Iterable[str]) -> list[Measure | Group]:
        visit = self._editor.visit
        found: dict[str, Measure] = {}
        if visit is not None:
            each_scope = (shown(self._protocol, visit, scope) for scope in (Scope.DIGIT, Scope.HAND))
            found = {measure.key: measure for measures in each_scope for measure in measures}
        keys = in_examination_order({*found, *kept})
        measures = [CATALOGUE[key] for key in keys]
        measures.sort(key=lambda measure: (measure.group.order, measure.scope is Scope.HAND, not measure.is_number))
        has_headings = len(measures) > _PLAIN_UP_TO or any(isinstance(row, Group) for row in self._rows if kept)
        rows: list[Measure | Group] = []
        for measure in measures:
            if has_headings and measure.group not in rows:
                rows.append(measure.group)
            rows.append(measure)
        return rows

    def _on_editor_visit_changed(self, visit: Visit | None) -> None:
        shown = (visit.patient_id, visit.id) if visit else None
        if shown != self._shown:
            self._shown = shown
            self._rejected = {}
            self._choose_rows()
        else:
            self._add_rows()
        # What was refused gives way to what has been entered at its place since, in the form or by undo.
        self._rejected = {cell: each for cell, each in self._rejected.items() if self._said(cell) == each.said}
        values = self._editor.measured_values
        if values is None:
            self._tell_changed()
        else:
            self._tell_values(values)

    def _said(self, cell: tuple[str, int]) -> Reading | None:
        visit = self._editor.visit
        return reading(visit, COLUMNS[cell[1]], CATALOGUE[cell[0]]) if visit else None

    def _on_editor_saved_changed(self) -> None:
        """Other ticks: painting the whole table at each would take longer than a key may."""
        before, self._ticks = self._ticks, self._editor.ticks
        changed = {slot for slot, _saving in before.items() ^ self._ticks.items()}
        self._tell_cells({(key[1], key[0]) for what, key in changed if what == "observation" and key[0].hand})

    def _tell_values(self, values: frozenset[Key]) -> None:
        """These values changed, and with them what is computed from values."""
        self._tell_cells({(key, site) for site, key, _repeat in values})
        for row, measure in enumerate(self._rows):
            if isinstance(measure, Measure) and measure.derived:
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _tell_cells(self, cells: set[tuple[str, Site]]) -> None:
        for number, row in enumerate(self._rows if cells else ()):
            for key, site in cells:
                if isinstance(row, Measure) and row.key == key and (column := self.column_of(site)) is not None:
                    self.dataChanged.emit(self.index(number, column), self.index(number, column))

    def _tell_changed(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    @property
    def rejected(self) -> list[str]:
        """What was typed into cells and refused, with its place and the reason."""
        return [
            f"{COLUMNS[column].name}, {CATALOGUE[key].name}: “{each.text}”."
            for (key, column), each in self._rejected.items()
        ]

    # -- where things are --------------------------------------------------------------------------------

    def measure_at(self, index: _Index) -> Measure:
        """The measure of a cell's row; raises KeyError for a heading, whose cells take nothing."""
        row = self._rows[index.row()]
        if isinstance(row, Group):
            raise KeyError(row)
        return row

    def site_at(self, index: _Index) -> Site:
        """The site of a cell's column."""
        return COLUMNS[index.column()]

    def column_of(self, site: Site) -> int | None:
        """The column of a site; of a phalanx, its digit's."""
        return COLUMNS.index(site.of_digit) if site.of_digit in COLUMNS else None

    def row_of(self, measure: Measure) -> int | None:
        """The row of a measure; None where it is neither asked for nor recorded."""
        return self._rows.index(measure) if measure in self._rows else None

    def is_heading(self, row: int) -> bool:
        """Whether a row is a heading."""
        return isinstance(self._rows[row], Group)

    def fits(self, index: _Index) -> bool:
        """Whether the measure is recorded at this site at all."""
        row = self._rows[index.row()]
        return isinstance(row, Measure) and row.fits(self.site_at(index))

    # -- the model ---------------------------------------------------------------------------------------

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """A row for each measure of digits and hands."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """A column for each hand and digit."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Sites above, measures at the left."""
        if orientation is Qt.Orientation.Horizontal:
            return column_head(COLUMNS[section], role)
        return row_head(self._rows[section], role)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Editable where something can be entered now."""
        if not index.isValid() or not self.fits(index):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        record, visit = self._editor.record, self._editor.visit
        if record is None or visit is None or not visit.is_draft or self.measure_at(index).derived:
            return flags
        return flags if is_absent(record, visit, self.site_at(index)) else flags | Qt.ItemFlag.ItemIsEditable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Value, colour, tooltip and saving state of a cell."""
        record, visit = self._editor.record, self._editor.visit
        if record is None or visit is None or not self.fits(index):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role == SAVING_ROLE:
            return self._saving(index)
        if (self.measure_at(index).key, index.column()) in self._rejected:
            return self._rejected_data(index, role)
        return cell_data(record, visit, self.site_at(index), self.measure_at(index), self._look, role)

    def _rejected_data(self, index: _Index, role: int) -> Any:
        rejected = self._rejected[self.measure_at(index).key, index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{rejected.text} ⚠"
        if role == Qt.ItemDataRole.EditRole:
            return rejected.text
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _("refused, not recorded: {why}").format(why=rejected.why)
        return None

    def _saving(self, index: _Index) -> Saving:
        measure, site = self.measure_at(index), self.site_at(index)
        states = {self._editor.saving(("observation", (site, measure.key, n + 1))) for n in range(measure.repeats)}
        for worst in (Saving.FAILED, Saving.SAVING, Saving.SAVED):
            if worst in states:
                return worst
        return Saving.UNTOUCHED

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Enter what was typed; a refused text stays in its cell, marked, and changes nothing."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        return self.enter([index], str(value))

    def enter(self, cells: Sequence[_Index], text: str) -> bool:
        """Enter what was typed into all of these cells in one step; refused in one, it is recorded in none."""
        cells = [index for index in cells if self.flags(index) & Qt.ItemFlag.ItemIsEditable]
        for index in cells:
            self._rejected.pop((self.measure_at(index).key, index.column()), None)
        values: dict[tuple[Site, str], Value | None] = {}
        for index in cells:
            measure, site = self.measure_at(index), self.site_at(index)
            try:
                values[site, measure.key] = measure.kind.parse(text) if text.strip() else None
            except Refused as refused:
                return self._refuse(cells, text, f"{site.name}, {measure.name}", str(refused))
        return self._record(values)

    def paste(self, index: _Index, text: str, *, may_replace: bool = False) -> bool:
        """Fill rows from a spreadsheet, from the row of a cell on, in one step; refused in one place, not at all.

        False, with a question told, where something recorded would be replaced and that was not yet allowed.
        """
        record, visit = self._editor.record, self._editor.visit
        if record is None or visit is None or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return True
        measures = [row for row in self._rows if isinstance(row, Measure)]
        first = (self.measure_at(index), self.site_at(index))
        try:
            values = read_block(text, first, measures, record, visit)
        except Refused as refused:
            self.refused.emit(str(refused))
            return True
        if not may_replace and (over := replaced(values, visit)):
            self.refused.emit(replacing_words(over))
            return False
        self._record(values)
        return True

    def _record(self, values: Mapping[tuple[Site, str], Value | None]) -> bool:
        try:
            self._editor.set_block(values)
        except Refused as refused:
            self.refused.emit(str(refused))
            return False
        finally:
            self._tell_cells({(key, site) for site, key in values})
        return True

    def _refuse(self, cells: Sequence[_Index], text: str, place: str, why: str) -> bool:
        for index in cells:
            cell = (self.measure_at(index).key, index.column())
            self._rejected[cell] = _Rejected(text, why, self._said(cell))
        self.refused.emit(f"{place}: {why}")
        self._tell_changed()
        return False
