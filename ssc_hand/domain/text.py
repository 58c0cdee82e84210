"""Text as people type it: made safe to keep, and folded so that it can be found again."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import _

#: Characters a name or another text of one line may have.
NAME_LIMIT = 200
#: Characters a note of several lines may have.
NOTE_LIMIT = 20_000

# Decomposed Hangul is three times as long as composed; more than this cannot shrink to the limit.
_MOST_SHRINKING = 4
# The bound of Unicode's stream-safe text (UAX #15, section 13); putting thousands in order takes seconds.
_MOST_MARKS = 30

# They show nothing and only mislead the eye: zero-width space, byte order mark, embeddings, isolates.
_INVISIBLE = re.compile("[\u200b\ufeff\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_TABS_AND_LINES = re.compile("[\t\n]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def clean_name(text: str, *, limit: int = NAME_LIMIT) -> str:
    """A text of one line as it is kept; Refused when too long or holding control characters."""
    text = _without_invisible(text)
    if _CONTROL.search(text):
        raise Refused(
            _("This text holds control characters, which cannot be kept. Nothing was changed: type it again.")
        )
    return _composed(_TABS_AND_LINES.sub(" ", text), limit)


def clean_note(text: str, *, limit: int = NOTE_LIMIT) -> str:
    """A text of several lines as it is kept, without control characters; Refused when too long."""
    return _composed(_CONTROL.sub("", _without_invisible(text).replace("\t", " ")), limit)


def _without_invisible(text: str) -> str:
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def _composed(text: str, limit: int) -> str:
    text = text.strip()
    if len(text) <= limit * _MOST_SHRINKING:
        if _most_marks_in_a_row(text) > _MOST_MARKS:
            raise Refused(
                _("This text has more than {count} accents on one letter. Nothing was changed: shorten it.").format(
                    count=_MOST_MARKS
                )
            )
        text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise Refused(
            _(
                "This text has {length} characters and at most {limit} can be kept. Nothing was changed: shorten it."
            ).format(length=len(text), limit=limit)
        )
    return text


def _most_marks_in_a_row(text: str) -> int:
    if text.isascii():
        return 0
    classes = map(unicodedata.combining, text)
    return max((sum(1 for _mark in run) for marked, run in groupby(classes, bool) if marked), default=0)


_APOSTROPHES = "'`´‘’‚‛′ʹʼʻʽʾʿˈꞌ׳·"
# Letters that Unicode does not take apart although people type them as the plain one.
_PLAIN = {
    "đ": "d", "ð": "d", "ɖ": "d", "ɗ": "d", "ø": "o", "ł": "l", "ƚ": "l", "æ": "ae", "œ": "oe", "þ": "th",
    "ı": "i", "ɨ": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ǝ": "e", "ɓ": "b", "ƙ": "k", "ƴ": "y",
    "ґ": "г", "ђ": "д",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ء": "", "ـ": "",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
}  # fmt: skip
_IGNORED_CATEGORIES = frozenset({"Me", "Cf", "Cc", "Cs"})


class _Folding(dict[int, str]):
    """Remembers what each character folds to, so that a column of names costs one look-up per character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if (
            unicodedata.combining(character)
            or unicodedata.category(character) in _IGNORED_CATEGORIES
            or _is_selector(code)
        ):
            folded = ""
        else:
            decimal = unicodedata.decimal(character, None)
            folded = character if decimal is None else str(decimal)
        self[code] = folded
        return folded


def _is_selector(code: int) -> bool:
    """Whether it is a variation selector or grapheme joiner: a mark without a combining class."""
    return code == 0x34F or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


_SINGLE: dict[int, str] = {ord(mark): "" for mark in _APOSTROPHES}
_FOLDING = _Folding({**_SINGLE, **{ord(letter): plain for letter, plain in _PLAIN.items()}})


def fold(text: str) -> str:
    """The text as searching sees it: blind to case, accents, apostrophes and Arabic vowel signs."""
    if text.isascii():
        return " ".join(text.lower().translate(_SINGLE).split())
    # An acute accent that stands alone would become a space, so apostrophes go first.
    text = unicodedata.normalize("NFKD", text.translate(_SINGLE).casefold())
    # Taking apart can bring capitals back (the telephone sign), and lower case can again be taken apart.
    text = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(text.translate(_FOLDING).split())
