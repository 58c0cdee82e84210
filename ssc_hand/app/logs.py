"""A rotating log that tells what failed and where in the code, never with whom: ids at most, no patient data."""

from __future__ import annotations

import logging
import sys
import traceback
from itertools import pairwise
from pathlib import Path
from types import TracebackType

_LOG = logging.getLogger("ssc_hand")
_FILE = "ssc-hand.log"
_BYTES = 500_000
_OLDER_FILES = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"
_PACKAGE = Path(__file__).parent.parent


class _WithoutPatients(logging.Formatter):
    """Tells an exception by its type and its lines of code; its message may quote what somebody typed."""

    def formatException(  # noqa: N802 - the name that logging gives it
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Type and places, without message and without source lines."""
        return "" if ei[1] is None else places_of(ei[1])


def places_of(error: BaseException) -> str:
    """The type of an exception and where in the code it arose and passed, innermost last, without its message."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    told = "\n".join([type(error).__qualname__, *lines])
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told if cause is None else f"{told}\nbecause of\n{places_of(cause)}"


def _short(file_name: str) -> str:
    """A file of the program by its place in it, any other by its name: paths may hold the name of a person."""
    path = Path(file_name)
    return path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else path.name


class _File(logging.FileHandler):
    """A file that makes way for a new one when it is full; that of the library brings sockets, which delay a start."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record; the file is made with the first."""
        path = Path(self.baseFilename)
        try:
            if path.is_file() and path.stat().st_size >= _BYTES:
                self._make_way(path)
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _make_way(self, path: Path) -> None:
        if self.stream is not None:
            self.stream.close()
            self.stream = None  # the library opens anew with the next record
        files = [path, *(path.with_name(f"{path.name}.{number + 1}") for number in range(_OLDER_FILES))]
        for newer, older in reversed(list(pairwise(files))):
            if newer.exists():
                newer.replace(older)


def start_logging(folder: Path) -> None:
    """Log into a folder; where that cannot be, warnings go to standard error and the program goes on."""
    _LOG.setLevel(logging.INFO)
    handler: logging.Handler
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = _File(folder / _FILE, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.StreamHandler(sys.stderr)
        handler.setLevel(logging.WARNING)
    handler.setFormatter(_WithoutPatients(_FORMAT))
    stop_logging()
    _LOG.addHandler(handler)
    _LOG.propagate = False


def stop_logging() -> None:
    """Close the log, so that its folder can be removed."""
    for kept in list(_LOG.handlers):
        _LOG.removeHandler(kept)
        kept.close()
    _LOG.propagate = True
