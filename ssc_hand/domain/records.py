"""Patient, Visit, Observation, Lesion and their kin: frozen, changed only by making another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ssc_hand.domain.anatomy import Aspect, Digit, Hand, Phalanx, Site
from ssc_hand.domain.background_terms import AllergyStatus, AntibodyResult, Smoking
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import PartialDate, age_on
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.injections import InjectionList
from ssc_hand.domain.kinds import Value
from ssc_hand.domain.photographs import Photograph
from ssc_hand.domain.treatment import Complication, Medicine
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
    Reason,
    RefillSite,
    Sex,
    Side,
    Sign,
    SizeChange,
    Status,
    Subset,
    VisitKind,
    VisitState,
)
from ssc_hand.i18n import _


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who wrote a row, when, and how often it has been written (the version that the next writer must name)."""

    by: str
    at: dt.datetime
    version: int


#: A record that no file has seen yet.
UNSAVED: Stamp | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A person in the clinic's record."""

    id: str
    record_number: str
    family_name: str
    given_name: str | None = None
    birth_date: dt.date | None = None
    sex: Sex | None = None
    dominant_hand: Side | None = None
    subset: Subset | None = None
    first_raynaud: PartialDate | None = None
    first_other: PartialDate | None = None
    note: str | None = None
    allergy_status: AllergyStatus | None = None
    allergies: str | None = None
    smoking: Smoking | None = None
    pack_years: float | None = None
    smoking_stopped: PartialDate | None = None
    #: When the patient said to take none; a medicine recorded since then makes this history, not a contradiction.
    medicines_none_on: PartialDate | None = None
    ana: AntibodyResult | None = None
    anticentromere: AntibodyResult | None = None
    anti_scl70: AntibodyResult | None = None
    anti_rna_pol3: AntibodyResult | None = None
    ever_proximal_skin: bool | None = None
    ever_puffy: bool | None = None
    ever_sclerodactyly: bool | None = None
    ever_tip_ulcers: bool | None = None
    ever_pitting_scars: bool | None = None
    ever_telangiectasia: bool | None = None
    ever_capillaries: bool | None = None
    ever_pah: bool | None = None
    ever_ild: bool | None = None
    ever_raynaud: bool | None = None
    study_id: str | None = None
    study_arm: str | None = None
    randomised_on: PartialDate | None = None
    treated_hand: Side | None = None
    treated_reason: str | None = None
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    @property
    def full_name(self) -> str:
        """Family name first, as lists and banners show it."""
        return f"{self.family_name}, {self.given_name}" if self.given_name else self.family_name

    def age_on(self, day: dt.date) -> int | None:
        """Completed years on a day; None where the birth date is not recorded."""
        return None if self.birth_date is None else age_on(self.birth_date, day)


#: Procedures of the whole body: a side or a digit means nothing.
WHOLE_BODY = frozenset({ProcedureKind.HYPERBARIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure on one hand or both, or of the whole body: planned, done or cancelled."""

    id: str
    patient_id: str
    kind: ProcedureKind
    side: Side
    digits: tuple[Digit, ...] | None = None
    date: PartialDate | None = None
    state: ProcedureState
    #: Volumes in all, in ml, as noted at the operation; the sites may say another sum.
    fat_ml: float | None = None
    adsvf_ml: float | None = None
    injections: InjectionList | None = None
    note: str | None = None
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    def __post_init__(self) -> None:
        if self.kind in WHOLE_BODY:  # whatever an older entry says
            object.__setattr__(self, "side", Side.BOTH)
            object.__setattr__(self, "digits", None)

    @property
    def hands(self) -> tuple[Hand, ...]:
        """The hands it is done on."""
        return {Side.RIGHT: (Hand.RIGHT,), Side.LEFT: (Hand.LEFT,), Side.BOTH: tuple(Hand)}[self.side]

    @property
    def words(self) -> str:
        """For the banner: "Fat and ADSVF, RIGHT, done 12 Mar 2024"; a plan comes first and loud."""
        when = f" {self.date.label}" if self.date else ""
        if self.kind in WHOLE_BODY:
            if self.state is ProcedureState.PLANNED:
                return f"{self.state.label.upper()}: {self.kind.label}{when}"
            return f"{self.kind.label}, {self.state.label}{when}"
        where = self.side.label.upper()
        if self.digits:
            where += f" ({', '.join(digit.label for digit in self.digits)})"
        if self.state is ProcedureState.PLANNED:
            return f"{self.state.label.upper()}: {where}, {self.kind.label}{when}"
        return f"{self.kind.label}, {where}, {self.state.label}{when}"


_ORDER_OF_LOSS = tuple(AmputationLevel)
_WHOLLY_LOST = {
    AmputationLevel.TIP: (),
    AmputationLevel.DIP: (Phalanx.DISTAL,),
    AmputationLevel.MIDDLE: (Phalanx.DISTAL,),
    AmputationLevel.PIP: (Phalanx.MIDDLE, Phalanx.DISTAL),
    AmputationLevel.PROXIMAL: (Phalanx.MIDDLE, Phalanx.DISTAL),
    AmputationLevel.MCP: tuple(Phalanx),
}
_CUT_THROUGH = {
    AmputationLevel.TIP: Phalanx.DISTAL,
    AmputationLevel.MIDDLE: Phalanx.MIDDLE,
    AmputationLevel.PROXIMAL: Phalanx.PROXIMAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amputation:
    """A digit that ends early, from its date on."""

    id: str
    patient_id: str
    site: Site
    level: AmputationLevel
    date: PartialDate | None = None
    cause: AmputationCause | None = None
    note: str | None = None
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    def __post_init__(self) -> None:
        if self.site.digit is None or self.site.phalanx is not None:
            raise Refused(_("An amputation belongs to one digit."))
        if self.site.digit is Digit.D1 and self.level in (AmputationLevel.MIDDLE, AmputationLevel.PIP):
            raise Refused(_("The thumb has no middle phalanx and no PIP joint."))

    def applies_on(self, day: dt.date) -> bool:
        """Whether the digit was already shortened on a day; an unknown date counts as long ago."""
        return self.date is None or self.date.earliest <= day

    @property
    def whole_digit(self) -> bool:
        """Whether nothing of the digit remains."""
        return self.level is AmputationLevel.MCP

    @property
    def severity(self) -> int:
        """How much is lost; the greater of two amputations of a digit counts."""
        return _ORDER_OF_LOSS.index(self.level)

    @property
    def lost(self) -> tuple[Phalanx, ...]:
        """The phalanges of which nothing remains."""
        return _WHOLLY_LOST[self.level]

    @property
    def cut(self) -> Phalanx | None:
        """The phalanx that is cut through and partly remains; None at a joint."""
        return _CUT_THROUGH.get(self.level)

    def removes(self, site: Site) -> bool:
        """Whether tissue at a site went with it (of a phalanx cut through, the part with the lesion)."""
        return site.of_digit == self.site and (
            self.whole_digit or site.phalanx in self.lost or (site.phalanx is not None and site.phalanx is self.cut)
        )

    @property
    def words(self) -> str:
        """For lists of digits left out: "right middle: amputated 2024"."""
        when = self.date.label if self.date else _("date unknown")
        return _("{site}: amputated {when}").format(site=self.site.name, when=when)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesion:
    """A thing with a life over visits: an ulcer, a scar, calcinosis, gangrene. Its letter is for life."""

    id: str
    patient_id: str
    letter: str
    kind: LesionKind
    site: Site
    aspect: Aspect
    #: The exact point as fractions of the drawing's box in the right hand's frame; None where it is not known.
    x: float | None = None
    y: float | None = None
    location: Location | None = None
    origin: Origin | None = None
    onset: PartialDate | None = None
    #: The healed ulcer that this one follows at the same place.
    follows: str | None = None
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    def __post_init__(self) -> None:
        if (self.x is None) != (self.y is None):
            raise Refused(_("A point on the drawing needs both x and y."))
        for fraction in (self.x, self.y):
            if fraction is not None and not 0 <= fraction <= 1:
                raise Refused(_("A point on the drawing lies between 0 and 1, not at {n}.").format(n=fraction))
        if self.site.hand is None:
            raise Refused(_("A lesion belongs to a place on a hand."))

    @property
    def is_exact(self) -> bool:
        """Whether the point on the drawing is known."""
        return self.x is not None

    @property
    def place(self) -> str:
        """For people: "right index, distal phalanx, palm, tip or pulp"."""
        parts = [self.site.name, self.aspect.label]
        return ", ".join(parts + ([self.location.label] if self.location else []))


#: Statuses a clinician can give, by kind of lesion.
ULCER_STATUSES = (Status.ACTIVE, Status.INDETERMINATE, Status.HEALED, Status.NOT_SEEN)
OTHER_STATUSES = (Status.PRESENT, Status.RESOLVED, Status.NOT_SEEN)
#: Statuses after which a lesion is no longer carried over.
ENDED = frozenset({Status.HEALED, Status.RESOLVED, Status.AMPUTATED})
#: Statuses of a lesion that nobody looked at today.
UNEXAMINED = frozenset({Status.NOT_SEEN, Status.NOT_REEXAMINED})


def statuses_for(kind: LesionKind) -> tuple[Status, ...]:
    """The statuses that a clinician can give a lesion of this kind."""
    return ULCER_STATUSES if kind is LesionKind.ULCER else OTHER_STATUSES


def first_status(kind: LesionKind) -> Status:
    """The status of a lesion when it is found."""
    return statuses_for(kind)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionState:
    """How one lesion was found at one visit."""

    lesion_id: str
    status: Status
    size_change: SizeChange | None = None
    length_mm: float | None = None
    width_mm: float | None = None
    depth: Depth | None = None
    infection: Judgement | None = None
    signs: tuple[Sign, ...] | None = None
    swab: str | None = None
    exposed_bone: bool | None = None
    osteomyelitis: bool | None = None
    pain: int | None = None
    healed_on: PartialDate | None = None
    note: str | None = None
    stamp: Stamp | None = field(default=UNSAVED, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One recorded value, or the reason why it could not be assessed."""

    site: Site
    measure: str
    repeat: int = 1
    value: Value | None = None
    reason: Reason | None = None
    #: The words behind the reason "other".
    reason_text: str = ""
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise Refused(_("A value is either recorded or could not be assessed, never both and never neither."))
        if self.reason is Reason.OTHER and not self.reason_text.strip():
            raise Refused(_("The reason “other” needs a few words."))

    @property
    def key(self) -> Key:
        """What it is about: site, measure, repeat."""
        return (self.site, self.measure, self.repeat)

    @property
    def reason_words(self) -> str:
        """The reason for people; empty for a recorded value."""
        if self.reason is None:
            return ""
        return self.reason_text or self.reason.label

    @property
    def absence_words(self) -> str:
        """What stands for a value that is not there: "not done", "not assessed: dressing"; empty where one is."""
        return self.reason.in_place_of_a_value(self.reason_text or "") if self.reason else ""


#: Site, measure and repeat of an observation.
Key = tuple[Site, str, int]


def observation(site: Site, measure: str, value: object, *, repeat: int = 1) -> Observation:
    """A recorded value, checked against the catalogue.

    Raises `Refused` for an unknown measure, a site of another scope, a repeat or a value out of range.
    """
    entry = CATALOGUE.known(measure)
    if entry.derived:
        raise Refused(_("{measure} is computed and cannot be entered.").format(measure=entry.name))
    check_place(site, measure, repeat)
    try:
        return Observation(site=site, measure=measure, repeat=repeat, value=entry.kind.load(value))
    except Refused as refused:
        raise Refused(f"{entry.name}, {site.name}: {refused}") from None


def not_assessed(site: Site, measure: str, reason: Reason, words: str = "", *, repeat: int = 1) -> Observation:
    """An observation that could not be made, with its reason; raises `Refused` as `observation` does."""
    CATALOGUE.known(measure)
    check_place(site, measure, repeat)
    return Observation(site=site, measure=measure, repeat=repeat, reason=reason, reason_text=words)


def check_place(site: Site, measure: str, repeat: int) -> None:
    """Refuse a known measure at a site of another scope, or repeated more often than it can be."""
    entry = CATALOGUE[measure]
    if not entry.fits(site):
        raise Refused(_("{measure} is not recorded at: {site}.").format(measure=entry.name, site=site.name))
    if not 1 <= repeat <= entry.repeats:
        raise Refused(_("{measure} is recorded at most {n} times.").format(measure=entry.name, n=entry.repeats))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of one patient, whole: conditions, observations, states of lesions, texts."""

    id: str
    patient_id: str
    at: dt.datetime
    kind: VisitKind
    #: The key of the protocol that says which measures are asked for; None where the clinic's own holds.
    protocol: str | None = None
    #: Both hands were looked at for lesions: without it, no lesion on record does not mean that there is none.
    lesions_reviewed: bool | None = None
    examiner: str | None = None
    examiner_role: str | None = None
    seated_since: dt.datetime | None = None
    device: str | None = None
    refill_site: RefillSite | None = None
    last_vasodilator: str | None = None
    smoke: str | None = None
    caffeine: str | None = None
    reason: str | None = None
    ulcer_history: str | None = None
    findings: str | None = None
    plan: str | None = None
    next_review: PartialDate | None = None
    state: VisitState = VisitState.DRAFT
    #: Why it was reopened or moved from another patient, oldest first; each a sentence.
    remarks: tuple[str, ...] = ()
    observations: Mapping[Key, Observation] = field(default_factory=lambda: MappingProxyType({}))
    states: Mapping[str, LesionState] = field(default_factory=lambda: MappingProxyType({}))
    stamp: Stamp | None = field(default=UNSAVED, compare=False)

    @property
    def day(self) -> dt.date:
        """The calendar day at the place of the visit."""
        return self.at.date()

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state is VisitState.DRAFT

    def with_observation(self, new: Observation) -> Visit:
        """The visit with this observation in place of any earlier one for the same thing."""
        return replace(self, observations=MappingProxyType({**self.observations, new.key: new}))

    def without_observation(self, key: Key) -> Visit:
        """The visit in which this is not recorded."""
        left = {other: kept for other, kept in self.observations.items() if other != key}
        return replace(self, observations=MappingProxyType(left))

    def with_state(self, new: LesionState) -> Visit:
        """The visit with this state of a lesion."""
        return replace(self, states=MappingProxyType({**self.states, new.lesion_id: new}))

    def without_state(self, lesion_id: str) -> Visit:
        """The visit that says nothing about this lesion."""
        left = {other: kept for other, kept in self.states.items() if other != lesion_id}
        return replace(self, states=MappingProxyType(left))


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """Everything about one patient: what trends, paper, bundles and the window are given."""

    patient: Patient
    procedures: tuple[Procedure, ...] = ()
    amputations: tuple[Amputation, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    complications: tuple[Complication, ...] = ()
    lesions: tuple[Lesion, ...] = ()
    #: Letters of lesions that were withdrawn: never given again. No clinical content, so not compared.
    used_letters: frozenset[str] = field(default=frozenset(), compare=False)
    #: By date and time, oldest first, drafts included.
    visits: tuple[Visit, ...] = ()
    #: Their descriptions; the pictures themselves are fetched by id.
    photographs: tuple[Photograph, ...] = ()

    def visit(self, visit_id: str) -> Visit:
        """The visit with this id; raises KeyError."""
        for visit in self.visits:
            if visit.id == visit_id:
                return visit
        raise KeyError(visit_id)

    def lesion(self, lesion_id: str) -> Lesion:
        """The lesion with this id; raises KeyError."""
        for lesion in self.lesions:
            if lesion.id == lesion_id:
                return lesion
        raise KeyError(lesion_id)

    def previous(self, visit: Visit) -> Visit | None:
        """The visit before this one by date and time; drafts do not count."""
        latest_first = reversed(self.visits)
        return next((v for v in latest_first if v.at < visit.at and not v.is_draft and v.id != visit.id), None)

    def until(self, visit: Visit) -> tuple[Visit, ...]:
        """The final visits before this one, and this one last."""
        draft, at, visit_id = VisitState.DRAFT, visit.at, visit.id  # asked for every lesion of every visit
        earlier = [v for v in self.visits if v.state is not draft and v.at < at and v.id != visit_id]
        return (*earlier, visit)

    def amputation(self, site: Site, day: dt.date) -> Amputation | None:
        """The amputation that shortens the digit of a site on a day; the greatest where there are several."""
        found = [a for a in self.amputations if a.site == site.of_digit and a.applies_on(day)]
        return max(found, key=lambda a: a.severity, default=None)

    def with_visit(self, visit: Visit) -> PatientRecord:
        """The record with this visit in place of its earlier self, or added."""
        others = (kept for kept in self.visits if kept.id != visit.id)
        return replace(self, visits=tuple(sorted((*others, visit), key=_by_time)))

    def with_lesion(self, lesion: Lesion) -> PatientRecord:
        """The record with this lesion in place of its earlier self, or added at the end."""
        if any(kept.id == lesion.id for kept in self.lesions):
            lesions = tuple(lesion if kept.id == lesion.id else kept for kept in self.lesions)
        else:
            lesions = (*self.lesions, lesion)
        return replace(self, lesions=lesions)

    def without_lesion(self, lesion_id: str) -> PatientRecord:
        """The record without this lesion; its letter stays used."""
        gone = {lesion.letter for lesion in self.lesions if lesion.id == lesion_id}
        kept = tuple(lesion for lesion in self.lesions if lesion.id != lesion_id)
        return replace(self, lesions=kept, used_letters=self.used_letters | gone)

    def photograph(self, photograph_id: str) -> Photograph:
        """The photograph with this id; raises KeyError."""
        for photograph in self.photographs:
            if photograph.id == photograph_id:
                return photograph
        raise KeyError(photograph_id)

    def with_photograph(self, photograph: Photograph) -> PatientRecord:
        """The record with this photograph in place of its earlier self, or added, in the order of taking in."""
        others = (kept for kept in self.photographs if kept.id != photograph.id)
        return replace(self, photographs=tuple(sorted((*others, photograph), key=lambda each: each.id)))

    def without_photograph(self, photograph_id: str) -> PatientRecord:
        """The record without this photograph."""
        return replace(self, photographs=tuple(each for each in self.photographs if each.id != photograph_id))

    def next_letter(self) -> str:
        """The letter for the next lesion: A to Z, then AA, AB; never one that was used, withdrawn ones included."""
        return letter_after([*(lesion.letter for lesion in self.lesions), *self.used_letters])


def _by_time(visit: Visit) -> tuple[dt.datetime, str]:
    return (visit.at, visit.id)


def letter_number(letter: str) -> int:
    """1 for A, 26 for Z, 27 for AA; 0 for anything that is no such letter."""
    number = 0
    for char in letter:
        if not "A" <= char <= "Z":
            return 0
        number = number * 26 + ord(char) - 64
    return number


def letter_after(letters: Iterable[str]) -> str:
    """The first letter after all of these."""
    number = max((letter_number(letter) for letter in letters), default=0) + 1
    letter = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letter = chr(65 + rest) + letter
    return letter
