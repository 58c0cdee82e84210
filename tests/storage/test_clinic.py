"""Records in, the same records out; all or nothing; who and when on every row."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.changes import Change, Put, Withdraw, whole
from ssc_hand.domain.clinic import Paper
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.protocols import own_protocol, write_own
from ssc_hand.domain.records import LesionState, PatientRecord, observation
from ssc_hand.domain.vocabulary import (
    Colour,
    Depth,
    Judgement,
    LesionKind,
    Reason,
    Sex,
    Sign,
    Status,
    VisitKind,
    VisitState,
)
from ssc_hand.storage.clinic import Clinic
from ssc_hand.storage.driver import Misuse
from tests.builders import a_moment, a_patient, a_procedure, a_record, a_visit, an_amputation
from tests.clinics import enter_clinic, found_clinic

Statement = Callable[..., list[tuple[object, ...]]]
INDEX = parse_site("L.D2")


def a_full_record() -> PatientRecord:
    """A patient with something of everything."""
    patient = a_patient(
        "HC-17/2",
        "<b>O'Brien & Søn</b>",
        given_name="Zoë",
        birth_date=dt.date(1964, 3, 12),
        sex=Sex.FEMALE,
        first_raynaud=PartialDate("1999"),
        first_other=PartialDate("2001-07"),
        note="two\nlines",
    )
    first = (
        a_visit("2025-11-02T10:00", kind=VisitKind.BASELINE, seated_since=a_moment("2025-11-02T09:30"))
        .at("L.D2", crt=[2.5, Beyond(30.0), 3.0], pain=0, colour=Colour.BLUE, ischaemia=True)
        .at("R.D1", crt=Reason.NAIL, skin_temp=Reason.OTHER, ischaemia_since="2025-10")
        .at("R", dorsum_temp=31.5)
        .at("V", room_temp=23.5, rcs=4.3, rcs_days=14)
        .with_ulcer(
            "L.D2.distal",
            x=0.25,
            y=0.1,
            length_mm=4.0,
            width_mm=0.0,
            depth=Depth.DEEP,
            infection=Judgement.SUSPECTED,
            signs=(Sign.SWELLING, Sign.PUS),
            exposed_bone=False,
            pain=0,
        )
        .with_lesion(LesionKind.CALCINOSIS, "R.D4.middle")
        .final()
    )
    second = a_visit(plan="Iloprost", next_review=PartialDate("2026-05")).with_state(
        first.lesion_ids[0], Status.HEALED, healed_on=PartialDate("2026-01-20")
    )
    return a_record(
        first,
        second,
        patient=patient,
        procedures=(a_procedure(patient),),
        amputations=(an_amputation(patient, "R.D5"),),
    )


def test_a_record_comes_back_as_it_was_written(clinic: Clinic) -> None:
    record = a_full_record()
    clinic.write(*whole(record))
    assert clinic.record(record.patient.id) == record
    assert clinic.check() == []


def test_a_record_comes_back_after_closing_and_opening(clinic: Clinic, folder: Path) -> None:
    record = a_full_record()
    clinic.write(*whole(record))
    clinic.close()
    with enter_clinic(folder, by="Dr. Sol") as again:
        assert again.by_number("hc-17/2") == record
        assert again.all_ids() == [record.patient.id]


def test_every_stamp_says_who_when_and_how_often(clinic: Clinic) -> None:
    patient = a_patient()
    before = dt.datetime.now(dt.UTC)
    (first,) = clinic.write(Put(patient))
    (second,) = clinic.write(Put(replace(patient, note="tall", stamp=first)))
    assert (first.by, first.version, second.version) == ("Dr. Rey", 1, 2)
    assert before <= first.at <= second.at <= dt.datetime.now(dt.UTC)
    assert clinic.record(patient.id).patient.stamp == second


def test_a_write_that_is_refused_leaves_nothing_of_itself(clinic: Clinic) -> None:
    patient = a_patient()
    future = a_patient("1002", birth_date=dt.date(2999, 1, 1))
    with pytest.raises(Refused, match="future"):
        clinic.write(Put(patient), Put(future))
    assert clinic.find("") == []
    with pytest.raises(Refused, match="not in the clinic"):
        clinic.record(patient.id)


def test_a_record_number_is_given_once(clinic: Clinic) -> None:
    clinic.write(Put(a_patient("HC-1")))
    with pytest.raises(Refused, match="HC-1 already belongs to another patient"):
        clinic.write(Put(a_patient("HC-1", "Other")))
    with pytest.raises(Refused, match="already belongs"):
        clinic.write(Put(a_patient("hc-1", "Other")))


def test_a_number_that_nobody_has_is_refused_by_name(clinic: Clinic) -> None:
    with pytest.raises(Refused, match="record number “77”"):
        clinic.by_number("77")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"family_name": "x" * 300}, "300 characters"),
        ({"family_name": "a\x00b"}, "control characters"),
        ({"family_name": " "}, "Family name is needed"),
        ({"record_number": ""}, "Record number is needed"),
    ],
)
def test_a_name_that_cannot_be_kept_is_refused(clinic: Clinic, changed: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        clinic.write(Put(replace(a_patient(), **changed)))  # type: ignore[arg-type]


def test_two_writers_of_one_value_cannot_both_win(clinic: Clinic, folder: Path) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0))
    visit = record.visits[0]
    clinic.write(*whole(record))
    mine = clinic.record(record.patient.id).visits[0].observations[(INDEX, "crt", 1)]
    with enter_clinic(folder, by="Dr. Sol") as other:
        other.write(Put(replace(mine, value=3.0), visit.id))
    with pytest.raises(Conflict, match=r"The value was changed by Dr\. Sol, .* Nothing was changed"):
        clinic.write(Put(replace(mine, value=9.0), visit.id))
    now = clinic.record(record.patient.id).visits[0].observations[(INDEX, "crt", 1)]
    assert now.value == 3.0


def test_a_new_value_does_not_write_over_one_that_is_there(clinic: Clinic) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0))
    clinic.write(*whole(record))
    with pytest.raises(Conflict, match="was changed by"):
        clinic.write(Put(observation(INDEX, "crt", 9.0), record.visits[0].id))


def test_a_withdrawn_value_is_not_recorded_and_can_be_put_again(clinic: Clinic, statement: Statement) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0))
    visit_id = record.visits[0].id
    clinic.write(*whole(record))
    seen = clinic.record(record.patient.id).visits[0].observations[(INDEX, "crt", 1)]
    (gone,) = clinic.write(Withdraw(seen, visit_id))
    assert clinic.record(record.patient.id).visits[0].observations == {}
    assert statement("SELECT value, withdrawn_by FROM observation") == [(2.0, "Dr. Rey")]
    (back,) = clinic.write(Put(replace(seen, value=2.5, stamp=None), visit_id))
    assert (gone.version, back.version) == (2, 3)
    assert clinic.record(record.patient.id).visits[0].observations[(INDEX, "crt", 1)].value == 2.5


def test_what_was_withdrawn_by_another_is_a_conflict_that_says_so(clinic: Clinic) -> None:
    patient = a_patient()
    procedure = a_procedure(patient)
    (_stamp, made) = clinic.write(Put(patient), Put(procedure))
    stamped = replace(procedure, stamp=made)
    clinic.write(Withdraw(stamped))
    with pytest.raises(Conflict, match="The procedure was withdrawn by"):
        clinic.write(Withdraw(stamped))
    with pytest.raises(Conflict, match="The procedure was withdrawn by"):
        clinic.write(Put(replace(stamped, note="late")))
    assert clinic.record(patient.id).procedures == ()


def test_what_the_file_does_not_have_is_a_conflict(clinic: Clinic) -> None:
    patient = a_patient()
    (stamp,) = clinic.write(Put(patient))
    with pytest.raises(Conflict, match="not in the clinic's file"):
        clinic.write(Put(replace(a_procedure(patient), stamp=stamp)))
    with pytest.raises(Conflict, match="The patient is not in the clinic's file"):
        clinic.write(Put(a_procedure(a_patient())))
    with pytest.raises(Conflict, match="The visit is not in the clinic's file"):
        clinic.write(Put(observation(INDEX, "crt", 2.0), new_id()))


def test_a_value_needs_its_visit(clinic: Clinic) -> None:
    with pytest.raises(ValueError, match="needs the id of its visit"):
        clinic.write(Put(observation(INDEX, "crt", 2.0)))


def test_a_value_out_of_range_is_refused(clinic: Clinic) -> None:
    record = a_record(a_visit())
    clinic.write(*whole(record))
    wild = replace(observation(INDEX, "crt", 2.0), value=99.0)
    with pytest.raises(Refused, match="outside 0 to 30"):
        clinic.write(Put(wild, record.visits[0].id))


def test_a_birth_date_cannot_lie_after_the_first_visit(clinic: Clinic) -> None:
    record = a_record(a_visit("2020-05-04T10:00"))
    (stamp, *_rest) = clinic.write(*whole(record))
    with pytest.raises(Refused, match="lies after the first visit, 4 May 2020"):
        clinic.write(Put(replace(record.patient, birth_date=dt.date(2021, 1, 1), stamp=stamp)))
    with pytest.raises(Refused, match="before the patient's birth date"):
        late = a_patient("2", birth_date=dt.date(2021, 1, 1))
        clinic.write(*whole(a_record(a_visit("2020-05-04T10:00"), patient=late)))


def test_the_state_of_a_lesion_belongs_to_the_visits_patient(clinic: Clinic) -> None:
    one, other = a_record(a_visit().with_ulcer("L.D2")), a_record(a_visit(), patient=a_patient("2"))
    clinic.write(*whole(one), *whole(other))
    with pytest.raises(Refused, match="not in the record of the visit's patient"):
        clinic.write(Put(LesionState(lesion_id=one.lesions[0].id, status=Status.ACTIVE), other.visits[0].id))


def test_a_letter_is_given_to_one_lesion(clinic: Clinic) -> None:
    record = a_record(a_visit().with_ulcer("L.D2"))
    clinic.write(*whole(record))
    twin = replace(record.lesions[0], id=new_id())
    with pytest.raises(Conflict, match="The letter A was given"):
        clinic.write(Put(twin))
    with pytest.raises(Refused, match="not a letter"):
        clinic.write(Put(replace(twin, letter="1")))


def test_an_ulcer_follows_one_of_the_same_patient(clinic: Clinic) -> None:
    one, other = a_record(a_visit().with_ulcer("L.D2")), a_record(a_visit(), patient=a_patient("2"))
    clinic.write(*whole(one), *whole(other))
    follower = replace(one.lesions[0], id=new_id(), letter="B", follows=one.lesions[0].id)
    with pytest.raises(Refused, match="earlier ulcer"):
        clinic.write(Put(replace(follower, patient_id=other.patient.id)))
    clinic.write(Put(follower))
    assert clinic.record(one.patient.id).lesions[1].follows == one.lesions[0].id


def test_a_whole_record_can_name_a_follower_before_what_it_follows(clinic: Clinic) -> None:
    record = a_record(a_visit().with_ulcer("L.D2").with_ulcer("L.D2"))
    first, second = record.lesions
    record = replace(record, lesions=(replace(second, follows=first.id), first))
    clinic.write(*whole(record))
    assert {lesion.follows for lesion in clinic.record(record.patient.id).lesions} == {None, first.id}


def test_a_whole_record_with_a_follower_of_nothing_is_refused(clinic: Clinic) -> None:
    record = a_record(a_visit().with_ulcer("L.D2", follows="nowhere"))
    with pytest.raises(Refused, match="earlier ulcer"):
        clinic.write(*whole(record))


# -- final visits ------------------------------------------------------------------------------------------------


def test_a_final_visit_is_read_only(clinic: Clinic) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0).with_ulcer("L.D2").final())
    clinic.write(*whole(record))
    kept = clinic.record(record.patient.id)
    visit = kept.visits[0]
    seen = visit.observations[(INDEX, "crt", 1)]
    refused: list[Change] = [
        Put(replace(seen, value=3.0), visit.id),
        Put(observation(INDEX, "pain", 3), visit.id),
        Withdraw(seen, visit.id),
        Put(replace(visit.states[kept.lesions[0].id], status=Status.HEALED), visit.id),
        Put(replace(visit, plan="changed")),
        Withdraw(visit),
    ]
    for change in refused:
        with pytest.raises(Refused, match=r"made final by Dr\. Rey, .*read-only"):
            clinic.write(change)
    with pytest.raises(Refused, match="part of a final visit"):
        clinic.write(Withdraw(kept.lesions[0]))
    assert clinic.record(record.patient.id) == kept


def test_reopening_needs_a_reason_and_keeps_it(clinic: Clinic) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0).final())
    clinic.write(*whole(record))
    visit = clinic.record(record.patient.id).visits[0]
    draft = replace(visit, state=VisitState.DRAFT)
    with pytest.raises(Refused, match="needs a reason"):
        clinic.write(Put(draft))
    clinic.write(Put(replace(draft, remarks=("Reopened: wrong finger",))), Put(observation(INDEX, "pain", 3), visit.id))
    now = clinic.record(record.patient.id).visits[0]
    assert now.is_draft
    assert now.remarks == ("Reopened: wrong finger",)
    with pytest.raises(Refused, match="remarked on a visit stays"):
        clinic.write(Put(replace(now, remarks=())))


def test_the_file_itself_refuses_to_change_a_final_visit_or_to_delete(clinic: Clinic, statement: Statement) -> None:
    clinic.write(*whole(a_record(a_visit().at("L.D2", crt=2.0).with_ulcer("L.D2").final())))
    for text in (
        "UPDATE visit SET plan = 'x'",
        "UPDATE visit SET state = 'draft'",
        "UPDATE observation SET value = 1",
        "UPDATE lesion_state SET pain = 1",
        "DELETE FROM observation",
        "DELETE FROM patient",
        "REPLACE INTO setting SELECT * FROM setting",
    ):
        with pytest.raises(Exception, match=r"read-only|nothing is deleted"):
            statement(text)


def test_a_new_visit_can_be_final_from_the_start(clinic: Clinic) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0).final())
    clinic.write(*whole(record))
    assert not clinic.record(record.patient.id).visits[0].is_draft


def test_a_draft_can_be_withdrawn_and_put_again(clinic: Clinic) -> None:
    record = a_record(a_visit().at("L.D2", crt=2.0))
    clinic.write(*whole(record))
    visit = clinic.record(record.patient.id).visits[0]
    (gone,) = clinic.write(Withdraw(visit))
    assert clinic.record(record.patient.id).visits == ()
    clinic.write(Put(replace(visit, stamp=gone)))
    assert clinic.record(record.patient.id).visits == (visit,)


def test_a_withdrawn_lesion_takes_its_states_out_of_sight(clinic: Clinic) -> None:
    record = a_record(a_visit().with_ulcer("L.D2"))
    clinic.write(*whole(record))
    clinic.write(Withdraw(clinic.record(record.patient.id).lesions[0]))
    now = clinic.record(record.patient.id)
    assert now.lesions == ()
    assert now.visits[0].states == {}


def test_a_patient_with_visits_cannot_be_withdrawn(clinic: Clinic) -> None:
    record = a_record(a_visit())
    clinic.write(*whole(record))
    with pytest.raises(Refused, match="has visits"):
        clinic.write(Withdraw(clinic.record(record.patient.id).patient))


def test_a_withdrawn_patient_is_nowhere_and_the_number_is_free(clinic: Clinic) -> None:
    patient = a_patient("9")
    (stamp,) = clinic.write(Put(patient))
    clinic.expect(dt.date(2026, 3, 2), [patient.id])
    clinic.write(Withdraw(replace(patient, stamp=stamp)))
    assert clinic.find("") == clinic.find("rojas") == clinic.recent() == []
    assert clinic.expected(dt.date(2026, 3, 2)) == []
    clinic.write(Put(a_patient("9", "Other")))
    with pytest.raises(Refused, match="already belongs"):
        clinic.write(Put(patient))


# -- lists and settings ------------------------------------------------------------------------------------------


def test_recent_patients_are_those_written_last(clinic: Clinic) -> None:
    records = [a_record(a_visit(), patient=a_patient(str(n))) for n in range(3)]
    for record in records:
        clinic.write(*whole(record))
    clinic.write(Put(observation(INDEX, "crt", 2.0), records[0].visits[0].id))
    assert [line.record_number for line in clinic.recent(2)] == ["0", "2"]


def test_a_line_tells_the_visits_of_a_patient(clinic: Clinic) -> None:
    record = a_record(a_visit("2025-01-02T10:00").final(), a_visit("2026-03-02T09:30"))
    clinic.write(*whole(record))
    (line,) = clinic.find("1001")
    assert (line.visits, line.last_visit, line.has_draft) == (2, dt.date(2026, 3, 2), True)
    assert (line.full_name, line.sex, line.birth_date) == ("Rojas", None, None)


def test_settings_are_read_as_they_were_saved(clinic: Clinic, folder: Path) -> None:
    changed = replace(clinic.settings, telephone="555", older_from=65, paper=Paper.LETTER, address="A 1\nB")
    own = own_protocol("k1", "Ulcer clinic", ["crt", "pain"], refill_once=True)
    changed = replace(changed, protocol="k1", own_protocols=write_own([own]))
    clinic.save_settings(changed)
    clinic.save_settings(changed)
    with enter_clinic(folder, by="x") as again:
        assert again.settings == changed
    clinic.save_settings(replace(changed, older_from=None))
    assert clinic.settings.older_from is None


def test_settings_that_cannot_be_are_refused(clinic: Clinic, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="must be made of"):
        clinic.save_settings(replace(clinic.settings, file_name_pattern="{family_name}"))
    with pytest.raises(Refused, match="needed"):
        found_clinic(tmp_path / "other", replace(clinic.settings, name=""), by="x")
    assert not (tmp_path / "other").exists()


def test_a_clinic_stays_on_the_thread_that_opened_it(clinic: Clinic) -> None:
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            clinic.all_ids()
        except Misuse as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(raised) == 1


def test_a_closed_clinic_answers_nothing(clinic: Clinic) -> None:
    clinic.close()
    with pytest.raises(Misuse):
        clinic.all_ids()
