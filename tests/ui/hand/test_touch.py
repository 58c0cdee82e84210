"""Fingers on the drawing: tap, long press, pinch, push, and a touch that means two places."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from ssc_hand.charts.scales import Ground
from ssc_hand.domain.anatomy import PHALANGES, Aspect, Hand, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.geometry.hand_map import load
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.hand.picture import Scene
from ssc_hand.ui.hand.view import HandView, Spot
from ssc_hand.ui.hand.zoom import LARGEST
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel
from tests.builders import a_record, a_visit

SCREEN = QTest.createTouchDevice()
INDEX, MIDDLE, RING = (parse_site(f"R.D{number}") for number in (2, 3, 4))
TIP = parse_site("R.D2.distal")
UNPUSHED = QPoint(0, 0)


def heard(signal: Any) -> list[Any]:
    """What a signal tells from now on."""
    told: list[Any] = []
    signal.connect(lambda *args: told.append(args[0] if len(args) == 1 else args))
    return told


class Finger:
    """One finger on the drawing; the steps of several are told together."""

    def __init__(self, view: HandView, number: int = 0) -> None:
        self._view, self._number = view, number

    def down(self, at: QPoint) -> Finger:
        """Come down at a point."""
        QTest.touchEvent(self._view, SCREEN, False).press(self._number, at, self._view).commit(True)
        return self

    def to(self, *points: QPoint) -> Finger:
        """Move over these points."""
        for at in points:
            QTest.touchEvent(self._view, SCREEN, False).move(self._number, at, self._view).commit(True)
        return self

    def up(self, at: QPoint) -> None:
        """Leave."""
        QTest.touchEvent(self._view, SCREEN, False).release(self._number, at, self._view).commit(True)


def tap(view: HandView, at: QPoint) -> None:
    """Touch a point shortly."""
    Finger(view).down(at).up(at)


def pinch(view: HandView, middle: QPoint, *, apart: tuple[int, int], push: QPoint = UNPUSHED) -> None:
    """Two fingers beside a point, so many pixels from it, then so many; meanwhile pushed."""
    before, after = (QPoint(far, 0) for far in apart)
    touch = QTest.touchEvent(view, SCREEN, False)
    touch.press(0, middle - before, view).press(1, middle + before, view).commit(True)
    touch.move(0, middle - after + push, view).move(1, middle + after + push, view).commit(True)
    touch.release(0, middle - after + push, view).release(1, middle + after + push, view).commit(True)


def shown_words(view: HandView) -> str:
    """The sentence that stands over the drawing."""
    return " ".join(label.text() for label in view.findChildren(PlainLabel) if label.isVisible())


def way_back(view: HandView) -> QToolButton:
    """The button that shows both hands whole again."""
    return next(button for button in view.findChildren(QToolButton) if button.text() == "Whole hands")


# -- one finger ------------------------------------------------------------------------------------------------


def test_a_tap_chooses_the_digit_as_a_press_does(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    tap(view, view.point_of(TIP))
    assert pressed == [(INDEX, False)]


def test_a_tap_takes_the_keys_to_the_drawing(view: HandView, qtbot: QtBot) -> None:
    view.clearFocus()
    tap(view, view.point_of(TIP))
    qtbot.waitUntil(view.hasFocus)


def test_a_mouse_event_made_from_a_touch_chooses_nothing_more(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    tap(view, view.point_of(TIP))
    at = QPointF(view.point_of(TIP))
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease):
        event = QMouseEvent(
            kind,
            at,
            at,
            QPointF(view.mapToGlobal(at)),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.MouseEventSource.MouseEventSynthesizedBySystem,
        )
        QApplication.sendEvent(view, event)
    assert pressed == [(INDEX, False)]


def test_a_touch_beside_a_digit_chooses_it_when_no_other_is_near(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    beside = view.point_of(parse_site("R.D5.distal"))
    while view.site_at(QPointF(beside)) is not None:
        beside += QPoint(1, 0)
    tap(view, beside + QPoint(4, 0))
    assert pressed == [(parse_site("R.D5"), False)]


def test_a_touch_far_from_the_hands_does_nothing(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    tap(view, QPoint(3, 3))
    assert pressed == [] and view.zoom.is_whole


def test_every_digit_can_be_chosen_by_a_finger_in_a_glove(view: HandView, followed: SiteSelection) -> None:
    for size in ((900, 640), (520, 400)):
        view.resize(*size)
        for digit in dict.fromkeys(site.of_digit for site in PHALANGES):
            tap(view, view.point_of(Site(digit.hand, digit.digit, digit.digit.phalanges[-1])))  # type: ignore[union-attr]
            assert followed.sites == (digit,)


def test_a_tap_on_the_small_picture_turns_the_hands_over(view: HandView) -> None:
    flipped, pressed = heard(view.flip_requested), heard(view.site_pressed)
    tap(view, view.thumbnail_rect().center())
    assert len(flipped) == 1 and pressed == []


def test_a_long_press_asks_for_the_menu_of_its_spot_and_chooses_nothing(view: HandView) -> None:
    asked, pressed = heard(view.menu_requested), heard(view.site_pressed)
    at = view.point_of(TIP)
    finger = Finger(view).down(at)
    assert view.touch.fingers.hold.isActive()
    view.touch.fingers.hold.timeout.emit()
    (spot,) = asked
    assert isinstance(spot, Spot) and spot.site == TIP and spot.at == view.mapToGlobal(at)
    finger.up(at)
    assert pressed == []


def test_a_finger_that_moves_or_leaves_waits_for_no_menu(view: HandView) -> None:
    asked = heard(view.menu_requested)
    at = view.point_of(TIP)
    finger = Finger(view).down(at).to(at + QPoint(40, 0))
    assert not view.touch.fingers.hold.isActive()
    finger.up(at + QPoint(40, 0))
    tap(view, at)
    assert not view.touch.fingers.hold.isActive()
    assert asked == []


def test_a_finger_that_trembles_still_taps(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    at = view.point_of(TIP)
    Finger(view).down(at).to(at + QPoint(2, 2)).up(at + QPoint(2, 2))
    assert pressed == [(INDEX, False)]


def test_a_finger_dragged_across_digits_chooses_them_all(view: HandView, followed: SiteSelection) -> None:
    points = [view.point_of(parse_site(f"R.D{number}.middle")) for number in (2, 3, 4)]
    Finger(view).down(points[0]).to(*points[1:]).up(points[-1])
    dragged = followed.sites
    tap(view, view.point_of(TIP))
    assert [dragged, followed.sites] == [(INDEX, MIDDLE, RING), (INDEX,)]


# -- two fingers -----------------------------------------------------------------------------------------------


def test_a_pinch_enlarges_the_hands_around_the_fingers_and_chooses_nothing(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    at = view.point_of(TIP)
    pinch(view, at, apart=(40, 80))
    assert view.zoom.factor == pytest.approx(2, abs=0.05)
    assert (view.point_of(TIP) - at).manhattanLength() < 12
    assert pressed == [] and not view.touch.fingers.hold.isActive()


@pytest.mark.parametrize(("apart", "factor"), [((20, 200), LARGEST), ((200, 20), 1.0)])
def test_a_pinch_ends_at_the_largest_and_at_whole_hands(view: HandView, apart: tuple[int, int], factor: float) -> None:
    pinch(view, view.rect().center(), apart=apart)
    assert view.zoom.factor == pytest.approx(factor)


def test_two_fingers_push_the_enlarged_hands(view: HandView) -> None:
    pinch(view, view.rect().center(), apart=(40, 120))
    before = view.point_of(TIP)
    pinch(view, view.rect().center(), apart=(60, 60), push=QPoint(30, 20))
    assert view.point_of(TIP) - before == QPoint(30, 20)


def test_one_finger_pushes_the_enlarged_hands_and_never_out_of_sight(view: HandView) -> None:
    pinch(view, view.rect().center(), apart=(40, 120))
    pressed, before, start = heard(view.sites_dragged), view.point_of(TIP), view.rect().center()
    Finger(view).down(start).to(start + QPoint(25, 10)).up(start + QPoint(25, 10))
    assert view.point_of(TIP) - before == QPoint(25, 10)
    for _time in range(9):
        Finger(view).down(start).to(start + QPoint(400, 300)).up(start + QPoint(400, 300))
    corner = view.zoom.to_view.map(QPointF(0, 0))
    assert 0 <= corner.x() < 10 and 0 <= corner.y() < 10
    assert pressed == []


@pytest.mark.parametrize("posture", Posture, ids=str)
@pytest.mark.parametrize("aspect", Aspect)
def test_every_place_is_found_under_its_point_when_enlarged(view: HandView, aspect: Aspect, posture: Posture) -> None:
    view.set_aspect(aspect)
    view.set_posture(posture)
    pinch(view, QPoint(300, 250), apart=(40, 130))
    for site in PHALANGES:
        assert view.site_at(QPointF(view.point_of(site))) == site


def test_the_way_back_is_a_large_button_and_a_key(view: HandView, qtbot: QtBot) -> None:
    assert not way_back(view).isVisible()
    pinch(view, view.rect().center(), apart=(40, 120))
    button = way_back(view)
    assert button.isVisible() and button.height() >= millimetres(view, TARGET_MM)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert view.zoom.is_whole and not button.isVisible()
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.factor > 1
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.is_whole


def test_enlarged_hands_hide_no_digit_under_the_small_picture(view: HandView) -> None:
    pinch(view, view.thumbnail_rect().center(), apart=(40, 120))
    flipped = heard(view.flip_requested)
    tap(view, view.thumbnail_rect().center())
    assert flipped == []


def test_the_wheel_enlarges_with_control_and_pushes_without(view: HandView) -> None:
    at = QPointF(view.point_of(TIP))

    def turn(notches: int, keys: Qt.KeyboardModifier) -> None:
        event = QWheelEvent(
            at,
            QPointF(view.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            keys,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, event)

    turn(3, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.factor > 1.5
    assert (view.point_of(TIP) - at.toPoint()).manhattanLength() < 20
    before = view.point_of(TIP)
    turn(-1, Qt.KeyboardModifier.NoModifier)
    assert view.point_of(TIP).y() < before.y()
    turn(-9, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom.is_whole


def test_the_current_digit_is_brought_into_sight(view: HandView) -> None:
    pinch(view, view.point_of(TIP), apart=(30, 120))
    for code in ("L.D1.distal", "L.D5.distal", "R.D5.distal"):
        site = parse_site(code)
        view.show_choice((site.of_digit,))
        assert view.rect().contains(view.point_of(site))


# -- two places under one finger -------------------------------------------------------------------------------


def between(view: HandView, one: Site, other: Site) -> QPoint:
    """A point of the first site as near as can be to the second."""
    at, end = QPointF(view.point_of(one)), QPointF(view.point_of(other))
    step = (end - at) / 200
    while view.site_at(at + step) == one:
        at += step
    return at.toPoint()


def test_a_touch_near_two_digits_enlarges_first_and_chooses_at_the_second_press(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    view.resize(420, 320)
    root = between(view, parse_site("R.D3.proximal"), parse_site("R.D4.proximal"))
    tap(view, root)
    assert pressed == [] and view.zoom.factor >= 3
    assert "press again" in shown_words(view)
    tap(view, view.point_of(parse_site("R.D3.proximal")))
    assert pressed == [(MIDDLE, False)]
    assert view.zoom.is_whole and shown_words(view) == ""


def test_a_second_phalanx_counts_once_the_digit_is_chosen(view: HandView) -> None:
    pressed = heard(view.site_pressed)
    joint = between(view, TIP, parse_site("R.D2.middle"))
    tap(view, joint)
    assert pressed == [(INDEX, False)] and view.zoom.is_whole
    view.show_choice((INDEX,))
    tap(view, joint)
    assert len(pressed) == 1 and not view.zoom.is_whole
    tap(view, view.point_of(parse_site("R.D2.middle")))
    assert pressed[-1] == (parse_site("R.D2.middle"), False)


@pytest.mark.parametrize("hand", Hand, ids=lambda hand: hand.name)
@pytest.mark.parametrize("aspect", Aspect)
def test_a_mark_put_with_a_finger_is_enlarged_first_and_exact(view: HandView, hand: Hand, aspect: Aspect) -> None:
    view.set_aspect(aspect)
    view.set_places_marks(True)
    spots = heard(view.spot_pressed)
    site = Site(hand, TIP.digit, TIP.phalanx)
    joint = between(view, site, parse_site(f"{hand.value}.D2.middle"))
    tap(view, joint)
    assert spots == [] and not view.zoom.is_whole
    at = view.point_of(site) + QPoint(3, -4)
    wanted = view.aim.locate(QPointF(at))
    assert wanted is not None
    tap(view, at)
    (spot,) = spots
    assert (spot.site, spot.point) == wanted
    assert view.zoom.is_whole


def test_a_mark_in_the_middle_of_the_palm_needs_no_second_press(view: HandView) -> None:
    view.set_places_marks(True)
    spots = heard(view.spot_pressed)
    tap(view, view.point_at(Hand.RIGHT, (0.45, 0.75)))
    assert [spot.site for spot in spots] == [parse_site("R")]


def test_a_mark_is_never_put_beside_the_hand(view: HandView) -> None:
    view.set_places_marks(True)
    spots = heard(view.spot_pressed)
    beside = view.point_of(parse_site("R.D5.distal"))
    while view.site_at(QPointF(beside)) is not None:
        beside += QPoint(1, 0)
    tap(view, beside + QPoint(3, 0))
    assert spots == []


def test_a_touch_on_a_mark_opens_its_lesion_and_one_near_two_enlarges(view: HandView) -> None:
    palm = load(Aspect.PALMAR, Hand.RIGHT)
    x, y = (at / size for at, size in zip(palm.centre_of(TIP), palm.size, strict=True))

    def scene(*, with_second: bool) -> Scene:
        visit = a_visit().with_ulcer("R.D2.distal", id="a", x=x, y=y)
        visit = visit.with_ulcer("R.D2.distal", id="b", x=x, y=y + 0.02) if with_second else visit
        record = a_record(visit)
        return Scene(record, record.visits[-1], Aspect.PALMAR, CATALOGUE["crt"], Ground.LIGHT, None)

    view.show_scene(scene(with_second=False))
    opened = heard(view.lesion_pressed)
    tap(view, view.aim.mark_of("a").toPoint())
    assert opened == ["a"]
    view.show_scene(scene(with_second=True))
    tap(view, ((view.aim.mark_of("a") + view.aim.mark_of("b")) / 2).toPoint())
    assert opened == ["a"] and not view.zoom.is_whole
    tap(view, view.aim.mark_of("b").toPoint())
    assert opened == ["a", "b"]
