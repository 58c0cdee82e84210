"""PlaceKeeper: the place of the path of entry goes to the file, and comes back when a draft is opened again."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance, Slot

from ssc_hand.domain.desk import is_settled, stop_code
from ssc_hand.ui.models.visit_editor import VisitEditor

#: Milliseconds without an entry after which a place is kept by itself.
_IDLE_MS = 1500


class Path(Protocol):
    """What the keeper asks of the path of entry."""

    moved: SignalInstance

    @property
    def place(self) -> str:
        """Where the path stands; empty past its end."""

    def go_to(self, place: str) -> None:
        """Go where `place` was."""

    def pass_over(self) -> None:
        """Go on without a value."""


class PlaceKeeper(QObject):
    """Stands between the path and the editor."""

    def __init__(self, editor: VisitEditor, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._path = path
        self._visit_id = ""
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(editor.keep_place)
        path.moved.connect(self._on_path_moved)

    @Slot()
    def show_visit(self) -> None:
        """Where another visit has come to the desk, go where it was left; call it after the path shows the visit."""
        visit = self._editor.visit
        if visit is None or visit.id == self._visit_id:
            self._visit_id = visit.id if visit else ""
            return
        self._visit_id = visit.id
        if visit.is_draft and (place := self._editor.place_left):
            self._path.go_to(stop_code(place))
            if is_settled(place):
                self._path.pass_over()

    @Slot(object)
    def _on_path_moved(self, _stop: object) -> None:
        self._editor.set_place(self._path.place)
        self._idle.start()
