"""Photographs come onto paper only by the tick, for the visit at which it was set, and for no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.reports.visit_summary import Printing, illustrated_summary
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.summary.page import SummaryPage
from tests.builders import a_moment, a_record, a_visit, the_settings
from tests.pictures import PLAIN_JPEG, a_photograph
from tests.ui.scripted_prompts import ScriptedPrompts

CLINIC = the_settings()


def photographed() -> PatientRecord:
    """Two visits, each with a photograph."""
    record = a_record(a_visit("2026-01-05T09:00").final(), a_visit().final())
    for visit, caption in zip(record.visits, ("first", "second"), strict=True):
        record = record.with_photograph(a_photograph(visit.id, caption=f"{caption} picture"))
    return record


RECORD = photographed()
FIRST, SECOND = RECORD.visits


class Bench:
    """The page, and what it asked for."""

    def __init__(self, qtbot: QtBot, jobs: JobRunner) -> None:
        self.qtbot, self.jobs = qtbot, jobs
        self.fetched: list[tuple[Sequence[str], Callable[[Any], None]]] = []
        self.made: list[Mapping[str, bytes] | None] = []
        self.page = SummaryPage(self.make, jobs, ScriptedPrompts())
        self.page.fetch_pictures = self.fetch
        qtbot.addWidget(self.page)
        self.page.show()

    def make(
        self, record: PatientRecord, visit: Visit, paper: str, pictures: Mapping[str, bytes] | None = None
    ) -> bytes:
        self.made.append(pictures)
        return illustrated_summary(record, visit, CLINIC, pictures or {}, Printing(a_moment(), "1", paper))

    def fetch(self, ids: Sequence[str], done: Callable[[Any], None], _failed: Callable[[Any], None]) -> None:
        self.fetched.append((ids, done))

    def show(self, visit: Visit) -> None:
        self.page.show_visit(RECORD, visit, CLINIC)
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    jobs = JobRunner()
    made = Bench(qtbot, jobs)
    yield made
    made.wait()
    jobs.finish()


def test_without_the_tick_no_picture_is_even_read(bench: Bench) -> None:
    bench.show(SECOND)
    assert bench.page.with_photographs.isVisible()
    assert not bench.page.with_photographs.isChecked()
    assert (bench.fetched, bench.made) == ([], [None])


def test_the_tick_brings_the_photographs_of_this_visit(bench: Bench) -> None:
    bench.show(SECOND)
    bench.page.with_photographs.click()
    ((ids, done),) = bench.fetched
    assert list(ids) == [RECORD.photographs[1].id]
    done({ids[0]: PLAIN_JPEG})
    bench.wait()
    assert bench.made[-1] == {ids[0]: PLAIN_JPEG}
    bench.page.with_photographs.click()
    bench.wait()
    assert bench.made[-1] is None


def test_another_visit_begins_without_photographs_and_takes_none_that_come_late(bench: Bench) -> None:
    bench.show(SECOND)
    bench.page.with_photographs.click()
    ((ids, done),) = bench.fetched
    bench.show(FIRST)
    assert not bench.page.with_photographs.isChecked()
    done({ids[0]: PLAIN_JPEG})
    bench.wait()
    assert bench.made == [None, None]


def test_a_visit_without_photographs_offers_no_tick(bench: Bench) -> None:
    bare = a_record(a_visit().final())
    bench.page.show_visit(bare, bare.visits[0], CLINIC)
    bench.wait()
    assert not bench.page.with_photographs.isVisible()
