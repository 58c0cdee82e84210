"""Where the words of vertical lines stand above a plot, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Rows of words above the values; words that find no place are told on hover.
MOST_ROWS = 3
_BETWEEN = 8.0


@dataclass(frozen=True, slots=True)
class Placement:
    """The place of one line's words."""

    #: 0 is the top row.
    row: int
    #: Whether the words stand at the left of their line, for want of room at its right.
    left_of: bool
    is_visible: bool


def place_labels(wanted: Sequence[tuple[float, float]], width: float) -> list[Placement]:
    """A place for each (x of the line, width of its words), in pixels of a plot `width` wide, first come first."""
    taken: list[list[tuple[float, float]]] = [[] for _row in range(MOST_ROWS)]
    places = []
    for x, length in wanted:
        left_of = x + length > width and x - length >= 0
        start = x - length if left_of else x
        row = next((row for row, spans in enumerate(taken) if _is_free(spans, start, length)), None)
        if row is None or not 0 <= x <= width:
            places.append(Placement(0, left_of, is_visible=False))
            continue
        taken[row].append((start, start + length))
        places.append(Placement(row, left_of, is_visible=True))
    return places


def _is_free(spans: list[tuple[float, float]], start: float, length: float) -> bool:
    return all(start + length + _BETWEEN <= first or last + _BETWEEN <= start for first, last in spans)
