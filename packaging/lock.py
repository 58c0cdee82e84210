"""Writes requirements/*.txt from pyproject.toml: exact versions with the hashes of all their files.

Needs uv (`python -m pip install uv`), because one lock has to serve Linux, Windows and macOS and every
Python from 3.11. Versions that are already pinned stay, unless a package is named to be upgraded:
`python packaging/lock.py reportlab pillow`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent

#: What goes into each lock file. The later ones take the versions of the first as given.
LOCKS = {
    "dev": ("pyproject.toml", "--group", "dev"),
    "runtime": ("pyproject.toml",),
    "package": ("pyproject.toml", "--group", "package"),
}


def main() -> int:
    """Write every lock file; the exit code of uv where it fails."""
    parser = argparse.ArgumentParser(description="Pin the versions of all packages.")
    parser.add_argument("upgrade", nargs="*", metavar="PACKAGE", help="take the newest version of this one")
    upgrades = [f"--upgrade-package={name}" for name in parser.parse_args().upgrade]
    for name, sources in LOCKS.items():
        same_versions = [] if name == "dev" else ["--constraint", "requirements/dev.txt"]
        code = subprocess.call(compile_command(name, [*sources, *same_versions, *upgrades]), cwd=CHECKOUT)
        if code:
            return code
    return 0


def compile_command(name: str, options: list[str]) -> list[str]:
    """The uv command that writes requirements/`name`.txt, without any address of a package index in it."""
    return [
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
        *("--custom-compile-command", "make lock"),
        *("--output-file", f"requirements/{name}.txt"),
        *options,
    ]


if __name__ == "__main__":
    sys.exit(main())
