"""The rows of a lesion's card: a letter for each, and one key for each choice; what is typed is read here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import LESION, LESION_STATE, ULCER_ONLY, Field, field_of
from ssc_hand.domain.kinds import Number, Value
from ssc_hand.domain.lesions import LesionAt
from ssc_hand.domain.records import statuses_for
from ssc_hand.domain.vocabulary import Depth, Judgement, LesionKind, Origin
from ssc_hand.i18n import N_, _

#: What can stand between length and width.
_BETWEEN = re.compile(r"\s*[x×*]\s*|\s+")
#: A size while it is typed: "4", "4.5", "4.5x", "4.5 x 3".
SIZE_SO_FAR = re.compile(r"\d{0,3}([.,]\d?)?(\s*[x×*]?\s*(\d{1,3}([.,]\d?)?)?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that the card asks."""

    #: The key that goes to it from any other row; no choice has a letter, so it means the same everywhere.
    letter: str
    key: str
    label: str
    #: Whether it is said of the lesion for life, and not of this visit.
    is_for_life: bool = False

    @property
    def name(self) -> str:
        """The label in the user's language."""
        return _(self.label)


KIND = Row("k", "kind", N_("Kind"), is_for_life=True)
STATUS = Row("s", "status", N_("Status"))
SIZE = Row("m", "size", N_("Size"))
ORIGIN = Row("o", "origin", N_("Origin"), is_for_life=True)
DEPTH = Row("d", "depth", N_("Depth"))
INFECTION = Row("i", "infection", N_("Infection"))
PAIN = Row("p", "pain", N_("Pain"))
ROWS = (KIND, STATUS, SIZE, ORIGIN, DEPTH, INFECTION, PAIN)
_WORDS: dict[str, tuple[Value, ...]] = {
    "kind": tuple(LesionKind),
    "origin": tuple(Origin),
    "depth": tuple(Depth),
    "infection": tuple(Judgement),
}


def rows_of(each: LesionAt) -> tuple[Row, ...]:
    """The rows that a lesion has: an ulcer all of them, a contracture no size."""
    kind = each.lesion.kind
    return tuple(
        row
        for row in ROWS
        if (kind is LesionKind.ULCER or row.key not in ULCER_ONLY)
        and not (row is SIZE and kind is LesionKind.CONTRACTURE)
        and not (row is KIND and not each.is_new)
    )


def choices_of(each: LesionAt, row: Row) -> tuple[Value, ...]:
    """The words of a row, in the order of their keys 1, 2, 3; none where a number is typed."""
    return statuses_for(each.lesion.kind) if row is STATUS else _WORDS.get(row.key, ())


def field_for(row: Row) -> Field:
    """The field of a row that has one."""
    return field_of(LESION if row.is_for_life else LESION_STATE, row.key)


def value_of(each: LesionAt, row: Row) -> Value | None:
    """What is recorded in a row; of a size the length and width as one text."""
    if row is SIZE:
        return size_words(each) or None
    value: Value | None = getattr(each.lesion if row.is_for_life else each.state, row.key)
    return value


def words_of(each: LesionAt, row: Row) -> str:
    """What a row says; "not recorded" where nothing is."""
    value = value_of(each, row)
    if value is None:
        return _("not recorded")
    return str(value) if row is SIZE else field_for(row).format(value)


def size_words(each: LesionAt) -> str:
    """ "4 × 3 mm"; a side that is not recorded is a dash; empty where neither is."""
    sides = (each.state.length_mm, each.state.width_mm)
    if sides == (None, None):
        return ""
    return " × ".join("–" if side is None else f"{side:g}" for side in sides) + " mm"


def read_size(text: str) -> tuple[Value | None, Value | None]:
    """Length and width (mm) of "4x3", "4 3" or "4.5"; raises `Refused` for anything else and out of range."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if not 1 <= len(parts) <= 2:
        raise Refused(_("“{text}” is not a size. Write length and width in mm, such as 4x3.").format(text=text.strip()))
    fields = (field_of(LESION_STATE, "length_mm"), field_of(LESION_STATE, "width_mm"))
    read = [field.parse(part) for field, part in zip(fields, parts, strict=False)]
    return read[0], read[1] if len(read) == 2 else None


def size_doubt(*sides: Value | None) -> str:
    """The sentence that asks to look again at an unusual length or width (mm); empty for usual ones."""
    kind = field_of(LESION_STATE, "length_mm").kind
    assert isinstance(kind, Number)
    return next((doubt for side in sides if side is not None and (doubt := kind.second_look(side))), "")
