"""Who may do what in a clinic: the one table of roles and rights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import N_, _


class Role(Term):
    """What somebody is in the clinic; a person may have several."""

    CLINICIAN = "clinician", N_("clinician")
    NURSE = "nurse", N_("nurse or therapist")
    SURGEON = "surgeon", N_("surgeon")
    STAFF = "staff", N_("clinic staff")
    AUDITOR = "auditor", N_("auditor")
    ADMINISTRATOR = "administrator", N_("administrator")


class Right(Term):
    """What may be done; the label completes "may not"."""

    FIND = "find", N_("find patients")
    READ = "read", N_("read records")
    RECORD = "record", N_("record values, lesions and photographs")
    FINISH = "finish", N_("finish and reopen visits")
    SIGN = "sign", N_("sign visits")
    AMEND = "amend", N_("amend signed visits")
    TAKE_OVER = "take_over", N_("take over another's draft")
    PROCEDURES = "procedures", N_("write procedures, amputations and complications")
    BACKGROUND = "background", N_("write medicines and risks")
    IDENTITY = "identity", N_("add patients and change identity data")
    TODAY = "today", N_("keep today's list")
    PRINT = "print", N_("print")
    EXPORT = "export", N_("export")
    IMPORT = "import", N_("import")
    MOVE = "move", N_("move visits and merge patients")
    AUDIT = "audit", N_("read the record of changes")
    SETTINGS = "settings", N_("change the settings of the clinic")
    PEOPLE = "people", N_("change users and roles")
    BACKUP = "backup", N_("make backups")
    RESTORE = "restore", N_("restore backups")


_EVERYBODY = frozenset({Right.BACKUP})
_READERS = frozenset({Right.FIND, Right.READ, Right.PRINT})
_RECORDERS = _READERS | {
    Right.RECORD,
    Right.FINISH,
    Right.BACKGROUND,
    Right.IDENTITY,
    Right.TODAY,
    Right.EXPORT,
}

#: Every cell of it is tested at the clinic itself, below any window.
RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.CLINICIAN: _EVERYBODY
        | _RECORDERS
        | {Right.SIGN, Right.AMEND, Right.TAKE_OVER, Right.PROCEDURES, Right.IMPORT, Right.MOVE},
        Role.NURSE: _EVERYBODY | _RECORDERS,
        Role.SURGEON: _EVERYBODY | _READERS | {Right.PROCEDURES, Right.EXPORT},
        Role.STAFF: _EVERYBODY | {Right.FIND, Right.IDENTITY, Right.TODAY, Right.PRINT},
        Role.AUDITOR: _EVERYBODY | {Right.AUDIT},
        Role.ADMINISTRATOR: _EVERYBODY | {Right.SETTINGS, Right.PEOPLE, Right.RESTORE, Right.AUDIT},
    }
)


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """Everything that somebody with these roles may do."""
    return frozenset().union(*(RIGHTS[role] for role in roles))


def check_right(right: Right, roles: Iterable[Role], user: str) -> None:
    """Raise `Refused`, naming who may, where none of the roles has a right."""
    if right in rights_of(roles):
        return
    who = ", ".join(role.label for role in Role if right in RIGHTS[role])
    raise Refused(
        _("{user} may not {what}. Nothing was changed; this is for: {who}.").format(
            user=user, what=right.label, who=who
        )
    )
