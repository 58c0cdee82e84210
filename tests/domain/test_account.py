"""The account of a visit: everything asked for is done, not done, could not be assessed, or missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssc_hand.domain.account import Account, account
from ssc_hand.domain.anatomy import DIGITS, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.path import DigitOrder, Stop, stops
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, Reason, Status
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation

MEASURES = tuple(CATALOGUE[key] for key in ("pain", "skin_temp", "crt"))
THEN = "2025-09-01T09:00"


def of(*visits: VisitBuilder, record: PatientRecord | None = None, order: DigitOrder | None = None) -> Account:
    """The account of the last visit over pain, temperature and refill."""
    record = record or a_record(*visits)
    visit = record.visits[-1]
    return account(record, visit, stops(order or DigitOrder(), MEASURES, record, visit))


def filled(builder: VisitBuilder, leave: frozenset[str] = frozenset()) -> VisitBuilder:
    """Every digit with its three values, but for those left out."""
    for site in DIGITS:
        if site.code not in leave:
            builder.at(site.code, pain=0, skin_temp=30.0, crt=[2.0, 2.1])
    return builder


def test_an_empty_visit_misses_everything_in_path_order() -> None:
    found = of(a_visit())
    assert (found.total, len(found.done), len(found.missing)) == (30, 0, 30)
    assert found.missing[0] == Stop("pain", DIGITS[0])
    assert found.words == "0 of 30, 30 missing; hands not yet looked at for lesions"


def test_a_full_visit_misses_nothing_and_nought_is_done() -> None:
    found = of(filled(a_visit(lesions_reviewed=True)))
    assert found.words == "30 of 30; hands looked at"
    assert found.is_complete


def test_not_done_could_not_be_assessed_and_missing_are_told_apart() -> None:
    visit = filled(a_visit(), leave=frozenset({"R.D2", "L.D5"}))
    visit.at("R.D2", crt=Reason.NOT_DONE, pain=Reason.NOT_DONE, skin_temp=Reason.DRESSING)
    visit.at("L.D5", crt=">30")
    found = of(visit)
    assert found.values_words == "25 of 30, 2 not done, 1 could not be assessed, 2 missing"
    assert found.details == ("Missing:", "Pain now: left little", "Skin temperature: left little")
    assert not found.is_complete


def test_digits_that_are_gone_are_named_and_not_counted() -> None:
    patient = a_patient()
    gone = an_amputation(patient, "L.D5", level=AmputationLevel.MCP)
    short = an_amputation(patient, "L.D4", level=AmputationLevel.TIP)
    record = a_record(filled(a_visit(), frozenset({"L.D5"})), patient=patient, amputations=(gone, short))
    found = of(record=record)
    assert (found.total, found.missing) == (27, ())
    assert found.details == ("Not counted, gone: left little",)


def test_lesions_of_earlier_visits_are_to_be_examined_again() -> None:
    before = a_visit(THEN)
    for letter, site in zip("ABCD", ("R.D2.distal", "R.D3.distal", "L.D1.distal", "L.D2.distal"), strict=True):
        before.with_ulcer(site, letter, id=letter)
    now = a_visit(lesions_reviewed=True).with_state("A", Status.ACTIVE).with_state("B", Status.HEALED)
    now.with_state("C", Status.NOT_SEEN).with_ulcer("L.D4.distal", "E")
    found = of(before.final(), now)
    assert found.lesion_words == "lesions: 2 of 4 re-examined, 1 not seen today"
    assert [each.lesion.letter for each in found.to_review] == ["D"]
    assert found.details[-1] == "Lesion not re-examined: D (left index)"
    assert not found.is_complete


def test_healed_lesions_are_not_asked_for_again() -> None:
    then = a_visit(THEN).with_ulcer("R.D2.distal", id="A", status=Status.HEALED).final()
    assert of(then, a_visit()).lesion_words == ""


def test_each_of_values_lesions_and_looking_is_needed_for_a_complete_visit() -> None:
    before = a_visit(THEN).with_ulcer("R.D2.distal", id="A").final()

    def is_complete(*, looked: bool = True, leave: str = "", status: Status | None = Status.ACTIVE) -> bool:
        now = filled(a_visit(lesions_reviewed=looked), frozenset({leave}))
        return of(before, now.with_state("A", status) if status else now).is_complete

    assert is_complete()
    assert not is_complete(looked=False)
    assert not is_complete(leave="L.D4")
    assert not is_complete(status=None)


def test_what_is_missing_is_named_with_its_own_measure() -> None:
    visit = filled(a_visit(), leave=frozenset({"R.D2", "L.D5"}))
    visit.at("R.D2", crt=2.0, skin_temp=30.0).at("L.D5", pain=1, skin_temp=30.0)
    assert of(visit).details[:3] == ("Missing:", "Pain now: right index", "Capillary refill: left little")


_SAID = st.sampled_from([None, 1, Reason.NOT_DONE, Reason.PAIN])


@given(st.dictionaries(st.tuples(st.sampled_from(DIGITS), st.sampled_from(["pain", "crt"])), _SAID))
def test_every_stop_is_counted_exactly_once(said: dict[tuple[Site, str], object]) -> None:
    visit = a_visit()
    for (site, key), value in said.items():
        if value is not None:
            visit.at(site.code, **{key: value})
    record = a_record(visit)
    path = stops(DigitOrder(from_thumb=False), MEASURES, record, record.visits[-1])
    found = account(record, record.visits[-1], path)
    counted = (*found.done, *found.not_done, *found.not_assessed, *found.missing)
    assert sorted(stop.code for stop in counted) == sorted(stop.code for stop in path)
    assert [stop for stop in path if stop in found.missing] == list(found.missing)
    assert len(found.done) == sum(value == 1 for value in said.values())


def test_amputations_of_before_are_counted_and_wait_for_a_word() -> None:
    patient = a_patient()
    gone = (an_amputation(patient, "L.D5", level=AmputationLevel.MCP), an_amputation(patient, "R.D2"))
    before = a_visit(THEN).final()
    left = frozenset({"L.D5"})
    today = filled(a_visit(lesions_reviewed=True), left).at("L.D5", amputation_check="as_before")
    found = of(record=a_record(before, today, patient=patient, amputations=gone))
    assert found.words == "27 of 27; amputations: 1 of 2 re-examined; hands looked at"
    assert "Amputations not re-examined: right index" in found.details
    assert not found.is_complete
    today = filled(a_visit(lesions_reviewed=True), left)
    for code in ("L.D5", "R.D2"):
        today.at(code, amputation_check="as_before")
    assert of(record=a_record(before, today, patient=patient, amputations=gone)).is_complete
