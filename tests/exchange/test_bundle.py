"""Bundles: read with the checks of the window, written in one order, the same bytes after a round trip."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.derived import pressed_at
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import Reason, RefillSite, Status, VisitState
from ssc_hand.exchange.bundle import dumps, from_bundle, to_bundle
from tests.exchange.given import ULCER, bundle, lesions, one, patient, visit

LATER = "2026-04-02T09:30:00-06:00"
UUID = "01a20a62-e81c-706c-bb46-91d946bb18f1"


def only(text: str) -> PatientRecord:
    (record,) = from_bundle(text)
    return record


def written(record: PatientRecord) -> dict[str, Any]:
    patients: list[dict[str, Any]] = to_bundle([record])["patients"]
    return patients[0]


def test_a_visit_of_another_program_becomes_a_final_visit_with_its_values() -> None:
    record = only(
        bundle(
            patient(
                visit(
                    observations=[
                        {"measure": "crt", "site": "R.D2", "value": 2.5},
                        {"measure": "crt", "site": "R.D2", "value": 3, "repeat": 2},
                        {"measure": "crt", "site": "R.D3", "value": ">30"},
                        {"measure": "crt", "site": "L.D2", "reason": "other", "reason_text": "splint"},
                        {"measure": "room_temp", "site": "V", "value": 23.5, "unit": "°C"},
                    ]
                ),
                sex="female",
            )
        )
    )
    (found,) = record.visits
    assert found.state is VisitState.FINAL
    assert found.at.utcoffset() == timedelta(hours=-6)
    assert found.observations[(parse_site("R.D2"), "crt", 2)].value == 3.0
    assert found.observations[(parse_site("R.D3"), "crt", 1)].value == Beyond(30)
    assert found.observations[(parse_site("L.D2"), "crt", 1)].reason is Reason.OTHER
    assert found.observations[(parse_site("V"), "room_temp", 1)].value == 23.5


def test_the_second_export_is_equal_to_the_first_byte_for_byte() -> None:
    text = bundle(
        patient(
            visit(LATER, lesions=[], state="draft", remarks=["Reopened: wrong side."]),
            visit(
                observations=[
                    {"measure": "pain", "site": "L.D5", "value": 0},
                    {"measure": "crt", "site": "R.D1", "value": 2},
                ],
                lesions=[ULCER, {**ULCER, "id": "u2", "x": None, "y": None, "signs": [], "infection": "no"}],
            ),
            procedures=[{"kind": "adsvf", "side": "left", "digits": ["D3", "D2"], "date": "2025", "state": "done"}],
            amputations=[{"site": "L.D4", "level": "tip", "date": "2024-05", "cause": "ischaemia"}],
        ),
        patient(record_number="0002"),
    )
    records = from_bundle(text)
    first = dumps(to_bundle(records))
    again = from_bundle(first)
    assert dumps(to_bundle(reversed(again))) == first
    assert sorted(again, key=lambda r: r.patient.id) == sorted(records, key=lambda r: r.patient.id)


def test_where_refill_of_a_digit_was_pressed_goes_out_and_comes_back() -> None:
    place = {"measure": "refill_place", "site": "R.D2", "value": "nail_bed"}
    record = only(bundle(patient(visit(observations=[{"measure": "crt", "site": "R.D2", "value": 2.5}, place]))))
    assert pressed_at(record.visits[0], parse_site("R.D2")) is RefillSite.NAIL_BED
    assert place in written(record)["visits"][0]["observations"]
    assert only(dumps(to_bundle([record]))) == record


def test_export_puts_everything_in_one_order_and_names_units() -> None:
    observations = [
        {"measure": "pain", "site": "R.D1", "value": 4},
        {"measure": "crt", "site": "L.D1", "value": 2.5},
        {"measure": "crt", "site": "R.D1", "value": 3, "repeat": 2},
        {"measure": "crt", "site": "R.D1", "value": 2.5},
        {"measure": "room_temp", "site": "V", "value": 23},
    ]
    text = bundle(patient(visit(LATER), visit(observations=observations)), patient(record_number="0002"))
    found = to_bundle(from_bundle(text))
    assert [each["record_number"] for each in found["patients"]] == ["0002", "0012"]
    visits = found["patients"][1]["visits"]
    assert [each["at"] for each in visits] == ["2026-03-02T09:30:00-06:00", LATER]
    assert visits[0]["observations"] == [
        {"measure": "room_temp", "site": "V", "value": 23.0, "unit": "°C"},
        {"measure": "crt", "site": "R.D1", "value": 2.5, "unit": "s"},
        {"measure": "crt", "site": "R.D1", "repeat": 2, "value": 3.0, "unit": "s"},
        {"measure": "pain", "site": "R.D1", "value": 4},
        {"measure": "crt", "site": "L.D1", "value": 2.5, "unit": "s"},
    ]


def test_what_is_not_recorded_is_not_written() -> None:
    found = written(only(bundle(patient(visit(examiner=None), given_name=None, note=""))))
    assert set(found) == {"id", "record_number", "family_name", "birth_date", "visits"}
    assert set(found["visits"][0]) == {"id", "at", "kind", "state", "observations", "lesions"}


def test_a_lesion_that_nobody_looked_at_is_written_as_not_reexamined_and_not_stored_as_such() -> None:
    record = only(bundle(patient(visit(lesions=[ULCER]), visit(LATER))))
    carried = written(record)["visits"][1]["lesions"][0]
    assert (carried["letter"], carried["status"], "length_mm" in carried) == ("A", "not_reexamined", False)
    again = only(dumps(to_bundle([record])))
    assert again == record
    assert not again.visits[1].states


def test_an_amputation_that_nobody_looked_at_is_written_as_not_reexamined_and_not_stored_as_such() -> None:
    check = {"measure": "amputation_check", "site": "L.D4"}
    gone = [{"site": "L.D4", "level": "tip", "date": "2024-05"}]
    text = bundle(patient(visit(), visit(LATER), amputations=gone))
    record = only(text)
    assert [each["observations"] for each in written(record)["visits"]] == [[], [{**check, "value": "not_reexamined"}]]
    again = only(dumps(to_bundle([record])))
    assert again == record and not again.visits[1].observations
    confirmed = {**check, "value": "as_before"}
    record = only(bundle(patient(visit(), visit(LATER, observations=[confirmed]), amputations=gone)))
    assert written(record)["visits"][1]["observations"] == [confirmed]
    assert only(dumps(to_bundle([record]))) == record


def test_a_lesion_first_told_of_as_not_reexamined_is_kept() -> None:
    record = only(lesions({**ULCER, "status": "not_reexamined"}))
    (state,) = record.visits[0].states.values()
    assert state.status is Status.NOT_REEXAMINED
    assert only(dumps(to_bundle([record]))) == record


def test_ulcers_of_an_amputated_part_end_without_being_written_again() -> None:
    record = only(
        bundle(
            patient(
                visit(lesions=[ULCER]),
                visit(LATER),
                amputations=[{"site": "R.D2", "level": "dip", "date": "2026-03-20", "cause": "ischaemia"}],
            )
        )
    )
    assert written(record)["visits"][1]["lesions"] == []
    assert only(dumps(to_bundle([record]))) == record


def test_short_ids_become_uuids_and_keep_their_links_within_the_patient() -> None:
    follower = {**ULCER, "id": "u2", "follows": "u1"}
    text = bundle(
        patient(visit(lesions=[{**ULCER, "status": "healed"}, follower])),
        patient(visit(lesions=[ULCER]), record_number="2"),
    )
    first, second = from_bundle(text)
    assert first.lesions[1].follows == first.lesions[0].id
    assert len(first.lesions[0].id) == 36
    assert first.lesions[0].id != second.lesions[0].id


def test_a_uuid_is_kept_and_refused_when_another_patient_has_it_too() -> None:
    mine = {**ULCER, "id": UUID}
    assert only(lesions(mine)).lesions[0].id == UUID
    with pytest.raises(Refused, match=r"patient 2 \(record 2\), visit 1, lesion 1: The id .* is used twice"):
        from_bundle(bundle(patient(visit(lesions=[mine])), patient(visit(lesions=[mine]), record_number="2")))


def test_letters_given_are_kept_and_the_rest_get_the_next_free_ones() -> None:
    entries = [{**ULCER, "id": "u1"}, {**ULCER, "id": "u2", "letter": "C"}, {**ULCER, "id": "u3"}]
    record = only(lesions(*entries))
    assert [lesion.letter for lesion in record.lesions] == ["C", "D", "E"]


def test_a_later_visit_need_not_repeat_what_a_lesion_is() -> None:
    record = only(bundle(patient(visit(lesions=[ULCER]), visit(LATER, lesions=[{"id": "u1", "status": "healed"}]))))
    assert len(record.lesions) == 1
    assert [state.status for v in record.visits for state in v.states.values()] == [Status.ACTIVE, Status.HEALED]


def test_words_of_lists_may_be_written_with_hyphens_and_capitals() -> None:
    assert only(bundle(patient(visit(kind="Follow-up")))).visits[0].kind.value == "follow_up"


def test_later_today_is_allowed_and_tomorrow_is_not() -> None:
    now = datetime.now(UTC)
    today, tomorrow = (moment.replace(microsecond=0).isoformat() for moment in (now, now + timedelta(days=2)))
    assert only(bundle(patient(visit(today))))
    far = {"measure": "ischaemia_since", "site": "R.D2", "value": "9999"}
    with pytest.raises(Refused, match=r"visit 1: Critical ischaemia since: 9999 lies in the future"):
        only(bundle(patient(visit(today, observations=[far]))))
    with pytest.raises(Refused, match=r"visit 1: Date and time: .* lies in the future"):
        from_bundle(bundle(patient(visit(tomorrow))))


REFUSALS: list[tuple[str, Callable[[], str], str]] = [
    ("another format", lambda: '{"format": "other"}', "not a bundle"),
    ("a list", lambda: "[]", "not a bundle"),
    ("a newer version", lambda: bundle(version=2), "newer version .* Update the program"),
    ("a version in words", lambda: bundle(version="1"), "does not say its version"),
    ("no patients", lambda: '{"format": "ssc_hand.bundle", "version": 1}', "no list of patients"),
    ("a key on top", lambda: bundle(extra=1), "“extra” has no meaning"),
    ("a key of a patient", lambda: bundle(patient(nose=1)), r"patient 1 \(record 0012\): “nose” has no meaning"),
    ("a patient twice", lambda: bundle(patient(), patient()), r"patient 2 \(record 0012\): patient 1 has the same"),
    ("no record number", lambda: bundle(patient(record_number="  ")), "patient 1: Record number is needed"),
    ("a long name", lambda: bundle(patient(family_name="x" * 300)), "Family name: .* 300 characters"),
    ("a bell in a name", lambda: bundle(patient(family_name="a\x07")), "Family name: .* control characters"),
    ("a birth to come", lambda: bundle(patient(birth_date="2961-01-01")), "Birth date: 1 Jan 2961 lies in the future"),
    ("a birth long ago", lambda: bundle(patient(birth_date="1821-01-01")), "Birth date: .* over 125 years"),
    ("unborn", lambda: bundle(patient(visit(), birth_date="2026-03-03")), "visit 1: .* before the patient's birth"),
    ("no offset", lambda: bundle(patient(visit("2026-03-02T09:30:00"))), "visit 1: .* with its offset"),
    ("year 1", lambda: bundle(patient(visit("0001-01-01T00:00:00+14:00"))), "visit 1: .* too long ago"),
    ("year 9999", lambda: bundle(patient(visit("9999-12-31T23:59:59-14:00"))), "visit 1: .* in the future"),
    ("an unknown kind", lambda: bundle(patient(visit(kind="party"))), "Kind of visit: “party” is not one of"),
    (
        "visit ids twice",
        lambda: bundle(patient(visit(id="v"), visit(LATER, id="v"))),
        "visit 2: The id v is used twice",
    ),
    ("an unknown measure", lambda: one({"measure": "nose", "site": "R", "value": 1}), "observation 1: “nose”"),
    ("an unknown site", lambda: one({"measure": "crt", "site": "R.D9", "value": 1}), "observation 1: “R.D9”"),
    ("the thumb's middle", lambda: one({"measure": "crt", "site": "R.D1.middle", "value": 1}), "“R.D1.middle”"),
    ("another scope", lambda: one({"measure": "crt", "site": "R", "value": 1}), "not recorded at: right hand"),
    ("a phalanx", lambda: one({"measure": "crt", "site": "R.D2.distal", "value": 1}), "not recorded at"),
    (
        "out of range",
        lambda: one({"measure": "crt", "site": "R.D2", "value": 99}),
        "right index: 99 is outside 0 to",
    ),
    ("a text", lambda: one({"measure": "crt", "site": "R.D2", "value": "2"}), "“2” is not a number"),
    ("true", lambda: one({"measure": "crt", "site": "R.D2", "value": True}), "“True” is not a number"),
    ("nothing", lambda: one({"measure": "crt", "site": "R.D2"}), "never both and never neither"),
    ("both", lambda: one({"measure": "crt", "site": "R.D2", "value": 1, "reason": "pain"}), "never both"),
    ("other without words", lambda: one({"measure": "crt", "site": "R.D2", "reason": "other"}), "needs a few words"),
    ("another unit", lambda: one({"measure": "crt", "site": "R.D2", "value": 1, "unit": "ms"}), "kept in s, and not"),
    ("a derived one", lambda: one({"measure": "ddd", "site": "R.D2", "reason": "pain"}), "computed"),
    ("a fourth repeat", lambda: one({"measure": "crt", "site": "R.D2", "value": 1, "repeat": 4}), "at most 3 times"),
    ("a key of one", lambda: one({"measure": "crt", "site": "R.D2", "value": 1, "colour": 1}), "“colour” has no"),
    ("x alone", lambda: lesions({**ULCER, "y": None}), "lesion 1: .* needs both x and y"),
    ("x beside the box", lambda: lesions({**ULCER, "x": 1.2}), "lies between 0 and 1"),
    ("no site", lambda: lesions({**ULCER, "site": None}), "“site” is missing"),
    ("no hand", lambda: lesions({**ULCER, "site": "V"}), "a place on a hand"),
    ("no id", lambda: lesions({**ULCER, "id": None}), "A lesion needs an “id”"),
    ("one id twice", lambda: lesions(ULCER, ULCER), "lesion 2: The id u1 is used twice"),
    ("letter twice", lambda: lesions({**ULCER, "letter": "A"}, {**ULCER, "id": "u2", "letter": "A"}), "The letter A"),
    ("an active scar", lambda: lesions({**ULCER, "kind": "pitting_scar", "origin": None}), "does not fit this kind"),
    ("amputated", lambda: lesions({**ULCER, "status": "amputated"}), "“amputated” does not fit"),
    ("a deep scar", lambda: lesions({**ULCER, "kind": "other", "status": "present"}), "Origin: .* an ulcer only"),
    ("follows itself", lambda: lesions({**ULCER, "follows": "u1"}), "“follows” names no other lesion"),
    (
        "a wandering ulcer",
        lambda: bundle(patient(visit(lesions=[ULCER]), visit(LATER, lesions=[{**ULCER, "site": "R.D3.distal"}]))),
        "visit 2, lesion 1: “site” of lesion u1 differs",
    ),
    (
        "an amputated phalanx",
        lambda: bundle(patient(amputations=[{"site": "R.D2.distal", "level": "tip"}])),
        "amputation 1: An amputation belongs to one digit",
    ),
    (
        "a procedure to come that is done",
        lambda: bundle(patient(procedures=[{"kind": "fat", "side": "left", "state": "done", "date": "2961"}])),
        "procedure 1: Date: 2961 lies in the future",
    ),
]


@pytest.mark.parametrize(
    ("text", "sentence"), [(text, match) for _n, text, match in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_what_is_wrong_is_refused_with_its_place(text: Callable[[], str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        from_bundle(text())


ODD: list[Any] = [None, True, -1, 10**14, 1.5, "", " ", "x" * 300, [], {}, [[]], "\x00", "\ud800", "NaN", ["D1", {}]]


def test_no_odd_value_anywhere_does_more_than_be_refused() -> None:
    whole = json.loads(
        bundle(
            patient(
                visit(
                    observations=[{"measure": "crt", "site": "R.D2", "value": 2, "unit": "s", "repeat": 1}],
                    lesions=[{**ULCER, "letter": "A", "follows": None, "signs": ["pus"]}],
                    state="final",
                    remarks=["a"],
                    id="v",
                ),
                procedures=[{"kind": "fat", "side": "left", "state": "done", "digits": ["D1"], "id": "p"}],
                amputations=[{"site": "L.D2", "level": "tip", "id": "a"}],
                id="p",
            )
        )
    )
    tried = 0
    for holder, key in list(_places(whole)):
        kept = holder[key]
        for odd in ODD:
            holder[key] = odd
            tried += 1
            try:
                dumps(to_bundle(from_bundle(json.dumps(whole))))
            except Refused as refused:
                assert str(refused)
        holder[key] = kept
    assert tried > 500


def _places(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in pairs:
        yield value, key
        yield from _places(item)
