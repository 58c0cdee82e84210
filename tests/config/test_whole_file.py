"""A file is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from ssc_hand.config.paths import config_folder, log_folder
from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.errors import Unavailable


def test_a_file_takes_the_place_of_the_older_one_and_nothing_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.json", b"x")
    # Windows has no modes; there the folder of the user protects it.
    assert os.name == "nt" or (tmp_path / "a.json").stat().st_mode & 0o077 == 0


def test_a_full_disk_leaves_the_older_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.json"
    write_whole(target, b"old")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match=r"the disk is full\. Nothing was changed"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for target, why in (
        (tmp_path / "none" / "a", "its folder does not exist"),
        (tmp_path / "file" / "a", "its folder is a file"),
        (tmp_path, "there is a folder of that name"),
        (tmp_path / ("n" * 300), "the name is too long"),
    ):
        with pytest.raises(Unavailable, match=why):
            write_whole(target, b"x")


def test_a_device_is_never_replaced_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = tmp_path / "device"
    device.write_bytes(b"kept")
    monkeypatch.setattr(Path, "is_file", lambda _path: False)
    with pytest.raises(Unavailable, match="something of that name that is no file"):
        write_whole(device, b"x")
    assert device.read_bytes() == b"kept"


def test_settings_and_logs_lie_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSC_HAND_CONFIG_DIR", str(tmp_path))
    assert config_folder() == tmp_path
    assert log_folder().parent == tmp_path
    monkeypatch.delenv("SSC_HAND_CONFIG_DIR")
    assert tmp_path not in (config_folder(), log_folder().parent)
