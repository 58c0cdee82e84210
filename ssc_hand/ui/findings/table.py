"""FindingsTable: the digit-by-measure table, in step with the drawing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ssc_hand.domain.anatomy import DIGITS, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.measures import Measure
from ssc_hand.i18n import _
from ssc_hand.ui.findings.model import COLUMNS, SAVING_ROLE, FindingsModel
from ssc_hand.ui.models.entry_writer import Saving

_Index = QModelIndex | QPersistentModelIndex
_SIGNS = {Saving.SAVING: "…", Saving.SAVED: "✓", Saving.FAILED: "!"}


#: Keys that are pressed on the way to Ctrl+V.
_HELD = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})
#: Pixels above and below the text of a row.
_AROUND_TEXT = 3


class _CellDelegate(QStyledItemDelegate):
    """Draws the tick of a saved value; edits in a named line edit, for all chosen cells at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: list[QModelIndex] = []

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """The cell, with its saving sign in the corner; one that fits nothing recedes."""
        model = index.model()
        if isinstance(model, FindingsModel) and not model.fits(index):
            painter.fillRect(option.rect, option.palette.window())
            return
        super().paint(painter, option, index)
        sign = _SIGNS.get(index.data(SAVING_ROLE))
        if sign:
            painter.save()
            brush = index.data(Qt.ItemDataRole.ForegroundRole)
            painter.setPen(brush.color() if brush else option.palette.color(option.palette.ColorRole.Text))
            rect = option.rect.adjusted(0, 0, -3, 0)
            painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, sign)
            painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line edit that says which value it takes."""
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        table, model = self.parent(), index.model()
        if isinstance(table, FindingsTable) and isinstance(model, FindingsModel):
            # The choice of this moment: while somebody types, a click elsewhere makes another one.
            self._cells = table.cells_with(index)
            more = len(self._cells) - 1
            place = f"{model.measure_at(index).name}, {model.site_at(index).name}"
            line.setAccessibleName(_("{place} and {n} more").format(place=place, n=more) if more else place)
        return line

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """What can be typed again to get the same value; what is being typed stays when the table changes around it."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand on what was typed; a cell that was only looked into (a mean or a reason opens empty) stays as it is."""
        if isinstance(editor, QLineEdit) and editor.text() != (index.data(Qt.ItemDataRole.EditRole) or ""):
            if isinstance(model, FindingsModel) and len(self._cells) > 1:
                model.enter(self._cells, editor.text())
            else:
                model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes the entry at once: Qt would do so after the keys already waiting, which then go astray."""
        if not isinstance(editor, QLineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)
            return True
        return super().eventFilter(editor, event)


class FindingsTable(QTableView):
    """A row for each measure, a column for each hand and digit; typing replaces, Enter goes to the next digit."""

    sites_chosen = Signal(object)  #: tuple[Site, ...]
    measure_chosen = Signal(object)  #: Measure of the row that the cursor came to
    reason_requested = Signal(object)  #: tuple[tuple[Site, Measure], ...]: cells that could not be assessed

    def __init__(self, model: FindingsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._following = False
        #: What was pasted over recorded values and waits for Enter, at the cell where it was pasted.
        self._asked_paste: tuple[QModelIndex, str] | None = None
        #: Where the cursor goes when the rows are those of another visit or protocol: where it was.
        self._measure, self._site = CATALOGUE.layers[0], DIGITS[0]
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName(_("Values by digit and measure"))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        columns, rows = self.horizontalHeader(), self.verticalHeader()
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        columns.setMinimumSectionSize(self.fontMetrics().horizontalAdvance("RIGHT hand "))
        # Of one line each; fitting them to their contents would ask for every cell after every entry.
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_row_height()
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.modelReset.connect(self._on_model_reset)
        self._on_model_reset()

    def changeEvent(self, event: QEvent) -> None:
        """Follow another size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_row_height()

    def _set_row_height(self) -> None:
        rows = self.verticalHeader()
        height = self.fontMetrics().height() + _AROUND_TEXT
        rows.setMinimumSectionSize(height)
        rows.setDefaultSectionSize(height)

    @property
    def full_height(self) -> int:
        """The height in which no row is hidden."""
        return self.horizontalHeader().sizeHint().height() + self._model.rowCount() * self.rowHeight(0) + 6

    def sizeHint(self) -> QSize:
        """Room for the head and every row."""
        return QSize(900, self.full_height)

    @Slot()
    def _on_model_reset(self) -> None:
        index = self._fitting(self._model.row_of(self._measure), self._model.column_of(self._site))
        if index is not None:
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    @Slot(QModelIndex)
    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and self._model.fits(index):
            self._measure, self._site = self._model.measure_at(index), self._model.site_at(index)

    def _fitting(self, row: int | None, column: int | None) -> QModelIndex | None:
        """The cell there, or the first of the column that takes something; None where there is none."""
        if column is None:
            return None
        rows = [*([] if row is None else [row]), *range(self._model.rowCount())]
        cells = (self._model.index(each, column) for each in rows)
        return next((cell for cell in cells if self._model.fits(cell)), None)

    @Slot(object)
    def show_sites(self, sites: tuple[Site, ...]) -> None:
        """Follow the choice made elsewhere: stay in the row, go to the column."""
        if not sites or self._following:
            return
        current = self.currentIndex()
        index = self._fitting(current.row() if current.isValid() else None, self._model.column_of(sites[-1]))
        if index is None:
            return
        if index.column() != self.currentIndex().column() or index.row() != self.currentIndex().row():
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    def follow(self, measure: Measure, site: Site) -> None:
        """Stand where a value is asked for, without telling it back; cells chosen in that row stay chosen."""
        current, row = self.currentIndex(), self._model.row_of(measure)
        if self._following or row is None or (current.isValid() and current.row() == row):
            return
        index = self._fitting(row, self._model.column_of(site))
        if index is not None and index.row() == row:
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    def show_measure(self, measure: Measure) -> None:
        """Go to the row of a measure, where it has one."""
        row = self._model.row_of(measure)
        if row is None:
            return
        column = max(self.currentIndex().column(), 1)
        if not measure.fits(COLUMNS[column]):
            column = next(number for number, site in enumerate(COLUMNS) if measure.fits(site))
        self.setCurrentIndex(self._model.index(row, column))

    @Slot()
    def _on_selection_changed(self) -> None:
        if self._following:
            return
        indexes = sorted(self.selectedIndexes(), key=lambda index: (index != self.currentIndex(), index.column()))
        sites = tuple(dict.fromkeys(self._model.site_at(index) for index in reversed(indexes)))
        if sites and self._model.fits(self.currentIndex()):
            self._following = True
            self.measure_chosen.emit(self._model.measure_at(self.currentIndex()))
            self.sites_chosen.emit(sites)
            self._following = False

    def _editable(self, indexes: Iterable[QModelIndex]) -> list[QModelIndex]:
        return [index for index in indexes if self._model.flags(index) & Qt.ItemFlag.ItemIsEditable]

    def cells_with(self, index: _Index) -> list[QModelIndex]:
        """The chosen cells that take something, if a cell is among them; else that cell alone."""
        chosen = self._editable(self.selectedIndexes())
        return chosen if index in chosen else [self._model.index(index.row(), index.column())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Delete makes "not recorded"; x says "could not be assessed"; Ctrl+V fills from a sheet."""
        if event.key() in _HELD:
            super().keyPressEvent(event)
            return
        asked, self._asked_paste = self._asked_paste, None
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if asked is not None and is_enter and asked[0] == self.currentIndex():
            self._model.paste(*asked, may_replace=True)
            return
        cells = self._editable(self.selectedIndexes())
        if is_enter:
            self.go_on()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._model.enter(cells, "")
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text(), asked)
        elif event.text().lower() == "x" and cells:
            self.reason_requested.emit(tuple((self._model.site_at(i), self._model.measure_at(i)) for i in cells))
        else:
            super().keyPressEvent(event)

    def _paste(self, text: str, asked: tuple[QModelIndex, str] | None) -> None:
        """Fill from a sheet; over recorded values only after Enter, or pasted once more at the same cell."""
        wanted = (self.currentIndex(), text)
        if not self._model.paste(*wanted, may_replace=wanted == asked):
            self._asked_paste = wanted

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """After Enter in a cell, go on to the next digit, also where the entry was refused.

        A refused text stays in its cell, marked. Were the cursor to stay as well, whoever types without looking would
        put every later value on the finger before its own.
        """
        super().closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if hint is QStyledItemDelegate.EndEditHint.SubmitModelCache:
            self.go_on()

    def go_on(self) -> None:
        """The next cell of this row in which something can be entered, then the next row's first."""
        chosen = self._editable(self.selectedIndexes())
        last = max((index.column() for index in chosen if index.row() == self.currentIndex().row()), default=-1)
        at = self.currentIndex().row() * len(COLUMNS) + max(self.currentIndex().column(), last)
        for step in range(at + 1, self._model.rowCount() * len(COLUMNS)):
            index = self._model.index(*divmod(step, len(COLUMNS)))
            if self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                return
