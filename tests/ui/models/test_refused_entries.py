"""Two windows on one clinic: what was forestalled is kept to be used or dropped, and everything else is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.records import Visit
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.ui.models.clinic_model import StorageJobs
from ssc_hand.ui.models.visit_editor import VisitEditor
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import admit, enter_clinic
from tests.ui.desk import Desk, a_desk

CRT = CATALOGUE["crt"]
RING, LITTLE = parse_site("R.D4"), parse_site("R.D5")
ANA = a_patient("1001", "Rojas")
OLD = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="b").final()
TODAY = a_visit("2026-03-02T09:00").at("R.D4", crt=1.0).with_state("b", Status.ACTIVE)


@dataclass
class Two:
    """Two windows on the same visit, each with a connection of its own; each reads again after a conflict."""

    here: Desk
    there: VisitEditor
    wait: Callable[[], None]
    read_again: Callable[[VisitEditor], None]

    def stored(self) -> Visit:
        """The visit as the file has it."""
        self.wait()
        return self.here.visit_on_disk()

    def clash_over(self, site: Site, there: str, here: str) -> None:
        """Both type a refill, the other window first."""
        self.there.set_typed((site,), CRT, there)
        self.wait()
        self.here.editor.set_typed((site,), CRT, here)
        self.wait()


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path) -> Iterator[Two]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(OLD, TODAY, patient=ANA)) as desk:
        visit_id = desk.on_disk(ANA.id).visits[-1].id
        storage = StorageJobs()
        failures: list[object] = []
        storage.open(desk.folder, admit(desk.folder, "Dr. Lind"), lambda _settings: None, failures.append)
        there = VisitEditor(storage, desk.clock)

        def wait() -> None:
            qtbot.waitUntil(lambda: not (storage.is_busy or desk.storage.is_busy))

        def read_again(editor: VisitEditor) -> None:
            wait()
            editor.show(desk.on_disk(ANA.id), visit_id)

        made = Two(desk, there, wait, read_again)
        again = [lambda _error, editor=editor: read_again(editor) for editor in (desk.editor, there)]
        read_again(desk.editor)
        read_again(there)
        desk.editor.conflicted.connect(again[0])
        there.conflicted.connect(again[1])
        yield made
        wait()
        storage.close()
        there.deleteLater()
        storage.deleteLater()
        assert failures == desk.failures == []


def refill(visit: Visit, site: Site = RING) -> Any:
    """A refill of a visit."""
    found = visit.observations.get((site, "crt", 1))
    return found.value if found else None


def test_the_second_write_of_the_same_value_is_refused_with_who_and_when_and_kept(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    (clash,) = two.here.editor.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("Capillary refill, right ring", "2.5 s", "3.0 s")
    assert clash.by == "Dr. Lind" and clash.at is not None
    assert refill(two.stored()) == 3.0
    assert refill(two.here.visit) == 3.0


def test_what_was_typed_is_applied_when_wanted_and_can_be_taken_back(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    two.here.editor.use_mine(two.here.editor.clashes[0])
    assert two.here.editor.clashes == ()
    assert refill(two.stored()) == refill(two.here.visit) == 2.5
    two.here.editor.undo_stack.undo()
    assert refill(two.stored()) == 3.0


def test_what_was_typed_is_dropped_when_wanted(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    two.here.editor.keep_theirs(two.here.editor.clashes[0])
    assert two.here.editor.clashes == ()
    assert refill(two.stored()) == refill(two.here.visit) == 3.0


def test_what_comes_after_it_for_other_values_is_written(two: Two) -> None:
    two.there.set_typed((RING,), CRT, "3")
    two.wait()
    two.here.editor.set_typed((RING,), CRT, "2.5")
    two.here.editor.set_typed((LITTLE,), CRT, "4")
    two.here.editor.set_field("plan", "Review in May")
    stored = two.stored()
    assert (refill(stored), refill(stored, LITTLE), stored.plan) == (3.0, 4.0, "Review in May")
    assert len(two.here.editor.clashes) == 1


def test_several_clashes_wait_in_order_and_the_newest_word_of_each_counts(two: Two) -> None:
    for site, value in ((RING, "3"), (LITTLE, "4")):
        two.there.set_typed((site,), CRT, value)
    two.wait()
    for site, value in ((RING, "2.4"), (LITTLE, "5"), (RING, "2.5")):
        two.here.editor.set_typed((site,), CRT, value)
    two.wait()
    assert [(clash.mine, clash.theirs) for clash in two.here.editor.clashes] == [("2.5 s", "3.0 s"), ("5.0 s", "4.0 s")]
    two.here.editor.use_mine(two.here.editor.clashes[1])
    two.here.editor.keep_theirs(two.here.editor.clashes[0])
    stored = two.stored()
    assert (refill(stored), refill(stored, LITTLE)) == (3.0, 5.0)


def test_of_an_entry_at_several_places_only_the_contested_one_waits(two: Two) -> None:
    two.there.set_typed((RING,), CRT, "3")
    two.wait()
    two.here.editor.set_typed((RING, LITTLE), CRT, "2.5")
    stored = two.stored()
    assert (refill(stored), refill(stored, LITTLE)) == (3.0, 2.5)
    assert [clash.name for clash in two.here.editor.clashes] == ["Capillary refill, right ring"]


def test_the_same_value_from_both_windows_is_no_clash(two: Two) -> None:
    two.clash_over(RING, "3", "3.0")
    assert two.here.editor.clashes == ()
    assert refill(two.stored()) == 3.0


def test_a_newer_entry_takes_the_place_of_what_waits(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    two.here.editor.set_typed((RING,), CRT, "7")
    assert two.here.editor.clashes == ()
    assert refill(two.stored()) == 7.0


def test_what_one_cleared_and_the_other_wrote_is_a_clash(two: Two) -> None:
    two.clash_over(RING, "3", "")
    (clash,) = two.here.editor.clashes
    assert (clash.mine, clash.theirs) == ("not recorded", "3.0 s")


def test_different_texts_of_one_visit_from_two_windows_are_both_written(two: Two) -> None:
    two.there.set_field("plan", "Review in May")
    two.wait()
    two.here.editor.set_field("findings", "cold hands")
    stored = two.stored()
    assert (stored.plan, stored.findings) == ("Review in May", "cold hands")
    assert two.here.editor.clashes == ()


def test_the_same_text_from_two_windows_is_a_clash(two: Two) -> None:
    two.there.set_field("plan", "Review in May")
    two.wait()
    two.here.editor.set_field("plan", "Review in June")
    two.wait()
    (clash,) = two.here.editor.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("Plan", "Review in June", "Review in May")


def test_different_facts_of_one_lesion_from_two_windows_are_both_written(two: Two) -> None:
    two.there.set_state("b", "length_mm", 4.0)
    two.wait()
    two.here.editor.set_state("b", "width_mm", 3.0)
    state = two.stored().states["b"]
    assert (state.length_mm, state.width_mm) == (4.0, 3.0)
    assert two.here.editor.clashes == ()


def test_the_same_fact_of_one_lesion_is_a_clash_over_that_fact(two: Two) -> None:
    two.there.set_state("b", "length_mm", 4.0)
    two.wait()
    two.here.editor.set_state("b", "length_mm", 5.0)
    two.wait()
    (clash,) = two.here.editor.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("Lesion A, Length", "5.0", "4.0")


def test_new_lesions_of_two_windows_are_both_kept_with_letters_of_their_own(two: Two) -> None:
    two.there.add_lesion(LesionKind.ULCER, parse_site("R.D2.distal"), Aspect.PALMAR, None, None)
    two.wait()
    two.here.editor.add_lesion(LesionKind.CALCINOSIS, parse_site("R.D3.distal"), Aspect.PALMAR, None, None)
    two.wait()
    record = two.here.on_disk(ANA.id)
    assert [(lesion.letter, lesion.kind) for lesion in record.lesions] == [
        ("A", LesionKind.ULCER),
        ("B", LesionKind.ULCER),
        ("C", LesionKind.CALCINOSIS),
    ]
    assert len(two.stored().states) == 3


def test_an_entry_to_a_visit_that_the_other_window_finished_waits_until_it_is_reopened(two: Two) -> None:
    two.there.finish()
    two.wait()
    two.here.editor.set_typed((RING,), CRT, "2.5")
    two.wait()
    (clash,) = two.here.editor.clashes
    with pytest.raises(Refused, match="final"):
        two.here.editor.use_mine(clash)
    two.here.editor.reopen("one value more", "Dr. Rey")
    two.here.editor.use_mine(two.here.editor.clashes[0])
    assert refill(two.stored()) == 2.5


def test_a_visit_is_not_finished_while_a_clash_waits(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    with pytest.raises(Refused, match="1 entry was forestalled"):
        two.here.editor.finish()
    two.here.editor.keep_theirs(two.here.editor.clashes[0])
    two.here.editor.finish()
    assert not two.stored().is_draft


def test_a_clash_waits_also_while_another_visit_is_looked_at(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    visit = two.here.visit.id
    two.here.show(ANA.id, two.here.record.visits[0].id)
    assert two.here.editor.clashes == ()
    two.here.show(ANA.id, visit)
    assert len(two.here.editor.clashes) == 1


def offered_again(two: Two, qtbot: QtBot) -> VisitEditor:
    """The visit in a window opened after this one was closed with a clash, by the same user."""
    two.here.close()
    later = Desk(qtbot, two.here.folder)
    later.editor.show(later.on_disk(ANA.id), later.on_disk(ANA.id).visits[-1].id)
    later.wait()
    two.here.storage, two.here.editor = later.storage, later.editor
    return later.editor


def test_a_clash_outlives_the_window_and_is_offered_when_the_visit_is_opened_again(two: Two, qtbot: QtBot) -> None:
    two.clash_over(RING, "3", "2.5")
    later = offered_again(two, qtbot)
    (clash,) = later.clashes
    assert (clash.name, clash.mine, clash.theirs) == ("Capillary refill, right ring", "2.5 s", "3.0 s")
    later.use_mine(clash)
    assert refill(two.stored()) == 2.5
    assert offered_again(two, qtbot).clashes == ()


def test_what_was_dropped_is_not_offered_again(two: Two, qtbot: QtBot) -> None:
    two.clash_over(RING, "3", "2.5")
    two.here.editor.keep_theirs(two.here.editor.clashes[0])
    assert offered_again(two, qtbot).clashes == ()
    assert refill(two.stored()) == 3.0


def test_texts_and_facts_of_lesions_outlive_the_window_as_well(two: Two, qtbot: QtBot) -> None:
    for editor, plan, length in ((two.there, "Theirs", 4.0), (two.here.editor, "Mine, ½ “quoted”", 5.0)):
        editor.set_field("plan", plan)
        editor.set_state("b", "length_mm", length)
        two.wait()
    found = {clash.name: (clash.mine, clash.theirs) for clash in offered_again(two, qtbot).clashes}
    assert found == {"Plan": ("Mine, ½ “quoted”", "Theirs"), "Lesion A, Length": ("5.0", "4.0")}


def test_another_user_is_not_offered_it(two: Two) -> None:
    two.clash_over(RING, "3", "2.5")
    with enter_clinic(two.here.folder, by="another") as clinic:
        assert clinic.forestalled(two.here.visit.id) == ()


def test_a_value_entered_after_the_visit_was_opened_again_takes_the_place_of_the_one_that_waits(
    two: Two, qtbot: QtBot
) -> None:
    two.clash_over(RING, "3", "2.5")
    two.here.close()
    later = Desk(qtbot, two.here.folder)
    later.editor.show(later.on_disk(ANA.id), later.on_disk(ANA.id).visits[-1].id)
    later.editor.set_typed((RING,), CRT, "2.8")  # before the file has told what waits
    two.here.storage, two.here.editor = later.storage, later.editor
    assert refill(two.stored()) == 2.8
    assert later.editor.clashes == ()
    assert offered_again(two, qtbot).clashes == ()
