"""Photographs: what they can belong to, what can be marked on them, and what a kept picture may hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.jpeg import LONGEST_SIDE, size_of
from ssc_hand.domain.photographs import (
    ScaleMark,
    check_photograph,
    earlier_photographs,
    numbers_of,
    photographs_at,
    points_of,
    scale_of,
    subject_words,
)
from tests.builders import a_moment, a_patient, a_record, a_visit
from tests.pictures import PLAIN_JPEG, a_photograph, with_segment


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"site": parse_site("R.D2")}, "belongs to a visit, a hand or a lesion"),
        ({"site": parse_site("R"), "lesion_id": "x"}, "belongs to a visit, a hand or a lesion"),
        ({"width_px": 0}, "pixels a side"),
        ({"height_px": 0}, "pixels a side"),
        ({"width_px": LONGEST_SIDE + 1}, "pixels a side"),
        ({"height_px": LONGEST_SIDE + 1}, "pixels a side"),
        ({"sha256": "abc"}, "SHA-256"),
        ({"size_bytes": 0}, "size in bytes"),
        ({"outline": ((1.0, 1.0), (2.0, 2.0))}, "between 3 and"),
        ({"outline": ((1.0, 1.0), (2.0, 2.0), (801.0, 2.0))}, "outside the picture"),
        ({"outline": ((1.0, 1.0), (2.0, -0.1), (2.0, 2.0))}, "outside the picture"),
        ({"scale": ScaleMark((0, 0), (0, 601), 10)}, "outside the picture"),
    ],
)
def test_a_photograph_that_cannot_be_is_refused(wrong: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        a_photograph("v", **{"width_px": 800, "height_px": 600, **wrong})


@pytest.mark.parametrize(
    ("second", "mm", "why"),
    [
        ((32.0, 26.0), 500.0, None),
        ((10.0, 29.9), 10.0, "too close together"),
        ((29.9, 10.0), 10.0, "too close together"),
        ((110.0, 10.0), 0.0, "between 0 and 500 mm"),
        ((110.0, 10.0), 0.5, None),
        ((110.0, 10.0), 500.1, "between 0 and 500 mm"),
    ],
)
def test_a_scale_is_long_enough_to_be_no_guess(second: tuple[float, float], mm: float, why: str | None) -> None:
    if why is None:
        assert ScaleMark((10.0, 10.0), second, mm).mm == mm
    else:
        with pytest.raises(Refused, match=why):
            ScaleMark((10.0, 10.0), second, mm)


def test_the_whole_picture_can_be_outlined_and_a_scale_can_lie_along_its_edge() -> None:
    corners = ((0.0, 0.0), (800.0, 0.0), (800.0, 600.0), (0.0, 600.0))
    made = a_photograph("v", width_px=800, height_px=600, outline=corners, scale=ScaleMark((0, 0), (0, 600), 10))
    assert made.outline == corners


def test_a_picture_of_tomorrow_or_before_birth_is_refused() -> None:
    photograph, patient = a_photograph("v", taken_at=a_moment("2026-03-09T10:00")), a_patient()
    with pytest.raises(Refused, match="future"):
        check_photograph(photograph, patient, a_moment("2026-03-02T10:00"))
    with pytest.raises(Refused, match="birth"):
        born = replace(patient, birth_date=a_moment("2026-03-10T10:00").date())
        check_photograph(photograph, born, a_moment("2026-04-02T10:00"))
    check_photograph(photograph, replace(patient, birth_date=None), a_moment("2026-04-02T10:00"))


def test_points_and_scales_are_read_as_they_are_written() -> None:
    scale = ScaleMark((10.5, 20.0), (110.5, 20.0), 10.0)
    assert scale_of(scale.numbers) == scale
    assert scale_of(()) is None
    assert points_of(numbers_of(((1.0, 2.0), (3.5, 4.0)))) == ((1.0, 2.0), (3.5, 4.0))
    for wrong in ((1, 2, 3), (1, 2, 3, 4)):
        with pytest.raises(Refused):
            scale_of(wrong)
    with pytest.raises(Refused):
        points_of((1, 2, 3))


def test_the_pictures_of_a_visit_begin_with_lesions_and_the_earlier_ones_are_of_the_same_lesion() -> None:
    first = a_visit("2026-01-05T09:00").with_ulcer("R.D2.distal").final()
    (ulcer,) = first.lesion_ids
    record = a_record(first, a_visit())
    before, now = record.visits
    old = a_photograph(before.id, lesion_id=ulcer)
    new = a_photograph(now.id, lesion_id=ulcer)
    hand = a_photograph(now.id, site=parse_site("L"))
    for each in (old, hand, new):
        record = record.with_photograph(each)
    assert photographs_at(record, now) == (new, hand)
    assert earlier_photographs(record, new) == (old,)
    assert earlier_photographs(record, hand) == ()
    assert subject_words(record, new).startswith("Lesion A: ")
    assert subject_words(record, hand) == "left hand"


def test_a_plain_jpeg_tells_its_size() -> None:
    assert size_of(PLAIN_JPEG) == (8, 8)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        PLAIN_JPEG[:-2],
        PLAIN_JPEG[:40],
        PLAIN_JPEG + b"and more",
        PLAIN_JPEG + PLAIN_JPEG,
        with_segment(0xE1, b"Exif\0\0MM\0*"),
        with_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        with_segment(0xED, b"Photoshop 3.0\0"),
        with_segment(0xE2, b"ICC_PROFILE\0"),
        with_segment(0xFE, b"a remark"),
        with_segment(0xE0, b"JFXX\0\x13" + bytes(30)),
        with_segment(0xEE, b"Adobe" + bytes(7) + b"a name"),
    ],
)
def test_whatever_carries_more_or_less_than_a_picture_is_not_kept(content: bytes) -> None:
    with pytest.raises(Refused):
        size_of(content)
