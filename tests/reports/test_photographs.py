"""Photographs on paper: never by themselves; when asked for, at the end, with subject, date and a true bar."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from pypdf import PdfReader

from ssc_hand.domain.photographs import ScaleMark
from ssc_hand.domain.records import PatientRecord
from ssc_hand.reports.visit_summary import Printing, illustrated_summary
from tests.builders import a_moment, a_patient, a_record, a_visit
from tests.pictures import PLAIN_JPEG, a_photograph
from tests.reports.cases import CLINIC, PRINTED
from tests.reports.printed import pages, pdf

HOSTILE = "<b>x</b><img src='/etc/passwd'/> & José\u00a0"


def photographed(count: int = 1) -> PatientRecord:
    """A patient with an ulcer, photographed at the last visit."""
    before = a_visit("2026-01-05T09:00").with_ulcer("R.D2.distal").final()
    record = a_record(before, a_visit().final(), patient=a_patient(family_name="Rojas"))
    outline = ((100.0, 100.0), (300.0, 100.0), (300.0, 200.0), (100.0, 200.0))
    for number in range(count):
        record = record.with_photograph(
            a_photograph(
                record.visits[1].id,
                lesion_id=record.lesions[0].id,
                caption=f"picture {number}",
                taken_at=a_moment(),
                width_px=800,
                height_px=600,
                scale=ScaleMark((0.0, 500.0), (100.0, 500.0), 10.0),
                outline=outline,
            )
        )
    return record.with_photograph(a_photograph(record.visits[0].id, caption="of the visit before"))


def jpeg(width: int = 800, height: int = 600) -> bytes:
    """A grey picture."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), (120, 110, 105)).save(held, "JPEG")
    return held.getvalue()


def printed(record: PatientRecord, *, paper: str = "A4") -> bytes:
    pictures = {each.id: jpeg() for each in record.photographs}
    return illustrated_summary(record, record.visits[-1], CLINIC, pictures, Printing(PRINTED, "0.1.0", paper))


def images(data: bytes) -> int:
    return sum(len(page.images) for page in PdfReader(io.BytesIO(data)).pages)


def test_no_photograph_is_printed_that_nobody_asked_for() -> None:
    record = photographed()
    plain = pdf(record)
    assert images(plain) == 0
    assert "picture 0" not in " ".join(pages(plain))
    assert plain == pdf(replace(record, photographs=()))


def test_asked_for_they_stand_at_the_end_with_what_they_show_and_when_and_what_was_measured() -> None:
    found = pages(printed(photographed()))
    last = found[-1]
    assert "Photographs" in last
    assert "Lesion A: ulcer, right index, distal phalanx" in last
    assert "picture 0. Taken 2 Mar 2026, 09:30" in last
    assert "length 22.4 mm" in last
    assert "area 200 mm²" in last
    assert "10 mm" in last
    assert "Rojas" in last
    assert "of the visit before" not in " ".join(found)
    assert images(printed(photographed())) == 1


def test_a_caption_that_ends_with_a_full_stop_has_one() -> None:
    record = photographed()
    told = record.photographs[-1] if record.photographs[-1].caption == "picture 0" else record.photographs[0]
    last = pages(printed(record.with_photograph(replace(told, caption="A sentence."))))[-1]
    assert "A sentence. Taken" in last


def test_the_bar_is_as_long_as_ten_millimetres_of_the_picture() -> None:
    page = PdfReader(io.BytesIO(printed(photographed()))).pages[-1]
    contents = page.get_contents()
    assert contents is not None
    drawn = contents.get_data().decode("latin-1")
    width = float(re.findall(r"([\d.]+) 0 0 [\d.]+ 0 [\d.]+ cm\s+/FormXob", drawn)[-1])
    assert f"n 0 4 m {width / 8:.6g}"[:12] in drawn


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("count", [2, 7])
def test_many_photographs_fill_pages_that_all_say_whose_they_are(paper: str, count: int) -> None:
    found = pages(printed(photographed(count), paper=paper))
    assert all("Rojas" in page for page in found)
    assert all(f"picture {number}" in " ".join(found) for number in range(count))


def test_a_caption_is_printed_as_typed_and_a_missing_picture_is_said() -> None:
    record = photographed()
    photograph = replace(record.photographs[0], caption=HOSTILE)
    record = record.with_photograph(photograph)
    other = a_photograph(record.visits[-1].id, caption="elsewhere")
    record = record.with_photograph(other)
    pictures = {photograph.id: jpeg()}
    data = illustrated_summary(record, record.visits[-1], CLINIC, pictures, Printing(PRINTED, "0.1.0"))
    text = " ".join(pages(data))
    assert "<b>x</b><img src='/etc/passwd'/> & José" in text
    assert "The picture itself is not in this clinic's file." in text
    assert images(data) == 1


def test_equal_pictures_give_equal_bytes() -> None:
    record = photographed(2)
    assert printed(record) == printed(record)


def test_a_small_jpeg_of_the_window_can_be_printed() -> None:
    record = photographed()
    pictures = {record.photographs[0].id: PLAIN_JPEG}
    assert images(illustrated_summary(record, record.visits[-1], CLINIC, pictures, Printing(PRINTED, "0.1.0"))) == 1
