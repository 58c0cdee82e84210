"""Where the hands stand on the sheet: named by posture, never mirrored, texts always upright."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from ssc_hand.domain.anatomy import Aspect, Hand
from ssc_hand.domain.vocabulary import Term
from ssc_hand.geometry.hand_map import load
from ssc_hand.i18n import N_


class Posture(Term):
    """How the two hands lie before the reader."""

    AS_OWN = "as_own", N_("as if my own")
    FACING = "facing", N_("facing me")


#: Units of the drawing between the two boxes, and above them for the words.
GAP = 90.0
HEAD = 120.0
#: At the outer sides, for the values of thumbs that point outwards.
SIDE = 55.0


@dataclass(frozen=True)
class Placement:
    """One hand on the sheet."""

    hand: Hand
    #: From the units of the hand's drawing to the sheet.
    transform: QTransform
    #: The strip in which the words "patient's RIGHT" stand.
    title: QRectF
    #: Where the fingers point up (False: the picture is turned by 180 degrees).
    upright: bool

    def to_sheet(self, x: float, y: float) -> QPointF:
        """A point of the hand's drawing on the sheet."""
        return self.transform.map(QPointF(x, y))

    def to_hand(self, point: QPointF) -> QPointF:
        """A point of the sheet on the hand's drawing."""
        inverse, _ok = self.transform.inverted()
        return inverse.map(point)


def sheet_size(aspect: Aspect) -> tuple[float, float]:
    """Width and height of the sheet with both hands and their words."""
    width, height = load(aspect, Hand.RIGHT).size
    return 2 * width + GAP + 2 * SIDE, height + HEAD


def place(aspect: Aspect, posture: Posture) -> dict[Hand, Placement]:
    """Both hands on the sheet.

    As if my own: fingers up, the left hand at the left, in both aspects. Facing me: that picture turned by 180
    degrees, so that the right hand comes to the left with its fingers down.
    """
    width, height = load(aspect, Hand.RIGHT).size
    upright = posture is Posture.AS_OWN
    order = (Hand.LEFT, Hand.RIGHT) if upright else (Hand.RIGHT, Hand.LEFT)
    placed = {}
    for column, hand in enumerate(order):
        left = SIDE + column * (width + GAP)
        transform = QTransform()
        if upright:
            transform.translate(left, HEAD)
        else:
            transform.translate(left + width, HEAD + height)
            transform.rotate(180)
        placed[hand] = Placement(hand, transform, QRectF(left, 0, width, HEAD), upright)
    return placed
