"""Kills the program while values are typed into it, again and again: `make kills`, or with a number of kills.

Each time: a draft lies in the clinic, the program starts on a screen of its own and offers it, Enter opens it where
it was left, keys enter values along the path, and SIGKILL comes at a moment drawn evenly from the time that typing
takes. Then the clinic is read by the storage layer: every value that the window had shown as saved must be there,
the file must be whole, and the draft must be offered again where the last entry left it.
"""

from __future__ import annotations

import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ssc_hand.domain.changes import whole
from ssc_hand.domain.desk import KeepPlace, is_settled, stop_code
from ssc_hand.domain.path import parse_stop
from ssc_hand.domain.records import Visit
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import enter_clinic, found_clinic
from tests.journeys.desktop import desktop, running

KILLS = 200
#: The user of the program, which is the login name where the surroundings tell none.
_WHO = "test"  # who opens a clinic without real patients, without being asked
_BEGIN = "skin_temp@R.D1"
#: Temperatures of ten digits and of the back of both hands, then the refill of ten digits.
_KEYS = "29.428.727.928.129.026.826.127.328.828.030.130.22.13.42.85.24.03.12.26.45.13.0"
_VALUES = 22
_BETWEEN_KEYS_MS = 5
_PATIENCE = 30.0


@dataclass(slots=True)
class Kill:
    """One run of the program and its end."""

    ticked: list[tuple[str, str, str]] = field(default_factory=list)
    #: SIGKILL came between the beginning and the end of a transaction.
    is_in_save: bool = False
    #: Values that the file has and the window had not yet shown as saved.
    untold: int = 0
    faults: list[str] = field(default_factory=list)


class Clinics:
    """The clinic, the drafts that are put into it, and a look into the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._number = 0
        found_clinic(folder, the_settings(), by=_WHO).close()

    def leave_a_draft(self) -> Visit:
        """A new patient with an empty draft, left at its first temperature."""
        self._number += 1
        record = a_record(a_visit(protocol="full"), patient=a_patient(f"{self._number:04d}"))
        with enter_clinic(self.folder, by=_WHO) as clinic:
            clinic.write(*whole(record), KeepPlace(record.visits[0].id, _BEGIN))
        return record.visits[0]

    def look(self, visit: Visit, kill: Kill) -> None:
        """Compare the file with what was ticked; put the draft away."""
        with enter_clinic(self.folder, by=_WHO) as clinic:
            kill.faults += clinic.check()
            stored = clinic.record(visit.patient_id).visit(visit.id)
            values = {(site.code, key): str(seen.value) for (site, key, _n), seen in stored.observations.items()}
            kill.faults += [
                f"lost: {measure}@{site} {value}"
                for site, measure, value in kill.ticked
                if values.get((site, measure)) != value
            ]
            kill.untold = len(values) - len(kill.ticked)
            left = clinic.left_off()
            if left is None or left.visit_id != visit.id:
                kill.faults.append("the draft is not offered again")
            else:
                stop = parse_stop(stop_code(left.place))
                if is_settled(left.place) != ((stop.site, stop.measure_key, 1) in stored.observations):
                    kill.faults.append(f"offered at {left.place}, which is not where the last entry left it")


class Marks:
    """What the program that is killed tells, line by line; it ends with the program."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._process = process
        self._told = process.stdout
        self._lines: list[list[str]] = []

    def wait_for(self, word: str, times: int = 1) -> None:
        """Wait until this was marked so often; a program that does not get there is ended."""
        watch = threading.Timer(_PATIENCE, self._process.kill)
        watch.start()
        while sum(line[0] == word for line in self._lines) < times:
            line = self._told.readline()
            if not line:
                raise RuntimeError(f"the program ended before “{word}”; marked until then: {self._lines}")
            self._lines.append(line.split())
        watch.cancel()

    def read(self, kill: Kill) -> None:
        """After the end: take over what was ticked, and whether a transaction was open."""
        self._lines += [line.split() for line in self._told.read().splitlines()]
        kill.ticked = [(line[2], line[3], line[4]) for line in self._lines if line[0] == "tick"]
        saves = [line[0] for line in self._lines if line[0] in ("begin", "end")]
        kill.is_in_save = saves[-1:] == ["begin"]


@contextmanager
def _typing(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[subprocess.Popen[str], Marks]]:
    """The program, from the moment at which the first key is typed into the draft that it offered."""
    words = [sys.executable, "-m", "tests.journeys.killed", "--data", str(folder)]
    with running(words, environment) as process:
        marks = Marks(process)
        marks.wait_for("offered")
        subprocess.run(["xdotool", "key", "Return"], env=dict(environment), check=True)
        marks.wait_for("open")
        keys = ["xdotool", "type", "--delay", str(_BETWEEN_KEYS_MS), _KEYS]
        try:
            with running(keys, environment):
                yield process, marks
        finally:
            # Ended between press and release it would leave a key down, which the screen then repeats for the next run.
            ups = [word for key in ("period", *"0123456789") for word in ("keyup", key)]
            subprocess.run(["xdotool", *ups], env=dict(environment), check=True)


def _time_to_type(clinics: Clinics, environment: Mapping[str, str]) -> float:
    """Seconds until all values are ticked, without a kill; raises where not all of them come to be there."""
    visit, kill = clinics.leave_a_draft(), Kill()
    with _typing(clinics.folder, environment) as (process, marks):
        began = time.monotonic()
        marks.wait_for("tick", _VALUES)
        taken = time.monotonic() - began
        process.kill()
        marks.read(kill)
    clinics.look(visit, kill)
    if kill.faults or kill.ticked[-1] != ("L.D5", "crt", "3.0"):
        raise RuntimeError(f"not what was typed: {kill.ticked} {kill.faults}")
    return taken


def kill_once(clinics: Clinics, environment: Mapping[str, str], after: float) -> Kill:
    """Kill the program so many seconds after the first key, and look what is there."""
    visit, kill = clinics.leave_a_draft(), Kill()
    with _typing(clinics.folder, environment) as (process, marks):
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=after)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=_PATIENCE)
        marks.read(kill)
    clinics.look(visit, kill)
    return kill


def kills(count: int, told: Callable[[int, Kill], None] = lambda _number, _kill: None) -> list[Kill]:
    """So many kills, one after the other, in a clinic and on a screen of their own."""
    found = []
    with tempfile.TemporaryDirectory(prefix="ssc-hand-kills-") as name, desktop(Path(name)) as environment:
        # Assistive software is not listening here; the program answers keys as it does to most of its users.
        environment.pop("QT_LINUX_ACCESSIBILITY_ALWAYS_ON")
        clinics = Clinics(Path(name) / "clinic")
        taken = _time_to_type(clinics, environment)
        for number in range(1, count + 1):
            found.append(kill_once(clinics, environment, random.uniform(0, taken)))
            told(number, found[-1])
    return found


def _tell(number: int, kill: Kill) -> None:
    if kill.faults:
        print(f"kill {number}: {'; '.join(kill.faults)}", flush=True)
    elif number % 20 == 0:
        print(f"{number} kills", flush=True)


def main(words: list[str]) -> int:
    """The table; 1 where anything was lost."""
    count = int(words[0]) if words else KILLS
    began = time.monotonic()
    found = kills(count, _tell)
    whole_ones = [kill for kill in found if not kill.faults]
    ticked = [len(kill.ticked) for kill in found]
    print(f"kills at evenly drawn moments             {len(found)}")
    print(f"of them inside a save                     {sum(kill.is_in_save for kill in found)}")
    print(
        f"values shown as saved, in all             {sum(ticked)} (a run: {min(ticked)} to {max(ticked)}, "
        f"median {statistics.median(ticked):g})"
    )
    print(f"values in the file, not yet shown as such {sum(kill.untold for kill in found)}")
    print(f"every ticked value there, file whole, draft offered where it was left: {len(whole_ones)} of {len(found)}")
    print(f"minutes                                   {(time.monotonic() - began) / 60:.1f}")
    return 0 if len(whole_ones) == len(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
