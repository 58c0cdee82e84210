"""The papers at the top of the checkout keep up with the source."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

from tests.architecture.source import CHECKOUT


def test_the_tree_in_the_architecture_page_is_that_of_the_modules() -> None:
    command = [sys.executable, "packaging/architecture_tree.py", "--check"]
    finished = subprocess.run(command, cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False)
    assert finished.returncode == 0, finished.stderr


def test_every_file_that_a_paper_points_to_exists() -> None:
    papers = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
    targets = [
        (paper, target)
        for paper in papers
        for target in re.findall(r"\]\(([^)#:]+)\)", (CHECKOUT / paper).read_text(encoding="utf-8"))
    ]
    assert targets
    assert [pair for pair in targets if not (CHECKOUT / pair[1]).exists()] == []


def test_every_locked_package_is_pinned_and_hashed() -> None:
    for lock in sorted((CHECKOUT / "requirements").glob("*.txt")):
        lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        names = [line for line in lines if not line.startswith(" ")]
        assert names
        assert [line for line in names if "==" not in line] == [], lock.name
        hashed = sum(1 for line, following in pairwise(lines) if line in names and "--hash" in following)
        assert hashed == len(names), lock.name
