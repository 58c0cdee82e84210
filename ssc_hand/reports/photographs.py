"""Photographs on paper: only when asked for, at the end, each with what it shows, its date and a bar of 10 mm."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer, Table

from ssc_hand.domain.dates import time_label
from ssc_hand.domain.photographs import Photograph, photographs_at, subject_words
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.geometry.outline import measured, mm_per_pixel
from ssc_hand.i18n import _
from ssc_hand.reports.grid import bold
from ssc_hand.reports.styles import INK, styles
from ssc_hand.reports.text import Lettering, draw, inline, markup, paragraph

_GAP = 14.0
_HIGHEST = 250.0
#: Millimetres that the bar stands for, the first that is neither a dot nor wider than the picture.
_BARS = (10.0, 1.0, 100.0)
_LEAST_BAR = 9.0


class _Picture(Flowable):
    """One picture as wide or as high as there is room, with its bar below."""

    def __init__(self, photograph: Photograph, content: bytes, width: float) -> None:
        super().__init__()
        ratio = min(width / photograph.width_px, _HIGHEST / photograph.height_px)
        self._image = ImageReader(io.BytesIO(content))
        self._size = (photograph.width_px * ratio, photograph.height_px * ratio)
        self._bar = _bar(photograph, ratio, self._size[0])

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The picture and the line of the bar."""
        return self._size[0], self._size[1] + (12.0 if self._bar else 0.0)

    def draw(self) -> None:
        """The picture, then the bar under its left edge."""
        below = 12.0 if self._bar else 0.0
        self.canv.drawImage(self._image, 0, below, *self._size)
        if self._bar:
            mm, reach = self._bar
            self.canv.setStrokeColor(INK)
            self.canv.setLineWidth(1.2)
            self.canv.line(0, 4, reach, 4)
            for x in (0.0, reach):
                self.canv.line(x, 1.5, x, 6.5)
            draw(self.canv, (reach + 5, 1.5), _("{n} mm").format(n=f"{mm:g}"), Lettering(7.4))


def _bar(photograph: Photograph, ratio: float, width: float) -> tuple[float, float] | None:
    """The mm that a bar stands for and its length in points; None without a scale."""
    if photograph.scale is None:
        return None
    per_mm = ratio / mm_per_pixel(photograph.scale)
    fitting = [(mm, mm * per_mm) for mm in _BARS if _LEAST_BAR <= mm * per_mm <= width * 0.8]
    return fitting[0] if fitting else None


def photographs(record: PatientRecord, visit: Visit, pictures: Mapping[str, bytes], width: float) -> Iterator[Flowable]:
    """The photographs of a visit, two in a row."""
    room = (width - _GAP) / 2
    cells = [_cell(record, each, pictures.get(each.id), room) for each in photographs_at(record, visit)]
    for start in range(0, len(cells), 2):
        row = [*cells[start : start + 2], *([""] if len(cells) - start == 1 else [])]
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ]
        yield Table([[row[0], "", row[1]]], [room, _GAP, room], style=style, hAlign="LEFT", spaceAfter=6)


def _cell(record: PatientRecord, photograph: Photograph, content: bytes | None, width: float) -> list[Flowable]:
    subject = subject_words(record, photograph)
    told: list[Flowable] = [markup(bold(subject[:1].upper() + subject[1:]), styles().cell)]
    if content is None:
        told.append(paragraph(_("The picture itself is not in this clinic's file."), styles().note))
    else:
        told += [Spacer(0, 2), _Picture(photograph, content, width), Spacer(0, 2)]
    told.append(markup(inline(". ".join(_facts(photograph))), styles().cell))
    return told


def _facts(photograph: Photograph) -> list[str]:
    taken = photograph.taken_at
    facts = [photograph.caption.rstrip(" .")] if photograph.caption else []
    facts.append(_("Taken {time}").format(time=time_label(taken)) if taken else _("Time of the picture not recorded"))
    found = measured(photograph)
    if found is not None:
        facts.append(
            _("Measured on the picture: length {length} mm, width {width} mm, area {area} mm²").format(
                length=f"{found.length_mm:.1f}", width=f"{found.width_mm:.1f}", area=f"{found.area_mm2:.0f}"
            )
        )
    elif photograph.scale is None:
        facts.append(_("No scale"))
    return facts
