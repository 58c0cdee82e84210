"""What is typed into the search box, as questions to the index of words; and what that index holds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from ssc_hand.domain.records import Patient
from ssc_hand.domain.text import fold
from ssc_hand.storage.driver import Connection

#: A birth date is one word of the index, told from names by this private character.
_BIRTH = "\ue000"
#: More words than this, or longer ones, narrow nothing down any more.
_MOST_WORDS = 8
_MOST_CHARACTERS = 60
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip

_ISO = re.compile(r"([0-9]{4})(?:[-/. ]([0-9]{1,2})(?:[-/. ]([0-9]{1,2}))?)?[-/.]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([./ -])\s?([0-9]{1,2})\2\s?([0-9]{4})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[./]([0-9]{4})")
_NAMED = re.compile(r"(?:([0-9]{1,2})\.?[ -])?([a-z]{3,9})\.?[ -]([0-9]{4})")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")


class _Separators(dict[int, str]):
    """Letters, marks, numbers and private characters stay; anything else parts words."""

    def __missing__(self, code: int) -> str:
        kept = unicodedata.category(chr(code))[0] in "LMN" or chr(code) == _BIRTH
        self[code] = chr(code) if kept else " "
        return self[code]


_SEPARATORS = _Separators()


def words_of(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    return fold(text).translate(_SEPARATORS).split()


def sort_name(patient: Patient) -> str:
    """The key by which lists are ordered: family name, given name, blind to case and accents."""
    # A comma sorts before letters, so that "Li, Zoe" comes before "Li Wei, Ann".
    return " ,".join(" ".join(words_of(name)) for name in (patient.family_name, patient.given_name or ""))


def index_words(patient: Patient) -> str:
    """The words by which a patient is found: names, record number, birth date."""
    words = words_of(f"{patient.family_name} {patient.given_name or ''} {patient.record_number}")
    # "R 12/7" is also found when typed without its stops.
    joined = "".join(words_of(patient.record_number))
    if patient.birth_date:
        words.append(_BIRTH + patient.birth_date.strftime("%Y%m%d").zfill(8))
    return " ".join(dict.fromkeys((*words, joined)))


def indexed(connection: Connection, patient_id: str) -> tuple[int, str] | None:
    """The number and the words under which the index has a patient; None for one it does not have."""
    found = connection.execute("SELECT number, words FROM patient WHERE id = ?", (patient_id,)).fetchone()
    return None if found is None else (int(found[0]), str(found[1]))


def reindex(connection: Connection, patient_id: str, before: tuple[int, str] | None) -> None:
    """Bring the index to the words a patient's row has now.

    Done here and not by triggers: SQLite before 3.44 takes a full-text table in a trigger for unsafe.
    """
    after = indexed(connection, patient_id)
    if after == before or after is None:
        return
    if before is not None:
        connection.execute("INSERT INTO patient_words (patient_words, rowid, words) VALUES ('delete', ?, ?)", before)
    connection.execute("INSERT INTO patient_words (rowid, words) VALUES (?, ?)", after)


def question(text: str) -> str:
    """The full-text question for what was typed; empty where it asks for nothing.

    Every word begins a word of the patient; a run of words that reads as a date may also be the birth date.
    """
    typed = fold(text[:_MOST_CHARACTERS].replace(_BIRTH, " ")).split()
    readings = [_all_begin(words_of(" ".join(typed)))]
    for first in range(len(typed)):
        for after in range(first + 1, min(first + 3, len(typed)) + 1):
            if birth := birth_prefix(" ".join(typed[first:after])):
                rest = words_of(" ".join(typed[:first] + typed[after:]))
                readings.append(_all_begin([*rest, _BIRTH + birth]))
    return " OR ".join(f"({reading})" for reading in dict.fromkeys(readings) if reading)


def _all_begin(words: list[str]) -> str:
    # Words hold no quotation marks: they were separators.
    return " AND ".join(f'"{word}"*' for word in words[:_MOST_WORDS])


def birth_prefix(text: str) -> str:
    """The digits a birth date typed in any unambiguous form begins with ("19640312", "196403", "1964"), or "".

    "12/03/1964" can be two days and is none; "25/03/1964" and "03/03/1964" are one.
    """
    if match := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _digits(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _day_first(match[1], match[3], match[4], is_certain=match[2] == ".")
    if match := _MONTH_AND_YEAR.fullmatch(text):
        return _digits(match[2], match[1], None)
    if match := _NAMED.fullmatch(text):
        return _digits(match[3], _month(match[2]), match[1])
    if match := _NAMED_MONTH_FIRST.fullmatch(text):
        return _digits(match[3], _month(match[1]), match[2])
    return ""


def _day_first(first: str, second: str, year: str, *, is_certain: bool) -> str:
    """Points put the day first; with strokes only a number over 12, or the same twice, tells."""
    if is_certain or int(first) > 12 or first.zfill(2) == second.zfill(2):
        return _digits(year, second, first)
    return _digits(year, first, second) if int(second) > 12 else ""


def _month(word: str) -> str:
    for number, (short, full) in enumerate(zip(_MONTHS, _FULL_MONTHS, strict=True), start=1):
        if word in (short, full) or (number == 9 and word == "sept"):
            return str(number)
    return "0"


def _digits(year: str, month: str | None, day: str | None) -> str:
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return f"{whole.year:04d}" + (f"{whole.month:02d}" if month else "") + (f"{whole.day:02d}" if day else "")
