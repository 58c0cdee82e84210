"""The program is killed while values are typed into it: the few kills of every run; `make kills` makes two hundred."""

from __future__ import annotations

from tests.journeys.desktop import what_is_missing
from tests.journeys.kills import kills

KILLS = 5


def test_every_value_shown_as_saved_is_there_after_a_kill_and_the_draft_is_offered_where_it_was_left() -> None:
    assert what_is_missing("xdotool") == []
    assert [kill.faults for kill in kills(KILLS)] == [[]] * KILLS
