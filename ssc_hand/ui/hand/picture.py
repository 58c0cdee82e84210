"""What the drawing says: per digit a shade and a value, per lesion a mark; decided here, painted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ssc_hand.charts.scales import Ground, Shade, shade
from ssc_hand.domain.anatomy import DIGITS, Aspect, Hand, Site
from ssc_hand.domain.derived import mark, person_at, reading
from ssc_hand.domain.lesions import LesionAt, lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import Amputation, PatientRecord, Visit
from ssc_hand.geometry import stump
from ssc_hand.geometry.hand_map import HandMap, load
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
    return HandPicture(load(aspect, hand), {}, (), (), {})


def picture(scene: Scene, hand: Hand) -> HandPicture:
    """One hand of a visit."""
    found = lesions_at(scene.record, scene.visit)
    before = scene.record.previous(scene.visit) if scene.show_previous else None
    amputations = _amputations(scene.record, hand, scene.visit.day)
    whole = load(scene.aspect, hand)
    return HandPicture(
        map=whole.without(stump.cuts(amputations)),
        ends={site: stump.end_of(whole, a) for site, a in amputations.items()},
        values=_values(scene, hand, amputations) if scene.layer else {},
        lesions=_on(found, scene.aspect, hand),
        previous_lesions=_on(lesions_at(scene.record, before), scene.aspect, hand) if before else (),
        is_first=scene.record.previous(scene.visit) is None,
        absent={site: a.words for site, a in amputations.items() if a.whole_digit},
        words=_words(scene, hand, found),
    )


def _on(found: tuple[LesionAt, ...], aspect: Aspect, hand: Hand) -> tuple[LesionAt, ...]:
    return tuple(each for each in found if each.lesion.aspect is aspect and each.lesion.site.hand is hand)


def _amputations(record: PatientRecord, hand: Hand, day: date) -> dict[Site, Amputation]:
    sites = (site for site in DIGITS if site.hand is hand)
    found = ((site, record.amputation(site, day)) for site in sites)
    return {site: each for site, each in found if each}


def _values(scene: Scene, hand: Hand, amputations: Mapping[Site, Amputation]) -> dict[Site, DigitValue]:
    assert scene.layer is not None
    person = person_at(scene.record.patient, scene.visit, older_from=scene.older_from)
    values = {}
    for site in (site for site in DIGITS if site.hand is hand):
        amputation = amputations.get(site)
        found = reading(scene.visit, site, scene.layer)
        if found is None or (amputation and amputation.whole_digit):
            continue
        values[site] = DigitValue(
            text="–" if found.value is None else found.text.replace("-", "−"),
            shade=shade(scene.layer, found, scene.ground),
            is_marked=mark(scene.visit, found, person) is not None,
            is_stump=amputation is not None,
        )
    return values


def _words(scene: Scene, hand: Hand, found: tuple[LesionAt, ...]) -> dict[Site, str]:
    """For each region of the drawing: its name, its findings, the value of the layer."""
    words = {}
    for site in (*load(scene.aspect, hand).regions, *(site for site in DIGITS if site.hand is hand)):
        parts = [site.name]
        amputation = scene.record.amputation(site, scene.visit.day) if site.digit else None
        if amputation:
            parts.append(_("{words}, {level}").format(words=amputation.words, level=amputation.level.label))
        if scene.layer and site.digit:
            now = reading(scene.visit, site.of_digit, scene.layer)
            value = now.words if now else _("not recorded")
            parts.append(f"{scene.layer.name}: {value}")
        is_first = scene.record.previous(scene.visit) is None
        parts += [lesion_words(each, is_first=is_first) for each in found if each.lesion.site.within(site)]
        words[site] = "\n".join(parts)
    return words


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
