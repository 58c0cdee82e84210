"""Steps over the hands by arrow keys: what an arrow means as the hands lie, and what it adds to a choice."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ssc_hand.domain.anatomy import DIGITS, Aspect, Hand, Site, Step, neighbour
from ssc_hand.ui.hand.layout import Posture


def step_of(key: Qt.Key, hand: Hand, aspect: Aspect, posture: Posture) -> Step | None:
    """What an arrow means for a hand as it lies on the screen; None for any other key."""
    up = posture is Posture.AS_OWN
    if key is Qt.Key.Key_Up:
        return Step.DISTAL if up else Step.PROXIMAL
    if key is Qt.Key.Key_Down:
        return Step.PROXIMAL if up else Step.DISTAL
    if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return None
    thumb_is_left = (hand is Hand.RIGHT) == (aspect is Aspect.DORSAL)
    if not up:
        thumb_is_left = not thumb_is_left
    return Step.RADIAL if (key is Qt.Key.Key_Left) == thumb_is_left else Step.ULNAR


def further(chosen: tuple[Site, ...], step: Step) -> tuple[Site, ...]:
    """A choice with the next digit in a direction beside it; a step back gives up the digit chosen last.

    As a step does, it goes from the thumb or the little finger outwards to the same digit of the other hand.
    """
    digits = tuple(dict.fromkeys(site.of_digit for site in chosen if site.digit))
    if not digits or step not in (Step.RADIAL, Step.ULNAR):
        return digits or (DIGITS[0],)
    there = neighbour(digits[-1], step) or digits[-1].mirrored()
    if digits[-2:-1] == (there,):
        return digits[:-1]
    return (*(each for each in digits if each != there), there)
