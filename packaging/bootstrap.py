"""Sets up a checkout with the standard library alone: `.venv`, the pinned packages, Qt's system libraries.

Run as `python packaging/bootstrap.py run|test|package`. A second run finds everything done and takes
a fraction of a second.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)

#: The lock file in requirements/ that each purpose needs.
PURPOSES = {"run": "runtime.txt", "test": "dev.txt", "package": "package.txt"}

#: What QtCore, QtGui, QtWidgets, QtDBus and the offscreen platform load, and the Debian package it is in.
LIBRARIES_ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

#: What the platform plugin for X11 loads besides.
LIBRARIES_X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

#: What the platform plugin for Wayland loads besides.
LIBRARIES_WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


#: What the tests need to listen on a real accessibility bus: a file (the first that fits) and its Debian package.
#: Without it they listen inside the process, so nothing is asked of a person for it.
ACCESSIBILITY_BUS = {
    "bin/Xvfb": "xvfb",
    "bin/dbus-daemon": "dbus",
    "share/dbus-1/services/org.a11y.Bus.service": "at-spi2-core",
    "lib/python3/dist-packages/gi/__init__.py": "python3-gi",
    "lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
}


class SetupError(Exception):
    """Something on this machine is missing; the text says what, and the one command that mends it."""


def main() -> int:
    """Set up for the purpose named on the command line; 0 when all is in place, 1 with a sentence if not."""
    parser = argparse.ArgumentParser(description="Set up this checkout.")
    parser.add_argument("purpose", choices=sorted(PURPOSES))
    purpose: str = parser.parse_args().purpose
    try:
        python = fitting_python()
        if python != sys.executable:
            return subprocess.call([python, __file__, purpose])
        check_system_libraries()
        if purpose == "test":
            offer_accessibility_bus(Path("/usr"))
        make_environment(environment_folder())
        install(PURPOSES[purpose], environment_folder())
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as problem:
        command = shlex.join(str(part) for part in problem.cmd)
        print(f"\nSetting up stopped: this command failed (its reason stands above): {command}", file=sys.stderr)
        return 1
    return 0


def fitting_python() -> str:
    """The running Python if it is new enough, else a newer one on the PATH; SetupError if there is none."""
    if sys.version_info >= OLDEST_PYTHON:
        return sys.executable
    for minor in (13, 12, 11):
        found = shutil.which(f"python3.{minor}")
        if found and answers(found):
            return found
    have = ".".join(str(part) for part in sys.version_info[:3])
    raise SetupError(f"Python 3.11 or newer is needed; this is Python {have}. Install it and run this again.")


def answers(python: str) -> bool:
    """Whether `python` runs: version managers leave names on the PATH that lead nowhere."""
    quiet = subprocess.DEVNULL
    return subprocess.call([python, "-c", ""], stdin=quiet, stdout=quiet, stderr=quiet) == 0


def environment_folder() -> Path:
    """Where the virtual environment lies: `.venv` in the checkout, or where SSC_HAND_VENV says."""
    return Path(os.environ.get("SSC_HAND_VENV") or CHECKOUT / ".venv").resolve()


def environment_python(folder: Path) -> Path:
    """The interpreter inside the virtual environment `folder`."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_root() -> bool:
    """Whether this process may install system packages without asking."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def check_system_libraries() -> None:
    """Find Qt's libraries on Linux; install what is missing where allowed, else SetupError tells how."""
    if not sys.platform.startswith("linux"):
        return
    needed = dict(LIBRARIES_ALWAYS)
    if is_root() or os.environ.get("DISPLAY"):
        needed |= LIBRARIES_X11
    if os.environ.get("WAYLAND_DISPLAY"):
        needed |= LIBRARIES_WAYLAND
    missing = missing_libraries(needed)
    if not missing:
        return
    print("Qt needs system libraries that are missing here: " + ", ".join(missing), flush=True)
    if is_root() and shutil.which("apt-get"):
        apt_install({needed[name] for name in missing})
        missing = missing_libraries(needed)
        if not missing:
            return
    raise SetupError(install_command(missing, {needed[name] for name in missing}))


def offer_accessibility_bus(usr: Path) -> None:
    """Install what a real accessibility bus needs where that is allowed; do without it anywhere else."""
    missing = {package for pattern, package in ACCESSIBILITY_BUS.items() if not any(usr.glob(pattern))}
    if not missing or not sys.platform.startswith("linux") or not is_root() or not shutil.which("apt-get"):
        return
    print("The tests want a screen in memory and an accessibility bus: " + ", ".join(sorted(missing)), flush=True)
    try:
        apt_install(missing)
    except subprocess.CalledProcessError:
        print("They could not be installed; the tests go on inside one process.", flush=True)


def missing_libraries(needed: dict[str, str]) -> list[str]:
    """The names among `needed` that the dynamic loader cannot load."""
    missing = []
    for name in needed:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def apt_install(packages: set[str]) -> None:
    """Install Debian packages; the caller is root. CalledProcessError when apt-get fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_line = ["apt-get", "install", "-y", "--no-install-recommends", *sorted(packages)]
    for command in (["apt-get", "update"], install_line):
        print("+ " + shlex.join(command), flush=True)
        subprocess.run(command, check=True, env=environment, stdin=subprocess.DEVNULL)


def install_command(libraries: list[str], packages: set[str]) -> str:
    """One sentence with the command to type on this system."""
    if shutil.which("apt-get"):
        command = "sudo apt-get install -y " + " ".join(sorted(packages))
    elif installer := shutil.which("dnf") or shutil.which("zypper"):
        # Packages of RPM systems can be asked for by the library that they provide.
        provides = " ".join(f"'{name}()(64bit)'" for name in libraries)
        command = f"sudo {Path(installer).name} install {provides}"
    else:
        return "Install the packages of your system that hold: " + ", ".join(libraries) + "; then run this again."
    return f"Type this once, then run this again:\n\n    {command}\n"


def make_environment(folder: Path) -> None:
    """Make the virtual environment unless it is there already; SetupError where Python lacks `venv`."""
    if environment_python(folder).exists():
        return
    check_venv_module()
    print(f"Making the virtual environment {folder.name}", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)


def check_venv_module() -> None:
    """Debian keeps `ensurepip` in a package of its own: install it where allowed, else say how."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if is_root() and shutil.which("apt-get"):
        apt_install({package})
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    if shutil.which("apt-get"):
        raise SetupError(f"Type this once, then run this again:\n\n    sudo apt-get install -y {package}\n")
    raise SetupError(
        "This Python cannot make virtual environments (its ensurepip module is missing); "
        "install the complete Python and run this again."
    )


def install(lock: str, folder: Path) -> None:
    """Install the pinned packages of requirements/`lock` and the checkout itself, unless that was done."""
    path = CHECKOUT / "requirements" / lock
    stamp = folder / f"installed-{path.stem}"
    fingerprint = fingerprint_of(path)
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return
    print(f"Installing the pinned packages of requirements/{lock}; the first time takes a minute", flush=True)
    pip = [str(environment_python(folder)), "-m", "pip", "--disable-pip-version-check", "--quiet", "--quiet"]
    pinned = ["--require-hashes", "--only-binary", ":all:", "--no-deps", "--requirement", str(path)]
    subprocess.run([*pip, "install", *pinned], check=True, stdin=subprocess.DEVNULL)
    link_checkout(folder)
    stamp.write_text(fingerprint, encoding="utf-8")


def link_checkout(folder: Path) -> None:
    """Make `import ssc_hand` and the command `ssc-hand` of the environment mean this checkout.

    An editable install would do the same, but needs the build tools and copies resources/ besides.
    """
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [str(environment_python(folder)), "-c", ask], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    (Path(answer.stdout.strip()) / "ssc_hand_checkout.pth").write_text(f"{CHECKOUT}\n", encoding="utf-8")
    if os.name == "nt":
        command = folder / "Scripts" / "ssc-hand.cmd"
        command.write_text('@"%~dp0python.exe" -m ssc_hand %*\n', encoding="utf-8")
    else:
        command = folder / "bin" / "ssc-hand"
        interpreter = shlex.quote(str(environment_python(folder)))
        command.write_text(f'#!/bin/sh\nexec {interpreter} -m ssc_hand "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def fingerprint_of(lock: Path) -> str:
    """One hash over the contents of `lock`, the Python version and the place of the checkout."""
    # Read as text, so that line ends of a checkout on Windows make no difference.
    parts = [lock.read_text(encoding="utf-8"), sys.version, str(CHECKOUT)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
