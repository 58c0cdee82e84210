"""Opening a patient until banner, hands and table are painted; and finding one among a hundred thousand."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.database import NAME
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.search import question
from ssc_hand.ui.main_window import MainWindow
from tests.bench.material import BY, VISITS
from tests.bench.measuring import Row, in_turn, seconds, slowest
from tests.bench.window import Paints, opened, settle, until
from tests.clinics import connect, enter_clinic

#: What is typed, letter by letter: from one hit to all patients, from the first names to the last.
_TYPED = ("rame", "sal a", "Gover", "zu hugo", "kavelin", "0421", "1964")
_QUESTIONS = (
    "SELECT * FROM patient WHERE id = ?",
    "SELECT * FROM procedure WHERE patient_id = ?",
    "SELECT * FROM amputation WHERE patient_id = ?",
    "SELECT * FROM lesion WHERE patient_id = ?",
    "SELECT * FROM visit WHERE patient_id = ?",
    "SELECT * FROM observation WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = ?)",
    "SELECT * FROM lesion_state WHERE visit_id IN (SELECT id FROM visit WHERE patient_id = ?)",
)
_HITS = "SELECT rowid FROM patient_words WHERE patient_words MATCH ? LIMIT 200"


def rows(clinic: Path, large: Path, patient_id: str, other_id: str) -> list[Row]:
    """Both rows; `other_id` is opened in between, so that everything must be shown anew."""
    bare = connect(clinic / NAME)
    with opened(clinic) as window:
        window.resize(1920, 1040)  # where the table stands beneath the hands and is painted as well
        here, there = in_turn(
            lambda: _open(window, patient_id, other_id),
            lambda: seconds(lambda: [bare.execute(each, (patient_id,)).fetchall() for each in _QUESTIONS]),
        )
    bare.close()
    return [
        Row(
            what=f"patient with {VISITS} visits opened and shown",
            ours=here,
            floor=there,
            beside="its rows, bare sqlite3",
            at_most=0.1,
        ),
        *_finding(large),
    ]


def _open(window: MainWindow, patient_id: str, other_id: str) -> float:
    page = window.visit_page
    paints = Paints(window.banner, page.hands.view, page.table.viewport())
    arrived: list[object] = []

    def on_record_changed(record: object) -> None:
        arrived.append(record)
        paints.expect()

    def open_and_wait(wanted: str) -> None:
        arrived.clear()
        window.open_patient(wanted)
        until(lambda: bool(arrived) and paints.are_done)

    window.editor.record_changed.connect(on_record_changed)
    open_and_wait(other_id)
    settle()
    taken = seconds(lambda: open_and_wait(patient_id))
    window.editor.record_changed.disconnect(on_record_changed)
    return taken


def _finding(large: Path) -> list[Row]:
    bare = connect(large / NAME)
    keys = [text[:end] for text in _TYPED for end in range(1, len(text) + 1)]
    with opened(large) as window, enter_clinic(large, by=BY) as clinic:
        paints = Paints(window.browser)
        found, floor = in_turn(
            lambda: slowest([seconds(partial(clinic.find, key)) for key in keys]),
            lambda: slowest([_hits(bare, key) for key in keys]),
        )
        shown, _again = in_turn(lambda: slowest([_find_and_show(window, clinic, key, paints) for key in keys]), float)
    bare.close()
    what, beside = "100,000 patients, per key, 95th percentile", "200 hits of the index, bare sqlite3"
    return [
        Row(what=what, ours=found, floor=floor, beside=beside, at_most=0.02),
        Row(what="  the same, and the list painted", ours=shown, floor=floor, beside=beside, at_most=0.02),
    ]


def _hits(bare: Connection, key: str) -> float:
    asked = question(key)
    return seconds(lambda: bare.execute(_HITS, (asked,)).fetchall())


def _find_and_show(window: MainWindow, clinic: Clinic, key: str, paints: Paints) -> float:
    def find_and_show() -> None:
        paints.expect()
        window.browser.show_lines(clinic.find(key))
        window.browser.update()
        until(lambda: paints.are_done)

    return seconds(find_and_show)
