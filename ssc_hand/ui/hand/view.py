"""HandView: both hands of one aspect; press, press again, drag, arrow keys; a thumbnail of the other aspect.

A plain widget that paints from numbers and asks the drawing which site a point belongs to: no scene of items is
kept in step, and a repaint costs a few milliseconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ssc_hand.domain.anatomy import Aspect, Hand, Site, Step
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.i18n import _
from ssc_hand.ui.hand.accessible import SiteButtons
from ssc_hand.ui.hand.layout import Posture, place, sheet_size
from ssc_hand.ui.hand.painting import Brushes, mark_points, paint_choice, paint_hand, paint_words
from ssc_hand.ui.hand.picture import HandPicture, Scene, empty_picture, picture
from ssc_hand.ui.widgets.plain_label import plain_tooltip

_MARGIN = 6
#: Width of the thumbnail as a share of the sheet: as much as there is room for between the wrists.
_THUMBNAIL = 0.19
#: How near to the middle of a mark a press is meant for it, in units of the drawing.
_NEAR_A_MARK = 44


@dataclass(frozen=True, slots=True)
class Spot:
    """A point that was pressed: the site, the face, the exact place as stored, and where on the screen."""

    site: Site
    aspect: Aspect
    point: tuple[float, float]
    at: QPoint


class HandView(QWidget):
    """The diagram: shows a scene, tells where it is pressed; changes nothing by itself."""

    site_pressed = Signal(object, bool)  #: Site, whether it extends the choice
    sites_dragged = Signal(object)  #: tuple[Site, ...]
    lesion_pressed = Signal(str)  #: id of the lesion whose mark was pressed
    spot_pressed = Signal(object)  #: Spot, while marks are being placed
    menu_requested = Signal(object)  #: Spot
    step_requested = Signal(object)  #: Step
    text_typed = Signal(str)  #: a character typed over the hand
    flip_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Hand diagram"))
        self._aspect = Aspect.DORSAL
        self._posture = Posture.AS_OWN
        self._scene: Scene | None = None
        self._chosen: tuple[Site, ...] = ()
        self._dragged: list[Site] = []
        self._places_marks = False
        self._layer_cache: tuple[QPixmap, QPixmap] | None = None
        self._thumbnail_cache: QPixmap | None = None
        self._hands: Mapping[Hand, HandPicture] = {}
        self._placements = place(self._aspect, self._posture)
        self._buttons = SiteButtons(self)
        self._buttons.site_chosen.connect(self.site_pressed)
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

    def show_scene(self, scene: Scene | None) -> None:
        """Show a visit; None shows two hands about which nothing is known."""
        self._scene = scene
        if scene is not None:
            self._aspect = scene.aspect
        self._rebuild()

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

    def show_choice(self, sites: tuple[Site, ...]) -> None:
        """Highlight the chosen sites."""
        self._chosen = sites
        self._buttons.show_choice(sites)
        self.update()

    def _rebuild(self) -> None:
        self._placements = place(self._aspect, self._posture)
        self._hands = self._pictures(self._aspect)
        self._layer_cache = self._thumbnail_cache = None
        words = {site: text for hand in self._hands.values() for site, text in hand.words.items()}
        self._buttons.show_words(words, self._chosen)
        self._place_buttons()
        self.setAccessibleDescription(self._aspect.label)
        self.update()

    def _pictures(self, aspect: Aspect) -> dict[Hand, HandPicture]:
        if self._scene is None:
            return {hand: empty_picture(aspect, hand) for hand in Hand}
        scene = replace(self._scene, aspect=aspect)
        return {hand: picture(scene, hand) for hand in Hand}

    # -- geometry ----------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Wide enough for both hands."""
        return QSize(620, 460)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a laptop, large enough that every phalanx can be pressed."""
        return QSize(300, 230)

    def _to_view(self) -> QTransform:
        width, height = sheet_size(self._aspect)
        scale = min((self.width() - 2 * _MARGIN) / width, (self.height() - 2 * _MARGIN) / height)
        transform = QTransform()
        transform.translate((self.width() - width * scale) / 2, (self.height() - height * scale) / 2)
        transform.scale(scale, scale)
        return transform

    def site_at(self, point: QPointF) -> Site | None:
        """The phalanx or hand under a point of the widget."""
        spot = self._locate(point)
        return spot[0] if spot else None

    def _locate(self, point: QPointF) -> tuple[Site, tuple[float, float]] | None:
        sheet = self._to_view().inverted()[0].map(point)
        for hand, placement in self._placements.items():
            here = placement.to_hand(sheet)
            hand_map = self._hands[hand].map
            site = hand_map.site_at(here.x(), here.y())
            if site is not None:
                return site, hand_map.fraction(here.x(), here.y())
        return None

    def point_of(self, site: Site) -> QPoint:
        """A point of the widget surely inside a site's region."""
        assert site.hand is not None
        centre = self._hands[site.hand].map.centre_of(site)
        return self._to_view().map(self._placements[site.hand].to_sheet(*centre)).toPoint()

    def point_at(self, hand: Hand, fraction: tuple[float, float]) -> QPoint:
        """The point of the widget for a stored point of a hand's drawing."""
        inside = self._hands[hand].map.point(*fraction)
        return self._to_view().map(self._placements[hand].to_sheet(*inside)).toPoint()

    def _lesion_at(self, point: QPointF) -> str | None:
        sheet = self._to_view().inverted()[0].map(point)
        places = {
            lesion: at
            for hand, shown in self._hands.items()
            for lesion, at in mark_points(shown, self._placements[hand]).items()
        }
        near = min(places, key=lambda lesion: (places[lesion] - sheet).manhattanLength(), default=None)
        return near if near is not None and (places[near] - sheet).manhattanLength() < _NEAR_A_MARK else None

    def lesions_of(self, site: Site) -> tuple[LesionAt, ...]:
        """The lesions whose marks stand on this face of a site's hand."""
        assert site.hand is not None
        return self._hands[site.hand].lesions

    def thumbnail_rect(self) -> QRect:
        """Where the other aspect is shown small, between the wrists; a press there turns the hands over."""
        sheet = QRectF(QPointF(0, 0), QSizeF(*sheet_size(self._aspect)))
        inside = self._to_view().mapRect(sheet)
        width = inside.width() * _THUMBNAIL
        height = width * sheet.height() / sheet.width()
        top = inside.bottom() - height if self._posture is Posture.AS_OWN else inside.top()
        return QRectF(inside.center().x() - width / 2, top, width, height).toRect()

    def _place_buttons(self) -> None:
        transform = self._to_view()
        rects = {}
        for hand, shown in self._hands.items():
            to_view = self._placements[hand].transform * transform
            for site, region in shown.map.regions.items():
                left, top, right, bottom = region.bounds
                box = QRectF(QPointF(left, top), QPointF(right, bottom))
                rects[site] = to_view.mapRect(box).toRect()
        self._buttons.place(rects)

    # -- painting ----------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hands from their cache, the choice over them."""
        painter = QPainter(self)
        under, over = self._layers()
        painter.drawPixmap(0, 0, under)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brushes = self._brushes()
        painter.setTransform(self._to_view())
        for site in self._chosen:
            if site.hand is not None:
                is_current = site == self._chosen[-1]
                hand = self._hands[site.hand]
                paint_choice(painter, hand, self._placements[site.hand], site, brushes, is_current=is_current)
        painter.resetTransform()
        painter.drawPixmap(0, 0, over)
        self._paint_thumbnail(painter)
        if self.hasFocus():
            painter.setPen(brushes.colours.highlight)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _layers(self) -> tuple[QPixmap, QPixmap]:
        """The hands, and over the highlight of the choice their values and marks."""
        if self._layer_cache is None:
            to_view = self._to_view()
            under, over = self._sheet(self.size()), self._sheet(self.size(), Qt.GlobalColor.transparent)
            self._paint_hands(under, to_view, self._hands)
            self._paint_all_words(over, to_view, self._hands)
            self._layer_cache = (under, over)
        return self._layer_cache

    def _sheet(self, size: QSize, ground_colour: Qt.GlobalColor | None = None) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(size * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._brushes().colours.sheet if ground_colour is None else ground_colour)
        return pixmap

    def _brushes(self) -> Brushes:
        return Brushes(self.palette(), self.font())

    def _paint_hands(self, sheet: QPixmap, to_view: QTransform, hands: Mapping[Hand, HandPicture]) -> None:
        painter = _painter(sheet, to_view)
        for placement in place(hands[Hand.RIGHT].map.aspect, self._posture).values():
            paint_hand(painter, hands[placement.hand], placement, self._brushes())
        painter.end()

    def _paint_all_words(self, sheet: QPixmap, to_view: QTransform, hands: Mapping[Hand, HandPicture]) -> None:
        painter = _painter(sheet, to_view)
        for placement in place(hands[Hand.RIGHT].map.aspect, self._posture).values():
            paint_words(painter, hands[placement.hand], placement, self._brushes())
        painter.end()

    def _paint_thumbnail(self, painter: QPainter) -> None:
        rect = self.thumbnail_rect()
        if self._thumbnail_cache is None:
            scale = rect.width() / sheet_size(self._aspect)[0]
            other = self._pictures(self._aspect.other)
            self._thumbnail_cache = self._sheet(rect.size())
            self._paint_hands(self._thumbnail_cache, QTransform.fromScale(scale, scale), other)
            self._paint_all_words(self._thumbnail_cache, QTransform.fromScale(scale, scale), other)
        painter.drawPixmap(rect.topLeft(), self._thumbnail_cache)
        painter.setPen(self._brushes().colours.muted)
        painter.drawRect(rect)

    def changeEvent(self, event: QEvent) -> None:
        """Another palette or font: paint anew."""
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._rebuild()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The drawing fits the widget."""
        self._layer_cache = self._thumbnail_cache = None
        self._place_buttons()
        super().resizeEvent(event)

    # -- being pressed -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a digit; pressed again, its phalanx; or tell the exact spot while marks are placed."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position()
        if self.thumbnail_rect().contains(point.toPoint()):
            self.flip_requested.emit()
            return
        found = self._locate(point)
        if found is None:
            return
        if self._places_marks:
            self.spot_pressed.emit(Spot(found[0], self._aspect, found[1], event.globalPosition().toPoint()))
            return
        if (lesion := self._lesion_at(point)) is not None:
            self.site_pressed.emit(found[0], False)  # noqa: FBT003 - a signal has no keywords
            self.lesion_pressed.emit(lesion)
            return
        extends = bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier))
        self._dragged = [found[0].of_digit]
        self.site_pressed.emit(self._pressed_site(found[0]), extends)

    def _pressed_site(self, site: Site) -> Site:
        """The digit at the first press, the phalanx when its digit is already chosen."""
        is_second = self._chosen[-1:] == (site.of_digit,)
        return site if is_second or site.digit is None else site.of_digit

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag across digits to choose several."""
        if not event.buttons() & Qt.MouseButton.LeftButton or not self._dragged:
            return
        site = self.site_at(event.position())
        if site is not None and site.digit and site.of_digit not in self._dragged:
            self._dragged.append(site.of_digit)
            self.sites_dragged.emit(tuple(each for each in self._dragged if each.digit))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag is over."""
        self._dragged = []

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the exact spot."""
        found = self._locate(QPointF(event.pos()))
        if found is not None:
            self.menu_requested.emit(Spot(found[0], self._aspect, found[1], event.globalPos()))

    def event(self, event: QEvent) -> bool:
        """Hover names the site and its findings."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        return super().event(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        if self.thumbnail_rect().contains(event.pos()):
            text = _("{view} - press to turn the hands over").format(view=self._aspect.other.label)
        else:
            site = self.site_at(QPointF(event.pos()))
            text = self.words_of(site) if site else ""
        QToolTip.showText(event.globalPos(), plain_tooltip(text), self)

    def words_of(self, site: Site) -> str:
        """The site's name and findings, as hover and screen readers tell them."""
        assert site.hand is not None
        return self._hands[site.hand].words.get(site, site.name)

    # -- keys --------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys follow the picture; anything else typed is the start of an entry."""
        step = self._step(Qt.Key(event.key()))
        if step is not None:
            self.step_requested.emit(step)
        elif event.text().isprintable() and event.text().strip():
            self.text_typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> Step | None:
        """What an arrow means for the current hand as it lies on the screen."""
        up = self._posture is Posture.AS_OWN
        if key is Qt.Key.Key_Up:
            return Step.DISTAL if up else Step.PROXIMAL
        if key is Qt.Key.Key_Down:
            return Step.PROXIMAL if up else Step.DISTAL
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return None
        hand = self._chosen[-1].hand if self._chosen else Hand.RIGHT
        thumb_is_left = (hand is Hand.RIGHT) == (self._aspect is Aspect.DORSAL)
        if not up:
            thumb_is_left = not thumb_is_left
        return Step.RADIAL if (key is Qt.Key.Key_Left) == thumb_is_left else Step.ULNAR


def _painter(sheet: QPixmap, to_view: QTransform) -> QPainter:
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(to_view)
    return painter
