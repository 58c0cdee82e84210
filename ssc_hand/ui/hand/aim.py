"""Aim: which site, exact point or mark lies under a point of the widget, and where each of them stands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTransform

from ssc_hand.domain.anatomy import Hand, Site
from ssc_hand.ui.hand.layout import Placement
from ssc_hand.ui.hand.painting import mark_points
from ssc_hand.ui.hand.picture import HandPicture

#: How near to the middle of a mark a press is meant for it, in units of the drawing.
_NEAR_A_MARK = 44
#: A finger is felt for on so many circles around it, at so many points of each.
_CIRCLES, _POINTS = 3, 12


@dataclass(frozen=True)
class Aim:
    """The hands as they lie on the widget."""

    to_view: QTransform
    placements: Mapping[Hand, Placement]
    hands: Mapping[Hand, HandPicture]

    @cached_property
    def _to_sheet(self) -> QTransform:
        return self.to_view.inverted()[0]

    def locate(self, point: QPointF) -> tuple[Site, tuple[float, float]] | None:
        """The phalanx or hand under a point, and the point as it is stored."""
        sheet = self._to_sheet.map(point)
        for hand, placement in self.placements.items():
            here = placement.to_hand(sheet)
            hand_map = self.hands[hand].map
            site = hand_map.site_at(here.x(), here.y())
            if site is not None:
                return site, hand_map.fraction(here.x(), here.y())
        return None

    def site_at(self, point: QPointF) -> Site | None:
        """The phalanx or hand under a point."""
        found = self.locate(point)
        return found[0] if found else None

    def sites_near(self, point: QPointF, reach: float) -> tuple[Site, ...]:
        """What a finger of a radius (pixels) touches: what lies under its middle first, then outwards."""
        found = dict.fromkeys([self.site_at(point)])
        for circle in range(1, _CIRCLES + 1):
            for number in range(_POINTS):
                turn, far = math.tau * number / _POINTS, reach * circle / _CIRCLES
                found.setdefault(self.site_at(point + QPointF(math.cos(turn), math.sin(turn)) * far))
        return tuple(site for site in found if site is not None)

    def point_of(self, site: Site) -> QPointF:
        """A point of the widget surely inside a site's region."""
        assert site.hand is not None
        centre = self.hands[site.hand].map.centre_of(site)
        return self.to_view.map(self.placements[site.hand].to_sheet(*centre))

    def point_at(self, hand: Hand, fraction: tuple[float, float]) -> QPointF:
        """The point of the widget for a stored point of a hand's drawing."""
        return self.to_view.map(self.placements[hand].to_sheet(*self.hands[hand].map.point(*fraction)))

    @cached_property
    def _marks(self) -> dict[str, QPointF]:
        return {
            lesion: at
            for hand, shown in self.hands.items()
            for lesion, at in mark_points(shown, self.placements[hand]).items()
        }

    def lesion_at(self, point: QPointF) -> str | None:
        """The lesion whose mark is pressed at a point."""
        sheet = self._to_sheet.map(point)
        near = min(self._marks, key=lambda lesion: (self._marks[lesion] - sheet).manhattanLength(), default=None)
        return near if near is not None and (self._marks[near] - sheet).manhattanLength() < _NEAR_A_MARK else None

    def lesions_near(self, point: QPointF, reach: float) -> tuple[str, ...]:
        """The lesions whose marks a finger of a radius (pixels) touches."""
        sheet = self._to_sheet.map(point)
        far = max(reach / self.to_view.m11(), _NEAR_A_MARK)
        return tuple(lesion for lesion, at in self._marks.items() if (at - sheet).manhattanLength() < far)

    def mark_of(self, lesion: str) -> QPointF:
        """The point of the widget at which the mark of a lesion stands."""
        return self.to_view.map(self._marks[lesion])
