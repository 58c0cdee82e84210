"""The clinic about itself, and patients as lists show them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ssc_hand.domain.errors import Refused
from ssc_hand.domain.fields import Field, dump_all, load_all
from ssc_hand.domain.kinds import Choice, Number, Text, Value
from ssc_hand.domain.protocols import QUICK, read_own
from ssc_hand.domain.vocabulary import Expected, Sex, Term
from ssc_hand.i18n import N_, _


class Purpose(Term):
    """What the clinic's file is for; anything but real patients is labelled so on every page."""

    CLINIC = "clinic", N_("clinic")
    DEMO = "demo", N_("demonstration, synthetic patients")
    TEST = "test", N_("test, no real patients")


class Paper(Term):
    """The size of the clinic's paper."""

    A4 = "A4", N_("A4")
    LETTER = "Letter", N_("Letter")


class PaperLayout(Term):
    """The posture in which paper draws the hands."""

    AS_OWN = "as_own", N_("as if my own (fingers up)")
    FACING = "facing", N_("facing me (turned round)")


#: What a file name can be made of; the patient's name is not among it.
FILE_NAME_PARTS = ("record", "date", "document")
#: File systems take 255 bytes; a letter can be four, and the suffix comes on top.
_LONGEST_NAME = 60
_NOT_IN_FILE_NAMES = re.compile(r"[^\w.+-]+")

#: Limits for which the program has a proposal, where the clinic has said nothing.
_PROPOSED = frozenset({"far_refill", "far_temp", "far_pain"})

CLINIC: tuple[Field, ...] = (
    Field(key="name", label=N_("Name of the clinic"), kind=Text(lines=False), required=True),
    Field(key="telephone", label=N_("Telephone"), kind=Text(lines=False)),
    Field(key="address", label=N_("Address"), kind=Text(lines=True)),
    Field(key="purpose", label=N_("Purpose"), kind=Choice(Purpose), required=True),
    Field(
        key="older_from",
        label=N_("Refill limit of older adults from age"),
        kind=Number(hard=(18, 120), soft=(50, 90), decimals=0),
        hint=N_("years; empty: not used"),
    ),
    Field(
        key="far_refill",
        label=N_("Refill: ask again from a change of"),
        kind=Number(hard=(0.5, 30), soft=None, decimals=1),
        hint=N_("s; a proposal of this program"),
    ),
    Field(
        key="far_temp",
        label=N_("Temperature: ask again from a change of"),
        kind=Number(hard=(0.5, 40), soft=None, decimals=1),
        hint=N_("°C; a proposal of this program"),
    ),
    Field(
        key="far_pain",
        label=N_("Pain: ask again from a change of"),
        kind=Number(hard=(1, 10), soft=None, decimals=0),
        hint=N_("points; a proposal of this program"),
    ),
    Field(key="paper", label=N_("Paper"), kind=Choice(Paper), required=True),
    Field(key="paper_layout", label=N_("Hands on paper"), kind=Choice(PaperLayout), required=True),
    Field(
        key="file_name_pattern",
        label=N_("Names of saved files"),
        kind=Text(lines=False),
        required=True,
        hint=N_("made of {record}, {date}, {document}"),
    ),
    Field(key="protocol", label=N_("Protocol of new visits"), kind=Text(lines=False)),
    Field(key="own_protocols", label=N_("Own protocols"), kind=Text(lines=True)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicSettings:
    """What a clinic says about itself; kept in its file, the same on every computer."""

    name: str
    telephone: str | None = None
    address: str | None = None
    purpose: Purpose = Purpose.CLINIC
    #: The age from which published limits of older adults apply; None while the clinic has not set one.
    older_from: int | None = None
    #: Changes since the last visit from which a value is asked about: seconds, °C, points of pain. No published rule;
    #: the defaults are proposals of this program.
    far_refill: float = 5.0
    far_temp: float = 8.0
    far_pain: int = 5
    paper: Paper = Paper.A4
    paper_layout: PaperLayout = PaperLayout.AS_OWN
    file_name_pattern: str = "{record}_{date}_{document}"
    #: The key of the protocol that new visits follow; None is quick, as in a file from before there were protocols.
    protocol: str | None = QUICK.key
    #: The clinic's own protocols, as `protocols.write_own` puts them.
    own_protocols: str | None = None

    def file_name(self, *, record: str, day: date, document: str) -> str:
        """The name of a saved document, without suffix and without anything a file system objects to."""
        parts = {"record": record, "date": day.isoformat(), "document": document}
        name = re.sub(r"\{(\w+)\}", lambda part: parts[part[1]], self.file_name_pattern)
        return _NOT_IN_FILE_NAMES.sub("-", name)[:_LONGEST_NAME].strip("-.") or "ssc-hand"


def clinic_settings(stored: Mapping[str, object]) -> ClinicSettings:
    """The settings from stored or typed scalars; raises `Refused` naming the first bad field."""
    values: dict[str, Value | None] = load_all(CLINIC, stored)
    for field in dataclasses.fields(ClinicSettings):
        if field.name in _PROPOSED and values[field.name] is None:
            values[field.name] = field.default
    _check_pattern(str(values["file_name_pattern"]))
    read_own(values["own_protocols"])
    return ClinicSettings(**values)  # type: ignore[arg-type]


def checked(settings: ClinicSettings) -> ClinicSettings:
    """The settings cleaned as if they had been typed; raises `Refused` naming the first bad field."""
    return clinic_settings(dump_all(CLINIC, settings))


def _check_pattern(pattern: str) -> None:
    unknown = set(re.findall(r"\{([^{}]*)\}", pattern)) - set(FILE_NAME_PARTS)
    rest = re.sub(r"\{\w+\}", "", pattern)
    if unknown or set("{}/\\") & set(rest) or "{" not in pattern:
        raise Refused(
            _("Names of saved files: “{pattern}” must be made of {parts}.").format(
                pattern=pattern, parts=", ".join(f"{{{part}}}" for part in FILE_NAME_PARTS)
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientLine:
    """One patient as a list shows them."""

    id: str
    record_number: str
    full_name: str
    birth_date: date | None
    sex: Sex | None
    #: Number of visits, drafts included.
    visits: int
    last_visit: date | None
    has_draft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedLine:
    """One patient on the list of a day, and how far the visit has come."""

    patient: PatientLine
    state: Expected
