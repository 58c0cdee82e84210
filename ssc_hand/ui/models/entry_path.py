"""EntryPath: where the next value goes, what is being typed for it, and what was settled last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from ssc_hand.domain.anatomy import VISIT, Scope, Site
from ssc_hand.domain.derived import is_absent
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.path import (
    DigitOrder,
    Stop,
    along,
    before,
    following,
    is_recorded,
    next_missing,
    parse_stop,
    pasted,
    stops,
)
from ssc_hand.domain.protocols import QUICK
from ssc_hand.domain.records import Key, Observation, PatientRecord, Visit
from ssc_hand.domain.typing import Stage, Typing, is_one_key
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.models.path_keys import PathKeys
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.visit_editor import VisitEditor


class Tone(Enum):
    """How a sentence of the path is meant."""

    PLAIN = auto()
    ASKING = auto()
    REFUSING = auto()


@dataclass(frozen=True, slots=True)
class Settled:
    """What was recorded last: at which places, and as which words."""

    measure: Measure
    sites: tuple[Site, ...]
    value: Value | None
    words: str
    #: Which of several readings it is; None where the value was recorded as a whole.
    reading: int | None = None

    @property
    def place(self) -> str:
        """Where it was recorded, for people."""
        return places_in_words(self.sites)


class EntryPath(QObject):
    """Asks for one value after the other along the path, and takes every key meant for it.

    It changes a visit through the editor alone, and a place through the selection, so that drawing, table and forms
    follow. It never wraps, and never goes on from a value that was refused or waits for its answer.
    """

    moved = Signal(object)  #: Stop | None
    settled = Signal(object)  #: Settled
    changed = Signal()  #: anything that the strip shows
    said = Signal(str)  #: a sentence that is also shown on the strip
    refused = Signal(str)  #: a value that was left behind unrecorded
    spoken = Signal(str)  #: words for a screen reader: the place, with the measure where it is another
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
        super().__init__(parent)
        self._editor = editor
        self._selection = selection
        self._ask_words = ask_words
        self._keys = PathKeys(self)
        self._order = DigitOrder()
        self._measures: tuple[Measure, ...] = QUICK.entered
        self._once = QUICK.once
        self._known: tuple[object, ...] = ()
        #: The visit that was shown last.
        self.visit_id = ""
        self._is_leading = False
        self._stop: Stop | None = None
        self._digit_key = ""
        self._reading: int | None = None
        self.stops: tuple[Stop, ...] = ()
        #: The places that the value typed now goes to.
        self.sites: tuple[Site, ...] = ()
        self.typing: Typing | None = None
        self.last: Settled | None = None
        self._remembered: tuple[Observation | None, ...] = ()
        self.note = ""
        self.tone = Tone.PLAIN
        #: The measure is another than at the value before, and nothing of it was settled yet.
        self.is_new_measure = False
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
    def stop(self) -> Stop | None:
        """The value asked for; None past the end of the path."""
        return self._stop

    @property
    def order(self) -> DigitOrder:
        """How this user goes over the digits."""
        return self._order

    @property
    def record(self) -> PatientRecord | None:
        """The patient on the desk."""
        return self._editor.record

    @property
    def visit(self) -> Visit | None:
        """The visit on the desk."""
        return self._editor.visit

    @property
    def can_edit(self) -> bool:
        """Whether values are taken."""
        return self._editor.can_edit and self._editor.record is not None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the path, in order."""
        return self._measures

    @property
    def asked(self) -> str:
        """The choice that a key opened and that waits for the next one, in words; empty where none does."""
        return self._keys.asked

    @property
    def place(self) -> str:
        """Where the path stands, for the file; `go_to` finds it again."""
        return self._stop.code if self._stop else ""

    @property
    def missing(self) -> int:
        """How many values of the path say nothing yet."""
        visit = self.visit
        return sum(not is_recorded(visit, stop) for stop in self.stops) if visit else 0

    def readings(self, measure: Measure) -> int:
        """How many readings are asked for in a row."""
        return 1 if measure.key in self._once else measure.repeats

    @property
    def reading(self) -> int:
        """Which of them is asked for now."""
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
        known = (self._order, self._measures, record.amputations, visit.day)
        if known != self._known:
            self._known = known
            self.stops = stops(self._order, self._measures, record, visit)
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
        stop = next((stop for stop in self.stops if (stop.measure_key, stop.site) in places), None)
        if stop is not None:
            self.go(stop)
            self.tell(_("Taken back: {place}").format(place=stop.site.name))

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

    def begin(self) -> None:
        """Go to the first value that is missing."""
        assert self.visit is not None
        self.go(next_missing(self.stops, None, self.visit))

    def go_to(self, place: str) -> None:
        """Go where `place` was; a place that this path has not is the first value that is missing."""
        try:
            stop = parse_stop(place)
        except Refused:
            stop = None
        if stop in self.stops:
            self.go(stop)
        elif self.visit is not None:
            self.begin()

    # -- going -------------------------------------------------------------------------------------------

    def go(self, stop: Stop | None, before_that: str = "") -> None:
        """Ask for the value of a stop; past the end, say so. `before_that` is spoken first."""
        old = self._stop
        sites = (stop.site,) if stop else ()
        self._put(stop, sites)
        if stop is not None:
            self._lead(sites)
            is_other = old is None or old.measure_key != stop.measure_key
            words = stop.name if is_other else stop.site.name
        else:
            words = self.end_words
            self.tell(words)
        self.spoken.emit(f"{before_that}. {words}" if before_that else words)

    def _put(self, stop: Stop | None, sites: tuple[Site, ...]) -> None:
        is_other = stop != self._stop
        if stop is not None and (self._stop is None or self._stop.measure_key != stop.measure_key):
            self.is_new_measure = True
        self._stop, self.sites = stop, sites
        self.typing = Typing(stop.measure) if stop else None
        self._reading = self._next_reading(stop) if stop and len(sites) == 1 else None
        if stop is not None and stop.measure.scope is Scope.DIGIT:
            self._digit_key = stop.measure_key
        if is_other:
            self.moved.emit(stop)
        self.changed.emit()

    def _lead(self, sites: tuple[Site, ...]) -> None:
        self._is_leading = True
        self._selection.choose_many(sites)
        self._is_leading = False

    def follow(self, sites: Sequence[Site]) -> None:
        """Ask for a value at places that somebody chose on the drawing or in the table."""
        if self._is_leading or not self.can_edit:
            return
        self.tell("")
        chosen = _of_one_scope(sites)
        measure = self._measure_at(chosen[0].scope) if chosen else None
        present = [site for site in chosen if measure and Stop(measure.key, site) in self.stops]
        if measure is None or not present:
            self._put(None, ())
            self.tell(self._nothing_at(chosen))
            return
        current = chosen[-1] if chosen[-1] in present else present[-1]
        self._put(Stop(measure.key, current), tuple(present))

    def _nothing_at(self, chosen: Sequence[Site]) -> str:
        record, visit = self.record, self.visit
        gone = is_absent(record, visit, chosen[-1]) if record and visit and chosen else None
        if gone:
            return _("{words}. Nothing can be recorded there.").format(words=gone.words)
        return _("The path asks for nothing there.")

    def _measure_at(self, scope: Scope) -> Measure | None:
        """The measure asked for at places of a scope: the current one, or the one asked there last, or the first."""
        if self._stop is not None and self._stop.measure.scope is scope:
            return self._stop.measure
        fitting = [measure for measure in self._measures if measure.scope is scope]
        last = (measure for measure in fitting if measure.key == self._digit_key)
        return next(last, fitting[0] if fitting else None)

    def choose_measure(self, measure: Measure) -> None:
        """Ask for another measure at the same place, because somebody chose its layer or its row."""
        if not self.can_edit or measure not in self._measures:
            return
        if self._stop is not None and self._stop.measure_key == measure.key:
            return
        self.settle()
        chosen = tuple(site for site in _of_one_scope(self._selection.sites) if Stop(measure.key, site) in self.stops)
        if chosen:
            self._put(Stop(measure.key, chosen[-1]), chosen)
        elif measure.scope is Scope.DIGIT:
            self._digit_key = measure.key

    def step(self, by: int) -> bool:
        """Go one value on or back; False at either end, where nothing changes."""
        if self._stop is None:
            stop = self.stops[-1] if by < 0 and self.stops else None
        else:
            stop = following(self.stops, self._at_the_end_of_the_choice) if by > 0 else before(self.stops, self._stop)
        if stop is not None:
            self.go(stop)
        return stop is not None

    @property
    def _at_the_end_of_the_choice(self) -> Stop:
        assert self._stop is not None
        chosen = {Stop(self._stop.measure_key, site) for site in self.sites}
        return next((stop for stop in reversed(self.stops) if stop in chosen), self._stop)

    def pass_over(self) -> None:
        """Go on without a value; the end of the path is passed once."""
        if self._stop is None:
            self.tell(self.end_words, Tone.REFUSING)
        elif not self.step(1):
            self.go(None)

    def go_along(self, by: int) -> None:
        """Go to another measure: to its first value that is missing, else to its first."""
        first = along(self.stops, self._stop, by)
        if first is None or self.visit is None:
            self.tell(_("There is no further measure in this direction."))
            return
        of_measure = [stop for stop in self.stops if stop.measure_key == first.measure_key]
        self.go(next((stop for stop in of_measure if not is_recorded(self.visit, stop)), first))

    def go_to_missing(self) -> None:
        """Go to the next value that is missing, from the beginning again where none follows."""
        assert self.visit is not None
        stop = next_missing(self.stops, self._stop, self.visit)
        if stop is None:
            self.tell(self.end_words)
        else:
            self.go(stop)

    def go_to_digit(self, site: Site) -> None:
        """Go to a digit, for the measure asked for now."""
        measure = self._measure_at(Scope.DIGIT)
        if measure is None or Stop(measure.key, site) not in self.stops:
            self.tell(self._nothing_at((site,)), Tone.REFUSING)
        else:
            self.go(Stop(measure.key, site))

    @property
    def end_words(self) -> str:
        """What to do past the end of the path."""
        if not self.missing:
            return _("The path is done: every value is settled. Look at the lesions now (E).")
        words = ngettext(
            "The path is at its end; {n} value is missing (M goes there). Look at the lesions now (E).",
            "The path is at its end; {n} values are missing (M goes there). Look at the lesions now (E).",
            self.missing,
        )
        return words.format(n=self.missing)

    # -- typing and settling -------------------------------------------------------------------------------

    def key(self, event_key: int, text: str) -> bool:
        """Take a key (Qt's number and its text); False where it is not for the path."""
        self.is_in_key = True
        try:
            return self._keys.key(event_key, text)
        finally:
            self.is_in_key = False

    def grab(self, handler: Callable[[int, str], bool] | None) -> None:
        """Let something else take every key first, such as a running timer; None ends it."""
        self._keys.grab(handler)

    def tell(self, note: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a sentence on the strip until the next key."""
        if (note, tone) != (self.note, self.tone):
            self.note, self.tone = note, tone
            self.changed.emit()
        if note:
            self.said.emit(note)

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
        hint = _looks_like_ten(self.last, settled)
        self.last, self.typing = settled, Typing(settled.measure)
        self._remembered = self._recorded(settled)
        self.is_new_measure = False
        self.tell(hint)
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
        return self._free_reading(stop, self.readings(stop.measure))

    def _free_reading(self, stop: Stop, most: int) -> int | None:
        assert self.visit is not None
        known = self.visit.observations
        first = known.get((stop.site, stop.measure_key, 1))
        if first is not None and first.reason is not None:
            return None
        return next((n for n in range(1, most + 1) if (stop.site, stop.measure_key, n) not in known), None)

    def read_again(self) -> None:
        """Ask for one more reading where one was just settled, or where the path stands if it has one."""
        stop = self._stop
        if (stop is None or self._is_empty) and self.last is not None and len(self.last.sites) == 1:
            stop = Stop(self.last.measure.key, self.last.sites[0])
        if stop is None or self.visit is None or not is_recorded(self.visit, stop):
            self.tell(_("There is no reading yet to repeat."), Tone.REFUSING)
            return
        free = self._free_reading(stop, stop.measure.repeats)
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
        self._editor.clear(sites, measure, repeat=reading)
        self.last = None
        self.go(Stop(measure.key, sites[-1]))
        self._reading = reading
        if len(sites) > 1:
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
        before_that = self._before
        if before_that is None:
            return None
        return before_that.measure, (before_that.site,), self._last_reading(before_that)

    def _last_reading(self, stop: Stop) -> int | None:
        """The last of the readings of a measure that is read several times; None where it is read once."""
        assert self.visit is not None
        if self.readings(stop.measure) == 1:
            return None
        known, numbers = self.visit.observations, range(stop.measure.repeats, 0, -1)
        return next((n for n in numbers if (stop.site, stop.measure_key, n) in known), None)

    @property
    def _before(self) -> Stop | None:
        if self._stop is None:
            return self.stops[-1] if self.stops else None
        return before(self.stops, self._stop)

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
        """Fill the path with a row or a column of a spreadsheet, in one step; a row is taken whole or refused whole."""
        record, visit, stop = self.record, self.visit, self._stop
        if record is None or visit is None or not self.can_edit:
            return
        if stop is None:
            self.tell(self.end_words, Tone.REFUSING)
            return
        try:
            values = pasted(text, stop, self._order, record, visit)
            self._editor.set_each(values, stop.measure)
        except Refused as refused:
            self.tell(str(refused), Tone.REFUSING)
            return
        sites = tuple(values)
        words = ngettext("{n} value", "{n} values", len(sites)).format(n=len(sites))
        self._put(Stop(stop.measure_key, sites[-1]), sites)
        self._remember(Settled(stop.measure, sites, None, words))
        self._go_on(was_empty=True)


def places_in_words(sites: Sequence[Site]) -> str:
    """One or two places by name, more by their number."""
    if len(sites) <= 2:
        return ", ".join(site.name for site in sites)
    return ngettext("{n} place", "{n} places", len(sites)).format(n=len(sites))


def _of_one_scope(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The digits among these places, or else the hands, or else the visit."""
    digits = tuple(dict.fromkeys(site.of_digit for site in sites if site.digit))
    hands = tuple(site for site in sites if site.hand and not site.digit)
    return digits or hands or (VISIT,)


def _tone(typing: Typing) -> Tone:
    return Tone.REFUSING if typing.sentence else Tone.PLAIN


def _looks_like_ten(last: Settled | None, now: Settled) -> str:
    """A word of warning after 1 and then 0 in a score that has a ten."""
    if last is None or last.measure is not now.measure or not is_one_key(now.measure):
        return ""
    if (last.value, now.value) != (1, 0) or last.sites == now.sites:
        return ""
    words = _("1 is at {first}, 0 at {second}. Was ten meant? It has its own key, T.")
    return words.format(first=last.place, second=now.place)
