"""Lesions over visits on the desk: answers in one step, letters for life, a moved mark with its whole history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.changes import Put
from ssc_hand.domain.errors import Conflict, Refused
from ssc_hand.domain.lesions import carried_over, to_review
from ssc_hand.domain.records import Lesion
from ssc_hand.domain.reexamination import Outcome, outcomes_for
from ssc_hand.domain.vocabulary import LesionKind, Location, SizeChange, Status
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import enter_clinic
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient()
FIRST = a_visit("2025-06-01T09:00").with_ulcer("L.D3.distal", id="a", length_mm=6.0, width_mm=4.0, x=0.5, y=0.1).final()
SECOND = (
    a_visit("2025-09-01T09:00")
    .with_state("a", Status.INDETERMINATE)
    .with_lesion(LesionKind.CONTRACTURE, "R.D4", id="b")
    .final()
)
RECORD = a_record(FIRST, SECOND, patient=PATIENT)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as made:
        made.start(PATIENT.id)
        yield made


def answer(desk: Desk, lesion_id: str, key: str) -> Outcome:
    """The answer that a key gives."""
    each = next(found for found in carried_over(desk.record, desk.visit) if found.lesion.id == lesion_id)
    return next(one for one in outcomes_for(each) if one.key == key)


def an_ulcer(desk: Desk) -> Lesion:
    return desk.editor.add_lesion(LesionKind.ULCER, parse_site("R.D2.distal"), Aspect.PALMAR, (0.5, 0.1), None)


def test_one_answer_is_one_step_and_copies_no_size(desk: Desk) -> None:
    desk.editor.reexamine("a", answer(desk, "a", "2"))
    desk.wait()
    state = desk.visit_on_disk().states["a"]
    assert (state.status, state.size_change) == (Status.INDETERMINATE, SizeChange.SMALLER)
    assert (state.length_mm, state.width_mm) == (None, None)
    assert desk.editor.undo_stack.undoText() == "Lesion A: smaller, indeterminate"
    desk.editor.undo_stack.undo()
    desk.wait()
    assert [each.lesion.letter for each in to_review(desk.record, desk.visit)] == ["A", "B"]
    assert desk.visit_on_disk().states == {}


def test_another_answer_takes_the_place_of_the_first(desk: Desk) -> None:
    desk.editor.reexamine("a", answer(desk, "a", "2"))
    desk.editor.reexamine("a", answer(desk, "a", "5"))
    desk.wait()
    state = desk.visit_on_disk().states["a"]
    assert (state.status, state.size_change) == (Status.HEALED, None)


def test_the_day_of_healing_goes_with_the_word_healed(desk: Desk) -> None:
    desk.editor.set_state("a", "status", Status.HEALED)
    desk.editor.set_state("a", "healed_on", "2026-01")
    desk.editor.set_state("a", "status", Status.ACTIVE)
    desk.wait()
    assert desk.visit_on_disk().states["a"].healed_on is None


def test_a_note_alone_leaves_a_lesion_not_re_examined(desk: Desk) -> None:
    desk.editor.set_state("a", "note", "dressing left on")
    desk.wait()
    assert desk.visit_on_disk().states["a"].status is Status.NOT_REEXAMINED
    assert [each.lesion.letter for each in to_review(desk.record, desk.visit)] == ["A", "B"]


def test_the_letter_of_a_withdrawn_lesion_is_never_given_again(desk: Desk) -> None:
    first = an_ulcer(desk)
    desk.editor.withdraw_lesion(first.id)
    second = an_ulcer(desk)
    desk.wait()
    assert (first.letter, second.letter) == ("C", "D")
    assert not desk.editor.has_failed


def test_nor_after_the_patient_was_opened_anew(desk: Desk) -> None:
    first = an_ulcer(desk)
    desk.editor.withdraw_lesion(first.id)
    desk.wait()
    visit_id = desk.visit.id
    desk.show(PATIENT.id, visit_id)
    assert an_ulcer(desk).letter == "D"


def test_the_file_refuses_the_letter_of_a_withdrawn_lesion(desk: Desk) -> None:
    gone = an_ulcer(desk)
    desk.editor.withdraw_lesion(gone.id)
    desk.wait()
    twin = Lesion(
        id="00000000-0000-4000-8000-000000000001",
        patient_id=PATIENT.id,
        letter=gone.letter,
        kind=LesionKind.ULCER,
        site=gone.site,
        aspect=gone.aspect,
    )
    with enter_clinic(desk.folder, by="another") as clinic, pytest.raises(Conflict, match="The letter C was given"):
        clinic.write(Put(twin))


def test_a_withdrawn_lesion_comes_back_with_its_letter(desk: Desk) -> None:
    lesion = an_ulcer(desk)
    desk.editor.withdraw_lesion(lesion.id)
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).lesion(lesion.id).letter == lesion.letter
    assert not desk.editor.has_failed


def test_a_moved_mark_keeps_its_letter_and_its_states_of_all_visits(desk: Desk) -> None:
    desk.editor.reexamine("a", answer(desk, "a", "4"))
    desk.editor.move_lesion("a", parse_site("L.D3.middle"), (0.25, 0.5), Location.ULNAR)
    desk.wait()
    stored = desk.on_disk(PATIENT.id)
    lesion = stored.lesion("a")
    assert (lesion.letter, lesion.site.code, lesion.x, lesion.location) == ("A", "L.D3.middle", 0.25, Location.ULNAR)
    assert [visit.states["a"].status for visit in stored.visits] == [
        Status.ACTIVE,
        Status.INDETERMINATE,
        Status.INDETERMINATE,
    ]
    assert stored.visits[0].states["a"].length_mm == 6.0


def test_a_lesion_never_changes_its_hand(desk: Desk) -> None:
    with pytest.raises(Refused, match="a lesion never changes its hand"):
        desk.editor.move_lesion("a", parse_site("R.D3.distal"), (0.5, 0.1), Location.TIP)
    assert desk.record.lesion("a").site.code == "L.D3.distal"


def test_a_contracture_is_present_or_resolved(desk: Desk) -> None:
    desk.editor.reexamine("b", answer(desk, "b", "1"))
    desk.wait()
    assert desk.visit_on_disk().states["b"].status is Status.PRESENT
