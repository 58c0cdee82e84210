"""PathKeys: what each key of the bedside does to the path; the keys themselves stand in the table of the domain."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ssc_hand.domain.anatomy import Digit, Hand, Site
from ssc_hand.domain.keymap import KEYS, LESION_KEYS, REASON_KEYS, Act, act_of
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.path import Stop, is_recorded
from ssc_hand.domain.typing import Stage, Typing
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.i18n import _

if TYPE_CHECKING:
    from ssc_hand.ui.models.entry_path import EntryPath

_NAMES = {int(getattr(Qt.Key, f"Key_{name}")): name for binding in KEYS for name in binding.names}
_JUMPS = {Act.RIGHT: Hand.RIGHT, Act.LEFT: Hand.LEFT}
#: Keys that people press after a number out of habit.
_HABITS = frozenset({Act.SETTLE, Act.SPACE, Act.NEXT})
#: Keys that work on what is typed, or on the way, whatever is typed.
_ALWAYS = _HABITS | {Act.BACK, Act.DROP, Act.ARROW, Act.PREVIOUS, Act.NEXT_MEASURE, Act.PREVIOUS_MEASURE}
_REFILL = "crt"


class PathKeys:
    """Gives each key its meaning at the moment: while typing, after a key that wants another, or by itself."""

    def __init__(self, path: EntryPath) -> None:
        self._path = path
        self._asking: Act | None = None
        self._grabbed: Callable[[int, str], bool] | None = None
        self._is_fresh = False
        #: The final visit at which it was said that nothing is taken.
        self._told_final = ""
        self._acts: dict[Act, Callable[[], bool]] = {
            Act.SETTLE: self._settle,
            Act.SPACE: self._space,
            Act.NEXT: self._next,
            Act.PREVIOUS: self._previous,
            Act.BACK: self._back,
            Act.DROP: self._drop,
            Act.ARROW: self._arrow,
            Act.NEXT_MEASURE: self._next_measure,
            Act.PREVIOUS_MEASURE: self._previous_measure,
            Act.MISSING: self._missing,
            Act.TEN: self._ten,
            Act.NO_REFILL: self._no_refill,
            Act.AGAIN: self._again,
            Act.NOT_DONE: self._not_done,
            Act.SAY: self._say,
        }

    @property
    def asked(self) -> str:
        """What the next key is asked for, in words."""
        if self._asking is Act.REASON:
            return _chosen_by_key((key, reason.label) for key, reason in REASON_KEYS.items())
        if self._asking in _JUMPS:
            hand = _JUMPS[self._asking]
            return f"{hand.label.upper()}   " + _chosen_by_key((str(digit.number), digit.label) for digit in Digit)
        return ""

    def forget(self) -> None:
        """Nothing is asked, and nothing was just typed."""
        self._asking, self._is_fresh = None, False

    def grab(self, handler: Callable[[int, str], bool] | None) -> None:
        """Give every key to something else first."""
        self._grabbed = handler

    def key(self, event_key: int, text: str) -> bool:
        """Take a key; False where it is not for the path."""
        if self._grabbed is not None:
            return self._grabbed(event_key, text)
        act = act_of(_NAMES.get(event_key, ""), text)
        if act is Act.MAP:
            self._path.map_wanted.emit()
            return True
        if not self._path.can_edit:
            self._refuse_final(act)
            return False
        if act is None and not (text and text.isprintable()):
            return False
        if self._asking is not None:
            return self._answer(self._asking, act, text)
        was_fresh, self._is_fresh = self._is_fresh, False
        if was_fresh and act in _HABITS and not (act is Act.SPACE and self._is_after_no_refill):
            return self._absorb()
        if act not in _ALWAYS and self._typing.is_open:
            return self._type(text)
        self._path.tell("")
        return self._do(act, text)

    def _refuse_final(self, act: Act | None) -> None:
        """Say once at each visit why a value that is typed goes nowhere."""
        visit = self._path.visit
        if act is Act.TYPE and visit is not None and visit.id != self._told_final:
            self._told_final = visit.id
            self._path.refused.emit(_("This visit is final: what is typed is not recorded. Reopen it first."))

    @property
    def _typing(self) -> Typing:
        path = self._path
        if path.typing is not None:
            return path.typing
        return Typing(path.measures[0])

    def _do(self, act: Act | None, text: str) -> bool:
        if act is Act.TYPE:
            return self._type(text)
        if act is Act.LESION:
            self._path.lesion_wanted.emit(LESION_KEYS[text.casefold()])
            return True
        if act is Act.REVIEW:
            self._path.review_wanted.emit()
            return True
        if act is Act.TEXTS:
            self._path.texts_wanted.emit()
            return True
        if act in (Act.REASON, Act.RIGHT, Act.LEFT):
            self._asking = act
            self._path.changed.emit()
            return True
        handler = self._acts.get(act) if act else None
        if handler is None:
            self._path.tell(_("“{key}” means nothing here. F1 shows the keys.").format(key=text[:10]))
            return True
        return handler()

    @property
    def _is_after_no_refill(self) -> bool:
        """Whether a whole refill was one letter, after which nobody presses Space but to time the next digit."""
        last, stop = self._path.last, self._path.stop
        is_refill = stop is not None and stop.measure_key == _REFILL and self._path.has_timer
        return is_refill and last is not None and isinstance(last.value, Beyond)

    def _absorb(self) -> bool:
        """The value went on by itself: the key that people press after a number must not pass over the next one."""
        last = self._path.last
        words = _("{place} {value} was settled already. Once more goes on.")
        self._path.tell(words.format(place=last.place if last else "", value=last.words if last else ""))
        return True

    def _answer(self, asking: Act, act: Act | None, text: str) -> bool:
        """The one key after `x`, `r` or `l`."""
        if act in (Act.DROP, Act.BACK):
            self._asking = None
        elif asking is Act.REASON and (reason := REASON_KEYS.get(text)):
            self._asking = None
            self._path.settle_reason(reason)
        elif asking in _JUMPS and text in set("12345"):
            self._asking = None
            self._path.go_to_digit(Site(_JUMPS[asking], Digit(f"D{text}")))
        self._path.changed.emit()
        return True

    # -- the value ---------------------------------------------------------------------------------------

    def _type(self, text: str) -> bool:
        if self._path.stop is None:
            self._path.pass_over()
            return True
        self._is_fresh = self._path.take(self._typing.feed(text))
        return True

    def _ten(self) -> bool:
        self._is_fresh = self._path.take(self._typing.ten())
        return True

    def _no_refill(self) -> bool:
        self._is_fresh = self._path.take(self._typing.beyond())
        return True

    def _settle(self) -> bool:
        if self._typing.is_open:
            self._path.take(self._typing.enter())
        else:
            self._path.pass_over()
        return True

    def _space(self) -> bool:
        path = self._path
        is_refill = path.stop is not None and path.stop.measure_key == _REFILL
        if is_refill and path.has_timer and not self._typing.is_open and self._is_unread:
            path.timer_wanted.emit(path.stop)
            return True
        return self._settle()

    @property
    def _is_unread(self) -> bool:
        """Whether the reading asked for has not been taken."""
        stop, visit = self._path.stop, self._path.visit
        return stop is not None and visit is not None and (self._path.reading > 1 or not is_recorded(visit, stop))

    def _back(self) -> bool:
        if self._typing.is_open:
            self._path.take(self._typing.back())
        else:
            self._path.go_back_and_clear()
        return True

    def _drop(self) -> bool:
        if self._typing.is_open:
            self._path.take(self._typing.dropped())
        else:
            self._path.left.emit()
        return True

    def _again(self) -> bool:
        self._path.read_again()
        return True

    def _not_done(self) -> bool:
        self._path.settle_reason(Reason.NOT_DONE)
        return True

    # -- the way -----------------------------------------------------------------------------------------

    def _next(self) -> bool:
        if self._typing.is_open:
            return self._settle()
        return self._path.step(1)

    def _previous(self) -> bool:
        return self._is_stuck() or self._path.step(-1)

    def _arrow(self) -> bool:
        """Settle what is typed; the drawing then moves as its keys say."""
        return self._is_stuck()

    def _is_stuck(self) -> bool:
        """Settle what is typed without going on; True where it cannot be, so that the path stays."""
        typing = self._typing
        if not typing.is_open:
            return False
        done = typing if typing.is_stuck else typing.enter()
        if done.stage is not Stage.COMPLETE:
            self._path.take(done)
            return True
        return not self._path.settle()

    def _next_measure(self) -> bool:
        if not self._is_stuck():
            self._path.go_along(1)
        return True

    def _previous_measure(self) -> bool:
        if not self._is_stuck():
            self._path.go_along(-1)
        return True

    def _missing(self) -> bool:
        self._path.go_to_missing()
        return True

    def _say(self) -> bool:
        stop: Stop | None = self._path.stop
        self._path.say_wanted.emit(stop.name if stop else self._path.end_words)
        return True


def _chosen_by_key(choices: Iterable[tuple[str, str]]) -> str:
    """Keys with their meanings; a key is never parted from its own by the end of a line."""
    return "   ".join(f"{key} {label}".replace(" ", "\u00a0") for key, label in choices)
