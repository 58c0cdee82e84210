"""Draws the pictures of README.md into docs/images, from a demo clinic that is written for the purpose.

Run it with the Python of the virtual environment that packaging/bootstrap.py made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
IMAGES = CHECKOUT / "docs" / "images"

#: Each picture in docs/images, and the word in the name of the page of the window that it shows.
PICTURES = {"window.png": "visit"}


def main() -> int:
    """0 when every picture was drawn, else the exit code of the command that failed."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-shots-") as scratch:
        clinic, shots = Path(scratch) / "clinic", Path(scratch) / "shots"
        try:
            run("demo", str(clinic))
            run("shots", "--data", str(clinic), "--out", str(shots))
        except subprocess.CalledProcessError as problem:
            return problem.returncode
        IMAGES.mkdir(parents=True, exist_ok=True)
        for picture, word in PICTURES.items():
            page = next(path for path in sorted(shots.glob("*.png")) if word in path.name)
            shutil.copyfile(page, IMAGES / picture)
            print(f"docs/images/{picture}")
    return 0


def run(*arguments: str) -> None:
    """Run one `ssc-hand` command offscreen; CalledProcessError when it fails."""
    command = [sys.executable, "-m", "ssc_hand", *arguments]
    subprocess.run(command, cwd=CHECKOUT, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


if __name__ == "__main__":
    sys.exit(main())
