"""Tray: pictures that came into the watched folder, to be chosen and taken in for the person who is named here."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ssc_hand.domain.errors import SscHandError
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.photos.gallery import plain_icon
from ssc_hand.ui.photos.shelf import Jobs
from ssc_hand.ui.photos.taking_in import peek
from ssc_hand.ui.photos.watched import WatchedFolder
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_PATH = Qt.ItemDataRole.UserRole
_ICON = 64
_MOST_LINES = 3


class Tray(QWidget):
    """Nothing in it is in the record; it goes there when chosen and confirmed, and the files stay where they are."""

    taken = Signal(object)  #: tuple[Path, ...]

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.watched = WatchedFolder(self)
        self._whom = ""
        self._can_take = False
        self._heading = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("New pictures in the watched folder"))
        self._list.setIconSize(QSize(_ICON, _ICON))
        self._for = PlainLabel("", self, wrap=True)
        self.take = QPushButton(self)
        self.leave = QPushButton(_("Leave out"), self)
        self.leave.setToolTip(_("Offers the chosen pictures no longer; the files stay where they are"))
        row = QHBoxLayout()
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._heading)
        column.addWidget(self._list)
        column.addWidget(self._for)
        column.addLayout(row)
        self.watched.changed.connect(self._fill)
        self._list.itemChanged.connect(self._allow)
        self.take.clicked.connect(self._on_take_clicked)
        self.leave.clicked.connect(self._on_leave_clicked)
        self._fill()

    def show_whom(self, whom: str, *, can_take: bool) -> None:
        """Name for whom pictures would be taken in; nothing chosen for somebody else stays chosen."""
        if whom != self._whom:
            for row in range(self._list.count()):
                self._list.item(row).setCheckState(Qt.CheckState.Unchecked)
        self._whom, self._can_take = whom, can_take
        self._allow()

    @property
    def chosen(self) -> tuple[Path, ...]:
        """The pictures with a tick."""
        items = (self._list.item(row) for row in range(self._list.count()))
        return tuple(item.data(_PATH) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def offered(self) -> tuple[Path, ...]:
        """The pictures that are offered."""
        return tuple(self._list.item(row).data(_PATH) for row in range(self._list.count()))

    def choose(self, path: Path) -> None:
        """Put a tick at a picture."""
        for row in range(self._list.count()):
            if self._list.item(row).data(_PATH) == path:
                self._list.item(row).setCheckState(Qt.CheckState.Checked)

    @Slot()
    def _fill(self) -> None:
        folder, chosen = self.watched.folder, set(self.chosen)
        new = self.watched.new
        if new != self.offered:
            self._list.blockSignals(True)  # noqa: FBT003 - Qt's own
            self._list.clear()
            for path in new:
                item = QListWidgetItem(path.name, self._list)
                item.setData(_PATH, path)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if path in chosen else Qt.CheckState.Unchecked)
                self._jobs.run(partial(_small, path), self._on_small, self._on_failed)
            self._list.blockSignals(False)  # noqa: FBT003 - Qt's own
        name = folder.name if folder else ""
        waiting = _("No new picture in “{folder}” yet.").format(folder=name)
        count = ngettext("{n} new picture in “{folder}”", "{n} new pictures in “{folder}”", len(new))
        self._heading.setText(count.format(n=len(new), folder=name) if new else waiting)
        self._fit()
        for widget in (self._list, self._for, self.take, self.leave):
            widget.setVisible(bool(new))
        self.setVisible(folder is not None)
        self._allow()

    def _fit(self) -> None:
        """As high as its first lines."""
        rows = range(min(self._list.count(), _MOST_LINES))
        self._list.setFixedHeight(sum(self._list.sizeHintForRow(row) for row in rows) + 8)

    @Slot()
    def _allow(self) -> None:
        count = len(self.chosen)
        self.take.setText(_("Take in {n}").format(n=count) if count else _("Take in"))
        self.take.setEnabled(bool(count) and self._can_take)
        self.leave.setEnabled(bool(count))
        self._for.setText(_("Tick what belongs to {whom}.").format(whom=self._whom) if self._whom else "")

    @Slot()
    def _on_take_clicked(self) -> None:
        chosen = self.chosen
        self.watched.forget(chosen)
        self.taken.emit(chosen)

    @Slot()
    def _on_leave_clicked(self) -> None:
        self.watched.forget(self.chosen)

    @Slot(object)
    def _on_small(self, answer: tuple[Path, QImage | None]) -> None:
        path, image = answer
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(_PATH) == path and image is not None:
                item.setIcon(plain_icon(image))
        self._fit()

    @Slot(object)
    def _on_failed(self, error: Exception) -> None:
        raise error


def _small(path: Path) -> tuple[Path, QImage | None]:
    try:
        return path, peek(path, _ICON * 2)
    except SscHandError:
        return path, None  # why it cannot be read is said when it is taken in
