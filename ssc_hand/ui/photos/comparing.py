"""Comparing: which earlier photograph stands beside the one that is looked at."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ssc_hand.domain.dates import day_label
from ssc_hand.domain.photographs import Photograph, earlier_photographs
from ssc_hand.domain.records import PatientRecord
from ssc_hand.geometry.outline import mm_per_pixel
from ssc_hand.i18n import _
from ssc_hand.ui.photos.compare import CompareView, Side
from ssc_hand.ui.photos.shelf import PictureShelf
from ssc_hand.ui.widgets.plain_label import PlainLabel


class Comparing(QWidget):
    """Reads the two pictures when they are looked at, and lets go of them when others are chosen."""

    def __init__(self, shelf: PictureShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._record: PatientRecord | None = None
        self._now: Photograph | None = None
        self._earlier: tuple[Photograph, ...] = ()
        self._images: dict[str, QImage] = {}
        self._is_looked_at = False
        self.before = QComboBox(self)
        self.before.setAccessibleName(_("Earlier photograph"))
        self.view = CompareView(self)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(_("Before"), self))
        row.addWidget(self.before, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        self.before.activated.connect(self._on_before_activated)
        shelf.ready.connect(self._on_shelf_ready)

    @property
    def has_earlier(self) -> bool:
        """Whether an earlier visit has a picture of the same lesion or hand."""
        return bool(self._earlier)

    def show_photograph(self, record: PatientRecord, photograph: Photograph) -> None:
        """Offer the earlier photographs of what this one shows, the last visit's first."""
        earlier = earlier_photographs(record, photograph)
        is_same = self._now is not None and self._now.id == photograph.id and _ids(earlier) == _ids(self._earlier)
        self._record, self._now, self._earlier = record, photograph, earlier
        if not is_same:
            self._images = {}
            self._is_looked_at = False
            with QSignalBlocker(self.before):
                self.before.clear()
                for each in earlier:
                    self.before.addItem(_words(record, each), each.id)
        self._show()

    def clear(self) -> None:
        """Hold no picture of anybody."""
        self._record = self._now = None
        self._earlier, self._images = (), {}
        self._is_looked_at = False
        self._shelf.clear()
        self.before.clear()
        self._show()

    def load(self) -> None:
        """Read both pictures: somebody looks."""
        self._is_looked_at = True
        self._ask()

    def _ask(self) -> None:
        for photograph in self._pair():
            if photograph.id not in self._images:
                self._shelf.ask(photograph.id)
        self._show()

    def _pair(self) -> tuple[Photograph, ...]:
        chosen = self.before.currentData()
        before = next((each for each in self._earlier if each.id == chosen), None)
        return (before, self._now) if before is not None and self._now is not None else ()

    def _show(self) -> None:
        sides = [self._side(photograph) for photograph in self._pair()]
        if len(sides) == 2:
            self.view.show_sides(sides[0], sides[1])
        else:
            self.view.show_sides(None, None)

    def _side(self, photograph: Photograph) -> Side | None:
        image = self._images.get(photograph.id)
        if image is None or self._record is None:
            return None
        scale = photograph.scale
        return Side(image, _words(self._record, photograph), mm_per_pixel(scale) if scale else None)

    @Slot()
    def _on_before_activated(self) -> None:
        now = self._now.id if self._now else ""
        self._images = {each: image for each, image in self._images.items() if each == now}
        self._ask()

    @Slot(str, object)
    def _on_shelf_ready(self, photograph_id: str, image: QImage) -> None:
        if self._is_looked_at and photograph_id in [each.id for each in self._pair()]:
            self._images[photograph_id] = image
            self._show()


def _ids(photographs: tuple[Photograph, ...]) -> list[str]:
    return [each.id for each in photographs]


def _words(record: PatientRecord, photograph: Photograph) -> str:
    visit = record.visit(photograph.visit_id)
    words = _("visit of {day}").format(day=day_label(visit.day))
    return f"{words}, {photograph.caption}" if photograph.caption else words
