"""From the command to the first paint, and to a list that is filled and a search box that takes keys."""

from __future__ import annotations

import json
import statistics
from pathlib import Path

from tests.bench.measuring import ROUNDS, Row, child


def rows(home: Path, clinic: Path) -> list[Row]:
    """Whole processes, ours and the bare one in turn; raises where a start loads what it must not."""
    first: list[float] = []
    ready: list[float] = []
    bare: list[float] = []
    for number in range(ROUNDS + 1):
        told, started = child("own_window.py", "start", str(clinic), home=home)
        moments = json.loads(told)
        if moments["loaded"]:
            raise RuntimeError(f"the start loads {', '.join(moments['loaded'])}")
        stood, began = child("bare_window.py", home=home)
        if number:  # the first of each compiles
            first.append((moments["first_paint"] - started) / 1e9)
            ready.append((moments["ready"] - started) / 1e9)
            bare.append((int(stood) - began) / 1e9)
    floor = statistics.median(bare)
    window = "bare script, empty window"
    return [
        Row(what="start to first paint", ours=statistics.median(first), floor=floor, beside=window, times=3),
        Row(what="start to list and keys", ours=statistics.median(ready), floor=floor, beside=window, times=4),
    ]
