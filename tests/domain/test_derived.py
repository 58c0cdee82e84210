"""What is computed from one visit: readings with their n, the distal-dorsal difference, marks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.anatomy import DIGITS, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.derived import (
    Reading,
    all_readings,
    is_absent,
    limit_for,
    mark,
    person_at,
    reading,
    to_record,
)
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.measures import Limit, NoLimit, Person
from ssc_hand.domain.records import Visit
from ssc_hand.domain.vocabulary import AmputationLevel, Reason, Sex
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation

CRT, TEMP, DDD, PAIN = (CATALOGUE[key] for key in ("crt", "skin_temp", "ddd", "pain"))
INDEX, THUMB = parse_site("R.D2"), parse_site("R.D1")
WOMAN = Person(sex=Sex.FEMALE, age=40, older_from=None)


def of(builder: VisitBuilder) -> Visit:
    """The visit alone."""
    return builder.of(a_patient())[0]


def read(builder: VisitBuilder, site: Site, key: str) -> Reading:
    """A reading that is there."""
    found = reading(of(builder), site, CATALOGUE[key])
    assert found is not None
    return found


def test_what_is_not_recorded_is_no_reading() -> None:
    assert reading(of(a_visit()), INDEX, CRT) is None


def test_one_reading_is_shown_as_it_was_taken() -> None:
    found = read(a_visit().at("R.D2", crt=2.5), INDEX, "crt")
    assert (found.value, found.n, found.text, found.words) == (2.5, 1, "2.5", "2.5 s")


def test_nought_is_a_value() -> None:
    found = read(a_visit().at("R.D2", pain=0), INDEX, "pain")
    assert (found.value, found.number, found.words) == (0, 0.0, "0")


def test_a_mean_tells_its_n() -> None:
    found = read(a_visit().at("R.D2", crt=[2.0, 3.0, 4.5]), INDEX, "crt")
    assert found.n == 3
    assert found.number == pytest.approx(9.5 / 3)
    assert found.words == "3.2 s (mean of 3)"


def test_a_mean_stands_on_the_readings_that_could_be_taken() -> None:
    found = read(a_visit().at("R.D2", crt=[2.0, Reason.PAIN, 4.0]), INDEX, "crt")
    assert (found.value, found.n, found.at_least) == (3.0, 2, False)


def test_where_nothing_could_be_assessed_the_reason_is_told() -> None:
    found = read(a_visit().at("R.D2", crt=Reason.NAIL), INDEX, "crt")
    assert (found.value, found.number, found.n) == (None, None, 0)
    assert found.text == "– nail varnish or pigment"
    assert found.words == "could not be assessed: nail varnish or pigment"
    assert "in plaster" in read(a_visit().at("R.D2", crt=Reason.OTHER), INDEX, "crt").words


def test_not_done_is_told_apart_from_what_could_not_be_assessed() -> None:
    not_done = read(a_visit().at("R.D2", crt=Reason.NOT_DONE), INDEX, "crt")
    hidden = read(a_visit().at("R.D2", crt=Reason.DRESSING), INDEX, "crt")
    assert (not_done.value, not_done.number) == (None, None)
    assert (not_done.text, not_done.words, not_done.sign) == ("not done", "not done", "/")
    assert (hidden.text, hidden.words, hidden.sign) == ("– dressing", "could not be assessed: dressing", "–")


def test_a_reason_of_substance_stands_before_not_done() -> None:
    found = read(a_visit().at("R.D2", crt=[Reason.NOT_DONE, Reason.ULCER]), INDEX, "crt")
    assert (found.words, found.is_not_done) == ("could not be assessed: ulcer", False)


def test_no_refill_alone_is_a_recorded_worst_value() -> None:
    found = read(a_visit().at("R.D2", crt=">30"), INDEX, "crt")
    assert (found.value, found.number, found.words) == (Beyond(30), 30.0, "no refill within 30 s")


def test_no_refill_at_every_reading_stays_no_refill() -> None:
    found = read(a_visit().at("R.D2", crt=[">20", ">30"]), INDEX, "crt")
    assert (found.value, found.n) == (Beyond(20), 2)
    assert "no refill within 20 s" in found.words, "one of them was watched for 20 s only"


def test_no_refill_enters_a_mean_at_the_end_of_the_scale_and_marks_it() -> None:
    found = read(a_visit().at("R.D2", crt=[4.0, ">30"]), INDEX, "crt")
    assert (found.value, found.n, found.at_least) == (17.0, 2, True)
    assert found.text == "≥ 17.0"
    assert found.words == "≥ 17.0 s (mean of 2)"


@given(st.lists(st.sampled_from([0.0, 1.5, 4.0, 10.0, 30.0, ">10", ">30"]), min_size=2, max_size=3))
def test_a_mean_is_never_better_than_if_no_refill_had_been_left_out(values: list[float | str]) -> None:
    found = read(a_visit().at("R.D2", crt=list(values)), INDEX, "crt")
    numbers = [value for value in values if isinstance(value, float)]
    assert found.n == len(values)
    assert found.number is not None
    if numbers and len(numbers) < len(values):
        assert found.at_least
        assert found.number >= min(sum(numbers) / len(numbers), 10)


def test_words_and_flags_are_no_numbers() -> None:
    visit = a_visit().at("R.D2", colour="blue", ischaemia="yes")
    assert read(visit, INDEX, "colour").number is None
    assert read(visit, INDEX, "colour").words == "blue"
    assert read(visit, INDEX, "ischaemia").number is None
    assert read(visit, INDEX, "ischaemia").words == "yes"


def test_the_distal_dorsal_difference_is_finger_minus_back_of_the_same_hand() -> None:
    visit = a_visit().at("R.D2", skin_temp=28.1).at("R", dorsum_temp=31.4).at("L", dorsum_temp=20.0)
    found = read(visit, INDEX, "ddd")
    assert found.value == -3.3
    assert found.text == "-3.3"


def test_the_difference_needs_both_temperatures() -> None:
    assert reading(of(a_visit().at("R.D2", skin_temp=28.0)), INDEX, DDD) is None
    assert reading(of(a_visit().at("R", dorsum_temp=28.0)), INDEX, DDD) is None
    assert reading(of(a_visit().at("R.D2", skin_temp=28.0).at("L", dorsum_temp=28.0)), INDEX, DDD) is None


@pytest.mark.parametrize(
    "visit",
    [
        a_visit().at("R.D2", skin_temp=Reason.DRESSING).at("R", dorsum_temp=31.0),
        a_visit().at("R.D2", skin_temp=28.0).at("R", dorsum_temp=Reason.DRESSING),
    ],
)
def test_a_temperature_that_could_not_be_assessed_leaves_none_and_says_why(visit: VisitBuilder) -> None:
    found = read(visit, INDEX, "ddd")
    assert (found.value, found.why) == (None, "dressing")


def test_a_thumb_is_stored_and_not_scored() -> None:
    visit = a_visit().at("R.D1", skin_temp=20.0).at("R", dorsum_temp=31.0)
    found = read(visit, THUMB, "ddd")
    assert found.value is None and "thumb, not scored" in found.words
    assert read(visit, THUMB, "skin_temp").value == 20.0
    assert reading(of(a_visit().at("R", dorsum_temp=31.0)), THUMB, DDD) is None


@pytest.mark.parametrize(
    ("room", "finger", "is_marked"),
    [
        (30.0, 29.0, True),
        (29.0, 29.0, True),
        (31.0, 25.0, True),
        (30.0, 29.1, False),
        (28.9, 25.0, False),
        (31.1, 25.0, False),
        (23.0, 20.0, False),
        (None, 20.0, False),
    ],
)
def test_a_difference_is_marked_only_at_the_published_room_temperature(
    room: float | None, finger: float, is_marked: bool
) -> None:
    visit = a_visit().at("R.D2", skin_temp=finger).at("R", dorsum_temp=30.0)
    if room is not None:
        visit = visit.at("V", room_temp=room)
    found = mark(of(visit), read(visit, INDEX, "ddd"), WOMAN)
    assert (found is not None) is is_marked
    if found:
        assert "29-31 °C" in found.words and "PMID 10332978" in found.source


def test_no_other_temperature_is_ever_marked() -> None:
    visit = a_visit().at("R.D2", skin_temp=6.0).at("R", dorsum_temp=15.0).at("V", room_temp=30.0)
    assert mark(of(visit), read(visit, INDEX, "skin_temp"), WOMAN) is None


@pytest.mark.parametrize(
    ("value", "is_marked"), [(2.9, False), (3.0, True), (">30", True), (">2", True), (0.0, False), (Reason.NAIL, False)]
)
def test_refill_is_marked_only_above_the_limit(value: float | str | Reason, is_marked: bool) -> None:
    visit = a_visit().at("R.D2", crt=value)
    found = mark(of(visit), read(visit, INDEX, "crt"), WOMAN)
    assert (found is not None) is is_marked


def test_a_mark_names_limit_people_and_source_and_never_says_normal() -> None:
    visit = a_visit().at("R.D2", crt=6.0)
    found = mark(of(visit), read(visit, INDEX, "crt"), WOMAN)
    assert found is not None
    assert found.words == "above 2.9 s, the published limit for healthy adult women; no SSc norm"
    assert "Schriger" in found.source
    assert "normal" not in found.words


def test_without_a_limit_nothing_is_marked() -> None:
    visit = a_visit().at("R.D2", crt=25.0)
    child = Person(sex=Sex.FEMALE, age=17, older_from=None)
    assert mark(of(visit), read(visit, INDEX, "crt"), child) is None
    assert isinstance(limit_for(CRT, child), NoLimit)
    assert limit_for(PAIN, WOMAN) is None


def test_the_limit_is_that_of_the_age_on_the_day_of_the_visit() -> None:
    patient = a_patient(sex=Sex.MALE, birth_date=dt.date(2008, 3, 3))
    for day, kind in (("2026-03-02T09:00", NoLimit), ("2026-03-03T09:00", Limit)):
        visit = a_visit(day).of(patient)[0]
        assert isinstance(limit_for(CRT, person_at(patient, visit, older_from=None)), kind)


def test_a_digit_that_is_gone_is_skipped_and_a_stump_is_not() -> None:
    patient = a_patient()
    gone = an_amputation(patient, "R.D3", level=AmputationLevel.MCP, date=PartialDate("2026-03-02"))
    stump = an_amputation(patient, "R.D4", level=AmputationLevel.PIP)
    record = a_record(a_visit("2026-03-01T09:00"), a_visit(), patient=patient, amputations=(gone, stump))
    before, after = record.visits
    assert is_absent(record, after, parse_site("R.D3")) == gone
    assert is_absent(record, after, parse_site("R.D4")) is None
    assert to_record(record, before, CRT) == DIGITS
    assert to_record(record, after, CRT) == tuple(site for site in DIGITS if site != parse_site("R.D3"))
    assert len(to_record(record, after, CATALOGUE["dorsum_temp"])) == 2


def test_all_readings_leave_out_what_is_not_recorded() -> None:
    visit = of(a_visit().at("R.D2", crt=2.5).at("L.D5", crt=Reason.PAIN))
    assert set(all_readings(visit, CRT)) == {INDEX, parse_site("L.D5")}


def test_a_refill_pressed_at_the_nail_bed_of_its_digit_says_so() -> None:
    visit, _lesions = a_visit().at("R.D2", crt=[2.0, 3.0], refill_place="nail_bed").at("R.D3", crt=2.0).of(a_patient())
    found = [reading(visit, parse_site(code), CATALOGUE["crt"]) for code in ("R.D2", "R.D3")]
    assert [each.words for each in found if each] == ["2.5 s (mean of 2), at the nail bed", "2.0 s"]
    assert [each.sign for each in found if each] == ["2.5ⁿ", "2.0"]
    assert [each.text for each in found if each] == ["2.5", "2.0"]
