"""Notice and Notifier: the single way to tell the user anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from ssc_hand.domain.errors import Refused, SscHandError

#: Notices kept for tests and for a look back.
_KEPT = 100


class NoticeKind(Enum):
    """How much a notice matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence for the person at the screen, with at most one thing to do about it."""

    text: str
    kind: NoticeKind = NoticeKind.INFO
    #: What the button says; without it there is no button.
    action_text: str = ""
    action: Callable[[], None] | None = None
    #: The keyboard goes to the button, so that Enter is enough.
    is_offered: bool = False


class Notifier(QObject):
    """Takes notices from everywhere; the message bar shows them."""

    posted = Signal(object)  #: Notice

    def __init__(self, parent: QObject | None = None) -> None:
        """A notifier with an empty log."""
        super().__init__(parent)
        #: What was said, oldest first; in memory only, because a sentence may name a patient.
        self.log: list[Notice] = []

    def post(self, notice: Notice) -> None:
        """Tell it."""
        self.log.append(notice)
        del self.log[:-_KEPT]
        self.posted.emit(notice)

    def tell(self, text: str) -> None:
        """Tell that something went well."""
        self.post(Notice(text))

    def tell_failure(self, error: SscHandError) -> None:
        """Tell what failed: a refusal as a warning, the surroundings as an error."""
        self.post(Notice(str(error), NoticeKind.WARNING if isinstance(error, Refused) else NoticeKind.ERROR))
