"""Writing a file that the person chose: whole or not at all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from ssc_hand.domain.errors import Unavailable
from ssc_hand.i18n import _


def write_file(path: Path, content: bytes) -> None:
    """Write a file in one go; raises `Unavailable`, and leaves what was there as it was, where that fails."""
    file = QSaveFile(str(path))
    if file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == len(content) and file.commit():
        return
    raise Unavailable(
        _("{name} could not be written: {why}. Nothing was changed there; choose another folder.").format(
            name=path.name, why=file.errorString().rstrip(".")
        )
    )
