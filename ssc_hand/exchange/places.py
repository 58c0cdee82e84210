"""Where in a file something is wrong, in words that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ssc_hand.domain.errors import Refused


class RefusedAt(Refused):
    """A refusal with its place: "patient 3 (record 0012), visit 2, observation 5: ..."."""

    def __init__(self, places: tuple[str, ...], sentence: str) -> None:
        super().__init__(f"{', '.join(places)}: {sentence}")
        self.places = places
        self.sentence = sentence


@contextmanager
def within(place: str) -> Iterator[None]:
    """Put the place before whatever is refused inside."""
    try:
        yield
    except RefusedAt as refused:
        raise RefusedAt((place, *refused.places), refused.sentence) from None
    except Refused as refused:
        raise RefusedAt((place,), str(refused)) from None
