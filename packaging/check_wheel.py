"""Builds the wheel, installs it into a clean environment and runs its self-test from outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> int:
    """0 when the installed program passes its self-test, else the exit code of the step that failed."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-wheel-") as scratch:
        try:
            check(Path(scratch))
        except subprocess.CalledProcessError as problem:
            print(f"Failed: {' '.join(problem.cmd)}", file=sys.stderr)
            return problem.returncode or 1
    return 0


def check(scratch: Path) -> None:
    """Build, install and try the wheel inside `scratch`; CalledProcessError when a step fails."""
    wheel = build_wheel(scratch / "dist")
    venv.create(scratch / "clean", with_pip=True)
    folder = scratch / "clean" / ("Scripts" if os.name == "nt" else "bin")
    pip = [str(folder / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet"]
    lock = str(CHECKOUT / "requirements" / "runtime.txt")
    pinned = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", lock]
    run([*pip, "install", *pinned], scratch)
    run([*pip, "install", "--no-deps", "--no-index", str(wheel)], scratch)
    run([*pip, "check"], scratch)
    run([str(folder / "ssc-hand"), "--version"], scratch)
    run([str(folder / "ssc-hand"), "--self-test"], scratch)


def build_wheel(folder: Path) -> Path:
    """The wheel of this checkout, built into `folder`."""
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(folder),
        str(CHECKOUT),
    ]
    run(command, CHECKOUT)
    return next(folder.glob("*.whl"))


def run(command: list[str], folder: Path) -> None:
    """Run `command` in `folder`, offscreen and deaf to the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    subprocess.run(command, cwd=folder, env=environment, check=True, stdin=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
