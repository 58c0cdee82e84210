"""Draws every page of the window to PNG files, without a display: for the README, and for looking at them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QSettings
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ssc_hand.app.compose import make_application, make_window
from ssc_hand.config.paths import suggested_clinic_folder
from ssc_hand.config.whole_file import write_whole
from ssc_hand.domain.errors import Unavailable
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.path import is_recorded
from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import _
from ssc_hand.storage.clinic import Clinic
from ssc_hand.tasks.sign_in import sign_in_for
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.main_window import MainWindow

SIZES = ((1366, 768), (1920, 1080))
#: Texts that wrap change the heights around them, which is settled one turn of the event loop later.
_ROUNDS_OF_LAYOUT = 4

_R = QPalette.ColorRole
_DARK = {
    _R.Window: "#25282b",
    _R.WindowText: "#e8e8e8",
    _R.Base: "#191b1d",
    _R.AlternateBase: "#22252a",
    _R.Text: "#e8e8e8",
    _R.Button: "#33373c",
    _R.ButtonText: "#e8e8e8",
    _R.Highlight: "#3d7dd8",
    _R.HighlightedText: "#ffffff",
    _R.ToolTipBase: "#33373c",
    _R.ToolTipText: "#e8e8e8",
    _R.PlaceholderText: "#9a9a9a",
}


def render(folder: Path, out: Path) -> None:
    """Write a PNG of each page, in two sizes, light and dark, into `out`.

    Raises `Unavailable` where the clinic cannot be opened or the pictures cannot be written.
    """
    app = make_application()
    app.setStyle("Fusion")
    _make_folder(out)
    light = app.palette()
    for theme, palette in (("light", light), ("dark", _dark(light))):
        app.setPalette(palette)
        for size in SIZES:
            _Session(app, folder, out, f"{theme}-{size[0]}x{size[1]}").draw(size)
    app.setPalette(light)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Unavailable(
            _("The pictures could not be written into {path}: {why}.").format(path=out, why=problem.strerror)
        ) from problem


def _dark(light: QPalette) -> QPalette:
    palette = QPalette(light)
    for role, colour in _DARK.items():
        palette.setColor(role, QColor(colour))
    for role in (_R.WindowText, _R.Text, _R.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor("#7f8389"))
    return palette


def _most_telling(folder: Path) -> tuple[PatientRecord, PatientRecord, PatientRecord]:
    """The patient with the most lesions at the last visit, one with a draft (else the same), the most visits."""
    with Clinic.open(folder, by=sign_in_for(folder)) as clinic:
        records = [record for record in map(clinic.record, clinic.all_ids()) if record.visits]
    if not records:
        raise Unavailable(_("The clinic in {path} has no visits to draw.").format(path=folder))

    def lesions(record: PatientRecord) -> tuple[int, int]:
        last = record.visits[-1]
        return len(lesions_at(record, last)), len(last.observations)

    finals = [record for record in records if not record.visits[-1].is_draft]
    drafts = [record for record in records if record.visits[-1].is_draft]
    best = max(finals or records, key=lesions)
    return best, (drafts or [best])[0], max(records, key=lambda record: len(record.visits))


class _Session:
    """One window, taken through its pages."""

    def __init__(self, app: QApplication, folder: Path, out: Path, tag: str) -> None:
        self._app = app
        self._folder = folder
        self._out = out
        self._tag = tag
        self._failure: Exception | None = None
        self._settings = QSettings(str(out / "window.ini"), QSettings.Format.IniFormat)
        self._settings.clear()
        self._window: MainWindow = make_window(self._settings)
        self._window.clinic.open_failed.connect(self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._failure = error

    def draw(self, size: tuple[int, int]) -> None:
        """Walk through the pages in this size."""
        window = self._window
        window.resize(*size)
        window.show()
        window.open_clinic(self._folder, sign_in_for(self._folder))
        self._wait()
        if self._failure is not None:
            window.close()
            raise self._failure
        self._shot("empty")
        record, draft, longest = _most_telling(self._folder)
        try:
            self._draw_record(record)
            self._draw_longest(longest)
            self._draw_draft(draft)
            self._draw_other_pages()
        finally:
            window.close()
            window.deleteLater()
            self._settings.sync()  # what is written now is not written again later
            (self._out / "window.ini").unlink(missing_ok=True)

    def _draw_record(self, record: PatientRecord) -> None:
        window, page = self._window, self._window.visit_page
        window.open_patient(record.patient.id)
        self._wait()
        lesions = lesions_at(record, record.visits[-1])
        if lesions:
            page.show_lesion(lesions[0].lesion.id)
            page.selection.choose(lesions[0].lesion.site)
            page.hands.show_aspect(lesions[0].lesion.aspect)
        self._shot("visit")
        page.hands.flip()
        self._shot("other-aspect")
        page.hands.set_posture(Posture.FACING)
        self._shot("facing")
        page.hands.set_posture(Posture.AS_OWN)
        for number, action in enumerate(page.hands.layer_actions):
            action.trigger()
            self._shot(f"layer-{number + 1}")
        page.hands.layer_actions[0].trigger()
        window.tabs.setCurrentIndex(1)
        self._shot("trends")
        window.tabs.setCurrentIndex(2)
        self._shot("summary")
        window.tabs.setCurrentIndex(0)

    def _draw_longest(self, record: PatientRecord) -> None:
        self._window.open_patient(record.patient.id)
        self._wait()
        self._window.tabs.setCurrentIndex(1)
        self._shot("trends-of-years")
        self._window.tabs.setCurrentIndex(0)

    def _draw_draft(self, record: PatientRecord) -> None:
        self._window.open_patient(record.patient.id)
        self._wait()
        desk = self._window.visit_page.lesion_desk
        for number, name in enumerate(("place", "lesions", "texts")):
            self._window.visit_page.tabs.setCurrentIndex(number)
            lesions = lesions_at(record, record.visits[-1])
            if name == "lesions" and lesions:
                desk.open(lesions[0].lesion.id)
            self._shot(f"draft-{name}")
            desk.card.close_card()
        self._draw_bedside()
        self._window.visit_page.tabs.setCurrentIndex(0)

    def _draw_bedside(self) -> None:
        """What is seen while a draft is typed into; nothing is entered."""
        page = self._window.visit_page
        page.review_lesions()
        self._shot("draft-review")
        page.tabs.setCurrentIndex(0)
        page.bedside.show_keys()
        self._shot("draft-keys")
        page.bedside.show_keys()
        path, visit = page.bedside.path, page.bedside.path.visit
        refills = [stop for stop in path.stops if stop.measure_key == "crt"]
        if visit is None or not refills:
            return
        path.go(next((stop for stop in refills if not is_recorded(visit, stop)), refills[-1]))
        if path.typing is not None:
            path.take(path.typing.feed("2"))
            self._shot("draft-typing")
            path.take(path.typing.dropped())
        page.aids.start_timer()
        self._shot("draft-timer")
        if page.aids.timer is not None:
            page.aids.timer.cancel()

    def _draw_other_pages(self) -> None:
        window = self._window
        for name, show in (
            ("patient", window.show_patient_editor),
            ("new-patient", window.show_new_patient),
            ("today", window.show_today),
            ("clinic", window.show_clinic_page),
            ("move-visit", window.show_move_page),
            ("first-start", self._show_first_start),
        ):
            self._draw_page(name, show)

    def _show_first_start(self) -> None:
        self._window.show_first_start(suggested_clinic_folder())

    def _draw_page(self, name: str, show: Callable[[], object]) -> None:
        show()
        self._shot(name)

    def _shot(self, name: str) -> None:
        self._wait()
        picture = QByteArray()
        into = QBuffer(picture)
        into.open(QIODevice.OpenModeFlag.WriteOnly)
        self._window.grab().save(into, "PNG")
        write_whole(self._out / f"{self._tag}-{name}.png", bytes(picture.data()))

    def _wait(self) -> None:
        """Until storage and errands have answered and everything is painted."""
        for _round in range(_ROUNDS_OF_LAYOUT):
            self._app.processEvents()
            while self._window.storage.is_busy or self._window.errands.is_busy:
                self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
                self._app.processEvents()
