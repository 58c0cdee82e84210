"""The summary page shows the real document of the visit, and only of that visit; it saves and prints it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.clinic import ClinicSettings, Paper
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.reports.visit_summary import visit_summary
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.summary.page import SummaryPage
from tests.charts.records import record, visit
from tests.ui.scripted_prompts import ScriptedPrompts

CLINIC = ClinicSettings(name="Hand clinic")
RECORD = record(visit("2024-01-10", {"R.D2": 2.5}), visit("2024-04-10", {"R.D2": 3.5}))
FIRST, SECOND = RECORD.visits


def make(given: PatientRecord, shown: Visit, paper: str) -> bytes:
    noon = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    return visit_summary(given, shown, CLINIC, printed_at=noon, version="1", paper=paper)


class Held:
    """Takes jobs and does them when told, so that a test can stand between asking and answer."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], object], Callable[[object], None]]] = []

    def run(self, task: Callable[[], object], done: Callable[[object], None], failed: object) -> None:
        self.waiting.append((task, done))

    def answer_first(self) -> None:
        task, done = self.waiting.pop(0)
        done(task())


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    qtbot.waitUntil(lambda: not runner.is_busy)
    runner.finish()


@pytest.fixture
def prompts() -> ScriptedPrompts:
    return ScriptedPrompts()


@pytest.fixture
def page(qtbot: QtBot, jobs: JobRunner, prompts: ScriptedPrompts) -> SummaryPage:
    return shown_page(qtbot, SummaryPage(make, jobs, prompts))


def shown_page(qtbot: QtBot, made: SummaryPage) -> SummaryPage:
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    return made


def text_of(page: SummaryPage) -> str:
    assert page.document is not None
    return "".join(each.extract_text() for each in PdfReader(io.BytesIO(page.document.content)).pages)


def show(page: SummaryPage, qtbot: QtBot, shown: Visit = SECOND) -> None:
    with qtbot.waitSignal(page.shown):
        page.show_visit(RECORD, shown, CLINIC)


def test_the_document_that_is_shown_is_the_real_one(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    assert "10 Apr 2024" in text_of(page)
    assert page.document is not None
    assert len(page.desk.sheets) == len(page.document.sizes) >= 1
    assert page.words == ""


def test_a_page_has_ink_on_it_at_the_resolution_of_the_screen(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    sheet = page.desk.sheets[0]
    assert sheet.image_scale == page.desk.scale
    image = sheet.grab().toImage()
    width, height = image.width(), image.height()
    light = {image.pixelColor(x, y).lightness() for x in range(20, width - 20) for y in range(20, height - 20, 3)}
    assert min(light) < 40
    assert max(light) == 255


def test_without_a_visit_the_page_says_what_to_do(page: SummaryPage) -> None:
    page.show_visit(RECORD, None, CLINIC)
    assert page.words.startswith("Choose a visit")
    assert not page.save_action.isEnabled()
    assert not page.print_action.isEnabled()


def test_another_visit_takes_the_pages_of_the_first_away_at_once(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.show_visit(RECORD, FIRST, CLINIC)
    assert page.desk.sheets == ()
    assert page.document is None
    assert not page.save_action.isEnabled()
    with qtbot.waitSignal(page.shown):
        pass
    assert "10 Jan 2024" in text_of(page)


def test_an_answer_to_an_older_wish_is_never_shown(qtbot: QtBot, prompts: ScriptedPrompts) -> None:
    held = Held()
    page = shown_page(qtbot, SummaryPage(make, held, prompts))
    page.show_visit(RECORD, FIRST, CLINIC)
    page.show_visit(RECORD, SECOND, CLINIC)
    late = page.document
    held.answer_first()
    assert (late, page.document, page.desk.sheets) == (None, None, ())
    held.answer_first()
    assert "10 Apr 2024" in text_of(page)


def test_nothing_is_made_while_nobody_looks(qtbot: QtBot, prompts: ScriptedPrompts) -> None:
    held = Held()
    page = shown_page(qtbot, SummaryPage(make, held, prompts))
    page.hide()
    page.show_visit(RECORD, FIRST, CLINIC)
    assert held.waiting == []
    page.show()
    assert len(held.waiting) == 1


def test_the_same_visit_is_not_made_twice(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    before = page.document
    page.show_visit(RECORD, SECOND, CLINIC)
    assert page.document is before


def test_another_paper_makes_another_document(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    (box,) = page.findChildren(QComboBox)
    with qtbot.waitSignal(page.shown):
        box.setCurrentIndex(box.findData(Paper.LETTER.value))
    assert page.document is not None
    assert (page.document.sizes[0].width(), page.document.sizes[0].height()) == (612, 792)


def test_the_paper_of_the_clinic_comes_first(page: SummaryPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shown):
        page.show_visit(RECORD, SECOND, replace(CLINIC, paper=Paper.LETTER))
    assert page.document is not None
    assert page.document.sizes[0].width() == 612


def test_zooming_draws_the_pages_anew_and_fitting_follows_the_window(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    with qtbot.waitSignal(page.shown):
        page.full_size_action.trigger()
    assert page.desk.zoom == 1
    with qtbot.waitSignal(page.shown):
        page.zoom_in_action.trigger()
    assert page.desk.zoom == 1.25
    assert page.desk.sheets[0].image_scale == page.desk.scale
    with qtbot.waitSignal(page.shown):
        page.fit_action.trigger()
    fitted = page.desk.zoom
    page.resize(600, 600)
    assert page.desk.zoom < fitted


def test_the_page_in_view_is_told(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    count = len(page.desk.sheets)
    with qtbot.waitSignal(page.desk.page_changed):
        page.desk.verticalScrollBar().setValue(page.desk.verticalScrollBar().maximum())
    assert page.place == f"page {count} of {count}"


def test_saving_writes_exactly_what_is_shown_under_a_name_without_the_patients(
    qtbot: QtBot, jobs: JobRunner, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    prompts = ScriptedPrompts(target)
    page = shown_page(qtbot, SummaryPage(make, jobs, prompts))
    show(page, qtbot)
    with qtbot.waitSignal(page.notice_posted) as told:
        page.save_action.trigger()
    assert page.document is not None
    assert target.read_bytes() == page.document.content
    assert told.args == ["The summary was saved as out.pdf."]
    assert prompts.asked == [("Save summary", "100_2024-04-10_summary.pdf")]


def test_a_path_that_cannot_be_written_is_told_and_leaves_nothing(
    qtbot: QtBot, jobs: JobRunner, tmp_path: Path
) -> None:
    page = shown_page(qtbot, SummaryPage(make, jobs, ScriptedPrompts(tmp_path / "none" / "out.pdf")))
    show(page, qtbot)
    with qtbot.waitSignal(page.notice_posted) as told:
        page.save_action.trigger()
    assert told.args is not None
    assert told.args[0].startswith("out.pdf could not be written")
    assert list(tmp_path.iterdir()) == []


def test_turning_away_from_saving_writes_nothing(qtbot: QtBot, jobs: JobRunner, tmp_path: Path) -> None:
    page = shown_page(qtbot, SummaryPage(make, jobs, ScriptedPrompts(None)))
    show(page, qtbot)
    with qtbot.assertNotEmitted(page.notice_posted):
        page.save_action.trigger()
    assert list(tmp_path.iterdir()) == []


def test_printing_lays_every_page_on_paper_of_its_size(page: SummaryPage, qtbot: QtBot, tmp_path: Path) -> None:
    show(page, qtbot)
    target = tmp_path / "printed.pdf"

    def into_a_file(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return True

    page.choose_printer = into_a_file
    with qtbot.waitSignal(page.notice_posted) as told:
        page.print_action.trigger()
    assert told.args == ["The summary was sent to the printer."]
    assert page.document is not None
    printed = PdfReader(target).pages
    assert len(printed) == len(page.document.sizes)
    wanted = page.document.sizes[0]
    assert float(printed[0].mediabox.width) == pytest.approx(wanted.width(), abs=1)
    assert float(printed[0].mediabox.height) == pytest.approx(wanted.height(), abs=1)
    assert printed[0].images
    assert page.print_action.isEnabled()


def test_turning_away_from_printing_prints_nothing(page: SummaryPage, qtbot: QtBot) -> None:
    show(page, qtbot)
    page.choose_printer = refuse
    with qtbot.assertNotEmitted(page.notice_posted):
        page.print_action.trigger()
    assert page.print_action.isEnabled()


def refuse(_printer: QPrinter, _parent: QWidget) -> bool:
    return False


def fail(_record: PatientRecord, _visit: Visit, _paper: str) -> bytes:
    raise Unavailable("The fonts are missing.")


def nonsense(_record: PatientRecord, _visit: Visit, _paper: str) -> bytes:
    return b"not a document"


@pytest.mark.parametrize(
    ("making", "words"), [(fail, "The fonts are missing."), (nonsense, "The summary cannot be shown")]
)
def test_a_document_that_cannot_be_made_says_why(
    qtbot: QtBot, jobs: JobRunner, prompts: ScriptedPrompts, making: Callable[..., bytes], words: str
) -> None:
    page = shown_page(qtbot, SummaryPage(making, jobs, prompts))
    page.show_visit(RECORD, FIRST, CLINIC)
    qtbot.waitUntil(lambda: page.words.startswith(words))
    assert not page.save_action.isEnabled()


def test_every_control_says_what_it_is_and_its_shortcut(page: SummaryPage) -> None:
    for button in page.findChildren(QAbstractButton):
        if not button.objectName().startswith("qt_") and button.parent() is page:
            assert button.accessibleName()
            assert "(Ctrl+" in button.toolTip()
