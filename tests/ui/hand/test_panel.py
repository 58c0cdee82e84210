"""The drawing with its bar: layers, faces, postures, and marks placed at their exact point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QMenu
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, Hand, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import LesionKind, Sex, Status
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.hand.legend import Legend
from ssc_hand.ui.hand.panel import HandPanel
from tests.builders import VisitBuilder, a_moment, a_patient, a_record, a_visit
from tests.ui.finding import the

TIP = parse_site("R.D2.distal")
A_WOMAN = a_patient(sex=Sex.FEMALE, birth_date=a_moment().date().replace(year=1964))


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[HandPanel]:
    made = HandPanel()
    qtbot.addWidget(made)
    made.resize(900, 760)
    made.show()
    qtbot.waitExposed(made)
    yield made
    for menu in made.findChildren(QMenu):
        menu.close()


def show(panel: HandPanel, *visits: VisitBuilder) -> PatientRecord:
    """Show the last of these visits."""
    record = a_record(*visits, patient=A_WOMAN)
    panel.show_visit(record, record.visits[-1], older_from=None)
    return record


def placed(panel: HandPanel) -> list[Any]:
    """The marks that are placed from now on."""
    told: list[Any] = []
    panel.lesion_placed.connect(lambda kind, spot: told.append((kind, spot)))
    return told


def tool(panel: HandPanel, kind: LesionKind) -> QAction:
    """The tool that places this kind of lesion."""
    return next(action for action in panel.tool_actions if LesionKind.of(action.data()) is kind)


def press(qtbot: QtBot, panel: HandPanel, at: QPoint) -> None:
    """Press the drawing."""
    qtbot.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=at)


@pytest.mark.parametrize("hand", Hand, ids=lambda hand: hand.name)
@pytest.mark.parametrize("aspect", Aspect)
def test_a_mark_stands_at_the_point_that_was_pressed(
    panel: HandPanel, qtbot: QtBot, hand: Hand, aspect: Aspect
) -> None:
    show(panel, a_visit())
    panel.show_aspect(aspect)
    marks = placed(panel)
    tool(panel, LesionKind.ULCER).trigger()
    press(qtbot, panel, panel.view.point_at(hand, (0.47, 0.66)))
    ((kind, spot),) = marks
    assert kind is LesionKind.ULCER
    assert (spot.site.hand, spot.aspect) == (hand, aspect)
    assert spot.point == pytest.approx((0.47, 0.66), abs=0.003)


def test_a_mark_on_the_left_hand_is_kept_as_on_the_right(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    marks = placed(panel)
    for site in (TIP, TIP.mirrored()):
        tool(panel, LesionKind.CALCINOSIS).trigger()
        press(qtbot, panel, panel.view.point_of(site))
    (_kind, right), (_also, left) = marks
    assert (right.site, left.site) == (TIP, TIP.mirrored())
    assert left.point == pytest.approx(right.point, abs=0.004)


def test_a_tool_places_one_mark_and_is_put_away(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    marks = placed(panel)
    tool(panel, LesionKind.ULCER).trigger()
    for _time in range(2):
        press(qtbot, panel, panel.view.point_of(TIP))
    assert len(marks) == 1
    assert not any(action.isChecked() for action in panel.tool_actions)


def test_a_tool_chosen_again_is_put_away_unused(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    marks = placed(panel)
    tool(panel, LesionKind.ULCER).trigger()
    tool(panel, LesionKind.ULCER).trigger()
    press(qtbot, panel, panel.view.point_of(TIP))
    assert marks == []


def test_a_press_beside_the_hand_places_nothing_and_keeps_the_tool(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    marks = placed(panel)
    tool(panel, LesionKind.ULCER).trigger()
    press(qtbot, panel, QPoint(2, 2))
    assert marks == [] and tool(panel, LesionKind.ULCER).isChecked()


def test_on_a_final_visit_nothing_can_be_placed(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    tool(panel, LesionKind.ULCER).trigger()
    show(panel, a_visit().final())
    marks = placed(panel)
    press(qtbot, panel, panel.view.point_of(TIP))
    assert marks == []
    assert not any(action.isChecked() for action in panel.tool_actions)


def open_menu(panel: HandPanel) -> QMenu | None:
    """The menu of the right button at the tip of the right index."""
    at = panel.view.point_of(TIP)
    before = set(panel.findChildren(QMenu))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, panel.view.mapToGlobal(at))
    QApplication.sendEvent(panel.view, event)
    return next((menu for menu in panel.findChildren(QMenu) if menu not in before), None)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_the_menu_of_a_spot_names_it_and_places_any_kind(panel: HandPanel) -> None:
    show(panel, a_visit())
    marks = placed(panel)
    menu = open_menu(panel)
    assert menu is not None
    heading, *actions = menu.actions()
    assert heading.text() == "right index, distal phalanx" and not heading.isEnabled()
    assert len(actions) == len(LesionKind)
    next(action for action in actions if "gangrene" in action.text()).trigger()
    ((kind, spot),) = marks
    assert (kind, spot.site) == (LesionKind.GANGRENE, TIP)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_the_menu_of_a_spot_moves_a_mark_of_that_hand_there(panel: HandPanel) -> None:
    record = show(panel, a_visit().with_ulcer("R.D3.distal").with_ulcer("L.D3.distal"))
    panel.show_aspect(record.lesions[0].aspect)
    moved: list[Any] = []
    panel.lesion_moved.connect(lambda lesion_id, spot: moved.append((lesion_id, spot.site)))
    menu = open_menu(panel)
    assert menu is not None
    moves = [action for action in menu.actions() if action.text().startswith("Move")]
    here = [lesion for lesion in record.lesions if lesion.site.hand is Hand.RIGHT]
    assert [action.text() for action in moves] == [f"Move {here[0].letter} here"]
    moves[0].trigger()
    assert moved == [(here[0].id, TIP)]


def test_a_lesion_can_be_asked_for_at_the_chosen_place_by_keys(panel: HandPanel, qtbot: QtBot) -> None:
    show(panel, a_visit())
    action = next(each for each in panel.wanted_actions if LesionKind.of(each.data()) is LesionKind.ULCER)
    assert action.shortcut().toString() == "Ctrl+U"
    with qtbot.waitSignal(panel.lesion_wanted, check_params_cb=lambda kind: kind is LesionKind.ULCER):
        action.trigger()


def test_a_final_visit_has_no_menu(panel: HandPanel) -> None:
    show(panel, a_visit().final())
    assert open_menu(panel) is None


def test_the_hands_are_turned_over_by_key_press_and_by_a_lesion_on_the_other_face(
    panel: HandPanel, qtbot: QtBot
) -> None:
    show(panel, a_visit())
    seen = [panel.view.aspect]
    panel.flip_action.trigger()
    seen.append(panel.view.aspect)
    press(qtbot, panel, panel.view.thumbnail_rect().center())
    seen.append(panel.view.aspect)
    panel.show_aspect(Aspect.PALMAR)
    panel.show_aspect(Aspect.PALMAR)
    seen.append(panel.view.aspect)
    assert seen == [Aspect.DORSAL, Aspect.PALMAR, Aspect.DORSAL, Aspect.PALMAR]
    assert panel.flip_action.shortcut().toString() == "F3"


def test_the_face_stays_while_values_are_entered(panel: HandPanel) -> None:
    show(panel, a_visit())
    panel.flip()
    show(panel, a_visit().at("R.D2", crt=2.0))
    assert panel.view.aspect is Aspect.PALMAR


def test_each_layer_has_an_action_and_the_last_shows_lesions_alone(panel: HandPanel) -> None:
    show(panel, a_visit().at("R.D2", crt=2.5, pain=7))
    changed: list[Any] = []
    panel.layer_changed.connect(changed.append)
    spoken = []
    for action in panel.layer_actions:
        action.trigger()
        spoken.append(panel.view.words_of(parse_site("R.D2.distal")))
    assert changed == [*CATALOGUE.layers, None]
    assert "Capillary refill: 2.5 s" in spoken[0]
    assert "Pain now: 7" in spoken[2]
    assert "\n" not in spoken[-1]
    assert [action.isChecked() for action in panel.layer_actions] == [False] * len(CATALOGUE.layers) + [True]


def test_the_layer_follows_what_is_being_entered_if_it_is_one(panel: HandPanel) -> None:
    show(panel, a_visit())
    panel.show_layer(CATALOGUE["pain"])
    assert panel.layer is CATALOGUE["pain"]
    panel.show_layer(CATALOGUE["room_temp"])
    assert panel.layer is CATALOGUE["pain"]
    checked = [action.iconText() for action in panel.layer_actions if action.isChecked()]
    assert checked == [CATALOGUE["pain"].head]


def legend_says(panel: HandPanel) -> str:
    """What the legend tells of the layer."""
    return the(Legend, panel).accessibleDescription()


def test_the_legend_tells_unit_meaning_and_room_temperature(panel: HandPanel) -> None:
    show(panel, a_visit().at("V", room_temp=23.5))
    panel.show_layer(CATALOGUE["ddd"])
    assert "Distal-dorsal difference (°C)" in legend_says(panel)
    assert "negative: finger colder than the back of the hand" in legend_says(panel)
    assert "room 23.5 °C" in legend_says(panel)
    show(panel, a_visit())
    assert "room not recorded" in legend_says(panel)


def legend_items(panel: HandPanel) -> list[str]:
    """The words beside the signs of the legend."""
    return [words for _sign, words in the(Legend, panel)._items()]


def test_the_legend_explains_the_flag_of_a_difference_only_where_one_is_flagged(panel: HandPanel) -> None:
    cold = {"skin_temp": 26.0}
    show(panel, a_visit().at("V", room_temp=30.0).at("R", dorsum_temp=30.0).at("R.D2", **cold))
    panel.show_layer(CATALOGUE["ddd"])
    assert "−1 °C or less at a room temperature of 29-31 °C" in legend_items(panel)
    show(panel, a_visit().at("V", room_temp=23.0).at("R", dorsum_temp=30.0).at("R.D2", **cold))
    assert not [words for words in legend_items(panel) if "or less" in words]


def test_the_legend_explains_the_shapes_and_outlines_that_are_on_the_hands(panel: HandPanel) -> None:
    before = a_visit("2026-01-05T09:00").final()
    show(panel, before, a_visit().with_ulcer("R.D2.distal", status=Status.INDETERMINATE))
    assert legend_items(panel)[-4:] == ["ulcer", "indeterminate", "new", "about here"]
    show(panel, a_visit().with_lesion(LesionKind.GANGRENE, "R.D2.distal", x=0.3, y=0.2))
    assert "indeterminate" not in legend_items(panel)
    assert "new" not in legend_items(panel)
    assert "gangrene" in legend_items(panel)


def test_the_posture_is_chosen_and_told(panel: HandPanel) -> None:
    told: list[Any] = []
    panel.posture_changed.connect(told.append)
    box = the(QComboBox, panel)
    box.setCurrentIndex(1)
    seen = [panel.view.posture]
    panel.set_posture(Posture.AS_OWN)
    seen.append(panel.view.posture)
    assert seen == told == [Posture.FACING, Posture.AS_OWN]
    assert [box.itemText(n) for n in range(box.count())] == ["as if my own", "facing me"]


def test_marks_of_the_last_visit_are_shown_behind_when_asked_for(panel: HandPanel) -> None:
    before = a_visit("2025-09-01T09:00").with_ulcer("R.D2.distal", id="a", aspect=Aspect.DORSAL).final()
    show(panel, before, a_visit().with_state("a", Status.NOT_SEEN))
    without = panel.view.grab().toImage()
    panel.previous_action.trigger()
    with_marks = panel.view.grab().toImage()
    panel.previous_action.trigger()
    assert panel.view.grab().toImage() == without
    assert with_marks != without


def test_two_empty_hands_stand_for_no_visit(panel: HandPanel) -> None:
    show(panel, a_visit().at("R.D2", crt=2.5).with_ulcer("R.D2.distal"))
    panel.show_visit(None, None, older_from=None)
    assert panel.view.words_of(TIP) == "right index, distal phalanx"


def dark(palette: QPalette) -> QPalette:
    """The same palette for the night."""
    made = QPalette(palette)
    for role, colour in (("Window", "#202020"), ("Base", "#202020"), ("WindowText", "#f0f0f0"), ("Text", "#f0f0f0")):
        made.setColor(QPalette.ColorRole[role], QColor(colour))
    return made


def test_a_change_to_dark_paints_as_if_it_had_been_dark_from_the_start(panel: HandPanel, qtbot: QtBot) -> None:
    night = dark(panel.palette())
    other = HandPanel()
    qtbot.addWidget(other)
    other.setPalette(night)
    other.resize(panel.size())
    other.show()
    qtbot.waitExposed(other)
    visit = a_visit().at("R.D2", crt=9.5).at("L.D3", crt=3.0)
    for each in (panel, other):
        show(each, visit)
    within_focus_frame = panel.view.rect().adjusted(2, 2, -2, -2)
    by_night = other.view.grab(within_focus_frame).toImage()
    assert panel.view.grab(within_focus_frame).toImage() != by_night
    panel.setPalette(night)
    assert panel.view.grab(within_focus_frame).toImage() == by_night
