"""JSON read strictly: bounded in size and depth, no key twice, no number that is not one; written in a stable way."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from ssc_hand.domain.errors import Refused
from ssc_hand.i18n import _

#: Bytes of a file that is read; a clinic of some thousand patients fits.
MOST_BYTES = 200_000_000
#: Brackets within brackets; a bundle needs seven.
MOST_DEPTH = 32
#: Digits of a whole number; the greatest that a bundle needs is a year.
_MOST_DIGITS = 15

# A text that is never closed reaches to the end, so that hostile quotes cost one pass and no more.
_TEXT = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def read_json(text: str) -> Any:
    """The value written in `text`; raises `Refused` for anything that is not plain, modest JSON."""
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repeated_keys,
            parse_constant=_refuse_number,
            parse_int=_whole_number,
            parse_float=_finite_number,
        )
    except json.JSONDecodeError as problem:
        raise Refused(
            _("This is not a JSON file (line {line}, column {column} cannot be read).").format(
                line=problem.lineno, column=problem.colno
            )
        ) from None


def _check_depth(text: str) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(_TEXT.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MOST_DEPTH:
            raise Refused(_("Brackets are nested more than {n} deep, which no bundle is.").format(n=MOST_DEPTH))


def _without_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Refused(_("“{key}” is written twice in one place, and only one can be meant.").format(key=twice[:60]))
    return found


def _refuse_number(text: str) -> float:
    raise Refused(_("“{text}” is not a number that can be kept.").format(text=text[:40]))


def _whole_number(text: str) -> int:
    return int(text) if len(text) <= _MOST_DIGITS else int(_refuse_number(text))


def _finite_number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse_number(text)


def write_json(value: Any) -> str:
    """The value as text: keys in their given order, one line for what holds only scalars; always the same bytes."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if not isinstance(value, dict | list) or _is_flat(value):
        yield json.dumps(value, ensure_ascii=False, allow_nan=False)
        return
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    pairs = value.items() if isinstance(value, dict) else ((None, item) for item in value)
    yield opening
    for number, (key, item) in enumerate(pairs, start=1):
        prefix = " " if key is None else f" {json.dumps(key, ensure_ascii=False)}: "
        held = ""
        for line in _lines(item):
            if held:
                yield held
            held, prefix = prefix + line, " "
        yield held + ("," if number < len(value) else "")
    yield closing


def _is_flat(value: dict[str, Any] | list[Any]) -> bool:
    """Whether it fits one line: scalars only, or lists of scalars in it."""
    items = value.values() if isinstance(value, dict) else value
    return not any(isinstance(item, dict) or (isinstance(item, list) and not _is_plain(item)) for item in items)


def _is_plain(items: list[Any]) -> bool:
    return not any(isinstance(item, dict | list) for item in items)
