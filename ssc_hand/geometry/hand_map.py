"""Reads hand_<aspect>.svg into HandMap: Site -> Path, outline, label anchors; mirrors for the left hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import hypot
from types import MappingProxyType
from xml.etree import ElementTree

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Phalanx, Site
from ssc_hand.geometry.path import Path, Point, Segment
from ssc_hand.resources import ROOT


@dataclass(frozen=True)
class HandMap:
    """One aspect of one hand as shapes, in units of its drawing (origin top left, y downwards).

    `regions` holds the phalanges and the hand itself (palm or dorsum without the digits); together they tile
    `outline`. `contour` is the outline without the cut across the forearm. `nails` and `lunulae` are keyed by
    digit and empty on the palm. `creases` are open lines, `shades` closed shapes to tint softly.
    `axes` are the digits' joint centres from the knuckle to the very end.
    """

    aspect: Aspect
    hand: Hand
    size: tuple[float, float]
    regions: Mapping[Site, Path]
    outline: Path
    contour: Path
    creases: tuple[Path, ...]
    nails: Mapping[Site, Path]
    lunulae: Mapping[Site, Path]
    shades: tuple[Path, ...]
    edges: Mapping[Site, Path]
    axes: Mapping[Site, tuple[Point, ...]]
    badge: Point
    _values: Mapping[Site, Point] = field(repr=False)
    _tips: Mapping[Site, Point] = field(repr=False)

    def tip_anchor(self, site: Site) -> Point:
        """The point just beyond a digit's end, where a label can stand."""
        return self._tips[site.of_digit]

    def site_at(self, x: float, y: float) -> Site | None:
        """The phalanx or hand whose region holds the point; None beside the hand."""
        for site, region in self.regions.items():
            if region.contains(x, y):
                return site
        return None

    def centre_of(self, site: Site) -> Point:
        """A point surely inside the region; of a digit, where its value is written."""
        return self._values[site] if site.phalanx is None else self.regions[site].centre

    def digit_path(self, site: Site) -> Path:
        """The digit as one closed outline.

        Raises `KeyError` where nothing of the digit is left.
        """
        first = self._first_phalanx(site)
        edge = self.edges[first]
        along = _between(_loop(self.outline), edge.start, edge.end)
        return Path((*along.segments, *edge.reversed().segments[1:], ("Z", ())))

    def _first_phalanx(self, site: Site) -> Site:
        assert site.digit is not None
        first = Site(site.hand, site.digit, site.digit.phalanges[0])
        if first not in self.regions:
            raise KeyError(site)
        return first

    def fraction(self, x: float, y: float) -> tuple[float, float]:
        """The point as fractions of the box in the right hand's frame; this is how lesions are stored."""
        width, height = self.size
        return (x / width if self.hand is Hand.RIGHT else 1 - x / width), y / height

    def point(self, fx: float, fy: float) -> Point:
        """The point of this hand's drawing with these fractions of the right hand's box."""
        width, height = self.size
        return (fx if self.hand is Hand.RIGHT else 1 - fx) * width, fy * height

    def stump_edge(self, site: Site, level: Phalanx) -> Path:
        """The skin across a stump whose phalanges from `level` outwards are gone.

        From the back a digit reaches down between the webs to its knuckle; skin closed over the knuckle runs from
        web to web (at the border of the hand from the web to the side) and bulges a little.
        """
        edge = self.edges[Site(site.hand, site.digit, level)]
        if self.aspect is Aspect.PALMAR or level is not Phalanx.PROXIMAL:
            return edge
        (x0, y0), (x1, y1) = edge.start, edge.end
        base, tip = self.axes[site.of_digit][0], self.axes[site.of_digit][-1]
        long = hypot(tip[0] - base[0], tip[1] - base[1])
        bulge = _BULGE * hypot(x1 - x0, y1 - y0) / long
        dx, dy = (tip[0] - base[0]) * bulge, (tip[1] - base[1]) * bulge
        third, two_thirds = ((x0 + (x1 - x0) * part + dx, y0 + (y1 - y0) * part + dy) for part in (1 / 3, 2 / 3))
        return Path((("M", (x0, y0)), ("C", (*third, *two_thirds, x1, y1))))

    def without(self, cuts: Mapping[Site, Phalanx]) -> HandMap:
        """The same hand after amputations: digit -> the most proximal phalanx that is gone.

        Regions, nails, and creases of what is gone are left out, and the outline ends at the stumps.
        """
        if not cuts:
            return self
        gone = {each for site, level in cuts.items() for each in _gone(site, level)}
        lost = [self.regions[site] for site in gone]
        edges = [self.stump_edge(site, level) for site, level in cuts.items()]
        bare = {site.of_digit for site in gone}
        return replace(
            self,
            regions=MappingProxyType({site: path for site, path in self.regions.items() if site not in gone}),
            outline=Path((*_ended(_loop(self.outline), edges).segments, ("Z", ()))),
            contour=_ended(self.contour, edges),
            creases=_outside(self.creases, lost),
            nails=MappingProxyType({site: path for site, path in self.nails.items() if site not in bare}),
            lunulae=MappingProxyType({site: path for site, path in self.lunulae.items() if site not in bare}),
            shades=_clear_of(self.shades, lost),
        )


def _gone(site: Site, level: Phalanx) -> tuple[Site, ...]:
    assert site.digit is not None
    phalanges = site.digit.phalanges
    return tuple(Site(site.hand, site.digit, each) for each in phalanges[phalanges.index(level) :])


def _outside(creases: Iterable[Path], lost: list[Path]) -> tuple[Path, ...]:
    """The creases whose middle does not lie in one of the lost regions."""
    kept = []
    for path in creases:
        (points,) = path.flatten()
        x, y = points[len(points) // 2]
        if not any(region.contains(x, y) for region in lost):
            kept.append(path)
    return tuple(kept)


def _clear_of(shades: Iterable[Path], lost: list[Path]) -> tuple[Path, ...]:
    """The shades that do not reach into a lost region; a few points on the common border do not count."""
    kept = []
    for path in shades:
        (points,) = path.flatten(0.01)
        inside = sum(region.contains(x, y) for region in lost for x, y in points)
        if inside <= 2:
            kept.append(path)
    return tuple(kept)


def _loop(path: Path) -> Path:
    """A closed path of one part as an open one that comes back to its start."""
    return Path(path.segments[:-1])


def _between(path: Path, start: Point, end: Point) -> Path:
    """The stretch of an open path between two of its knots."""
    knots = [numbers[-2:] for _, numbers in path.segments]
    first, last = knots.index(start), knots.index(end)
    return Path((("M", start), *path.segments[first + 1 : last + 1]))


def _ended(path: Path, edges: list[Path]) -> Path:
    """The path with the detour between each edge's ends replaced by the edge."""
    for edge in edges:
        knots = [numbers[-2:] for _, numbers in path.segments]
        first, last = knots.index(edge.start), knots.index(edge.end)
        path = Path((*path.segments[: first + 1], *edge.segments[1:], *path.segments[last + 1 :]))
    return _without_spikes(path)


def _without_spikes(path: Path) -> Path:
    """The path without stretches that are walked and at once walked back (clefts between lost digits)."""
    kept: list[Segment] = []
    for segment in path.segments:
        if len(kept) > 1 and segment[1][-2:] == kept[-2][1][-2:]:
            kept.pop()
        else:
            kept.append(segment)
    return Path(tuple(kept))


@cache
def load(aspect: Aspect, hand: Hand) -> HandMap:
    """The drawing of one aspect of one hand; read once, the left hand is the right one's mirror image."""
    return _read(aspect) if hand is Hand.RIGHT else _mirrored(load(aspect, Hand.RIGHT))


def _read(aspect: Aspect) -> HandMap:
    root = ElementTree.parse(ROOT / f"hand_{aspect}.svg").getroot()
    paths: dict[str, Path] = {}
    points: dict[str, Point] = {}
    for element in root.iter():
        name = element.get("id")
        if name is None:
            continue
        if (d := element.get("d")) is not None:
            paths[name] = Path.parse(d)
        else:
            points[name] = (float(element.get("cx", "")), float(element.get("cy", "")))
    _, _, width, height = map(float, root.get("viewBox", "").split())
    sites = {f"{site}": site for site in _sites_of_right_hand()}

    def keyed(prefix: str) -> Mapping[Site, Path]:
        found = {site: paths[prefix + code] for code, site in sites.items() if prefix + code in paths}
        return MappingProxyType(found)

    def placed(prefix: str) -> Mapping[Site, Point]:
        found = {site: points[prefix + code] for code, site in sites.items() if prefix + code in points}
        return MappingProxyType(found)

    return HandMap(
        aspect=aspect,
        hand=Hand.RIGHT,
        size=(width, height),
        regions=keyed(""),
        outline=paths["outline"],
        contour=paths["contour"],
        creases=tuple(path for name, path in paths.items() if name.startswith("crease.")),
        nails=keyed("nail."),
        lunulae=keyed("lunula."),
        shades=tuple(path for name, path in paths.items() if name.startswith("shade.")),
        edges=keyed("edge."),
        axes=MappingProxyType({site: path.flatten()[0] for site, path in keyed("axis.").items()}),
        badge=points["badge.R"],
        _values=placed("anchor."),
        _tips=placed("tip."),
    )


def _sites_of_right_hand() -> Iterable[Site]:
    """Phalanges first, then the large region of the hand: a click on a digit is then found sooner."""
    hand = Hand.RIGHT
    for digit in Digit:
        yield from (Site(hand, digit, phalanx) for phalanx in digit.phalanges)
        yield Site(hand, digit)
    yield Site(hand)


def _mirrored(right: HandMap) -> HandMap:
    width = right.size[0]

    def flip(point: Point) -> Point:
        return round(width - point[0], 4), point[1]

    def flipped(places: Mapping[Site, Point]) -> Mapping[Site, Point]:
        return MappingProxyType({site.mirrored(): flip(point) for site, point in places.items()})

    def turned(paths: Mapping[Site, Path]) -> Mapping[Site, Path]:
        return MappingProxyType({site.mirrored(): path.mirrored(width) for site, path in paths.items()})

    return HandMap(
        aspect=right.aspect,
        hand=Hand.LEFT,
        size=right.size,
        regions=turned(right.regions),
        outline=right.outline.mirrored(width),
        contour=right.contour.mirrored(width),
        creases=tuple(path.mirrored(width) for path in right.creases),
        nails=turned(right.nails),
        lunulae=turned(right.lunulae),
        shades=tuple(path.mirrored(width) for path in right.shades),
        edges=turned(right.edges),
        axes=MappingProxyType({site.mirrored(): tuple(map(flip, line)) for site, line in right.axes.items()}),
        badge=flip(right.badge),
        _values=flipped(right._values),
        _tips=flipped(right._tips),
    )


#: How far skin over a knuckle bulges, as a part of the breadth of the stump.
_BULGE = 0.2
#: How near to the nail, in units of the drawing (five to the millimetre), a lesion counts as periungual.
_NAIL_REACH = 15.0
#: How near to the middle of a joint, in the same units, a lesion on the back counts as over that joint.
_JOINT_REACH = 30.0
#: The part of the half breadth of a digit beyond which a lesion counts as being on its side.
_SIDE = 0.6
#: The part of the distal phalanx of the palm, from the joint, beyond which a lesion is at the pulp.
_PULP = 0.35


def location_hint(aspect: Aspect, site: Site, fx: float, fy: float) -> str:
    """A first guess of a lesion's location class from its point (fractions of the right hand's box).

    One of "tip" (tip or pulp), "periungual", "radial", "ulnar", "dip" (of the thumb: its only
    interphalangeal joint), "pip", "mcp", "other". A guess for the person to confirm, never a finding.
    """
    right = load(aspect, Hand.RIGHT)
    x, y = right.point(fx, fy)
    place = site if site.hand is Hand.RIGHT else site.mirrored()
    if place.digit is None:
        return _knuckle_near(right, x, y)
    if place.phalanx is Phalanx.DISTAL and (end := _near_the_end(right, place, x, y)):
        return end
    if aspect is Aspect.DORSAL and (joint := _joint_near(right, place.of_digit, x, y)):
        return joint
    side = _side(right, place, x, y)
    if abs(side) > _SIDE:
        return "radial" if side > 0 else "ulnar"
    return "other"


def _knuckle_near(right: HandMap, x: float, y: float) -> str:
    if right.aspect is Aspect.PALMAR:
        return "other"
    near = min(hypot(x - line[0][0], y - line[0][1]) for line in right.axes.values())
    return "mcp" if near <= 1.6 * _JOINT_REACH else "other"


def _near_the_end(right: HandMap, place: Site, x: float, y: float) -> str:
    """The classes that only a distal phalanx has; empty for its sides and base."""
    along, _, length = _along(right.axes[place.of_digit][-2:], x, y)
    if right.aspect is Aspect.DORSAL:
        nail = right.nails[place.of_digit]
        beyond = along > length - _NAIL_REACH and not nail.contains(x, y) and nail.distance(x, y) > 3
        if beyond:
            return "tip"
        return "periungual" if nail.contains(x, y) or nail.distance(x, y) <= _NAIL_REACH else ""
    if along > 0.8 * length or (along > _PULP * length and abs(_side(right, place, x, y)) <= _SIDE):
        return "tip"
    return ""


def _joint_near(right: HandMap, digit: Site, x: float, y: float) -> str:
    names = ("mcp", "dip") if digit.digit is Digit.D1 else ("mcp", "pip", "dip")
    distance, name = min(
        (hypot(x - jx, y - jy), name) for name, (jx, jy) in zip(names, right.axes[digit], strict=False)
    )
    return name if distance <= _JOINT_REACH else ""


def _side(right: HandMap, place: Site, x: float, y: float) -> float:
    """How far to the side a point lies: 1 at the radial, -1 at the ulnar border of the digit."""
    assert place.digit is not None and place.phalanx is not None
    number = place.digit.phalanges.index(place.phalanx)
    line = right.axes[place.of_digit]
    _, across, _ = _along(line[number : number + 2], x, y)
    edge = right.edges[Site(place.hand, place.digit, place.digit.phalanges[max(1, number)])]
    half = hypot(edge.end[0] - edge.start[0], edge.end[1] - edge.start[1]) / 2
    return (across if right.aspect is Aspect.DORSAL else -across) / half


def _along(line: tuple[Point, ...], x: float, y: float) -> tuple[float, float, float]:
    """How far along, and how far to the left of, the line from its first to its second point; and its length."""
    (x0, y0), (x1, y1) = line
    length = hypot(x1 - x0, y1 - y0)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    dx, dy = x - x0, y - y0
    return dx * ux + dy * uy, dx * uy - dy * ux, length
