"""What `make run` does once everything is installed, with and without a display."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import start

LISTING = "S-001\tFirst, Patient\t1960-01-01\t1\nS-002\tSecond, Patient\t1950-01-01\t40\nS-003\tThird\t1970-01-01\t9\n"


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The commands of `ssc-hand` that would have been run, without the paths of this test."""
    monkeypatch.setattr(start, "OUT", tmp_path)
    for name, place in {"CLINIC": "clinic", "SHOTS": "shots", "SUMMARY": "summary.pdf"}.items():
        monkeypatch.setattr(start, name, tmp_path / place)
    seen: list[str] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        seen.append(" ".join(command[3:]).replace(f"{tmp_path}/", ""))
        return subprocess.CompletedProcess(command, 0, stdout=LISTING)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return seen


def test_with_a_display_the_window_opens_on_a_new_demo_clinic(
    commands: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.main() == 0
    assert commands == ["demo clinic", "--data clinic"]


def test_a_demo_clinic_that_is_there_is_kept(
    commands: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "clinic.db").touch()
    assert start.main() == 0
    assert commands == ["--data clinic"]


def test_without_a_display_pages_and_a_summary_are_drawn_and_named(
    commands: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    assert start.main() == 0
    assert commands[1:] == [
        "shots --data clinic --out shots",
        "patients --data clinic",
        "report --data clinic --patient S-002 --out summary.pdf",
    ]
    said = capsys.readouterr().out
    assert "no display" in said
    assert str(tmp_path / "shots") in said
    assert str(tmp_path / "summary.pdf") in said
