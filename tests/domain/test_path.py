"""The path: order, digits that are gone, the next measure, an end, and rows from a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import DIGITS, VISIT, Hand, Scope, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.keymap import KEYS, REASON_KEYS, Act, act_of
from ssc_hand.domain.path import (
    DigitOrder,
    Stop,
    along,
    before,
    following,
    free_reading,
    last_reading,
    next_missing,
    parse_stop,
    pasted,
    stops,
)
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import AmputationLevel, Reason
from tests.builders import a_patient, a_record, a_visit, an_amputation

THREE = tuple(CATALOGUE[key] for key in ("pain", "skin_temp", "crt"))
FIRST, LAST = Stop("pain", parse_site("R.D1")), Stop("crt", parse_site("L.D5"))
PATIENT = a_patient()


def records(gone: str = "", **values: object) -> tuple[PatientRecord, Visit]:
    """A patient with a visit, perhaps with a digit that is gone."""
    lost = (an_amputation(PATIENT, gone, level=AmputationLevel.MCP),) if gone else ()
    visit = a_visit()
    for site, given_values in values.items():
        visit = visit.at(site.replace("_", "."), **given_values)  # type: ignore[arg-type]
    record = a_record(visit, patient=PATIENT, amputations=lost)
    return record, record.visits[-1]


def test_the_path_goes_from_the_right_thumb_to_the_left_little_finger_for_each_measure() -> None:
    path = stops(DigitOrder(), THREE, *records())
    assert len(path) == 30 and path[0] == FIRST and path[-1] == LAST
    assert [stop.site for stop in path[:10]] == list(DIGITS)
    assert [stop.measure_key for stop in path[9:11]] == ["pain", "skin_temp"]


def test_each_user_may_begin_at_the_other_hand_and_the_other_end() -> None:
    order = DigitOrder(first=Hand.LEFT, from_thumb=False)
    assert [site.code for site in order.digits][:6] == ["L.D5", "L.D4", "L.D3", "L.D2", "L.D1", "R.D5"]
    assert order.words == "left little to thumb, then right little to thumb"
    assert order.sites(Scope.HAND) == (Site(Hand.LEFT), Site(Hand.RIGHT))


def test_since_when_is_asked_only_where_it_is_said_that_it_is_so() -> None:
    both = (CATALOGUE["ischaemia"], CATALOGUE["ischaemia_since"])
    said = records(R_D2={"ischaemia": True}, R_D3={"ischaemia": False}, R_D4={"ischaemia": Reason.DRESSING})
    dates = [stop.site.code for stop in stops(DigitOrder(), both, *said) if stop.measure_key == "ischaemia_since"]
    assert dates == ["R.D2"]
    recorded = records(R_D3={"ischaemia": False, "ischaemia_since": "2026"})
    assert Stop("ischaemia_since", parse_site("R.D3")) in stops(DigitOrder(), both, *recorded)
    assert len(stops(DigitOrder(), both[1:], *said)) == 10


def test_a_digit_that_is_gone_is_left_out() -> None:
    path = stops(DigitOrder(), THREE, *records(gone="R.D3"))
    assert len(path) == 27
    assert parse_site("R.D3") not in {stop.site for stop in path}
    assert following(path, Stop("crt", parse_site("R.D2"))) == Stop("crt", parse_site("R.D4"))


def test_measures_are_gone_over_in_the_order_in_which_they_are_asked_for() -> None:
    path = stops(DigitOrder(), reversed(THREE), *records())
    assert [stop.measure_key for stop in path[::10]] == ["crt", "skin_temp", "pain"]


def test_the_path_never_wraps() -> None:
    path = stops(DigitOrder(), THREE, *records())
    assert following(path, LAST) is None
    assert before(path, FIRST) is None
    assert along(path, LAST, 1) is None and along(path, FIRST, -1) is None


def test_what_is_recorded_is_not_asked_again() -> None:
    record, visit = records(R_D2={"pain": 3}, R_D3={"pain": Reason.PAIN})
    path = stops(DigitOrder(), THREE, record, visit)
    assert following(path, FIRST) == Stop("pain", parse_site("R.D2"))
    assert following(path, FIRST, visit) == Stop("pain", parse_site("R.D4"))


def test_the_next_missing_one_is_found_before_the_place_too() -> None:
    record, visit = records(R_D1={"crt": 3.0})
    path = stops(DigitOrder(), (CATALOGUE["crt"],), record, visit)
    assert next_missing(path, LAST, visit) == Stop("crt", parse_site("R.D2"))
    assert next_missing(path, None, visit) == Stop("crt", parse_site("R.D2"))


def test_the_next_missing_one_after_the_place_comes_before_those_at_the_beginning() -> None:
    record, visit = records(R_D4={"crt": 3.0})
    path = stops(DigitOrder(), (CATALOGUE["crt"],), record, visit)
    assert next_missing(path, Stop("crt", parse_site("R.D3")), visit) == Stop("crt", parse_site("R.D5"))


def test_the_stop_before_is_one_back_and_of_the_measure_before_its_last() -> None:
    path = stops(DigitOrder(), THREE, *records())
    assert before(path, Stop("pain", parse_site("R.D2"))) == FIRST
    assert before(path, Stop("skin_temp", parse_site("R.D1"))) == Stop("pain", parse_site("L.D5"))


def test_a_stop_that_is_not_on_the_path_leads_nowhere() -> None:
    path, beside = stops(DigitOrder(), THREE, *records()), Stop("spo2", parse_site("R.D2"))
    assert following(path, beside) is before(path, beside) is along(path, beside, 1) is None


def test_readings_are_taken_in_turn_and_taken_back_from_the_last() -> None:
    stop = Stop("crt", parse_site("R.D2"))
    for taken, free, last in (([], 1, None), ([2.0], 2, 1), ([2.0, 3.0], 3, 2), ([2.0, 3.0, 4.0], None, 3)):
        _record, visit = records(R_D2={"crt": taken}) if taken else records()
        assert (free_reading(visit, stop, 3), last_reading(visit, stop)) == (free, last)
    assert free_reading(records(R_D2={"crt": [2.0]})[1], stop, 1) is None


def test_a_reason_stands_for_all_readings() -> None:
    _record, visit = records(R_D2={"crt": Reason.PAIN})
    assert free_reading(visit, Stop("crt", parse_site("R.D2")), 3) is None


def test_measures_are_passed_by_their_beginnings() -> None:
    path = stops(DigitOrder(), THREE, *records())
    assert along(path, Stop("pain", parse_site("L.D2")), 1) == Stop("skin_temp", parse_site("R.D1"))
    assert along(path, LAST, -1) == Stop("skin_temp", parse_site("R.D1"))
    assert along(path, Stop("skin_temp", parse_site("L.D2")), -1) == FIRST
    assert along(path, None, -1) == Stop("crt", parse_site("R.D1"))


def test_a_stop_survives_a_file() -> None:
    assert parse_stop(LAST.code) == LAST
    with pytest.raises(Refused):
        parse_stop("crt@R.D9")
    with pytest.raises(Refused):
        parse_stop("shoe@R.D1")


# -- rows from a spreadsheet -----------------------------------------------------------------------------------

ROW = "\t".join(f"2.{n}" for n in range(10))


def put(text: str, stop: str = "crt@R.D1", gone: str = "") -> dict[Site, object]:
    """What is understood of a row."""
    return pasted(text, parse_stop(stop), DigitOrder(), *records(gone=gone))


@pytest.mark.parametrize("text", [ROW, ROW + "\r\n", ROW.replace("\t", "\n"), ROW.replace("\t", "\r\n") + "\r\n"])
def test_ten_values_fill_the_measure_in_the_order_of_the_path(text: str) -> None:
    assert put(text) == {site: float(f"2.{n}") for n, site in enumerate(DIGITS)}
    assert put(text, "crt@L.D3") == put(text)


def test_eleven_values_are_refused_whole() -> None:
    with pytest.raises(Refused, match="11 values do not fit: from right thumb on there are 10 places"):
        put(ROW + "\t3.0")


def test_one_bad_cell_refuses_the_row_and_names_the_digit() -> None:
    with pytest.raises(Refused, match="right middle: “two” is not a number"):
        put(ROW.replace("2.2", "two"))


def test_fewer_values_fill_from_the_place_on_if_they_fit() -> None:
    assert put("1.0\t2.0", "crt@L.D4") == {parse_site("L.D4"): 1.0, parse_site("L.D5"): 2.0}
    with pytest.raises(Refused, match="3 values do not fit: from left ring on there are 2 places"):
        put("1.0\t2.0\t3.0", "crt@L.D4")


def test_an_empty_cell_leaves_its_digit_alone() -> None:
    assert list(put("1.0\t\t2.0")) == [parse_site("R.D1"), parse_site("R.D3")]


def test_a_digit_that_is_gone_keeps_its_cell_so_that_nothing_shifts() -> None:
    with pytest.raises(Refused, match="amputated"):
        put(ROW, gone="R.D3")
    filled = put(ROW.replace("2.2", ""), gone="R.D3")
    assert filled[parse_site("R.D4")] == 2.3 and len(filled) == 9


@pytest.mark.parametrize("text", ["1\t2\n3\t4", "", "\t\t", "1" * 100_000, "\n"])
def test_what_is_no_row_of_values_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="Nothing was recorded"):
        put(text)


def test_a_row_of_the_visit_is_one_value() -> None:
    assert put("23.5", "room_temp@V") == {VISIT: 23.5}


@given(st.text(max_size=60))
def test_any_text_is_understood_whole_or_refused_whole(text: str) -> None:
    try:
        values = put(text)
    except Refused:
        return
    cells = [cell.strip() for cell in text.replace("\t", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    assert [str(value) for value in values.values()] == [
        str(CATALOGUE["crt"].kind.parse(cell)) for cell in cells if cell
    ]


# -- the table of keys -----------------------------------------------------------------------------------------


def test_no_key_has_two_meanings() -> None:
    chars = [char for binding in KEYS for char in binding.chars]
    names = [name for binding in KEYS for name in binding.names]
    assert len(chars) == len(set(chars)) and len(names) == len(set(names))
    assert {binding.act for binding in KEYS} == set(Act)


def test_letters_count_whatever_is_locked() -> None:
    assert act_of("", "M") is Act.MISSING is act_of("", "m")
    assert act_of("Return", "\r") is Act.SETTLE
    assert act_of("", "ß") is None


def test_every_reason_but_not_done_has_a_digit() -> None:
    assert set(REASON_KEYS.values()) == set(Reason) - {Reason.NOT_DONE}
    assert list(REASON_KEYS) == [str(n) for n in range(1, len(Reason))]


def test_a_thumb_is_not_asked_for_a_joint_that_it_does_not_have() -> None:
    record = a_record(a_visit())
    path = stops(DigitOrder(), [CATALOGUE["pip_flexion"], CATALOGUE["ip_flexion"]], record, record.visits[0])
    assert [stop.code for stop in path[:3]] == ["pip_flexion@R.D2", "pip_flexion@R.D3", "pip_flexion@R.D4"]
    assert [stop.code for stop in path[8:]] == ["ip_flexion@R.D1", "ip_flexion@L.D1"]
