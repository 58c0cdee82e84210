"""HandView: both hands of one aspect; press, press again, drag, touch, arrow keys; a thumbnail of the other aspect.

A plain widget that paints from numbers and asks the drawing which site a point belongs to: no scene of items is
kept in step, and a changed value paints its own spot alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssc_hand.domain.anatomy import Aspect, Hand, Site
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.i18n import _
from ssc_hand.ui.hand.accessible import SiteButtons
from ssc_hand.ui.hand.aim import Aim
from ssc_hand.ui.hand.choice import Chosen
from ssc_hand.ui.hand.layers import Layers, Stage
from ssc_hand.ui.hand.layout import Posture, place, sheet_size
from ssc_hand.ui.hand.painting import Brushes
from ssc_hand.ui.hand.picture import HandPicture, Pictures, Scene
from ssc_hand.ui.hand.steps import further, step_of
from ssc_hand.ui.hand.thumbnail import Thumbnail, thumbnail_rect
from ssc_hand.ui.hand.touch import Touch
from ssc_hand.ui.hand.zoom import Zoom
from ssc_hand.ui.hand.zoom_tools import ZoomTools
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import plain_tooltip

#: One notch of the wheel, or one press of the key, makes so much larger.
_NOTCH = 1.25
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that was pressed: the site, the face, the exact place as stored, and where on the screen."""

    site: Site
    aspect: Aspect
    point: tuple[float, float]
    at: QPoint


#: Lines of text that the hands are high at least.
_LEAST_LINES = 10


class HandView(QWidget):
    """The diagram: shows a scene, tells where it is pressed; changes nothing by itself."""

    site_pressed = Signal(object, bool)  #: Site, whether it extends the choice
    sites_dragged = Signal(object)  #: tuple[Site, ...]
    lesion_pressed = Signal(str)  #: id of the lesion whose mark was pressed
    spot_pressed = Signal(object)  #: Spot, while marks are being placed
    menu_requested = Signal(object)  #: Spot
    step_requested = Signal(object)  #: Step
    flip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Hand diagram"))
        self._aspect = Aspect.DORSAL
        self._posture = Posture.AS_OWN
        self._chosen = Chosen()
        self._dragged: list[Site] = []
        self._places_marks = False
        self._has_been_seen = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._rebuild_thumbnail)
        self._pictures = Pictures()
        self._hands: Mapping[Hand, HandPicture] = {}
        self._layers, self._thumbnail = Layers(), Thumbnail()
        self._zoom = Zoom(_size(self), sheet_size(self._aspect))
        self._aim = Aim(self._zoom.to_view, {}, {})
        self._buttons = SiteButtons(self)
        self._buttons.site_chosen.connect(self.site_pressed)
        self._tools = ZoomTools(self, self.zoom_whole, self.zoom_in, self.zoom_out)
        #: What fingers do; its timers can be run out by tests.
        self.touch = Touch(self, self, reach=millimetres(self, TARGET_MM / 2))
        self.touch.hint_changed.connect(self._tools.show_hint)
        self._rebuild()

    # -- what is shown -----------------------------------------------------------------------------------

    @property
    def aspect(self) -> Aspect:
        """The face that is shown large."""
        return self._aspect

    @property
    def posture(self) -> Posture:
        """How the hands lie before the reader."""
        return self._posture

    @property
    def aim(self) -> Aim:
        """What lies where on the widget."""
        return self._aim

    @property
    def zoom(self) -> Zoom:
        """How large the hands are seen, and which part of them."""
        return self._zoom

    @property
    def places_marks(self) -> bool:
        """Whether a press tells its exact spot instead of choosing."""
        return self._places_marks

    @property
    def lesions(self) -> tuple[LesionAt, ...]:
        """All lesions of the visit, on both hands and faces."""
        return self._pictures.lesions

    def show_scene(self, scene: Scene | None) -> None:
        """Show a visit; None shows two hands about which nothing is known. Only what changed is painted anew."""
        self._pictures.show(scene)
        if scene is not None:
            self._aspect = scene.aspect
        self._tell_asked(is_asked=scene is not None and scene.visit.is_draft)
        self._rebuild()

    def _tell_asked(self, *, is_asked: bool) -> None:
        """Whether the current place may look as if the next key went there."""
        if is_asked != self._chosen.is_asked:
            self._chosen = replace(self._chosen, is_asked=is_asked)
            self.update()

    def set_aspect(self, aspect: Aspect) -> None:
        """Show the back of the hands or the palms."""
        self._aspect = aspect
        self._rebuild()

    def set_posture(self, posture: Posture) -> None:
        """Lay the hands as if they were my own, or facing me."""
        self._posture = posture
        self._rebuild()

    def set_places_marks(self, places_marks: bool) -> None:  # noqa: FBT001 - a slot of a checkable action
        """While marks are placed, a press tells its exact spot instead of choosing."""
        self._places_marks = places_marks
        self.setCursor(Qt.CursorShape.CrossCursor if places_marks else Qt.CursorShape.ArrowCursor)

    def show_choice(self, sites: tuple[Site, ...], current: Site | None = None) -> None:
        """Highlight the chosen sites, and most of all the current one: the last, unless another is told."""
        before = self._choice_boxes()
        self._chosen = replace(self._chosen, sites=sites, current=current or (sites[-1] if sites else None))
        self._buttons.show_choice(sites)
        now = self._choice_boxes()
        self.update(self._stage().region([*before.values(), *now.values()]))
        if self._chosen.current in now and not self._zoom.is_whole:
            self.set_zoom(self._zoom.showing(now[self._chosen.current]))

    def _choice_boxes(self) -> dict[Site, QRectF]:
        return self._chosen.boxes(self._stage(), self._hands)

    def set_zoom(self, zoom: Zoom) -> None:
        """See the hands so large, and this part of them."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._rebuild()

    @Slot()
    def zoom_whole(self) -> None:
        """See both hands whole again."""
        self.touch.forget_zoom()
        self.set_zoom(self._zoom.whole())

    @Slot()
    def zoom_in(self) -> None:
        """See the current site larger, or the middle."""
        self._zoom_by(_NOTCH, self._point_of_interest())

    @Slot()
    def zoom_out(self) -> None:
        """See more around the current site."""
        self._zoom_by(1 / _NOTCH, self._point_of_interest())

    def _zoom_by(self, times: float, about: QPointF) -> None:
        self.touch.forget_zoom()
        self.set_zoom(self._zoom.scaled(times, about))

    def _point_of_interest(self) -> QPointF:
        current = self._chosen.current
        if current is None or current.hand is None:
            return QPointF(self.rect().center())
        return self._aim.point_of(current)

    def _rebuild(self) -> None:
        placements = place(self._aspect, self._posture)
        self._zoom = self._zoom.on(_size(self), sheet_size(self._aspect))
        self._hands = {hand: self._pictures.of(self._aspect, hand) for hand in Hand}
        stage = Stage(self.size(), self.devicePixelRatioF(), self._zoom.to_view, placements, self._brushes())
        is_laid_anew = stage != self._layers.stage
        self.update(self._layers.show(stage, self._hands))
        self._rebuild_thumbnail()
        old, self._aim = self._aim, Aim(stage.to_view, placements, self._hands)
        self._buttons.show_words({site: text for hand in Hand for site, text in self._pictures.words(hand).items()})
        if is_laid_anew or any(old.hands[hand].map is not self._hands[hand].map for hand in Hand):
            self._place_buttons()
            self._tools.show_zoom(self._zoom, fingers_up=self._posture is Posture.AS_OWN)
            self.setAccessibleDescription(self._aspect.label)

    @Slot()
    def _rebuild_thumbnail(self) -> None:
        """The other face; of hands about which nothing is known it waits until the window has stood once."""
        if not self._has_been_seen and not self._pictures.has_scene:
            return
        rect, ratio = self.thumbnail_rect(), self.devicePixelRatioF()
        other, brushes = self._aspect.other, self._brushes()
        changed = self._thumbnail.show(self._pictures, other, self._posture, rect, ratio, brushes)
        if self._zoom.is_whole:
            self.update(changed)

    def _brushes(self) -> Brushes:
        return Brushes(self.palette(), self.font())

    def _stage(self) -> Stage:
        assert self._layers.stage is not None
        return self._layers.stage

    # -- geometry ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Wide enough for both hands."""
        return QSize(620, 460)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a laptop, large enough that every phalanx can be pressed and the card of a lesion read."""
        return QSize(300, max(230, self.fontMetrics().height() * _LEAST_LINES))

    def site_at(self, point: QPointF) -> Site | None:
        """The phalanx or hand under a point of the widget."""
        return self._aim.site_at(point)

    def point_of(self, site: Site) -> QPoint:
        """A point of the widget surely inside a site's region."""
        return self._aim.point_of(site).toPoint()

    def point_at(self, hand: Hand, fraction: tuple[float, float]) -> QPoint:
        """The point of the widget for a stored point of a hand's drawing."""
        return self._aim.point_at(hand, fraction).toPoint()

    def lesions_of(self, site: Site) -> tuple[LesionAt, ...]:
        """The lesions whose marks stand on this face of a site's hand."""
        assert site.hand is not None
        return self._hands[site.hand].lesions

    def thumbnail_rect(self) -> QRect:
        """Where the other aspect is shown small, between the wrists; a press there turns the hands over."""
        return thumbnail_rect(self._zoom, self._aspect, self._posture)

    def _place_buttons(self) -> None:
        rects = {}
        for hand, shown in self._hands.items():
            to_view = self._stage().placements[hand].transform * self._stage().to_view
            for site, region in shown.map.regions.items():
                left, top, right, bottom = region.bounds
                box = QRectF(QPointF(left, top), QPointF(right, bottom))
                rects[site] = to_view.mapRect(box).toRect()
        self._buttons.place(rects)

    # -- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hands from their layers, the choice between them."""
        painter = QPainter(self)
        under, over = self._layers.pixmaps()
        painter.drawPixmap(0, 0, under)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stage = self._stage()
        part = stage.to_view.inverted()[0].mapRect(QRectF(event.rect()))
        painter.setTransform(stage.to_view)
        chosen = self._chosen if self._pictures.has_scene else Chosen()
        chosen.paint_under(painter, stage, self._hands, part)
        painter.resetTransform()
        painter.drawPixmap(0, 0, over)
        painter.setTransform(stage.to_view)
        chosen.paint_over(painter, stage, self._hands, part)
        painter.resetTransform()
        if self._zoom.is_whole and self.thumbnail_rect().intersects(event.rect()):
            self._paint_thumbnail(painter)
        if not self._zoom.is_whole:
            self._paint_pinned_sides(painter)
        if not self._has_been_seen:
            self._has_been_seen = True
            self._later.start(0)
        if self.hasFocus():
            painter.setPen(stage.brushes.colours.highlight)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def pinned_sides(self) -> dict[Hand, QRectF]:
        """The hands of which a part is seen without the words of their side, each with its part of the width."""
        if self._zoom.is_whole:
            return {}
        from ssc_hand.ui.hand.pinned import pinned_sides  # noqa: PLC0415 - start-up: no hand is enlarged yet

        return pinned_sides(self._stage(), millimetres(self, TARGET_MM))

    def _paint_pinned_sides(self, painter: QPainter) -> None:
        from ssc_hand.ui.hand.pinned import paint_pinned_side  # noqa: PLC0415 - start-up: no hand is enlarged yet

        stage = self._stage()
        for hand, column in self.pinned_sides().items():
            paint_pinned_side(painter, stage.placements[hand], column, stage.brushes)

    def _paint_thumbnail(self, painter: QPainter) -> None:
        if self._thumbnail.is_empty:
            self._rebuild_thumbnail()
        self._thumbnail.paint(painter, self.thumbnail_rect(), self._stage().brushes)

    def changeEvent(self, event: QEvent) -> None:
        """Another palette or font: paint anew."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._rebuild()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawing fits the widget."""
        self._rebuild()
        super().resizeEvent(event)

    # -- being pressed -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a digit; pressed again, its phalanx; or tell the exact spot while marks are placed."""
        if event.button() is not Qt.MouseButton.LeftButton or self._is_touch(event):
            return
        point = event.position()
        if self.flip_at(point):
            return
        adds = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.press(point, extends=bool(adds))
        site = self.site_at(point)
        self._dragged = [site.of_digit] if site is not None else []

    def _is_touch(self, event: QMouseEvent) -> bool:
        """Whether a mouse event was made from a touch that has already been followed."""
        is_real = event.source() is Qt.MouseEventSource.MouseEventNotSynthesized
        return not is_real and self.touch.fingers.are_used

    def flip_at(self, point: QPointF) -> bool:
        """Turn the hands over where a point asks for it, on the thumbnail; whether it did."""
        if not self._zoom.is_whole or not self.thumbnail_rect().contains(point.toPoint()):
            return False
        self.flip_requested.emit()
        return True

    def press(self, point: QPointF, *, extends: bool = False) -> None:
        """Choose what lies at a point, open the lesion whose mark stands there, or tell the exact spot."""
        found = self._aim.locate(point)
        if found is None:
            return
        if self._places_marks:
            self.spot_pressed.emit(self._spot(found, point))
        elif (lesion := self._aim.lesion_at(point)) is not None:
            self.site_pressed.emit(found[0], False)  # noqa: FBT003 - a signal has no keywords
            self.lesion_pressed.emit(lesion)
        else:
            self.site_pressed.emit(self.pressed_site(found[0]), extends)

    def _spot(self, found: tuple[Site, tuple[float, float]], point: QPointF) -> Spot:
        return Spot(found[0], self._aspect, found[1], self.mapToGlobal(point.toPoint()))

    def pressed_site(self, site: Site) -> Site:
        """The digit at the first press, the phalanx when its digit is already chosen."""
        is_second = self._chosen.sites[-1:] == (site.of_digit,)
        return site if is_second or site.digit is None else site.of_digit

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag across digits to choose several."""
        if event.buttons() & Qt.MouseButton.LeftButton and self._dragged and not self._is_touch(event):
            self.drag_over(event.position())

    def drag_over(self, point: QPointF) -> None:
        """Choose the digit at a point beside those that were dragged over before."""
        site = self.site_at(point)
        if site is not None and site.digit and site.of_digit not in self._dragged and not self._places_marks:
            self._dragged.append(site.of_digit)
            self.sites_dragged.emit(tuple(each for each in self._dragged if each.digit))

    def end_drag(self) -> None:
        """The next drag begins anew."""
        self._dragged = []

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag is over."""
        self.end_drag()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the exact spot; of the current site where a key asks."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        self.ask_for_menu(self._point_of_interest() if is_key else QPointF(event.pos()))

    def ask_for_menu(self, point: QPointF) -> None:
        """Ask for the menu of the exact spot under a point."""
        found = self._aim.locate(point)
        if found is not None:
            self.menu_requested.emit(self._spot(found, point))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl larger or smaller under the pointer; without it, push the enlarged hands about."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_NOTCH ** (event.angleDelta().y() / 120), event.position())
        elif not self._zoom.is_whole:
            self.set_zoom(self._zoom.moved(QPointF(event.pixelDelta() or event.angleDelta() / 2)))
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Touch, pinches of a touch pad, and hover, which names the site and its findings."""
        if event.type() in _TOUCHES and isinstance(event, QTouchEvent):
            if event.type() == QEvent.Type.TouchBegin:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.touch.take(event)
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tooltip(event)
            return True
        return super().event(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        if self._zoom.is_whole and self.thumbnail_rect().contains(event.pos()):
            text = _("{view} - press to turn the hands over").format(view=self._aspect.other.label)
        else:
            site = self.site_at(QPointF(event.pos()))
            text = self.words_of(site) if site else ""
        QToolTip.showText(event.globalPos(), plain_tooltip(text), self)

    def words_of(self, site: Site) -> str:
        """The site's name and findings, as hover and screen readers tell them."""
        assert site.hand is not None
        return self._pictures.words(site.hand).get(site, site.name)

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys follow the picture, with Shift they choose several; other keys belong to the path of entry."""
        hand = self._chosen.current.hand if self._chosen.current else None
        step = step_of(Qt.Key(event.key()), hand or Hand.RIGHT, self._aspect, self._posture)
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sites_dragged.emit(further(self._chosen.sites, step))
        elif step is not None:
            self.step_requested.emit(step)
        else:
            super().keyPressEvent(event)


def _size(widget: QWidget) -> tuple[float, float]:
    return float(widget.width()), float(widget.height())
