"""The keys of the bedside: the one table that the path obeys and that the map of keys and the guide show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from ssc_hand.domain.vocabulary import LesionKind, Reason
from ssc_hand.i18n import N_, _


class Act(Enum):
    """What a key asks for."""

    TYPE = auto()
    SETTLE = auto()
    SPACE = auto()
    NEXT = auto()
    PREVIOUS = auto()
    BACK = auto()
    DROP = auto()
    ARROW = auto()
    NEXT_MEASURE = auto()
    PREVIOUS_MEASURE = auto()
    MISSING = auto()
    TEN = auto()
    NO_REFILL = auto()
    AGAIN = auto()
    NOT_DONE = auto()
    REASON = auto()
    RIGHT = auto()
    LEFT = auto()
    LESION = auto()
    REVIEW = auto()
    TEXTS = auto()
    SAY = auto()
    MAP = auto()
    PASTE = auto()


class Group(Enum):
    """What keys have in common, for the map of keys."""

    VALUE = N_("The value")
    WAY = N_("The way")
    FINDING = N_("Findings at the place")
    HELP = N_("Help")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """Keys and what they do."""

    act: Act
    group: Group
    #: Characters that do it; letters in lower case, whatever is locked.
    chars: str = ""
    #: Keys without a character, by the name that Qt gives them ("Return", "PageUp").
    names: tuple[str, ...] = ()
    #: The keys as people know them.
    shown: str
    says: str

    @property
    def words(self) -> str:
        """What it does, in the user's language."""
        return _(self.says)

    @property
    def caption(self) -> str:
        """The keys, in the user's language."""
        return _(self.shown)


#: Letters for a new lesion at the current place.
LESION_KEYS: dict[str, LesionKind] = {
    "u": LesionKind.ULCER,
    "p": LesionKind.PITTING_SCAR,
    "c": LesionKind.CALCINOSIS,
    "g": LesionKind.GANGRENE,
    "k": LesionKind.CONTRACTURE,
}
NOT_DONE_KEY = "n"
#: After the key for "could not be assessed", one key says why.
REASON_KEYS: dict[str, Reason] = {
    str(number): reason for number, reason in enumerate((each for each in Reason if each is not Reason.NOT_DONE), 1)
}

KEYS: tuple[Binding, ...] = (
    Binding(
        act=Act.TYPE,
        group=Group.VALUE,
        chars="0123456789.,-/",
        shown=N_("0–9 . ,"),
        says=N_("the value; point or comma is always typed, and after the last decimal the path goes on"),
    ),
    Binding(
        act=Act.SETTLE,
        group=Group.VALUE,
        names=("Return", "Enter"),
        shown=N_("Enter"),
        says=N_("settles a whole number, confirms what is asked, goes on where nothing is typed"),
    ),
    Binding(
        act=Act.SPACE,
        group=Group.VALUE,
        chars=" ",
        shown=N_("Space"),
        says=N_("as Enter; at an empty refill it starts the timer"),
    ),
    Binding(act=Act.TEN, group=Group.VALUE, chars="t+", shown=N_("T or +"), says=N_("ten, in a score from 0 to 10")),
    Binding(act=Act.NO_REFILL, group=Group.VALUE, chars="f*", shown=N_("F or *"), says=N_("no refill")),
    Binding(
        act=Act.AGAIN,
        group=Group.VALUE,
        chars="a",
        shown=N_("A"),
        says=N_("again: one more reading at the same place, where several are kept"),
    ),
    Binding(act=Act.NOT_DONE, group=Group.VALUE, chars=NOT_DONE_KEY, shown=N_("N"), says=N_("not done")),
    Binding(
        act=Act.REASON,
        group=Group.VALUE,
        chars="x",
        shown=N_("X, then 1–8"),
        says=N_("could not be assessed, and why"),
    ),
    Binding(
        act=Act.BACK,
        group=Group.VALUE,
        names=("Backspace",),
        shown=N_("Backspace"),
        says=N_("takes back a key; where nothing is typed, goes back to the value before and clears it"),
    ),
    Binding(
        act=Act.DROP,
        group=Group.VALUE,
        names=("Escape",),
        shown=N_("Esc"),
        says=N_("drops what is typed; then leaves the path"),
    ),
    Binding(
        act=Act.PASTE,
        group=Group.VALUE,
        shown=N_("Ctrl+V"),
        says=N_("a row of a spreadsheet: ten values fill the measure in the order of the path"),
    ),
    Binding(act=Act.NEXT, group=Group.WAY, names=("Tab",), shown=N_("Tab"), says=N_("next value")),
    Binding(act=Act.PREVIOUS, group=Group.WAY, names=("Backtab",), shown=N_("Shift+Tab"), says=N_("value before")),
    Binding(
        act=Act.ARROW,
        group=Group.WAY,
        names=("Left", "Right", "Up", "Down"),
        shown=N_("Arrows"),
        says=N_("as the hands lie on the screen"),
    ),
    Binding(act=Act.NEXT_MEASURE, group=Group.WAY, names=("PageDown",), shown=N_("Page down"), says=N_("next measure")),
    Binding(
        act=Act.PREVIOUS_MEASURE, group=Group.WAY, names=("PageUp",), shown=N_("Page up"), says=N_("measure before")
    ),
    Binding(
        act=Act.RIGHT,
        group=Group.WAY,
        chars="r",
        shown=N_("R, then 1–5"),
        says=N_("a digit of the right hand, 1 is the thumb"),
    ),
    Binding(
        act=Act.LEFT,
        group=Group.WAY,
        chars="l",
        shown=N_("L, then 1–5"),
        says=N_("a digit of the left hand, 1 is the thumb"),
    ),
    Binding(act=Act.MISSING, group=Group.WAY, chars="m", shown=N_("M"), says=N_("next value that is missing")),
    Binding(
        act=Act.LESION,
        group=Group.FINDING,
        chars="".join(LESION_KEYS),
        shown=N_("U  P  C  G  K"),
        says=N_("new ulcer, pitting scar, calcinosis, gangrene, contracture"),
    ),
    Binding(
        act=Act.REVIEW,
        group=Group.FINDING,
        chars="e",
        shown=N_("E"),
        says=N_("examines the lesions of earlier visits again, one key each"),
    ),
    Binding(act=Act.TEXTS, group=Group.FINDING, chars="w", shown=N_("W"), says=N_("words: goes to the findings")),
    Binding(act=Act.SAY, group=Group.HELP, chars="s", shown=N_("S"), says=N_("says aloud where the path stands")),
    Binding(act=Act.MAP, group=Group.HELP, names=("F1",), shown=N_("F1"), says=N_("this map of keys")),
)

_BY_CHAR = {char: binding.act for binding in KEYS for char in binding.chars}
_BY_NAME = {name: binding.act for binding in KEYS for name in binding.names}


def act_of(name: str, text: str) -> Act | None:
    """What a key asks for, by its name or else its character; None where it means nothing."""
    return _BY_NAME.get(name) or _BY_CHAR.get(text.casefold())
