"""PathWalk: where on the path of entry the next value is asked for, and how one gets from there to another place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from ssc_hand.domain.anatomy import VISIT, Scope, Site
from ssc_hand.domain.derived import is_absent
from ssc_hand.domain.errors import Refused
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
    stops,
    unasked,
)
from ssc_hand.domain.protocols import QUICK
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _, ngettext
from ssc_hand.ui.models.selection import SiteSelection
from ssc_hand.ui.models.settled import Tone
from ssc_hand.ui.models.visit_editor import VisitEditor


class PathWalk(QObject):
    """Stands at one stop of the path, or past its end, and goes to others; it never wraps.

    It shows the place through the selection, so that drawing, table and forms follow, and records nothing.
    """

    moved = Signal(object)  #: Stop | None
    changed = Signal()  #: anything that the strip shows
    said = Signal(str)  #: a sentence that is also shown on the strip
    spoken = Signal(str)  #: words for a screen reader: the place, with the measure where it is another

    def __init__(self, editor: VisitEditor, selection: SiteSelection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._selection = selection
        self._order = DigitOrder()
        self._measures: tuple[Measure, ...] = QUICK.entered
        self._once = QUICK.once
        self._known: tuple[object, ...] = ()
        self._is_leading = False
        self._stop: Stop | None = None
        self._digit_key = ""
        self.stops: tuple[Stop, ...] = ()
        #: The places that the value typed now goes to.
        self.sites: tuple[Site, ...] = ()
        self.note = ""
        self.tone = Tone.PLAIN
        #: The measure is another than at the value before, and nothing of it was settled yet.
        self.is_new_measure = False

    # -- where it stands ---------------------------------------------------------------------------------

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

    @property
    def _at_the_end_of_the_choice(self) -> Stop:
        assert self._stop is not None
        chosen = {Stop(self._stop.measure_key, site) for site in self.sites}
        return next((stop for stop in reversed(self.stops) if stop in chosen), self._stop)

    @property
    def _stop_before(self) -> Stop | None:
        if self._stop is None:
            return self.stops[-1] if self.stops else None
        return before(self.stops, self._stop)

    def tell(self, note: str, tone: Tone = Tone.PLAIN) -> None:
        """Show a sentence on the strip until the next key."""
        if (note, tone) != (self.note, self.tone):
            self.note, self.tone = note, tone
            self.changed.emit()
        if note:
            self.said.emit(note)

    # -- going -------------------------------------------------------------------------------------------

    def _find_stops(self, record: PatientRecord, visit: Visit) -> None:
        """Lay the path out for the visit on the desk; only where something is other than before."""
        known = (self._order, self._measures, record.amputations, visit.day, unasked(self._measures, visit))
        if known != self._known:
            self._known = known
            self.stops = stops(self._order, self._measures, record, visit)

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

    def go(self, stop: Stop | None, before_that: str = "", *, is_jump: bool = False) -> None:
        """Ask for the value of a stop; past the end, say so. `before_that` is spoken first.

        Where it is another measure, and after a jump, the measure is spoken as well.
        """
        old = self._stop
        sites = (stop.site,) if stop else ()
        self._put(stop, sites)
        if stop is not None:
            self._lead(sites)
            is_other = old is None or old.measure_key != stop.measure_key
            words = stop.name if is_other or is_jump else stop.site.name
        else:
            words = self.end_words
            self.tell(words)
        self.spoken.emit(f"{before_that}. {words}" if before_that else words)

    def _put(self, stop: Stop | None, sites: tuple[Site, ...]) -> None:
        is_other = stop != self._stop
        if stop is not None and (self._stop is None or self._stop.measure_key != stop.measure_key):
            self.is_new_measure = True
        self._stop, self.sites = stop, sites
        self._begin_typing()
        if stop is not None and stop.measure.scope is Scope.DIGIT:
            self._digit_key = stop.measure_key
        if is_other:
            self.moved.emit(stop)
        self.changed.emit()

    def _begin_typing(self) -> None:
        """Make ready what is typed at the place that was just reached, before anybody is told of it."""

    def _lead(self, sites: tuple[Site, ...]) -> None:
        self._is_leading = True
        self._selection.choose_many(sites)
        self._is_leading = False

    def follow(self, sites: Sequence[Site]) -> None:
        """Ask for a value at places that somebody chose on the drawing or in the table."""
        if self._is_leading or not self.can_edit:
            return
        self.tell("")
        chosen = of_one_scope(sites)
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

    def step(self, by: int) -> bool:
        """Go one value on or back; False at either end, where nothing changes."""
        if by < 0:
            stop = self._stop_before
        else:
            stop = following(self.stops, self._at_the_end_of_the_choice) if self._stop else None
        if stop is not None:
            self.go(stop)
        return stop is not None

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
            self.go(stop, is_jump=True)

    def go_to_digit(self, site: Site) -> None:
        """Go to a digit, for the measure asked for now."""
        measure = self._measure_at(Scope.DIGIT)
        if measure is None or Stop(measure.key, site) not in self.stops:
            self.tell(self._nothing_at((site,)), Tone.REFUSING)
        else:
            self.go(Stop(measure.key, site))


def of_one_scope(sites: Sequence[Site]) -> tuple[Site, ...]:
    """The digits among these places, or else the hands, or else the visit."""
    digits = tuple(dict.fromkeys(site.of_digit for site in sites if site.digit))
    hands = tuple(site for site in sites if site.hand and not site.digit)
    return digits or hands or (VISIT,)
