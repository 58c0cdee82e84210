"""Exact points for lesions: inside their region of the drawing, and where their location class says."""

from __future__ import annotations

from ssc_hand.domain.anatomy import Aspect, Site
from ssc_hand.domain.vocabulary import Location
from ssc_hand.geometry import hand_map
from ssc_hand.tasks.demo.dice import Dice

_TRIES = 4000


def point_for(dice: Dice, site: Site, aspect: Aspect, location: Location) -> tuple[float, float]:
    """A point of the site, as fractions of the right hand's box, that the drawing reads as this location."""
    assert site.hand is not None
    drawing = hand_map.load(aspect, site.hand)
    left, top, right, bottom = drawing.regions[site].bounds
    for _try in range(_TRIES):
        x, y = dice.between(left, right), dice.between(top, bottom)
        if drawing.site_at(x, y) != site:
            continue
        fx, fy = (round(fraction, 4) for fraction in drawing.fraction(x, y))
        if hand_map.location_hint(aspect, site, fx, fy) == location and drawing.site_at(*drawing.point(fx, fy)) == site:
            return fx, fy
    raise ValueError(f"no point of {site.code} ({aspect}) is {location}")
