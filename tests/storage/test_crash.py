"""The process is killed while it writes: nothing that was acknowledged is lost, nothing is half there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from ssc_hand.domain.changes import whole
from ssc_hand.domain.records import Observation
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_patient, a_record, a_visit, the_settings
from tests.clinics import enter_clinic, found_clinic

KILLS = 20

# Writes two values in one transaction, over and over, and says the number of each when the write has returned.
WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from ssc_hand.domain.changes import Put
from tests.clinics import enter_clinic

clinic = enter_clinic(Path(sys.argv[1]), by="writer")
visit = clinic.record(clinic.all_ids()[0]).visits[0]
pair = list(visit.observations.values())
number = int(pair[0].value)
while True:
    number += 1
    pair = [replace(seen, value=number % 30) for seen in pair]
    stamps = clinic.write(*(Put(seen, visit.id) for seen in pair))
    pair = [replace(seen, stamp=stamp) for seen, stamp in zip(pair, stamps)]
    print(stamps[0].version, number % 30, flush=True)
"""


def _kill_after(folder: Path, lines: int) -> tuple[int, int]:
    """Kill a writer after it has acknowledged so many writes; the version and value that it told last."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    )
    assert writer.stdout is not None
    last = ""
    for _line in range(lines):
        last = writer.stdout.readline() or last
    writer.kill()
    # What it wrote between the last line read and the signal was acknowledged as well.
    rest = [line for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    assert writer.wait() == -signal.SIGKILL
    writer.stdout.close()
    version, value = (rest[-1] if rest else last).split()
    return int(version), int(value)


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(folder: Path) -> None:
    patient = a_patient()
    record = a_record(a_visit().at("L.D2", crt=0.0).at("R.D2", crt=0.0), patient=patient)
    with found_clinic(folder, the_settings(), by="x") as clinic:
        clinic.write(*whole(record))
    for kill in range(KILLS):
        version, value = _kill_after(folder, 1 + kill * 7 % 13)
        with enter_clinic(folder, by="x") as clinic:
            assert clinic.check() == []
            kept = _pair(clinic, patient.id)
        assert len({seen.value for seen in kept}) == 1, "half of a write"
        assert len({seen.stamp.version for seen in kept if seen.stamp}) == 1, "half of a write"
        assert kept[0].stamp is not None
        # One more may have been committed before it could be told.
        assert kept[0].stamp.version - version in (0, 1)
        assert kept[0].value in (value, (value + 1) % 30)


def _pair(clinic: Clinic, patient_id: str) -> list[Observation]:
    return list(clinic.record(patient_id).visits[0].observations.values())
