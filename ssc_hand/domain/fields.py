"""The fields of each kind of record: one entry drives the check, the form row, the column and the bundle key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ssc_hand.domain.anatomy import Digit
from ssc_hand.domain.background_terms import (
    AllergyStatus,
    AntibodyResult,
    ComplicationKind,
    Grade,
    MedicineKind,
    Outcome,
    Smoking,
)
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.injections import Injections
from ssc_hand.domain.kinds import Choice, Day, Flag, HistoryDate, Kind, Moment, Number, Several, Text, Value
from ssc_hand.domain.vocabulary import (
    AmputationCause,
    AmputationLevel,
    Depth,
    Judgement,
    LesionKind,
    Location,
    Origin,
    ProcedureKind,
    ProcedureState,
    RefillSite,
    Sex,
    Side,
    Sign,
    SizeChange,
    Status,
    Subset,
    VisitKind,
)
from ssc_hand.i18n import N_, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One named thing that a record says; None means not recorded."""

    #: Attribute, column and bundle key; never changes, never reused.
    key: str
    label: str
    kind: Kind | Injections
    required: bool = False
    #: Shown behind the field: unit or how to write it.
    hint: str = ""

    @property
    def name(self) -> str:
        """The label in the user's language."""
        return _(self.label)

    def parse(self, text: str) -> Value | None:
        """The value typed; an empty text is "not recorded". Raises `Refused` naming the field."""
        if not text.strip():
            self._check_empty()
            return None
        return self._unless_blank(self._named(self.kind.parse, text))

    def load(self, stored: object) -> Value | None:
        """The value of a stored or imported scalar. Raises `Refused` naming the field."""
        if stored is None or stored == "":
            self._check_empty()
            return None
        return self._unless_blank(self._named(self.kind.load, stored))

    def dump(self, value: Value | None) -> Any:
        """The scalar to store; None for not recorded."""
        return None if value is None else self.kind.dump(value)

    def format(self, value: Value | None) -> str:
        """The value for people; empty where not recorded."""
        return "" if value is None else self.kind.format(value)

    def _unless_blank(self, value: Value) -> Value | None:
        """The value; a text of which cleaning left nothing is "not recorded"."""
        if value == "":
            self._check_empty()
            return None
        return value

    def _check_empty(self) -> None:
        if self.required:
            raise Refused(_("{field} is needed and is empty.").format(field=self.name))

    def _named(self, read: Any, given: object) -> Value:
        try:
            return read(given)
        except Refused as refused:
            raise Refused(f"{self.name}: {refused}") from None


_LINE = Text(lines=False)
_NOTE = Text(lines=True)
_ML = Number(hard=(0, 1000), soft=(0, 200), decimals=1)
_MM = Number(hard=(0, 100), soft=(0, 30), decimals=1)
_DATE_HINT = N_("YYYY, YYYY-MM or YYYY-MM-DD")

#: Who the patient is.
PERSON: tuple[Field, ...] = (
    Field(key="record_number", label=N_("Record number"), kind=_LINE, required=True),
    Field(key="family_name", label=N_("Family name"), kind=_LINE, required=True),
    Field(key="given_name", label=N_("Given name"), kind=_LINE),
    Field(key="birth_date", label=N_("Birth date"), kind=Day(), hint=N_("YYYY-MM-DD")),
    Field(key="sex", label=N_("Sex"), kind=Choice(Sex)),
    Field(key="dominant_hand", label=N_("Dominant hand"), kind=Choice(Side)),
    Field(key="subset", label=N_("SSc subset"), kind=Choice(Subset)),
    Field(key="first_raynaud", label=N_("First Raynaud's"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="first_other", label=N_("First other sign"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)

#: What a surgeon fears, and what was asked and denied: "none" is an answer of its own.
RISKS: tuple[Field, ...] = (
    Field(key="allergy_status", label=N_("Allergies"), kind=Choice(AllergyStatus)),
    Field(key="allergies", label=N_("Allergic to"), kind=_LINE),
    Field(key="smoking", label=N_("Smoking"), kind=Choice(Smoking)),
    Field(key="pack_years", label=N_("Pack-years"), kind=Number(hard=(0, 300), soft=(0, 100), decimals=1)),
    Field(key="smoking_stopped", label=N_("Stopped smoking"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="medicines_none_on", label=N_("No medicine taken, asked on"), kind=HistoryDate(), hint=_DATE_HINT),
)

ANTIBODIES: tuple[Field, ...] = (
    Field(key="ana", label=N_("ANA"), kind=Choice(AntibodyResult)),
    Field(key="anticentromere", label=N_("Anticentromere"), kind=Choice(AntibodyResult)),
    Field(key="anti_scl70", label=N_("Anti-Scl-70"), kind=Choice(AntibodyResult)),
    Field(key="anti_rna_pol3", label=N_("Anti-RNA polymerase III"), kind=Choice(AntibodyResult)),
)

#: What the ACR/EULAR 2013 criteria ask for beside the antibodies: present now or ever
#: (doi:10.1136/annrheumdis-2013-204424).
EVER_PRESENT: tuple[Field, ...] = (
    Field(key="ever_proximal_skin", label=N_("Thick skin of both hands to above the MCP joints"), kind=Flag()),
    Field(key="ever_puffy", label=N_("Puffy fingers"), kind=Flag()),
    Field(key="ever_sclerodactyly", label=N_("Sclerodactyly"), kind=Flag()),
    Field(key="ever_tip_ulcers", label=N_("Digital tip ulcers"), kind=Flag()),
    Field(key="ever_pitting_scars", label=N_("Fingertip pitting scars"), kind=Flag()),
    Field(key="ever_telangiectasia", label=N_("Telangiectasia"), kind=Flag()),
    Field(key="ever_capillaries", label=N_("Abnormal nailfold capillaries"), kind=Flag()),
    Field(key="ever_pah", label=N_("Pulmonary arterial hypertension"), kind=Flag()),
    Field(key="ever_ild", label=N_("Interstitial lung disease"), kind=Flag()),
    Field(key="ever_raynaud", label=N_("Raynaud's phenomenon"), kind=Flag()),
)

STUDY: tuple[Field, ...] = (
    Field(key="study_id", label=N_("Study number"), kind=_LINE),
    Field(key="study_arm", label=N_("Arm of the study"), kind=_LINE),
    Field(key="randomised_on", label=N_("Randomised on"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="treated_hand", label=N_("Treated hand"), kind=Choice(Side)),
    Field(key="treated_reason", label=N_("Why this hand"), kind=_LINE),
)

PATIENT: tuple[Field, ...] = (*PERSON, *RISKS, *ANTIBODIES, *EVER_PRESENT, *STUDY)

MEDICINE: tuple[Field, ...] = (
    Field(key="kind", label=N_("Class"), kind=Choice(MedicineKind), required=True),
    Field(key="name", label=N_("Name"), kind=_LINE),
    Field(key="dose", label=N_("Dose"), kind=_LINE),
    Field(key="start", label=N_("Start"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="stop", label=N_("Stop"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="last_dose", label=N_("Last dose or infusion"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)

COMPLICATION: tuple[Field, ...] = (
    Field(key="kind", label=N_("Complication"), kind=Choice(ComplicationKind), required=True),
    Field(key="date", label=N_("Date"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="side", label=N_("Side"), kind=Choice(Side)),
    Field(key="digits", label=N_("Digits"), kind=Several(Digit)),
    Field(key="grade", label=N_("Grade"), kind=Choice(Grade)),
    Field(key="action", label=N_("Action taken"), kind=_LINE),
    Field(key="outcome", label=N_("Outcome"), kind=Choice(Outcome)),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)

PROCEDURE: tuple[Field, ...] = (
    Field(key="kind", label=N_("Procedure"), kind=Choice(ProcedureKind), required=True),
    Field(key="side", label=N_("Side"), kind=Choice(Side), required=True),
    Field(key="digits", label=N_("Digits"), kind=Several(Digit)),
    Field(key="date", label=N_("Date"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="state", label=N_("State"), kind=Choice(ProcedureState), required=True),
    Field(key="fat_ml", label=N_("Fat in all"), kind=_ML, hint=N_("ml")),
    Field(key="adsvf_ml", label=N_("ADSVF in all"), kind=_ML, hint=N_("ml")),
    Field(
        key="injections",
        label=N_("Volume per site"),
        kind=Injections(),
        hint=N_("one site a line, ml of fat + ml of ADSVF, such as: palm: 10 + 0.5"),
    ),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)

AMPUTATION: tuple[Field, ...] = (
    Field(key="level", label=N_("Level"), kind=Choice(AmputationLevel), required=True),
    Field(key="date", label=N_("Date"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="cause", label=N_("Cause"), kind=Choice(AmputationCause)),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)

#: What a lesion is, whatever the visit; its site, aspect and point stand beside these.
LESION: tuple[Field, ...] = (
    Field(key="kind", label=N_("Kind"), kind=Choice(LesionKind), required=True),
    Field(key="location", label=N_("Place on the digit"), kind=Choice(Location)),
    Field(key="origin", label=N_("Origin"), kind=Choice(Origin)),
    Field(key="onset", label=N_("Onset"), kind=HistoryDate(), hint=_DATE_HINT),
)

#: How a lesion was found at one visit.
LESION_STATE: tuple[Field, ...] = (
    Field(key="status", label=N_("Status"), kind=Choice(Status), required=True),
    Field(key="size_change", label=N_("Since the last visit"), kind=Choice(SizeChange)),
    Field(key="length_mm", label=N_("Length"), kind=_MM, hint=N_("mm")),
    Field(key="width_mm", label=N_("Width"), kind=_MM, hint=N_("mm")),
    Field(key="depth", label=N_("Depth"), kind=Choice(Depth)),
    Field(key="infection", label=N_("Infection"), kind=Choice(Judgement)),
    Field(key="signs", label=N_("Signs of infection"), kind=Several(Sign)),
    Field(key="swab", label=N_("Swab"), kind=_LINE, hint=N_("date and result")),
    Field(key="exposed_bone", label=N_("Exposed bone"), kind=Flag()),
    Field(key="osteomyelitis", label=N_("Suspected osteomyelitis"), kind=Flag()),
    Field(key="pain", label=N_("Pain"), kind=Number(hard=(0, 10), soft=None, decimals=0), hint="0–10"),
    Field(key="healed_on", label=N_("Healed on"), kind=HistoryDate(), hint=_DATE_HINT),
    Field(key="note", label=N_("Note"), kind=_NOTE),
)
#: Fields of a state that say something about an ulcer only.
ULCER_ONLY = frozenset({"depth", "infection", "signs", "swab", "exposed_bone", "osteomyelitis", "origin", "healed_on"})

VISIT: tuple[Field, ...] = (
    Field(key="at", label=N_("Date and time"), kind=Moment(), required=True),
    Field(key="kind", label=N_("Kind of visit"), kind=Choice(VisitKind), required=True),
    Field(key="protocol", label=N_("Protocol"), kind=_LINE),
    Field(key="lesions_reviewed", label=N_("Both hands looked at for lesions"), kind=Flag()),
    Field(key="examiner", label=N_("Examiner"), kind=_LINE),
    Field(key="examiner_role", label=N_("Role"), kind=_LINE),
    Field(key="seated_since", label=N_("Seated since"), kind=Moment()),
    Field(key="device", label=N_("Thermometer or camera"), kind=_LINE),
    Field(key="refill_site", label=N_("Refill pressed at"), kind=Choice(RefillSite)),
    Field(key="last_vasodilator", label=N_("Last vasodilator or iloprost"), kind=_LINE),
    Field(key="smoke", label=N_("Last smoke"), kind=_LINE),
    Field(key="caffeine", label=N_("Last caffeine"), kind=_LINE),
    Field(key="reason", label=N_("Reason for the visit"), kind=_NOTE),
    Field(key="ulcer_history", label=N_("Ulcers since the last visit, by history"), kind=_NOTE),
    Field(key="findings", label=N_("Findings"), kind=_NOTE),
    Field(key="plan", label=N_("Plan"), kind=_NOTE),
    Field(key="next_review", label=N_("Next review"), kind=HistoryDate(), hint=_DATE_HINT),
)
#: What is said of a photograph; what it shows and what was measured on it stand beside these.
PHOTOGRAPH: tuple[Field, ...] = (
    Field(key="caption", label=N_("Caption"), kind=_LINE),
    Field(key="taken_at", label=N_("Taken"), kind=Moment()),
)

#: Fields of a visit that tell under which conditions values were measured.
CONDITIONS = ("device", "refill_site", "last_vasodilator", "smoke", "caffeine")


def field_of(fields: tuple[Field, ...], key: str) -> Field:
    """The field with this key."""
    return next(field for field in fields if field.key == key)


def load_all(fields: tuple[Field, ...], stored: Mapping[str, object]) -> dict[str, Value | None]:
    """The values of all fields from stored or imported scalars; raises `Refused` naming the first bad field."""
    return {field.key: field.load(stored.get(field.key)) for field in fields}


def dump_all(fields: tuple[Field, ...], record: object) -> dict[str, Any]:
    """The scalars of all fields of a record, keyed as stored."""
    return {field.key: field.dump(getattr(record, field.key)) for field in fields}
