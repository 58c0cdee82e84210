"""The chain of seals: one link per transaction, each with a code over itself, its rows of the log and the link before.

HMAC-SHA256 (RFC 2104) with a key of the clinic. What is changed, left out, put in between or in another order breaks
the chain; what is cut off at its end is found by the anchor, which lies outside the file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ssc_hand.domain.audit import Deed, Seal
from ssc_hand.i18n import _
from ssc_hand.storage.driver import Connection

_COLUMNS = "n, first_log, last_log, at, user, deed, patient_id, reason, mac"
_LAST = f"SELECT {_COLUMNS} FROM seal ORDER BY n DESC LIMIT 1"
_ADD = (
    "INSERT INTO seal (n, first_log, last_log, at, user, deed, patient_id, reason, mac) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LAST_LOG = "SELECT coalesce(max(n), 0) FROM change_log"
_LOG = "SELECT n, tab, key, op, old, new FROM change_log WHERE n BETWEEN ? AND ? ORDER BY n"


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what, to whose record, and why."""

    user: str
    deed: Deed
    patient_id: str = ""
    reason: str = ""


def last(connection: Connection) -> Seal | None:
    """The last link; None before the first."""
    row = connection.execute(_LAST).fetchone()
    return None if row is None else _seal(row)


def add(connection: Connection, key: bytes, act: Act, at: datetime) -> Seal:
    """Close what was written since the last link with a new one, inside the transaction that wrote it."""
    before = last(connection)
    (logged,) = connection.execute(_LAST_LOG).fetchone()
    return _add(connection, key, before, act, at, int(logged))


def has_rows(connection: Connection, before: Seal | None) -> bool:
    """Whether the log has rows after a link."""
    (logged,) = connection.execute(_LAST_LOG).fetchone()
    return int(logged) > (before.last_log if before else 0)


def mark_outside(connection: Connection, key: bytes, at: datetime) -> bool:
    """At the beginning of a transaction: close rows that nobody sealed with a link that says so; whether there were.

    They are kept apart so that they are never taken for entries of the one who writes next.
    """
    before = last(connection)
    (logged,) = connection.execute(_LAST_LOG).fetchone()
    if int(logged) == (before.last_log if before else 0):
        return False
    _add(connection, key, before, Act("", Deed.OUTSIDE), at, int(logged))
    return True


def _add(connection: Connection, key: bytes, before: Seal | None, act: Act, at: datetime, logged: int) -> Seal:
    seal = Seal(
        n=before.n + 1 if before else 1,
        first_log=before.last_log + 1 if before else 1,
        last_log=logged,
        at=at.astimezone(UTC),
        user=act.user,
        deed=act.deed,
        patient_id=act.patient_id,
        reason=act.reason,
        mac="",
    )
    mac = _mac(connection, key, seal, before.mac if before else "")
    connection.execute(_ADD, (*_values(seal), mac))
    return Seal(**{**{name: getattr(seal, name) for name in Seal.__slots__}, "mac": mac})


def _values(seal: Seal) -> tuple[Any, ...]:
    at = seal.at.isoformat(timespec="microseconds")
    return seal.n, seal.first_log, seal.last_log, at, seal.user, seal.deed.value, seal.patient_id, seal.reason


def _mac(connection: Connection, key: bytes, seal: Seal, before: str) -> str:
    rows = hashlib.sha256()
    for row in connection.execute(_LOG, (seal.first_log, seal.last_log)):
        rows.update(json.dumps(row, ensure_ascii=True).encode() + b"\n")
    said = json.dumps([*_values(seal), before, rows.hexdigest()], ensure_ascii=True)
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


def _seal(row: tuple[Any, ...]) -> Seal:
    n, first, to, at, user, deed, patient_id, reason, mac = row
    return Seal(
        n=n,
        first_log=first,
        last_log=to,
        at=datetime.fromisoformat(at),
        user=user,
        deed=Deed.of(deed),
        patient_id=patient_id,
        reason=reason,
        mac=mac,
    )


def verify(connection: Connection, key: bytes, *, since: int = 0) -> list[str]:
    """What is wrong with the chain after a link (0: the whole chain), one sentence each; empty when it holds."""
    found: list[str] = []
    before = None
    if since:
        row = connection.execute(f"SELECT {_COLUMNS} FROM seal WHERE n = ?", (since,)).fetchone()
        if row is None:
            return [_("Link {n} of the record of changes is missing.").format(n=since)]
        before = _seal(row)
    for row in connection.execute(f"SELECT {_COLUMNS} FROM seal WHERE n > ? ORDER BY n", (since,)).fetchall():
        try:
            seal = _seal(row)
        except (ValueError, TypeError):
            return [*found, _("Link {n} of the record of changes cannot be read.").format(n=row[0])]
        follows = seal.n == (before.n if before else 0) + 1 and seal.first_log == (before.last_log if before else 0) + 1
        if not follows or not hmac.compare_digest(seal.mac, _mac(connection, key, seal, before.mac if before else "")):
            return [
                *found,
                _("The record of changes is broken at link {n} ({when}): something was altered there.").format(
                    n=seal.n, when=seal.at.isoformat(timespec="minutes")
                ),
            ]
        if seal.deed is Deed.OUTSIDE:
            found.append(
                _("Before link {n} something else than this program wrote {rows} rows.").format(
                    n=seal.n, rows=seal.last_log - seal.first_log + 1
                )
            )
        before = seal
    (logged,) = connection.execute(_LAST_LOG).fetchone()
    if int(logged) != (before.last_log if before else 0):
        found.append(_("Rows were written after the last link, by something else than this program."))
    return found
