"""The steps from an empty file to today's, each recorded in the file; a released step is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssc_hand.storage import schema
from ssc_hand.storage.driver import Connection, is_complete

if TYPE_CHECKING:
    from collections.abc import Callable

#: The name of the set in the file's list of migrations.
SET = "ssc_hand"


def m001_first_tables(db: Any) -> None:
    """Patients, visits, observations, lesions, procedures, amputations, settings, the list of a day."""
    for statement in statements(schema.M001):
        db.conn.execute(statement)


def m002_bedside(db: Any) -> None:
    """The course of a lesion in words, hands looked at, the protocol of a visit, and where each user left off."""
    for statement in statements(schema.M002):
        db.conn.execute(statement)


def m003_background(db: Any) -> None:
    """Medicines, complications, volumes per site, and the patient's allergies, smoking, antibodies and criteria."""
    for statement in statements(schema.M003):
        db.conn.execute(statement)


def m004_photographs(db: Any) -> None:
    """Photographs: what each shows and what was measured on it, and the pictures themselves."""
    for statement in statements(schema.M004):
        db.conn.execute(statement)


def m005_forestalled(db: Any) -> None:
    """Entries that another window forestalled, kept for their user until they are used or dropped."""
    for statement in statements(schema.M005):
        db.conn.execute(statement)


def m006_log(db: Any) -> None:
    """The log of changes and its chain of seals; what stands in the file becomes its beginning."""
    for statement in statements(schema.LOG):
        db.conn.execute(statement)


#: In order; the place of a step is the user_version of the file after it.
STEPS: tuple[Callable[[Any], None], ...] = (
    m001_first_tables,
    m002_bedside,
    m003_background,
    m004_photographs,
    m005_forestalled,
    m006_log,
)


def names() -> tuple[str, ...]:
    """The names of all steps this program knows, in order."""
    return tuple(step.__name__ for step in STEPS)


def applied(connection: Connection) -> tuple[str, ...]:
    """The names of the steps recorded in a file; raises the driver's error where it is no such file."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if found is None:
        return ()
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id", (SET,))
    return tuple(str(name) for (name,) in rows)


def migrate(connection: Connection) -> None:
    """Apply the steps that are pending, each in a transaction of its own."""
    # sqlite-utils takes longer to import than the window takes to open, and is needed here only.
    from sqlite_utils import Database, Migrations  # noqa: PLC0415 - start-up: a current file needs no migration

    steps = Migrations(SET)
    for number, step in enumerate(STEPS, start=1):
        steps(name=step.__name__)(_numbered(step, number))
    # A rebuilt table would otherwise take its children along (ON DELETE) or be refused inside a transaction.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        steps.apply(Database(connection, execute_plugins=False))
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


def _numbered(step: Callable[[Any], None], number: int) -> Callable[[Any], None]:
    """The step with its number written to the file in the same transaction."""

    def run(db: Any) -> None:
        step(db)
        broken = db.conn.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ValueError(f"{step.__name__} leaves {len(broken)} rows without what they refer to")
        db.conn.execute(f"PRAGMA user_version = {number:d}")

    return run


def statements(script: str) -> list[str]:
    """The single statements of a script; the driver's own way to run one commits first."""
    found, lines = [], []
    for line in script.splitlines(keepends=True):
        lines.append(line)
        if is_complete(statement := "".join(lines)):
            found.append(statement.strip())
            lines = []
    return found
