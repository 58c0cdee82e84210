"""What is slow to load stays away until somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.source import CHECKOUT

HEAVY = ("pyqtgraph", "numpy", "reportlab", "PIL", "pypdfium2", "arabic_reshaper", "bidi")


@pytest.mark.parametrize(
    ("module", "kept_away"),
    [
        ("ssc_hand.app.main", (*HEAVY, "PySide6", "sqlite_utils")),
        ("ssc_hand.app.compose", HEAVY),
        ("ssc_hand.ui.main_window", HEAVY),
    ],
)
def test_starting_loads_nothing_that_is_needed_later_only(module: str, kept_away: tuple[str, ...]) -> None:
    script = f"import sys, {module}\nprint(*(name for name in {kept_away!r} if name in sys.modules))"
    command = [sys.executable, "-c", script]
    finished = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split() == []
