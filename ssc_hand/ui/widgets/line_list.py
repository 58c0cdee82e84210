"""A list of two-line entries with headings: chosen by click or Enter, left upwards by the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ssc_hand.ui.widgets import shades
from ssc_hand.ui.widgets.outside_choice import OutsideChoice
from ssc_hand.ui.widgets.plain_label import plain_tooltip

_Index = QModelIndex | QPersistentModelIndex


class RowStyle(Enum):
    """What a row is; only entries can be chosen."""

    ENTRY = "entry"
    HEADING = "heading"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a title, a detail beneath it, a badge at its end."""

    title: str
    detail: str = ""
    badge: str = ""
    #: What is told when it is chosen.
    key: str = ""
    style: RowStyle = RowStyle.ENTRY

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.detail, self.badge) if part)


ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class RowModel(QAbstractListModel):
    """The rows of a list."""

    def __init__(self, parent: QObject | None = None) -> None:
        """No rows."""
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from top to bottom."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def index_of(self, key: str) -> QModelIndex:
        """The entry with this key; an invalid index where there is none."""
        for number, row in enumerate(self._rows):
            if row.style is RowStyle.ENTRY and row.key == key:
                return self.index(number, 0)
        return QModelIndex()

    def first_entry(self) -> QModelIndex:
        """The first row that can be chosen; an invalid index where there is none."""
        for number, row in enumerate(self._rows):
            if row.style is RowStyle.ENTRY:
                return self.index(number, 0)
        return QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row, its title, and its words for tooltip and screen reader."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case Qt.ItemDataRole.ToolTipRole if row.style is RowStyle.ENTRY:
                return plain_tooltip(row.spoken)
            case _ if role == ROW_ROLE:
                return row
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Headings and remarks are only read."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._rows[index.row()].style is RowStyle.ENTRY:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemNeverHasChildren


class RowDelegate(QStyledItemDelegate):
    """Paints rows: a bold title with a badge, and the detail in as many lines as it needs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The height of a row at the width of the list."""
        row = index.data(ROW_ROLE)
        gap = _gap(option.fontMetrics)
        width = _list_width(option)
        match row.style:
            case RowStyle.HEADING:
                height = option.fontMetrics.height() + 2 * gap
            case RowStyle.REMARK:
                height = _height_of(row.title, option.fontMetrics, width - 2 * gap) + 2 * gap
            case _:
                detail = _height_of(row.detail, option.fontMetrics, width - 2 * gap)
                height = QFontMetrics(_bold(option.font)).height() + detail + 2 * gap
        return QSize(gap * 8, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        row = index.data(ROW_ROLE)
        gap = _gap(option.fontMetrics)
        inner = option.rect.adjusted(gap, gap, -gap, -gap)
        painter.save()
        match row.style:
            case RowStyle.HEADING:
                self._paint_heading(painter, option, inner, row)
            case RowStyle.REMARK:
                painter.setPen(shades.muted(option.palette))
                painter.drawText(inner, _WRAPPED, row.title)
            case _:
                self._paint_entry(painter, option, inner, row)
        painter.restore()

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: Row) -> None:
        painter.setPen(shades.muted(option.palette))
        painter.setFont(_bold(option.font))
        metrics = QFontMetrics(painter.font())
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _ONE_LINE, title)
        painter.setPen(shades.mixed(painter.pen().color(), option.palette.color(QPalette.ColorRole.Base), 0.35))
        line = inner.center().y()
        painter.drawLine(inner.left() + metrics.horizontalAdvance(title) + _gap(metrics), line, inner.right(), line)

    def _paint_entry(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: Row) -> None:
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - start-up: six hundred words, and the first list is empty

        style = option.widget.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        strong, faint = _text_colours(option)
        title_font = _bold(option.font)
        metrics = QFontMetrics(title_font)
        top = QRect(inner.topLeft(), QSize(inner.width(), metrics.height()))
        taken = self._paint_badge(painter, option, top, row.badge)
        painter.setFont(title_font)
        painter.setPen(strong)
        width = top.width() - taken
        title = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(top.topLeft(), QSize(width, top.height())), _ONE_LINE, title)
        painter.setFont(option.font)
        painter.setPen(faint)
        painter.drawText(QRect(QPoint(inner.left(), top.bottom() + 1), inner.bottomRight()), _WRAPPED, row.detail)

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, top: QRect, badge: str) -> int:
        """Draw the badge at the end of the line; hands back the width it takes."""
        if not badge:
            return 0
        font = QFont(option.font)
        font.setPointSizeF(font.pointSizeF() * 0.85)
        metrics = QFontMetrics(font)
        pad = metrics.height() // 2
        width = metrics.horizontalAdvance(badge) + 2 * pad
        box = QRect(top.right() - width + 1, top.top(), width, top.height())
        strong, _faint = _text_colours(option)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(QPen(strong, 1))
        painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
        painter.restore()
        return width + pad


class LineList(QListView):
    """The list itself."""

    chosen = Signal(str)  #: key of the entry
    left_upwards = Signal()  #: the arrow key wants to go above the first entry
    typed = Signal(str)  #: letters that belong into a search box

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty list."""
        super().__init__(parent)
        self._rows = RowModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._on_clicked)
        OutsideChoice(self, self._take)

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows.rows

    @property
    def current_key(self) -> str:
        """The key of the entry with the cursor; empty where there is none."""
        row = self.currentIndex().data(ROW_ROLE)
        return row.key if isinstance(row, Row) else ""

    def set_rows(self, rows: Sequence[Row]) -> None:
        """List these; the cursor stays on its entry where that is still listed."""
        if tuple(rows) == self._rows.rows:
            return
        key = self.current_key
        self._rows.set_rows(rows)
        self.set_current(key)

    def set_current(self, key: str) -> None:
        """Put the cursor on an entry without choosing it."""
        index = self._rows.index_of(key)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            self.selectionModel().clear()

    def enter(self) -> None:
        """Take the keyboard, with the cursor on its entry or the first one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.currentIndex().isValid() and self._rows.first_entry().isValid():
            self.setCurrentIndex(self._rows.first_entry())

    def choose_first(self) -> None:
        """Choose the entry with the cursor, else the first one."""
        index = self.currentIndex() if self.currentIndex().isValid() else self._rows.first_entry()
        self._choose(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; Up on the first entry leaves; letters go to the search box."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif key == Qt.Key.Key_Up and self.currentIndex() == self._rows.first_entry():
            self.left_upwards.emit()
        elif event.text().isprintable() and event.text().strip() and not _has_command(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows again in another width: Qt does so only for another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Measure the rows again in another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index)

    def _take(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, Row) and row.style is RowStyle.ENTRY:
            self.chosen.emit(row.key)


_ONE_LINE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


def _gap(metrics: QFontMetrics) -> int:
    return max(metrics.height() // 3, 4)


def _list_width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    if not isinstance(view, QAbstractItemView):
        return int(option.rect.width())
    # Room is kept for the scroll bar: when it appears, Qt does not ask for the heights again.
    inside = view.contentsRect().width() if view.verticalScrollBar().isVisible() else view.viewport().width()
    return int(inside - view.verticalScrollBar().sizeHint().width())


def _height_of(text: str, metrics: QFontMetrics, width: int) -> int:
    if not text:
        return 0
    return metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), _WRAPPED, text).height()


def _text_colours(option: QStyleOptionViewItem) -> tuple[QColor, QColor]:
    """Of the title and of the detail."""
    from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - as above

    if QStyle.StateFlag.State_Selected in option.state:
        strong = option.palette.color(QPalette.ColorRole.HighlightedText)
        return strong, strong
    return option.palette.color(QPalette.ColorRole.Text), shades.muted(option.palette)


def _has_command(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.modifiers() & commands)
