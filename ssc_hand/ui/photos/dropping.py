"""Pictures dropped or pasted: files of this computer, images of other programs; nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from ssc_hand.ui.photos.subject import Subject

#: A file, or a picture in memory.
Source = Path | QImage


def sources_of(data: QMimeData | None) -> list[Source]:
    """The files named by what was dropped or pasted, else the picture in it; empty where there is neither."""
    if data is None:
        return []
    files: list[Source] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files or not data.hasImage():
        return files
    image = data.imageData()
    return [image] if isinstance(image, QImage) and not image.isNull() else []


class PhotoDrops(QObject):
    """Lets a widget of another room take dropped pictures."""

    dropped = Signal(object, object)  #: list[Source], Subject | None

    def __init__(self, target: QWidget, subject_at: Callable[[QPointF], Subject | None], parent: QObject) -> None:
        """Pictures that fall on `target`; `subject_at` says what lies at a point of it."""
        super().__init__(parent)
        self._subject_at = subject_at
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what holds pictures; leave the rest to the widget."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return False
        sources = sources_of(event.mimeData())
        if not sources:
            return False
        # The file stays where it is: it is copied, never moved.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(sources, self._subject_at(event.position()))
        return True
