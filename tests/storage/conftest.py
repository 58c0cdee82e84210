"""A clinic in a folder of its own, and the ways in which a folder can go wrong."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.storage import driver
from ssc_hand.storage.clinic import Clinic
from tests.clinics import connect, found_clinic

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the clinic will lie; not made yet."""
    return tmp_path / "clinic"


@pytest.fixture
def clinic(folder: Path) -> Iterator[Clinic]:
    """An open clinic without patients."""
    with found_clinic(folder, ClinicSettings(name="Hand Clinic", purpose=Purpose.TEST), by="Dr. Rey") as opened:
        yield opened


@pytest.fixture
def closed(folder: Path) -> Path:
    """The folder of a clinic that nobody has open."""
    found_clinic(folder, ClinicSettings(name="Hand Clinic", purpose=Purpose.TEST), by="Dr. Rey").close()
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two seconds of waiting for a lock become next to none."""
    monkeypatch.setattr(driver, "PATIENCE_MS", 20)


@pytest.fixture
def statement(clinic: Clinic) -> Iterator[Callable[..., list[tuple[object, ...]]]]:
    """Run a statement on the clinic's file through a connection of its own, as another program would."""
    connection = connect(clinic.folder / "clinic.db")
    yield lambda text, *values: connection.execute(text, values).fetchall()
    connection.close()


@pytest.fixture
def as_plain_user() -> Iterator[Path]:
    """A folder of a user without special rights, who runs the test (root may write everywhere)."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-", ignore_cleanup_errors=True) as name:
        root = Path(name)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(root, NOBODY, NOBODY)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        try:
            yield root
        finally:
            if is_root:
                os.seteuid(0)
                os.setegid(0)
            for path in (root, *root.rglob("*")):
                path.chmod(0o700)
