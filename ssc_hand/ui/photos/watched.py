"""WatchedFolder: tells which pictures have come into a folder since it was chosen; it never takes or deletes any."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

from ssc_hand.domain.errors import SscHandError
from ssc_hand.ui.photos.taking_in import kind_of

#: Files of a folder that are looked at; a card of a camera holds fewer of one day.
_MOST_FILES = 5000
#: Bytes by which a kind of picture is known.
_HEAD = 1000


class WatchedFolder(QObject):
    """Watches one folder; what lay in it before is not offered."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._watcher.fileChanged.connect(self._look)
        self._folder: Path | None = None
        self._known: set[str] = set()
        self._new: dict[str, Path] = {}

    @property
    def folder(self) -> Path | None:
        """The folder that is watched."""
        return self._folder

    @property
    def new(self) -> tuple[Path, ...]:
        """The pictures that have come and were neither taken nor left out, by name."""
        return tuple(self._new[name] for name in sorted(self._new))

    def watch(self, folder: Path) -> None:
        """Offer from now on what comes into this folder."""
        self.stop()
        self._folder = folder
        self._known = {path.name for path in self._files()}
        self._watcher.addPath(str(folder))
        self.changed.emit()

    def stop(self) -> None:
        """Watch nothing, and offer nothing."""
        watched = [*self._watcher.directories(), *self._watcher.files()]
        if watched:
            self._watcher.removePaths(watched)
        self._folder = None
        self._known, self._new = set(), {}
        self.changed.emit()

    def forget(self, paths: tuple[Path, ...]) -> None:
        """Offer these no longer: they were taken in, or left out. The files stay where they are."""
        for path in paths:
            self._known.add(path.name)
            self._new.pop(path.name, None)
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        before = set(self._new)
        present = {path.name: path for path in self._files()}
        self._new = {name: path for name, path in self._new.items() if name in present}
        for name, path in present.items():
            if name in self._known or name in self._new:
                continue
            if _is_picture(path):
                self._new[name] = path
            else:
                # It may still be on its way from the camera: look again when it has grown.
                self._watcher.addPath(str(path))
        if set(self._new) != before:
            self.changed.emit()

    def _files(self) -> list[Path]:
        try:
            found = sorted(self._folder.iterdir()) if self._folder else []
        except OSError:
            return []  # unplugged: nothing is there, and nothing is offered
        return [path for path in found[:_MOST_FILES] if path.is_file() and not path.name.startswith(".")]


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            kind_of(file.read(_HEAD))
    except (SscHandError, OSError):
        return False
    return True
