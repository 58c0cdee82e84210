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
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.changes import whole
from ssc_hand.domain.desk import KeepPlace, is_settled, stop_code
from ssc_hand.domain.path import parse_stop
from ssc_hand.domain.records import Visit
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.journeys.desktop import desktop, running

KILLS = 200
#: The user of the program, which is the login name where the surroundings tell none.
_WHO = "ssc-hand"
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
        Clinic.create(folder, the_settings(), by=_WHO).close()

    def leave_a_draft(self) -> Visit:
        """A new patient with an empty draft, left at its first temperature."""
        self._number += 1
        record = a_record(a_visit(protocol="full"), patient=a_patient(f"{self._number:04d}"))
        with Clinic.open(self.folder, by=_WHO) as clinic:
            clinic.write(*whole(record), KeepPlace(record.visits[0].id, _BEGIN))
        return record.visits[0]

    def look(self, visit: Visit, kill: Kill) -> None:
        """Compare the file with what was ticked; put the draft away."""
        with Clinic.open(self.folder, by=_WHO) as clinic:
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
    """What the program that is killed has marked so far."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(b"")

    @property
    def lines(self) -> list[list[str]]:
        """Each mark in its words."""
        return [line.split() for line in self.path.read_text(encoding="utf-8").splitlines()]

    def wait_for(self, fact: Callable[[list[list[str]]], bool], what: str) -> None:
        """Wait until the marks say so."""
        end = time.monotonic() + _PATIENCE
        while not fact(self.lines):
            if time.monotonic() > end:
                raise TimeoutError(f"the program never came to: {what}")
            time.sleep(0.002)  # noqa: TID251 - between two looks at another process, which sends no signal

    def read(self, kill: Kill) -> None:
        """Take over what was ticked, and whether a transaction was open."""
        kill.ticked = [(line[2], line[3], line[4]) for line in self.lines if line[0] == "tick"]
        saves = [line[0] for line in self.lines if line[0] in ("begin", "end")]
        kill.is_in_save = saves[-1:] == ["begin"]


@contextmanager
def _typing(clinics: Clinics, marks: Marks, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The program, from the moment at which the first key is typed into the draft that it offered."""
    words = [sys.executable, "-m", "tests.journeys.killed", str(marks.path), "--data", str(clinics.folder)]
    with running(words, environment) as process:
        marks.wait_for(lambda lines: ["offered"] in lines, "the offer of the draft")
        subprocess.run(["xdotool", "key", "Return"], env=dict(environment), check=True)
        marks.wait_for(lambda lines: ["open"] in lines, "the draft")
        keys = ["xdotool", "type", "--delay", str(_BETWEEN_KEYS_MS), _KEYS]
        with running(keys, environment):
            yield process


def _time_to_type(clinics: Clinics, marks: Marks, environment: Mapping[str, str]) -> float:
    """Seconds until all values are ticked, without a kill; raises where not all of them come to be there."""
    visit = clinics.leave_a_draft()
    with _typing(clinics, marks, environment) as process:
        began = time.monotonic()
        marks.wait_for(lambda lines: sum(line[0] == "tick" for line in lines) >= _VALUES, "the last value")
        taken = time.monotonic() - began
        process.kill()
    kill = Kill()
    marks.read(kill)
    clinics.look(visit, kill)
    last = (parse_site("L.D5"), "crt", 1)
    if kill.faults or [each[2] for each in kill.ticked][-1] != "3.0" or parse_site(kill.ticked[-1][0]) != last[0]:
        raise RuntimeError(f"not what was typed: {kill.ticked} {kill.faults}")
    return taken


def kill_once(clinics: Clinics, marks: Marks, environment: Mapping[str, str], after: float) -> Kill:
    """Kill the program so many seconds after the first key, and look what is there."""
    visit, kill = clinics.leave_a_draft(), Kill()
    marks.path.write_bytes(b"")
    with _typing(clinics, marks, environment) as process:
        time.sleep(after)  # noqa: TID251 - the moment is what is tried here
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
        clinics, marks = Clinics(Path(name) / "clinic"), Marks(Path(name) / "marks")
        taken = _time_to_type(clinics, marks, environment)
        for number in range(1, count + 1):
            found.append(kill_once(clinics, marks, environment, random.uniform(0, taken)))
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
