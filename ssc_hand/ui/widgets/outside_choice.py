"""OutsideChoice: an entry of a list that assistive software chooses by its action, without key or mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelection, QMetaObject, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import QAbstractItemView


class OutsideChoice(QObject):
    """Takes an entry that was selected while the cursor stayed elsewhere for one that was pressed.

    Keys and mouse move the cursor with the selection. Qt's action of an entry on the accessibility bus selects it and
    does nothing else, so that nobody would hear of it.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        take: Callable[[QModelIndex], None],
        cursor: Callable[[], int] | None = None,
    ) -> None:
        """Give such an entry of `view`, which has its model, to `take`; `cursor` tells the row that is no choice."""
        super().__init__(view)
        self._view = view
        self._cursor = cursor or (lambda: view.currentIndex().row())
        self._take = take
        self._selected = QPersistentModelIndex()
        view.selectionModel().selectionChanged.connect(self._on_selection_changed)
        # A list that was made a moment ago, because somebody looked into it, may have been pressed already.
        self._hear(view.selectionModel().selectedIndexes())

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        self._hear(selected.indexes())

    def _hear(self, selected: Sequence[QModelIndex]) -> None:
        # Qt moves the cursor after the selection, or before it: whether it stayed is known once both are done.
        if selected:
            self._selected = QPersistentModelIndex(selected[0])
            QMetaObject.invokeMethod(self, "take_selected", Qt.ConnectionType.QueuedConnection)

    @Slot()
    def take_selected(self) -> None:
        """Take the entry selected last, unless it has the cursor, or is chosen no more."""
        index = QModelIndex(self._selected)  # type: ignore[call-overload]  # PySide's stubs leave this way out
        self._selected = QPersistentModelIndex()
        if index.isValid() and index.row() != self._cursor() and self._view.selectionModel().isSelected(index):
            self._take(index)
