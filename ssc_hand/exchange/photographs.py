"""Photographs in a bundle: always their descriptions, and the pictures themselves only when asked."""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Callable, Mapping
from typing import Any

from ssc_hand.domain.anatomy import VISIT, parse_site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import PHOTOGRAPH
from ssc_hand.domain.photographs import (
    MOST_POINTS,
    Photograph,
    check_content,
    numbers_of,
    photographs_at,
    points_of,
    scale_of,
)
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.exchange.given import Ids, items, keys, mapping, values
from ssc_hand.i18n import _

_COUNTS = ("width_px", "height_px", "size_bytes")
_KEYS = keys(PHOTOGRAPH) | {"id", "site", "lesion", *_COUNTS, "sha256", "scale", "outline", "jpeg"}


def written(record: PatientRecord, visit: Visit, pictures: Mapping[str, bytes]) -> dict[str, Any]:
    """The photographs of a visit under their key; nothing where there are none."""
    found = [_photograph(each, pictures.get(each.id)) for each in photographs_at(record, visit)]
    return {"photographs": found} if found else {}


def _photograph(photograph: Photograph, content: bytes | None) -> dict[str, Any]:
    told: dict[str, Any] = {"id": photograph.id}
    if photograph.lesion_id is not None:
        told["lesion"] = photograph.lesion_id
    else:
        told["site"] = photograph.site.code
    for field in PHOTOGRAPH:
        value = getattr(photograph, field.key)
        if value not in (None, ""):
            told[field.key] = field.dump(value)
    told |= {key: getattr(photograph, key) for key in (*_COUNTS, "sha256")}
    if photograph.scale is not None:
        told["scale"] = list(photograph.scale.numbers)
    if photograph.outline:
        told["outline"] = list(numbers_of(photograph.outline))
    if content is not None:
        told["jpeg"] = base64.b64encode(content).decode("ascii")
    return told


def read_photograph(
    given: object, visit_id: str, ids: Ids, lesion_id_of: Callable[[object], str]
) -> tuple[Photograph, bytes | None]:
    """A photograph of a visit, and its picture where it came along; raises `Refused`."""
    entry = mapping(given, _KEYS)
    lesion, site = entry.get("lesion"), entry.get("site")
    counts: dict[str, Any] = {key: _count(entry, key) for key in _COUNTS}
    photograph = Photograph(
        id=ids.take(entry.get("id")),
        visit_id=visit_id,
        site=VISIT if site is None else parse_site(site),
        lesion_id=None if lesion is None else lesion_id_of(lesion),
        **counts,
        sha256=str(entry.get("sha256")),
        scale=scale_of(_numbers(entry, "scale")),
        outline=points_of(_numbers(entry, "outline")),
        **values(PHOTOGRAPH, entry),
    )
    content = _content(entry.get("jpeg"))
    if content is not None:
        check_content(photograph, content)
    return photograph, content


def _count(entry: Mapping[str, Any], key: str) -> int:
    found = entry.get(key)
    if isinstance(found, bool) or not isinstance(found, int):
        raise Refused(_("“{key}” is a whole number from 1.").format(key=key))
    return found


def _numbers(entry: Mapping[str, Any], key: str) -> list[float]:
    found = items(entry, key)
    if len(found) > 2 * MOST_POINTS:
        raise Refused(_("An outline has between 3 and {most} points.").format(most=MOST_POINTS))
    for each in found:
        if isinstance(each, bool) or not isinstance(each, int | float) or not math.isfinite(each):
            raise Refused(_("“{key}” is a list of numbers.").format(key=key))
    return found


def _content(given: object) -> bytes | None:
    if given is None:
        return None
    try:
        return base64.b64decode(given, validate=True) if isinstance(given, str) else b""
    except (binascii.Error, ValueError):
        raise Refused(_("“jpeg” is a picture written in base64.")) from None
