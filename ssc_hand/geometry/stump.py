"""Where a shortened digit ends on the drawing: what to leave out, the line across the stump, the place of its value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot

from ssc_hand.domain.anatomy import Digit, Phalanx, Site
from ssc_hand.domain.records import Amputation
from ssc_hand.geometry.hand_map import HandMap
from ssc_hand.geometry.path import Path, Point

# In units of the drawing: how far beyond the stump its value stands; how wide a strip is left out beyond a cut
# through a bone (wider than the digit, narrower than the gap to its neighbour); the step of looking for the skin.
_VALUE_AT = 46.0
_HALF_STRIP, _HALF_STRIP_OF_THUMB = 54.0, 80.0
_STEP = 1.0
#: How much of the first phalanx is left to be seen on the palm, as a part of what is seen of it.
_SHOWS = 0.2


@dataclass(frozen=True)
class End:
    """The end of a shortened digit, in units of the drawing."""

    line: Path
    label: Point
    #: What is left out beyond a cut through a bone; None where the digit ends at a joint.
    beyond: Path | None

    @property
    def middle(self) -> Point:
        """The middle of the line across the stump."""
        (x0, y0), (x1, y1) = self.line.start, self.line.end
        return (x0 + x1) / 2, (y0 + y1) / 2


def cuts(lost: Mapping[Site, Amputation]) -> dict[Site, Phalanx]:
    """For each shortened digit the most proximal phalanx of which nothing is left; none where only a part is gone."""
    gone = {site: _wholly_lost(site, amputation) for site, amputation in lost.items()}
    return {site: phalanges[0] for site, phalanges in gone.items() if phalanges}


def _wholly_lost(site: Site, amputation: Amputation) -> tuple[Phalanx, ...]:
    assert site.digit is not None
    return tuple(each for each in site.digit.phalanges if each in amputation.lost)


def end_of(hand_map: HandMap, amputation: Amputation) -> End:
    """The end of one shortened digit."""
    site = amputation.site
    assert site.digit is not None
    if amputation.cut is not None:
        return _through_bone(hand_map, Site(site.hand, site.digit, amputation.cut))
    first = _wholly_lost(site, amputation)[0]
    number = site.digit.phalanges.index(first)
    start, ahead = hand_map.axes[site][number : number + 2]
    edge = hand_map.stump_edge(site, first)
    middle = (edge.start[0] + edge.end[0]) / 2, (edge.start[1] + edge.end[1]) / 2
    ux, uy = _direction(start, ahead)
    return End(edge, (middle[0] + ux * _VALUE_AT, middle[1] + uy * _VALUE_AT), None)


def _through_bone(hand_map: HandMap, phalanx: Site) -> End:
    assert phalanx.digit is not None and phalanx.phalanx is not None
    number = phalanx.digit.phalanges.index(phalanx.phalanx)
    start, ahead = hand_map.axes[phalanx.of_digit][number : number + 2]
    ux, uy = _direction(start, ahead)
    middle = (start[0] + ahead[0]) / 2, (start[1] + ahead[1]) / 2
    region = hand_map.regions[phalanx]
    if not region.contains(*middle):
        middle = _just_beyond_the_crease(hand_map, phalanx, ahead)
    half = _HALF_STRIP_OF_THUMB if phalanx.digit is Digit.D1 else _HALF_STRIP
    left, right = (_skin(region, middle, (side * -uy, side * ux)) for side in (1, -1))
    line = Path((("M", left), ("L", right)))
    far = hypot(ahead[0] - middle[0], ahead[1] - middle[1]) + 70
    corners = [
        (middle[0] + along * ux - across * uy, middle[1] + along * uy + across * ux)
        for along, across in ((0, -half), (far, -half), (far, half), (0, half))
    ]
    beyond = Path((*Path.polyline(corners).segments, ("Z", ())))
    return End(line, (middle[0] + ux * _VALUE_AT, middle[1] + uy * _VALUE_AT), beyond)


def _just_beyond_the_crease(hand_map: HandMap, phalanx: Site, ahead: Point) -> Point:
    """On the palm the web hides the middle of the first bone: what is left of the digit ends at its crease."""
    edge = hand_map.edges[phalanx]
    x, y = (edge.start[0] + edge.end[0]) / 2, (edge.start[1] + edge.end[1]) / 2
    return x + (ahead[0] - x) * _SHOWS, y + (ahead[1] - y) * _SHOWS


def _direction(start: Point, ahead: Point) -> Point:
    length = hypot(ahead[0] - start[0], ahead[1] - start[1])
    return (ahead[0] - start[0]) / length, (ahead[1] - start[1]) / length


def _skin(region: Path, middle: Point, way: Point) -> Point:
    """Where a walk from the middle of a digit comes to its skin."""
    far = 0.0
    while far < _HALF_STRIP_OF_THUMB and region.contains(middle[0] + far * way[0], middle[1] + far * way[1]):
        far += _STEP
    return middle[0] + far * way[0], middle[1] + far * way[1]
