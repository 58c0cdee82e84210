"""Values computed from a visit: readings with their n, differences, active motion, CSURI, marks above a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ssc_hand.domain.anatomy import DIGITS, VISIT, Digit, Site
from ssc_hand.domain.capillaries import Image, chosen_image, csuri
from ssc_hand.domain.catalogue import CATALOGUE, QUALIFIES
from ssc_hand.domain.kinds import Beyond, Value
from ssc_hand.domain.measures import Limit, Measure, NoLimit, Person
from ssc_hand.domain.records import Amputation, Observation, Patient, PatientRecord, Visit
from ssc_hand.domain.vocabulary import Reason, RefillSite
from ssc_hand.i18n import _

#: Room temperatures (°C) at which a distal-dorsal difference of -1 °C or less has been published as meaningful
#: (J Rheumatol 1999, PMID 10332978; Anderson 2007, PMID 17018538: measured at 30 °C; the margin of 1 °C is ours).
DDD_ROOM = (29.0, 31.0)
DDD_LIMIT = -1.0
DDD_SOURCE = "J Rheumatol 1999;26:1125-8 (PMID 10332978); Anderson 2007, Rheumatology 46:533-8 (PMID 17018538)"


((_PLACE, _QUALIFIED),) = QUALIFIES.items()

#: Where there is room for one sign only: nothing could be assessed; nobody tried.
NOT_ASSESSED_SIGN = "–"
NOT_DONE_SIGN = "/"
#: Behind a refill that was pressed at the nail bed of its digit.
NAIL_BED_SIGN = "ⁿ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one visit says about one measure at one site, repeats taken together.

    `value` is None where nothing could be assessed, or nobody tried; then `why` says why. A reading that does not
    exist at all (not recorded) is None instead of a Reading. `at_least` marks a mean in which "no refill" was counted
    at the end of the scale.
    """

    measure: Measure
    site: Site
    value: Value | None
    n: int
    why: str = ""
    at_least: bool = False
    #: Nobody tried: neither measured nor found impossible to measure.
    is_not_done: bool = False
    #: On what a computed value stands, in words: the digit whose image was chosen.
    basis: str = ""
    #: Where refill of this digit was pressed, if that was recorded for the digit.
    place: RefillSite | None = None

    @property
    def number(self) -> float | None:
        """The value as a number; the end of the scale where it lies beyond; None for words and no value."""
        if isinstance(self.value, Beyond):
            return self.value.end
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            return None
        return float(self.value)

    @property
    def text(self) -> str:
        """For a table cell: the bare value, "not done", or a dash with the reason."""
        if self.value is None:
            return self.why if self.is_not_done else f"{NOT_ASSESSED_SIGN} {self.why}"
        return ("≥ " if self.at_least else "") + self.measure.kind.format(self.value)

    @property
    def sign(self) -> str:
        """For a digit of a drawing: the bare value, or a sign for each kind of none."""
        if self.value is None:
            return NOT_DONE_SIGN if self.is_not_done else NOT_ASSESSED_SIGN
        return f"{self.text}{NAIL_BED_SIGN}" if self.place is RefillSite.NAIL_BED else self.text

    @property
    def words(self) -> str:
        """In full for people: value, unit, number of readings; or why there is none."""
        if self.is_not_done:
            return self.why
        if self.value is None:
            words = _("not computable: {why}") if self.measure.derived else _("could not be assessed: {why}")
            return words.format(why=self.why)
        text = ("≥ " if self.at_least else "") + self.measure.text(self.value)
        if self.basis:
            return _("{text}, {basis}").format(text=text, basis=self.basis)
        if self.n > 1:
            text = _("{text} (mean of {n})").format(text=text, n=self.n)
        return _("{text}, at the {place}").format(text=text, place=self.place.label) if self.place else text


def nail_bed_legend() -> str:
    """What the sign behind a refill means: "ⁿ pressed at the nail bed"."""
    return _("{sign} pressed at the nail bed").format(sign=NAIL_BED_SIGN)


def reading(visit: Visit, site: Site, measure: Measure) -> Reading | None:
    """What a visit says about a measure at a site; None where it is not recorded."""
    if measure.derived:
        return DERIVED[measure.key](visit, site)
    found = [
        visit.observations[key]
        for repeat in range(1, measure.repeats + 1)
        if (key := (site, measure.key, repeat)) in visit.observations
    ]
    if not found:
        return None
    together = _taken_together(found, site, measure)
    return replace(together, place=place) if (place := _own_place(visit, site, measure)) else together


def _own_place(visit: Visit, site: Site, measure: Measure) -> RefillSite | None:
    if measure.key != _QUALIFIED:
        return None
    said = visit.observations.get((site, _PLACE, 1))
    return said.value if said is not None and isinstance(said.value, RefillSite) else None


def pressed_at(visit: Visit, site: Site) -> RefillSite | None:
    """Where refill of a digit was pressed: as recorded for the digit, else for the whole visit."""
    return _own_place(visit, site, CATALOGUE[_QUALIFIED]) or visit.refill_site


def _taken_together(found: list[Observation], site: Site, measure: Measure) -> Reading:
    values = [o.value for o in found if o.value is not None]
    if not values:
        said = next((o for o in found if o.reason is not Reason.NOT_DONE), found[0])
        is_not_done = said.reason is Reason.NOT_DONE
        return Reading(measure=measure, site=site, value=None, n=0, why=said.reason_words, is_not_done=is_not_done)
    if len(values) == 1:
        return Reading(measure=measure, site=site, value=values[0], n=1)
    beyond = [value for value in values if isinstance(value, Beyond)]
    if len(beyond) == len(values):
        # Only the shortest watch is sure for every reading: none refilled within it.
        return Reading(measure=measure, site=site, value=min(beyond), n=len(values))
    numbers = [value.end if isinstance(value, Beyond) else float(value) for value in values]
    return Reading(measure=measure, site=site, value=sum(numbers) / len(numbers), n=len(numbers), at_least=bool(beyond))


def distal_dorsal_difference(visit: Visit, site: Site) -> Reading | None:
    """Fingertip minus back of the same hand, in °C; negative where the finger is colder.

    Thumbs are stored but not scored (J Rheumatol 1999;26:1125-8). None while either temperature is not recorded.
    """
    measure = CATALOGUE["ddd"]
    tip = reading(visit, site, CATALOGUE["skin_temp"])
    dorsum = reading(visit, site.of_hand, CATALOGUE["dorsum_temp"])
    if site.digit is Digit.D1:
        return None if tip is None else Reading(measure=measure, site=site, value=None, n=0, why=not_scored())
    if tip is None or dorsum is None:
        return None
    if tip.number is None or dorsum.number is None:
        return Reading(measure=measure, site=site, value=None, n=0, why=tip.why or dorsum.why)
    return Reading(measure=measure, site=site, value=round(tip.number - dorsum.number, 1), n=1)


def not_scored() -> str:
    """Why a thumb has no distal-dorsal difference."""
    return _("thumb, not scored")


#: The joints whose angles are added up to the active motion of a finger, and of the thumb.
_FINGER_JOINTS = ("mcp", "pip", "dip")
_THUMB_JOINTS = ("mcp", "ip")


def total_active_motion(visit: Visit, site: Site) -> Reading | None:
    """Flexion of MCP, PIP and DIP less their extension deficits, in degrees; None while no angle is recorded.

    Not computable unless all six angles are recorded. A deficit is never negative, so hyperextension is not
    credited. Source of the formula: medicalalgorithms.com and handsurgeryresource.org (secondary).
    """
    return _motion(visit, site, "tam", _FINGER_JOINTS)


def thumb_active_motion(visit: Visit, site: Site) -> Reading | None:
    """Flexion of MCP and IP of the thumb less their extension deficits, in degrees; a measure of its own.

    As `total_active_motion` with the two joints of the thumb, and named so: no source of a norm for the thumb was
    found.
    """
    return _motion(visit, site, "tam_thumb", _THUMB_JOINTS)


def _motion(visit: Visit, site: Site, key: str, joints: tuple[str, ...]) -> Reading | None:
    measure = CATALOGUE[key]
    if not measure.fits(site):
        return None
    parts = [(joint, part) for joint in joints for part in ("flexion", "deficit")]
    found = {each: reading(visit, site, CATALOGUE["_".join(each)]) for each in parts}
    if not any(found.values()):
        return None
    missing = [CATALOGUE["_".join(each)].name for each, got in found.items() if got is None or got.number is None]
    if missing:
        why = _("without {angles}").format(angles=", ".join(missing))
        return Reading(measure=measure, site=site, value=None, n=0, why=why)
    numbers = {each: got.number for each, got in found.items() if got is not None and got.number is not None}
    total = 0.0
    for joint in joints:
        motion = numbers[joint, "flexion"] - numbers[joint, "deficit"]
        if motion < 0:
            why = _("{joint}: flexion is less than the deficit").format(joint=joint.upper())
            return Reading(measure=measure, site=site, value=None, n=0, why=why)
        total += motion
    return Reading(measure=measure, site=site, value=round(total), n=1)


def capillaroscopic_index(visit: Visit, site: Site) -> Reading | None:
    """CSURI of the patient, with the finger whose image it stands on; see `domain.capillaries` for rule and source.

    None while no megacapillaries were counted at all. Where none was seen it is not computable, which is not 0.
    """
    measure = CATALOGUE["csuri"]
    if site != VISIT:
        return None
    images = [image for each in DIGITS if (image := _image(visit, each)) is not None]
    if not images:
        return None
    chosen = chosen_image(images)
    if chosen is None:
        return Reading(measure=measure, site=site, value=None, n=0, why=_("no megacapillary"))
    name = chosen.site.name
    if chosen.diameter is None:
        why = _("{diameter} is not recorded: {site}").format(diameter=CATALOGUE["nvc_diameter"].name, site=name)
        return Reading(measure=measure, site=site, value=None, n=0, why=why)
    basis = _("{site}, of {n} fingers counted").format(site=name, n=len(images))
    return Reading(measure=measure, site=site, value=round(csuri(chosen), 2), n=1, basis=basis)


def _image(visit: Visit, site: Site) -> Image | None:
    """The counts of a finger's nailfold; None unless both capillaries and megacapillaries were counted."""
    if not CATALOGUE["nvc_mega"].fits(site):
        return None
    found = (reading(visit, site, CATALOGUE[key]) for key in ("nvc_capillaries", "nvc_mega", "nvc_diameter"))
    capillaries, mega, diameter = (each.number if each else None for each in found)
    if capillaries is None or mega is None:
        return None
    return Image(site, capillaries=round(capillaries), mega=round(mega), diameter=diameter)


#: The function behind each derived measure of the catalogue.
DERIVED: dict[str, Callable[[Visit, Site], Reading | None]] = {
    "ddd": distal_dorsal_difference,
    "tam": total_active_motion,
    "tam_thumb": thumb_active_motion,
    "csuri": capillaroscopic_index,
}
#: What each derived measure is computed from.
SOURCES: dict[str, tuple[str, ...]] = {
    "ddd": ("skin_temp", "dorsum_temp"),
    "tam": tuple(f"{joint}_{part}" for joint in _FINGER_JOINTS for part in ("flexion", "deficit")),
    "tam_thumb": tuple(f"{joint}_{part}" for joint in _THUMB_JOINTS for part in ("flexion", "deficit")),
    "csuri": ("nvc_capillaries", "nvc_mega", "nvc_diameter"),
}


def person_at(patient: Patient, visit: Visit, *, older_from: int | None) -> Person:
    """What a published limit may depend on, on the day of a visit."""
    return Person(sex=patient.sex, age=patient.age_on(visit.day), older_from=older_from)


def limit_for(measure: Measure, person: Person) -> Limit | NoLimit | None:
    """The published limit of a measure for a person; None where no limit is published for anyone."""
    return measure.limit(person) if measure.limit else None


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that stands out by a published rule, with the words and the source that say so."""

    words: str
    source: str


def mark(visit: Visit, found: Reading, person: Person) -> Mark | None:
    """The mark of a reading by a published limit; None says nothing, and never "normal"."""
    if found.measure.key == "ddd":
        return _ddd_mark(visit, found)
    limit = limit_for(found.measure, person)
    number = found.number
    if not isinstance(limit, Limit) or number is None:
        return None
    if number <= limit.value and not isinstance(found.value, Beyond):
        return None
    words = _("above {value} {unit}, the published limit for {population}")
    return Mark(
        words.format(value=f"{limit.value:g}", unit=found.measure.unit, population=limit.population),
        limit.source,
    )


def _ddd_mark(visit: Visit, found: Reading) -> Mark | None:
    room = reading(visit, Site(), CATALOGUE["room_temp"])
    if room is None or room.number is None or found.number is None:
        return None
    if not DDD_ROOM[0] <= room.number <= DDD_ROOM[1] or found.number > DDD_LIMIT:
        return None
    words = _("{limit} °C or less at a room temperature of {low}-{high} °C")
    return Mark(
        words.format(limit=f"{DDD_LIMIT:g}".replace("-", "−"), low=f"{DDD_ROOM[0]:g}", high=f"{DDD_ROOM[1]:g}"),
        DDD_SOURCE,
    )


def is_absent(record: PatientRecord, visit: Visit, site: Site) -> Amputation | None:
    """The amputation that leaves nothing of a digit on the day of a visit, if any."""
    found = record.amputation(site, visit.day) if site.digit else None
    return found if found and found.whole_digit else None


def to_record(record: PatientRecord, visit: Visit, measure: Measure) -> tuple[Site, ...]:
    """The sites at which a measure can be entered at a visit: digits that are gone are skipped."""
    return tuple(site for site in measure.sites if not is_absent(record, visit, site))


def all_readings(visit: Visit, measure: Measure) -> dict[Site, Reading]:
    """What a visit says about a measure, by site; sites where it is not recorded are left out."""
    found = ((site, reading(visit, site, measure)) for site in measure.sites)
    return {site: each for site, each in found if each is not None}
