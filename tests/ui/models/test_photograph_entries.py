"""Photographs on the desk: an entry like any other, undone and redone, with the picture on disk and not in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.errors import Refused, Unavailable
from ssc_hand.domain.photographs import Photograph, ScaleMark
from ssc_hand.domain.vocabulary import LesionKind
from ssc_hand.storage.clinic import Clinic
from tests.builders import a_moment, a_patient, a_record, a_visit
from tests.clinics import enter_clinic
from tests.pictures import PLAIN_JPEG, a_photograph
from tests.ui.desk import Desk, a_desk

PATIENT = a_patient(birth_date=None)
BEFORE = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="b").final()
RECORD = a_record(BEFORE, patient=PATIENT)
OUTLINE = ((0.0, 0.0), (8.0, 0.0), (8.0, 4.0), (0.0, 4.0))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as made:
        made.start(PATIENT.id)
        yield made


def add(desk: Desk, **more: Any) -> Photograph:
    made = desk.editor.photographs.add(a_photograph("", **more), PLAIN_JPEG)
    desk.wait()
    return made


def picture_on_disk(desk: Desk, photograph: Photograph) -> bytes | None:
    with enter_clinic(desk.folder, by="another") as clinic:
        return clinic.picture(photograph.id)


def test_a_photograph_is_on_disk_with_its_picture_and_begins_the_visit(desk: Desk) -> None:
    made = add(desk, lesion_id="b", caption="before the dressing")
    assert desk.on_disk(PATIENT.id).photographs == (made,)
    assert desk.visit_on_disk().id == made.visit_id
    assert picture_on_disk(desk, made) == PLAIN_JPEG


def test_the_picture_is_let_go_once_it_is_on_disk(desk: Desk) -> None:
    photograph = desk.editor.photographs.add(a_photograph(""), PLAIN_JPEG)
    assert desk.editor.photographs.content_of(photograph.id) == PLAIN_JPEG
    desk.wait()
    assert desk.editor.photographs.content_of(photograph.id) is None


def test_undo_withdraws_it_and_redo_brings_it_back_with_its_picture(desk: Desk) -> None:
    made = add(desk)
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == ()
    desk.editor.undo_stack.redo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == (made,)
    assert picture_on_disk(desk, made) == PLAIN_JPEG


def test_captions_scale_and_outline_can_be_changed_and_undone(desk: Desk) -> None:
    made = add(desk, width_px=8, height_px=8)
    desk.editor.photographs.change(replace(made, caption="=left", outline=OUTLINE))
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs[0].outline == OUTLINE
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == (made,)


def test_a_withdrawn_photograph_comes_back_by_undo(desk: Desk) -> None:
    made = add(desk)
    desk.editor.photographs.withdraw(made.id)
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == ()
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == (made,)


def test_what_was_measured_becomes_length_and_width_in_one_entry(desk: Desk) -> None:
    content = PLAIN_JPEG
    made = a_photograph("", content, lesion_id="b", width_px=800, height_px=600)
    shape = tuple((x * 20 + 100, y * 20 + 100) for x, y in OUTLINE)
    made = replace(made, scale=ScaleMark((0, 0), (100, 0), 10.0), outline=shape)
    desk.editor.photographs.add(replace(made, width_px=800), content)
    entries = desk.editor.undo_stack.count()
    desk.editor.photographs.take_over_size(made.id)
    state = desk.visit.states["b"]
    assert state.length_mm == 17.9
    assert state.width_mm == pytest.approx(8.9, abs=0.3)
    assert desk.editor.undo_stack.count() == entries + 1
    desk.editor.undo_stack.undo()
    assert "b" not in desk.visit.states
    desk.wait()


def test_without_an_outline_there_is_nothing_to_take_over(desk: Desk) -> None:
    made = add(desk, lesion_id="b")
    with pytest.raises(Refused, match="no lesion whose outline"):
        desk.editor.photographs.take_over_size(made.id)


def test_a_lesion_that_is_taken_back_leaves_its_photographs_to_the_hand(desk: Desk) -> None:
    lesion = desk.editor.add_lesion(LesionKind.ULCER, parse_site("R.D2.distal"), Aspect.PALMAR, None, None)
    made = add(desk, lesion_id=lesion.id)
    desk.editor.withdraw_lesion(lesion.id)
    desk.wait()
    (found,) = desk.on_disk(PATIENT.id).photographs
    assert (found.lesion_id, found.site) == (None, parse_site("R"))
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photograph(made.id).lesion_id == lesion.id


def test_a_final_visit_takes_no_photograph(desk: Desk) -> None:
    made = add(desk)
    desk.editor.finish()
    for attempt in (
        lambda: desk.editor.photographs.add(a_photograph(""), PLAIN_JPEG),
        lambda: desk.editor.photographs.change(replace(made, caption="later")),
        lambda: desk.editor.photographs.withdraw(made.id),
    ):
        with pytest.raises(Refused, match="read-only"):
            attempt()
    desk.wait()
    assert desk.on_disk(PATIENT.id).photographs == (made,)


def test_a_picture_of_next_month_is_refused_and_changes_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="future"):
        add(desk, taken_at=a_moment("2026-04-20T10:00"))
    assert desk.record.photographs == ()


def test_a_picture_waits_with_its_bytes_until_the_disk_takes_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:

        def full(self: Clinic, *changes: object) -> None:
            raise Unavailable("The disk is full.")

        patch.setattr(Clinic, "write", full)
        made = desk.editor.photographs.add(a_photograph(""), PLAIN_JPEG)
        desk.wait()
        assert desk.editor.has_failed
    desk.editor.retry()
    desk.wait()
    assert picture_on_disk(desk, made) == PLAIN_JPEG
