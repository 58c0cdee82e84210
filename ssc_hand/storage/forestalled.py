"""Entries that another window forestalled: kept for the one who made them until they are used or dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.desk import EntryPlace, Forestalled
from ssc_hand.domain.fields import LESION_STATE, VISIT, field_of
from ssc_hand.storage import photographs, rows
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.writing import Batch

_KEEP = (
    "INSERT INTO forestalled (login, visit_id, place, before, after, is_conflict, at) SELECT ?, id, ?, ?, ?, ?, ? "
    "FROM visit WHERE id = ? ON CONFLICT (login, visit_id, place) DO UPDATE SET before = excluded.before, "
    "after = excluded.after, is_conflict = excluded.is_conflict, at = excluded.at"
)
_DROP = "DELETE FROM forestalled WHERE login = ? AND visit_id = ? AND place = ?"
_OF_VISIT = (
    "SELECT place, before, after, is_conflict FROM forestalled WHERE login = ? AND visit_id = ? ORDER BY at, place"
)
#: In the place of who, when and version: what was not written has none.
_NO_STAMP = ("", "1970-01-01T00:00:00+00:00", 0)


def keep(batch: Batch, visit_id: str, entries: Iterable[Forestalled], decided: Iterable[EntryPlace]) -> None:
    """Keep these entries of the writer of this batch, and forget those that were decided."""
    for place in decided:
        batch.connection.execute(_DROP, (batch.by, visit_id, _written_place(place)))
    for each in entries:
        before, after = (_written(each.place, value) for value in (each.before, each.after))
        batch.connection.execute(
            _KEEP, (batch.by, _written_place(each.place), before, after, int(each.is_conflict), batch.moment, visit_id)
        )


def of_visit(connection: Connection, login: str, visit_id: str) -> tuple[Forestalled, ...]:
    """What waits for this user at a visit, oldest first."""
    found = []
    for written, before, after, is_conflict in connection.execute(_OF_VISIT, (login, visit_id)):
        place = _read_place(str(written))
        found.append(Forestalled(place, _read(place, before), _read(place, after), is_conflict=bool(is_conflict)))
    return tuple(found)


def _written_place(place: EntryPlace) -> str:
    what, key = place
    if what == "observation":
        site, measure, repeat = key
        return f"{what} {site.code} {measure} {repeat}"
    return f"{what} {key}"


def _read_place(written: str) -> EntryPlace:
    what, *key = written.split(" ")
    if what == "observation":
        site, measure, repeat = key
        return (what, (parse_site(site), measure, int(repeat)))
    return (what, key[0])


def _written(place: EntryPlace, value: Any) -> str | None:
    """A value as its row would be, without the stamp; None for "not recorded"."""
    if value is None:
        return None
    return json.dumps(_row(place, value), ensure_ascii=False)


def _row(place: EntryPlace, value: Any) -> list[Any]:
    what, key = place
    if what == "visit":
        return [field_of(VISIT, key).dump(value)]
    if what == "observation":
        return ["", key[0].code, *key[1:], *rows.observation_values(value)]
    if what == "state":
        return ["", key, *rows.scalars(LESION_STATE, value)]
    if what == "photograph":
        return [key, *photographs.values(value)]
    return [key, value.patient_id, *rows.lesion_values(value)]


def _read(place: EntryPlace, written: object) -> Any:
    if written is None:
        return None
    what, key = place
    row = (*json.loads(str(written)), *_NO_STAMP)
    if what == "visit":
        return field_of(VISIT, key).load(row[0])
    if what == "observation":
        return rows.load_observation(row)
    if what == "state":
        return rows.load_state(row)
    return photographs.load_photograph(row) if what == "photograph" else rows.load_lesion(row)
