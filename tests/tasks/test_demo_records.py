"""The demo clinic: the promised patients, plausible, labelled, and the same from the same seed."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime

import jsonschema
import pytest

from ssc_hand.domain.anatomy import DIGITS, VISIT, Hand
from ssc_hand.domain.background import volume_remark
from ssc_hand.domain.background_terms import BLOOD_THINNERS, MedicineKind
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.checks import check_record
from ssc_hand.domain.clinic import Purpose
from ssc_hand.domain.derived import reading
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.lesions import lesions_at, to_review, ulcer_counts
from ssc_hand.domain.photographs import check_content
from ssc_hand.domain.protocols import TRIAL as TRIAL_PROTOCOL
from ssc_hand.domain.records import Lesion, PatientRecord
from ssc_hand.domain.vocabulary import LesionKind, ProcedureState, Reason, Side, Status
from ssc_hand.exchange.bundle import dumps, from_bundle, to_bundle
from ssc_hand.geometry import hand_map
from ssc_hand.resources import ROOT
from ssc_hand.tasks.demo.pictures import pictures_of
from ssc_hand.tasks.demo.records import demo_records, demo_settings
from ssc_hand.tasks.demo.trial import LAST_DAY, TREATED

RECORDS = demo_records()
TRIAL, HARD = RECORDS[:20], RECORDS[20:]
NOW = datetime(LAST_DAY.year, LAST_DAY.month, LAST_DAY.day, 18, tzinfo=UTC)
LESIONS = [(record, lesion) for record in RECORDS for lesion in record.lesions]


def _one(wanted: str) -> PatientRecord:
    return next(record for record in HARD if wanted in (record.patient.note or ""))


def test_the_same_seed_tells_the_same_clinic_and_another_one_another() -> None:
    text = dumps(to_bundle(RECORDS))
    assert dumps(to_bundle(demo_records())) == text
    assert dumps(to_bundle(demo_records(seed=21))) != text


def test_export_import_export_gives_the_same_bytes() -> None:
    text = dumps(to_bundle(RECORDS))
    again = from_bundle(text)
    assert dumps(to_bundle(again)) == text
    for before, after in zip(RECORDS, again, strict=True):
        assert before.visits == after.visits
        assert before.lesions == after.lesions


def test_the_export_fits_the_schema() -> None:
    schema = json.loads((ROOT / "bundle.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(to_bundle(RECORDS))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.patient.record_number)
def test_every_record_passes_the_checks_and_says_that_it_is_synthetic(record: PatientRecord) -> None:
    check_record(record, NOW)
    assert "Synthetic patient" in (record.patient.note or "")
    assert record.patient.record_number.startswith("DEMO-")


def test_the_clinic_is_labelled_as_a_demonstration() -> None:
    assert demo_settings().purpose is Purpose.DEMO
    assert "synthetic" in demo_settings().name


def test_ten_are_treated_in_one_hand_and_ten_are_controls_with_four_visits_each() -> None:
    for number, record in enumerate(TRIAL):
        assert len(record.visits) == 4
        done = [each for each in record.procedures if each.state is ProcedureState.DONE]
        assert len(done) == (1 if number < TREATED else 0)
        assert all(each.side is not Side.BOTH for each in done)
        assert all(record.visits[0].day < each.date.earliest < record.visits[1].day for each in done if each.date)


def test_ids_and_letters_are_used_once() -> None:
    ids = [lesion.id for _record, lesion in LESIONS]
    ids += [visit.id for record in RECORDS for visit in record.visits]
    ids += [record.patient.id for record in RECORDS]
    assert len(set(ids)) == len(ids)
    for record in RECORDS:
        letters = [lesion.letter for lesion in record.lesions]
        assert len(set(letters)) == len(letters)


EXACT = [lesion for _record, lesion in LESIONS if lesion.is_exact]


@pytest.mark.parametrize("lesion", EXACT, ids=lambda lesion: lesion.id[-8:])
def test_every_exact_lesion_lies_in_its_region(lesion: Lesion) -> None:
    assert lesion.site.hand is not None and lesion.x is not None and lesion.y is not None
    drawing = hand_map.load(lesion.aspect, lesion.site.hand)
    assert drawing.site_at(*drawing.point(lesion.x, lesion.y)) == lesion.site
    assert hand_map.location_hint(lesion.aspect, lesion.site, lesion.x, lesion.y) == lesion.location


def test_lesions_of_every_kind_and_status_are_shown() -> None:
    kinds = {lesion.kind for _record, lesion in LESIONS}
    assert kinds == set(LesionKind) - {LesionKind.OTHER}
    told = {each.status for record in RECORDS for visit in record.visits for each in lesions_at(record, visit)}
    assert told >= set(Status) - {Status.RESOLVED}
    assert any(not lesion.is_exact for _record, lesion in LESIONS)
    assert sum(ulcer_counts(record, record.visits[-1]).infected for record in RECORDS) == 1


def test_an_ulcer_that_came_back_is_linked_to_the_healed_one() -> None:
    record = _one("Forty visits")
    follower = next(lesion for lesion in record.lesions if lesion.follows)
    assert record.lesion(str(follower.follows)).site == follower.site


def test_one_ulcer_is_pictured_at_two_visits_with_a_scale_and_each_picture_is_the_one_described() -> None:
    record = _one("Calcinosis in three")
    pictures = pictures_of([record])
    for each in record.photographs:
        check_content(each, pictures[each.id])
    shown = [each for each in record.photographs if each.lesion_id]
    assert len({each.visit_id for each in shown}) == 2 and len({each.lesion_id for each in shown}) == 1
    assert shown[-1].visit_id == record.visits[-1].id
    assert all(each.scale is not None for each in shown)
    assert sum(map(len, pictures.values())) < 100_000


def test_the_draft_has_lesions_left_to_look_at_again() -> None:
    record = _one("draft")
    draft = record.visits[-1]
    assert len(to_review(record, draft)) == 3 and not draft.states
    assert draft.lesions_reviewed is None


def test_every_hard_case_is_there() -> None:
    assert [each.whole_digit for each in _one("amputated").amputations] == [False]
    assert any(isinstance(o.value, Beyond) for v in _one("without refill").visits for o in v.observations.values())
    assert ulcer_counts(_one("gangrene"), _one("gangrene").visits[-1]).gangrene == 1
    assert {hand for each in _one("both hands").procedures for hand in each.hands} == set(Hand)
    assert len(_one("Seen once").visits) == 1
    long = _one("Forty visits").visits
    assert len(long) == 40 and (long[-1].day - long[0].day).days > 11.9 * 365
    assert len(_one("A long name").patient.full_name) > 120
    assert _one("1921").patient.birth_date == date(1921, 6, 30)
    assert _one("draft").visits[-1].is_draft and _one("draft").visits[-1].day == LAST_DAY


def test_names_come_in_the_promised_scripts() -> None:
    names = "".join(record.patient.full_name for record in RECORDS)
    scripts = {unicodedata.name(char).split()[0] for char in names if char.isalpha()}
    assert scripts == {"LATIN", "GREEK", "CYRILLIC", "ARABIC"}
    assert "ễ" in unicodedata.normalize("NFC", names)


def test_some_values_are_missing_and_some_could_not_be_assessed() -> None:
    observations = [o for record in RECORDS for visit in record.visits for o in visit.observations.values()]
    assert {o.reason for o in observations if o.reason} >= set(Reason) - {Reason.PAIN, Reason.NO_SIGNAL}
    refills = [(v, site) for r in RECORDS for v in r.visits for site in DIGITS if (site, "crt", 1) in v.observations]
    assert len(refills) < 10 * sum(len(record.visits) for record in RECORDS)
    assert any(o.repeat == 3 for o in observations)


def test_every_patient_but_the_one_nobody_asked_has_a_background() -> None:
    unasked = [record for record in RECORDS if record.patient.allergy_status is None]
    assert [record.patient.birth_date for record in unasked] == [None]
    assert unasked[0].medicines == ()
    for record in RECORDS:
        if record not in unasked:
            assert record.medicines or record.patient.medicines_none_on


def test_some_take_a_blood_thinner_some_none_and_two_had_a_complication() -> None:
    kinds = {medicine.kind for record in RECORDS for medicine in record.medicines}
    assert {*BLOOD_THINNERS, MedicineKind.PROSTACYCLIN, MedicineKind.CALCIUM_CHANNEL_BLOCKER} <= kinds
    assert any(record.patient.medicines_none_on for record in RECORDS)
    assert sum(len(record.complications) for record in RECORDS) == 2


def test_volumes_of_the_sites_add_up_except_where_the_story_says_otherwise() -> None:
    remarks = [volume_remark(each) for record in RECORDS for each in record.procedures]
    assert len([each for each in remarks if each]) == 1


def test_the_trial_records_its_protocol_at_every_visit() -> None:
    keys = {"spo2", "hand_volume", "kapandji", "finger_to_palm", "pinch_strength", "mrss_fingers", "chfs", "haq_di"}
    for record in TRIAL:
        for visit in record.visits:
            assert visit.protocol == TRIAL_PROTOCOL.key
            assert keys <= {key for _site, key, _repeat in visit.observations}


def test_some_patients_of_the_trial_have_angles_and_nailfolds_with_what_is_computed_from_them() -> None:
    found = [reading(visit, VISIT, CATALOGUE["csuri"]) for record in TRIAL for visit in record.visits]
    assert any(each and each.value for each in found)
    motions = [reading(v, DIGITS[1], CATALOGUE["tam"]) for record in TRIAL for v in record.visits]
    assert any(each and each.value for each in motions)
