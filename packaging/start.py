"""Opens the demo clinic; where no window can open, draws its pages and one visit summary to files instead.

Run it with the Python of the virtual environment that packaging/bootstrap.py made.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OUT = CHECKOUT / "out"
CLINIC = OUT / "demo-clinic"
SHOTS = OUT / "shots"
SUMMARY = OUT / "visit-summary.pdf"


def main() -> int:
    """Make the demo clinic if it is absent, then show it; the exit code is that of the program."""
    try:
        if not (CLINIC / "clinic.db").exists():
            print("Writing the demo clinic (invented patients) into out/demo-clinic", flush=True)
            OUT.mkdir(exist_ok=True)
            run("demo", str(CLINIC))
        if has_display():
            run("--data", str(CLINIC))
        else:
            draw_to_files()
    except subprocess.CalledProcessError as problem:
        return problem.returncode
    except KeyboardInterrupt:
        return 130
    return 0


def has_display() -> bool:
    """Whether a window can open here: always on Windows and macOS; on Linux where a display is named."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def draw_to_files() -> None:
    """Every page of the window to PNG and one visit summary to PDF, and say where they are."""
    print("There is no display here, so the pages of the window are drawn to files instead.", flush=True)
    run("shots", "--data", str(CLINIC), "--out", str(SHOTS))
    run("report", "--data", str(CLINIC), "--patient", patient_with_most_visits(), "--out", str(SUMMARY))
    print(f"Pages of the window: {SHOTS}")
    for page in sorted(SHOTS.glob("*.png")):
        print(f"  {page.name}")
    print(f"Visit summary: {SUMMARY}")


def patient_with_most_visits() -> str:
    """The record number of the demo patient whose summary has the most to show."""
    listing = run("patients", "--data", str(CLINIC)).splitlines()
    rows = [line.split("\t") for line in listing if line]
    return max(rows, key=lambda row: int(row[3]))[0]


def run(*arguments: str) -> str:
    """Run one `ssc-hand` command; `patients` is listened to, every other one prints for itself."""
    environment = dict(os.environ)
    if not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    wanted = subprocess.PIPE if arguments[0] == "patients" else None
    command = [sys.executable, "-m", "ssc_hand", *arguments]
    finished = subprocess.run(command, cwd=CHECKOUT, check=True, env=environment, stdout=wanted, encoding="utf-8")
    return finished.stdout or ""


if __name__ == "__main__":
    sys.exit(main())
