"""Synthetic pictures and their descriptions; none shows a person."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from ssc_hand.domain.ids import new_id
from ssc_hand.domain.jpeg import size_of
from ssc_hand.domain.photographs import Photograph

#: Eight by eight grey pixels as Qt writes them.
PLAIN_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAZABkAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6j"
    "q62rZ4C8ybqmx5moq6T/2wBDARweHigjKE4rK06kbl1upKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk"
    "pKSkpKSkpKT/wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF"
    "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW"
    "V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi"
    "4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC"
    "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
    "Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq"
    "8vP09fb3+Pn6/9oADAMBAAIRAxEAPwB1FFFAH//Z"
)


def a_photograph(visit_id: str, content: bytes = PLAIN_JPEG, **more: Any) -> Photograph:
    """The description of a picture taken at a visit."""
    width, height = size_of(content)
    given: dict[str, Any] = {"width_px": width, "height_px": height, **more}
    return Photograph(
        id=given.pop("id", None) or new_id(),
        visit_id=visit_id,
        size_bytes=given.pop("size_bytes", len(content)),
        sha256=given.pop("sha256", hashlib.sha256(content).hexdigest()),
        **given,
    )


def with_segment(marker: int, payload: bytes, content: bytes = PLAIN_JPEG) -> bytes:
    """A JPEG with one more segment behind its start."""
    return content[:2] + bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload + content[2:]
