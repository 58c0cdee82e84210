"""An exception that nobody caught is told in one sentence and logged without patients and without people's folders."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import pytest

from ssc_hand.app import crash


def test_a_crash_is_told_by_its_number_and_logged_by_its_places_only(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    crash.install(told.append)
    with caplog.at_level(logging.ERROR, "ssc_hand.crash"):
        try:
            json.loads("Ana Ruiz 0012")
        except json.JSONDecodeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    (sentence,), (record,) = told, caplog.records
    logged = record.getMessage()
    assert logged.split()[0] in sentence
    assert "JSONDecodeError" in logged and "decoder.py" in logged
    assert "Ruiz" not in sentence + logged
    assert str(Path(json.__file__).parent) not in logged, "a folder may hold the name of a person"
