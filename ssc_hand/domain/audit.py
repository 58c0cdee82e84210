"""What is written down of every use of a clinic: who did what, when, to whose record, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import N_


class Deed(Term):
    """What was done; the stored key is part of the chain and never changes."""

    WRITE = "write", N_("entry")
    SETTINGS = "settings", N_("settings of the clinic")
    TODAY = "today", N_("today's list")
    IMPORT = "import", N_("import")
    MOVE = "move", N_("visit moved to another patient")
    MERGE = "merge", N_("patients merged")
    UNMERGE = "unmerge", N_("merged patients parted")
    FINISH = "finish", N_("visit finished")
    REOPEN = "reopen", N_("visit reopened")
    SIGN = "sign", N_("visit signed")
    AMEND = "amend", N_("visit amended")
    TAKE_OVER = "take_over", N_("draft taken over")
    READ = "read", N_("record read")
    PRINT = "print", N_("printed")
    EXPORT = "export", N_("exported")
    SIGN_IN = "sign_in", N_("signed in")
    SIGN_OUT = "sign_out", N_("signed out")
    SIGN_IN_FAILED = "sign_in_failed", N_("sign-in failed")
    RECOVERED = "recovered", N_("opened by the recovery code")
    PEOPLE = "people", N_("users and roles")
    PASSPHRASE = "passphrase", N_("passphrase changed")
    BACKUP = "backup", N_("backup")
    RESTORE = "restore", N_("restored from a backup")
    SALVAGE = "salvage", N_("rows saved from a damaged file")
    CONVERT = "convert", N_("converted")
    CREATE = "create", N_("clinic made")
    FAILURE = "failure", N_("failure")
    AUDIT = "audit", N_("this list was read")
    OUTSIDE = "outside", N_("written by something else than this program")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """One link of the chain: what was done, and the rows of the log that it covers (none where first > last)."""

    n: int
    first_log: int
    last_log: int
    at: datetime
    user: str
    deed: Deed
    patient_id: str
    reason: str
    mac: str

    @property
    def short(self) -> str:
        """The link as it is printed: its number and the beginning of its code."""
        return f"{self.n}-{self.mac[:8]}"
