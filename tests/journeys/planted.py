"""The program with a fault planted: `python -m tests.journeys.planted killed 12 WORDS...` runs `ssc-hand WORDS...`.

At the twelfth value that is entered it is killed (`killed`), or breaks with an error that nobody catches (`broken`).
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from typing import Any

from ssc_hand.app.main import main
from ssc_hand.ui.models.visit_editor import VisitEditor


def plant(how: str, at: int) -> None:
    """Let the program go wrong at that value."""
    set_value, values = VisitEditor.set_value, count(1)

    def planted(editor: VisitEditor, *given: Any, **named: Any) -> None:
        if next(values) == at:
            if how == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            raise RuntimeError("planted")
        set_value(editor, *given, **named)

    setattr(VisitEditor, "set_value", planted)  # noqa: B010 - a plain assignment is no longer the same to mypy


if __name__ == "__main__":
    plant(sys.argv[1], int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
