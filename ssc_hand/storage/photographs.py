"""Photographs in the file: the description in a row like others, the picture beside it, written once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import PHOTOGRAPH, load_all
from ssc_hand.domain.jpeg import fingerprint, size_of
from ssc_hand.domain.photographs import Photograph, check_content, numbers_of, points_of, scale_of
from ssc_hand.domain.records import Stamp
from ssc_hand.storage import rows
from ssc_hand.storage.driver import Connection, Row
from ssc_hand.storage.rows import Table

_OWN = ("visit_id", "site", "lesion_id", "width_px", "height_px", "size_bytes", "sha256", "scale", "outline")
PHOTOGRAPHS = Table("photograph", ("id",), (), (*_OWN, *(field.key for field in PHOTOGRAPH)))

_KEEP = "INSERT INTO photograph_content (photograph_id, content) VALUES (?, ?) ON CONFLICT DO NOTHING"
_CONTENT = "SELECT content FROM photograph_content WHERE photograph_id = ?"
_ALL = "SELECT id, sha256, width_px, height_px, content FROM photograph JOIN photograph_content ON photograph_id = id"
_OF_LESION = (
    "SELECT 1 FROM photograph JOIN visit ON visit.id = visit_id WHERE lesion_id = ? "
    "AND photograph.withdrawn_at IS NULL AND visit.withdrawn_at IS NULL LIMIT 1"
)


def values(photograph: Photograph) -> list[Any]:
    """The columns of a photograph, in their order."""
    return [
        photograph.visit_id,
        photograph.site.code,
        photograph.lesion_id,
        photograph.width_px,
        photograph.height_px,
        photograph.size_bytes,
        photograph.sha256,
        _written(photograph.scale.numbers) if photograph.scale else None,
        _written(numbers_of(photograph.outline)) if photograph.outline else None,
        *rows.scalars(PHOTOGRAPH, photograph),
    ]


def load_photograph(row: Row) -> Photograph:
    """The photograph of a row; raises `Refused` where it holds what no record can."""
    stored: dict[str, Any] = dict(zip(PHOTOGRAPHS.columns, row[1:], strict=False))
    told: dict[str, Any] = load_all(PHOTOGRAPH, stored)
    by, at, version = row[-3:]
    return Photograph(
        id=str(row[0]),
        visit_id=str(stored["visit_id"]),
        site=parse_site(str(stored["site"])),
        lesion_id=stored["lesion_id"],
        **{key: stored[key] for key in ("width_px", "height_px", "size_bytes", "sha256")},
        scale=scale_of(_read(stored["scale"])),
        outline=points_of(_read(stored["outline"])),
        stamp=Stamp(by=str(by), at=datetime.fromisoformat(str(at)), version=int(str(version))),
        **told,
    )


def _written(numbers: tuple[float, ...]) -> str:
    return " ".join(f"{number:.12g}" for number in numbers)


def _read(stored: object) -> Iterator[float]:
    return (float(each) for each in str(stored).split()) if stored else iter(())


def keep(connection: Connection, photograph: Photograph, content: bytes) -> None:
    """Keep the picture of a photograph; raises `Refused` where it is not the one described."""
    check_content(photograph, content)
    connection.execute(_KEEP, (photograph.id, content))


def content_of(connection: Connection, photograph_id: str) -> bytes | None:
    """The bytes of a picture; None where the file has only its description."""
    found = connection.execute(_CONTENT, (photograph_id,)).fetchone()
    return None if found is None else bytes(found[0])


def shows(connection: Connection, lesion_id: str) -> bool:
    """Whether a photograph shows this lesion."""
    return connection.execute(_OF_LESION, (lesion_id,)).fetchone() is not None


def damaged(connection: Connection) -> Iterator[str]:
    """The ids of photographs whose picture is no longer the one that was taken in."""
    for photograph_id, sha256, width, height, content in connection.execute(_ALL):
        try:
            is_whole = size_of(content) == (width, height) and fingerprint(content) == sha256
        except Refused:
            is_whole = False
        if not is_whole:
            yield str(photograph_id)
