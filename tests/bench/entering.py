"""A whole assessment by keys, replayed: what each key costs the thread of the window, the disk's answers included.

Time of the thread is measured, not time on the wall: the disk writes on a thread of its own while a person goes on,
and a busy computer would be counted otherwise.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit

from ssc_hand.domain.vocabulary import VisitKind
from ssc_hand.ui.main_window import MainWindow
from tests.bench import assessment
from tests.bench.measuring import Row, slowest
from tests.bench.typist import Typist
from tests.bench.window import opened, settle, until


def rows(clinic: Path) -> list[Row]:
    """One key of the assessment, and all of them, for the patient of forty visits."""
    with opened(clinic) as window:
        window.open_patient(window.browser.rows[0].key)
        until(lambda: window.editor.record is not None and not window.storage.is_busy)
        settle()
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
    """Thirty values, two ulcers, findings and plan in a visit that asks for everything; only the keys are measured."""
    window.editor.start(VisitKind.FOLLOW_UP, "bench", "", protocol="full")
    window.show_hands()
    settle()
    person = Typist(window, is_led=True)
    assessment.rest_by_keys(person)
    window.visit_page.settle()
    until(lambda: not window.storage.is_busy)
    record = window.editor.record
    assert record is not None
    assessment.check_all(record)
    return person.times


def _type_into_bare_text(count: int) -> list[float]:
    bare = QMainWindow()
    text = QPlainTextEdit(bare)
    bare.setCentralWidget(text)
    bare.resize(1366, 740)
    bare.show()
    text.setFocus()
    settle()
    surface = bare.windowHandle()
    times = []
    for _number in range(count):
        before = time.thread_time()
        QTest.keyClick(surface, Qt.Key.Key_A)
        settle()
        times.append(time.thread_time() - before)
    if len(text.toPlainText()) != count:
        raise RuntimeError("the keys did not come to the text")
    bare.close()
    return times
