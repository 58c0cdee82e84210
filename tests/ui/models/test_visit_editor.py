"""The visit on the desk: what is entered, what of it is on disk, and what happens when the disk says no."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, Hand, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.changes import Put
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Conflict, Refused, Unavailable
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.records import Visit, observation
from ssc_hand.domain.vocabulary import (
    AmputationLevel,
    Depth,
    LesionKind,
    Location,
    Origin,
    Reason,
    Status,
    VisitKind,
    VisitState,
)
from ssc_hand.storage.clinic import Clinic
from ssc_hand.ui.models.entry_writer import Saving
from ssc_hand.ui.models.visit_editor import VisitEditor
from tests.builders import a_patient, a_record, a_visit, an_amputation
from tests.clinics import enter_clinic
from tests.ui.desk import Desk, a_desk

CRT, TEMP, PAIN = (CATALOGUE[key] for key in ("crt", "skin_temp", "pain"))
INDEX, MIDDLE, VISIT = parse_site("R.D2"), parse_site("R.D3"), Site()
TIP = parse_site("R.D2.distal")
PATIENT = a_patient(birth_date=None)
HEALED = a_visit("2025-06-01T09:00").with_ulcer("R.D2.distal", id="a", status=Status.HEALED).final()
OPEN = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).with_ulcer("L.D3.distal", id="b").final()
LOST = an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP)
RECORD = a_record(HEALED, OPEN, patient=PATIENT, amputations=(LOST,))
VALUE = ("observation", (INDEX, "crt", 1))

FULL = Unavailable("The disk is full. What you entered stays on screen; make room and try again.")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as made:
        yield made


@pytest.fixture
def started(desk: Desk) -> Desk:
    desk.start(PATIENT.id)
    return desk


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Fill the disk, or make room again."""
    write = Clinic.write

    def fill(is_full: bool) -> None:
        def refuse(*_changes: Any) -> Any:
            raise FULL

        monkeypatch.setattr(Clinic, "write", refuse if is_full else write)

    return fill


def heard(signal: Any) -> list[Any]:
    """What a signal tells from now on."""
    told: list[Any] = []
    signal.connect(told.append)
    return told


def value_of(visit: Visit, site: Site = INDEX, key: str = "crt", repeat: int = 1) -> Any:
    """A recorded value, or None where there is none."""
    found = visit.observations.get((site, key, repeat))
    return found.value if found else None


# -- a visit and its first entry -----------------------------------------------------------------------------


def test_an_opened_visit_leaves_no_ghost(started: Desk) -> None:
    started.wait()
    assert not started.editor.is_on_disk
    assert len(started.on_disk(PATIENT.id).visits) == 2
    assert len(started.record.visits) == 2


def test_the_first_value_creates_the_visit(started: Desk) -> None:
    created = heard(started.editor.visit_created)
    started.editor.set_typed((INDEX,), CRT, "2,5")
    started.wait()
    stored = started.visit_on_disk()
    assert value_of(stored) == 2.5
    assert (stored.kind, stored.examiner, stored.state) == (VisitKind.FOLLOW_UP, "Dr. Rey", VisitState.DRAFT)
    assert stored.at == started.clock.moment and stored.at.utcoffset() == started.clock.moment.utcoffset()
    assert [visit.id for visit in created] == [stored.id]
    assert len(started.record.visits) == 3


def test_a_text_alone_creates_the_visit_too(started: Desk) -> None:
    started.editor.set_field("plan", "Review in May")
    started.wait()
    assert started.visit_on_disk().plan == "Review in May"


def test_a_second_entry_creates_no_second_visit(started: Desk) -> None:
    created = heard(started.editor.visit_created)
    started.editor.set_typed((INDEX,), CRT, "2.5")
    started.editor.set_typed((MIDDLE,), CRT, "3.5")
    started.wait()
    assert len(created) == 1
    assert len(started.on_disk(PATIENT.id).visits) == 3


# -- values and their ticks ------------------------------------------------------------------------------------


def test_a_tick_shows_only_once_the_value_is_on_disk(started: Desk) -> None:
    editor = started.editor
    assert editor.saving(VALUE) is Saving.UNTOUCHED
    states: list[Saving] = []
    seen_on_disk: list[Any] = []

    def look() -> None:
        states.append(editor.saving(VALUE))
        if states[-1] is Saving.SAVED:
            seen_on_disk.append(value_of(started.visit_on_disk()))

    editor.saved_changed.connect(look)
    editor.set_typed((INDEX,), CRT, "4.5")
    assert editor.saving(VALUE) is Saving.SAVING
    started.qtbot.waitUntil(lambda: editor.saving(VALUE) is Saving.SAVED)
    assert seen_on_disk[0] == 4.5
    assert states[0] is Saving.SAVING


def test_every_settled_value_is_on_disk_with_its_own_version(started: Desk) -> None:
    for typed in ("1", "2", "3", ">30"):
        started.editor.set_typed((INDEX,), CRT, typed)
    started.wait()
    stored = started.visit_on_disk().observations[INDEX, "crt", 1]
    assert stored.value == Beyond(30)
    assert stored.stamp is not None and stored.stamp.version == 4 and stored.stamp.by == "Dr. Rey"


def test_one_entry_goes_to_several_sites_at_once(started: Desk) -> None:
    started.editor.set_typed((INDEX, MIDDLE), PAIN, "7")
    started.wait()
    stored = started.visit_on_disk()
    assert value_of(stored, INDEX, "pain") == value_of(stored, MIDDLE, "pain") == 7
    assert started.editor.undo_stack.count() == 1


def test_readings_stand_beside_each_other(started: Desk) -> None:
    for repeat, typed in enumerate(("2", "3", "4"), 1):
        started.editor.set_typed((INDEX,), CRT, typed, repeat=repeat)
    started.wait()
    assert [value_of(started.visit_on_disk(), repeat=n) for n in (1, 2, 3)] == [2.0, 3.0, 4.0]


def test_a_reason_takes_the_place_of_a_value_and_the_value_of_a_reason(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.set_reason((INDEX,), CRT, Reason.OTHER, "in plaster")
    started.wait()
    stored = started.visit_on_disk().observations[INDEX, "crt", 1]
    assert (stored.value, stored.reason, stored.reason_text) == (None, Reason.OTHER, "in plaster")
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    assert value_of(started.visit_on_disk()) == 2.0


def test_an_empty_text_makes_it_not_recorded_again(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.set_typed((INDEX,), CRT, "  ")
    started.wait()
    assert started.visit_on_disk().observations == {}
    assert started.editor.saving(VALUE) is Saving.SAVED


def test_clearing_what_is_empty_is_no_entry(started: Desk) -> None:
    started.editor.clear((INDEX,), CRT)
    assert started.editor.undo_stack.count() == 0
    assert not started.editor.is_on_disk


def test_typing_the_same_value_again_writes_nothing(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2.5")
    started.editor.set_typed((INDEX,), CRT, "2,50")
    started.wait()
    stored = started.visit_on_disk().observations[INDEX, "crt", 1]
    assert stored.stamp is not None and stored.stamp.version == 1
    assert started.editor.undo_stack.count() == 1


@pytest.mark.parametrize("typed", ["31", "-1", "nan", "1,2,3", "2.55", "two", "1e5"])
def test_a_refused_value_leaves_the_visit_untouched(started: Desk, typed: str) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    before = started.visit
    with pytest.raises(Refused):
        started.editor.set_typed((INDEX, MIDDLE), CRT, typed)
    assert started.visit is before
    started.wait()
    assert started.visit_on_disk().observations == before.observations
    assert started.editor.undo_stack.count() == 1


def test_nothing_is_recorded_at_a_digit_that_is_gone_nor_beside_it_in_the_same_entry(started: Desk) -> None:
    with pytest.raises(Refused, match="left little: amputated 2024"):
        started.editor.set_typed((INDEX, parse_site("L.D5")), CRT, "2")
    with pytest.raises(Refused, match="amputated"):
        started.editor.set_reason((parse_site("L.D5"),), CRT, Reason.PAIN)
    assert not started.editor.is_on_disk and started.visit.observations == {}


def test_without_a_visit_there_is_nothing_to_enter_into(desk: Desk) -> None:
    desk.show(PATIENT.id)
    assert not desk.editor.can_edit
    with pytest.raises(Refused, match="Start a visit first"):
        desk.editor.set_typed((INDEX,), CRT, "2")


# -- undo and redo ---------------------------------------------------------------------------------------------


def test_undo_and_redo_are_named_and_are_new_writes(started: Desk) -> None:
    stack = started.editor.undo_stack
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.set_typed((INDEX,), CRT, "3")
    assert stack.undoText() == "Capillary refill 3.0 s, right index"
    stack.undo()
    assert value_of(started.visit) == 2.0
    assert stack.redoText() == "Capillary refill 3.0 s, right index"
    stack.redo()
    started.wait()
    stored = started.visit_on_disk().observations[INDEX, "crt", 1]
    assert stored.value == 3.0
    assert stored.stamp is not None and stored.stamp.version == 4


def test_undoing_the_only_value_makes_it_not_recorded_on_disk(started: Desk) -> None:
    started.editor.set_typed((INDEX, MIDDLE), CRT, "2")
    started.editor.undo_stack.undo()
    started.wait()
    assert started.visit_on_disk().observations == {}
    started.editor.undo_stack.redo()
    started.wait()
    assert value_of(started.visit_on_disk(), MIDDLE) == 2.0


def test_a_field_is_undone_by_its_name(started: Desk) -> None:
    started.editor.set_field("plan", "one")
    started.editor.set_field("plan", "two")
    assert started.editor.undo_stack.undoText() == "Plan"
    started.editor.undo_stack.undo()
    started.wait()
    assert started.visit_on_disk().plan == "one"


def test_another_visit_begins_with_nothing_to_undo(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    started.editor.show(started.record, RECORD.visits[0].id)
    assert not started.editor.undo_stack.canUndo()


# -- when the disk says no -------------------------------------------------------------------------------------


def test_a_failed_write_keeps_the_entry_and_says_so_once(started: Desk, full_disk: Callable[[bool], None]) -> None:
    failed = heard(started.editor.failed)
    full_disk(True)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.set_typed((MIDDLE,), CRT, "3")
    started.wait()
    assert failed == [FULL]
    assert value_of(started.visit) == 2.0
    assert started.editor.saving(VALUE) is Saving.FAILED
    assert started.editor.saving(("observation", (MIDDLE, "crt", 1))) is Saving.FAILED
    assert started.editor.has_failed
    assert len(started.on_disk(PATIENT.id).visits) == 2


def test_trying_again_writes_everything_in_order(started: Desk, full_disk: Callable[[bool], None]) -> None:
    full_disk(True)
    for typed in ("2", "3", "4"):
        started.editor.set_typed((INDEX,), CRT, typed)
    started.editor.undo_stack.undo()
    started.wait()
    full_disk(False)
    started.editor.retry()
    started.wait()
    assert not started.editor.has_failed
    assert started.editor.saving(VALUE) is Saving.SAVED
    stored = started.visit_on_disk().observations[INDEX, "crt", 1]
    assert stored.value == 3.0 == value_of(started.visit)
    assert stored.stamp is not None and stored.stamp.version == 4


def test_the_next_entry_tries_again_by_itself(started: Desk, full_disk: Callable[[bool], None]) -> None:
    full_disk(True)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    full_disk(False)
    started.editor.set_typed((MIDDLE,), CRT, "3")
    started.wait()
    assert not started.editor.has_failed
    stored = started.visit_on_disk()
    assert (value_of(stored), value_of(stored, MIDDLE)) == (2.0, 3.0)


def test_an_entry_never_overtakes_one_that_failed(started: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails for a moment, while the next entry of the same cell is already on its way."""
    started.editor.set_typed((INDEX,), CRT, "1")
    started.wait()
    write, calls = Clinic.write, []

    def fail_once(clinic: Clinic, *changes: Any) -> Any:
        calls.append(changes)
        if len(calls) == 1:
            raise FULL
        return write(clinic, *changes)

    monkeypatch.setattr(Clinic, "write", fail_once)
    for typed in ("2", "3", "4"):
        started.editor.set_typed((INDEX,), CRT, typed)
    started.wait()
    started.editor.retry()
    started.wait()
    assert not started.editor.has_failed
    assert value_of(started.visit) == 4.0
    assert value_of(started.visit_on_disk()) == 4.0


def test_entries_made_while_failures_still_come_in_keep_their_order(
    started: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    started.editor.set_typed((INDEX,), CRT, "1")
    started.wait()
    write, calls = Clinic.write, []

    def fail_once(clinic: Clinic, *changes: Any) -> Any:
        calls.append(changes)
        if len(calls) == 1:
            raise FULL
        return write(clinic, *changes)

    monkeypatch.setattr(Clinic, "write", fail_once)

    def enter_another(_error: object) -> None:
        started.editor.set_typed((INDEX,), CRT, "4")

    started.editor.failed.connect(enter_another)
    for typed in ("2", "3"):
        started.editor.set_typed((INDEX,), CRT, typed)
    started.wait()
    started.editor.retry()
    started.wait()
    assert not started.editor.has_failed
    assert value_of(started.visit_on_disk()) == value_of(started.visit) == 4.0


def write_elsewhere(desk: Desk, value: float) -> None:
    """Another window writes the refill of the right index."""
    stored = desk.visit_on_disk()
    old = stored.observations[INDEX, "crt", 1]
    with enter_clinic(desk.folder, by="Dr. Lind") as other:
        other.write(Put(replace(observation(INDEX, "crt", value), stamp=old.stamp), stored.id))


def test_a_write_of_another_window_is_told_with_who_and_when(started: Desk) -> None:
    conflicted, failed = heard(started.editor.conflicted), heard(started.editor.failed)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    write_elsewhere(started, 9.0)
    started.editor.set_typed((INDEX,), CRT, "3")
    started.qtbot.waitUntil(lambda: bool(conflicted))
    (conflict,) = conflicted
    assert isinstance(conflict, Conflict)
    assert "Dr. Lind" in str(conflict) and ":" in str(conflict)
    assert failed == []
    assert value_of(started.visit_on_disk()) == 9.0


def test_after_a_conflict_the_reread_record_shows_what_the_other_wrote_and_takes_entries(started: Desk) -> None:
    conflicted = heard(started.editor.conflicted)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    write_elsewhere(started, 9.0)
    started.editor.set_typed((INDEX,), CRT, "3")
    started.qtbot.waitUntil(lambda: bool(conflicted))
    started.wait()
    started.show(PATIENT.id, started.visit.id)
    assert value_of(started.visit) == 9.0
    started.editor.set_typed((INDEX,), CRT, "3")
    started.wait()
    assert value_of(started.visit_on_disk()) == 3.0


def test_an_entry_that_conflicts_bears_no_tick(started: Desk) -> None:
    conflicted = heard(started.editor.conflicted)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    write_elsewhere(started, 9.0)
    started.editor.set_typed((INDEX,), CRT, "3")
    started.qtbot.waitUntil(lambda: bool(conflicted))
    started.wait()
    assert started.editor.saving(VALUE) is not Saving.SAVED


def test_other_cells_of_a_visit_that_another_window_writes_to_do_not_conflict(started: Desk) -> None:
    conflicted = heard(started.editor.conflicted)
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    write_elsewhere(started, 9.0)
    started.editor.set_typed((MIDDLE,), CRT, "3")
    started.wait()
    assert conflicted == []
    assert value_of(started.visit_on_disk(), MIDDLE) == 3.0


# -- acclimatisation -------------------------------------------------------------------------------------------


def minutes(visit: Visit) -> Any:
    """The minutes of acclimatisation."""
    return value_of(visit, VISIT, "acclimatisation")


def test_the_first_skin_temperature_brings_the_minutes_since_the_patient_sat_down(started: Desk) -> None:
    started.editor.sit_down()
    started.clock.go_on(19)
    started.editor.set_typed((INDEX,), CRT, "2")
    assert minutes(started.visit) is None
    started.clock.go_on(1)
    started.editor.set_typed((INDEX,), TEMP, "29,5")
    started.clock.go_on(10)
    started.editor.set_typed((MIDDLE,), TEMP, "29,5")
    started.wait()
    assert minutes(started.visit_on_disk()) == 20
    assert started.visit_on_disk().seated_since == started.visit.at


def test_the_temperature_of_the_back_of_the_hand_brings_them_too(started: Desk) -> None:
    started.editor.sit_down()
    started.clock.go_on(12)
    started.editor.set_typed((Site(Hand.RIGHT),), CATALOGUE["dorsum_temp"], "31")
    assert minutes(started.visit) == 12


def test_minutes_that_were_typed_stay(started: Desk) -> None:
    started.editor.sit_down()
    started.editor.set_typed((VISIT,), CATALOGUE["acclimatisation"], "25")
    started.clock.go_on(12)
    started.editor.set_typed((INDEX,), TEMP, "29")
    assert minutes(started.visit) == 25


def test_without_a_stamp_no_minutes_are_claimed(started: Desk) -> None:
    started.editor.set_typed((INDEX,), TEMP, "29")
    assert minutes(started.visit) is None


def test_a_temperature_that_could_not_be_taken_brings_no_minutes(started: Desk) -> None:
    started.editor.sit_down()
    started.clock.go_on(5)
    started.editor.set_reason((INDEX,), TEMP, Reason.DRESSING)
    assert minutes(started.visit) is None


def test_undoing_the_first_temperature_takes_its_minutes_back(started: Desk) -> None:
    started.editor.sit_down()
    started.clock.go_on(12)
    started.editor.set_typed((INDEX,), TEMP, "29")
    started.editor.undo_stack.undo()
    assert minutes(started.visit) is None


# -- fields ----------------------------------------------------------------------------------------------------


def test_a_visit_cannot_be_moved_into_the_future(started: Desk) -> None:
    with pytest.raises(Refused, match="future"):
        started.editor.set_field("at", started.clock.moment.replace(year=2027))
    assert started.visit.at == started.clock.moment


def test_moving_a_visit_back_in_time_puts_it_among_the_earlier_ones(started: Desk) -> None:
    started.editor.set_field("at", started.clock.moment.replace(year=2025, month=7))
    started.wait()
    assert [visit.id for visit in started.record.visits][1] == started.visit.id
    assert [visit.id for visit in started.on_disk(PATIENT.id).visits][1] == started.visit.id


# -- lesions ---------------------------------------------------------------------------------------------------


def add_ulcer(editor: VisitEditor, site: Site = TIP, **more: Any) -> Any:
    """A new ulcer on the palm."""
    given: dict[str, Any] = {
        "kind": LesionKind.ULCER,
        "aspect": Aspect.PALMAR,
        "point": (0.51234567, 0.1),
        "location": Location.TIP,
    }
    given |= more
    return editor.add_lesion(given["kind"], site, given["aspect"], given["point"], given["location"])


def test_a_new_ulcer_gets_the_next_letter_and_is_active(started: Desk) -> None:
    lesion = add_ulcer(started.editor)
    started.wait()
    stored = started.on_disk(PATIENT.id)
    assert (lesion.letter, stored.lesion(lesion.id).letter) == ("C", "C")
    assert stored.lesion(lesion.id).x == 0.5123
    assert stored.visit(started.visit.id).states[lesion.id].status is Status.ACTIVE
    assert started.editor.undo_stack.undoText() == "New ulcer C"


def test_undoing_a_new_lesion_takes_it_and_its_state_away(started: Desk) -> None:
    lesion = add_ulcer(started.editor)
    started.editor.undo_stack.undo()
    started.wait()
    assert lesion.id not in {each.id for each in started.on_disk(PATIENT.id).lesions}
    assert started.visit_on_disk().states == {}
    started.editor.undo_stack.redo()
    started.wait()
    assert started.on_disk(PATIENT.id).lesion(lesion.id) == lesion
    assert started.visit_on_disk().states[lesion.id].status is Status.ACTIVE


def test_an_ulcer_where_one_healed_follows_it_and_one_elsewhere_does_not(started: Desk) -> None:
    assert add_ulcer(started.editor).follows == "a"
    assert add_ulcer(started.editor, aspect=Aspect.DORSAL).follows is None
    assert add_ulcer(started.editor, parse_site("R.D3.distal")).follows is None
    assert add_ulcer(started.editor, parse_site("L.D3.distal")).follows is None
    started.wait()
    assert started.editor.has_failed is False


def test_no_lesion_can_be_put_on_a_digit_that_is_gone(started: Desk) -> None:
    with pytest.raises(Refused, match="left little: amputated 2024"):
        add_ulcer(started.editor, parse_site("L.D5.distal"))
    assert not started.editor.is_on_disk


def test_a_carried_over_ulcer_is_re_examined_from_its_last_status(started: Desk) -> None:
    started.editor.set_state("b", "length_mm", 3.5)
    started.wait()
    state = started.visit_on_disk().states["b"]
    assert (state.status, state.length_mm) == (Status.ACTIVE, 3.5)
    assert started.editor.undo_stack.undoText() == "Length of lesion B"


@pytest.mark.parametrize(
    ("kind", "key", "value", "sentence"),
    [
        (LesionKind.CALCINOSIS, "status", Status.ACTIVE, "does not fit this kind of lesion .calcinosis.. Known: "),
        (LesionKind.CALCINOSIS, "depth", Depth.DEEP, "Depth: this is said of an ulcer only"),
        (LesionKind.PITTING_SCAR, "exposed_bone", True, "Exposed bone: this is said of an ulcer only"),
        (LesionKind.ULCER, "healed_on", PartialDate("2031"), "Healed on: 2031 lies in the future"),
    ],
)
def test_a_state_that_does_not_fit_its_lesion_is_refused_and_changes_nothing(
    started: Desk, kind: LesionKind, key: str, value: Any, sentence: str
) -> None:
    lesion = add_ulcer(started.editor, kind=kind)
    started.wait()
    before, told = started.visit, started.editor.undo_stack.undoText()
    with pytest.raises(Refused, match=sentence):
        started.editor.set_state(lesion.id, key, value)
    with pytest.raises(Refused, match=sentence):
        started.editor.set_states(lesion.id, {"note": "looked at", key: value}, "Lesion")
    started.wait()
    assert started.visit == before
    assert started.visit_on_disk().states == before.states
    assert started.editor.undo_stack.undoText() == told


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("origin", Origin.GANGRENE, "Origin: this is said of an ulcer only, and the lesion is recorded as: calcinosis"),
        ("onset", PartialDate("2031"), "Onset: 2031 lies in the future"),
    ],
)
def test_what_a_lesion_cannot_be_is_refused_and_changes_nothing(
    started: Desk, key: str, value: Any, sentence: str
) -> None:
    lesion = add_ulcer(started.editor, kind=LesionKind.CALCINOSIS)
    told = started.editor.undo_stack.undoText()
    with pytest.raises(Refused, match=sentence):
        started.editor.set_lesion(lesion.id, key, value)
    started.wait()
    assert started.record.lesion(lesion.id) == lesion
    assert started.on_disk(PATIENT.id).lesion(lesion.id) == lesion
    assert started.editor.undo_stack.undoText() == told


def test_what_a_lesion_is_can_be_amended_and_undone(started: Desk) -> None:
    started.editor.set_lesion("b", "onset", PartialDate("2025-08"))
    started.wait()
    assert started.on_disk(PATIENT.id).lesion("b").onset == "2025-08"
    started.editor.undo_stack.undo()
    started.wait()
    assert started.on_disk(PATIENT.id).lesion("b").onset is None


def test_a_moved_mark_keeps_its_letter_and_history(started: Desk) -> None:
    started.editor.move_lesion("b", parse_site("L.D3.middle"), (0.25, 0.5), Location.ULNAR)
    started.wait()
    lesion = started.on_disk(PATIENT.id).lesion("b")
    assert (lesion.letter, lesion.site.code, lesion.x, lesion.y) == ("B", "L.D3.middle", 0.25, 0.5)
    assert lesion.location is Location.ULNAR


def test_a_lesion_entered_by_mistake_is_withdrawn_and_one_seen_before_is_not(started: Desk) -> None:
    lesion = add_ulcer(started.editor)
    started.editor.withdraw_lesion(lesion.id)
    started.wait()
    assert len(started.on_disk(PATIENT.id).lesions) == 2
    with pytest.raises(Refused, match="seen at other visits"):
        started.editor.withdraw_lesion("b")


def test_a_lesion_can_be_entered_anew_after_one_was_withdrawn(started: Desk) -> None:
    first = add_ulcer(started.editor)
    started.editor.withdraw_lesion(first.id)
    second = add_ulcer(started.editor)
    started.wait()
    assert not started.editor.has_failed
    assert {lesion.id for lesion in started.on_disk(PATIENT.id).lesions} == {"a", "b", second.id}


# -- the visit as a whole --------------------------------------------------------------------------------------


def test_a_visit_without_an_entry_cannot_be_finished(started: Desk) -> None:
    with pytest.raises(Refused, match="no entry yet"):
        started.editor.finish()
    started.wait()
    assert len(started.on_disk(PATIENT.id).visits) == 2


def test_a_finished_visit_is_read_only(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.finish()
    started.wait()
    assert started.visit_on_disk().state is VisitState.FINAL
    assert not started.editor.can_edit and not started.editor.undo_stack.canUndo()
    attempts: list[Callable[[], object]] = [
        lambda: started.editor.set_typed((INDEX,), CRT, "3"),
        lambda: started.editor.set_reason((INDEX,), CRT, Reason.PAIN),
        lambda: started.editor.clear((INDEX,), CRT),
        lambda: started.editor.set_field("plan", "x"),
        lambda: add_ulcer(started.editor),
        lambda: started.editor.set_state("b", "status", Status.HEALED),
        lambda: started.editor.set_lesion("b", "onset", PartialDate("2025")),
        lambda: started.editor.withdraw_lesion("b"),
        started.editor.finish,
    ]
    for attempt in attempts:
        with pytest.raises(Refused, match="read-only"):
            attempt()
    started.wait()
    assert value_of(started.visit_on_disk()) == 2.0


def test_a_reopened_visit_keeps_the_reason_with_who_and_when(started: Desk) -> None:
    started.editor.set_typed((INDEX,), CRT, "2")
    started.editor.finish()
    started.editor.reopen("wrong finger", "Dr. Lind")
    started.editor.set_typed((INDEX,), CRT, "3")
    started.wait()
    stored = started.visit_on_disk()
    assert stored.remarks == ("Reopened 2 Mar 2026, 09:30 by Dr. Lind: wrong finger",)
    assert (stored.state, value_of(stored)) == (VisitState.DRAFT, 3.0)
    started.editor.finish()
    started.editor.reopen("again", "Dr. Rey")
    started.wait()
    assert len(started.visit_on_disk().remarks) == 2


def test_an_old_final_visit_can_be_looked_at_and_reopened(desk: Desk) -> None:
    desk.show(PATIENT.id, RECORD.visits[1].id)
    assert not desk.editor.can_edit
    desk.editor.reopen("typing error", "Dr. Rey")
    desk.editor.set_typed((INDEX,), CRT, "5")
    desk.wait()
    assert value_of(desk.visit_on_disk()) == 5.0


def test_what_failed_for_another_visit_is_not_marked_on_this_one(
    started: Desk, full_disk: Callable[[bool], None]
) -> None:
    full_disk(True)
    visit = started.visit
    started.editor.set_typed((INDEX,), CRT, "2")
    started.wait()
    started.editor.show(RECORD, RECORD.visits[1].id)
    assert started.editor.saving(VALUE) is Saving.UNTOUCHED
    assert started.editor.has_failed
    full_disk(False)
    started.editor.retry()
    started.wait()
    assert value_of(started.on_disk(PATIENT.id).visit(visit.id)) == 2.0


def test_switching_to_another_patient_while_writing_loses_nothing(started: Desk) -> None:
    visit = started.visit
    for typed in ("2", "3", "4"):
        started.editor.set_typed((INDEX,), CRT, typed)
    started.editor.show(None)
    started.wait()
    assert value_of(started.on_disk(PATIENT.id).visit(visit.id)) == 4.0
    assert started.editor.record is None and started.editor.visit is None
