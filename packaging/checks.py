"""Runs every check of the project, in order, and ends with one line that says whether all is well.

Run it with the Python of the virtual environment that packaging/bootstrap.py made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))

#: What each check is called and what it runs; the order is from fast to slow.
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", ("ruff", "format", "--check", ".")),
    ("lint", ("ruff", "check", ".")),
    ("types", ("mypy",)),
    ("import contracts", ("lint-imports",)),
    ("tests", ("pytest", "-n", "2")),
    ("wheel and self-test", (sys.executable, "packaging/check_wheel.py")),
)


def main() -> int:
    """Run all checks, also after one has failed; 0 when all passed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    results = [(name, run(name, command, environment)) for name, command in CHECKS]
    failed = [name for name, passed in results if not passed]
    print("\nFailed: " + ", ".join(failed) if failed else "\nAll checks passed.")
    return 1 if failed else 0


def run(name: str, command: tuple[str, ...], environment: dict[str, str]) -> bool:
    """Run one check and tell how long it took; whether it passed."""
    print(f"\n-- {name}: {Path(command[0]).name} {' '.join(command[1:])}".rstrip(), flush=True)
    # By full name, so that a tool of the same name elsewhere on the PATH is never taken.
    program = command[0] if os.sep in command[0] else str(SCRIPTS / command[0])
    started = time.monotonic()
    code = subprocess.call([program, *command[1:]], cwd=CHECKOUT, env=environment, stdin=subprocess.DEVNULL)
    print(f"-- {name}: {'passed' if code == 0 else 'FAILED'} in {time.monotonic() - started:.0f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main())
