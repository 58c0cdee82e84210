"""Taking back over the whole visit: any edits, n undos, n redos, other patients in between, other windows beside."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import DIGITS, HANDS, Aspect, Scope, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.changes import Put
from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Visit, observation
from ssc_hand.domain.vocabulary import LesionKind, Location, Reason, SizeChange, Status
from ssc_hand.ui.models.visit_editor import VisitEditor
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import connect, enter_clinic
from tests.ui.desk import Desk, a_desk

CRT = CATALOGUE["crt"]
INDEX, MIDDLE = parse_site("R.D2"), parse_site("R.D3")
ANA, BO = a_patient("1001", "Rojas"), a_patient("1002", "Berg")
OLD = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).with_ulcer("L.D3.distal", id="b").final()

Edit = Callable[[VisitEditor], None]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(OLD, patient=ANA), a_record(patient=BO)) as made:
        made.start(ANA.id)
        yield made


def refill(visit: Visit, site: Site = INDEX) -> Any:
    """A refill of a visit."""
    found = visit.observations.get((site, "crt", 1))
    return found.value if found else None


def content(record: PatientRecord, visit: Visit) -> object:
    """What a visit says, without who wrote it and when."""
    fields = replace(visit, stamp=None)
    return fields, dict(visit.observations), dict(visit.states), sorted(record.lesions, key=lambda each: each.id)


# -- any edits -------------------------------------------------------------------------------------------------

MEASURED = [m for m in CATALOGUE.values() if not m.derived and m.key in ("crt", "skin_temp", "pain", "grip", "colour")]
PLACES = {Scope.DIGIT: DIGITS, Scope.HAND: HANDS, Scope.VISIT: (Site(),)}


@st.composite
def values(draw: st.DrawFn) -> Edit:
    """A value typed at one place or several."""
    measure: Measure = draw(st.sampled_from(MEASURED))
    sites = draw(st.lists(st.sampled_from(PLACES[measure.scope]), min_size=1, max_size=4, unique=True))
    repeat = draw(st.sampled_from((1, 1, 2, None))) if measure.repeats > 1 else 1
    text = draw(st.sampled_from(("1", "2", "3", "9", "30.5", ">30", "", "pale", "x")))
    return lambda editor: editor.set_typed(sites, measure, text, repeat=repeat)


@st.composite
def reasons(draw: st.DrawFn) -> Edit:
    """A reason why there is no value."""
    measure: Measure = draw(st.sampled_from(MEASURED))
    sites = draw(st.lists(st.sampled_from(PLACES[measure.scope]), min_size=1, max_size=3, unique=True))
    reason = draw(st.sampled_from(list(Reason)))
    words = "in plaster" if reason is Reason.OTHER else ""
    return lambda editor: editor.set_reason(sites, measure, reason, words)


def fields() -> st.SearchStrategy[Edit]:
    """A text or another field of the visit."""
    texts = st.tuples(st.sampled_from(("plan", "findings", "device")), st.sampled_from((None, "one", "two")))
    given_: st.SearchStrategy[Any] = st.one_of(
        texts,
        st.tuples(st.just("lesions_reviewed"), st.sampled_from((None, True, False))),
        st.tuples(st.just("next_review"), st.sampled_from((None, PartialDate("2027-05")))),
    )
    return given_.map(lambda pair: lambda editor: editor.set_field(*pair))


@st.composite
def lesions(draw: st.DrawFn) -> Edit:
    """Something about a lesion: a new one, or one of those there are."""
    what = draw(st.sampled_from(("add", "add", "state", "size", "place", "move", "kind", "withdraw")))
    kind = draw(st.sampled_from((LesionKind.ULCER, LesionKind.CALCINOSIS)))
    site = draw(st.sampled_from([parse_site(code) for code in ("R.D2.distal", "R.D4.distal", "L.D3.distal")]))
    nth, length = draw(st.integers(0, 4)), draw(st.sampled_from((None, 3.0, 4.5)))
    status = draw(st.sampled_from((Status.ACTIVE, Status.HEALED, Status.NOT_SEEN)))
    if what == "add":
        return lambda editor: _ignore(editor.add_lesion(kind, site, Aspect.PALMAR, (0.25, 0.5), Location.TIP))

    def edit(editor: VisitEditor) -> None:
        assert editor.record is not None
        known = editor.record.lesions
        chosen = known[nth % len(known)].id
        match what:
            case "state":
                editor.set_state(chosen, "status", status)
            case "size":
                editor.set_state(chosen, "length_mm", length)
                editor.set_state(chosen, "size_change", SizeChange.SMALLER)
            case "place":
                editor.set_lesion(chosen, "location", Location.PERIUNGUAL)
            case "move":
                editor.move_lesion(chosen, site, (0.5, 0.5), None)
            case "kind":
                editor.set_lesion(chosen, "kind", kind)
            case _:
                editor.withdraw_lesion(chosen)

    return edit


def _ignore(_made: object) -> None:
    """What an edit gives is of no interest here."""


def row_versions(folder: Path) -> dict[tuple[object, ...], int]:
    """The version of every row of the visit, withdrawn ones included."""
    connection = connect(folder / "clinic.db")
    found = {
        tuple(row[:-1]): int(str(row[-1]))
        for statement in (
            "SELECT 'visit', id, '', '', version FROM visit",
            "SELECT 'observation', site, measure, repeat, version FROM observation",
            "SELECT 'state', lesion_id, visit_id, '', version FROM lesion_state",
            "SELECT 'lesion', id, '', '', version FROM lesion",
        )
        for row in connection.execute(statement)
    }
    connection.close()
    return found


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(st.one_of(values(), values(), reasons(), fields(), lesions()), min_size=1, max_size=12))
def test_after_n_undos_it_is_as_it_was_and_after_n_redos_again_while_versions_only_grow(
    qtbot: QtBot, edits: list[Edit]
) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="ssc-hand-") as name,
        a_desk(qtbot, Path(name) / "clinic", a_record(OLD, patient=ANA)) as desk,
    ):
        desk.start(ANA.id)
        editor, seen = desk.editor, []
        for edit in edits:
            seen.append((editor.undo_stack.index(), content(desk.record, desk.visit)))
            with suppress(Refused):
                edit(editor)
        seen.append((editor.undo_stack.index(), content(desk.record, desk.visit)))
        states = dict(reversed(seen))  # of each number of entries, what the visit said then
        desk.wait()
        versions = row_versions(desk.folder)
        for go, end in ((editor.undo_stack.undo, 0), (editor.undo_stack.redo, editor.undo_stack.count())):
            while editor.undo_stack.index() != end:
                go()
                if editor.undo_stack.index() in states:
                    assert content(desk.record, desk.visit) == states[editor.undo_stack.index()]
            desk.wait()
            if editor.is_on_disk:
                stored = desk.on_disk(ANA.id)
                assert content(stored, stored.visit(desk.visit.id)) == content(desk.record, desk.visit)
            grown = row_versions(desk.folder)
            assert all(grown[row] >= version for row, version in versions.items())
            changed = editor.undo_stack.count() > 0
            assert not changed or sum(grown.values()) > sum(versions.values())
            versions = grown


# -- in between, and beside ------------------------------------------------------------------------------------


def test_another_patient_in_between_takes_nothing_away_from_what_can_be_taken_back(desk: Desk) -> None:
    desk.editor.set_typed((INDEX,), CRT, "2")
    desk.editor.set_typed((INDEX,), CRT, "3")
    desk.wait()
    visit = desk.visit.id
    desk.show(BO.id)
    assert not desk.editor.undo_stack.canUndo()
    desk.show(ANA.id, visit)
    assert desk.editor.undo_stack.undoText() == "Capillary refill 3.0 s, right index"
    desk.editor.undo_stack.undo()
    desk.editor.undo_stack.undo()
    desk.wait()
    assert desk.visit_on_disk().observations == {}
    desk.editor.undo_stack.redo()
    desk.wait()
    assert refill(desk.visit_on_disk()) == 2.0


def test_what_was_taken_back_can_be_made_again_after_another_patient(desk: Desk) -> None:
    desk.editor.set_typed((INDEX,), CRT, "2")
    desk.editor.undo_stack.undo()
    desk.wait()
    visit = desk.visit.id
    desk.show(BO.id)
    desk.show(ANA.id, visit)
    desk.editor.undo_stack.redo()
    desk.wait()
    assert refill(desk.visit_on_disk()) == 2.0


def test_what_another_window_wrote_is_not_taken_back(desk: Desk) -> None:
    desk.editor.set_typed((INDEX,), CRT, "2")
    desk.editor.set_typed((INDEX, MIDDLE), CRT, "3")
    desk.wait()
    stored = desk.visit_on_disk()
    old = stored.observations[INDEX, "crt", 1]
    with enter_clinic(desk.folder, by="Dr. Lind") as other:
        other.write(Put(replace(observation(INDEX, "crt", 9.0), stamp=old.stamp), stored.id))
    desk.show(ANA.id, stored.id)
    desk.editor.undo_stack.undo()
    desk.wait()
    assert (refill(desk.visit_on_disk()), refill(desk.visit_on_disk(), MIDDLE)) == (9.0, None)


def test_the_visits_left_longest_ago_can_no_longer_be_taken_back(desk: Desk) -> None:
    desk.editor.set_typed((INDEX,), CRT, "2")
    desk.wait()
    first = desk.visit.id
    for _again in range(8):
        desk.start(BO.id)
        desk.editor.set_typed((INDEX,), CRT, "2")
        desk.wait()
    desk.show(ANA.id, first)
    assert not desk.editor.undo_stack.canUndo()
