"""How a value behaves: what is typed, stored, refused, asked about and shown."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import (
    Beyond,
    Choice,
    Day,
    Flag,
    HistoryDate,
    Moment,
    Number,
    Several,
    Text,
    parse_decimal,
)
from ssc_hand.domain.vocabulary import Colour, Sex, Sign

REFILL = CATALOGUE["crt"].kind
NUMBERS = [measure for measure in CATALOGUE.values() if measure.is_number]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,3", 1.3),
        ("1.3", 1.3),
        (" 2.5 ", 2.5),
        ("+2,5", 2.5),
        ("0", 0.0),
        ("-0", 0.0),
        ("-0,0", 0.0),
        ("007", 7.0),
        ("-4.25", -4.25),
        ("30", 30.0),
    ],
)
def test_a_number_is_read_with_a_point_or_a_comma(typed: str, value: float) -> None:
    assert parse_decimal(typed) == value
    assert math.copysign(1, parse_decimal(typed)) == math.copysign(1, value)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "1_000",
        "1 000",
        "1.000,5",
        "٣٤",
        "３",
        "1e400",
        "1e2",
        "1.2.3",
        "1,2,3",
        "1,",
        ".5",
        "--1",
        "0x10",
        "2.5 s",
        "²",
        "1\n2",
        "12345678",
        "<b>2</b>",
        "½",
    ],
)
def test_what_is_no_plain_number_is_refused_and_not_guessed(typed: str) -> None:
    with pytest.raises(Refused, match="is not a number"):
        parse_decimal(typed)


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_finite_number_or_refused(typed: str) -> None:
    try:
        assert math.isfinite(parse_decimal(typed))
    except Refused as refused:
        assert str(refused)


@given(st.data())
def test_every_value_is_typed_back_as_it_is_shown(data: st.DataObject) -> None:
    measure = data.draw(st.sampled_from(NUMBERS))
    kind = measure.kind
    assert isinstance(kind, Number)
    scale = 10**kind.decimals
    steps = data.draw(st.integers(math.ceil(kind.hard[0] * scale), math.floor(kind.hard[1] * scale)))
    value = kind.load(steps / scale)
    shown = kind.format(value)
    assert kind.parse(shown) == value
    assert kind.parse(shown.replace(".", ",")) == value
    assert kind.load(kind.dump(value)) == value


def test_one_comma_three_is_one_point_three_and_never_thirteen() -> None:
    assert REFILL.parse("1,3") == 1.3
    assert CATALOGUE["skin_temp"].kind.parse("31,3") == 31.3


def test_a_decimal_too_many_is_refused_and_not_rounded() -> None:
    with pytest.raises(Refused, match="more decimals than the 1"):
        REFILL.parse("2.55")
    with pytest.raises(Refused, match="more decimals than the 0"):
        CATALOGUE["pain"].kind.parse("7,5")
    assert REFILL.parse("2.50") == 2.5
    assert CATALOGUE["pain"].kind.parse("7.0") == 7


@pytest.mark.parametrize("measure", NUMBERS, ids=lambda measure: measure.key)
def test_the_hard_limits_are_taken_and_one_step_beyond_is_refused(measure: object) -> None:
    kind = measure.kind  # type: ignore[attr-defined]
    step = 10.0**-kind.decimals
    for edge, outside in ((kind.hard[0], kind.hard[0] - step), (kind.hard[1], kind.hard[1] + step)):
        assert kind.parse(f"{edge:g}") == edge
        with pytest.raises(Refused, match="Nothing was changed"):
            kind.parse(f"{outside:.{kind.decimals}f}")


@pytest.mark.parametrize("measure", NUMBERS, ids=lambda measure: measure.key)
def test_the_soft_limits_ask_and_refuse_nothing(measure: object) -> None:
    kind = measure.kind  # type: ignore[attr-defined]
    if kind.soft is None:
        assert not any(kind.is_unusual(edge) for edge in kind.hard)
        return
    assert not any(kind.is_unusual(edge) for edge in kind.soft)
    step = 10.0**-kind.decimals
    for beyond in (kind.soft[0] - step, kind.soft[1] + step):
        if kind.hard[0] <= beyond <= kind.hard[1]:
            assert kind.is_unusual(kind.load(round(beyond, kind.decimals)))


def test_no_refill_is_a_recorded_value_past_the_end() -> None:
    kind = CATALOGUE["crt"].kind
    value = kind.parse(" >30 ")
    assert value == Beyond(30.0)
    assert kind.dump(value) == ">30"
    assert kind.load(">30") == value
    assert kind.parse(kind.format(value)) == value
    assert CATALOGUE["crt"].text(value) == "no refill within 30 s"
    assert kind.parse("> 12,5") == Beyond(12.5)


@pytest.mark.parametrize("typed", [">", ">31", ">-1", ">nan", "> >3", ">30 s"])
def test_a_value_past_the_end_is_checked_like_any_other(typed: str) -> None:
    with pytest.raises(Refused):
        REFILL.parse(typed)


@pytest.mark.parametrize("key", ["skin_temp", "pain", "room_temp", "rcs"])
def test_only_refill_can_lie_past_the_end(key: str) -> None:
    with pytest.raises(Refused):
        CATALOGUE[key].kind.parse(">5")
    with pytest.raises(Refused):
        CATALOGUE[key].kind.load(">5")


@pytest.mark.parametrize("stored", [None, True, False, math.nan, math.inf, "2.5", [2], {}, 2.55, 1e308])
def test_a_stored_number_is_checked_as_if_it_had_been_typed(stored: object) -> None:
    with pytest.raises(Refused):
        REFILL.load(stored)


def test_whole_numbers_stay_whole() -> None:
    kind = CATALOGUE["pain"].kind
    for stored in (7, 7.0):
        assert isinstance(kind.load(stored), int)
    assert kind.format(kind.load(7.0)) == "7"
    assert REFILL.format(2) == "2.0"


@pytest.mark.parametrize(("typed", "term"), [("blue", Colour.BLUE), (" BLUE ", Colour.BLUE), ("Pale", Colour.PALE)])
def test_a_word_is_found_whatever_its_case(typed: str, term: Colour) -> None:
    assert Choice(Colour).parse(typed) is term


@pytest.mark.parametrize("stored", ["BLUE", "", None, 1, "violet", ["blue"]])
def test_a_stored_word_must_be_a_key_of_its_list(stored: object) -> None:
    with pytest.raises(Refused, match="not one of"):
        Choice(Colour).load(stored)


def test_every_word_reads_back() -> None:
    for terms in (Colour, Sex):
        kind = Choice(terms)
        for term in terms:
            assert kind.parse(kind.format(term)) is term
            assert kind.load(kind.dump(term)) is term


def test_several_words_are_kept_in_the_order_of_their_list() -> None:
    kind = Several(Sign)
    assert kind.parse("fever, swelling") == (Sign.SWELLING, Sign.FEVER)
    assert kind.load(kind.dump((Sign.FEVER, Sign.PUS))) == (Sign.PUS, Sign.FEVER)
    assert kind.format((Sign.FEVER, Sign.PUS)) == "purulent discharge, fever"
    assert Several(Digit).dump((Digit.D3, Digit.D2)) == "D2,D3"
    with pytest.raises(Refused):
        kind.parse("fever, gout")


@pytest.mark.parametrize(("typed", "value"), [("yes", True), (" No ", False), ("1", True), ("0", False), ("YES", True)])
def test_yes_and_no_are_read(typed: str, value: bool) -> None:
    assert Flag().parse(typed) is value
    assert Flag().load(Flag().dump(value)) is value


@pytest.mark.parametrize("typed", ["", "maybe", "2", "y", "-"])
def test_neither_yes_nor_no_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="yes or no"):
        Flag().parse(typed)


@pytest.mark.parametrize("stored", [2, "yes", None])
def test_a_stored_flag_is_true_or_false(stored: object) -> None:
    with pytest.raises(Refused):
        Flag().load(stored)
    assert Flag().load(1) is True and Flag().load(0) is False


@pytest.mark.parametrize(
    ("typed", "day"),
    [("1964-03-12", date(1964, 3, 12)), ("12.3.1964", date(1964, 3, 12)), (" 12.03.1964 ", date(1964, 3, 12))],
)
def test_a_day_is_typed_as_year_month_day_or_with_points(typed: str, day: date) -> None:
    assert Day().parse(typed) == day
    assert Day().load(Day().dump(day)) == day


@pytest.mark.parametrize(
    "typed", ["", "03/12/1964", "12/3/64", "1964-13-01", "1964-02-30", "19640312", "12.3.64", "٢٠٢٤-٠١-٠١", "1964-3-12"]
)
def test_a_day_that_could_be_misread_or_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not a day"):
        Day().parse(typed)


def test_a_day_is_shown_with_its_month_in_letters() -> None:
    assert Day().format(date(1964, 3, 12)) == "12 Mar 1964"


def test_a_moment_keeps_its_offset() -> None:
    kind = Moment()
    moment = kind.load("2026-03-02T09:30:15.25-06:00")
    assert moment.utcoffset() is not None
    assert kind.dump(moment) == "2026-03-02T09:30:15-06:00"
    assert kind.format(moment) == "2 Mar 2026, 09:30"
    assert kind.load(datetime(2026, 3, 2, tzinfo=UTC)) == datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize("stored", ["2026-03-02T09:30:00", "2026-03-02", "yesterday", None, 5])
def test_a_stored_moment_without_offset_is_refused(stored: object) -> None:
    with pytest.raises(Refused, match="with its offset"):
        Moment().load(stored)


def test_a_moment_typed_without_offset_gets_that_of_this_place() -> None:
    typed = Moment().parse("2026-03-02 09:30")
    assert typed.tzinfo is not None
    assert (typed.hour, typed.minute) == (9, 30)
    with pytest.raises(Refused, match="not a time"):
        Moment().parse("half past nine")


def test_a_date_of_history_is_as_exact_as_it_is_known() -> None:
    kind = HistoryDate()
    for text, label in (("2024", "2024"), ("2024-03", "Mar 2024"), ("2024-03-12", "12 Mar 2024")):
        assert kind.parse(f" {text} ") == PartialDate(text)
        assert kind.format(kind.load(text)) == label
        assert kind.dump(kind.load(text)) == text


@pytest.mark.parametrize("stored", [2024, None, 20.24, ["2024"]])
def test_a_date_of_history_is_stored_as_text(stored: object) -> None:
    with pytest.raises(Refused):
        HistoryDate().load(stored)


def test_a_line_keeps_one_line_and_a_note_several() -> None:
    assert Text(lines=False).parse("a\nb") == "a b"
    assert Text(lines=True).parse("a\nb") == "a\nb"
    with pytest.raises(Refused, match="text is expected"):
        Text(lines=True).load(5)
