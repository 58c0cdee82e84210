"""The path over a real desk: where a value lands, what keeps it from going on, and where it goes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import DIGITS, HANDS, VISIT, Hand, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.path import DigitOrder
from ssc_hand.domain.vocabulary import AmputationLevel, LesionKind, Reason
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.settled import Settled, Tone
from tests.builders import a_patient, a_record, a_visit, an_amputation
from tests.ui.desk import Desk, a_desk

NAMES = {
    "⏎": Qt.Key.Key_Return,
    "⌫": Qt.Key.Key_Backspace,
    "⎋": Qt.Key.Key_Escape,
    "⇥": Qt.Key.Key_Tab,
    "⇤": Qt.Key.Key_Backtab,
    "⇟": Qt.Key.Key_PageDown,
    "⇞": Qt.Key.Key_PageUp,
    "→": Qt.Key.Key_Right,
    "␣": Qt.Key.Key_Space,
}
THREE = tuple(CATALOGUE[key] for key in ("pain", "skin_temp", "crt"))
PATIENT = a_patient()
GONE = an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP)
SEEN = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).final()
THUMB, INDEX, MIDDLE = (parse_site(code) for code in ("R.D1", "R.D2", "R.D3"))


class Walk:
    """Somebody who types along the path."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.selection = SiteSelection()
        self.answer: str | None = "in plaster"
        self.path = EntryPath(desk.editor, self.selection, lambda: self.answer)
        self.said: list[str] = []
        self.refused: list[str] = []
        self.spoken: list[str] = []
        self.settled: list[Settled] = []
        self.path.said.connect(self.said.append)
        self.path.refused.connect(self.refused.append)
        self.path.spoken.connect(self.spoken.append)
        self.path.settled.connect(self.settled.append)
        desk.editor.visit_changed.connect(self.path.show_visit)
        self.selection.changed.connect(self._on_chosen)
        self.path.ask_for(THREE)

    def _on_chosen(self, sites: tuple[Site, ...]) -> None:
        self.path.settle()
        self.path.follow(sites)

    def keys(self, text: str) -> list[bool]:
        """Press keys; the answers of the path."""
        return [self.path.key(NAMES.get(key, ord(key.upper())), {"␣": " "}.get(key, key)) for key in text]

    @property
    def place(self) -> str:
        """Where the path stands."""
        return self.path.place

    def value(self, site: Site, key: str = "crt", repeat: int = 1) -> object:
        """What the visit says."""
        found = self.desk.visit.observations.get((site, key, repeat))
        return found and (found.reason if found.value is None else found.value)

    def row(self, key: str = "crt") -> list[object]:
        """What the visit says at the ten digits."""
        return [self.value(site, key) for site in DIGITS]


@pytest.fixture
def walk(qtbot: QtBot, tmp_path: Path) -> Iterator[Walk]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(SEEN, patient=PATIENT, amputations=(GONE,))) as desk:
        made = Walk(desk)
        desk.start(PATIENT.id)
        yield made


# -- along the path --------------------------------------------------------------------------------------------


def test_a_visit_begins_at_the_first_value_and_goes_on_by_itself(walk: Walk) -> None:
    assert walk.place == "pain@R.D1"
    walk.keys("37")
    assert walk.row("pain")[:3] == [3, 7, None]
    assert walk.place == "pain@R.D3"
    assert walk.selection.sites == (MIDDLE,)


def test_all_values_land_on_their_digits_and_in_the_file(walk: Walk) -> None:
    walk.keys("37t012345")  # nine digits: the left little finger is gone
    walk.keys("".join(f"2{n}.5" for n in range(9)))
    walk.keys("".join(f"{n},{n}" for n in range(9)))
    walk.desk.wait()
    stored = walk.desk.visit_on_disk()
    digits = DIGITS[:9]
    assert [stored.observations[site, "pain", 1].value for site in digits] == [3, 7, 10, 0, 1, 2, 3, 4, 5]
    assert [stored.observations[site, "skin_temp", 1].value for site in digits] == [20.5 + n for n in range(9)]
    assert [stored.observations[site, "crt", 1].value for site in digits] == [n + n / 10 for n in range(9)]
    assert len(stored.observations) == 27
    assert walk.path.stop is None and walk.path.missing == 0


def test_whoever_listens_is_told_of_every_place_once(walk: Walk) -> None:
    places: list[str] = []
    walk.path.moved.connect(lambda stop: places.append(stop.code))
    walk.keys("37")
    assert places == ["pain@R.D2", "pain@R.D3"]


def test_a_hand_or_nothing_chosen_on_the_drawing_is_asked_for_measures_of_its_own(walk: Walk) -> None:
    walk.path.ask_for((*THREE, CATALOGUE["grip_strength"], CATALOGUE["room_temp"]))
    walk.selection.choose_many((Site(Hand.LEFT),))
    assert walk.place == "grip_strength@L"
    walk.selection.choose_many(())
    assert walk.place == "room_temp@V"
    walk.selection.choose_many((INDEX,))
    assert walk.place == "pain@R.D2"


def test_the_path_never_wraps(walk: Walk) -> None:
    walk.path.go_to("crt@L.D4")
    walk.keys("2.5")
    assert walk.path.stop is None
    walk.keys("3.5")
    walk.keys("t")
    assert walk.row().count(None) == 9
    assert any("26 values are missing" in sentence for sentence in walk.said)


def test_one_and_nought_are_two_scores_and_never_ten(walk: Walk) -> None:
    walk.keys("10")
    assert walk.row("pain")[:2] == [1, 0]
    assert "Was ten meant" in walk.path.note
    assert walk.path.tone is Tone.ASKING
    walk.keys("t")
    assert walk.row("pain")[2] == 10


def test_the_next_measure_begins_after_the_last_digit_that_is_there(walk: Walk) -> None:
    walk.path.go_to("pain@L.D4")
    walk.keys("2")
    assert walk.place == "skin_temp@R.D1"
    assert walk.path.is_new_measure
    assert walk.spoken[-1] == "left ring 2. Skin temperature, right thumb"
    walk.keys("31.5")
    assert not walk.path.is_new_measure
    assert walk.spoken[-1] == "right thumb 31.5 °C. right index"


def test_what_is_recorded_is_not_asked_again_but_a_correction_goes_to_its_neighbour(walk: Walk) -> None:
    walk.path.go_to("pain@R.D2")
    walk.keys("5")
    walk.path.go_to("pain@R.D1")
    walk.keys("4")
    assert walk.place == "pain@R.D3"
    walk.path.go_to("pain@R.D1")
    walk.keys("6")
    assert walk.place == "pain@R.D2"
    assert walk.row("pain")[:3] == [6, 5, None]


def test_another_order_of_the_digits(walk: Walk) -> None:
    walk.path.set_order(DigitOrder(first=Hand.LEFT, from_thumb=False))
    walk.path.begin()
    walk.keys("12")
    assert (walk.value(parse_site("L.D4"), "pain"), walk.value(parse_site("L.D3"), "pain")) == (1, 2)


def test_hands_and_the_visit_are_on_the_path_too(walk: Walk) -> None:
    walk.path.ask_for((CATALOGUE["room_temp"], CATALOGUE["hand_pain_now"], CATALOGUE["pain"]))
    walk.path.begin()
    walk.keys("23.537")
    assert walk.value(VISIT, "room_temp") == 23.5
    assert [walk.value(hand, "hand_pain_now") for hand in HANDS] == [3, 7]
    assert walk.place == "pain@R.D1"


# -- keys that people press out of habit -------------------------------------------------------------------------


@pytest.mark.parametrize("habit", ["⏎", "␣", "⇥"])
def test_a_key_pressed_after_a_value_that_went_on_by_itself_passes_over_nothing(walk: Walk, habit: str) -> None:
    walk.path.go_to("crt@R.D1")
    for text in ("2.5", "3.5", "4.5"):
        walk.keys(text + habit)
    assert walk.row()[:4] == [2.5, 3.5, 4.5, None]
    walk.keys(habit)
    assert walk.place == "crt@R.D5"


def test_enter_settles_whole_numbers_and_goes_on_where_nothing_is_typed(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("3⏎⏎4⏎")
    assert walk.row()[:3] == [3.0, None, 4.0]


def test_tab_and_shift_tab_go_along_and_leave_at_the_ends(walk: Walk) -> None:
    assert walk.keys("⇤") == [False]
    walk.keys("⇥⇥⇤")
    assert walk.place == "pain@R.D2"
    walk.path.go_to("crt@L.D4")
    assert walk.keys("⇥") == [False]


def test_tab_settles_what_is_typed(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("3⇥4⇤")
    assert walk.row()[:2] == [3.0, 4.0]
    assert walk.place == "crt@R.D1"


def test_an_arrow_settles_what_is_typed_and_stays_where_that_is_refused(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    assert walk.keys("3→") == [True, False]
    assert walk.row()[0] == 3.0
    assert walk.keys("2.→") == [True, True, True]
    assert walk.path.typing is not None and walk.path.typing.text == "2."


# -- what holds the path -----------------------------------------------------------------------------------------


def test_a_value_out_of_range_is_refused_and_nothing_goes_on(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("34⏎2.5⏎")
    assert walk.place == "crt@R.D1"
    assert walk.row() == [None] * 10
    assert any("outside 0 to 30" in sentence for sentence in walk.said)
    walk.keys("⎋2.5")
    assert walk.row()[:2] == [2.5, None]


def test_an_unusual_value_is_taken_with_one_key(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("12.0")
    assert walk.place == "crt@R.D1" and walk.value(THUMB) is None
    walk.keys("␣")
    assert walk.value(THUMB) == 12.0 and walk.place == "crt@R.D2"


def test_whoever_types_on_without_looking_confirms_nothing(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("12.02.5⏎3.5⏎")
    assert walk.row() == [None] * 10
    walk.keys("⏎")
    assert walk.value(THUMB) == 12.0


def test_leaving_by_mouse_settles_what_is_typed_there(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("3")
    walk.selection.choose(MIDDLE)
    assert walk.row()[:3] == [3.0, None, None]
    assert walk.place == "crt@R.D3"


@pytest.mark.parametrize("text", ["34", "12.0", "2."])
def test_leaving_drops_what_cannot_be_recorded_and_says_so(walk: Walk, text: str) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys(text)
    walk.selection.choose(MIDDLE)
    assert walk.row() == [None] * 10
    assert walk.refused and f"right thumb: “{text}” is not recorded" in walk.refused[0]


def test_nothing_is_taken_while_the_visit_is_final(walk: Walk) -> None:
    walk.desk.show(PATIENT.id, walk.desk.record.visits[0].id)
    assert walk.keys("35") == [False, False]
    assert walk.path.stop is None
    assert len(walk.refused) == 1 and "final" in walk.refused[0]


def test_a_row_pasted_into_a_final_visit_changes_nothing(walk: Walk) -> None:
    walk.desk.show(PATIENT.id, walk.desk.record.visits[0].id)
    before = walk.desk.visit
    walk.path.paste("2.0\t2.1")
    assert walk.desk.visit == before and not walk.settled


def test_a_layer_of_a_measure_that_the_path_does_not_ask_for_leaves_it_where_it_is(walk: Walk) -> None:
    walk.path.go_to("crt@R.D3")
    walk.path.choose_measure(CATALOGUE["spo2"])
    assert walk.place == "crt@R.D3"
    walk.path.choose_measure(CATALOGUE["pain"])
    assert walk.place == "pain@R.D3"


# -- back and again ------------------------------------------------------------------------------------------------


def test_backspace_takes_back_a_key_and_then_the_value_before(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.53⌫")
    assert walk.path.typing is not None and walk.path.typing.text == ""
    walk.keys("⌫")
    assert walk.value(THUMB) is None and walk.place == "crt@R.D1"
    walk.desk.editor.undo_stack.undo()
    assert walk.value(THUMB) == 2.5


def test_a_value_that_was_taken_back_is_no_longer_told_as_settled(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.5")
    assert walk.path.last is not None and walk.path.last.words == "2.5 s"
    walk.desk.editor.undo_stack.undo()
    assert walk.value(THUMB) is None and walk.path.last is None


def test_after_undo_the_next_value_goes_where_one_was_taken_back(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.53.54.5")
    for _step in range(2):
        walk.desk.editor.undo_stack.undo()
    assert walk.place == "crt@R.D2"
    walk.keys("6.5")
    assert walk.row()[:3] == [2.5, 6.5, None]


def test_undo_of_a_correction_asks_there_again(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.5r19.5")
    assert walk.place == "crt@R.D2"
    walk.desk.editor.undo_stack.undo()
    assert walk.place == "crt@R.D1" and walk.value(THUMB) == 2.5


def test_undo_leaves_what_is_being_typed_where_it_is(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.53")
    walk.desk.editor.undo_stack.undo()
    assert walk.place == "crt@R.D2" and walk.path.typing is not None and walk.path.typing.text == "3"


def test_backspace_goes_back_over_the_change_of_measure(walk: Walk) -> None:
    walk.path.go_to("pain@L.D4")
    walk.keys("7⌫")
    assert walk.place == "pain@L.D4" and walk.value(parse_site("L.D4"), "pain") is None


def test_at_the_very_first_value_there_is_nothing_to_take_back(walk: Walk) -> None:
    walk.keys("⌫")
    assert walk.place == "pain@R.D1"
    assert walk.path.note == "There is no value before this one."
    assert walk.desk.editor.undo_stack.count() == 0


def test_a_second_reading_is_kept_beside_the_first(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.5a")
    assert (walk.place, walk.path.note) == ("crt@R.D1", "Reading 2")
    walk.keys("2.7")
    assert (walk.value(THUMB), walk.value(THUMB, repeat=2)) == (2.5, 2.7)
    assert walk.place == "crt@R.D2"
    walk.keys("a2.9a")
    assert walk.value(THUMB, repeat=3) == 2.9
    assert "no further reading" in walk.path.note


def test_three_trials_are_asked_where_three_are_wanted(walk: Walk) -> None:
    walk.path.ask_for((CATALOGUE["grip_strength"],), frozenset())
    walk.path.begin()
    walk.keys("20.521.522.530.5")
    right, left = HANDS
    assert [walk.value(right, "grip_strength", n) for n in (1, 2, 3)] == [20.5, 21.5, 22.5]
    assert walk.value(left, "grip_strength") == 30.5 and walk.place == "grip_strength@L"


def test_backspace_between_readings_takes_back_the_one_before_and_leaves_other_places_alone(walk: Walk) -> None:
    walk.path.ask_for((CATALOGUE["grip_strength"],), frozenset())
    walk.path.begin()
    right, left = HANDS
    walk.keys("20.521.522.530.5⌫")
    assert [walk.value(right, "grip_strength", n) for n in (1, 2, 3)] == [20.5, 21.5, 22.5]
    assert walk.value(left, "grip_strength") is None and walk.path.reading == 1
    walk.keys("⌫")
    assert [walk.value(right, "grip_strength", n) for n in (1, 2, 3)] == [20.5, 21.5, None]
    walk.keys("⌫23.5")
    assert [walk.value(right, "grip_strength", n) for n in (1, 2, 3)] == [20.5, 23.5, None]
    assert walk.place == "grip_strength@R" and walk.path.reading == 3


def test_backspace_after_a_reading_taken_again_keeps_the_first(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.5a2.7⌫2.8")
    assert (walk.value(THUMB), walk.value(THUMB, repeat=2)) == (2.5, 2.8)


def test_another_protocol_asks_for_its_first_missing_value_at_once(walk: Walk) -> None:
    walk.path.go_to("pain@R.D2")
    walk.path.ask_for(THREE[1:])
    assert walk.place == "skin_temp@R.D1"


def test_one_value_typed_where_several_readings_are_takes_the_place_of_all(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2.5a2.7")
    walk.path.go_to("crt@R.D1")
    walk.keys("4.0")
    assert (walk.value(THUMB), walk.value(THUMB, repeat=2)) == (4.0, None)


# -- reasons, no refill, jumps, findings ---------------------------------------------------------------------------


def test_n_is_not_done_and_x_asks_for_one_key_of_reason(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("nx3")
    assert walk.row()[:3] == [Reason.NOT_DONE, Reason.NAIL, None]
    assert [each.words for each in walk.settled] == [Reason.NOT_DONE.label, Reason.NAIL.label]
    assert walk.place == "crt@R.D3"


def test_after_x_a_key_that_is_no_reason_does_nothing_and_escape_ends_it(walk: Walk) -> None:
    walk.keys("x")
    assert "3 nail varnish" in walk.path.asked.replace("\u00a0", " ")
    walk.keys("90.n")
    assert walk.row("pain") == [None] * 10
    walk.keys("⎋4")
    assert walk.row("pain")[0] == 4


def test_the_reason_other_needs_words_and_turning_away_records_nothing(walk: Walk) -> None:
    walk.answer = None
    walk.keys("x8")
    assert walk.row("pain")[0] is None and walk.place == "pain@R.D1"
    walk.answer = "in plaster"
    walk.keys("x8")
    assert walk.row("pain")[0] is Reason.OTHER


def test_f_is_no_refill(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("f*")
    assert walk.row()[:2] == [Beyond(30), Beyond(30)]


def test_a_letter_in_a_number_is_refused_and_is_no_command(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("2n")
    assert walk.row() == [None] * 10 and walk.place == "crt@R.D1"
    assert "no part of a number" in walk.path.note


def test_r_and_l_jump_to_a_digit_for_the_same_measure(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.keys("l2")
    assert walk.place == "crt@L.D2"
    walk.keys("R5")
    assert walk.place == "crt@R.D5"
    walk.keys("l5")
    assert walk.place == "crt@R.D5" and "amputated" in walk.path.note


def test_pages_go_from_measure_to_measure(walk: Walk) -> None:
    walk.keys("⇟")
    assert walk.place == "skin_temp@R.D1"
    walk.keys("31.5⇟⇞")
    assert walk.place == "skin_temp@R.D2"


def test_m_goes_to_what_is_missing(walk: Walk) -> None:
    walk.keys("12⇥⇥4")
    walk.path.go_to("crt@L.D4")
    walk.keys("2.5m")
    assert walk.place == "pain@R.D3"


def test_letters_put_findings_and_the_path_stays(walk: Walk) -> None:
    wanted: list[LesionKind] = []
    walk.path.lesion_wanted.connect(wanted.append)
    walk.keys("upcg")
    assert wanted == [LesionKind.ULCER, LesionKind.PITTING_SCAR, LesionKind.CALCINOSIS, LesionKind.GANGRENE]
    assert walk.place == "pain@R.D1"


def test_a_key_that_writes_nothing_is_not_for_the_path_and_leaves_its_sentence(walk: Walk) -> None:
    walk.keys("⌫")
    said = walk.path.note
    assert said and walk.path.key(Qt.Key.Key_Shift, "") is False
    assert walk.path.key(Qt.Key.Key_VolumeUp, "\x7f") is False
    assert walk.path.note == said


def test_space_passes_on_at_a_refill_where_no_timer_listens(walk: Walk) -> None:
    wanted: list[object] = []
    walk.path.timer_wanted.connect(wanted.append)
    walk.path.go_to("crt@R.D1")
    walk.keys("␣")
    assert walk.place == "crt@R.D2" and not wanted


def test_escape_drops_what_is_typed_and_then_leaves(walk: Walk) -> None:
    left: list[bool] = []
    walk.path.left.connect(lambda: left.append(True))
    walk.path.go_to("crt@R.D1")
    walk.keys("2⎋")
    assert not left and walk.row() == [None] * 10
    walk.keys("⎋")
    assert left


def test_space_at_an_empty_refill_starts_the_timer_and_its_seconds_go_on(walk: Walk) -> None:
    started: list[object] = []
    walk.path.has_timer = True
    walk.path.timer_wanted.connect(started.append)
    walk.path.go_to("crt@R.D1")
    walk.keys("␣")
    assert started == [walk.path.stop] and walk.place == "crt@R.D1"
    walk.path.settle_value(3.2)
    assert walk.value(THUMB) == 3.2 and walk.place == "crt@R.D2"
    walk.keys("␣")
    assert len(started) == 2


def test_space_after_the_key_for_no_refill_times_the_next_digit_and_enter_passes_over_nothing(walk: Walk) -> None:
    started: list[object] = []
    walk.path.has_timer = True
    walk.path.timer_wanted.connect(started.append)
    walk.path.go_to("crt@R.D1")
    walk.keys("f␣")
    assert started == [walk.path.stop] and walk.place == "crt@R.D2"
    walk.keys("f⏎")
    assert len(started) == 1 and walk.place == "crt@R.D3"


def test_a_running_timer_takes_every_key(walk: Walk) -> None:
    taken: list[str] = []

    def take(_key: int, text: str) -> bool:
        taken.append(text)
        return True

    walk.path.grab(take)
    walk.keys("3n")
    assert taken == ["3", "n"] and walk.row("pain") == [None] * 10
    walk.path.grab(None)
    walk.keys("3")
    assert walk.row("pain")[0] == 3


# -- several at once, and rows ---------------------------------------------------------------------------------------


def test_one_value_goes_to_every_chosen_digit_in_one_step_and_the_path_goes_on_after_them(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.selection.choose_many((INDEX, MIDDLE, parse_site("R.D4")))
    walk.keys("2.5")
    assert walk.row()[:5] == [None, 2.5, 2.5, 2.5, None]
    assert walk.place == "crt@R.D5"
    assert walk.desk.editor.undo_stack.count() == 1
    walk.keys("⌫")
    assert walk.row()[:5] == [None] * 5
    assert walk.selection.sites == (INDEX, MIDDLE, parse_site("R.D4"))


def test_a_digit_that_is_gone_is_left_out_of_the_choice(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.selection.choose_many((parse_site("L.D4"), parse_site("L.D5")))
    walk.keys("2.5")
    assert walk.row()[8:] == [2.5, None]
    walk.selection.choose(parse_site("L.D5"))
    walk.keys("2.5")
    assert "amputated" in "".join(walk.said) and walk.row()[9] is None


def test_a_row_of_a_spreadsheet_fills_the_measure_in_one_step(walk: Walk) -> None:
    walk.path.go_to("crt@R.D3")
    walk.path.paste("\t".join(["2.1", "2.2", "2.3", "2.4", "2,5", "2.6", "", "2.8", "2.9", ""]) + "\r\n")
    assert walk.row() == [2.1, 2.2, 2.3, 2.4, 2.5, 2.6, None, 2.8, 2.9, None]
    assert walk.desk.editor.undo_stack.count() == 1
    walk.desk.editor.undo_stack.undo()
    assert walk.row() == [None] * 10


def test_a_row_over_recorded_values_waits_for_one_key_and_any_but_enter_keeps_them(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.path.paste("2.0\t2.1")
    walk.path.go_to("crt@R.D1")
    walk.path.paste("2.0\t3.1\t3.2")
    assert walk.path.note == "A value is recorded already: right index. Enter replaces it, any other key keeps it."
    walk.path.key(Qt.Key.Key_Escape, "")
    walk.path.key(Qt.Key.Key_Return, "\r")
    assert walk.row()[:3] == [2.0, 2.1, None]
    walk.path.go_to("crt@R.D1")
    walk.path.paste("2.0\t3.1\t3.2")
    walk.path.key(Qt.Key.Key_Return, "\r")
    assert walk.row()[:3] == [2.0, 3.1, 3.2]
    walk.desk.editor.undo_stack.undo()
    assert walk.row()[:3] == [2.0, 2.1, None]


def test_the_question_before_a_paste_ends_where_another_digit_is_chosen(walk: Walk) -> None:
    walk.path.go_to("crt@R.D1")
    walk.path.paste("2.0")
    walk.path.go_to("crt@R.D1")
    walk.path.paste("3.0")
    walk.path.go_to("crt@R.D4")
    walk.path.key(Qt.Key.Key_Return, "\r")
    assert walk.row()[:4] == [2.0, None, None, None]


@pytest.mark.parametrize("row", ["\t".join(["2.0"] * 11), "2.0\tx\t3.0", "2.0\t99\t3.0", "1\t2\n3\t4"])
def test_a_row_that_does_not_fit_is_refused_whole(walk: Walk, row: str) -> None:
    walk.path.go_to("crt@R.D1")
    walk.path.paste(row)
    assert walk.row() == [None] * 10
    assert "Nothing" in walk.path.note and walk.place == "crt@R.D1"


def test_a_digit_that_is_ischaemic_is_asked_since_when_and_no_other(walk: Walk) -> None:
    walk.path.ask_for((CATALOGUE["ischaemia"], CATALOGUE["ischaemia_since"]))
    walk.keys("010000000")
    assert walk.place == "ischaemia_since@R.D2" and walk.path.missing == 1
    walk.keys("2025⏎")
    assert walk.path.stop is None and walk.path.missing == 0


def test_after_a_pasted_row_was_cleared_the_next_value_goes_to_one_digit(walk: Walk) -> None:
    walk.path.paste("1\t2\t3\t4\t5\t6\t7\t8\t9\t")
    assert walk.row("pain")[:9] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    walk.keys("⌫")
    assert walk.row("pain") == [None] * 10 and walk.path.sites == (THUMB,)
    walk.keys("5")
    assert walk.row("pain") == [5] + [None] * 9


def test_undo_names_every_place_that_was_taken_back_and_asks_for_the_first(walk: Walk) -> None:
    walk.selection.choose_many((THUMB, INDEX, MIDDLE))
    walk.keys("7")
    walk.desk.editor.undo_group.undo()
    assert walk.row("pain") == [None] * 10
    assert walk.place == "pain@R.D1" and walk.path.sites == (THUMB,)
    assert walk.path.note == "Taken back: 3 places"


# -- where it was left -----------------------------------------------------------------------------------------------


def test_the_place_is_found_again_and_another_visit_begins_anew(walk: Walk) -> None:
    walk.keys("3")
    walk.path.go_to("skin_temp@L.D2")
    place = walk.path.place
    walk.desk.start(PATIENT.id)
    assert walk.place == "pain@R.D1" and walk.path.last is None
    walk.path.go_to(place)
    assert walk.place == "skin_temp@L.D2"
    walk.path.go_to("shoe_size@L.D9")
    assert walk.place == "pain@R.D1"


def test_a_date_ahead_of_today_is_refused_and_stays_to_be_mended(walk: Walk) -> None:
    walk.path.ask_for((CATALOGUE["ischaemia_since"],))
    walk.keys("9999⏎")
    assert walk.place == "ischaemia_since@R.D1"
    assert "lies in the future" in walk.path.note
    assert walk.value(THUMB, "ischaemia_since") is None
