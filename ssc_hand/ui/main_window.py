"""The window: builds the panels and introduces them to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ssc_hand import __version__
from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.dates import day_label
from ssc_hand.domain.desk import LeftOff, stop_code
from ssc_hand.domain.errors import Conflict, Refused, SscHandError
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.protocols import default_protocol
from ssc_hand.domain.records import Amputation, Patient, PatientRecord, Procedure, Visit
from ssc_hand.domain.vocabulary import VisitKind
from ssc_hand.i18n import _
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.jobs import JobRunner
from ssc_hand.ui.menus import fill_menus
from ssc_hand.ui.models.clinic_model import ClinicModel, StorageJobs
from ssc_hand.ui.models.visit_editor import VisitEditor
from ssc_hand.ui.notices import Notice, NoticeKind, Notifier
from ssc_hand.ui.patients.banner import PersonBanner
from ssc_hand.ui.patients.browser import PatientBrowser
from ssc_hand.ui.patients.visits import VisitList
from ssc_hand.ui.photo_desk import PhotoDesk
from ssc_hand.ui.prompts import Prompts, QtPrompts
from ssc_hand.ui.record_pages import RecordPages
from ssc_hand.ui.visit_page import VisitPage
from ssc_hand.ui.widgets.message_bar import MessageBar
from ssc_hand.ui.widgets.still_frame import ScrolledPage

if TYPE_CHECKING:
    from ssc_hand.ui.clash_bar import ClashBar
    from ssc_hand.ui.clinic_page import ClinicPage
    from ssc_hand.ui.move_page import MovePage
    from ssc_hand.ui.patients.editor import PatientEditor
    from ssc_hand.ui.patients.record_section import Withdrawal
    from ssc_hand.ui.patients.today import TodayList
    from ssc_hand.ui.setup.first_start import FirstStart

#: Milliseconds of quiet after the last key before a search is made.
_SEARCH_QUIET_MS = 60


class MainWindow(QMainWindow):
    """One clinic on the screen."""

    #: No clinic could be opened, or another one is wanted: the set-up page should be shown.
    clinic_needed = Signal(object)  #: Exception | None
    who_chosen = Signal(str)  #: the name that is to be written beside every entry

    def __init__(
        self,
        now: Callable[[], datetime],
        settings: QSettings,
        prompts: Prompts | None = None,
        make_pdf: Callable[..., bytes] | None = None,
    ) -> None:
        super().__init__()
        self._now = now
        self._settings = settings
        self._who = ""
        self._clinic: ClinicSettings | None = None
        self._wanted_visit: str | None = None
        self._wanted_kind: VisitKind | None = None
        self._left_off: LeftOff | None = None
        self._is_going_on = False
        self._offer: Notice | None = None
        self._conflict: tuple[Conflict, str] | None = None
        self._folder: Path | None = None
        self._is_another_clinic = False
        self._make_pdf = make_pdf
        self.prompts = prompts or QtPrompts(self)
        self.notifier = Notifier(self)
        self.storage = StorageJobs(self)
        self.errands = JobRunner(self)
        self.clinic = ClinicModel(self.storage, now, self)
        self.editor = VisitEditor(self.storage, now, self)
        self._build()
        fill_menus(self)
        self._connect()
        self._restore()

    # -- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.setWindowTitle("ssc_hand")
        self.browser = PatientBrowser(self._now, self)
        self.visits = VisitList(self)
        self.banner = PersonBanner(self._now, self)
        self.messages = MessageBar(self)
        self.visit_page = VisitPage(self.editor, self.prompts, self)
        self.visit_page.use_settings(self._settings)
        self.tabs = RecordPages(self.visit_page, self._make_summary, self.errands, self.prompts, self)
        self.photo_desk = PhotoDesk(self.visit_page, self.editor, self.clinic, self.errands, self.prompts)
        self.tabs.set_photographs(self.photo_desk, self.clinic.fetch_pictures)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.tabs)
        self._first_start: FirstStart | None = None
        left = self._left = QSplitter(Qt.Orientation.Vertical, self)
        left.addWidget(self.browser)
        left.addWidget(self.visits)
        left.setStretchFactor(0, 3)
        left.setStretchFactor(1, 2)
        left.setChildrenCollapsible(False)
        left.setContentsMargins(6, 6, 0, 6)
        right = QWidget(self)
        column = self._column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.messages)
        column.addWidget(self.pages, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.addWidget(ScrolledPage(right, self))
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([276, 1090])
        self.split.setChildrenCollapsible(False)
        self.setCentralWidget(self.split)

    def _connect(self) -> None:
        self._search = QTimer(self, singleShot=True, interval=_SEARCH_QUIET_MS)
        self._search.timeout.connect(self._on_search_timeout)
        self.browser.search_changed.connect(self._on_browser_search_changed)
        self.browser.patient_chosen.connect(self.open_patient)
        self.browser.new_patient_requested.connect(self.show_new_patient)
        self.browser.today_requested.connect(self.show_today)
        self.browser.expect_requested.connect(self.clinic.expect)
        self.browser.unexpect_requested.connect(self.clinic.unexpect)
        self.visits.visit_chosen.connect(self.open_visit)
        self.visits.start_requested.connect(self.start_visit)
        self.clinic.user_known.connect(self._on_clinic_user_known)
        self.clinic.opened.connect(self._on_clinic_opened)
        self.clinic.open_failed.connect(self._on_clinic_open_failed)
        self.clinic.patients_found.connect(self.browser.show_lines)
        self.clinic.expected_found.connect(self._on_clinic_expected_found)
        self.clinic.record_loaded.connect(self._on_clinic_record_loaded)
        self.clinic.saved.connect(self._on_clinic_saved)
        self.clinic.left_off_found.connect(self._on_clinic_left_off_found)
        self.clinic.failed.connect(self._tell)
        self.editor.record_changed.connect(self._on_editor_record_changed)
        self.editor.visit_created.connect(self._on_editor_lists_changed)
        self.editor.state_changed.connect(self._on_editor_lists_changed)
        self.editor.failed.connect(self._on_editor_failed)
        self.editor.conflicted.connect(self._on_editor_conflicted)
        self.editor.clashes_changed.connect(self._on_editor_clashes_changed)
        self.visit_page.refused.connect(self._tell_text)
        self.visit_page.move_requested.connect(self.show_move_page)
        self.visit_page.amputations_wanted.connect(self._show_amputations)
        self.visit_page.hands.posture_changed.connect(self._on_hands_posture_changed)
        self.tabs.about_to_turn.connect(self._settle)
        self.tabs.visit_requested.connect(self.open_visit)
        self.tabs.notice_posted.connect(self._tell_text)
        self.pages.currentChanged.connect(self._show_banner)
        self.notifier.posted.connect(self.messages.show_notice)
        self.messages.typed.connect(self.browser.type_on)

    # -- pages that are made when first looked at: the window stands sooner without them ---------------------

    @cached_property
    def patient_editor(self) -> PatientEditor:
        """The person, and everything that is asked of one."""
        from ssc_hand.ui.patients.editor import PatientEditor  # noqa: PLC0415 - start-up: made when first looked at

        page = PatientEditor(self._now, self.prompts, self)
        page.save_requested.connect(self._on_patient_editor_save_requested)
        page.procedure_save_requested.connect(self._on_patient_editor_part_save_requested)
        page.amputation_save_requested.connect(self._on_patient_editor_part_save_requested)
        page.withdraw_requested.connect(self._on_patient_editor_withdraw_requested)
        page.cancelled.connect(self.show_visit_page)
        self.pages.addWidget(page)
        return page

    @cached_property
    def today(self) -> TodayList:
        """The list of today."""
        from ssc_hand.ui.patients.today import TodayList  # noqa: PLC0415 - start-up: made when first looked at

        page = TodayList(self._now, self.prompts, self)
        page.expect_requested.connect(self._on_today_expect_requested)
        page.unexpect_requested.connect(self.clinic.unexpect)
        page.file_chosen.connect(self._on_today_file_chosen)
        page.patient_chosen.connect(self.open_patient)
        page.closed.connect(self.show_visit_page)
        self.pages.addWidget(page)
        return page

    @cached_property
    def clinic_page(self) -> ClinicPage:
        """What the clinic says about itself."""
        from ssc_hand.ui.clinic_page import ClinicPage  # noqa: PLC0415 - start-up: made when first looked at

        page = ClinicPage(self)
        page.save_requested.connect(self.clinic.save_settings)
        page.closed.connect(self.show_visit_page)
        self.pages.addWidget(page)
        return page

    @cached_property
    def clash_bar(self) -> ClashBar:
        """What another window wrote first."""
        from ssc_hand.ui.clash_bar import ClashBar  # noqa: PLC0415 - start-up: needed by few

        bar = ClashBar(self.editor, self)
        bar.refused.connect(self._tell_text)
        self._column.insertWidget(self._column.indexOf(self.pages), bar)
        return bar

    @cached_property
    def move_page(self) -> MovePage:
        """Moving a visit to the patient it belongs to."""
        from ssc_hand.ui.move_page import MovePage  # noqa: PLC0415 - start-up: made when first looked at

        page = MovePage(self)
        page.look_up_requested.connect(self.clinic.look_up_number)
        self.clinic.number_found.connect(page.show_target)
        self.clinic.number_unknown.connect(page.show_error)
        page.move_requested.connect(self._on_move_page_move_requested)
        page.closed.connect(self.show_visit_page)
        self.pages.addWidget(page)
        return page

    # -- the clinic --------------------------------------------------------------------------------------

    def open_clinic(self, folder: Path, sign_in: SignIn | None) -> None:
        """Open the clinic in a folder, as this person; without one, where everybody may."""
        self._is_another_clinic = folder != self._folder
        self._folder = folder
        self.clinic.open(folder, sign_in)

    @Slot(str)
    def _on_clinic_user_known(self, who: str) -> None:
        self._who = who
        self.visit_page.bar.set_who(who)

    @Slot(object)
    def _on_clinic_opened(self, clinic: ClinicSettings) -> None:
        if self._is_another_clinic:
            # Nobody of the clinic before may stay on the desk: an entry would go to the wrong file.
            self._is_another_clinic = False
            self.editor.show(None)
        self._clinic = clinic
        self.banner.set_synthetic(synthetic=clinic.purpose is not Purpose.CLINIC)
        self.setWindowTitle(f"{clinic.name} - ssc_hand")
        self.visit_page.set_clinic(clinic)
        if self._is_seen("clinic_page"):
            self.clinic_page.show_settings(clinic)
        self.clinic.find(self.browser.text)
        self.clinic.look_up_expected()
        self.clinic.look_up_desk()
        self.tabs.set_clinic(clinic)

    @Slot(object)
    def _on_clinic_open_failed(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error
        self.clinic_needed.emit(error)

    @Slot()
    def ask_who(self) -> None:
        """Ask whose name is written beside entries."""
        self._settle()
        text = _("Your name, as it stands beside every entry and on new visits. Now: {who}").format(who=self._who)
        name = self.prompts.ask_reason(_("Who is writing"), text)
        if name:
            self.who_chosen.emit(name)

    def show_first_start(self, folder: Path) -> FirstStart:
        """Ask where the clinic is or shall be; the page is returned to be listened to."""
        if self._first_start is None:
            from ssc_hand.ui.setup.first_start import FirstStart  # noqa: PLC0415 - start-up: seen once

            self._first_start = FirstStart(folder, self.prompts, self)
            self.pages.addWidget(self._first_start)
        self.pages.setCurrentWidget(self._first_start)
        self._left.setVisible(self._clinic is not None)
        return self._first_start

    def hide_first_start(self) -> None:
        """Back to the patients."""
        self._left.show()
        if self.pages.currentWidget() is self._first_start:
            self.pages.setCurrentWidget(self.tabs)

    @Slot()
    def ask_for_clinic(self) -> None:
        """Ask which clinic is to be opened."""
        if self._is_held():
            return
        self._settle()
        if self.editor.has_failed:
            text = _("Some entries of this clinic could not be written yet. Try again first; they belong nowhere else.")
            self.notifier.post(Notice(text, NoticeKind.WARNING, _("Try again"), self.editor.retry))
            return
        self.clinic_needed.emit(None)

    # -- where this user left off ----------------------------------------------------------------------------

    @Slot(object)
    def _on_clinic_left_off_found(self, left: LeftOff | None) -> None:
        """Offer the draft where it was left; Enter takes the offer, and typing a name finds somebody else."""
        self._withdraw_offer()
        self._left_off = left
        if left is None or self.editor.record is not None:
            return
        self.editor.remember_place(left.visit_id, left.place)
        words = _("Your draft of {day} is not finished: {patient}{place}.")
        place = f" ({_stop_name(left.place)})" if left.place else ""
        text = words.format(day=day_label(left.day), patient=left.patient_name, place=place)
        is_offered = not self.browser.text and self.pages.currentWidget() is self.tabs
        self._offer = Notice(
            text, NoticeKind.INFO, _("Go on there (Enter)"), self.go_on_where_left, is_offered=is_offered
        )
        self.notifier.post(self._offer)

    @Slot()
    def go_on_where_left(self) -> None:
        """Open the draft that this user left, with the keyboard where it was."""
        left = self._left_off
        if left is None or self._is_held():
            return
        self._settle()
        self._wanted_visit = left.visit_id
        self._is_going_on = True
        self.clinic.load(left.patient_id)

    def _withdraw_offer(self) -> None:
        if self._offer is not None:
            self.messages.withdraw(self._offer)
            self._offer = None

    # -- the patient -------------------------------------------------------------------------------------

    @Slot(str)
    def _on_browser_search_changed(self, text: str) -> None:
        del text
        self.clinic.drop_search()
        self._search.start()

    @Slot()
    def _on_search_timeout(self) -> None:
        self.clinic.find(self.browser.text)

    @Slot(str)
    def open_patient(self, patient_id: str) -> None:
        """Read a patient and show the newest visit."""
        if self._is_held():
            return
        self.messages.drop_refusals()  # before what is left now has its say
        self._settle()
        self._wanted_visit = None
        self.clinic.load(patient_id)

    def _is_held(self) -> bool:
        """Whether a person is being typed; nothing takes that page away before it is saved or cancelled."""
        page = self._person_page
        if page is None or page.is_saving or not page.has_changes:
            return False
        self.pages.setCurrentWidget(page)
        self._show_banner()
        self._tell_text(_("What was typed about this person is not saved yet. Save or cancel it first."))
        return True

    @property
    def _person_page(self) -> PatientEditor | None:
        """The page of the person, where it has been looked at."""
        return self.__dict__.get("patient_editor")

    @Slot(object)
    def _on_clinic_record_loaded(self, record: PatientRecord) -> None:
        if self.editor.is_writing:
            # Something was entered while the record was being read: what was read is older than the screen.
            self.clinic.load(record.patient.id)
            return
        ids = [visit.id for visit in record.visits]
        wanted = self._wanted_visit if self._wanted_visit in ids else ids[-1] if ids else None
        is_another = self._wanted_visit in ids
        self._wanted_visit = None
        self._withdraw_offer()
        if self.editor.has_begun(record.patient.id) and not is_another:
            self.editor.renew(record)  # a visit that was just started is not taken away by a late answer
        else:
            self.editor.show(record, wanted)
        self._tell_conflict()
        self.browser.set_current(record.patient.id)
        page = self._person_page
        if page is not None and (page.is_saving or page is self.pages.currentWidget()):
            page.show_record(record)
            self._show_banner()
        if page is None or page is not self.pages.currentWidget():
            self.pages.setCurrentWidget(self.tabs)
        if self._is_going_on:
            self._is_going_on = False
            self.show_hands()

    @Slot(object)
    def _on_editor_record_changed(self, record: PatientRecord | None) -> None:
        if self.editor.changed_values is None:
            # Values stand in neither; counting the ulcers of forty visits takes longer than a key may.
            self.banner.show_record(record)
            self.visits.show_record(record)
            self.visits.set_current(self.editor.visit.id if self.editor.visit else None)
        self.tabs.show_record(record, self.editor.visit)

    @Slot(object)
    def _on_editor_lists_changed(self, visit: Visit) -> None:
        del visit
        self.clinic.find(self.browser.text)
        self.clinic.look_up_expected()

    @Slot(object)
    def _on_clinic_expected_found(self, lines: list[Any]) -> None:
        self.browser.show_expected(lines)
        if self._is_seen("today"):
            self.today.show_expected(lines)

    @Slot()
    def show_new_patient(self) -> None:
        if self._is_held():
            return
        self._settle()
        self.patient_editor.show_new()
        self.pages.setCurrentWidget(self.patient_editor)
        self._show_banner()

    @Slot()
    def show_patient_editor(self) -> None:
        self._settle()
        if self.editor.record is not None:
            self.patient_editor.show_record(self.editor.record)
            self.pages.setCurrentWidget(self.patient_editor)
            self.patient_editor.take_keyboard()
            self._show_banner()

    @Slot()
    def _show_amputations(self) -> None:
        self.show_patient_editor()
        self.patient_editor.show_part(self.patient_editor.amputations)

    @Slot(object)
    def _on_patient_editor_save_requested(self, patient: Patient) -> None:
        is_new = patient.stamp is None
        try:
            self.clinic.save_patient(patient, self._on_patient_not_saved)
        except Refused as refused:
            self.patient_editor.show_failure(refused)
            return
        if is_new:
            self._wanted_visit = None

    @Slot(object)
    def _on_patient_not_saved(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error
        self.patient_editor.show_failure(error)

    @Slot(object)
    def _on_patient_editor_part_save_requested(self, part: Procedure | Amputation) -> None:
        self.clinic.put(part.patient_id, part, self._on_patient_not_saved)

    @Slot(object)
    def _on_patient_editor_withdraw_requested(self, withdrawal: Withdrawal) -> None:
        self.clinic.withdraw(withdrawal.record, withdrawal.reason, self._on_patient_not_saved)

    @Slot(str)
    def _on_clinic_saved(self, patient_id: str) -> None:
        self._wanted_visit = self.editor.visit.id if self.editor.visit else None
        self.clinic.load(patient_id)
        self.clinic.find(self.browser.text)
        self.notifier.tell(_("Saved."))

    # -- the visit ---------------------------------------------------------------------------------------

    @Slot(str)
    def open_visit(self, visit_id: str) -> None:
        """Put another visit of the patient on the desk."""
        self._settle()
        if self.editor.record is not None and not self._is_on_desk(visit_id):
            self._wanted_visit = visit_id
            self.clinic.load(self.editor.record.patient.id)
        self.show_visit_page()

    def _is_on_desk(self, visit_id: str) -> bool:
        return self.editor.visit is not None and self.editor.visit.id == visit_id

    @Slot(object)
    def start_visit(self, kind: VisitKind) -> None:
        """Start a visit of the patient on the desk."""
        self._settle()
        if self.editor.record is None:
            self._tell_text(_("Choose a patient first; the visit belongs to a person."))
            return
        draft = next(
            (v for v in reversed(self.editor.record.visits) if v.is_draft and v.day == self._now().date()), None
        )
        if draft is not None and self._wanted_kind is not kind:
            self._wanted_kind = kind
            self.open_visit(draft.id)
            text = _("A visit of today is not finished yet and is shown. Is this another visit of the same day?")
            self.notifier.post(Notice(text, NoticeKind.INFO, _("Start another"), self._start_another))
            return
        self._wanted_kind = None
        known = (v.examiner_role for v in reversed(self.editor.record.visits) if v.examiner == self._who)
        protocol = default_protocol(self._clinic).key if self._clinic else None
        self.editor.start(kind, self._who, next(known, None) or "", protocol=protocol)
        self.visits.set_current(None)
        self.show_visit_page()
        self.visit_page.hands.view.setFocus()

    def _start_another(self) -> None:
        if self._wanted_kind is not None:
            self.start_visit(self._wanted_kind)

    @Slot()
    def start_visit_of_action(self) -> None:
        """Start a visit of the kind that a menu entry carries."""
        action = self.sender()
        if isinstance(action, QAction):
            self.start_visit(VisitKind.of(action.data()))

    @Slot(object)
    def _on_editor_failed(self, error: SscHandError) -> None:
        self.notifier.post(Notice(str(error), NoticeKind.ERROR, _("Try again"), self.editor.retry))

    @Slot(object)
    def _on_editor_conflicted(self, error: Refused) -> None:
        """Read again what the file says; what is contested is then told by the bar of clashes."""
        record, visit = self.editor.record, self.editor.visit
        if isinstance(error, Conflict) and visit is not None:
            self._conflict = (error, visit.id)
        else:
            self.notifier.post(Notice(str(error), NoticeKind.WARNING))
        if record is not None:
            self._wanted_visit = visit.id if visit else None
            self.clinic.load(record.patient.id)

    def _tell_conflict(self) -> None:
        """Where the visit itself is no longer there, nothing of it can be decided: say what happened."""
        conflict, self._conflict = self._conflict, None
        if conflict is not None and not self._is_on_desk(conflict[1]):
            self.notifier.post(Notice(str(conflict[0]), NoticeKind.WARNING))

    @Slot()
    def _on_editor_clashes_changed(self) -> None:
        if self.editor.clashes:
            self.clash_bar.refresh()

    @Slot()
    def show_move_page(self) -> None:
        self._settle()
        if self.editor.record is not None and self.editor.visit is not None:
            self.move_page.show_visit(self.editor.record, self.editor.visit)
            self.pages.setCurrentWidget(self.move_page)

    @Slot(object, object, str)
    def _on_move_page_move_requested(self, visit: Visit, target: Patient, reason: str) -> None:
        record = self.editor.record
        if record is None:
            return
        names = (_name_and_number(record.patient), _name_and_number(target))
        self.clinic.move_visit(visit, target, names, reason, self._who)
        self.show_visit_page()

    # -- pages -------------------------------------------------------------------------------------------

    @Slot()
    def show_visit_page(self) -> None:
        """Turn to the visit on the desk."""
        self.pages.setCurrentWidget(self.tabs)
        self.tabs.show_visit()

    @Slot()
    def show_hands(self) -> None:
        """Turn to the visit on the desk and take the keyboard to its hands."""
        self.show_visit_page()
        self.visit_page.hands.view.setFocus()

    @Slot()
    def go_to_next_part(self) -> None:
        """Turn to the visit on the desk, or where it is seen take the keyboard to the next part of its page."""
        self.show_visit_page()
        self.visit_page.go_to_next_part()

    @Slot()
    def show_keys(self) -> None:
        """Turn to the visit on the desk and show the map of its keys."""
        self.show_visit_page()
        self.visit_page.show_keys()

    @Slot()
    def show_trends_page(self) -> None:
        """Turn to the trends of the patient on the desk."""
        self.pages.setCurrentWidget(self.tabs)
        self.tabs.show_trends()

    @Slot()
    def show_summary_page(self) -> None:
        """Turn to the summary of the visit on the desk."""
        self.pages.setCurrentWidget(self.tabs)
        self.tabs.show_summary()

    @Slot()
    def show_photographs_page(self) -> None:
        """Turn to the photographs of the visit on the desk."""
        self.pages.setCurrentWidget(self.tabs)
        self.tabs.show_photographs()

    @Slot()
    def _show_banner(self) -> None:
        """A person stands only above pages that are about that person."""
        page, person = self.pages.currentWidget(), self._person_page
        is_personal = page is self.tabs or self._is_seen("move_page")
        self.banner.setVisible(is_personal or (person is not None and page is person and not person.is_new))

    def _is_seen(self, name: str) -> bool:
        """Whether one of the pages that are made late is made, and in front."""
        return name in self.__dict__ and self.pages.currentWidget() is self.__dict__[name]

    def _make_summary(
        self,
        record: PatientRecord,
        visit: Visit,
        clinic: ClinicSettings,
        paper: str,
        pictures: Mapping[str, bytes] | None = None,
    ) -> bytes:
        assert self._make_pdf is not None
        more = {"pictures": pictures} if pictures else {}
        return self._make_pdf(record, visit, clinic, paper=paper, printed_at=self._now(), version=__version__, **more)

    @Slot()
    def show_today(self) -> None:
        self._settle()
        self.clinic.look_up_expected()
        self.pages.setCurrentWidget(self.today)

    @Slot(object)
    def _on_today_expect_requested(self, numbers: tuple[str, ...]) -> None:
        self.clinic.expect(numbers, self._on_not_expected)

    @Slot(object)
    def _on_today_file_chosen(self, path: Path) -> None:
        from ssc_hand.exchange.today_list import record_numbers  # noqa: PLC0415 - csv is needed by few, and late

        self.errands.run(partial(record_numbers, path), self._on_today_expect_requested, self._on_not_expected)

    @Slot(object)
    def _on_not_expected(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error
        self.today.show_failure(error)

    @Slot()
    def show_clinic_page(self) -> None:
        if self._clinic is not None:
            self.clinic_page.show_settings(self._clinic)
            self.pages.setCurrentWidget(self.clinic_page)

    @Slot()
    def tell_about(self) -> None:
        """Say what the program is."""
        self.notifier.tell(
            _("ssc_hand {version}. For clinicians; it lists and counts, it does not diagnose.").format(
                version=__version__
            )
        )

    # -- telling -----------------------------------------------------------------------------------------

    @Slot(object)
    def _tell(self, error: Exception) -> None:
        if not isinstance(error, SscHandError):
            raise error
        self.notifier.tell_failure(error)

    @Slot(str)
    def _tell_text(self, text: str) -> None:
        self.notifier.post(Notice(text, NoticeKind.WARNING))

    # -- the window itself -------------------------------------------------------------------------------

    @Slot()
    def _settle(self) -> None:
        self.visit_page.settle()

    @Slot(object)
    def _on_hands_posture_changed(self, posture: Posture) -> None:
        self._settings.setValue("posture", posture.value)

    def _restore(self) -> None:
        geometry, split = self._settings.value("geometry"), self._settings.value("split")
        if geometry is None or not self.restoreGeometry(geometry):
            self._take_usual_size()
        if split is not None:
            self.split.restoreState(split)
        posture = self._settings.value("posture")
        if posture in [each.value for each in Posture]:
            self.visit_page.hands.set_posture(Posture.of(str(posture)))

    def _take_usual_size(self) -> None:
        """A large scale leaves less room than that, and the title bar takes its share."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - start-up: brings six hundred words for one

        room = self.screen().availableSize()
        frame = self.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        self.resize(QSize(1366, 740).boundedTo(QSize(room.width(), room.height() - frame)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything settled is on disk before the window goes; nothing is asked unless a write has failed."""
        self._settle()
        self.editor.keep_place()
        self.storage.deliver()
        page = self._person_page
        if page is not None and page.has_changes and not page.is_saving and not self._leaves_person():
            event.ignore()
            return
        if self.editor.has_failed and not self._leaves_unwritten():
            event.ignore()
            return
        self._settings.setValue("geometry", self.saveGeometry())
        self._settings.setValue("split", self.split.saveState())
        # Pages that go one by one when the window is taken apart are nobody's choice.
        for pages in (self.tabs, self.pages):
            pages.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.storage.close()
        self.errands.finish()
        event.accept()

    def _leaves_person(self) -> bool:
        return self.prompts.confirm(
            _("Not everything is saved"),
            _("What was typed about a person was not saved. If you close now it is lost."),
            _("Close and lose it"),
        )

    def _leaves_unwritten(self) -> bool:
        return self.prompts.confirm(
            _("Not everything is saved"),
            _("Some entries could not be written to the disk. If you close now they are lost."),
            _("Close and lose them"),
        )


def _stop_name(place: str) -> str:
    """Where in the visit, for people: "Skin temperature, right ring"."""
    from ssc_hand.domain.path import parse_stop  # noqa: PLC0415 - start-up: the clinic is open by then

    try:
        return parse_stop(stop_code(place)).name
    except Refused:
        return _("a value that this program does not ask for")


def _name_and_number(patient: Patient) -> str:
    return f"{patient.full_name} ({patient.record_number})"
