"""Builds the program that needs no Python: a folder in dist/ and, on Debian's kin, a .deb; then tries both.

Run it with the Python of the virtual environment that packaging/bootstrap.py made for `package`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bootstrap import LIBRARIES_ALWAYS, LIBRARIES_X11

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGING = CHECKOUT / "packaging"
BUILD = CHECKOUT / "build"
DIST = CHECKOUT / "dist"
FROZEN = DIST / "ssc-hand"
ICON = CHECKOUT / "resources" / "icons" / "ssc-hand.svg"

#: Where each file of packaging/ and resources/ goes in the Debian package, and under which name.
DEB_FILES = {
    PACKAGING / "ssc-hand.desktop": "usr/share/applications/ssc-hand.desktop",
    PACKAGING / "ssc-hand.metainfo.xml": "usr/share/metainfo/org.ssc_hand.ssc_hand.metainfo.xml",
    PACKAGING / "ssc-hand.png": "usr/share/icons/hicolor/256x256/apps/ssc-hand.png",
    ICON: "usr/share/icons/hicolor/scalable/apps/ssc-hand.svg",
    CHECKOUT / "LICENSE": "usr/share/doc/ssc-hand/copyright",
    CHECKOUT / "CHANGELOG.md": "usr/share/doc/ssc-hand/CHANGELOG.md",
}


def main() -> int:
    """0 when what was built passes its self-test, else the exit code of the step that failed."""
    try:
        freeze()
        program = FROZEN / ("ssc-hand.exe" if os.name == "nt" else "ssc-hand")
        try_program(program)
        print(f"One-folder program: {FROZEN}")
        if shutil.which("dpkg-deb"):
            package = build_deb(version_of(program))
            try_deb(package)
            print(f"Debian package: {package}")
    except subprocess.CalledProcessError as problem:
        print(f"Failed: {' '.join(str(part) for part in problem.cmd)}", file=sys.stderr)
        return problem.returncode or 1
    return 0


def freeze() -> None:
    """Run PyInstaller on packaging/ssc-hand.spec; the folder appears in dist/."""
    shutil.rmtree(FROZEN, ignore_errors=True)
    options = ["--noconfirm", "--clean", "--log-level", "WARN", "--distpath", str(DIST), "--workpath", str(BUILD)]
    command = [sys.executable, "-m", "PyInstaller", *options, str(PACKAGING / "ssc-hand.spec")]
    subprocess.run(command, cwd=CHECKOUT, check=True, stdin=subprocess.DEVNULL)


def try_program(program: Path) -> None:
    """The self-test of `program`, run where neither the checkout nor its Python can help."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-try-") as elsewhere:
        keep = ("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE", "LANG")
        environment = {name: os.environ[name] for name in keep if name in os.environ}
        environment["QT_QPA_PLATFORM"] = "offscreen"
        subprocess.run([str(program), "--self-test"], cwd=elsewhere, env=environment, check=True)


def version_of(program: Path) -> str:
    """What `program` says its version is: the last word of what it prints."""
    finished = subprocess.run([str(program), "--version"], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    return finished.stdout.split()[-1]


def build_deb(version: str) -> Path:
    """The Debian package of the frozen folder, in dist/."""
    architecture = output_of("dpkg", "--print-architecture")
    root = BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(FROZEN, root / "usr/lib/ssc-hand", symlinks=True)
    for source, place in DEB_FILES.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, root / place)
    (root / "usr/bin").mkdir()
    (root / "usr/bin/ssc-hand").symlink_to("../lib/ssc-hand/ssc-hand")
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(control_file(root, version, architecture), encoding="utf-8")
    package = DIST / f"ssc-hand_{version}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def control_file(root: Path, version: str, architecture: str) -> str:
    """What dpkg is told; the system libraries are those that a checkout asks for."""
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    libraries = sorted({*LIBRARIES_ALWAYS.values(), *LIBRARIES_X11.values()})
    # The frozen libraries were linked against the C library of this machine.
    depends = ", ".join([f"libc6 (>= {platform.libc_ver()[1]})", *libraries])
    return (
        "Package: ssc-hand\n"
        f"Version: {version}\n"
        f"Architecture: {architecture}\n"
        "Section: science\n"
        "Priority: optional\n"
        "Maintainer: The ssc_hand contributors <ssc_hand@localhost>\n"
        f"Installed-Size: {size // 1024}\n"
        f"Depends: {depends}\n"
        "Description: record and follow the hands of people with systemic sclerosis\n"
        " Findings on both hands, digit by digit and visit by visit, on one drawing:\n"
        " ulcers and other lesions, capillary refill, skin temperature and pain, with\n"
        " their trends and a visit summary to print.\n"
    )


def output_of(*command: str) -> str:
    """What `command` prints, without the line end."""
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout.strip()


def try_deb(package: Path) -> None:
    """Unpack `package` and test the program in it."""
    with tempfile.TemporaryDirectory(prefix="ssc-hand-deb-") as root:
        subprocess.run(["dpkg-deb", "--extract", str(package), root], check=True)
        try_program(Path(root) / "usr/bin/ssc-hand")


if __name__ == "__main__":
    sys.exit(main())
