"""Photographs in a bundle: told of always, carried when asked, and checked like those of the window."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import jsonschema
import pytest

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.photographs import ScaleMark
from ssc_hand.domain.records import PatientRecord
from ssc_hand.exchange.bundle import dumps, from_bundle, from_bundle_with_pictures, to_bundle
from tests.builders import a_moment, a_record, a_visit
from tests.exchange.given import ULCER, bundle, patient, visit
from tests.exchange.test_schema import SCHEMA
from tests.pictures import PLAIN_JPEG, a_photograph, with_segment

PICTURE: dict[str, Any] = {
    "lesion": "u1",
    "width_px": 8,
    "height_px": 8,
    "size_bytes": len(PLAIN_JPEG),
    "sha256": hashlib.sha256(PLAIN_JPEG).hexdigest(),
    "jpeg": base64.b64encode(PLAIN_JPEG).decode(),
}


def photographed() -> PatientRecord:
    """A patient with a picture of a lesion and one of a hand."""
    record = a_record(a_visit().with_ulcer("R.D2.distal").final())
    of_lesion = a_photograph(
        record.visits[0].id,
        lesion_id=record.lesions[0].id,
        caption="tip",
        taken_at=a_moment(),
        width_px=800,
        height_px=600,
        scale=ScaleMark((10.5, 20.0), (110.5, 20.0), 10.0),
        outline=((1.0, 1.0), (50.5, 1.0), (40.0, 70.0)),
    )
    of_hand = a_photograph(record.visits[0].id, site=parse_site("L"))
    return record.with_photograph(of_lesion).with_photograph(of_hand)


def with_picture(**more: Any) -> str:
    """A bundle with one picture."""
    return bundle(patient(visit(lesions=[ULCER], photographs=[{**PICTURE, **more}])))


def test_descriptions_come_back_as_they_were_and_bytes_only_when_asked() -> None:
    record = photographed()
    pictures = {record.photographs[1].id: PLAIN_JPEG}
    plain, full = dumps(to_bundle([record])), dumps(to_bundle([record], pictures))
    assert "jpeg" not in plain
    assert from_bundle(plain) == [record]
    assert from_bundle_with_pictures(full) == ([record], pictures)
    jsonschema.Draft202012Validator(SCHEMA).validate(to_bundle([record], pictures))


def test_a_picture_of_a_lesion_with_a_local_id_finds_its_lesion() -> None:
    (record,), pictures = from_bundle_with_pictures(with_picture())
    assert record.photographs[0].lesion_id == record.lesions[0].id
    assert pictures == {record.photographs[0].id: PLAIN_JPEG}


@pytest.mark.parametrize(
    "wrong",
    [
        {"lesion": "u2"},
        {"lesion": ["u1"]},
        {"site": "R"},
        {"lesion": None, "site": "R.D2"},
        {"width_px": 9},
        {"width_px": 8.0},
        {"width_px": True},
        {"sha256": "0" * 64},
        {"sha256": None},
        {"jpeg": "%%%"},
        {"jpeg": 7},
        {"jpeg": ""},
        {"jpeg": base64.b64encode(with_segment(0xE1, b"Exif\0\0")).decode()},
        {"jpeg": base64.b64encode(b"<svg/>").decode()},
        {"outline": [1, 2, 3]},
        {"outline": [1, 2, 3, 4]},
        {"outline": [1] * 2002},
        {"outline": [1, 2, 3, 4, 5, "6"]},
        {"scale": [1, 2, 3, 4]},
        {"scale": [0, 0, 8, 8, 0]},
        {"taken_at": "2126-01-01T10:00:00+00:00"},
        {"url": "https://example.org"},
    ],
)
def test_a_picture_that_is_wrong_refuses_the_file_and_says_where(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused, match=r"visit 1, photograph 1"):
        from_bundle(with_picture(**wrong))
