"""The visit summary, read back from the file: what a reader of the paper sees, and never sees."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from functools import cache

import pypdfium2
import pytest
from pypdf import PdfReader

from ssc_hand.domain.anatomy import DIGITS, VISIT
from ssc_hand.domain.background_terms import AllergyStatus
from ssc_hand.domain.clinic import PaperLayout, Purpose
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.records import observation
from ssc_hand.domain.vocabulary import Reason
from tests.builders import a_record, a_visit
from tests.reports import cases
from tests.reports.printed import GOLDEN, drawn, golden_text, pages, pdf, text

CODE = re.compile(r"\b[RL]\.D[1-5]|\bD[1-5]\b")
EVERY_CASE = sorted(cases.CASES)


@cache
def of(case: str) -> bytes:
    return pdf(cases.CASES[case]())


@cache
def pages_of(case: str) -> list[str]:
    return pages(of(case))


def test_the_full_visit_prints_as_it_was_last_looked_at() -> None:
    assert golden_text() == GOLDEN.read_text(encoding="utf-8"), (
        "look at the page, then: python -m tests.reports.printed"
    )


@pytest.mark.parametrize("case", EVERY_CASE)
def test_every_page_says_who_which_visit_and_which_page_of_how_many(case: str) -> None:
    record = cases.CASES[case]()
    found = pages_of(case)
    for number, page in enumerate(found, 1):
        assert f"page {number} of {len(found)}" in page
        assert re.search(rf"[Rr]ecord {record.patient.record_number}\b", page)
        assert f"{record.visits[-1].at:%H:%M}" in page
        assert "Printed 2 Mar 2026, 11:05 · ssc_hand 0.1.0 · not for emergency use" in page


def test_the_family_name_is_on_every_page() -> None:
    assert all("Ruiz Álvarez, Ana María" in page for page in pages_of("full"))


def test_the_first_page_opens_with_the_five_lines_before_the_hands() -> None:
    page = pages_of("full")[0]
    order = ["Open and new ulcers", "Infection or ischaemia", "Main change", "Plan", "Next review", "Back of the hand"]
    places = [page.index(each) for each in order]
    assert places == sorted(places)


@pytest.mark.parametrize("case", EVERY_CASE)
def test_a_final_visit_is_no_draft_and_a_draft_says_so_on_every_page(case: str) -> None:
    wanted = case == "draft"
    assert [("DRAFT - NOT SIGNED" in page) is wanted for page in pages_of(case)] == [True] * len(pages_of(case))


@pytest.mark.parametrize("case", EVERY_CASE)
def test_no_code_of_a_site_is_printed(case: str) -> None:
    assert CODE.findall(" ".join(pages_of(case))) == []


@pytest.mark.parametrize("purpose", [Purpose.DEMO, Purpose.TEST])
def test_a_clinic_that_is_no_real_one_says_so_on_every_page(purpose: Purpose) -> None:
    label = purpose.label.upper()
    assert all(label in page for page in pages(pdf(cases.full(), clinic=replace(cases.CLINIC, purpose=purpose))))
    assert label not in " ".join(pages_of("full"))


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_both_papers_have_their_size(paper: str, size: tuple[int, int]) -> None:
    for page in PdfReader(io.BytesIO(pdf(cases.full(), paper=paper))).pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_the_clinics_paper_is_used_unless_another_is_asked_for() -> None:
    assert pdf(cases.full(), paper="A4") == pdf(cases.full())


@pytest.mark.parametrize("case", EVERY_CASE)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_printed_beyond_the_margins(case: str, paper: str) -> None:
    document = pypdfium2.PdfDocument(pdf(cases.CASES[case](), paper=paper))
    for page in document:
        picture = page.render(scale=0.5, grayscale=True).to_numpy()
        edge = 14
        for strip in (picture[:, :edge], picture[:, -edge:], picture[:3], picture[-3:]):
            assert strip.min() > 200, "ink in the margin"


def test_equal_input_gives_equal_bytes() -> None:
    assert pdf(cases.full()) == of("full")


def test_a_later_visit_does_not_enter_the_paper_of_an_earlier_one() -> None:
    both = cases.full()
    early = replace(both, visits=both.visits[:1])
    assert pdf(both, visit=both.visits[0]) == pdf(early)


def test_a_value_stands_beside_the_one_before_and_the_change() -> None:
    found = " ".join(pages_of("full"))
    assert "right index 2.6 3.4 −0.8 27.9 26.4 +1.5 3 6 −3 −2.7 −3.8 +1.1 pale no" in found


def test_no_refill_within_the_scale_is_a_value_and_its_change_is_approximate() -> None:
    assert "left middle ▲ >30 4.1 ≥ +25.9" in " ".join(pages_of("full"))


def test_not_recorded_not_assessed_and_nought_are_three_different_things() -> None:
    found = " ".join(pages_of("full"))
    assert "right ring 2.2 2.2 0.0 not recorded; before 26.9" in found
    assert "left little could not be assessed: nail varnish or pigment; before 2.1" in found
    assert "could not be assessed: refused; before 0" in found


def test_not_done_is_printed_as_not_done_on_the_drawing_and_in_the_table() -> None:
    found = a_visit().at("R.D1", crt=Reason.NOT_DONE).at("R.D2", crt=Reason.ULCER).at("R.D3", crt=2.0)
    printed = text(a_record(found))
    assert "right thumb not done" in printed
    assert "right index could not be assessed: ulcer" in printed
    assert "/ not done" in printed and "– could not be assessed" in printed


def test_an_empty_visit_is_said_to_record_nothing() -> None:
    found = text(cases.empty())
    assert "No lesion is recorded at this visit, and none is carried over." in found
    assert "Not recorded at any digit: Capillary refill." in found
    assert "Not recorded: Pain of the hand, now." in found
    assert "birth date not recorded" in found
    assert "Findings not recorded" in found
    assert "normal" not in found


def angles(**more: int) -> dict[str, int]:
    """Six angles of a finger."""
    flexion = {"mcp_flexion": 80, "pip_flexion": 90, "dip_flexion": 60}
    return {**flexion, "mcp_deficit": 0, "pip_deficit": 20, "dip_deficit": 5, **more}


def test_angles_stand_in_a_table_of_their_own_with_the_sum_and_the_value_of_before() -> None:
    earlier = a_visit("2025-09-01T09:00").at("R.D3", **angles(pip_flexion=70)).final()
    found = text(a_record(earlier, a_visit().at("R.D3", **angles()).at("R.D1", mcp_flexion=50)))
    assert "right middle 80 0 90 before 70 20 60 5 205 before 185" in found
    assert "right thumb 50 not recorded" in found
    assert "— not at this digit." in found
    assert "left middle" not in found.split("Movement")[1].split("As at")[0]


def test_csuri_names_its_finger_and_is_never_nought_without_a_megacapillary() -> None:
    with_one = a_visit().at("L.D4", nvc_capillaries=8, nvc_mega=2, nvc_diameter=100)
    assert "3.12 (left ring, of 1 fingers counted)" in text(a_record(with_one))
    without = a_visit().at("L.D4", nvc_capillaries=8, nvc_mega=0)
    assert "not computable: no megacapillary" in text(a_record(without))


def test_what_the_protocol_asks_for_and_is_missing_is_told_by_heading() -> None:
    found = text(a_record(a_visit(protocol="full").at("R.D2", crt=2.0)))
    assert "Not recorded at any digit: Pain now, Look (2 measures)" not in found
    assert "Movement (8 measures), Nailfold capillaroscopy (8 measures)." in found
    assert "Questionnaires and scores (10 measures)" in found
    quick = text(a_record(a_visit(protocol="quick").at("R.D2", crt=2.0)))
    assert "Nailfold" not in quick and "Not recorded: Pain of the hand, now." in quick


def test_what_is_recorded_is_printed_whatever_the_protocol() -> None:
    found = text(a_record(a_visit(protocol="quick").at("L", hand_volume=432, allen_ulnar=9)))
    assert "432" in found
    assert "Allen test, ulnar artery (s)" in found and "safe" not in found


def test_the_course_of_ulcers_is_told_or_why_not() -> None:
    assert "Course of digital ulcers: not classifiable yet: observed for less than 2 years" in text(cases.empty())


@pytest.mark.parametrize("case", EVERY_CASE)
def test_the_place_to_sign_comes_last(case: str) -> None:
    last = pages_of(case)[-1]
    assert last.index("Examiner") < last.index("Signature")
    assert "Copies to" in last


def test_what_a_surgeon_fears_stands_on_the_first_page() -> None:
    first = pages_of("full")[0]
    assert "Allergies: penicillin (rash)" in first
    assert "Anticoagulant or antiplatelet: aspirin 100 mg once a day (last 1 Mar 2026)" in first
    assert "Smoking: former smoker, 12 pack-years, stopped 2015" in first


def test_a_background_that_was_not_asked_is_never_none() -> None:
    found = text(cases.empty())
    assert "Allergies: not recorded · Anticoagulant or antiplatelet: not recorded · Smoking: not recorded" in found
    assert "Not recorded allergies, smoking, antibodies, items of ACR/EULAR 2013, medicines on this day" in found
    assert "Procedures, Complications, Amputations: none recorded." in found


def test_none_taken_and_none_known_are_told_as_answers() -> None:
    record = cases.empty()
    asked = replace(
        record.patient, allergy_status=AllergyStatus.NONE_KNOWN, medicines_none_on=PartialDate("2026-03-02")
    )
    found = text(replace(record, patient=asked))
    assert "Allergies: none known · Anticoagulant or antiplatelet: none taken (asked 2 Mar 2026)" in found
    assert "Medicines on this day none taken (asked 2 Mar 2026)" in found


def test_medicines_are_those_of_the_day_of_the_visit() -> None:
    both = cases.full()
    now, then = (text(both, visit=visit) for visit in reversed(both.visits))
    assert "Medicines on this day unchanged since 15 Sep 2025" in now
    assert "iloprost five days, twice a year (iloprost or other prostacyclin), since 15 Sep 2025" in now
    assert "Headache at the full rate." in now
    assert "Stopped before nifedipine (calcium channel blocker), 2010 to Nov 2024" in now
    assert "Headache" not in then
    assert "Medicines on this day unchanged since Nov 2024" in then


def test_a_complication_names_its_procedure_and_volumes_that_do_not_add_up_are_remarked_on() -> None:
    found = text(cases.full())
    assert "bleeding or haematoma, mild, RIGHT (index), 16 Oct 2025; action: dressing and elevation" in found
    assert "after: Fat and ADSVF, RIGHT, done 14 Oct 2025" in found
    assert "palm 10 ml fat + 0.5 ml ADSVF" in found
    assert "Fat in all: 40 ml, but the sites add up to 34 ml." in found


def test_refill_above_the_published_limit_is_marked_with_population_and_source() -> None:
    found = " ".join(pages_of("full"))
    assert "▲ above 2.9 s, the published limit for healthy adult women; no SSc norm. Source: Schriger" in found


def test_without_a_birth_date_there_is_no_limit_and_that_is_said() -> None:
    found = text(replace(cases.full(), patient=cases.patient(birth_date=None)))
    assert "Capillary refill: no limit: birth date not recorded." in found
    assert "▲ 4.6" not in found


def test_the_distal_dorsal_difference_is_marked_only_in_a_room_as_warm_as_published() -> None:
    record = cases.full()
    assert "▼" not in text(record).replace("▼ procedure", "")
    warm = record.visits[-1].with_observation(observation(VISIT, "room_temp", 30.0))
    assert "▼ −2.7" in text(record.with_visit(warm))


def test_a_comparison_says_first_how_the_conditions_differed() -> None:
    found = " ".join(pages_of("full"))
    place = found.index("Conditions that differed: Thermometer or camera: infrared thermometer, model A then")
    assert place < found.index("Digits Digit")


def test_a_mean_shows_its_n_and_names_the_digits_it_leaves_out() -> None:
    found = " ".join(pages_of("full"))
    assert "≥ 9.4 (n = 4)" in found
    assert "left out: left little: nail varnish or pigment." in found


def test_the_treated_hand_is_compared_for_the_procedure_that_was_done_and_no_other() -> None:
    found = " ".join(pages_of("full"))
    assert found.count("Treated minus other hand") == 1
    assert "Treated minus other hand, Fat and ADSVF, RIGHT, done 14 Oct 2025: Temperature of the back" in found


def test_a_stump_a_lost_digit_and_a_lost_comparison_are_told_apart() -> None:
    found = text(cases.amputated())
    assert "right ring stump, amputated 3 Dec 2025 2.2 2.2 —" in found
    assert "left little amputated 20 Dec 2025 at the knuckle (MCP): nothing of it remains to be measured" in found
    assert "— not comparable: the digit was shortened between the visits." in found
    thumb = "left thumb: amputated 2024, through the distal phalanx; ischaemia or gangrene; at this visit: "
    assert f"{thumb}not re-examined" in found
    assert "at the knuckle (MCP); cause not recorded Wound closed." in found  # lost since: nothing to confirm
    assert "ended with the amputation of the digit, not healed" in found


def test_a_lesion_is_told_in_words_with_its_change() -> None:
    found = " ".join(pages_of("full"))
    assert "A right index, distal phalanx, palm, tip or pulp ulcer, on a digital pitting scar; pain 3 (0–10)" in found
    assert "area 16 to 5 mm² (−11)" in found
    assert "healed between 1 Sep 2025 and 2 Mar 2026" in found
    assert "not re-examined not examined not examined last examined: indeterminate" in found
    assert "exact point not recorded" in found


def test_hands_are_drawn_as_curves_with_both_sides_in_words() -> None:
    page = pages_of("full")[0]
    assert page.count("RIGHT hand") == page.count("LEFT hand") == 2
    assert len(re.findall(r" c\s", drawn(of("full")))) > 400
    assert "/Image" not in drawn(of("full"))


def test_every_letter_stands_on_the_drawing_once() -> None:
    page = pages_of("full")[0]
    picture = page[page.index("Back of the hand") : page.index("active or present")]
    assert sorted(re.findall(r"(?<= )[A-G](?= )", picture)) == list("ABCDEFG")


def test_facing_turns_the_picture_and_keeps_its_words_upright() -> None:
    facing = replace(cases.CLINIC, paper_layout=PaperLayout.FACING)
    own, turned = places_of_names(pdf(cases.full())), places_of_names(pdf(cases.full(), clinic=facing))
    assert [name for name, _x in sorted(own, key=lambda each: each[1])] == ["LEFT hand", "RIGHT hand"] * 2
    assert [name for name, _x in sorted(turned, key=lambda each: each[1])] == ["RIGHT hand", "LEFT hand"] * 2


def places_of_names(data: bytes) -> list[tuple[str, float]]:
    """The names of the hands with how far from the left they stand; rotated text would not be found."""
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    found = []
    for name in ("RIGHT hand", "LEFT hand"):
        searcher = page.search(name, match_case=True)
        while place := searcher.get_next():
            left, _bottom, right, _top = page.get_charbox(place[0])
            assert right - left < 12
            found.append((name, left))
    return found


def test_what_people_typed_is_printed_as_typed() -> None:
    found = text(cases.hostile())
    assert "<b>O'Brien & Søn</b>" in found
    assert "<font color=red>Dr No</font>" in found
    assert "</para><b>not closed" in found
    assert "Reopened on 3 Mar 2026 by Dr X: <i>typing error</i>." in found
    assert found.count("word") >= 3000
    assert "end of the plan" in found


def test_a_long_reason_is_cut_in_its_cell_and_stands_in_full_below() -> None:
    assert text(cases.hostile()).count("because") >= 60


def test_arabic_is_joined_and_set_from_the_right() -> None:
    found = text(cases.arabic())
    assert "\ufedf" in found or "\ufee0" in found, "letters in their joined forms"
    assert "Αθήνα, Москва, Nguyễn" in found


def test_the_file_names_no_patient_outside_its_pages() -> None:
    information = PdfReader(io.BytesIO(of("full"))).metadata
    assert information is not None
    assert "Ruiz" not in str(dict(information))


def test_the_head_of_a_table_is_repeated_on_the_next_page() -> None:
    found = pages_of("ten_ulcers")
    assert "Lesion Status Size, depth Infection Change" in found[0]
    assert "Lesion Status Size, depth Infection Change" in found[1]


def test_a_first_visit_fits_on_two_pages() -> None:
    assert len(pages_of("first")) == 2


def test_trends_need_two_visits() -> None:
    assert "Trends" not in " ".join(pages_of("first"))
    assert "Trends Ulcers" in " ".join(pages_of("full"))


def test_the_numbers_of_a_draft_lie_on_its_watermark_and_not_under_it() -> None:
    content = drawn(of("draft"))
    assert content.index("DRAFT") < content.index("Open and new")


@pytest.mark.parametrize("seed", range(4))
def test_no_text_of_a_user_breaks_the_paper(seed: int) -> None:
    pieces = ["<para>", "&#1114112;", "W" * 180, "a\u0301" * 30, "漢字", "عب", "🙂", "]]>", "{x} %s", "1 < 2 & 3\n"]
    dice = random.Random(seed)

    def typed(limit: int) -> str:
        return " ".join(dice.choices(pieces, k=limit // 8))[:limit]

    record = list(cases.CASES.values())[seed]()
    shown = replace(record.visits[-1], examiner=typed(200), device=typed(200), findings=typed(2000), plan=typed(2000))
    for state in shown.states.values():
        shown = shown.with_state(replace(state, note=typed(2000), swab=typed(200)))
    patient = replace(record.patient, family_name=typed(200), given_name=typed(200), record_number=typed(200))
    clinic = replace(cases.CLINIC, name=typed(200), address=typed(20_000), telephone=typed(200))
    data = pdf(replace(record, patient=patient).with_visit(shown), visit=shown, clinic=clinic)
    assert f"page 1 of {len(pages(data))}" in pages(data)[0]


def test_a_long_reason_has_the_width_of_a_sentence() -> None:
    why = "in a splint that must not be taken off"
    visit = a_visit()
    for site in DIGITS:
        visit = visit.at(site.code, sensation_radial=Reason.OTHER)
    made = a_record(visit)
    said = {
        key: replace(each, reason_text=why) if each.reason else each
        for key, each in made.visits[0].observations.items()
    }
    record = replace(made, visits=(replace(made.visits[0], observations=said),))
    lines = [line for page in PdfReader(io.BytesIO(pdf(record))).pages for line in page.extract_text().splitlines()]
    assert sum(why in line for line in lines) == len(DIGITS)
