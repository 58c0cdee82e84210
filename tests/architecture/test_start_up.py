"""What is slow to load stays away until somebody asks for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import CHECKOUT

HEAVY = ("pyqtgraph", "numpy", "reportlab", "PIL", "pypdfium2", "arabic_reshaper", "bidi")

#: What needs an open clinic, a visit or a wish: it loads with the first of them, whole packages with all in them.
LATE = (
    "ssc_hand.storage",
    "ssc_hand.exchange",
    "ssc_hand.reports",
    "ssc_hand.tasks",
    "ssc_hand.domain.account",
    "ssc_hand.domain.compare",
    "ssc_hand.domain.keymap",
    "ssc_hand.domain.path",
    "ssc_hand.domain.refill_clock",
    "ssc_hand.domain.typing",
    "ssc_hand.domain.warnings",
    "ssc_hand.ui.bedside",
    "ssc_hand.ui.bedside_desk",
    "ssc_hand.ui.clash_bar",
    "ssc_hand.ui.clinic_page",
    "ssc_hand.ui.findings",
    "ssc_hand.ui.forms",
    "ssc_hand.ui.models.entry_path",
    "ssc_hand.ui.move_page",
    "ssc_hand.ui.patients.editor",
    "ssc_hand.ui.patients.today",
    "ssc_hand.ui.photos",
    "ssc_hand.ui.setup",
    "ssc_hand.ui.summary",
    "ssc_hand.ui.trends",
)
#: Parts of Python that bring much with them and that an empty window has no use for.
NOT_NEEDED_YET = (
    "calendar",
    "html.entities",
    "logging.handlers",
    "pickle",
    "queue",
    "socket",
    "sqlite3",
    "sqlcipher3",
    "cryptography",
)
#: Modules of our own before the first paint. Each costs about a millisecond of the time in which a window is awaited,
#: so whoever needs one more there looks first whether it can load later.
MOST_OWN = 110

_SCRIPT = """
import sys
from PySide6.QtCore import QEvent, QObject, QSettings
from ssc_hand.app import compose, logs


class Seen(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            print(*sys.modules)
            app.quit()
        return False


logs.start_logging(compose.config_folder())
app = compose.make_application()
window = compose.make_window(QSettings(sys.argv[1], QSettings.Format.IniFormat))
seen = Seen()
window.visit_page.hands.view.installEventFilter(seen)
window.show()
app.exec()
"""


def _told(script: str, *words: str, config: Path | None = None) -> list[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    if config is not None:
        environment["SSC_HAND_CONFIG_DIR"] = str(config)
    command = [sys.executable, "-c", script, *words]
    finished = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.split()


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
    assert _told(script) == []


def test_the_window_is_painted_before_anything_loads_that_can_wait(tmp_path: Path) -> None:
    loaded = _told(_SCRIPT, str(tmp_path / "window.ini"), config=tmp_path)
    kept_away = (*HEAVY, *LATE, *NOT_NEEDED_YET)
    assert [
        name for name in loaded if name.startswith(tuple(f"{each}." for each in kept_away)) or name in kept_away
    ] == []
    own = [name for name in loaded if name.startswith("ssc_hand")]
    assert "ssc_hand.ui.hand.view" in own
    assert len(own) <= MOST_OWN


def test_what_is_kept_away_still_exists() -> None:
    for name in LATE:
        path = CHECKOUT.joinpath(*name.split("."))
        assert path.is_dir() or path.with_suffix(".py").is_file(), name
