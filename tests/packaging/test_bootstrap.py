"""What a person is told, and what is done, when a machine lacks something."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import bootstrap
import pytest


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that would have been run."""
    seen: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: seen.append(command))
    return seen


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux machine with apt-get and an X11 display that lacks two of Qt's libraries until they are installed."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    answers = iter([["libEGL.so.1", "libxcb-cursor.so.0"], []])
    monkeypatch.setattr(bootstrap, "missing_libraries", lambda _: next(answers))


@pytest.mark.usefixtures("debian")
def test_a_person_without_rights_gets_one_command_to_type(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    with pytest.raises(bootstrap.SetupError, match="sudo apt-get install -y libegl1 libxcb-cursor0\n"):
        bootstrap.check_system_libraries()
    assert commands == []


@pytest.mark.usefixtures("debian")
def test_root_on_debian_gets_what_is_missing_and_nothing_else(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "is_root", lambda: True)
    bootstrap.check_system_libraries()
    assert commands[0] == ["apt-get", "update"]
    assert commands[1][:2] == ["apt-get", "install"]
    assert [word for word in commands[1] if word.startswith("lib")] == ["libegl1", "libxcb-cursor0"]


@pytest.mark.usefixtures("debian")
def test_root_on_debian_gets_the_accessibility_bus_for_the_tests(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for there in ("bin/Xvfb", "lib/x86_64-linux-gnu/girepository-1.0/Atspi-2.0.typelib"):
        (tmp_path / there).parent.mkdir(parents=True)
        (tmp_path / there).touch()
    monkeypatch.setattr(bootstrap, "is_root", lambda: True)
    bootstrap.offer_accessibility_bus(tmp_path)
    assert commands[1][-3:] == ["at-spi2-core", "dbus", "python3-gi"]


@pytest.mark.usefixtures("debian")
def test_a_person_without_rights_is_not_asked_for_the_accessibility_bus(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    bootstrap.offer_accessibility_bus(tmp_path)
    assert commands == []


def test_a_system_with_another_installer_is_asked_by_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    assert "sudo dnf install 'libEGL.so.1()(64bit)'" in bootstrap.install_command(["libEGL.so.1"], {"libegl1"})


def test_a_library_that_is_not_there_is_named() -> None:
    assert bootstrap.missing_libraries({"libnot-on-any-machine.so.9": "none"}) == ["libnot-on-any-machine.so.9"]


def test_an_old_python_looks_for_a_newer_one_and_else_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(shutil, "which", lambda name: f"/opt/{name}")
    monkeypatch.setattr(bootstrap, "answers", lambda python: python == "/opt/python3.12")
    assert bootstrap.fitting_python() == "/opt/python3.12"
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(bootstrap.SetupError, match=r"Python 3\.11 or newer is needed; this is Python 3\.9\.18"):
        bootstrap.fitting_python()


def test_a_python_without_ensurepip_is_told_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    with pytest.raises(bootstrap.SetupError, match=rf"apt-get install -y python3\.{sys.version_info.minor}-venv"):
        bootstrap.check_venv_module()


def test_a_changed_lock_file_is_installed_again_and_an_equal_one_is_not(tmp_path: Path) -> None:
    lock = tmp_path / "runtime.txt"
    lock.write_text("one==1\n", encoding="utf-8")
    before = bootstrap.fingerprint_of(lock)
    lock.write_bytes(b"one==1\r\n")
    assert bootstrap.fingerprint_of(lock) == before
    lock.write_text("one==2\n", encoding="utf-8")
    assert bootstrap.fingerprint_of(lock) != before
