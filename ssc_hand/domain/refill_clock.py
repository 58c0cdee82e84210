"""The clock of one capillary refill press: five seconds of pressing, then a stopwatch; the time is always passed in."""

from __future__ import annotations

from enum import Enum

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Number

#: Seconds of moderate pressure before the finger is let go (Fleming 2015, Arch Dis Child 100:239-49,
#: doi:10.1136/archdischild-2014-307079, a systematic review in children).
PRESS_S = 5.0
#: Seconds after "release" in which letting go of the key that started it is taken as obeying the word; a proposal.
LIFT_GRACE_S = 0.5
#: Seconds after which the scale ends and "no refill" is offered: the end of the measure itself.
END_S: float = CATALOGUE["crt"].kind.hard[1] if isinstance(CATALOGUE["crt"].kind, Number) else 30.0


class Phase(Enum):
    """Where a press stands."""

    READY = "ready"
    PRESSING = "pressing"
    REFILLING = "refilling"
    #: Nothing has refilled within the scale; only "no refill" can be recorded now.
    OVERDUE = "overdue"


class Outcome(Enum):
    """What a key, tap or pedal did."""

    NOTHING = "nothing"
    STARTED = "started"
    RESTARTED = "restarted"
    MEASURED = "measured"
    NO_REFILL = "no_refill"


class RefillClock:
    """One press at a time, on a clock that only goes forward (seconds from anywhere).

    Any key starts it and any key stops it. A key during the five seconds begins them again, so that nothing is
    measured of a finger that was not pressed for long enough. The key that started it may be held: letting it go
    before "release", or at the word, does nothing; letting it go later stops the stopwatch as a key does.
    """

    def __init__(self) -> None:
        self._start: float | None = None
        self._is_held = False
        #: The refill time last measured, in seconds with one decimal.
        self.seconds: float | None = None

    def phase(self, now: float) -> Phase:
        """Where the press stands at a time."""
        if self._start is None:
            return Phase.READY
        if now < self._start + PRESS_S:
            return Phase.PRESSING
        return Phase.REFILLING if self.elapsed(now) < END_S else Phase.OVERDUE

    def pressed_for(self, now: float) -> float:
        """Seconds of pressing so far, at most the five."""
        return 0.0 if self._start is None else min(max(now - self._start, 0.0), PRESS_S)

    def elapsed(self, now: float) -> float:
        """Seconds since "release"; 0 before it."""
        return 0.0 if self._start is None else max(now - self._start - PRESS_S, 0.0)

    def until_next(self, now: float) -> float | None:
        """Seconds until the phase changes by itself; None where it does not."""
        if self._start is None or self.phase(now) is Phase.OVERDUE:
            return None
        end = self._start + PRESS_S
        return (end if now < end else end + END_S) - now

    def key_down(self, now: float, *, held: bool = False) -> Outcome:
        """A key, tap or pedal; `held` where it will tell when it is let go."""
        match self.phase(now):
            case Phase.READY:
                return self._begin(now, Outcome.STARTED, held=held)
            case Phase.PRESSING:
                return self._begin(now, Outcome.RESTARTED, held=held)
            case _:
                return self._stop(now)

    def key_up(self, now: float) -> Outcome:
        """The key that started it is let go."""
        was_held, self._is_held = self._is_held, False
        if not was_held or self.phase(now) in (Phase.READY, Phase.PRESSING) or self.elapsed(now) < LIFT_GRACE_S:
            return Outcome.NOTHING
        return self._stop(now)

    def cancel(self) -> None:
        """Forget the press."""
        self._start, self._is_held = None, False

    def _begin(self, now: float, outcome: Outcome, *, held: bool) -> Outcome:
        self._start, self._is_held = now, held
        return outcome

    def _stop(self, now: float) -> Outcome:
        elapsed = self.elapsed(now)
        self.cancel()
        if elapsed >= END_S:
            return Outcome.NO_REFILL
        self.seconds = int(elapsed * 10 + 0.5) / 10
        return Outcome.MEASURED
