"""What the drawing says: per digit a shade and a value, per lesion a mark; decided here, painted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from ssc_hand.charts.scales import Ground, Shade, shade
from ssc_hand.domain.anatomy import DIGITS, Aspect, Hand, Site
from ssc_hand.domain.derived import Reading, mark, person_at, reading
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import Amputation, PatientRecord, Visit
from ssc_hand.geometry import stump
from ssc_hand.geometry.hand_map import HandMap, load
from ssc_hand.geometry.path import Box
from ssc_hand.i18n import _


@dataclass(frozen=True)
class DigitValue:
    """The value written at one digit."""

    text: str
    shade: Shade
    #: Above a published limit or by another published rule; drawn as a small flag.
    is_marked: bool
    #: The shape is what remains of the digit.
    is_stump: bool


@dataclass(frozen=True)
class HandPicture:
    """One hand, ready to paint."""

    map: HandMap
    values: Mapping[Site, DigitValue]
    lesions: tuple[LesionAt, ...]
    previous_lesions: tuple[LesionAt, ...]
    #: At a first visit all lesions are first recorded, and none is known to be new.
    is_first: bool = field(default=False, kw_only=True)
    #: Digits of which nothing is left, with the words to say so.
    absent: Mapping[Site, str]
    #: Where shortened digits end, in units of the drawing.
    ends: Mapping[Site, stump.End] = field(default_factory=dict)
    #: What is said of each site, for hover and screen readers.
    words: Mapping[Site, str] = field(default_factory=dict)
    #: The box around what is left of each digit, in units of the drawing; none where nothing is left.
    boxes: Mapping[Site, Box] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """What the drawing is made from."""

    record: PatientRecord
    visit: Visit
    aspect: Aspect
    layer: Measure | None
    ground: Ground
    older_from: int | None
    show_previous: bool = False


def empty_picture(aspect: Aspect, hand: Hand) -> HandPicture:
    """A hand about which nothing is known."""
    shape = _shape(aspect, hand, {})
    return HandPicture(map=shape.map, values={}, lesions=(), previous_lesions=(), absent={}, boxes=shape.boxes)


def picture(scene: Scene, hand: Hand) -> HandPicture:
    """One hand of a visit, made by itself."""
    pictures = Pictures()
    pictures.show(scene)
    return pictures.of(scene.aspect, hand)


class Pictures:
    """The hands of a scene, both faces; what is still true of the scene before is kept, so one value costs little."""

    def __init__(self) -> None:
        #: The lesions of the visit, on both hands and faces.
        self.lesions: tuple[LesionAt, ...] = ()
        self._scene: Scene | None = None
        self._previous_lesions: tuple[LesionAt, ...] = ()
        self._is_first = False
        self._facts: dict[Hand, _Facts] = {}
        self._shapes: dict[tuple[Aspect, Hand], _Shape] = {}
        self._made: dict[tuple[Aspect, Hand], HandPicture] = {}

    @property
    def has_scene(self) -> bool:
        """Whether anything is known."""
        return self._scene is not None

    def show(self, scene: Scene | None) -> None:
        """Be about this scene; None is two hands about which nothing is known."""
        old, self._scene = self._scene, scene
        if scene is None:
            if old is not None:
                self.lesions, self._facts = (), {}
                self._shapes.clear()
                self._made.clear()
            return
        has_same_lesions = old is not None and _tells_same_lesions(old, scene)
        if not has_same_lesions:
            previous = scene.record.previous(scene.visit)
            self.lesions = lesions_at(scene.record, scene.visit)
            self._previous_lesions = lesions_at(scene.record, previous) if previous and scene.show_previous else ()
            self._is_first = previous is None
        keeps_words = has_same_lesions and old is not None and old.layer is scene.layer
        facts = {hand: self._facts_of(scene, hand, keeps_words=keeps_words) for hand in Hand}
        if any(hand not in self._facts or self._facts[hand].amputations != facts[hand].amputations for hand in Hand):
            self._shapes.clear()
        same = [hand for hand in Hand if has_same_lesions and self._facts.get(hand) == facts[hand]]
        self._made = {key: made for key, made in self._made.items() if key[1] in same}
        self._facts = facts

    def of(self, aspect: Aspect, hand: Hand) -> HandPicture:
        """One face of one hand."""
        if (aspect, hand) not in self._made:
            self._made[aspect, hand] = self._make(aspect, hand)
        return self._made[aspect, hand]

    def words(self, hand: Hand) -> Mapping[Site, str]:
        """What is said of each site of a hand; the same on both faces."""
        return self._facts[hand].words if self._facts else {}

    def _facts_of(self, scene: Scene, hand: Hand, *, keeps_words: bool) -> _Facts:
        before = self._facts[hand] if keeps_words else None
        amputations = _amputations(scene.record, hand, scene.visit.day) if before is None else before.amputations
        readings = _readings(scene, hand)
        return _Facts(
            amputations=amputations,
            readings=readings,
            values=_values(scene, readings, amputations),
            words=_words(scene, hand, _Told(self.lesions, self._is_first, amputations, readings, before)),
        )

    def _make(self, aspect: Aspect, hand: Hand) -> HandPicture:
        if self._scene is None:
            return empty_picture(aspect, hand)
        facts = self._facts[hand]
        if (aspect, hand) not in self._shapes:
            self._shapes[aspect, hand] = _shape(aspect, hand, facts.amputations)
        shape = self._shapes[aspect, hand]
        return HandPicture(
            map=shape.map,
            ends=shape.ends,
            values=facts.values,
            lesions=_on(self.lesions, aspect, hand),
            previous_lesions=_on(self._previous_lesions, aspect, hand),
            is_first=self._is_first,
            absent={site: a.words for site, a in facts.amputations.items() if a.whole_digit},
            words=facts.words,
            boxes=shape.boxes,
        )


@dataclass(frozen=True)
class _Facts:
    """What a visit says of one hand, whichever face is shown."""

    amputations: Mapping[Site, Amputation]
    readings: Mapping[Site, Reading | None]
    values: Mapping[Site, DigitValue]
    words: Mapping[Site, str]


@dataclass(frozen=True)
class _Shape:
    """One face of a hand with its stumps."""

    map: HandMap
    ends: Mapping[Site, stump.End]
    boxes: Mapping[Site, Box]


@dataclass(frozen=True)
class _Told:
    """What the words about one hand are made of."""

    lesions: tuple[LesionAt, ...]
    is_first: bool
    amputations: Mapping[Site, Amputation]
    readings: Mapping[Site, Reading | None]
    #: Facts whose words still hold where the reading did not change.
    before: _Facts | None


def _tells_same_lesions(old: Scene, new: Scene) -> bool:
    """Whether lesions and stumps of two scenes are surely the same; a value never changes them."""
    one, other = old.record, new.record
    return (
        old.visit.id == new.visit.id
        and old.show_previous == new.show_previous
        and one.lesions == other.lesions
        and one.amputations == other.amputations
        and _is_same_visit(old.visit, new.visit)
        and len(one.visits) == len(other.visits)
        and all(_is_same_visit(a, b) for a, b in zip(one.visits, other.visits, strict=True))
    )


def _is_same_visit(one: Visit, other: Visit) -> bool:
    """Whether two visits are one and the same as far as lesions go."""
    return one is other or (
        one.id == other.id and one.at == other.at and one.state is other.state and one.states == other.states
    )


def _shape(aspect: Aspect, hand: Hand, amputations: Mapping[Site, Amputation]) -> _Shape:
    whole = load(aspect, hand)
    ends = {site: stump.end_of(whole, each) for site, each in amputations.items()}
    left = whole.without(stump.cuts(amputations))
    boxes: dict[Site, Box] = {}
    for site, path in left.regions.items():
        if site.phalanx:
            boxes[site.of_digit] = _around(path.bounds, boxes.get(site.of_digit, path.bounds))
    return _Shape(left, ends, boxes)


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _on(found: tuple[LesionAt, ...], aspect: Aspect, hand: Hand) -> tuple[LesionAt, ...]:
    return tuple(each for each in found if each.lesion.aspect is aspect and each.lesion.site.hand is hand)


def _amputations(record: PatientRecord, hand: Hand, day: date) -> dict[Site, Amputation]:
    found = ((site, record.amputation(site, day)) for site in digits_of(hand))
    return {site: each for site, each in found if each}


def _readings(scene: Scene, hand: Hand) -> dict[Site, Reading | None]:
    """What the layer says of each digit."""
    if scene.layer is None:
        return {}
    return {site: reading(scene.visit, site, scene.layer) for site in digits_of(hand)}


def _values(
    scene: Scene, readings: Mapping[Site, Reading | None], amputations: Mapping[Site, Amputation]
) -> dict[Site, DigitValue]:
    if scene.layer is None:
        return {}
    person = person_at(scene.record.patient, scene.visit, older_from=scene.older_from)
    values = {}
    for site, found in readings.items():
        amputation = amputations.get(site)
        if found is None or (amputation and amputation.whole_digit):
            continue
        values[site] = DigitValue(
            text=found.sign.replace("-", "−"),
            shade=shade(scene.layer, found, scene.ground),
            is_marked=mark(scene.visit, found, person) is not None,
            is_stump=amputation is not None,
        )
    return values


def _words(scene: Scene, hand: Hand, told: _Told) -> dict[Site, str]:
    """For each region of the drawing: its name, its findings, the value of the layer."""
    before = told.before
    words = {}
    for site in _sites_of(hand):
        now = told.readings.get(site.of_digit)
        if before is not None and now == before.readings.get(site.of_digit):
            words[site] = before.words[site]
        else:
            words[site] = _words_of(scene.layer, site, now, told)
    return words


def _words_of(layer: Measure | None, site: Site, now: Reading | None, told: _Told) -> str:
    parts = [site.name]
    amputation = told.amputations.get(site.of_digit)
    if amputation and site.digit:
        parts.append(_("{words}, {level}").format(words=amputation.words, level=amputation.level.label))
    if layer and site.digit:
        parts.append(f"{layer.name}: {now.words if now else _('not recorded')}")
    parts += [lesion_words(e, is_first=told.is_first) for e in told.lesions if e.lesion.site.within(site)]
    return "\n".join(parts)


@cache
def digits_of(hand: Hand) -> tuple[Site, ...]:
    """The five digits of a hand, thumb first."""
    return tuple(site for site in DIGITS if site.hand is hand)


@cache
def _sites_of(hand: Hand) -> tuple[Site, ...]:
    """All of which something is said: regions and whole digits."""
    return tuple(dict.fromkeys((*load(Aspect.DORSAL, hand).regions, *digits_of(hand))))


def lesion_words(found: LesionAt, *, is_first: bool) -> str:
    """One lesion in a line: "A: ulcer, active, new; palm, tip or pulp"; at a first visit it is "first recorded"."""
    lesion = found.lesion
    parts = [lesion.kind.label, found.status.label]
    if found.is_new:
        parts.append(_("first recorded") if is_first else _("new"))
    where = [lesion.aspect.label, *([lesion.location.label] if lesion.location else [])]
    if not lesion.is_exact:
        where.append(_("exact point not recorded"))
    return f"{lesion.letter}: {', '.join(parts)}; {', '.join(where)}"
