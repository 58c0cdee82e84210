"""The drawing: pressed, dragged, stepped over, heard and seen; the thumb on its right side in every layout."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ssc_hand.charts.scales import Ground
from ssc_hand.domain.anatomy import HANDS, PHALANGES, Aspect, Digit, Hand, Phalanx, Site, Step, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, Reason
from ssc_hand.geometry.hand_map import load
from ssc_hand.ui.hand.accessible import SiteButton
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.hand.picture import Scene
from ssc_hand.ui.hand.view import HandView, Spot
from ssc_hand.ui.models.selection import SiteSelection
from tests.builders import a_patient, a_record, a_visit, an_amputation

LEFT = Qt.MouseButton.LeftButton
INDEX, TIP = parse_site("R.D2"), parse_site("R.D2.distal")
PLACES = (*HANDS, *PHALANGES)
#: Which way the thumb points from the little finger, seen as if the hands were my own.
THUMB_IS_LEFT = {
    (Hand.RIGHT, Aspect.DORSAL): True,
    (Hand.RIGHT, Aspect.PALMAR): False,
    (Hand.LEFT, Aspect.DORSAL): False,
    (Hand.LEFT, Aspect.PALMAR): True,
}

every_layout = pytest.mark.parametrize(
    ("aspect", "posture"), [(aspect, posture) for aspect in Aspect for posture in Posture], ids=str
)
every_hand = pytest.mark.parametrize("hand", Hand, ids=lambda hand: hand.name)


def lay(view: HandView, aspect: Aspect, posture: Posture) -> None:
    """Lay the hands so."""
    view.set_aspect(aspect)
    view.set_posture(posture)


def press(
    qtbot: QtBot,
    view: HandView,
    at: Site | QPoint,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press a place with the mouse."""
    qtbot.mouseClick(view, LEFT, keys, view.point_of(at) if isinstance(at, Site) else at)


def heard(signal: Any) -> list[Any]:
    """What a signal tells from now on."""
    told: list[Any] = []
    signal.connect(lambda *args: told.append(args[0] if len(args) == 1 else args))
    return told


def a_scene(record: PatientRecord, aspect: Aspect = Aspect.DORSAL, layer: str | None = "crt") -> Scene:
    """The last visit of a patient."""
    return Scene(
        record=record,
        visit=record.visits[-1],
        aspect=aspect,
        layer=CATALOGUE[layer] if layer else None,
        ground=Ground.LIGHT,
        older_from=None,
    )


def picture_of(view: HandView) -> QImage:
    """What the view shows now."""
    return view.grab().toImage()


# -- where things are ------------------------------------------------------------------------------------------


@every_hand
@every_layout
def test_the_thumb_is_where_it_belongs(view: HandView, hand: Hand, aspect: Aspect, posture: Posture) -> None:
    lay(view, aspect, posture)
    thumb = view.point_of(Site(hand, Digit.D1, Phalanx.DISTAL)).x()
    little = view.point_of(Site(hand, Digit.D5, Phalanx.DISTAL)).x()
    index = view.point_of(Site(hand, Digit.D2, Phalanx.PROXIMAL)).x()
    turned = posture is Posture.FACING
    assert (thumb < index < little) is (THUMB_IS_LEFT[hand, aspect] is not turned)
    assert (thumb > index > little) is (THUMB_IS_LEFT[hand, aspect] is turned)


@every_layout
def test_fingers_point_up_or_down_and_the_left_hand_stands_at_its_side(
    view: HandView, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    is_own = posture is Posture.AS_OWN
    for hand in Hand:
        tip, palm = view.point_of(Site(hand, Digit.D3, Phalanx.DISTAL)), view.point_of(Site(hand))
        assert (tip.y() < palm.y()) is is_own
    assert (view.point_of(Site(Hand.LEFT)).x() < view.point_of(Site(Hand.RIGHT)).x()) is is_own


@every_layout
@pytest.mark.parametrize("size", [(900, 640), (420, 320), (1400, 500)])
def test_every_place_is_found_under_its_point(
    view: HandView, aspect: Aspect, posture: Posture, size: tuple[int, int]
) -> None:
    view.resize(*size)
    lay(view, aspect, posture)
    for site in PLACES:
        assert view.site_at(QPointF(view.point_of(site))) == site
        assert view.rect().contains(view.point_of(site))


@every_layout
def test_nothing_is_under_the_corners_and_between_the_hands(view: HandView, aspect: Aspect, posture: Posture) -> None:
    lay(view, aspect, posture)
    middle = view.rect().center().x()
    for x, y in ((1, 1), (898, 1), (1, 638), (898, 638), (middle, 320)):
        assert view.site_at(QPointF(x, y)) is None


# -- pressing --------------------------------------------------------------------------------------------------


@every_layout
def test_a_press_chooses_the_digit_and_a_second_one_its_phalanx(
    view: HandView, qtbot: QtBot, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    pressed = heard(view.site_pressed)
    for site in PHALANGES:
        view.show_choice(())
        press(qtbot, view, site)
        assert pressed[-1] == (site.of_digit, False)
        view.show_choice((site.of_digit,))
        press(qtbot, view, site)
        assert pressed[-1] == (site, False)


@every_layout
def test_a_press_on_palm_or_back_chooses_the_hand(
    view: HandView, qtbot: QtBot, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    pressed = heard(view.site_pressed)
    for site in HANDS:
        press(qtbot, view, site)
    assert pressed == [(site, False) for site in HANDS]


@pytest.mark.parametrize("key", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_a_press_with_control_or_shift_adds_to_the_choice(
    view: HandView, qtbot: QtBot, followed: SiteSelection, key: Qt.KeyboardModifier
) -> None:
    press(qtbot, view, TIP)
    press(qtbot, view, parse_site("L.D4.distal"), key)
    assert followed.sites == (INDEX, parse_site("L.D4"))


def test_a_press_beside_the_hands_chooses_nothing(view: HandView, qtbot: QtBot) -> None:
    pressed = heard(view.site_pressed)
    press(qtbot, view, QPoint(2, 2))
    assert pressed == []


def test_the_right_button_asks_for_a_menu_at_the_spot_and_chooses_nothing(view: HandView, qtbot: QtBot) -> None:
    pressed, asked = heard(view.site_pressed), heard(view.menu_requested)
    at = view.point_of(TIP)
    qtbot.mouseClick(view, Qt.MouseButton.RightButton, pos=at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at))
    QApplication.sendEvent(view, event)
    (spot,) = asked
    assert isinstance(spot, Spot) and spot.site == TIP
    assert pressed == []


def drag(view: HandView, *sites: Site) -> None:
    """Drag the mouse over these places."""
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(sites) - 1), QEvent.Type.MouseButtonRelease]
    for kind, site in zip(kinds, (*sites, sites[-1]), strict=True):
        at = QPointF(view.point_of(site))
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
        button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
        event = QMouseEvent(kind, at, view.mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)


def test_a_drag_across_digits_chooses_them_all(view: HandView, followed: SiteSelection) -> None:
    digits = [parse_site(f"R.D{n}.middle") for n in (2, 3, 4)]
    drag(view, *digits)
    assert followed.sites == tuple(site.of_digit for site in digits)


def test_a_drag_within_one_digit_chooses_it_alone(view: HandView, followed: SiteSelection) -> None:
    drag(view, parse_site("R.D2.distal"), parse_site("R.D2.middle"))
    assert followed.sites == (INDEX,)


def test_after_a_drag_has_ended_moving_chooses_nothing(view: HandView, followed: SiteSelection, qtbot: QtBot) -> None:
    drag(view, parse_site("R.D2.middle"), parse_site("R.D3.middle"))
    qtbot.mouseMove(view, view.point_of(parse_site("R.D5.middle")))
    assert len(followed.sites) == 2


def test_the_thumbnail_turns_the_hands_over_and_is_no_place(view: HandView, qtbot: QtBot) -> None:
    flipped, pressed = heard(view.flip_requested), heard(view.site_pressed)
    view.flip_requested.connect(lambda: view.set_aspect(view.aspect.other))
    seen = []
    for _time in range(2):
        press(qtbot, view, view.thumbnail_rect().center())
        seen.append(view.aspect)
    assert seen == [Aspect.PALMAR, Aspect.DORSAL]
    assert len(flipped) == 2 and pressed == []


@every_layout
def test_the_thumbnail_covers_no_place(view: HandView, aspect: Aspect, posture: Posture) -> None:
    lay(view, aspect, posture)
    thumbnail = view.thumbnail_rect()
    assert view.rect().contains(thumbnail)
    for site in PLACES:
        assert not thumbnail.contains(view.point_of(site))


# -- exact spots -----------------------------------------------------------------------------------------------


@every_layout
@every_hand
@pytest.mark.parametrize("fraction", [(0.5, 0.62), (0.45, 0.7)])
def test_while_marks_are_placed_a_press_tells_its_exact_point(
    view: HandView, qtbot: QtBot, hand: Hand, aspect: Aspect, posture: Posture, fraction: tuple[float, float]
) -> None:
    lay(view, aspect, posture)
    view.set_places_marks(True)
    pressed, spots = heard(view.site_pressed), heard(view.spot_pressed)
    press(qtbot, view, view.point_at(hand, fraction))
    (spot,) = spots
    assert spot.site.hand is hand and spot.aspect is aspect
    assert spot.point == pytest.approx(fraction, abs=0.003)
    assert pressed == []


@every_layout
@every_hand
def test_a_point_is_kept_in_the_frame_of_the_right_hand(
    view: HandView, qtbot: QtBot, hand: Hand, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    view.set_places_marks(True)
    spots = heard(view.spot_pressed)
    thumb = Site(hand, Digit.D1, Phalanx.DISTAL)
    press(qtbot, view, thumb)
    right = load(aspect, Hand.RIGHT)
    x, y = right.centre_of(Site(Hand.RIGHT, Digit.D1, Phalanx.DISTAL))
    assert spots[0].site == thumb
    assert spots[0].point == pytest.approx((x / right.size[0], y / right.size[1]), abs=0.005)
    assert (spots[0].point[0] < 0.5) is (aspect is Aspect.DORSAL)


@pytest.mark.parametrize("aspect", Aspect)
def test_mirrored_places_on_the_screen_give_the_same_point(view: HandView, qtbot: QtBot, aspect: Aspect) -> None:
    lay(view, aspect, Posture.AS_OWN)
    view.set_places_marks(True)
    spots = heard(view.spot_pressed)
    for site in (TIP, parse_site("R.D1.distal"), parse_site("R.D5.proximal"), parse_site("R")):
        at = view.point_of(site)
        press(qtbot, view, at)
        press(qtbot, view, QPoint(view.width() - at.x(), at.y()))
        right, left = spots[-2:]
        assert left.site == right.site.mirrored()
        assert left.point == pytest.approx(right.point, abs=0.005)


# -- keys ------------------------------------------------------------------------------------------------------

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@every_layout
def test_arrow_keys_go_the_way_they_point(
    view: HandView, qtbot: QtBot, followed: SiteSelection, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    for site in PLACES:
        for key, (right, down) in ARROWS.items():
            followed.choose(site)
            qtbot.keyClick(view, key)
            there = followed.current
            assert there is not None
            if there == site or there.hand is not site.hand or there.digit is None or site.digit is None:
                continue
            gap = view.point_of(there) - view.point_of(site)
            assert gap.x() * right > 0 or gap.y() * down > 0, f"{site} {key} {there}"


@every_layout
def test_from_a_hand_the_fingers_are_reached_the_way_they_point(
    view: HandView, qtbot: QtBot, followed: SiteSelection, aspect: Aspect, posture: Posture
) -> None:
    lay(view, aspect, posture)
    followed.choose(Site(Hand.LEFT))
    qtbot.keyClick(view, Qt.Key.Key_Up if posture is Posture.AS_OWN else Qt.Key.Key_Down)
    assert followed.current == parse_site("L.D3.proximal")


def test_an_arrow_from_nothing_goes_to_the_right_thumb(view: HandView, qtbot: QtBot, followed: SiteSelection) -> None:
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert followed.current == parse_site("R.D1")


def test_an_arrow_asks_for_a_step_of_the_hand(view: HandView, qtbot: QtBot) -> None:
    steps = heard(view.step_requested)
    view.show_choice((INDEX,))
    for key in ARROWS:
        qtbot.keyClick(view, key)
    assert steps == [Step.RADIAL, Step.ULNAR, Step.DISTAL, Step.PROXIMAL]


def test_an_arrow_with_shift_chooses_the_next_digit_too_and_gives_it_back(
    view: HandView, qtbot: QtBot, followed: SiteSelection
) -> None:
    followed.choose(parse_site("R.D4"))
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
        seen.append([site.code for site in followed.sites])
    right = ["R.D4", "R.D5"]
    assert seen == [right, [*right, "L.D5"], right, right]


def test_an_arrow_with_shift_from_a_phalanx_chooses_whole_digits(
    view: HandView, qtbot: QtBot, followed: SiteSelection
) -> None:
    followed.choose(TIP)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert followed.sites == (INDEX, parse_site("R.D3"))


# -- heard -----------------------------------------------------------------------------------------------------


def button(view: HandView, site: Site) -> SiteButton:
    """The button of a site."""
    found = view.findChild(SiteButton, site.code)
    assert isinstance(found, SiteButton)
    return found


def spoken(view: HandView, code: str) -> str:
    """What a screen reader says of a site."""
    found = button(view, parse_site(code))
    return f"{found.accessibleName()}: {found.accessibleDescription()}"


def test_every_place_is_a_named_button_over_its_shape(view: HandView) -> None:
    for site in PLACES:
        found = button(view, site)
        assert found.accessibleName() == site.name
        assert found.isVisible() and found.geometry().contains(view.point_of(site))


def test_a_button_tells_value_reason_lesions_and_what_is_not_recorded(view: HandView) -> None:
    visit = a_visit().at("R.D2", crt=[2.0, 3.0]).at("R.D3", crt=Reason.NAIL).with_ulcer("R.D2.distal")
    view.show_scene(a_scene(a_record(visit)))
    assert spoken(view, "R.D2.distal").startswith("right index, distal phalanx: Capillary refill: 2.5 s (mean of 2); ")
    assert "A: ulcer, active, first recorded; palm, exact point not recorded" in spoken(view, "R.D2.distal")
    assert "A: ulcer" not in spoken(view, "R.D2.middle")
    assert "A: ulcer" in spoken(view, "R")
    assert "could not be assessed: nail varnish or pigment" in spoken(view, "R.D3.distal")
    assert "not recorded" in spoken(view, "L.D3.distal")


@every_layout
def test_the_press_of_a_button_chooses_its_place(view: HandView, aspect: Aspect, posture: Posture) -> None:
    lay(view, aspect, posture)
    pressed = heard(view.site_pressed)
    for site in PLACES:
        button(view, site).click()
    assert pressed == [(site, False) for site in PLACES]


def test_buttons_tell_what_is_chosen(view: HandView) -> None:
    view.show_choice((INDEX, parse_site("L.D4.distal")))
    checked = {site.code for site in PLACES if button(view, site).isChecked()}
    assert checked == {"R.D2.proximal", "R.D2.middle", "R.D2.distal", "L.D4.distal"}


def test_buttons_follow_the_drawing_when_it_is_turned_or_made_smaller(view: HandView) -> None:
    lay(view, Aspect.PALMAR, Posture.FACING)
    view.resize(500, 400)
    for site in PLACES:
        assert button(view, site).geometry().contains(view.point_of(site))


def test_a_place_that_is_gone_cannot_be_reached(view: HandView, qtbot: QtBot) -> None:
    at = view.point_of(parse_site("R.D3.distal"))
    patient = a_patient()
    lost = an_amputation(patient, "R.D3", level=AmputationLevel.PIP)
    view.show_scene(a_scene(a_record(a_visit(), patient=patient, amputations=(lost,))))
    pressed = heard(view.site_pressed)
    press(qtbot, view, at)
    assert pressed == []
    assert not button(view, parse_site("R.D3.distal")).isVisible()
    assert not button(view, parse_site("R.D3.middle")).isVisible()
    assert "amputated 2024" in spoken(view, "R.D3.proximal")
    assert button(view, parse_site("R.D3.proximal")).isVisible()


# -- seen ------------------------------------------------------------------------------------------------------


def test_a_value_is_painted_and_another_value_looks_different(view: HandView) -> None:
    pictures = []
    for visit in (a_visit(), a_visit().at("R.D2", crt=2.5), a_visit().at("R.D2", crt=9.5)):
        view.show_scene(a_scene(a_record(visit)))
        pictures.append(picture_of(view))
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_what_could_not_be_assessed_looks_unlike_a_value_and_unlike_nothing(view: HandView) -> None:
    pictures = []
    for visit in (a_visit(), a_visit().at("R.D2", crt=0.0), a_visit().at("R.D2", crt=Reason.PAIN)):
        view.show_scene(a_scene(a_record(visit)))
        pictures.append(picture_of(view))
    assert pictures[0] != pictures[1] != pictures[2] != pictures[0]


def test_a_lesion_is_painted_at_its_face_and_small_on_the_other(view: HandView) -> None:
    empty, ulcer = a_record(a_visit()), a_record(a_visit().with_ulcer("R.D2.distal", x=0.4, y=0.2))
    for aspect in Aspect:
        view.show_scene(a_scene(empty, aspect, None))
        before = picture_of(view)
        view.show_scene(a_scene(ulcer, aspect, None))
        after = picture_of(view)
        rect = view.thumbnail_rect()
        assert (before.copy(rect) != after.copy(rect)) is (aspect is Aspect.DORSAL)
        assert before != after


def test_the_choice_is_highlighted(view: HandView) -> None:
    view.show_scene(a_scene(a_record(a_visit())))
    before = picture_of(view)
    view.show_choice((INDEX,))
    chosen = picture_of(view)
    view.show_choice((TIP,))
    assert before != chosen != picture_of(view) != before


def test_without_a_visit_nothing_looks_as_if_keys_went_there(view: HandView) -> None:
    before = picture_of(view)
    view.show_choice((INDEX,))
    assert picture_of(view) == before


def test_at_a_final_visit_the_chosen_digit_has_no_field_for_a_value(view: HandView) -> None:
    pictures = []
    for visit in (a_visit(), a_visit().final()):
        view.show_scene(a_scene(a_record(visit)))
        view.show_choice(())
        before = picture_of(view)
        view.show_choice((INDEX,))
        pictures.append((before, picture_of(view)))
    (draft, asked), (final, chosen) = pictures
    assert draft == final
    assert final != chosen != asked


def test_the_current_one_of_several_is_told_from_the_others(view: HandView) -> None:
    view.show_scene(a_scene(a_record(a_visit())))
    pictures = []
    for current in (INDEX, parse_site("R.D3"), None):
        view.show_choice((INDEX, parse_site("R.D3")), current)
        pictures.append(picture_of(view))
    assert pictures[0] != pictures[1]
    assert pictures[1] == pictures[2]  # where nothing else is told, the last


def test_the_current_one_is_told_without_colour_too(view: HandView) -> None:
    """An arrow on the hand before the knuckle, in grey as well as in colour."""
    view.show_scene(a_scene(a_record(a_visit())))
    hand = load(Aspect.DORSAL, Hand.RIGHT)
    knuckle = hand.axes[INDEX][0]
    before_it = view.point_at(Hand.RIGHT, hand.fraction(knuckle[0] + 12, knuckle[1] + 55))
    plain = picture_of(view).pixelColor(before_it).lightness()
    view.show_choice((INDEX, parse_site("R.D3")), INDEX)
    assert abs(picture_of(view).pixelColor(before_it).lightness() - plain) > 40


def test_another_palette_is_painted_at_once(view: HandView) -> None:
    before = picture_of(view)
    dark = QPalette(view.palette())
    for role, colour in (("Window", "#202020"), ("Base", "#202020"), ("WindowText", "#f0f0f0"), ("Text", "#f0f0f0")):
        dark.setColor(QPalette.ColorRole[role], QColor(colour))
    view.setPalette(dark)
    after = picture_of(view)
    assert before != after
    assert after.pixelColor(2, 2).lightness() < 100 < before.pixelColor(2, 2).lightness()


def test_hands_about_which_nothing_is_known_are_shown_with_their_sides(view: HandView) -> None:
    view.show_scene(None)
    assert view.words_of(TIP) == "right index, distal phalanx"
    assert picture_of(view).pixelColor(view.point_of(parse_site("R"))) != picture_of(view).pixelColor(2, 2)


def test_a_press_on_a_mark_opens_its_lesion_and_chooses_its_place(view: HandView, qtbot: QtBot) -> None:
    record = a_record(a_visit().with_ulcer("R.D2.distal", id="a"))
    view.show_scene(a_scene(record, Aspect.PALMAR))
    opened, pressed = heard(view.lesion_pressed), heard(view.site_pressed)
    press(qtbot, view, TIP)
    assert opened == ["a"]
    assert pressed == [(TIP, False)]


def test_the_side_is_named_over_a_part_of_a_hand_too(view: HandView) -> None:
    assert not view.pinned_sides()
    view.set_zoom(view.zoom.scaled(3.0, QPointF(5, 500)))
    assert list(view.pinned_sides()) == [Hand.LEFT]
    view.set_zoom(view.zoom.whole().scaled(3.0, QPointF(895, 500)))
    assert list(view.pinned_sides()) == [Hand.RIGHT]
    (column,) = view.pinned_sides().values()
    assert view.rect().toRectF().contains(column.topLeft())
