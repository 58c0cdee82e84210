"""Aids: the timer, the number pad and the account of a visit, in step with the path of entry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSettings, Qt, Slot
from PySide6.QtWidgets import QTabWidget, QWidget

from ssc_hand.domain.account import account
from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.derived import pressed_at
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Beyond, Value
from ssc_hand.domain.nail_bed import nail_bed_offer
from ssc_hand.domain.path import Stop, is_recorded
from ssc_hand.domain.records import Visit
from ssc_hand.domain.refill_clock import END_S
from ssc_hand.domain.vocabulary import RefillSite
from ssc_hand.domain.warnings import PROPOSED, Cause, WarningLimits, in_words, room_words, visit_warnings, warnings_at
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.account_bar import AccountBar
from ssc_hand.ui.bedside.number_pad import NumberPad
from ssc_hand.ui.bedside.refill_timer import RefillTimer
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.settled import Settled, Tone
from ssc_hand.ui.models.visit_editor import VisitEditor

_CRT, _PLACE = CATALOGUE["crt"], CATALOGUE["refill_place"]
#: What this user chose of the timer, kept on this computer.
_PRESSES, _SOUND = "refill/presses", "refill/sound"


class Aids(QObject):
    """Starts the timer where the path asks for it, takes the pad's keys to the path, and tells what is missing.

    Timer and pad are laid over the tabs beside the hands, so that the hands keep their size; both are made when
    they are first wanted.
    """

    def __init__(self, path: EntryPath, editor: VisitEditor, beside: QTabWidget, settings: QSettings | None) -> None:
        """Aids for a path; `beside` is what timer and pad are laid over, `settings` keeps the user's choice."""
        super().__init__(beside)
        self._path = path
        self._editor = editor
        self._beside = beside
        self._settings = settings
        self._limits = PROPOSED
        self._visit_id = ""
        self._timed: Stop | None = None
        self._was_empty = True
        self._was_touched = False
        self.timer: RefillTimer | None = None
        self.pad: NumberPad | None = None
        self.bar = AccountBar(beside)
        self.bar.next_missing_requested.connect(self._on_bar_next_missing_requested)
        self.bar.timer_requested.connect(self.start_timer)
        self.bar.pad_toggled.connect(self._on_bar_pad_toggled)
        path.has_timer = True
        path.timer_wanted.connect(self._on_path_timer_wanted)
        path.moved.connect(self._on_path_moved)
        path.settled.connect(self._on_path_settled)
        beside.installEventFilter(self)
        beside.tabBarClicked.connect(self._on_beside_tab_wanted)
        beside.currentChanged.connect(self._on_beside_tab_wanted)

    # -- the account ---------------------------------------------------------------------------------------

    def set_limits(self, limits: WarningLimits) -> None:
        """From which changes on the clinic wants to be asked again."""
        self._limits = limits

    def show_visit(self) -> None:
        """Follow the visit on the desk, after the path has; another visit ends a running timer."""
        record, visit = self._editor.record, self._editor.visit
        visit_id = visit.id if visit else ""
        if visit_id != self._visit_id:
            self._visit_id = visit_id
            if self.timer is not None:
                self.timer.cancel()
        if record is None or visit is None:
            self.bar.show_account(None, can_edit=False)
            self.bar.show_warnings(())
            return
        self.bar.show_account(account(record, visit, self._path.stops), can_edit=visit.is_draft)
        self.bar.show_warnings(visit_warnings(record, visit))
        self._show_place()

    def _show_place(self) -> None:
        stop = self._path.stop
        self.bar.set_timer_enabled(enabled=stop is not None and stop.measure is _CRT)
        if self.pad is not None:
            self.pad.show_measure(stop.measure if stop else None, stop.site.name if stop else "")

    @Slot()
    def _on_bar_next_missing_requested(self) -> None:
        if self._path.can_edit:
            self._path.settle()
            self._path.go_to_missing()

    @Slot(object)
    def _on_path_moved(self, _stop: Stop | None) -> None:
        self._show_place()

    @Slot(object)
    def _on_path_settled(self, settled: Settled) -> None:
        """What the value just settled asks to look at again is said beside it; the path goes on all the same."""
        record, visit = self._editor.record, self._editor.visit
        if record is None or visit is None:
            return
        found = (warnings_at(record, visit, site, settled.measure, self._limits) for site in settled.sites)
        # What is beyond the plausible was confirmed with a key, unless the timer wrote it.
        is_timed = self.timer is not None and self.timer.is_running
        asks = (Cause.FAR, Cause.UNUSUAL) if is_timed else (Cause.FAR,)
        own = [warning for each in found for warning in each if warning.cause in asks]
        if own:
            words = _("{place} {value}: {warnings}")
            told = in_words(dict.fromkeys(own)).replace("\n", " ")
            self._path.tell(words.format(place=settled.place, value=settled.words, warnings=told), Tone.ASKING)

    # -- the timer -----------------------------------------------------------------------------------------

    @Slot()
    def _on_path_timer_wanted(self) -> None:
        self._start(Qt.Key.Key_Space)

    @Slot()
    def start_timer(self) -> None:
        """Time the refill of the digit at which the path stands."""
        self._start(None)

    def _start(self, held_key: Qt.Key | None) -> None:
        record, visit, stop = self._editor.record, self._editor.visit, self._path.stop
        if record is None or visit is None or stop is None or stop.measure is not _CRT or not self._path.can_edit:
            return
        self._path.settle()
        timer = self.timer or self._make_timer()
        timer.set_options(presses=max(self._kept_presses, self._path.readings(_CRT)), sound=timer.sound)
        self._timed, self._was_empty = stop, not is_recorded(visit, stop)
        self._lay(timer)
        offer = nail_bed_offer(record, visit, stop.site)
        timer.start(stop.site.name, _remark(visit, stop.site), offer=offer, held_key=held_key)

    def _make_timer(self) -> RefillTimer:
        timer = self.timer = RefillTimer(self._beside)
        timer.set_options(presses=self._kept_presses, sound=self._keeps_sound)
        timer.measured.connect(self._on_timer_measured)
        timer.no_refill.connect(self._on_timer_no_refill)
        timer.finished.connect(self._on_timer_finished)
        timer.taken_back.connect(self._on_timer_taken_back)
        timer.nail_bed_chosen.connect(self._on_timer_nail_bed_chosen)
        timer.options_changed.connect(self._on_timer_options_changed)
        return timer

    @property
    def _kept_presses(self) -> int:
        kept = self._settings.value(_PRESSES, 1, int) if self._settings else 1
        return kept if isinstance(kept, int) else 1

    @property
    def _keeps_sound(self) -> bool:
        return bool(self._settings and self._settings.value(_SOUND, type=bool))

    @Slot()
    def _on_timer_options_changed(self) -> None:
        if self._settings is not None and self.timer is not None:
            self._settings.setValue(_PRESSES, self.timer.presses)
            self._settings.setValue(_SOUND, self.timer.sound)

    @Slot(float, int)
    def _on_timer_measured(self, seconds: float, press: int) -> None:
        self._take(seconds, press)

    @Slot(int)
    def _on_timer_no_refill(self, press: int) -> None:
        self._take(Beyond(END_S), press)

    def _take(self, value: Value, press: int) -> None:
        """Record one press; the first takes the place of whatever was there, since the digit is timed anew."""
        if self._timed is not None and self._path.stop == self._timed:
            self._path.take_reading(value, None if press == 1 else press)

    @Slot()
    def _on_timer_finished(self) -> None:
        if self._timed is not None and self._path.stop == self._timed:
            self._path.go_on(was_empty=self._was_empty)

    @Slot(int)
    def _on_timer_taken_back(self, press: int) -> None:
        if self._timed is not None and self._editor.can_edit:
            self._editor.clear((self._timed.site,), _CRT, repeat=press)

    @Slot()
    def _on_timer_nail_bed_chosen(self) -> None:
        if self._timed is None:
            return
        try:
            self._editor.set_value((self._timed.site,), _PLACE, RefillSite.NAIL_BED)
        except Refused as refused:
            self._path.tell(str(refused), Tone.REFUSING)

    # -- the pad -------------------------------------------------------------------------------------------

    def show_pad_on_touch(self, *widgets: QWidget) -> None:
        """The first touch of one of these widgets brings the pad."""
        for widget in widgets:
            widget.installEventFilter(self)

    @Slot(bool)
    def _on_bar_pad_toggled(self, shown: bool) -> None:  # noqa: FBT001 - a signal has no keywords
        if self.pad is None:
            self.pad = NumberPad(self._beside)
            self.pad.pressed.connect(self._on_pad_pressed)
            self.pad.timer_requested.connect(self.start_timer)
            self._show_place()
        if shown:
            self._beside.setCurrentIndex(0)  # whatever comes to the front later is then seen to change
            self._lay(self.pad)
            self.pad.raise_()
        self.pad.setVisible(shown)

    @Slot(int, str)
    def _on_pad_pressed(self, key: int, text: str) -> None:
        self._path.key(key, text)

    @Slot(int)
    def _on_beside_tab_wanted(self, _index: int) -> None:
        """A tab that is pressed, or that something else brings, must not stay beneath the pad."""
        if self.pad is not None and not self.pad.isHidden():
            self.bar.pad.setChecked(False)

    # -- where they are laid -------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Timer and pad keep the size of what they are laid over; a first touch brings the pad."""
        if watched is self._beside:
            if event.type() == QEvent.Type.Resize:
                for each in (self.timer, self.pad):
                    if each is not None:
                        self._lay(each)
        elif event.type() == QEvent.Type.TouchBegin and not self._was_touched and self._path.can_edit:
            self._was_touched = True
            self.bar.pad.setChecked(True)
        return False

    def _lay(self, widget: QWidget) -> None:
        """The timer over everything; the pad beneath the row of tabs, so that a tab can be pressed."""
        area = self._beside.rect()
        if widget is self.pad:
            area.setTop(self._beside.tabBar().height())
        widget.setGeometry(area)


def _remark(visit: Visit, site: Site) -> str:
    """What is to be known before a press: that the nail bed is pressed, and what is unusual about the room."""
    at_nail_bed = pressed_at(visit, site) is RefillSite.NAIL_BED
    return " ".join(part for part in (_("Pressed at the nail bed.") if at_nail_bed else "", room_words(visit)) if part)
