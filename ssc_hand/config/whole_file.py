"""A file is there whole or not at all: written beside its place, then put in it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from ssc_hand.domain.errors import Unavailable
from ssc_hand.i18n import N_, _

_WHY = {
    errno.ENOENT: N_("its folder does not exist"),
    errno.ENOTDIR: N_("its folder is a file"),
    errno.EISDIR: N_("there is a folder of that name"),
    errno.ENODEV: N_("there is something of that name that is no file"),
    errno.EACCES: N_("writing there is not allowed"),
    errno.EPERM: N_("writing there is not allowed"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that only this user can read; an older one of that name stays until the new one is whole.

    Raises `Unavailable`, and leaves everything as it was, where it cannot be written.
    """
    part: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not path.is_file():
            # A device or a pipe would be replaced by a file.
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:80]}.", suffix=".part", dir=path.parent)
        part = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, ValueError) as problem:
        if part is not None:
            part.unlink(missing_ok=True)
        raise Unavailable(
            _("{path} could not be written: {why}. Nothing was changed; choose another place.").format(
                path=path, why=_why(problem)
            )
        ) from problem


def _why(problem: Exception) -> str:
    known = _WHY.get(problem.errno or 0) if isinstance(problem, OSError) else None
    return _(known) if known else (getattr(problem, "strerror", None) or str(problem))
