"""The program tries itself, logs without patient data, and does not open a window where there is no display."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ssc_hand.app.logs import start_logging, stop_logging
from ssc_hand.app.main import main


def _pretend(monkeypatch: pytest.MonkeyPatch, *, draws: bool, breaks: bool) -> None:
    """Put pictures that are quickly drawn in place of the window's."""
    shots = ModuleType("ssc_hand.app.shots")

    def render(_folder: Path, out: Path) -> None:
        out.mkdir()
        if draws:
            (out / "window.png").write_bytes(b"picture")
        if breaks:
            error = ValueError("in a slot")
            sys.excepthook(ValueError, error, None)

    monkeypatch.setattr(shots, "render", render, raising=False)
    monkeypatch.setitem(sys.modules, "ssc_hand.app.shots", shots)


def test_an_installation_that_works_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _pretend(monkeypatch, draws=True, breaks=False)
    assert main(["--self-test"]) == 0
    assert capsys.readouterr().out == "self-test: ok\n"


@pytest.mark.parametrize(("draws", "breaks", "said"), [(False, False, "window"), (True, True, "ValueError")])
def test_an_installation_that_does_not_work_says_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], draws: bool, breaks: bool, said: str
) -> None:
    _pretend(monkeypatch, draws=draws, breaks=breaks)
    assert main(["--self-test"]) == 1
    seen = capsys.readouterr()
    assert (seen.out, seen.err.count("\n")) == ("", 1)
    assert said in seen.err


def test_a_window_without_a_display_is_refused_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 1
    assert capsys.readouterr().err.startswith("There is no display here")


def test_a_log_tells_where_and_never_with_whom(tmp_path: Path) -> None:
    start_logging(tmp_path / "log")
    try:
        try:
            try:
                raise KeyError("Ana Ruiz")
            except KeyError as cause:
                raise ValueError("record 0012") from cause
        except ValueError:
            logging.getLogger("ssc_hand.test").exception("saving failed")
    finally:
        stop_logging()
    told = (tmp_path / "log" / "ssc-hand.log").read_text(encoding="utf-8")
    assert "ValueError" in told and "because of" in told and "KeyError" in told and "test_installation.py" in told
    assert "Ruiz" not in told and "0012" not in told


def test_a_full_log_makes_way_and_three_older_ones_are_kept(tmp_path: Path) -> None:
    current = tmp_path / "ssc-hand.log"
    start_logging(tmp_path)
    try:
        for number in range(5):
            logging.getLogger("ssc_hand.test").warning("number %d", number)
            with current.open("a", encoding="utf-8") as file:
                file.write("x" * 500_000)
        logging.getLogger("ssc_hand.test").warning("the last")
    finally:
        stop_logging()
    assert current.read_text(encoding="utf-8").rstrip().endswith("the last")
    older = [tmp_path / f"ssc-hand.log.{number}" for number in (1, 2, 3)]
    assert [each.read_text(encoding="utf-8").count(f"number {5 - at}") for at, each in enumerate(older, 1)] == [1, 1, 1]
    assert sorted(tmp_path.iterdir()) == [current, *older]


def test_a_log_that_cannot_be_kept_stops_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    start_logging(tmp_path / "file" / "log")
    try:
        logging.getLogger("ssc_hand.test").warning("told on standard error")
    finally:
        stop_logging()
    assert "told on standard error" in capsys.readouterr().err
