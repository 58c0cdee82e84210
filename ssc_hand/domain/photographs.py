"""Photograph: the description of a picture of a visit, a hand or a lesion; the picture itself is fetched by id."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssc_hand.domain.anatomy import VISIT, Site, site_order
from ssc_hand.domain.dates import day_label, time_label
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.jpeg import LONGEST_SIDE, MOST_BYTES, fingerprint, size_of
from ssc_hand.i18n import _

if TYPE_CHECKING:
    from ssc_hand.domain.records import Patient, PatientRecord, Stamp, Visit

#: A point of the picture in pixels from its upper left corner.
Point = tuple[float, float]

#: Points of an outline that are kept.
MOST_POINTS = 500
#: Pixels that the two points of a scale lie apart at least; closer ones would make the scale a guess.
LEAST_APART = 20.0
#: Millimetres that can lie between the two points of a scale.
MOST_MM = 500.0
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ScaleMark:
    """Two points of the picture whose distance in mm is known, such as the ends of a 10 mm sticker."""

    first: Point
    second: Point
    mm: float

    def __post_init__(self) -> None:
        if not 0 < self.mm <= MOST_MM:
            raise Refused(_("The distance of a scale lies between 0 and {most} mm.").format(most=f"{MOST_MM:g}"))
        (x1, y1), (x2, y2) = self.first, self.second
        if (x1 - x2) ** 2 + (y1 - y2) ** 2 < LEAST_APART**2:
            raise Refused(_("The two points of the scale lie too close together. Mark a longer distance."))

    @property
    def numbers(self) -> tuple[float, ...]:
        """As files write it: x and y of both points in pixels, then the mm between them."""
        return (*self.first, *self.second, self.mm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """One picture taken at a visit: what it shows, how large it is, and what was measured on it."""

    id: str
    visit_id: str
    #: The whole visit or a hand; the whole visit where it shows a lesion.
    site: Site = VISIT
    lesion_id: str | None = None
    taken_at: dt.datetime | None = None
    caption: str | None = None
    width_px: int
    height_px: int
    size_bytes: int
    #: SHA-256 of the picture's bytes, in hexadecimal digits.
    sha256: str
    scale: ScaleMark | None = None
    #: The outline of what is measured, point after point; empty where none was drawn.
    outline: tuple[Point, ...] = ()
    stamp: Stamp | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.site.digit is not None or (self.lesion_id is not None and self.site != VISIT):
            raise Refused(_("A photograph belongs to a visit, a hand or a lesion."))
        if not (0 < self.width_px <= LONGEST_SIDE and 0 < self.height_px <= LONGEST_SIDE):
            raise Refused(_("A photograph has between 1 and {most} pixels a side.").format(most=LONGEST_SIDE))
        if not 0 < self.size_bytes <= MOST_BYTES or not _SHA256.fullmatch(self.sha256):
            raise Refused(_("A photograph needs its size in bytes and its SHA-256."))
        if self.outline and not 3 <= len(self.outline) <= MOST_POINTS:
            raise Refused(_("An outline has between 3 and {most} points.").format(most=MOST_POINTS))
        for x, y in (*self.outline, *((self.scale.first, self.scale.second) if self.scale else ())):
            if not (0 <= x <= self.width_px and 0 <= y <= self.height_px):
                raise Refused(_("A point that was marked lies outside the picture."))

    @property
    def size_words(self) -> str:
        """For people: "1600 × 1200 pixels, 0.8 MB"."""
        return _("{w} × {h} pixels, {mb} MB").format(
            w=self.width_px, h=self.height_px, mb=f"{max(self.size_bytes / 1e6, 0.1):.1f}"
        )

    def shows_same(self, other: Photograph) -> bool:
        """Whether both show the same lesion, or the same hand."""
        return (self.lesion_id, self.site) == (other.lesion_id, other.site)


def numbers_of(points: Iterable[Point]) -> tuple[float, ...]:
    """Points as files write them: x, y, x, y and so on."""
    return tuple(number for point in points for number in point)


def points_of(numbers: Iterable[float]) -> tuple[Point, ...]:
    """Points as files write them; raises `Refused` where one has no y."""
    flat = tuple(round(float(number), 1) for number in numbers)
    if len(flat) % 2:
        raise Refused(_("Points are written as x and y in turn."))
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def scale_of(numbers: Iterable[float]) -> ScaleMark | None:
    """A scale as files write it (x, y, x, y, mm); None for nothing, `Refused` for anything else."""
    found = tuple(numbers)
    if not found:
        return None
    if len(found) != 5:
        raise Refused(_("A scale is written as x, y, x, y and the mm between."))
    first, second = points_of(found[:4])
    return ScaleMark(first, second, float(found[4]))


def check_photograph(photograph: Photograph, patient: Patient, now: dt.datetime) -> None:
    """Refuse a picture that was taken in the future or before birth; raises `Refused`."""
    taken = photograph.taken_at
    if taken is None:
        return
    if taken > now + dt.timedelta(days=1):
        raise Refused(_("Taken: {time} lies in the future.").format(time=time_label(taken)))
    if patient.birth_date is not None and taken.date() < patient.birth_date:
        raise Refused(_("Taken: {day} lies before the birth date.").format(day=day_label(taken.date())))


def check_content(photograph: Photograph, content: bytes) -> None:
    """Refuse bytes that are no plain picture, or another one than the description tells."""
    told = (photograph.width_px, photograph.height_px)
    if size_of(content) != told or fingerprint(content) != photograph.sha256:
        raise Refused(_("The picture is not the one that is described. Nothing was changed."))


def subject_words(record: PatientRecord, photograph: Photograph) -> str:
    """What a picture shows, for people: "Lesion A: ulcer, right index, ...", "right hand" or "whole visit"."""
    for lesion in record.lesions:
        if lesion.id == photograph.lesion_id:
            return _("Lesion {letter}: {kind}, {site}").format(
                letter=lesion.letter, kind=lesion.kind.label, site=lesion.site.name
            )
    return photograph.site.name


def photographs_at(record: PatientRecord, visit: Visit) -> tuple[Photograph, ...]:
    """The pictures of one visit: lesions by letter, then hands, then the visit; the earlier taken first."""
    letters = {lesion.id: number for number, lesion in enumerate(record.lesions)}

    def order(each: Photograph) -> tuple[int, int, str, str]:
        place = letters.get(each.lesion_id or "", len(letters))
        site = site_order(each.site) or 1_000
        return (place, site, each.taken_at.isoformat() if each.taken_at else "", each.id)

    return tuple(sorted((each for each in record.photographs if each.visit_id == visit.id), key=order))


def earlier_photographs(record: PatientRecord, photograph: Photograph) -> tuple[Photograph, ...]:
    """Pictures of the same lesion or hand at final visits before, the latest first."""
    visit = record.visit(photograph.visit_id)
    days = {each.id: each.at for each in record.until(visit) if each.id != visit.id}
    found = [each for each in record.photographs if each.visit_id in days and each.shows_same(photograph)]
    return tuple(sorted(found, key=lambda each: (days[each.visit_id], each.id), reverse=True))
