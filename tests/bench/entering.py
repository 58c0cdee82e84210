"""A whole assessment by keys, replayed: what each key costs the thread of the window, the disk's answers included.

Time of the thread is measured, not time on the wall: the disk writes on a thread of its own while a person goes on,
and a busy computer would be counted otherwise.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit, QWidget

from ssc_hand.domain.vocabulary import VisitKind
from ssc_hand.ui.main_window import MainWindow
from tests.bench.measuring import Row, slowest
from tests.bench.window import opened, settle, until

_VALUES = {
    "pain@R.D1": ("3", "4", "5", "2", "0", "6", "7", "1", "2", "3"),
    "skin_temp@R.D1": ("29.4", "28.7", "27.9", "28.1", "29.0", "26.8", "26.1", "27.3", "28.8", "28.0"),
    "crt@R.D1": ("2.1", "3.4", "2.8", "5.2", "4.0", "3.1", "2.2", "6.4", "5.1", "3.0"),
}
_FINDINGS = (
    "Cold, pale fingertips of both hands; ulcer of the right index tip dry, no sign of infection, pitting scars old. "
)
_PLAN = "Continue iloprost monthly; review in three months; warm gloves; call if pain."
_NAMED = {"\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape}


@dataclass(slots=True)
class _Replay:
    """Keys as they are sent, and what each cost."""

    window: MainWindow
    times: list[float] = field(default_factory=list)

    def press(self, text: str) -> None:
        """Send keys to whatever has the keyboard, each when the one before is done with."""
        for char in text:
            widget = QApplication.focusWidget() or self.window.visit_page.hands.view
            self.times.append(_key(widget, char))
            before = time.thread_time()
            until(lambda: not self.window.storage.is_busy)
            settle()
            self.times[-1] += time.thread_time() - before


def _key(widget: QWidget, char: str) -> float:
    key = _NAMED.get(char) or Qt.Key(ord(char.upper()))
    before = time.thread_time()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char))
    settle()
    return time.thread_time() - before


def rows(clinic: Path) -> list[Row]:
    """One key of the assessment, and all of them, for the patient of forty visits."""
    with opened(clinic) as window:
        window.open_patient(window.browser.rows[0].key)
        until(lambda: window.editor.record is not None)
        ours = _assess(window)
    floor = _type_into_bare_text(len(ours))
    return [
        Row(
            what="one key of an assessment, 95th percentile",
            ours=slowest(ours),
            floor=slowest(floor),
            beside="the same number of keys into a text of Qt",
            at_most=0.016,
        ),
        Row(
            what=f"  the whole assessment, {len(ours)} keys",
            ours=sum(ours),
            floor=sum(floor),
            beside="the same",
            at_most=2.0,
        ),
    ]


def _assess(window: MainWindow) -> list[float]:
    """Thirty values, two ulcers, findings and plan; only the keys are measured."""
    window.editor.start(VisitKind.FOLLOW_UP, "bench", "", protocol="full")
    window.show_hands()
    settle()
    replay, path = _Replay(window), window.visit_page.bedside.path
    for place, values in _VALUES.items():
        path.go_to(place)
        settle()
        replay.press("".join(values))
    for place in ("crt@R.D2", "crt@L.D3"):
        path.go_to(place)
        window.show_hands()
        settle()
        replay.press("u\x1b")
    for key, text in (("findings", _FINDINGS), ("plan", _PLAN)):
        editor = window.visit_page.fields.editor(key).entry
        window.visit_page.tabs.setCurrentIndex(2)
        editor.setFocus()
        settle()
        replay.press(text)
        QApplication.sendEvent(editor, QFocusEvent(QEvent.Type.FocusOut))
    until(lambda: not window.storage.is_busy)
    visit = window.editor.visit
    assert visit is not None
    if len(visit.observations) < len(_VALUES) * 10 or len(visit.states) < 2 or not visit.findings:
        raise RuntimeError("the assessment was not entered")
    return replay.times


def _type_into_bare_text(count: int) -> list[float]:
    bare = QMainWindow()
    text = QPlainTextEdit(bare)
    bare.setCentralWidget(text)
    bare.resize(1366, 740)
    bare.show()
    settle()
    times = [_key(text, "a") for _number in range(count)]
    bare.close()
    return times
