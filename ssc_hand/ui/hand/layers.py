"""Layers: the drawing kept as pictures, of which a changed value paints only its own spot anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QRegion, QTransform

from ssc_hand.domain.anatomy import Hand
from ssc_hand.ui.hand.layout import Placement
from ssc_hand.ui.hand.painting import (
    Brushes,
    digit_box,
    lesion_box,
    mark_points,
    paint_lines,
    paint_shades,
    paint_skin,
    paint_words,
    value_box,
)
from ssc_hand.ui.hand.picture import HandPicture, digits_of

#: Pixels by which a part is widened, so that soft edges are painted anew with it.
_EDGE = 3
Hands = Mapping[Hand, HandPicture]


@dataclass(frozen=True)
class Stage:
    """Where and how the hands are drawn."""

    #: In pixels of the widget, and how many of the screen each takes.
    size: QSize
    ratio: float
    #: From the sheet to the pixels.
    to_view: QTransform
    placements: Mapping[Hand, Placement]
    brushes: Brushes

    @property
    def whole(self) -> QRegion:
        """All of it."""
        return QRegion(0, 0, self.size.width(), self.size.height())

    def region(self, boxes: Iterable[QRectF]) -> QRegion:
        """The pixels that parts of the sheet take."""
        region = QRegion()
        for box in boxes:
            rect = self.to_view.mapRect(box).toAlignedRect()
            region += rect.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        return region


class Layers:
    """Two pictures of the hands, one under and one over the highlight of the choice.

    Beneath them are kept the skin and the lines, which no value changes.
    """

    def __init__(self) -> None:
        self._stage: Stage | None = None
        self._hands: Hands = {}
        self._marks: dict[Hand, dict[str, QPointF]] = {}
        self._due = QRegion()
        self._are_shapes_due = True
        self._skin = self._lines = self._under = self._over = QPixmap()

    @property
    def stage(self) -> Stage | None:
        """Where the hands are drawn now."""
        return self._stage

    def show(self, stage: Stage, hands: Hands) -> QRegion:
        """Be of these hands from now on; returns what looks different, to be painted by `pixmaps`."""
        marks = {hand: mark_points(picture, stage.placements[hand]) for hand, picture in hands.items()}
        if self._stage != stage or not _have_same_shapes(self._hands, hands):
            self._are_shapes_due = True
            different = stage.whole
        else:
            different = stage.region(self._changes(stage, hands, marks)) & stage.whole
        self._stage, self._hands, self._marks = stage, hands, marks
        self._due += different
        return different

    def _changes(self, stage: Stage, hands: Hands, marks: Mapping[Hand, Mapping[str, QPointF]]) -> Iterator[QRectF]:
        for hand, new in hands.items():
            old, placement = self._hands[hand], stage.placements[hand]
            if old is new:
                continue
            for site in digits_of(hand):
                if old.values.get(site) != new.values.get(site):
                    yield digit_box(new, placement, site)
                    yield value_box(new, placement, site)
            yield from _of_marks(old, self._marks[hand], placement, unlike=(new, marks[hand]))
            yield from _of_marks(new, marks[hand], placement, unlike=(old, self._marks[hand]))

    def pixmaps(self) -> tuple[QPixmap, QPixmap]:
        """What lies under the highlight, and what over it."""
        stage = self._stage
        assert stage is not None
        if self._are_shapes_due:
            self._paint_shapes(stage)
        if not self._due.isEmpty():
            self._compose(stage, self._due)
        self._are_shapes_due, self._due = False, QRegion()
        return self._under, self._over

    def _paint_shapes(self, stage: Stage) -> None:
        if self._skin.size() != stage.size * stage.ratio:
            self._skin, self._lines, self._under, self._over = (_pixmap(stage) for _layer in range(4))
        self._skin.fill(stage.brushes.colours.sheet)
        self._lines.fill(Qt.GlobalColor.transparent)
        skin, lines = _painter(self._skin, stage), _painter(self._lines, stage)
        for hand, placement in stage.placements.items():
            paint_skin(skin, self._hands[hand], placement, stage.brushes)
            paint_lines(lines, self._hands[hand], placement, stage.brushes)
        skin.end()
        lines.end()
        self._due = stage.whole

    def _compose(self, stage: Stage, region: QRegion) -> None:
        within = stage.to_view.inverted()[0].mapRect(QRectF(region.boundingRect()))
        under, over = QPainter(self._under), QPainter(self._over)
        for painter in (under, over):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRegion(region)
        under.drawPixmap(0, 0, self._skin)
        over.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        over.setBackground(QColor(Qt.GlobalColor.transparent))
        over.eraseRect(region.boundingRect())  # to fill it would bring the names of all gradients into the first paint
        over.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        under.setTransform(stage.to_view)
        over.setTransform(stage.to_view)
        for hand, placement in stage.placements.items():
            paint_shades(under, self._hands[hand], placement, within)
            paint_words(over, self._hands[hand], placement, within, stage.brushes)
        under.resetTransform()
        under.drawPixmap(0, 0, self._lines)
        under.end()
        over.end()


def _have_same_shapes(one: Hands, other: Hands) -> bool:
    return one.keys() == other.keys() and all(
        one[hand].map is other[hand].map and one[hand].ends == other[hand].ends for hand in one
    )


def _of_marks(
    hand: HandPicture,
    places: Mapping[str, QPointF],
    placement: Placement,
    *,
    unlike: tuple[HandPicture, Mapping[str, QPointF]],
) -> Iterator[QRectF]:
    """The parts of those marks that another picture does not draw there and so."""
    other, other_places = unlike
    if hand.is_first != other.is_first or hand.previous_lesions != other.previous_lesions:
        yield QRectF(placement.transform.mapRect(QRectF(0, 0, *hand.map.size))).adjusted(-90, -90, 90, 90)
        return
    theirs = {each.lesion.id: each for each in other.lesions}
    for each in hand.lesions:
        name = each.lesion.id
        if theirs.get(name) != each or other_places[name] != places[name]:
            yield lesion_box(hand, placement, each, places[name])


def _pixmap(stage: Stage) -> QPixmap:
    pixmap = QPixmap(stage.size * stage.ratio)
    pixmap.setDevicePixelRatio(stage.ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def _painter(pixmap: QPixmap, stage: Stage) -> QPainter:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setTransform(stage.to_view)
    return painter
