"""The anchor: the last link of the chain, kept beside the file, so that an older or a cut file is noticed."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ssc_hand.domain.audit import Seal
from ssc_hand.storage.driver import Connection

NAME = "clinic.anchor"
#: It is also written while a clinic is open, after so many links.
EVERY = 50
_MOST_BYTES = 4096


def write(folder: Path, clinic_id: str, seal: Seal) -> None:
    """Put the last link beside the file, whole or not at all; raises the error of the file system."""
    part = folder / f"{NAME}.part"
    content = json.dumps({"clinic": clinic_id, "n": seal.n, "mac": seal.mac, "at": seal.at.isoformat()})
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)


def is_held(folder: Path, clinic_id: str, connection: Connection) -> bool:
    """Whether the file has the link that the anchor knows; so it is where there is no readable anchor."""
    try:
        with (folder / NAME).open("rb") as file:
            known = json.loads(file.read(_MOST_BYTES))
        n, mac = int(known["n"]), str(known["mac"])
        is_ours = known["clinic"] == clinic_id
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return True
    row = connection.execute("SELECT mac FROM seal WHERE n = ?", (n,)).fetchone()
    return not is_ours or (row is not None and row[0] == mac)
