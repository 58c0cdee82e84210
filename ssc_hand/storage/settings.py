"""What the clinic says about itself, one row per setting."""

from __future__ import annotations

from typing import Any

from ssc_hand.domain.clinic import CLINIC, ClinicSettings, checked, clinic_settings
from ssc_hand.domain.fields import dump_all
from ssc_hand.domain.kinds import Number
from ssc_hand.storage.driver import Connection
from ssc_hand.storage.writing import Batch

_ALL = "SELECT key, value FROM setting WHERE withdrawn_at IS NULL"
_WRITE = (
    "INSERT INTO setting (key, value, created_at, created_by, changed_at, changed_by, version) "
    "VALUES (?, ?, ?, ?, ?, ?, 1) ON CONFLICT (key) DO UPDATE SET value = excluded.value, "
    "changed_at = excluded.changed_at, changed_by = excluded.changed_by, version = version + 1 "
    "WHERE value IS NOT excluded.value"
)


def scalars_of(settings: ClinicSettings) -> dict[str, Any]:
    """The settings as they are stored; raises `Refused` naming the first bad field."""
    return dump_all(CLINIC, checked(settings))


def read(connection: Connection) -> ClinicSettings:
    """The settings in the file; raises `Refused` for what no settings can be."""
    stored: dict[str, object] = dict(connection.execute(_ALL))
    for field in CLINIC:  # one column keeps all kinds of settings as text
        if isinstance(field.kind, Number) and stored.get(field.key) is not None:
            stored[field.key] = field.parse(str(stored[field.key]))
    return clinic_settings(stored)


def write(batch: Batch, values: dict[str, Any]) -> None:
    """Write the settings that differ; the last writer of a setting counts."""
    for key, value in values.items():
        text = None if value is None else str(value)
        batch.connection.execute(_WRITE, (key, text, batch.moment, batch.by, batch.moment, batch.by))
