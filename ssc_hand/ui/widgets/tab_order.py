"""The way of Tab over a page, part by part as the eye reads it; and the key that goes from part to part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_STOPS = frozenset({Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus})


class TabOrder:
    """Lets Tab go over the parts of a page one after the other, and over what stands in none of them last.

    Qt goes in the order in which widgets were made, which is not the order in which they stand where some are made
    late. Qt's own list of that order is never asked for: PySide takes each widget in it for the child of the one
    before it, and forgets it when that one goes.
    """

    def __init__(self, page: QWidget, parts: Sequence[QWidget]) -> None:
        """For a page and its parts as they are to be gone over; within a part widgets follow as they were made."""
        self._page = page
        self._parts = parts
        self._kept: list[QWidget] = []

    def keep(self) -> None:
        """Take in what was made since."""
        wanted = sorted(_stops(self._page), key=self._part_of)
        follows = dict(pairwise(self._kept))
        moved: QWidget | None = None
        for before, after in pairwise(wanted):
            # Most stand right already; what followed one that was moved has stayed behind.
            if before is moved or follows.get(before) is not after:
                QWidget.setTabOrder(before, after)
                moved = after
        self._kept = wanted

    def _part_of(self, each: QWidget) -> int:
        """The innermost part in which a widget stands: a table may stand in a tab."""
        at: QWidget | None = each
        while at is not None and at is not self._page:
            if at in self._parts:
                return self._parts.index(at)
            at = at.parentWidget()
        return len(self._parts)


def go_to_next_part(parts: Sequence[QWidget]) -> None:
    """Take the keyboard to the next of these parts that can have it: after the last comes the first.

    Where the keyboard is in none of them it goes to the first.
    """
    now = QApplication.focusWidget()
    here = next((number for number, part in enumerate(parts) if now and _is_in(now, part)), -1)
    for part in (*parts[here + 1 :], *parts[: max(here, 0)]):
        if stop := next((each for each in (part, *_stops(part)) if _takes_keys(each)), None):
            stop.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _stops(top: QWidget) -> Iterator[QWidget]:
    """What Tab can stop at within a widget, also where it is hidden now, in the order in which it was made.

    Also what hands the keyboard on to a part of itself: wherever that stands, Tab goes on from there.
    """
    for child in top.children():
        if isinstance(child, QWidget) and not child.isWindow():  # the list that a choice opens is a window
            if child.focusPolicy() in _STOPS:
                yield child
            yield from _stops(child)


def _takes_keys(each: QWidget) -> bool:
    return each.focusPolicy() in _STOPS and each.isVisible() and each.isEnabled()


def _is_in(each: QWidget, part: QWidget) -> bool:
    return each is part or part.isAncestorOf(each)
