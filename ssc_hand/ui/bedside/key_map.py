"""KeyMap: the keys of the bedside over the hands, made from the one table that the path obeys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ssc_hand.domain.keymap import KEYS, REASON_KEYS, Act, Group
from ssc_hand.i18n import _
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: What stands in each column, from left to right.
_COLUMNS = ((Group.VALUE,), (Group.WAY, Group.FINDING, Group.HELP))
#: Letters that a line of words may take before it wraps.
_LINE = 30


class KeyMap(QFrame):
    """Covers the hands until it is closed; nothing is entered while it is seen."""

    def __init__(self, page: QWidget, over: QWidget, keyboard: QWidget) -> None:
        """A map on a page, from the top of `over` downwards; closed, the keyboard goes to `keyboard`."""
        super().__init__(page)
        self._page, self._over, self._keyboard = page, over, keyboard
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Map of keys"))
        column = QVBoxLayout(self)
        column.addLayout(self._head())
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._lines())
        area.viewport().setBackgroundRole(QPalette.ColorRole.Base)
        column.addWidget(area, 1)
        page.installEventFilter(self)
        self.hide()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(PlainLabel(_("Keys at the bedside"), self, role=Role.TITLE))
        row.addWidget(PlainLabel(_("while the keyboard is on the hands"), self, role=Role.MUTED))
        row.addStretch(1)
        close = QPushButton(_("Close (Esc)"), self)
        close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        close.clicked.connect(self.close_map)
        row.addWidget(close)
        return row

    def _lines(self) -> QWidget:
        page = QWidget(self)
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        for groups in _COLUMNS:
            grid = QGridLayout()
            grid.setVerticalSpacing(5)
            grid.setHorizontalSpacing(12)
            grid.setColumnStretch(1, 1)
            for group in groups:
                _add_group(grid, group, page)
            grid.setRowStretch(grid.rowCount(), 1)
            row.addLayout(grid, 1)
        return page

    # -- open and closed -----------------------------------------------------------------------------------

    def open_map(self) -> None:
        """Cover the hands."""
        self._cover()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _cover(self) -> None:
        top = self._over.mapTo(self._page, self._over.rect().topLeft())
        self.setGeometry(self._page.rect().adjusted(top.x(), top.y(), -top.x(), 0))

    def close_map(self) -> None:
        """Show the hands again; the keyboard goes back to them."""
        self.hide()
        self._keyboard.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and F1 close it; nothing else does anything."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close_map()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A press does not go through to the hands."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It stays as large as what it covers."""
        if watched is self._page and event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False


def _add_group(grid: QGridLayout, group: Group, parent: QWidget) -> None:
    top = Qt.AlignmentFlag.AlignTop
    if grid.count():
        grid.setRowMinimumHeight(grid.rowCount(), 6)
    grid.addWidget(PlainLabel(_(group.value), parent, role=Role.MUTED), grid.rowCount(), 0, 1, 2)
    for binding in KEYS:
        if binding.group is group:
            at = grid.rowCount()
            grid.addWidget(PlainLabel(binding.caption, parent, role=Role.BOLD), at, 0, top)
            words = PlainLabel(binding.words, parent, wrap=True)
            words.setMinimumWidth(words.fontMetrics().averageCharWidth() * _LINE)
            grid.addWidget(words, at, 1, top)
            if binding.act is Act.REASON:
                reasons = ", ".join(f"{key} {reason.label}" for key, reason in REASON_KEYS.items())
                grid.addWidget(PlainLabel(reasons, parent, role=Role.MUTED, wrap=True), at + 1, 1, top)
