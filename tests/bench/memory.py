"""How much memory a process holds."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tests.bench.measuring import Row, child, in_turn

_STATM = Path("/proc/self/statm")


def resident_bytes() -> int:
    """The memory of this process that is in use now; where the system does not tell that, the most it ever was."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource  # noqa: PLC0415 - Windows has none

    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def rows(home: Path, clinic: Path) -> list[Row]:
    """Memory with a patient open."""

    def ours() -> float:
        told, _started = child("own_window.py", "memory", str(clinic), home=home)
        return float(json.loads(told)["bytes"]) / 1e6

    def floor() -> float:
        told, _started = child("bare_plot.py", home=home)
        return float(told) / 1e6

    here, there = in_turn(ours, floor)
    return [
        Row(
            what="memory with a patient open",
            ours=here,
            floor=there,
            beside="empty window, pyqtgraph imported",
            times=1.6,
            unit="MB",
        )
    ]
