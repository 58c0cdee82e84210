"""Chance that is the same on every computer: numbers, choices and ids from one seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")

#: The moment that the ids of the demo clinic carry; long past, so that ids of later entries sort after them.
_MOMENT = datetime(2020, 1, 1, tzinfo=UTC)


class Dice:
    """Throws for one story; only `random.random`, whose sequence Python keeps for ever, stands behind it."""

    def __init__(self, seed: str) -> None:
        # Not for secrets: the same clinic must come out every time.
        self._random = random.Random(seed)

    def near(self, mean: float, spread: float, low: float, high: float) -> float:
        """A number around the mean (bell-shaped, standard deviation `spread`), kept within low and high, 1 decimal."""
        bell = sum(self._random.random() for _throw in range(12)) - 6
        return round(min(max(mean + spread * bell, low), high), 1)

    def between(self, low: float, high: float) -> float:
        """Any number between the two."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int((high - low + 1) * self._random.random())

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random.random() < probability

    def pick(self, things: Sequence[T]) -> T:
        """One of several things."""
        return things[self.whole(0, len(things) - 1)]

    def new_id(self) -> str:
        """An id in the shape of every other id of a clinic (UUID version 7)."""
        chance = int(self._random.random() * (1 << 50)) << 24 | int(self._random.random() * (1 << 24))
        bits = int(_MOMENT.timestamp() * 1000) << 80 | 0x7 << 76 | (chance >> 62) << 64 | 0b10 << 62
        return str(UUID(int=bits | chance & ((1 << 62) - 1)))
