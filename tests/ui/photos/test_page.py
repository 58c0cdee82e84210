"""The page of photographs over a real clinic: taken in by file, drop, paste and watched folder; compared; measured."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTabWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import VISIT, parse_site
from ssc_hand.domain.changes import Put
from ssc_hand.domain.photographs import Photograph, ScaleMark
from ssc_hand.domain.vocabulary import VisitState
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.models.clinic_model import ClinicModel
from ssc_hand.ui.photos.compare import STEPS
from ssc_hand.ui.photos.page import PhotographPage
from ssc_hand.ui.photos.subject import Subject
from ssc_hand.ui.photos.taking_in import take_image
from tests.builders import a_patient, a_record, a_visit
from tests.clinics import enter_clinic
from tests.ui.desk import Desk, a_desk
from tests.ui.photos_material import drawn, encoded, write
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient(birth_date=None)
BEFORE = a_visit("2025-09-01T09:00").with_ulcer("L.D3.distal", id="b").final()
LATER = a_visit("2026-03-02T09:00")
RECORD = a_record(BEFORE, LATER, patient=PATIENT)
ULCER = Subject(lesion_id="b")


@dataclass
class Bench:
    """The page, the desk behind it, and what it said."""

    desk: Desk
    page: PhotographPage
    errands: JobRunner
    prompts: ScriptedPrompts
    told: list[str]

    def wait(self) -> None:
        """Wait until pictures are read, written, fetched and decoded."""
        self.desk.qtbot.waitUntil(lambda: not (self.desk.storage.is_busy or self.errands.is_busy))

    def answer(self, *answers: object) -> None:
        """What will be answered to the next questions."""
        self.prompts._answers.extend(answers)

    @property
    def on_disk(self) -> tuple[Photograph, ...]:
        """The photographs as a second program reads them."""
        return self.desk.on_disk(PATIENT.id).photographs

    def shown(self) -> Photograph:
        """The photograph that is looked at."""
        assert self.page.current is not None
        return self.page.current


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        errands, prompts = JobRunner(), ScriptedPrompts()
        model = ClinicModel(desk.storage, desk.clock)
        page = PhotographPage(desk.editor, model.fetch_picture, errands, prompts)
        page.resize(1100, 640)
        qtbot.addWidget(page)
        made = Bench(desk, page, errands, prompts, [])
        page.notice_posted.connect(made.told.append)
        desk.editor.visit_changed.connect(lambda visit: page.show_record(desk.editor.record, visit))
        desk.show(PATIENT.id, RECORD.visits[1].id)
        page.show()
        yield made
        page.tray.watched.stop()  # first: waiting lets the page go, which is closed by now
        made.wait()
        errands.finish()


def kept_before(bench: Bench, scale: ScaleMark | None = None) -> Photograph:
    """A photograph of the ulcer at the visit before, kept by a second program."""
    picture = take_image(drawn(800, 600, radius=120))
    with enter_clinic(bench.desk.folder, by="another") as clinic:
        visit = clinic.record(PATIENT.id).visits[0]
        clinic.write(Put(replace(visit, state=VisitState.DRAFT, remarks=("a picture is missing",))))
        made = replace(picture.described(visit.id), lesion_id="b", scale=scale)
        clinic.write(Put(made, content=picture.content))
        visit = clinic.record(PATIENT.id).visits[0]
        clinic.write(Put(replace(visit, state=VisitState.FINAL)))
    bench.desk.show(PATIENT.id, RECORD.visits[1].id)
    return made


def taken(bench: Bench, subject: Subject = ULCER, image: QImage | None = None) -> Photograph:
    """A photograph that was taken in and is looked at."""
    bench.page.take([image or drawn()], subject)
    bench.wait()
    return bench.shown()


def drop(bench: Bench, data: QMimeData) -> bool:
    """Drag something over the page and let it fall there; whether the page wanted it."""
    button, no_key, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, button, no_key)
    QApplication.sendEvent(bench.page, enter)
    QApplication.sendEvent(bench.page, QDropEvent(QPointF(300, 300), copy, data, button, no_key))
    return enter.isAccepted()


def test_a_chosen_file_is_taken_in_for_what_is_chosen_and_shown(bench: Bench, tmp_path: Path) -> None:
    path = write(tmp_path / "IMG 7.jpg", encoded(drawn()))
    bench.answer(path)
    bench.page.suggest(ULCER)
    bench.page.add.click()
    bench.wait()
    (found,) = bench.on_disk
    assert (found.lesion_id, found.site) == ("b", VISIT)
    assert bench.shown().id == found.id
    assert bench.page.canvas.has_picture
    assert path.exists()
    assert bench.told == []


def test_dropped_files_and_pictures_are_taken_in_and_the_files_stay(bench: Bench, tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", encoded(drawn(), "png"))
    bench.page.suggest(Subject(parse_site("L")))
    files, image = QMimeData(), QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(path))])
    image.setImageData(drawn(400, 300))
    assert drop(bench, files)
    assert drop(bench, image)
    bench.wait()
    assert [(each.site.code, each.width_px) for each in bench.on_disk] == [("L", 640), ("L", 400)]
    assert path.exists()


def test_an_address_of_the_network_is_not_fetched(bench: Bench) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/hand.jpg")])
    assert not drop(bench, data)
    bench.wait()
    assert not bench.on_disk


def test_a_picture_of_the_clipboard_is_pasted(bench: Bench) -> None:
    QGuiApplication.clipboard().setImage(drawn(300, 200))
    bench.page.paste_action.trigger()
    bench.wait()
    assert [each.width_px for each in bench.on_disk] == [300]
    QGuiApplication.clipboard().setText("Rojas")
    bench.page.paste_action.trigger()
    assert bench.told == ["The clipboard holds no picture."]


def test_what_is_no_picture_is_told_with_its_name_and_nothing_is_written(bench: Bench, tmp_path: Path) -> None:
    bench.page.take([write(tmp_path / "notes.jpg", b"<svg/>")])
    bench.wait()
    assert not bench.on_disk
    assert bench.told == ["notes.jpg was not taken in. Drawings (SVG) and web pages are not taken, only photographs."]


def test_a_picture_never_goes_to_a_visit_that_came_onto_the_desk_meanwhile(bench: Bench) -> None:
    bench.page.take([drawn()], ULCER)
    bench.desk.start(PATIENT.id)
    bench.wait()
    assert not bench.on_disk
    assert "Another visit came onto the desk" in bench.told[0]


def test_a_watched_folder_offers_what_is_new_and_takes_in_only_what_is_ticked(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    write(folder / "old.jpg", encoded(drawn()))
    bench.answer(folder)
    bench.page.suggest(ULCER)
    bench.page.watch.click()
    write(folder / "notes.txt", b"no picture")
    new = [write(folder / name, encoded(drawn())) for name in ("1.jpg", "2.jpg")]
    tray = bench.page.tray
    bench.desk.qtbot.waitUntil(lambda: tray.offered == tuple(new))
    bench.wait()
    assert not bench.on_disk
    assert not tray.take.isEnabled()
    assert "Rojas (1001), visit of 2 Mar 2026" in tray._for.text()
    tray.choose(new[0])
    tray.take.click()
    bench.wait()
    assert [each.lesion_id for each in bench.on_disk] == ["b"]
    assert list(tray.offered) == [new[1]]
    assert all(path.exists() for path in new)


def test_nothing_ticked_for_one_visit_stays_ticked_for_another(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    bench.answer(folder)
    bench.page.watch.click()
    path = write(folder / "1.jpg", encoded(drawn()))
    bench.desk.qtbot.waitUntil(lambda: bench.page.tray.offered == (path,))
    bench.page.tray.choose(path)
    bench.desk.show(PATIENT.id, RECORD.visits[0].id)
    assert bench.page.tray.chosen == ()
    assert not bench.page.tray.take.isEnabled()


def test_a_picture_still_being_written_is_offered_once_it_can_be_read(bench: Bench, tmp_path: Path) -> None:
    folder = tmp_path / "camera"
    folder.mkdir()
    bench.page.tray.watched.watch(folder)
    path = write(folder / "1.jpg", b"")
    bench.page.tray.watched._look()
    assert bench.page.tray.offered == ()
    write(path, encoded(drawn()))
    bench.desk.qtbot.waitUntil(lambda: bench.page.tray.offered == (path,))


def test_scale_and_outline_are_marked_by_mouse_and_entered_as_size(bench: Bench) -> None:
    taken(bench)
    page, canvas = bench.page, bench.page.canvas
    page.measures.scale.click()
    for point in ((20.0, 430.0), (120.0, 430.0)):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(point).toPoint())
    assert bench.shown().scale is not None
    page.measures.outline.click()
    turns = [2 * math.pi * step / 16 for step in range(16)]
    points = [(320 + 60 * math.cos(turn), 240 + 36 * math.sin(turn)) for turn in turns]
    for point in (*points, points[0]):
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.to_screen(point).toPoint())
    assert len(bench.shown().outline) == 16
    assert page.measures.words.text().startswith("Length 1")
    page.measures.take_over.click()
    bench.wait()
    state = bench.desk.visit_on_disk().states["b"]
    assert state.length_mm == pytest.approx(12.0, abs=0.4)
    assert state.width_mm == pytest.approx(7.2, abs=0.4)
    bench.desk.editor.undo_stack.undo()
    bench.wait()
    assert "b" not in bench.desk.visit_on_disk().states


def test_a_scale_can_be_marked_by_keys_alone(bench: Bench) -> None:
    taken(bench)
    canvas, press = bench.page.canvas, QTest.keyClick
    bench.page.measures.scale.click()
    press(canvas, Qt.Key.Key_Return)
    for _step in range(8):
        press(canvas, Qt.Key.Key_Right)
    press(canvas, Qt.Key.Key_Return)
    scale = bench.shown().scale
    assert scale is not None
    assert scale.mm == 10.0
    assert scale.second[0] - scale.first[0] == pytest.approx(8 * 12 / canvas._ratio(), abs=0.5)
    assert scale.first[1] == scale.second[1]


def test_escape_leaves_a_tool_and_backspace_takes_a_point_back(bench: Bench) -> None:
    taken(bench)
    canvas, press = bench.page.canvas, QTest.keyClick
    bench.page.measures.outline.click()
    press(canvas, Qt.Key.Key_Return)
    press(canvas, Qt.Key.Key_Backspace)
    assert canvas._points == []
    press(canvas, Qt.Key.Key_Escape)
    assert not bench.page.measures.outline.isChecked()
    assert bench.shown().outline == ()


def test_the_last_picture_of_the_same_lesion_stands_under_the_divider(bench: Bench) -> None:
    scale = ScaleMark((20.0, 400.0), (120.0, 400.0), 10.0)
    before = kept_before(bench, scale)
    now = taken(bench)
    assert bench.page.compare.isEnabled()
    bench.page.compare.click()
    bench.wait()
    view = bench.page.comparing.view
    assert bench.page.comparing.before.currentData() == before.id
    assert "1 Sep 2025" in view.canvas.accessibleDescription()
    assert "Not to the same scale" in view._remark.text()
    bench.desk.editor.photographs.change(replace(now, scale=scale))
    assert "same scale" in view._remark.text()
    assert view.canvas.is_to_scale


def test_the_divider_shows_one_picture_at_its_left_and_the_other_at_its_right(bench: Bench) -> None:
    kept_before(bench)
    taken(bench, image=drawn(800, 600, tone="#406080"))
    bench.page.compare.click()
    bench.wait()
    canvas = bench.page.comparing.view.canvas
    tones = {}
    for step in (0, STEPS):
        canvas.set_divider(step)
        tones[step] = canvas.grab().toImage().pixelColor(canvas.width() // 2, canvas.height() // 3).name()
    assert tones[0] != tones[STEPS]
    assert tones[0] == canvas._sides[1].image.pixelColor(400, 200).name()  # type: ignore[index]
    press = QTest.keyClick
    press(canvas, Qt.Key.Key_Home)
    press(canvas, Qt.Key.Key_Right)
    assert canvas.divider == bench.page.comparing.view.slider.value() == 2
    bench.page.comparing.view.slider.setValue(40)
    assert canvas.divider == 40
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center())
    assert canvas.divider == pytest.approx(STEPS // 2, abs=1)


def test_without_an_earlier_picture_there_is_nothing_to_compare(bench: Bench) -> None:
    taken(bench)
    assert not bench.page.compare.isEnabled()


def test_captions_and_subjects_are_kept_and_a_mistake_is_withdrawn(bench: Bench) -> None:
    made = taken(bench)
    form = bench.page.description.form
    form.editor("caption").entry.setText("after the dressing")  # type: ignore[attr-defined]
    bench.page.settle()
    bench.wait()
    assert bench.on_disk[0].caption == "after the dressing"
    shows = bench.page.description.shows
    shows.setCurrentIndex(shows.findText("right hand"))
    shows.activated.emit(shows.currentIndex())
    bench.wait()
    assert (bench.on_disk[0].lesion_id, bench.on_disk[0].site.code) == (None, "R")
    bench.page.description.withdraw.click()
    bench.wait()
    assert not bench.on_disk
    bench.desk.editor.undo_stack.undo()
    bench.wait()
    assert [each.id for each in bench.on_disk] == [made.id]


def test_a_final_visit_is_looked_at_and_not_changed(bench: Bench) -> None:
    taken(bench)
    bench.desk.editor.finish()
    bench.wait()
    page = bench.page
    assert page.canvas.has_picture
    for widget in (page.add, page.target, page.measures.scale, page.measures.clear, page.description.withdraw):
        assert not widget.isVisible()
    assert not page.description.shows.isEnabled()
    page.take([drawn()], ULCER)
    bench.wait()
    assert len(bench.on_disk) == 1
    assert "read-only" in bench.told[-1]


def test_nothing_of_one_patient_stays_on_the_page_of_another(bench: Bench) -> None:
    kept_before(bench)
    taken(bench)
    bench.page.compare.click()
    bench.wait()
    bench.desk.editor.show(None)
    assert bench.page.comparing._images == {}
    assert not bench.page.canvas.has_picture
    assert bench.page.gallery.count() == 0
    assert bench.page.shelf._small == {}


def test_every_control_has_a_name(bench: Bench) -> None:
    kept_before(bench)
    taken(bench)
    for kind in (QAbstractButton, QComboBox):
        for widget in bench.page.findChildren(kind):
            if not widget.objectName().startswith("qt_"):
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, widget
    for widget in (bench.page.canvas, bench.page.gallery, bench.page.comparing.view.slider):
        assert widget.accessibleName()


def test_nothing_of_a_picture_lies_outside_the_clinics_file(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    path = write(tmp_path / "Rojas.jpg", encoded(drawn()))
    bench.page.take([path, write(tmp_path / "Rojas 2.jpg", b"no picture")], ULCER)
    bench.wait()
    assert bench.page.canvas.has_picture
    assert list(temporary.iterdir()) == []
    assert {each.name for each in bench.desk.folder.iterdir()} <= {
        "clinic.db",
        "clinic.db-wal",
        "clinic.db-shm",
        "clinic.lock",
        "clinic.keys",
        "clinic.keys.copy",
        "clinic.anchor",
    }
    assert "Rojas" not in caplog.text


def test_paste_works_while_the_keyboard_is_still_on_the_tab(bench: Bench, qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.addTab(bench.page, "Photographs")
    tabs.show()
    tabs.activateWindow()
    tabs.tabBar().setFocus()
    QGuiApplication.clipboard().setImage(drawn(300, 200))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is tabs.tabBar())
    qtbot.keyClick(tabs.tabBar(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    bench.wait()
    assert [each.width_px for each in bench.on_disk] == [300]
    bench.page.setParent(None)


def test_the_list_of_what_a_picture_shows_is_as_wide_as_its_words(bench: Bench) -> None:
    box = bench.page.target
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(row)) for row in range(box.count()))
    assert box.view().minimumWidth() > widest
