"""Photographs in the file: described with the record, fetched by id, never changed, never lost with a visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.changes import Put, Withdraw, whole
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.photographs import Photograph
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import VisitState
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_moment, a_patient, a_record, a_visit
from tests.pictures import PLAIN_JPEG, a_photograph, with_segment


@pytest.fixture
def record(clinic: Clinic) -> PatientRecord:
    """A patient with a draft and an ulcer in it."""
    made = a_record(a_visit().with_ulcer("R.D2.distal"))
    clinic.write(*whole(made))
    return clinic.record(made.patient.id)


@pytest.fixture
def visit(record: PatientRecord) -> Visit:
    return record.visits[0]


def kept(clinic: Clinic, photograph: Photograph) -> Photograph:
    """Keep a photograph; as the file has it then."""
    (stamp,) = clinic.write(Put(photograph, content=PLAIN_JPEG))
    return replace(photograph, stamp=stamp)


def read(clinic: Clinic, record: PatientRecord) -> tuple[Photograph, ...]:
    return clinic.record(record.patient.id).photographs


def test_a_photograph_is_read_with_the_record_and_its_picture_by_id(
    clinic: Clinic, record: PatientRecord, visit: Visit
) -> None:
    photograph = a_photograph(
        visit.id,
        lesion_id=record.lesions[0].id,
        caption="tip of the right index",
        taken_at=a_moment(),
        outline=((1.0, 1.0), (5.5, 1.0), (4.0, 7.0)),
    )
    kept(clinic, photograph)
    assert read(clinic, record) == (photograph,)
    assert clinic.picture(photograph.id) == PLAIN_JPEG
    assert clinic.check() == []


def test_a_new_caption_leaves_the_picture_as_it_is(clinic: Clinic, record: PatientRecord, visit: Visit) -> None:
    photograph = kept(clinic, a_photograph(visit.id))
    clinic.write(Put(replace(photograph, caption="=right hand\u202e")))
    (found,) = read(clinic, record)
    assert found.caption == "=right hand"
    assert found.stamp is not None
    assert found.stamp.version == 2
    assert clinic.picture(photograph.id) == PLAIN_JPEG


def test_two_who_change_one_photograph_do_not_overwrite_each_other(clinic: Clinic, visit: Visit) -> None:
    photograph = kept(clinic, a_photograph(visit.id))
    clinic.write(Put(replace(photograph, caption="first")))
    with pytest.raises(Conflict, match="The photograph was changed"):
        clinic.write(Put(replace(photograph, caption="second")))


def test_a_withdrawn_photograph_is_gone_from_the_record_and_comes_back_with_its_picture(
    clinic: Clinic, record: PatientRecord, visit: Visit
) -> None:
    photograph = kept(clinic, a_photograph(visit.id))
    clinic.write(Withdraw(photograph))
    assert read(clinic, record) == ()
    assert clinic.picture(photograph.id) == PLAIN_JPEG
    clinic.write(Put(replace(photograph, stamp=None)))
    assert read(clinic, record) == (photograph,)


@pytest.mark.parametrize(
    "content", [b"", PLAIN_JPEG[:-9], with_segment(0xE1, b"Exif\0\0GPS"), b"<svg/>", PLAIN_JPEG + b"tail"]
)
def test_a_picture_that_is_not_the_one_described_is_refused_and_nothing_is_written(
    clinic: Clinic, record: PatientRecord, visit: Visit, content: bytes
) -> None:
    with pytest.raises(Refused):
        clinic.write(Put(a_photograph(visit.id), content=content))
    with pytest.raises(Refused, match="not the one"):
        clinic.write(Put(a_photograph(visit.id, sha256="0" * 64), content=PLAIN_JPEG))
    assert read(clinic, record) == ()


def test_a_final_visit_takes_no_photograph_and_gives_none_away(
    clinic: Clinic, record: PatientRecord, visit: Visit
) -> None:
    photograph = kept(clinic, a_photograph(visit.id))
    clinic.write(Put(replace(visit, state=VisitState.FINAL)))
    for change in (
        Put(a_photograph(visit.id), content=PLAIN_JPEG),
        Put(replace(photograph, caption="later")),
        Withdraw(photograph),
    ):
        with pytest.raises(Refused, match="read-only"):
            clinic.write(change)
    assert read(clinic, record) == (photograph,)


def test_a_lesion_that_is_photographed_is_not_withdrawn(clinic: Clinic, record: PatientRecord, visit: Visit) -> None:
    lesion = record.lesions[0]
    kept(clinic, a_photograph(visit.id, lesion_id=lesion.id))
    with pytest.raises(Refused, match="photograph"):
        clinic.write(Withdraw(lesion))


def test_a_photograph_shows_no_lesion_of_somebody_else(clinic: Clinic, record: PatientRecord, visit: Visit) -> None:
    other = a_record(a_visit().with_ulcer("L.D2"), patient=a_patient("2"))
    clinic.write(*whole(other))
    with pytest.raises(Refused, match="not in the record"):
        clinic.write(Put(a_photograph(visit.id, lesion_id=other.lesions[0].id), content=PLAIN_JPEG))


def test_photographs_go_with_a_visit_to_another_patient(clinic: Clinic, record: PatientRecord, visit: Visit) -> None:
    later = a_visit("2026-03-02T11:00").with_state(
        record.lesions[0], record.visits[0].states[record.lesions[0].id].status
    )
    second, _lesions = later.of(record.patient)
    clinic.write(Put(second), *(Put(state, second.id) for state in second.states.values()))
    photograph = kept(clinic, a_photograph(second.id, lesion_id=record.lesions[0].id))
    hand = kept(clinic, a_photograph(second.id, site=parse_site("R")))
    target = a_patient("2")
    clinic.write(Put(target))
    stored = clinic.record(record.patient.id).visit(second.id)
    clinic.write(Put(replace(stored, patient_id=target.id, remarks=("wrong patient",))))
    moved = clinic.record(target.id)
    assert {each.id for each in moved.photographs} == {photograph.id, hand.id}
    assert moved.photograph(photograph.id).lesion_id == moved.lesions[0].id
    assert read(clinic, record) == ()
    assert clinic.check() == []


def test_a_description_without_its_picture_is_kept_and_said(clinic: Clinic, visit: Visit) -> None:
    photograph = a_photograph(visit.id)
    clinic.write(Put(photograph))
    assert clinic.check() == []
    assert clinic.picture(photograph.id) is None


def test_the_file_itself_refuses_to_change_or_delete_a_picture(clinic: Clinic, visit: Visit) -> None:
    kept(clinic, a_photograph(visit.id))
    connection = clinic._database.connection
    for statement in (
        "UPDATE photograph_content SET content = x'00'",
        "DELETE FROM photograph_content",
        "DELETE FROM photograph",
        "UPDATE photograph SET sha256 = hex(randomblob(32))",
    ):
        with pytest.raises(Exception, match=r"never|only withdrawn|keeps"):
            connection.execute(statement)


def test_the_check_tells_of_a_picture_that_is_no_longer_the_one(clinic: Clinic, visit: Visit) -> None:
    photograph = kept(clinic, a_photograph(visit.id))
    connection = clinic._database.connection
    connection.execute("DROP TRIGGER photograph_content_no_update")
    connection.execute("UPDATE photograph_content SET content = zeroblob(600)")
    assert [line for line in clinic.check() if photograph.id in line]
