"""Pictures of the demo clinic: drawn here, plainly no photographs of anybody, and the same on every computer."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from ssc_hand.domain.anatomy import Hand, Site
from ssc_hand.domain.jpeg import fingerprint
from ssc_hand.domain.photographs import Photograph, ScaleMark
from ssc_hand.domain.records import Lesion, LesionState, PatientRecord, Visit
from ssc_hand.resources import ROOT
from ssc_hand.tasks.demo.dice import Dice

_SIZE = (720, 540)
#: Pixels of a millimetre in the picture of an ulcer, and where its middle lies.
_PER_MM, _MIDDLE = 26.0, (360.0, 235.0)
#: The sticker of 10 mm: left, top and bottom in pixels.
_STICKER = (60.0, 440.0, 458.0)
_SHEET, _SKIN, _EDGE, _CREASE = "#3c6a72", "#d9a78a", "#8f6650", "#bd8a6e"
_RIM, _BED, _CHALK, _INK, _PAPER = "#b5524f", "#8c2f33", "#efe6cf", "#1c1c1c", "#f6f4ee"
#: Fingers of the hand: middle and tip in pixels, from the thumb on.
_FINGERS = ((205, 300), (290, 125), (365, 95), (440, 120), (510, 180))
_QUALITY = 70


def with_pictures(record: PatientRecord, lesion: Lesion, dice: Dice) -> PatientRecord:
    """The record with a picture of this ulcer at each of its visits that measured it, and of the hand at the last."""
    told = record
    for visit in record.visits:
        state = visit.states.get(lesion.id)
        if state is not None and state.length_mm and state.width_mm:
            told = told.with_photograph(_of_ulcer(dice.new_id(), visit, lesion, state))
    return told.with_photograph(_of_hand(dice.new_id(), record.visits[-1], lesion))


def pictures_of(records: Iterable[PatientRecord]) -> dict[str, bytes]:
    """The bytes of the pictures of demo records, by the ids of their photographs."""
    return {each.id: _content(record, each) for record in records for each in record.photographs}


def _content(record: PatientRecord, photograph: Photograph) -> bytes:
    if photograph.lesion_id is None:
        assert photograph.site.hand is not None
        return _hand(photograph.site.hand)
    visit = next(each for each in record.visits if each.id == photograph.visit_id)
    return _ulcer(*_size(visit.states[photograph.lesion_id]))


def _size(state: LesionState) -> tuple[float, float]:
    return float(state.length_mm or 0), float(state.width_mm or 0)


def _of_ulcer(photograph_id: str, visit: Visit, lesion: Lesion, state: LesionState) -> Photograph:
    left, top, bottom = _STICKER
    middle = (top + bottom) / 2
    scale = ScaleMark((left, middle), (left + 10 * _PER_MM, middle), 10.0)
    described = _described(photograph_id, visit, _ulcer(*_size(state)))
    return replace(described, lesion_id=lesion.id, scale=scale)


def _of_hand(photograph_id: str, visit: Visit, lesion: Lesion) -> Photograph:
    assert lesion.site.hand is not None
    described = _described(photograph_id, visit, _hand(lesion.site.hand))
    return replace(described, site=Site(lesion.site.hand))


def _described(photograph_id: str, visit: Visit, content: bytes) -> Photograph:
    return Photograph(
        id=photograph_id,
        visit_id=visit.id,
        taken_at=visit.at + timedelta(minutes=5),
        caption="Drawn by the program; no photograph of anybody.",
        width_px=_SIZE[0],
        height_px=_SIZE[1],
        size_bytes=len(content),
        sha256=fingerprint(content),
    )


@cache
def _ulcer(length: float, width: float) -> bytes:
    """The back of a finger with an ulcer of this length and width in mm, and a sticker of 10 mm."""
    image, draw = _sheet()
    draw.rounded_rectangle((-80, 90, 800, 380), 40, fill=_SKIN, outline=_EDGE, width=4)
    for crease in (130, 152, 556, 578):
        draw.arc((crease - 30, 120, crease + 30, 350), 300, 60, fill=_CREASE, width=4)
    for grown, colour in ((1.6, _RIM), (0.0, _BED)):
        draw.ellipse(_around(length + grown, width + grown), fill=colour)
    for dx, dy in ((-0.25, 0.1), (0.1, -0.15), (0.25, 0.2)):
        x, y = _MIDDLE[0] + dx * length * _PER_MM, _MIDDLE[1] + dy * width * _PER_MM
        draw.ellipse((x - 6, y - 5, x + 6, y + 5), fill=_CHALK)
    left, top, bottom = _STICKER
    right = left + 10 * _PER_MM
    draw.rectangle((left - 14, top - 14, right + 14, bottom + 40), fill=_PAPER)
    draw.rectangle((left, top, right, bottom), fill=_INK)
    draw.text(((left + right) / 2, bottom + 18), "10 mm", fill=_INK, font=_font(20), anchor="mm")
    return _written(image)


def _around(length: float, width: float) -> tuple[float, float, float, float]:
    (x, y), half, across = _MIDDLE, length / 2 * _PER_MM, width / 2 * _PER_MM
    return (x - half, y - across, x + half, y + across)


@cache
def _hand(hand: Hand) -> bytes:
    """The back of a hand in plain shapes, with deposits over two joints."""
    image, draw = _sheet()
    left, top, right, bottom = (300.0, 330.0, 500.0, 620.0)
    for edge, colour in ((8, _EDGE), (0, _SKIN)):
        for (x, y), foot in zip(_FINGERS, (330, 330, 375, 420, 465), strict=True):
            wide = 42 + edge
            draw.line((x, y, foot, 430 if x == _FINGERS[0][0] else 360), fill=colour, width=wide)
            draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=colour)
        half = edge / 2
        draw.rounded_rectangle((left - half, top - half, right + half, bottom), 46, fill=colour)
    for joint in ((309, 240), (368, 225)):
        draw.circle(joint, 13, fill=_CHALK, outline=_CREASE, width=2)
    if hand is Hand.LEFT:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return _written(image)


def _sheet() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", _SIZE, _SHEET)
    return image, ImageDraw.Draw(image)


def _written(image: Image.Image) -> bytes:
    """The picture as a plain JPEG, labelled as no real one."""
    ImageDraw.Draw(image).text((_SIZE[0] - 24, 34), "SYNTHETIC", fill=_PAPER, font=_font(34), anchor="rm")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(ROOT / "fonts" / "DejaVuSans-Bold.ttf"), size)
