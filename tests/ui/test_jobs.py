"""Tasks run one after another on a thread of their own; answers come back to this one."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ssc_hand.domain.errors import Unavailable
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.models.clinic_model import StorageJobs
from tests.clinics import a_user
from tests.ui.desk import make_clinic


@pytest.fixture
def runner() -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    made.finish()


@pytest.fixture
def answers() -> list[Any]:
    return []


class Panel(QObject):
    """Somebody who asks and may be gone before the answer."""

    def __init__(self, answers: list[Any]) -> None:
        super().__init__()
        self._answers = answers

    def take(self, answer: Any) -> None:
        self._answers.append(answer)


def test_a_task_runs_elsewhere_and_its_answer_arrives_here(runner: JobRunner, answers: list[Any], qtbot: QtBot) -> None:
    threads: list[int] = []

    def done(answer: int) -> None:
        answers.append(answer)
        threads.append(threading.get_ident())

    runner.run(threading.get_ident, done, answers.append)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers[0] != threading.get_ident()
    assert threads == [threading.get_ident()]


def test_tasks_run_in_the_order_in_which_they_were_given_on_one_thread(
    runner: JobRunner, answers: list[Any], qtbot: QtBot
) -> None:
    ran: list[tuple[int, int]] = []
    for number in range(50):
        runner.run(partial(lambda n: ran.append((n, threading.get_ident())), number), answers.append, answers.append)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert [number for number, _thread in ran] == list(range(50))
    assert len({thread for _number, thread in ran}) == 1


def test_what_a_task_raises_goes_to_failed_and_the_next_task_runs(
    runner: JobRunner, answers: list[Any], qtbot: QtBot
) -> None:
    failures: list[Exception] = []
    runner.run(partial(int, "x"), answers.append, failures.append)
    runner.run(partial(int, "7"), answers.append, failures.append)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert answers == [7]
    assert [type(error) for error in failures] == [ValueError]


def test_the_runner_is_busy_until_the_answer_was_given(runner: JobRunner, answers: list[Any], qtbot: QtBot) -> None:
    may_go_on = threading.Event()
    runner.run(may_go_on.wait, answers.append, answers.append)
    assert runner.is_busy
    may_go_on.set()
    runner.finish()
    assert runner.is_busy and answers == []
    qtbot.waitUntil(lambda: bool(answers))
    assert not runner.is_busy


def test_a_panel_that_is_gone_is_neither_called_nor_kept_alive(
    runner: JobRunner, answers: list[Any], qtbot: QtBot
) -> None:
    may_go_on = threading.Event()
    panel = Panel(answers)
    runner.run(may_go_on.wait, panel.take, panel.take)
    gone: list[bool] = []
    panel.destroyed.connect(lambda: gone.append(True))
    del panel
    gc.collect()
    assert gone == [True]
    may_go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert answers == []


def test_closing_waits_for_what_was_asked_for(tmp_path: Path, answers: list[Any]) -> None:
    make_clinic(tmp_path / "clinic")
    storage = StorageJobs()
    storage.open(tmp_path / "clinic", a_user("Dr. Rey"), answers.append, answers.append)
    wrote: list[Any] = []
    storage.run(lambda clinic: wrote.append(clinic.all_ids()), answers.append, answers.append)
    storage.close()
    assert wrote == [[]]


def test_the_file_is_free_after_closing(tmp_path: Path, answers: list[Any]) -> None:
    make_clinic(tmp_path / "clinic")
    storage = StorageJobs()
    storage.open(tmp_path / "clinic", a_user("Dr. Rey"), answers.append, answers.append)
    storage.close()
    assert not (tmp_path / "clinic" / "clinic.db-wal").exists()
    storage.close()


def test_what_is_asked_for_after_closing_is_told_and_breaks_nothing(
    tmp_path: Path, answers: list[Any], qtbot: QtBot
) -> None:
    make_clinic(tmp_path / "clinic")
    storage = StorageJobs()
    storage.open(tmp_path / "clinic", a_user("Dr. Rey"), answers.append, answers.append)
    storage.close()
    answers.clear()
    storage.run(lambda clinic: clinic.all_ids(), pytest.fail, answers.append)
    qtbot.waitUntil(lambda: not storage.is_busy)
    assert ["No clinic is open" in str(error) for error in answers if isinstance(error, Unavailable)] == [True]
