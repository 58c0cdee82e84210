"""The lesions of a visit: listed, counted, re-examined on a card."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.dates import PartialDate
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.ui.forms.lesion_panel import LesionPanel
from tests.builders import VisitBuilder, a_record, a_visit
from tests.ui.finding import the

FIRST, SECOND = "2025-09-01T09:00", "2026-03-02T09:30"


@pytest.fixture
def panel(qtbot: QtBot) -> LesionPanel:
    made = LesionPanel()
    qtbot.addWidget(made)
    made.resize(520, 900)
    made.show()
    return made


def show(panel: LesionPanel, *visits: VisitBuilder) -> PatientRecord:
    """Show the last of these visits, with the card of its first lesion where it knows one."""
    record = a_record(*visits)
    panel.show_visit(record, record.visits[-1])
    known = lesions_at(record, record.visits[-1])
    if known:
        panel.choose(known[0].lesion.id)
    return record


def listed(panel: LesionPanel) -> list[str]:
    """What is listed."""
    box = the(QListWidget, panel)
    return [box.item(n).text() for n in range(box.count())]


def words(panel: LesionPanel) -> str:
    """All that can be read beside the list."""
    return "\n".join(label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))


def chips(panel: LesionPanel) -> dict[str, QAbstractButton]:
    """The statuses offered, by their word."""
    found = panel.findChildren(QAbstractButton)
    return {b.text(): b for b in found if b.isVisibleTo(panel) and b.property("status")}


def entry(panel: LesionPanel, name: str) -> Any:
    """The entry of a field, by its spoken name."""
    kinds = (QLineEdit, QComboBox)
    return next(each for kind in kinds for each in panel.findChildren(kind) if each.accessibleName().startswith(name))


def heard(signal: Any) -> list[Any]:
    """What a signal tells from now on."""
    told: list[Any] = []
    signal.connect(lambda *args: told.append(args if len(args) > 1 else args[0]))
    return told


def two_ulcers() -> VisitBuilder:
    """A draft with an ulcer of the index and one of the ring finger."""
    return a_visit().with_ulcer("R.D2.distal", id="a", length_mm=4.0, width_mm=3.0).with_ulcer("R.D4.distal", id="b")


def test_a_visit_without_lesions_says_how_to_place_one(panel: LesionPanel) -> None:
    show(panel, a_visit())
    assert listed(panel) == []
    assert "No lesion is known." in words(panel)


def test_lesions_are_listed_by_letter_with_place_and_status(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    assert listed(panel) == [
        "A   ulcer, active, first recorded\nright index, distal phalanx, palm",
        "B   ulcer, active, first recorded\nright ring, distal phalanx, palm",
    ]


def test_counts_keep_those_not_examined_apart(panel: LesionPanel) -> None:
    before = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").with_ulcer("R.D4.distal", id="b").final()
    show(panel, before, a_visit(SECOND).with_state("a", Status.INDETERMINATE).with_lesion(LesionKind.GANGRENE, "L.D2"))
    told = "Ulcers: 0 active, 1 active or indeterminate, 0 new, 0 healed since, 1 not examined today, gangrene: 1"
    assert told in words(panel)


def test_at_a_first_visit_ulcers_are_first_recorded(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    assert "2 first recorded" in words(panel)


def test_the_card_tells_place_area_last_visit_and_that_nobody_looked(panel: LesionPanel) -> None:
    before = a_visit(FIRST).with_ulcer("R.D2.distal", id="a", length_mm=4.0, width_mm=3.0).final()
    show(panel, before, a_visit(SECOND))
    assert "A: ulcer, right index, distal phalanx" in words(panel)
    for part in ("palm", "exact point not recorded", "not re-examined", "last visit: active, 4 × 3 mm"):
        assert part in words(panel)
    show(panel, two_ulcers())
    panel.choose("a")
    assert "area 9 mm²" in words(panel)


def test_choosing_in_the_list_opens_the_card_and_tells_it(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    chosen = heard(panel.lesion_chosen)
    the(QListWidget, panel).setCurrentRow(1)
    assert chosen == ["b"]
    assert "B: ulcer, right ring" in words(panel)


def test_being_told_which_lesion_is_chosen_tells_nothing_back(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    chosen = heard(panel.lesion_chosen)
    panel.choose("b")
    assert "B: ulcer" in words(panel)
    assert chosen == []
    assert the(QListWidget, panel).currentRow() == 1


def test_an_ulcer_is_offered_its_statuses_and_a_scar_its_own(panel: LesionPanel) -> None:
    show(panel, two_ulcers().with_lesion(LesionKind.PITTING_SCAR, "L.D2.distal", id="c"))
    panel.choose("a")
    assert list(chips(panel)) == ["active", "indeterminate", "healed", "not seen today"]
    panel.choose("c")
    assert list(chips(panel)) == ["present", "resolved", "not seen today"]
    assert chips(panel)["present"].accessibleName() == "C is present"


def test_one_press_gives_a_status(panel: LesionPanel, qtbot: QtBot) -> None:
    show(panel, two_ulcers())
    panel.choose("b")
    settled = heard(panel.state_settled)
    assert chips(panel)["active"].isChecked()
    qtbot.mouseClick(chips(panel)["healed"], Qt.MouseButton.LeftButton)
    assert settled == [("b", "status", Status.HEALED)]


@pytest.mark.parametrize("typed", ["3.5", "3,5"])
def test_a_length_typed_is_handed_on_for_its_lesion(panel: LesionPanel, qtbot: QtBot, typed: str) -> None:
    show(panel, two_ulcers())
    panel.choose("b")
    settled = heard(panel.state_settled)
    qtbot.keyClicks(entry(panel, "Length"), typed)
    qtbot.keyClick(entry(panel, "Length"), Qt.Key.Key_Return)
    assert settled == [("b", "length_mm", 3.5)]


def test_what_is_being_typed_goes_to_the_lesion_it_was_typed_for(panel: LesionPanel, qtbot: QtBot) -> None:
    show(panel, two_ulcers())
    panel.choose("a")
    settled = heard(panel.state_settled)
    qtbot.keyClicks(entry(panel, "Swab"), "S. aureus")
    the(QListWidget, panel).setCurrentRow(1)
    assert settled == [("a", "swab", "S. aureus")]
    assert entry(panel, "Swab").text() == ""


def test_going_on_in_the_list_while_typing_survives_the_list_being_filled_anew(
    panel: LesionPanel, qtbot: QtBot
) -> None:
    """The window answers every entry by showing the visit again."""
    record = show(panel, two_ulcers())
    panel.choose("a")
    panel.state_settled.connect(lambda *_entry: panel.show_visit(record, record.visits[-1]))
    qtbot.keyClicks(entry(panel, "Swab"), "S. aureus")
    the(QListWidget, panel).setCurrentRow(1)
    assert "B: ulcer" in words(panel)
    assert the(QListWidget, panel).currentRow() == 1


def test_a_refused_text_stays_and_says_why(panel: LesionPanel, qtbot: QtBot) -> None:
    show(panel, two_ulcers())
    settled = heard(panel.state_settled)
    qtbot.keyClicks(entry(panel, "Width"), "0")
    entry(panel, "Width").setText("-3")
    qtbot.keyClick(entry(panel, "Width"), Qt.Key.Key_Return)
    assert settled == []
    assert "outside 0 to 100" in words(panel)


def test_what_the_desk_refuses_is_said_at_its_field(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    panel.show_error("onset", "Onset: 2027 lies in the future.")
    panel.show_error("length_mm", "Length: too long.")
    assert "Onset: 2027 lies in the future." in words(panel)
    assert "Length: too long." in words(panel)


def test_what_is_said_of_ulcers_only_is_asked_of_ulcers_only(panel: LesionPanel) -> None:
    show(panel, two_ulcers().with_lesion(LesionKind.CALCINOSIS, "L.D2.distal", id="c"))
    for lesion, is_asked in (("a", True), ("c", False)):
        panel.choose(lesion)
        assert entry(panel, "Depth").isVisibleTo(panel) is is_asked
        assert entry(panel, "Origin").isVisibleTo(panel) is is_asked
        assert entry(panel, "Length").isVisibleTo(panel)


def test_the_day_of_healing_is_asked_once_it_has_healed(panel: LesionPanel) -> None:
    before = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    show(panel, before, a_visit(SECOND).with_state("a", Status.ACTIVE))
    assert not entry(panel, "Healed on").isVisibleTo(panel)
    show(panel, before, a_visit(SECOND).with_state("a", Status.HEALED, healed_on=PartialDate("2026-01")).final())
    assert "healed Jan 2026" in words(panel)


def test_only_a_lesion_of_this_visit_can_be_withdrawn(panel: LesionPanel, qtbot: QtBot) -> None:
    before = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    show(panel, before, a_visit(SECOND).with_ulcer("R.D4.distal", id="b"))
    asked = heard(panel.withdraw_requested)
    (button,) = [b for b in panel.findChildren(QAbstractButton) if b.text().startswith("Entered by mistake")]
    panel.choose("a")
    assert not button.isVisibleTo(panel)
    panel.choose("b")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["b"]


def test_the_kind_is_changed_only_where_it_was_found(panel: LesionPanel) -> None:
    before = a_visit(FIRST).with_ulcer("R.D2.distal", id="a").final()
    show(panel, before, a_visit(SECOND).with_ulcer("R.D4.distal", id="b"))
    for lesion, may_change in (("a", False), ("b", True)):
        panel.choose(lesion)
        assert entry(panel, "Kind").isVisibleTo(panel) is may_change


def test_a_final_visit_is_shown_without_a_way_to_change_it(panel: LesionPanel) -> None:
    show(panel, two_ulcers().final())
    assert chips(panel) == {}
    assert not any(line.isVisibleTo(panel) for line in panel.findChildren(QLineEdit))
    assert not any(box.isVisibleTo(panel) for box in panel.findChildren(QComboBox))
    assert "4.0" in words(panel)


def test_nobody_has_no_lesions(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    panel.show_visit(None, None)
    assert listed(panel) == []
    assert "ulcer" not in words(panel)


def test_healed_tells_what_it_means_here(panel: LesionPanel) -> None:
    show(panel, two_ulcers())
    assert chips(panel)["healed"].toolTip() == (
        "healed: wholly covered by new skin; pain or colour may remain. (Working definitions of this program.)"
    )
    assert chips(panel)["active"].toolTip() == ""


def test_a_contracture_is_asked_for_no_size(panel: LesionPanel) -> None:
    show(panel, a_visit().with_lesion(LesionKind.CONTRACTURE, "R.D4"))
    assert not entry(panel, "Length").isVisibleTo(panel)
    assert list(chips(panel)) == ["present", "resolved", "not seen today"]
