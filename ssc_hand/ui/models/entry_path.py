"""EntryPath: what is being typed where the path stands, what is recorded of it, and how it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ssc_hand.domain.anatomy import Scope, Site
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.path import (
    DigitOrder,
    Stop,
    following,
    free_reading,
    is_recorded,
    last_reading,
    pasted,
    replaced,
    replacing_words,
)
from ssc_hand.domain.protocols import QUICK
from ssc_hand.domain.records import Key, Observation
from ssc_hand.domain.typing import Stage, Typing
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.models.path_keys import PathKeys
from ssc_hand.ui.models.path_walk import PathWalk, of_one_scope
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.settled import Settled, Tone, looks_like_ten, places_in_words
from ssc_hand.ui.models.visit_editor import VisitEditor

#: Keys that are pressed on the way to Ctrl+V.
_HELD = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


class EntryPath(PathWalk):
    """Asks for one value after the other along the path, and takes every key meant for it.

    It changes a visit through the editor alone, and never goes on from a value that was refused or waits for its
    answer.
    """

    settled = Signal(object)  #: Settled
    refused = Signal(str)  #: a value that was left behind unrecorded
    say_wanted = Signal(str)  #: words to be said aloud, because somebody asked
    timer_wanted = Signal(object)  #: Stop
    lesion_wanted = Signal(object)  #: LesionKind, at the current place
    texts_wanted = Signal()  #: the findings are to be written
    review_wanted = Signal()  #: the lesions of earlier visits are to be looked at again
    map_wanted = Signal()
    left = Signal()  #: Escape with nothing typed: the keyboard wants to go elsewhere

    def __init__(
        self,
        editor: VisitEditor,
        selection: SiteSelection,
        ask_words: Callable[[], str | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(editor, selection, parent)
        self._ask_words = ask_words
        self._keys = PathKeys(self)
        #: The visit that was shown last.
        self.visit_id = ""
        self._reading: int | None = None
        self.typing: Typing | None = None
        self.last: Settled | None = None
        self._remembered: tuple[Observation | None, ...] = ()
        #: What was pasted over recorded values and waits for Enter.
        self._asked_paste: str | None = None
        #: Whether Space starts a timer at a refill; set by who listens to `timer_wanted`.
        self.has_timer = False
        #: Whether a key is being taken: what nobody looks at meanwhile can follow a moment later.
        self.is_in_key = False
        #: What the last change touched, and where undo stood after it.
        self._touched: frozenset[Key] = frozenset()
        self._undo_index = 0
        editor.undo_group.indexChanged.connect(self._on_undo_group_index_changed)

    # -- what is asked -----------------------------------------------------------------------------------

    @property
    def asked(self) -> str:
        """The choice that a key opened and that waits for the next one, in words; empty where none does."""
        return self._keys.asked

    @property
    def reading(self) -> int:
        """Which reading of the measure is asked for now."""
        return self._reading or 1

    def ask_for(self, measures: Iterable[Measure], once: frozenset[str] = QUICK.once) -> None:
        """Ask for these measures in this order; of those named in `once`, for one reading only."""
        wanted = tuple(measures)
        if (wanted, once) != (self._measures, self._once):
            self._measures, self._once = wanted, once
            was_asked = self._stop is not None
            self.show_visit()
            if was_asked and self._stop is None and self.can_edit:
                self.begin()

    def set_order(self, order: DigitOrder) -> None:
        """Go over the digits in this order."""
        if order != self._order:
            self.settle()
            self._order = order
            if self.visit_id:
                self.show_visit()

    def choose_measure(self, measure: Measure) -> None:
        """Ask for another measure at the same place, because somebody chose its layer or its row."""
        if not self.can_edit or measure not in self._measures:
            return
        if self._stop is not None and self._stop.measure_key == measure.key:
            return
        self.settle()
        chosen = tuple(site for site in of_one_scope(self._selection.sites) if Stop(measure.key, site) in self.stops)
        if chosen:
            self._put(Stop(measure.key, chosen[-1]), chosen)
        elif measure.scope is Scope.DIGIT:
            self._digit_key = measure.key

    # -- the visit on the desk -----------------------------------------------------------------------------

    @Slot()
    def show_visit(self) -> None:
        """Follow the visit on the desk; another visit begins at its first value that is missing."""
        record, visit = self.record, self.visit
        self._touched = self._editor.changed_values or frozenset()
        if record is None or visit is None:
            self._known, self.visit_id, self.stops = (), "", ()
            self._forget()
            return
        self._find_stops(record, visit)
        if visit.id != self.visit_id:
            self.visit_id = visit.id
            self._forget()
            if self.can_edit:
                self.begin()
        elif self._stop is not None and self._stop not in self.stops:
            self._put(None, ())
        if self.last is not None and self._recorded(self.last) != self._remembered:
            self.last = None  # it was taken back, or written over
        self.changed.emit()

    @Slot(int)
    def _on_undo_group_index_changed(self, index: int) -> None:
        """Ask again where a value was taken back: typed anew one place further on, it would be of the wrong digit."""
        is_undo, self._undo_index = index < self._undo_index, index
        is_free = self.typing is None or not self.typing.is_open
        if not (is_undo and is_free and self.can_edit and self.visit and self.visit.id == self.visit_id):
            return
        places = {(key, site) for site, key, _reading in self._touched}
        taken_back = [stop for stop in self.stops if (stop.measure_key, stop.site) in places]
        if taken_back:
            self.go(taken_back[0])
            words = places_in_words([stop.site for stop in taken_back])
            self.tell(_("Taken back: {place}").format(place=words))

    def _recorded(self, settled: Settled) -> tuple[Observation | None, ...]:
        """What the visit says at the places of a value."""
        known = self.visit.observations if self.visit else {}
        key, readings = settled.measure.key, range(1, settled.measure.repeats + 1)
        return tuple(known.get((site, key, each)) for site in settled.sites for each in readings)

    def _forget(self) -> None:
        self.last = None
        self._keys.forget()
        self._put(None, ())
        self.tell("")

    # -- typing and settling -------------------------------------------------------------------------------

    def _begin_typing(self) -> None:
        self._asked_paste = None
        self.typing = Typing(self._stop.measure) if self._stop else None
        self._reading = self._next_reading(self._stop) if self._stop and len(self.sites) == 1 else None

    def key(self, event_key: int, text: str) -> bool:
        """Take a key (Qt's number and its text); False where it is not for the path."""
        self.is_in_key = True
        try:
            return self._answer_paste(event_key) or self._keys.key(event_key, text)
        finally:
            self.is_in_key = False

    def _answer_paste(self, event_key: int) -> bool:
        """Whether this key was the answer to the question before a paste; any but Enter keeps what is recorded."""
        text = self._asked_paste
        if text is None or event_key in _HELD:
            return False
        if event_key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.paste(text)
            return True
        self._asked_paste = None
        self.tell(_("Nothing was pasted."))
        return event_key == Qt.Key.Key_Escape

    def grab(self, handler: Callable[[int, str], bool] | None) -> None:
        """Let something else take every key first, such as a running timer; None ends it."""
        self._keys.grab(handler)

    def take(self, typing: Typing) -> bool:
        """Go on with what is typed; True where that settled a value."""
        if self._stop is None:
            self.pass_over()
            return False
        self.typing = typing
        if typing.stage is Stage.COMPLETE:
            return self.settle_value(typing.value)
        self.tell(typing.sentence, Tone.ASKING if typing.stage is Stage.HELD else _tone(typing))
        self.changed.emit()
        return False

    def settle_value(self, value: Value) -> bool:
        """Record a value where the path stands and go on; False where it was refused and the path stays."""
        if self._stop is None:
            self.tell(self.end_words, Tone.REFUSING)
            return False
        was_empty = self._is_empty
        sites, reading = self.sites, self._reading
        if not self._record(value):
            return False
        if reading is not None and reading < self.readings(self._stop.measure) and self._next_reading(self._stop):
            self._put(self._stop, sites)
            self.spoken.emit(_("{value}. Reading {n}").format(value=self.last and self.last.words, n=self.reading))
        else:
            self._go_on(was_empty=was_empty)
        return True

    def take_reading(self, value: Value, reading: int | None) -> bool:
        """Record one of several readings (or, with None, the value as a whole) without going on; False if refused."""
        if self._stop is None:
            return False
        self._reading = reading
        return self._record(value)

    def go_on(self, *, was_empty: bool) -> None:
        """Go on from the value settled last: where it was a new one, to the next that is missing.

        Where it was taken back meanwhile, to the next value.
        """
        if self.last is not None:
            self._go_on(was_empty=was_empty)
        else:
            self.pass_over()

    def settle_reason(self, reason: Reason) -> None:
        """Record why nothing could be assessed where the path stands, and go on."""
        if self._stop is None:
            self.tell(self.end_words, Tone.REFUSING)
            return
        words = self._ask_words() if reason is Reason.OTHER else ""
        if words is None:
            return
        was_empty, measure = self._is_empty, self._stop.measure
        try:
            self._editor.set_reason(self.sites, measure, reason, words)
        except Refused as refused:
            self.tell(str(refused), Tone.REFUSING)
            return
        self._remember(Settled(measure, self.sites, None, words or reason.label))
        self._go_on(was_empty=was_empty)

    def settle(self) -> bool:
        """Record what is typed without going on, because the place is left; False where that cannot be recorded.

        What cannot be recorded is dropped and told, so that it is never taken for the next place.
        """
        typing = self.typing
        self._keys.forget()
        if typing is None or not typing.is_open:
            return True
        done = typing.left()
        if done.stage is Stage.COMPLETE and self._record(done.value):
            return True
        why = done.sentence if done.stage is not Stage.COMPLETE else self.note
        words = _("{place}: “{text}” is not recorded. {why}")
        self.typing = typing.dropped()
        self.changed.emit()
        self.refused.emit(words.format(place=places_in_words(self.sites), text=typing.text, why=why))
        return False

    def paste(self, text: str) -> None:
        """Fill the path with a row or a column of a spreadsheet, in one step; a row is taken whole or refused whole.

        Where it would replace something that is recorded it waits for Enter, or to be pasted once more.
        """
        record, visit, stop = self.record, self.visit, self._stop
        if record is None or visit is None or not self.can_edit:
            return
        if stop is None:
            self.tell(self.end_words, Tone.REFUSING)
            return
        try:
            values = pasted(text, stop, self._order, record, visit)
            over = replaced({(site, stop.measure_key): value for site, value in values.items()}, visit)
            was_asked, self._asked_paste = self._asked_paste == text, text if over else None
            if over and not was_asked:
                self.tell(replacing_words(over), Tone.ASKING)
                return
            self._asked_paste = None
            self._editor.set_each(values, stop.measure)
        except Refused as refused:
            self.tell(str(refused), Tone.REFUSING)
            return
        sites = tuple(values)
        words = ngettext("{n} value", "{n} values", len(sites)).format(n=len(sites))
        self._put(Stop(stop.measure_key, sites[-1]), sites)
        self._remember(Settled(stop.measure, sites, None, words, is_row=True))
        self._go_on(was_empty=True)

    @property
    def _is_empty(self) -> bool:
        visit, stop = self.visit, self._stop
        assert visit is not None and stop is not None
        return not any(is_recorded(visit, Stop(stop.measure_key, site)) for site in self.sites)

    def _record(self, value: Value) -> bool:
        assert self._stop is not None and self.typing is not None
        measure = self._stop.measure
        try:
            self._editor.set_value(self.sites, measure, value, repeat=self._reading)
        except Refused as refused:
            self.typing = self.typing.refused(str(refused))
            self.tell(str(refused), Tone.REFUSING)
            self.changed.emit()
            return False
        words = measure.text(value)
        if self._reading is not None and self.readings(measure) > 1:
            words = _("{value} ({n} of {m})").format(value=words, n=self._reading, m=self.readings(measure))
        self._remember(Settled(measure, self.sites, value, words, self._reading))
        return True

    def _remember(self, settled: Settled) -> None:
        hint = looks_like_ten(self.last, settled)
        self.last, self.typing = settled, Typing(settled.measure)
        self._remembered = self._recorded(settled)
        self.is_new_measure = False
        self.tell(hint, Tone.ASKING if hint else Tone.PLAIN)
        self.settled.emit(settled)

    def _go_on(self, *, was_empty: bool) -> None:
        """After a correction to the next value; after a new one to the next that is missing: none is asked twice."""
        assert self.last is not None
        note, tone = self.note, self.tone
        stop = following(self.stops, self._at_the_end_of_the_choice, self.visit if was_empty else None)
        self.go(stop, f"{self.last.place} {self.last.words}")
        if note and stop is not None:
            self.tell(note, tone)

    def _next_reading(self, stop: Stop) -> int | None:
        """Which reading is typed next; None where the value is recorded as a whole."""
        visit = self.visit
        if visit is None or self.readings(stop.measure) == 1:
            return None
        return free_reading(visit, stop, self.readings(stop.measure))

    # -- again, and back ---------------------------------------------------------------------------------

    def read_again(self) -> None:
        """Ask for one more reading where one was just settled, or where the path stands if it has one."""
        stop = self._stop
        if (stop is None or self._is_empty) and self.last is not None and len(self.last.sites) == 1:
            stop = Stop(self.last.measure.key, self.last.sites[0])
        if stop is None or self.visit is None or not is_recorded(self.visit, stop):
            self.tell(_("There is no reading yet to repeat."), Tone.REFUSING)
            return
        free = free_reading(self.visit, stop, stop.measure.repeats)
        if free is None:
            self.tell(_("{name}: no further reading is kept there.").format(name=stop.name), Tone.REFUSING)
            return
        self.go(stop)
        self._reading = free
        self.tell(_("Reading {n}").format(n=free))

    def go_back_and_clear(self) -> None:
        """Go to the value settled last, or else to the one before, and clear it: of several readings the last one."""
        found = self._to_take_back
        if found is None:
            self.tell(_("There is no value before this one."))
            return
        measure, sites, reading = found
        # What is typed after a row is the value of one digit, and never of all that the row had filled.
        was_row = self.last is not None and self.last.is_row and sites == self.last.sites
        self._editor.clear(sites, measure, repeat=reading)
        self.last = None
        self.go(Stop(measure.key, sites[0] if was_row else sites[-1]))
        self._reading = reading
        if len(sites) > 1 and not was_row:
            self._lead(sites)
            self._put(self._stop, sites)
        self.tell(_("Cleared: {place}").format(place=places_in_words(sites)))

    @property
    def _to_take_back(self) -> tuple[Measure, tuple[Site, ...], int | None] | None:
        """Where the value before stands, and which reading of it; None where there is none."""
        stop, last = self._stop, self.last
        if stop is not None and self._reading is not None and self._reading > 1:
            return stop.measure, (stop.site,), self._reading - 1
        if last is not None and stop != Stop(last.measure.key, last.sites[-1]):
            return last.measure, last.sites, last.reading
        before_that, visit = self._stop_before, self.visit
        if before_that is None or visit is None:
            return None
        is_read_once = self.readings(before_that.measure) == 1
        return before_that.measure, (before_that.site,), None if is_read_once else last_reading(visit, before_that)


def _tone(typing: Typing) -> Tone:
    return Tone.REFUSING if typing.sentence else Tone.PLAIN
