"""Touch: what fingers do becomes a choice, a mark, a menu, or another zoom of the drawing."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QTouchEvent

from ssc_hand.domain.anatomy import Site
from ssc_hand.i18n import _
from ssc_hand.ui.hand.aim import Aim
from ssc_hand.ui.hand.fingers import Fingers
from ssc_hand.ui.hand.zoom import Zoom

#: So large that a finger tells two neighbours apart; from here on its middle decides.
_CLOSE = 3.0


class Touched(Protocol):
    """A drawing that can be touched."""

    @property
    def aim(self) -> Aim:
        """What lies where."""

    @property
    def zoom(self) -> Zoom:
        """How large it is seen."""

    @property
    def places_marks(self) -> bool:
        """Whether a press tells its exact spot instead of choosing."""

    def set_zoom(self, zoom: Zoom) -> None:
        """See it so."""

    def press(self, point: QPointF) -> None:
        """Do what a press of the mouse does there."""

    def ask_for_menu(self, point: QPointF) -> None:
        """Ask for the menu of a spot."""

    def pressed_site(self, site: Site) -> Site:
        """What a press on a site chooses: its digit, or itself."""

    def drag_over(self, point: QPointF) -> None:
        """Choose the digit at a point beside those dragged over before."""

    def end_drag(self) -> None:
        """The next drag begins anew."""

    def flip_at(self, point: QPointF) -> bool:
        """Turn the hands over where a point asks for it; whether it did."""


class Touch(QObject):
    """One finger chooses, holds, drags; two zoom and push; where one finger means two places, it zooms first."""

    hint_changed = Signal(str)  #: a sentence for the person who touches; empty takes it away

    def __init__(self, view: Touched, parent: QObject, *, reach: float) -> None:
        """Touches of `view`; a finger reaches so many pixels around its middle."""
        super().__init__(parent)
        self._view = view
        self._reach = reach
        self._zoomed_by_itself = False
        self.fingers = Fingers(self, slop=reach / 2)
        self.fingers.tapped.connect(self._on_fingers_tapped)
        self.fingers.held.connect(self._on_fingers_held)
        self.fingers.drag_begun.connect(self._on_fingers_drag_begun)
        self.fingers.dragged.connect(self._on_fingers_dragged)
        self.fingers.pinched.connect(self._on_fingers_pinched)
        self.fingers.lifted.connect(view.end_drag)

    def take(self, event: QTouchEvent) -> None:
        """Follow one touch event."""
        self.fingers.take(event)
        event.accept()

    def forget_zoom(self) -> None:
        """Somebody has zoomed: nothing goes back by itself."""
        self._zoomed_by_itself = False
        self.hint_changed.emit("")

    @Slot(object)
    def _on_fingers_tapped(self, point: QPointF) -> None:
        view = self._view
        if view.flip_at(point):
            return
        places = self._meant(point)
        if len(places) > 1 and view.zoom.factor < _CLOSE:
            view.set_zoom(view.zoom.scaled(_CLOSE / view.zoom.factor, point))
            self._zoomed_by_itself = True
            self.hint_changed.emit(_("Two places lie under the finger. Zoomed in: press again."))
            return
        if places:
            view.press(places[0])
        if self._zoomed_by_itself and places:
            self.forget_zoom()
            view.set_zoom(view.zoom.whole())

    def _meant(self, point: QPointF) -> list[QPointF]:
        """A point for each place that a finger may mean; the first is what lies under its middle, if anything does."""
        view = self._view
        marks = view.aim.lesions_near(point, self._reach)
        if marks and not view.places_marks:
            return [point] * len(marks) if view.aim.lesion_at(point) else [view.aim.mark_of(mark) for mark in marks]
        under, near = view.aim.site_at(point), view.aim.sites_near(point, self._reach)
        if view.places_marks:
            # A mark stands exactly where it was put: beside the hand means no place of it.
            return [point] * len(near) if under else []
        if under is not None and under.digit:
            near = tuple(site for site in near if site.digit)  # the root of a digit is still the digit
        meant = dict.fromkeys(view.pressed_site(site) for site in near)
        return [point] * len(meant) if under else [view.aim.point_of(site) for site in meant]

    @Slot(object)
    def _on_fingers_held(self, point: QPointF) -> None:
        self._view.ask_for_menu(point)

    @Slot(object)
    def _on_fingers_drag_begun(self, point: QPointF) -> None:
        if self._view.zoom.is_whole:
            self._view.drag_over(point)

    @Slot(object, object)
    def _on_fingers_dragged(self, start: QPointF, now: QPointF) -> None:
        view = self._view
        if view.zoom.is_whole:
            view.drag_over(now)
        else:
            view.set_zoom(view.zoom.moved(now - start))

    @Slot(float, object, object)
    def _on_fingers_pinched(self, times: float, now: QPointF, before: QPointF) -> None:
        self.forget_zoom()
        self._view.set_zoom(self._view.zoom.moved(now - before).scaled(times, now))
