"""A value while it is typed, key by key: nothing is implied, and what was refused or asked about stays put."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.kinds import Beyond, Choice, Flag, HistoryDate, Number, Value
from ssc_hand.domain.measures import Measure
from ssc_hand.i18n import _

#: Both are typed at the bedside, whatever the language of the computer.
SEPARATORS = ".,"
_DIGITS = "0123456789"
_OF_A_DATE = _DIGITS + ".-/"
_TEN = 10
#: Longer numbers are no measurement.
_LONGEST = 16


class Stage(Enum):
    """How far a value has come."""

    EMPTY = auto()
    TYPING = auto()
    #: Beyond the usual: one confirming key takes it.
    HELD = auto()
    #: It cannot be recorded as it stands: only Backspace and Escape go on from here.
    REFUSED = auto()
    COMPLETE = auto()


@dataclass(frozen=True, slots=True)
class Typing:
    """What has been typed for one value so far. Each key gives the next state; none changes a record.

    After a refusal, or while a question waits, further characters change nothing: whoever types on without looking
    must not put the next value on this digit.
    """

    measure: Measure
    text: str = ""
    stage: Stage = Stage.EMPTY
    #: The question or the refusal.
    sentence: str = ""
    #: What was understood; final once the stage is COMPLETE.
    value: Value | None = None
    #: Something else was typed while the question waited, so that it is asked once more.
    is_disturbed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something was typed that is neither recorded nor dropped."""
        return self.stage in (Stage.TYPING, Stage.HELD, Stage.REFUSED)

    @property
    def is_stuck(self) -> bool:
        """Whether it waits for a key that confirms, mends or drops."""
        return self.stage in (Stage.HELD, Stage.REFUSED)

    # -- keys --------------------------------------------------------------------------------------------

    def feed(self, char: str) -> Typing:
        """After one more character."""
        if self.is_stuck:
            return replace(self, is_disturbed=True)
        kind = self.measure.kind
        if isinstance(kind, Number):
            return self._feed_number(kind, char)
        if isinstance(kind, HistoryDate):
            return self._feed_date(char)
        return self._feed_word(kind, char)

    def enter(self) -> Typing:
        """After a key that settles and confirms."""
        if self.stage is Stage.TYPING:
            return self._finished(self.text)
        if self.stage is Stage.HELD:
            return replace(self, is_disturbed=False) if self.is_disturbed else replace(self, stage=Stage.COMPLETE)
        return self

    def back(self) -> Typing:
        """After Backspace: a character less, and whatever was asked or refused is open again."""
        left = self.text[:-1]
        return Typing(self.measure, left, Stage.TYPING if left else Stage.EMPTY)

    def dropped(self) -> Typing:
        """After Escape: nothing typed."""
        return Typing(self.measure)

    def left(self) -> Typing:
        """When the place is left for another: a question that nobody answered is a value that was not confirmed."""
        if self.stage is Stage.TYPING:
            done = self._finished(self.text)
            return done.left() if done.stage is Stage.HELD else done
        if self.stage is Stage.HELD:
            return replace(self, stage=Stage.REFUSED, sentence=_("“{text}” was not confirmed.").format(text=self.text))
        return self

    def ten(self) -> Typing:
        """After the key for ten, which stands for nothing else."""
        if self.is_stuck:
            return replace(self, is_disturbed=True)
        kind = self.measure.kind
        if self.text or not isinstance(kind, Number) or not is_one_key(self.measure) or kind.hard[1] < _TEN:
            return self._stuck(self.text, _("The key for ten is for scores from 0 to 10."))
        return self._finished(str(_TEN))

    def beyond(self) -> Typing:
        """After the key for "no refill": past the end of the scale."""
        if self.is_stuck:
            return replace(self, is_disturbed=True)
        kind = self.measure.kind
        if self.text or not isinstance(kind, Number) or not kind.beyond:
            return self._stuck(self.text, _("“No refill” is recorded for capillary refill, before a number is begun."))
        end = Beyond(kind.hard[1])
        return replace(self, text=str(end), stage=Stage.COMPLETE, value=end, sentence="")

    def refused(self, sentence: str) -> Typing:
        """The same text, refused by somebody who knows more."""
        return self._stuck(self.text, sentence)

    # -- numbers -----------------------------------------------------------------------------------------

    def _feed_number(self, kind: Number, char: str) -> Typing:
        if char in SEPARATORS:
            return self._separated(kind, char)
        if char == "-" and not self.text and kind.hard[0] < 0:
            return replace(self, text=char, stage=Stage.TYPING)
        if len(char) != 1 or char not in _DIGITS:
            return self._stuck(self.text + char, _("“{char}” is no part of a number.").format(char=char[:10]))
        text = self.text + char
        if is_one_key(self.measure):
            return self._finished(text)
        if refusal := _impossible(kind, text):
            return self._stuck(text, refusal)
        if len(_decimals(text)) == kind.decimals and _is_separated(text):
            return self._finished(text)
        return replace(self, text=text, stage=Stage.TYPING)

    def _separated(self, kind: Number, char: str) -> Typing:
        text = self.text + char
        if kind.decimals == 0:
            return self._stuck(text, _("{measure} is kept in whole numbers.").format(measure=self.measure.name))
        if _is_separated(self.text):
            return self._stuck(text, _("A number has one point or comma."))
        if not self.text.strip("-"):
            return self._stuck(text, _("A number begins with a digit, such as 0.5."))
        return replace(self, text=text, stage=Stage.TYPING)

    # -- words and dates -----------------------------------------------------------------------------------

    def _feed_word(self, kind: Choice | Flag, char: str) -> Typing:
        words = choices(self.measure)
        if char not in words:
            known = ", ".join(f"{key} {label}" for key, (_value, label) in words.items())
            return self._stuck(char, _("“{char}” is none of: {known}.").format(char=char[:10], known=known))
        value, label = words[char]
        return replace(self, text=label, stage=Stage.COMPLETE, value=value, sentence="")

    def _feed_date(self, char: str) -> Typing:
        text = self.text + char
        if char not in _OF_A_DATE or len(text) > _LONGEST:
            return self._stuck(text, _("“{char}” is no part of a date such as 2024-03.").format(char=char[:10]))
        return replace(self, text=text, stage=Stage.TYPING)

    # -- the end -----------------------------------------------------------------------------------------

    def _finished(self, text: str) -> Typing:
        kind = self.measure.kind
        try:
            value = kind.parse(text)
        except Refused as refused:
            return self._stuck(text, str(refused))
        question = kind.second_look(value) if isinstance(kind, Number) else ""
        stage = Stage.HELD if question else Stage.COMPLETE
        return Typing(self.measure, text, stage, sentence=question, value=value)

    def _stuck(self, text: str, sentence: str) -> Typing:
        """Refused; where nothing had been typed and nothing is left to see, it is only said."""
        stage = Stage.REFUSED if text else Stage.EMPTY
        return Typing(self.measure, text[:_LONGEST], stage, sentence=sentence)


def is_one_key(measure: Measure) -> bool:
    """Whether every digit key is a whole value: scores from 0 to at most 10."""
    kind = measure.kind
    return isinstance(kind, Number) and kind.decimals == 0 and kind.hard[0] >= 0 and kind.hard[1] <= _TEN


def choices(measure: Measure) -> dict[str, tuple[Value, str]]:
    """The keys of a measure of words: value and label by key; empty for numbers and dates."""
    kind = measure.kind
    if isinstance(kind, Flag):
        return {"1": (True, kind.format(value=True)), "0": (False, kind.format(value=False))}
    if isinstance(kind, Choice):
        return {str(number): (term, term.label) for number, term in enumerate(kind.terms, 1)}
    return {}


def _is_separated(text: str) -> bool:
    return any(each in text for each in SEPARATORS)


def _decimals(text: str) -> str:
    return text.replace(",", ".").partition(".")[2]


def _impossible(kind: Number, text: str) -> str:
    """Why no number that begins so can be recorded; empty where one can."""
    whole = text.replace(",", ".").partition(".")[0].lstrip("-")
    if len(whole) > 1 and whole.startswith("0"):
        return _("No point is implied: write 0.{rest} with its point, or {rest} without the zero.").format(
            rest=whole.lstrip("0") or "0"
        )
    low, high = kind.hard
    end = low if text.startswith("-") else high
    if int(whole) > abs(end):
        return _("{text} is outside {low} to {high}.").format(text=text, low=f"{low:g}", high=f"{high:g}")
    return ""
