"""Measures everything and prints one table; never fails for being slow: `python -m tests.bench`."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path

from ssc_hand.tasks.demo_clinic import write_demo
from tests.bench import entering, keystrokes, material, memory, opening, paper, pressing, saving, starting
from tests.bench.measuring import ROUNDS, Row

_NOTE_WIDTH = 110
#: Demo patients in the shape of the trial, and with forty visits and fifteen lesions.
_USUAL, _LONG = "DEMO-002", "DEMO-026"


def main(wanted: list[str]) -> int:
    """Measure all parts, or those named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    logging.getLogger("ssc_hand").addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory(prefix="ssc-hand-bench-") as folder:
        home = Path(folder)
        # Neither read nor change what the person at this computer has set.
        os.environ["SSC_HAND_CONFIG_DIR"] = str(home / "config")
        parts = _parts(home)
        print(f"Medians of {ROUNDS}; ratio: ours in floors measured in the same run.")
        _print_line("what", "ours", "floor", "ratio", "goal", "")
        for name in wanted or parts:
            for row in parts[name]():
                _print_row(row)
    return 0


def _parts(home: Path) -> dict[str, Callable[[], list[Row]]]:
    """What can be measured, by name; it is prepared when it is asked for."""
    demo, one = home / "demo", home / "one"
    write_demo(demo)
    many_visits, usual = material.with_many_visits(), material.the_patient(_USUAL)
    material.write_clinic(one, usual, many_visits)

    def open_and_find() -> list[Row]:
        material.write_many(home / "large")
        return opening.rows(one, home / "large", many_visits.patient.id, usual.patient.id)

    return {
        "start": lambda: starting.rows(home, demo),
        "press": lambda: pressing.rows(one),
        "enter": lambda: entering.rows(one),
        "keystrokes": lambda: keystrokes.rows(home / "keystrokes"),
        "save": lambda: saving.rows(one, many_visits),
        "open": open_and_find,
        "paper": lambda: [
            *paper.rows(usual, "visit summary PDF"),
            *paper.rows(material.the_patient(_LONG), "  the same, 40 visits and 15 lesions"),
        ],
        "memory": lambda: memory.rows(home, demo),
    }


def _print_row(row: Row) -> None:
    goals = [] if row.at_most is None else [f"≤ {_amount(row.at_most, row.unit)}"]
    goals += [] if row.times is None else [f"≤ {row.times:g} x"]
    ours, floor = _amount(row.ours, row.unit), _amount(row.floor, row.unit)
    verdict = "" if not goals else "met" if row.is_met else "NOT MET"
    _print_line(row.what, ours, floor, f"{row.ratio:.2f} x", ", ".join(goals), verdict, row.beside)
    for line in textwrap.wrap(row.note, _NOTE_WIDTH):
        print(f"    {line}", flush=True)


def _print_line(what: str, ours: str, floor: str, ratio: str, goal: str, verdict: str, beside: str = "beside") -> None:
    print(f"{what:<46} {ours:>9} {floor:>9} {ratio:>9}   {goal:<16} {verdict:<8} {beside}", flush=True)


def _amount(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit != "s" else f"{value * 1000:.{3 if value < 0.001 else 1}f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
