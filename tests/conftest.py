"""What every test stands on: an offscreen Qt, folders of its own, and nothing left open behind it."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Qt and reportlab look for files of the user once, when they are first loaded: before any fixture runs.
_HOME = tempfile.TemporaryDirectory(prefix="ssc-hand-tests-")
_USER_FOLDERS = {
    "HOME": "home",
    "USERPROFILE": "home",
    "APPDATA": "home/roaming",
    "LOCALAPPDATA": "home/local",
    "XDG_CONFIG_HOME": "home/config",
    "XDG_DATA_HOME": "home/data",
    "XDG_STATE_HOME": "home/state",
    "XDG_CACHE_HOME": "home/cache",
    "XDG_RUNTIME_DIR": "home/run",
    "SSC_HAND_CONFIG_DIR": "home/settings",
}

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def _point_user_folders_at(root: Path) -> Iterator[tuple[str, str]]:
    """The variables that say where a user's files lie, each with a folder made inside `root`."""
    for name, place in _USER_FOLDERS.items():
        folder = root / place
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield name, str(folder)


os.environ.update(_point_user_folders_at(Path(_HOME.name)))


@pytest.fixture(autouse=True)
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings of the person who runs it, nor those that another test left."""
    for name, folder in _point_user_folders_at(tmp_path_factory.mktemp("user")):
        monkeypatch.setenv(name, folder)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Generator[None, object, object]:
    """Collect no garbage until Qt has deleted the windows of a test.

    Once its fixtures have let go of a window, nothing in Python holds it: garbage that is collected while one of its
    last events is delivered would take it from under Qt.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(trylast=True, specname="pytest_runtest_teardown")
def deliver_deletions(item: pytest.Item) -> None:
    """Deliver `deleteLater`, which the event loop of a test does not, and refuse windows left open."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - tests without Qt stay without it
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - as above

    if not isinstance(QCoreApplication.instance(), QApplication):
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    left_open = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left_open:
        widget.close()
    if left_open:
        names = ", ".join(type(widget).__name__ for widget in left_open)
        pytest.fail(f"{item.name} left windows open: {names}", pytrace=False)
