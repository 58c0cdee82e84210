"""A desktop of one's own: a screen in memory, a window manager, a session bus with the accessibility bus on it."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
#: Debian keeps the bindings of the accessibility bus for this Python alone.
SYSTEM_PYTHON = "/usr/bin/python3"
_ASK_FOR_BUS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
#: The session bus starts this when the first program asks for the accessibility bus.
_BUS_SERVICES = (
    Path("/usr/share/dbus-1/services/org.a11y.Bus.service"),
    Path("/usr/local/share/dbus-1/services/org.a11y.Bus.service"),
)
_PACKAGES = {"Xvfb": "xvfb", "dbus-daemon": "dbus", "xdotool": "xdotool", "import": "imagemagick"}
#: What Qt's plugin for X11 loads, and Debian leaves out by default.
_CURSORS = "libxcb-cursor.so.0"
_PATIENCE = 20


def what_is_missing(*programs: str) -> list[str]:
    """The Debian packages that have to be installed for a desktop with these programs besides; empty if none."""
    missing = [_PACKAGES[program] for program in ("Xvfb", "dbus-daemon", *programs) if not shutil.which(program)]
    if not any(service.is_file() for service in _BUS_SERVICES):
        missing.append("at-spi2-core")
    if not _has_bindings():
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    return missing if _can_load(_CURSORS) else [*missing, "libxcb-cursor0"]


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_bindings() -> bool:
    if not Path(SYSTEM_PYTHON).exists():
        return False
    quiet = subprocess.DEVNULL
    return subprocess.call([SYSTEM_PYTHON, "-c", _ASK_FOR_BUS], stdout=quiet, stderr=quiet) == 0


@contextmanager
def desktop(folder: Path, size: str = "1366x768") -> Iterator[dict[str, str]]:
    """A desktop with its files in `folder`; gives the environment in which programs find it."""
    environment = _environment(folder)
    with ExitStack() as stack:
        environment["DISPLAY"] = stack.enter_context(_screen(size, environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(_session_bus(environment))
        if shutil.which("openbox"):
            stack.enter_context(running(["openbox"], environment))
        yield environment


def _environment(folder: Path) -> dict[str, str]:
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    places = {"HOME": "home", "XDG_RUNTIME_DIR": "run", "SSC_HAND_CONFIG_DIR": "settings", "XDG_STATE_HOME": "state"}
    for name, place in places.items():
        (folder / place).mkdir(mode=0o700, parents=True, exist_ok=True)
        environment[name] = str(folder / place)
    return environment | {
        "PYTHONPATH": str(CHECKOUT),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
    }


@contextmanager
def running(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program in a process group of its own, which is ended with all that it started."""
    process = subprocess.Popen(
        command,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=_PATIENCE)
        assert process.stdout is not None
        process.stdout.close()


@contextmanager
def _screen(size: str, environment: Mapping[str, str]) -> Iterator[str]:
    # The server chooses a free number and writes it when it takes connections.
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    with running(command, environment) as process:
        assert process.stdout is not None
        yield f":{process.stdout.readline().strip()}"


@contextmanager
def _session_bus(environment: Mapping[str, str]) -> Iterator[str]:
    with running(["dbus-daemon", "--session", "--nofork", "--print-address=1"], environment) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@contextmanager
def program(folder: Path, environment: Mapping[str, str], *module: str) -> Iterator[subprocess.Popen[str]]:
    """The window of ssc-hand on the clinic in `folder`; `module` (with its words) runs it with something planted."""
    started = module or ("ssc_hand",)
    with running([sys.executable, "-m", *started, "--data", str(folder)], environment) as process:
        yield process


def command(environment: Mapping[str, str], *words: str) -> str:
    """What a command of ssc-hand prints; `CalledProcessError` if it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "ssc_hand", *words], env=dict(environment), check=True, capture_output=True, text=True
    )
    return done.stdout
