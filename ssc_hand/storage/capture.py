"""Every row that is written leaves its old and its new state in the log, by triggers that no caller can forget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssc_hand.storage.driver import Connection

#: The tables of the log itself, what SQLite keeps of itself, and what only helps: where users left off, who was
#: touched last, the words of the search.
_NOT_CAPTURED = ("change_log", "seal", "desk", "touched", "_sqlite_migrations")
_HELPERS = ("sqlite_", "patient_words")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
_COLUMNS = "SELECT name, type, pk FROM pragma_table_info(?) ORDER BY cid"
_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'capture@_%' ESCAPE '@'"


@dataclass(frozen=True, slots=True)
class Captured:
    """A table whose rows are captured."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[str, ...]

    def key(self, row: str) -> str:
        """The expression for the key of a row."""
        return f"json_array({', '.join(f'{row}.{each}' for each in self.keys)})"

    def state(self, row: str) -> str:
        """The expression for the state of a row; pictures are told by their description, which has their SHA-256."""
        pairs = (f"'{each}', {row}.{each}" for each in self.columns)
        return f"json_object({', '.join(pairs)})"

    @property
    def triggers(self) -> dict[str, str]:
        """The statements of its triggers, by name."""
        into = "INSERT INTO change_log (tab, key, op, old, new) VALUES"
        kinds = (
            ("insert", "new", f"'I', NULL, {self.state('new')}"),
            ("update", "new", f"'U', {self.state('old')}, {self.state('new')}"),
            ("delete", "old", f"'D', {self.state('old')}, NULL"),
        )
        return {
            f"capture_{self.name}_{kind}": (
                f"CREATE TRIGGER capture_{self.name}_{kind} AFTER {kind.upper()} ON {self.name} BEGIN "
                f"{into} ('{self.name}', {self.key(row)}, {values}); END"
            )
            for kind, row, values in kinds
        }


def captured(connection: Connection) -> Iterator[Captured]:
    """The tables of a file that are captured, in the order of their names."""
    for (name,) in connection.execute(_TABLES).fetchall():
        if name in _NOT_CAPTURED or str(name).startswith(_HELPERS):
            continue
        columns = [(str(column), str(kind), int(key)) for column, kind, key in connection.execute(_COLUMNS, (name,))]
        keys = [column for _place, column in sorted((key, column) for column, _kind, key in columns if key)]
        yield Captured(str(name), tuple(keys), tuple(column for column, kind, _key in columns if kind != "BLOB"))


def missing(connection: Connection) -> list[str]:
    """The triggers that are not as they must be, by name."""
    there = dict(connection.execute(_TRIGGERS).fetchall())
    wanted = {name: sql for table in captured(connection) for name, sql in table.triggers.items()}
    return sorted(name for name in {*there, *wanted} if there.get(name) != wanted.get(name))


def ensure(connection: Connection) -> None:
    """Make the triggers anew where a table was made or changed, and put how its rows stand now into the log."""
    there = dict(connection.execute(_TRIGGERS).fetchall())
    for table in captured(connection):
        wanted = table.triggers
        if all(there.pop(name, None) == sql for name, sql in wanted.items()):
            continue
        for name, sql in wanted.items():
            connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            connection.execute(sql)
        connection.execute(
            f"INSERT INTO change_log (tab, key, op, old, new) SELECT '{table.name}', {table.key('t')}, 'I', NULL, "
            f"{table.state('t')} FROM {table.name} AS t"
        )
    for name in there:  # of a table that is gone
        connection.execute(f"DROP TRIGGER {name}")


def differences(connection: Connection) -> dict[str, int]:
    """How many rows of each table are not as the log says when it is replayed; a table without any is left out."""
    found = {}
    for table in captured(connection):
        last = "SELECT new FROM change_log WHERE tab = ?1 AND key = {key} ORDER BY n DESC LIMIT 1"
        (other,) = connection.execute(
            f"SELECT count(*) FROM {table.name} AS t WHERE {table.state('t')} IS NOT "
            f"({last.format(key=table.key('t'))})",
            (table.name,),
        ).fetchone()
        (told,) = connection.execute(
            "SELECT count(*) FROM (SELECT key, new, max(n) FROM change_log WHERE tab = ?1 GROUP BY key) "
            "WHERE new IS NOT NULL",
            (table.name,),
        ).fetchone()
        (there,) = connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()
        if other or told != there:
            found[table.name] = max(int(other), abs(int(told) - int(there)))
    return found
