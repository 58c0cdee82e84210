"""Takes objects of a file apart: known keys only, fields by their tables, ids kept or made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import Field
from ssc_hand.domain.ids import new_id
from ssc_hand.domain.kinds import Choice, Text, Value
from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import _

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_LONGEST_ID = 100


def mapping(given: object, known: Iterable[str]) -> Mapping[str, Any]:
    """The object with its keys checked; raises `Refused` naming the first key that has no meaning here."""
    if not isinstance(given, dict):
        raise Refused(_("An object in braces is expected here, not “{text}”.").format(text=_short(given)))
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise Refused(_("“{key}” has no meaning here, so the file is refused.").format(key=unknown[0][:60]))
    return given


def items(given: Mapping[str, Any], key: str) -> list[Any]:
    """The list under a key; empty where it is absent."""
    found = given.get(key)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Refused(_("“{key}” is a list, and not “{text}”.").format(key=key, text=_short(found)))
    return found


def keys(fields: tuple[Field, ...]) -> frozenset[str]:
    """The keys of a table of fields."""
    return frozenset(field.key for field in fields)


def values(fields: tuple[Field, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all fields of a table, checked; None for what is not recorded."""
    return {field.key: _value(field, given.get(field.key)) for field in fields}


def _value(field: Field, given: object) -> Value | None:
    if isinstance(field.kind, Choice):
        given = as_key(given)
    loaded = field.load(given)
    return field.load(None) if loaded in ("", ()) else loaded


def as_key(given: object) -> object:
    """A word of a closed list as its key is spelled: "Follow-up" means follow_up."""
    return re.sub(r"[\s-]+", "_", given.strip().casefold()) if isinstance(given, str) else given


def term(terms: type[Term], given: object) -> Any:
    """The word of a closed list; raises `Refused` for any other."""
    return Choice(terms).load(as_key(given))


def line(given: object) -> str:
    """A text of one line, cleaned; empty where it is absent."""
    return "" if given is None else str(Text(lines=False).load(given))


class Ids:
    """Ids of one file: a UUID is kept and can occur once in all the file; a short one is local and gets a new id."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def take(self, given: object) -> str:
        """The id for one new thing; raises `Refused` for a UUID that was given before."""
        if given is None:
            return new_id()
        if not is_id(given):
            raise Refused(_("An id is a short text, and not “{text}”.").format(text=_short(given)))
        if not _UUID.fullmatch(str(given)):
            return new_id()
        if given in self._seen:
            raise Refused(_("The id {id} is used twice.").format(id=given))
        self._seen.add(str(given))
        return str(given)


def is_id(given: object) -> bool:
    """Whether this can be an id: a text of one line, not too long."""
    return isinstance(given, str) and 0 < len(given) <= _LONGEST_ID and given.isprintable()


def _short(given: object) -> str:
    return str(given)[:40]
