"""Words above a plot never cover each other."""

from __future__ import annotations

from ssc_hand.ui.trends.strip import place_labels


def test_words_beside_each_other_share_a_row() -> None:
    assert [place.row for place in place_labels([(10, 80), (200, 80)], 500)] == [0, 0]


def test_words_that_would_overlap_take_the_next_row_and_none_where_all_are_taken() -> None:
    places = place_labels([(10, 80), (20, 80), (30, 80), (40, 80)], 500)
    assert [place.row for place in places if place.is_visible] == [0, 1, 2]
    assert not places[3].is_visible


def test_words_near_the_right_edge_stand_at_the_left_of_their_line() -> None:
    (place,) = place_labels([(480, 80)], 500)
    assert place.left_of
    assert place.is_visible


def test_words_of_a_line_outside_the_time_shown_are_hidden() -> None:
    assert [place.is_visible for place in place_labels([(-5, 80), (600, 80)], 500)] == [False, False]
