"""Ids: UUIDs of version 7 whose order is the order in which they were made."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122, UUID

import pytest

from ssc_hand.domain.ids import new_id


def test_an_id_is_a_uuid_of_version_7_made_now() -> None:
    made = UUID(new_id())
    assert (made.version, made.variant) == (7, RFC_4122)
    assert abs((made.int >> 80) - time.time() * 1000) < 60_000


def test_ids_are_in_the_order_in_which_they_were_made() -> None:
    made = [new_id() for _each in range(5000)]
    assert made == sorted(set(made))


def test_a_clock_that_goes_back_does_not_put_an_id_before_an_earlier_one(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert new_id() > before


def test_no_two_threads_get_the_same_id() -> None:
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _each: new_id(), range(4000)))
    assert len(set(made)) == 4000
