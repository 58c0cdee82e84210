"""Photographs between the rooms: dropped on the hands, for what is chosen there, on a page made when first wanted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import Aspect, Hand, parse_site
from ssc_hand.domain.photographs import Photograph
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.models.clinic_model import ClinicModel
from ssc_hand.ui.photo_desk import PhotoDesk
from ssc_hand.ui.record_pages import RecordPages
from ssc_hand.ui.visit_page import VisitPage
from tests.builders import a_patient, a_record, a_visit
from tests.ui.desk import Desk, a_desk
from tests.ui.photos_material import drawn
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient(birth_date=None)
BEFORE = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="b", x=0.5, y=0.1).final()
RECORD = a_record(BEFORE, patient=PATIENT)


class Bench:
    """The pages of a patient over a real desk."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.errands = JobRunner()
        prompts = ScriptedPrompts()
        self.visit_page = VisitPage(desk.editor, prompts)
        model = ClinicModel(desk.storage, desk.clock)
        self.photo_desk = PhotoDesk(self.visit_page, desk.editor, model, self.errands, prompts)
        self.pages = RecordPages(self.visit_page, lambda *_given: b"", self.errands, prompts)
        self.pages.set_photographs(self.photo_desk, model.fetch_pictures)
        desk.editor.record_changed.connect(lambda record: self.pages.show_record(record, desk.editor.visit))
        qtbot.addWidget(self.pages)
        self.pages.resize(1300, 900)
        self.pages.show()
        qtbot.waitExposed(self.pages)

    def drop(self, place: QPoint) -> None:
        """Let a picture fall on the drawing of the hands."""
        data = QMimeData()
        data.setImageData(drawn(300, 200))
        view, copy = self.visit_page.hands.view, Qt.DropAction.CopyAction
        button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, copy, data, button, no_key)
        QApplication.sendEvent(view, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(view, QDropEvent(QPointF(place), copy, data, button, no_key))
        self.wait()

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: not (self.desk.storage.is_busy or self.errands.is_busy))

    @property
    def on_disk(self) -> tuple[Photograph, ...]:
        return self.desk.on_disk(PATIENT.id).photographs


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        made = Bench(qtbot, desk)
        desk.start(PATIENT.id)
        yield made
        made.wait()
        made.errands.finish()


def test_a_picture_that_falls_on_a_hand_shows_that_hand(bench: Bench) -> None:
    bench.drop(bench.visit_page.hands.view.point_of(parse_site("R.D2.middle")))
    assert [(each.site.code, each.lesion_id) for each in bench.on_disk] == [("R", None)]
    assert bench.pages.tabText(bench.pages.currentIndex()) == "Photographs (1)"
    assert bench.photo_desk.page.canvas.has_picture


def test_a_picture_that_falls_on_a_lesion_shows_that_lesion(bench: Bench) -> None:
    view = bench.visit_page.hands.view
    view.set_aspect(Aspect.PALMAR)
    bench.drop(view.point_at(Hand.LEFT, (0.5, 0.1)))
    assert [each.lesion_id for each in bench.on_disk] == ["b"]


def test_new_pictures_show_what_is_chosen_on_the_hands(bench: Bench) -> None:
    bench.visit_page.selection.choose(parse_site("L.D4"))
    bench.pages.show_photographs()
    assert bench.photo_desk.page.target.currentText() == "left hand"
    bench.pages.show_visit()
    bench.visit_page.lesions.lesion_chosen.emit("b")
    bench.pages.show_photographs()
    assert bench.photo_desk.page.target.subject.lesion_id == "b"
    bench.pages.show_visit()
    bench.visit_page.selection.choose(parse_site("R.D1"))
    bench.pages.show_photographs()
    assert bench.photo_desk.page.target.currentText() == "right hand"


def test_the_page_is_made_when_first_wanted(bench: Bench) -> None:
    assert "page" not in vars(bench.photo_desk)
    bench.pages.show_photographs()
    assert "page" in vars(bench.photo_desk)
    assert "ssc_hand.ui.photos.page" in sys.modules
