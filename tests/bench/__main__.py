"""Measures everything and prints one table; never fails for being slow: `python -m tests.bench`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ssc_hand.tasks.demo_clinic import write_demo
from tests.bench import memory, starting
from tests.bench.measuring import Row


def main(wanted: list[str]) -> int:
    """Measure all parts, or those named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="ssc-hand-bench-") as folder:
        home = Path(folder)
        os.environ["SSC_HAND_CONFIG"] = str(home / "config")
        clinic = home / "demo"
        write_demo(clinic)
        parts: dict[str, Callable[[], list[Row]]] = {
            "start": lambda: starting.rows(home, clinic),
            "memory": lambda: memory.rows(home, clinic),
        }
        _print_line("what", "ours", "floor", "ratio", "goal", "")
        for name, part in parts.items():
            if not wanted or name in wanted:
                for row in part():
                    _print_row(row)
    return 0


def _print_row(row: Row) -> None:
    goals = [] if row.at_most is None else [f"≤ {_amount(row.at_most, row.unit)}"]
    goals += [] if row.times is None else [f"≤ {row.times:g} x"]
    ours, floor = _amount(row.ours, row.unit), _amount(row.floor, row.unit)
    verdict = "" if not goals else "met" if row.is_met else "NOT MET"
    _print_line(row.what, ours, floor, f"{row.ratio:.2f} x", ", ".join(goals), verdict, row.beside)


def _print_line(what: str, ours: str, floor: str, ratio: str, goal: str, verdict: str, beside: str = "beside") -> None:
    print(f"{what:<46} {ours:>9} {floor:>9} {ratio:>9}   {goal:<16} {verdict:<8} {beside}", flush=True)


def _amount(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if unit != "s" else f"{value * 1000:.{3 if value < 0.001 else 1}f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
