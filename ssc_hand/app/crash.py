"""Last resort: log what broke without patient data, tell the person, keep going; what was settled is on disk."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType

from ssc_hand.app.logs import places_of
from ssc_hand.domain.ids import new_id
from ssc_hand.i18n import _

_log = logging.getLogger("ssc_hand.crash")


def install(tell: Callable[[str], None]) -> None:
    """Send every exception that nobody caught to the log, and one sentence to the person."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        number = new_id()[-8:]
        _log.error("%s %s", number, places_of(error.with_traceback(trace)))
        tell(
            _(
                "The program made a mistake (number {number}). What carries a tick is on disk; "
                "check the last entry, and tell us the number."
            ).format(number=number)
        )

    sys.excepthook = hook
