"""The stop watch: medians of fifteen, ours and the floor in turn, and the processes that are measured whole."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 15
CHECKOUT = Path(__file__).resolve().parent.parent.parent
_CHILDREN = Path(__file__).resolve().parent / "children"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table; seconds unless the unit says otherwise."""

    what: str
    ours: float
    floor: float
    #: What the floor is.
    beside: str
    #: Largest ratio of ours to the floor, if that is the goal.
    times: float | None = None
    #: Largest value of ours, if that is the goal.
    at_most: float | None = None
    unit: str = "s"
    #: What the number means, in words beneath it.
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours in floors."""
        return self.ours / self.floor

    @property
    def is_met(self) -> bool:
        """Whether the goal is met."""
        return (self.times is None or self.ratio <= self.times) and (self.at_most is None or self.ours <= self.at_most)


def in_turn(ours: Callable[[], float], floor: Callable[[], float], rounds: int = ROUNDS) -> tuple[float, float]:
    """The medians of both, measured in turn so that a busy moment of the machine strikes both alike."""
    ours(), floor()
    pairs = [(ours(), floor()) for _round in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def seconds(task: Callable[[], object]) -> float:
    """How long a task takes once."""
    started = time.perf_counter()
    task()
    return time.perf_counter() - started


def slowest(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def child(script: str, *words: str, home: Path) -> tuple[str, int]:
    """Run a script of children/ to its end: what it printed, and the moment at which it was started (ns)."""
    folders = {"HOME": home, "XDG_CONFIG_HOME": home / "config", "XDG_STATE_HOME": home / "state"}
    environment = {
        **os.environ,
        **{name: str(folder) for name, folder in folders.items()},
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(CHECKOUT),
        # Compiled once, as in an installed program, and outside of the checkout.
        "PYTHONPYCACHEPREFIX": str(home / "bytecode"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.monotonic_ns()
    done = subprocess.run(
        [sys.executable, str(_CHILDREN / script), *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{script} ended with {done.returncode}: {done.stderr}")
    return done.stdout, started
