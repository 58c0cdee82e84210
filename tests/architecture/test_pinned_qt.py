"""The version of PySide6 that is pinned keeps its hands off None."""

from __future__ import annotations

import subprocess
import sys

CALLS = 100_000

# In a process of its own: a binding that loses references to None ends the whole interpreter.
SCRIPT = f"""
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    thing.setObjectName("x")
print(before - sys.getrefcount(None))
"""


def test_a_hundred_thousand_calls_that_return_nothing_lose_no_reference_to_none() -> None:
    finished = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    # The interpreter itself may let go of a few; the broken binding loses one with each call.
    assert int(finished.stdout) < CALLS // 100
