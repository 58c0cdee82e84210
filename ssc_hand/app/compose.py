"""The one place where objects are made and handed to each other."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QObject,
    QSettings,
    Qt,
    QTimer,
    QtMsgType,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from ssc_hand import __version__
from ssc_hand.app import crash
from ssc_hand.config import credentials
from ssc_hand.config.paths import config_folder, suggested_clinic_folder
from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import SscHandError
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.resources import ROOT
from ssc_hand.ui.main_window import MainWindow
from ssc_hand.ui.notices import Notice, NoticeKind
from ssc_hand.ui.prompts import Prompts
from ssc_hand.ui.widgets.shades import hides_frames

if TYPE_CHECKING:
    from ssc_hand.ui.setup.first_start import SetupAnswers

_log = logging.getLogger("ssc_hand.qt")


def now() -> datetime:
    """The time here, with its offset."""
    return datetime.now().astimezone()


def make_application() -> QApplication:
    """The Qt application, named and with its icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("ssc_hand")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("ssc-hand")
    icon = ROOT / "icons" / "ssc-hand.svg"
    if icon.is_file():
        app.setWindowIcon(QIcon(str(icon)))
    for effect in Qt.UIEffect:
        # Nothing slides or fades, whatever the desktop is set to.
        QApplication.setEffectEnabled(effect, False)  # noqa: FBT003 - Qt has no keyword for it
    if existing is None:
        app.styleHints().colorSchemeChanged.connect(show_edges)
    show_edges()
    qInstallMessageHandler(_log_qt)
    return app


@Slot()
def show_edges() -> None:
    """Give fields and buttons lines around them where the colours of the desktop leave none."""
    if hides_frames(QApplication.palette()):
        from ssc_hand.ui.widgets.edge_style import EdgeStyle  # noqa: PLC0415 - start-up: needed by few

        if not isinstance(QApplication.style(), EdgeStyle):
            QApplication.setStyle(EdgeStyle())


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    level = logging.INFO if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) else logging.WARNING
    _log.log(level, "%s", message)


def window_settings() -> QSettings:
    """Geometry, posture, who and where: safe to lose."""
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


def make_window(settings: QSettings, prompts: Prompts | None = None) -> MainWindow:
    """The window, with everything that it is given from outside."""
    return MainWindow(now, settings, prompts, make_pdf)


def make_pdf(
    record: PatientRecord,
    visit: Visit,
    clinic: ClinicSettings,
    *,
    pictures: Mapping[str, bytes] | None = None,
    **how: Any,
) -> bytes:
    """The visit summary as a PDF, with photographs where their pictures are given."""
    # reportlab loads with the first summary.
    from ssc_hand.reports.visit_summary import Printing, illustrated_summary  # noqa: PLC0415

    return illustrated_summary(record, visit, clinic, pictures or {}, Printing(**how))


class Session(QObject):
    """Opens the clinic that is wanted, or asks where and how to begin."""

    def __init__(self, window: MainWindow, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._is_connected = False
        window.clinic_needed.connect(self._on_window_clinic_needed)
        window.clinic.opened.connect(self._on_clinic_opened)
        window.who_chosen.connect(self._on_window_who_chosen)
        self._folder: Path | None = None

    def begin(self, folder: Path | None) -> None:
        """Open the folder given, else the last one, once the window is seen; without either, the short set-up."""
        last = self._settings.value("clinic")
        self._folder = folder or (Path(str(last)) if last else None)
        # Loading the database at the same time would keep the window from being painted.
        self._window.installEventFilter(self)
        if self._folder is None:
            self._on_window_clinic_needed(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the clinic after the first paint."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._on_window_seen)
        return False

    @Slot()
    def _on_window_seen(self) -> None:
        if not gc.isenabled():
            gc.freeze()  # what a start has loaded is never rubbish and need not be looked through again
            gc.enable()
        if self._folder is not None:
            self.open(self._folder)

    @Slot(object)
    def open(self, folder: Path) -> None:
        """Open the clinic in a folder."""
        self._folder = folder
        found = credentials.given()
        self._window.open_clinic(folder, SignIn(*found) if found else None)

    @Slot(str)
    def _on_window_who_chosen(self, name: str) -> None:
        self._settings.setValue("who", name)
        if self._folder is not None:
            self.open(self._folder)

    @Slot(object)
    def _on_clinic_opened(self, _clinic: ClinicSettings) -> None:
        if self._folder is not None:
            self._settings.setValue("clinic", str(self._folder.absolute()))
        self._window.hide_first_start()

    @Slot(object)
    def _on_window_clinic_needed(self, error: SscHandError | None) -> None:
        page = self._window.show_first_start(self._folder or suggested_clinic_folder())
        if not self._is_connected:
            self._is_connected = True
            page.create_requested.connect(self._on_create_requested)
            page.open_requested.connect(self.open)
        if error is not None:
            page.show_failure(error)

    @Slot(object)
    def _on_create_requested(self, answers: SetupAnswers) -> None:
        self._window.errands.run(partial(_create, answers), self.open, self._on_not_created)

    @Slot(object)
    def _on_not_created(self, error: Exception) -> None:
        self._on_window_clinic_needed(error if isinstance(error, SscHandError) else None)
        if not isinstance(error, SscHandError):
            raise error


def _create(answers: SetupAnswers) -> Path:
    from ssc_hand.tasks.make_clinic import make_clinic  # noqa: PLC0415 - needed once in the life of a clinic

    make_clinic(answers.folder, answers.clinic_name, by=answers.by, demo=answers.demo)
    return answers.folder


def run_window(folder: Path | None) -> int:
    """Open the window and stay until it is closed."""
    app = make_application()
    settings = window_settings()
    window = make_window(settings)
    crash.install(partial(_tell_crash, window))
    window.show()
    session = Session(window, settings)
    session.begin(folder)
    return app.exec()


def _tell_crash(window: MainWindow, text: str) -> None:
    window.notifier.post(Notice(text, NoticeKind.ERROR))
