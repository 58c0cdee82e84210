"""Gallery: the photographs of a visit in small, with what each shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ssc_hand.domain.dates import time_label
from ssc_hand.domain.photographs import Photograph, subject_words
from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import _
from ssc_hand.ui.photos.shelf import PictureShelf

_ID = Qt.ItemDataRole.UserRole
_ICON = 92


class Gallery(QListWidget):
    """A list to choose a photograph from; its small pictures come in as they are made."""

    chosen = Signal(str)  #: id of a photograph

    def __init__(self, shelf: PictureShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.setAccessibleName(_("Photographs of this visit"))
        self.setIconSize(QSize(_ICON, _ICON))
        self.setWordWrap(True)
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._on_current_item_changed)
        shelf.small_ready.connect(self._on_shelf_small_ready)

    @property
    def ids(self) -> tuple[str, ...]:
        """The photographs that are listed."""
        return tuple(self.item(row).data(_ID) for row in range(self.count()))

    def show_photographs(self, record: PatientRecord, photographs: Sequence[Photograph], current: str | None) -> None:
        """List these, and mark the one that is looked at."""
        with QSignalBlocker(self):
            if self.ids != tuple(each.id for each in photographs):
                self.clear()
                for each in photographs:
                    QListWidgetItem(self).setData(_ID, each.id)
            for row, each in enumerate(photographs):
                item = self.item(row)
                lines = [subject_words(record, each), each.caption or "", _taken_words(each)]
                item.setText("\n".join(text for text in lines if text))
                self._show_icon(item)
                if each.id == current:
                    self.setCurrentItem(item)

    def _show_icon(self, item: QListWidgetItem) -> None:
        image = self._shelf.small(item.data(_ID))
        if image is not None and item.icon().isNull():
            item.setIcon(plain_icon(image))

    @Slot(str)
    def _on_shelf_small_ready(self, photograph_id: str) -> None:
        for row in range(self.count()):
            if self.item(row).data(_ID) == photograph_id:
                self._show_icon(self.item(row))

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_current_item_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ID))


def plain_icon(image: QImage) -> QIcon:
    """An icon that keeps its colours where its line is chosen: the skin is what is looked at."""
    pixmap, icon = QPixmap.fromImage(image), QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(pixmap, mode)
    return icon


def _taken_words(photograph: Photograph) -> str:
    if photograph.taken_at is None:
        return ""
    return _("taken {time}").format(time=time_label(photograph.taken_at))
