"""Clinic: one open clinic, records in and records out; used on one thread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from ssc_hand.domain.audit import Deed, Seal
from ssc_hand.domain.changes import Change
from ssc_hand.domain.clinic import ClinicSettings, ExpectedLine, PatientLine
from ssc_hand.domain.desk import EntryPlace, Forestalled, KeepPlace, LeftOff
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.people import SignIn
from ssc_hand.domain.records import PatientRecord, Stamp
from ssc_hand.domain.text import clean_name
from ssc_hand.i18n import _
from ssc_hand.storage import anchor, capture, desk, forestalled, measures, photographs, reading, seals, settings, today
from ssc_hand.storage.access import Access, found_access, unlock
from ssc_hand.storage.checking import check_file
from ssc_hand.storage.database import Database, UnclearCommit, check_place, create_database, open_database
from ssc_hand.storage.driver import Connection, Troubles
from ssc_hand.storage.failures import Failure, StorageUnavailable, failed
from ssc_hand.storage.health import check_whole
from ssc_hand.storage.seals import Act
from ssc_hand.storage.writing import Batch

#: Deeds that leave no link where they changed no row.
_ONLY_WITH_ROWS = frozenset({Deed.WRITE, Deed.SETTINGS, Deed.TODAY, Deed.CONVERT})


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


class Clinic:
    """One clinic, open for one user; close it, or use it in a `with`. Raises `Unavailable` where the file fails."""

    def __init__(self, database: Database, access: Access, *, now: Callable[[], datetime] = _now) -> None:
        self._database = database
        self._access = access
        self._by = clean_name(access.user)
        self._now = now
        self._audit = access.key.audit
        self._is_sure = False
        self._last: Seal | None = None
        self._anchored: Seal | None = None

    @classmethod
    def create(cls, folder: Path, settings_: ClinicSettings, *, by: SignIn, recovery: str = "") -> Clinic:
        """Make a clinic in a folder that is absent or empty, with its first user and the code that also opens it.

        Raises `Refused` for settings that cannot be.
        """
        values = settings.scalars_of(settings_)
        access, keys = found_access(settings_.purpose, by, recovery)

        def fill(connection: Connection) -> None:
            measures.teach(connection, measures.unknown_to_file(connection, folder))
            settings.write(Batch(connection, access.user, _now()), values)
            seals.add(connection, access.key.audit, Act(access.user, Deed.CREATE), _now())

        return cls(create_database(folder, keys, access.key.database, fill), access)

    @classmethod
    def open(cls, folder: Path, *, by: SignIn) -> Clinic:
        """Open the clinic in a folder; each failure has its own kind and sentence.

        Raises `NotSignedIn` where name or passphrase is not right.
        """
        check_place(folder)
        return cls.enter(folder, unlock(folder, by))

    @classmethod
    def enter(cls, folder: Path, access: Access) -> Clinic:
        """Open the clinic in a folder with a key that is at hand."""

        def at_conversion(connection: Connection) -> None:
            seals.add(connection, access.key.audit, Act(access.user, Deed.CONVERT), _now())

        clinic = cls(open_database(folder, access.key.database, at_conversion), access)
        try:
            clinic._begin()
        except BaseException:
            clinic.close()
            raise
        return clinic

    def __enter__(self) -> Clinic:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; without harm when called twice."""
        self._drop_anchor()
        self._database.close()

    def _drop_anchor(self) -> None:
        """Keep the last link beside the file; where that fails, the one before stays and still holds."""
        if self._last is not None and self._last != self._anchored:
            with suppress(OSError):
                anchor.write(self.folder, self._access.clinic_id, self._last)
            self._anchored = self._last

    def _begin(self) -> None:
        """Let the file learn the measures it does not know yet."""
        folder = self._database.path.parent
        with self._database.reading() as connection:
            new = measures.unknown_to_file(connection, folder)
        if new:
            with self._batch(Deed.CONVERT) as batch:
                measures.teach(batch.connection, new)

    @contextmanager
    def _batch(self, deed: Deed, *, patient_id: str = "", reason: str = "") -> Iterator[Batch]:
        """One transaction, sealed at its end; where that end is unclear, the file is asked."""
        self.make_sure()
        batch: Batch | None = None
        try:
            with self._database.writing() as connection:
                batch = Batch(connection, self._by, self._now())
                seals.mark_outside(connection, self._audit, batch.now)
                yield batch
                batch.finish()
                self._seal(connection, Act(self._by, deed, patient_id or batch.patient_id, reason), batch.now)
        except UnclearCommit as error:
            if batch is None or not self._is_saved(batch):
                raise failed(error.__cause__ or error, self._database.path) from error

    def _seal(self, connection: Connection, act: Act, at: datetime) -> None:
        """Close a transaction with a link; one that only kept a place has nothing to be told of."""
        before = seals.last(connection)
        if act.deed in _ONLY_WITH_ROWS and not seals.has_rows(connection, before):
            return
        self._last = seals.add(connection, self._audit, act, at)

    def note(self, deed: Deed, *, patient_id: str = "", reason: str = "") -> Seal:
        """Write down what was done without writing to a record: read, printed, exported; gives the link."""
        with self._batch(deed, patient_id=patient_id, reason=reason):
            pass
        assert self._last is not None
        return self._last

    def make_sure(self) -> None:
        """Look once, before the first write, whether the file is whole and is the one that was written last.

        Raises `Unavailable`; then nothing more is written to it.
        """
        if self._is_sure:
            return
        with self._database.reading() as connection:
            check_whole(connection, self._database.path)
            if capture.missing(connection):
                raise StorageUnavailable(Failure.SAFEGUARD, self._database.path)
            if not anchor.is_held(self.folder, self._access.clinic_id, connection):
                raise StorageUnavailable(Failure.OLDER_FILE, self._database.path)
        self._is_sure = True

    def _is_saved(self, batch: Batch) -> bool:
        """Whether the file holds what was written, seen through a connection of its own."""
        try:
            if batch.trace:
                return self._database.holds(batch.trace, batch.moment)
        except Troubles as error:
            raise StorageUnavailable(Failure.UNCLEAR, self._database.path) from error
        raise StorageUnavailable(Failure.UNCLEAR, self._database.path)

    # -- the clinic itself ---------------------------------------------------------------------------------------

    @property
    def user(self) -> str:
        """The name of whoever has opened the clinic, as it stands beside every entry."""
        return self._by

    @property
    def folder(self) -> Path:
        """Where the clinic lies."""
        return self._database.path.parent

    @property
    def settings(self) -> ClinicSettings:
        """What the clinic says about itself, as it stands in the file now."""
        with self._reading() as connection:
            return settings.read(connection)

    def save_settings(self, new: ClinicSettings) -> None:
        """Keep what the clinic says about itself; raises `Refused` naming the first bad field."""
        values = settings.scalars_of(new)
        with self._batch(Deed.SETTINGS) as batch:
            settings.write(batch, values)

    def check(self) -> list[str]:
        """What is wrong with the file and its records, one sentence each; empty when all is well."""
        try:
            with self._database.reading() as connection:
                return check_file(connection)
        except StorageUnavailable as unavailable:
            return [str(unavailable)]

    # -- finding -------------------------------------------------------------------------------------------------

    def find(self, text: str, *, limit: int = 200) -> list[PatientLine]:
        """Patients by name, record number or birth date as typed, in the order of names; all for an empty text."""
        with self._reading() as connection:
            return reading.find(connection, text, limit)

    def recent(self, limit: int = 12) -> list[PatientLine]:
        """The patients written to last, the latest first."""
        with self._reading() as connection:
            return reading.recent(connection, limit)

    def record(self, patient_id: str) -> PatientRecord:
        """A whole patient; raises `Refused` where there is none with this id."""
        with self._reading() as connection:
            found = reading.read_record(connection, patient_id)
        if found is None:
            raise Refused(_("This patient is not in the clinic's file; find the patient again."))
        return found

    def by_number(self, record_number: str) -> PatientRecord:
        """The whole patient with a record number; raises `Refused` where there is none."""
        number = clean_name(record_number)
        with self._reading() as connection:
            patient_id = reading.id_by_number(connection, number)
            found = None if patient_id is None else reading.read_record(connection, patient_id)
        if found is None:
            raise Refused(_("There is no patient with the record number “{number}”.").format(number=record_number[:40]))
        return found

    def all_ids(self) -> list[str]:
        """The ids of all patients, in the order of their record numbers."""
        with self._reading() as connection:
            return reading.all_ids(connection)

    def picture(self, photograph_id: str) -> bytes | None:
        """The picture of a photograph as JPEG; None where the file has only its description."""
        with self._reading() as connection:
            return photographs.content_of(connection, photograph_id)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Reading where a row that is no record is a failure of the file, not of the person at the screen."""
        with self._database.reading() as connection:
            try:
                yield connection
            except reading.UNREADABLE as error:
                raise StorageUnavailable(Failure.UNREADABLE, self._database.path) from error

    # -- writing -------------------------------------------------------------------------------------------------

    def write(self, *changes: Change | KeepPlace, deed: Deed = Deed.WRITE, reason: str = "") -> tuple[Stamp, ...]:
        """Write all changes or, where one is `Refused` or a `Conflict`, none; the stamps in the order of changes.

        A place that is kept has no stamp.
        """
        with self._batch(deed, reason=reason) as batch:
            stamps = [batch.apply(change) for change in changes if not isinstance(change, KeepPlace)]
            for place in changes:
                if isinstance(place, KeepPlace):
                    desk.keep(batch, place)
            return tuple(stamps)

    # -- where a user left off -----------------------------------------------------------------------------------

    def left_off(self) -> LeftOff | None:
        """The draft that this user left, to go on with; never that of another user, nor a final visit."""
        with self._reading() as connection:
            return desk.left_off(connection, self._by)

    # -- what another window forestalled -------------------------------------------------------------------------

    def keep_forestalled(
        self, visit_id: str, entries: Iterable[Forestalled], decided: Iterable[EntryPlace] = ()
    ) -> None:
        """Keep what this user entered and could not write, and forget what was decided."""
        with self._batch(Deed.WRITE) as batch:
            forestalled.keep(batch, visit_id, entries, decided)

    def forestalled(self, visit_id: str) -> tuple[Forestalled, ...]:
        """What waits for a decision of this user at a visit, oldest first."""
        with self._reading() as connection:
            return forestalled.of_visit(connection, self._by, visit_id)

    # -- the list of a day ---------------------------------------------------------------------------------------

    def expected(self, day: date) -> list[ExpectedLine]:
        """The patients expected on a day, and how far each visit has come."""
        with self._reading() as connection:
            return reading.expected(connection, day)

    def expect(self, day: date, patient_ids: Iterable[str]) -> None:
        """Put patients on the list of a day; raises `Refused`, and adds none, where one is not in the file."""
        with self._batch(Deed.TODAY) as batch:
            today.expect(batch, day, patient_ids)

    def unexpect(self, day: date, patient_id: str) -> None:
        """Take a patient off the list of a day."""
        with self._batch(Deed.TODAY) as batch:
            today.unexpect(batch, day, patient_id)
