"""The closed lists of words a record is made of; each stored key is never translated and never reused."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from ssc_hand.i18n import N_, _


class Term(StrEnum):
    """A word with a stored key and a label for people."""

    _label: str

    def __new__(cls, key: str, label: str) -> Term:
        """Each member is written as (stored key, label)."""
        term = str.__new__(cls, key)
        term._value_ = key
        term._label = label
        return term

    @classmethod
    def of(cls, key: str) -> Self:
        """The term with this stored key; raises ValueError for any other text."""
        found = cls._value2member_map_.get(key)
        if not isinstance(found, cls):
            raise ValueError(key)
        return found

    @property
    def label(self) -> str:
        """The word in the user's language."""
        return _(self._label)


class Sex(Term):
    """Sex as recorded; a published limit that depends on sex needs female or male."""

    FEMALE = "female", N_("female")
    MALE = "male", N_("male")
    OTHER = "other", N_("other")


class Side(Term):
    """The patient's side."""

    RIGHT = "right", N_("right")
    LEFT = "left", N_("left")
    BOTH = "both", N_("both")


class Subset(Term):
    """Cutaneous subset of systemic sclerosis."""

    LIMITED = "limited", N_("limited cutaneous")
    DIFFUSE = "diffuse", N_("diffuse cutaneous")
    SINE = "sine", N_("sine scleroderma")
    OVERLAP = "overlap", N_("overlap syndrome")


class Reason(Term):
    """Why there is no value: it could not be assessed, or nobody tried (NOT_DONE), which is another thing."""

    DRESSING = "dressing", N_("dressing")
    ULCER = "ulcer", N_("ulcer")
    NAIL = "nail", N_("nail varnish or pigment")
    CONTRACTURE = "contracture", N_("contracture")
    PAIN = "pain", N_("pain")
    NO_SIGNAL = "no_signal", N_("no signal")
    REFUSED = "refused", N_("refused")
    NOT_DONE = "not_done", N_("not done")
    OTHER = "other", N_("other")

    def in_place_of_a_value(self, words: str = "") -> str:
        """The answer where there is no value: "not done", or "not assessed: dressing"; own words replace the name."""
        if self is Reason.NOT_DONE:
            return words or self.label
        return _("not assessed: {reason}").format(reason=words or self.label)


class Colour(Term):
    """Colour of a digit now."""

    NORMAL = "normal", N_("normal")
    PALE = "pale", N_("pale")
    BLUE = "blue", N_("blue")
    RED = "red", N_("red")


class Sensation(Term):
    """Touch felt at one side of a finger pulp, beside the same place of the other hand or of another finger."""

    NORMAL = "normal", N_("normal")
    REDUCED = "reduced", N_("reduced")
    INCREASED = "increased", N_("increased or unpleasant")
    ABSENT = "absent", N_("absent")


class NailfoldPattern(Term):
    """The examiner's word for the capillaries of a nailfold; scleroderma patterns by the names of Cutolo.

    Source of the names: Lambova 2019, doi:10.1177/2397198319833486.
    """

    NORMAL = "normal", N_("normal")
    NON_SPECIFIC = "non_specific", N_("non-specific")
    EARLY = "early", N_("scleroderma, early")
    ACTIVE = "active", N_("scleroderma, active")
    LATE = "late", N_("scleroderma, late")


class VisitKind(Term):
    """What brought the patient."""

    BASELINE = "baseline", N_("baseline")
    FOLLOW_UP = "follow_up", N_("follow-up")
    PRE_OPERATIVE = "pre_operative", N_("pre-operative")
    POST_OPERATIVE = "post_operative", N_("post-operative")
    UNPLANNED = "unplanned", N_("unplanned")


class VisitState(Term):
    """A draft can be changed; a final visit is read-only until it is reopened with a reason."""

    DRAFT = "draft", N_("draft")
    FINAL = "final", N_("final")


class RefillSite(Term):
    """Where capillary refill was pressed."""

    PULP = "pulp", N_("finger pulp")
    NAIL_BED = "nail_bed", N_("nail bed")


class LesionKind(Term):
    """What a lesion is; only ulcers enter ulcer counts."""

    ULCER = "ulcer", N_("ulcer")
    PITTING_SCAR = "pitting_scar", N_("pitting scar")
    CALCINOSIS = "calcinosis", N_("calcinosis")
    GANGRENE = "gangrene", N_("gangrene")
    CONTRACTURE = "contracture", N_("contracture")
    OTHER = "other", N_("other lesion")


class Status(Term):
    """How a lesion was found at a visit."""

    ACTIVE = "active", N_("active")
    INDETERMINATE = "indeterminate", N_("indeterminate")
    HEALED = "healed", N_("healed")
    PRESENT = "present", N_("present")
    RESOLVED = "resolved", N_("resolved")
    NOT_SEEN = "not_seen", N_("not seen today")
    NOT_REEXAMINED = "not_reexamined", N_("not re-examined")
    AMPUTATED = "amputated", N_("amputated")


class SizeChange(Term):
    """How large a lesion looks beside the visit before, in the examiner's eyes; measured sizes stand beside it."""

    SAME = "same", N_("same size")
    SMALLER = "smaller", N_("smaller")
    LARGER = "larger", N_("larger")


class Location(Term):
    """Where on the digit a lesion sits, beside its exact point."""

    TIP = "tip", N_("tip or pulp")
    PERIUNGUAL = "periungual", N_("periungual")
    RADIAL = "radial", N_("radial side")
    ULNAR = "ulnar", N_("ulnar side")
    DIP = "dip", N_("over the DIP joint")
    PIP = "pip", N_("over the PIP joint")
    MCP = "mcp", N_("over the MCP joint")
    OTHER = "other", N_("other place")


class Origin(Term):
    """Origin of an ulcer (Amanzi 2010, doi:10.1093/rheumatology/keq097)."""

    PITTING_SCAR = "pitting_scar", N_("on a digital pitting scar")
    PURE = "pure", N_("pure, loss of tissue")
    CALCINOSIS = "calcinosis", N_("on calcinosis")
    GANGRENE = "gangrene", N_("from gangrene")


class Depth(Term):
    """Depth of an ulcer (words of Amanzi 2010)."""

    SUPERFICIAL = "superficial", N_("superficial")
    INTERMEDIATE = "intermediate", N_("intermediate")
    DEEP = "deep", N_("deep")
    EXPOSED = "exposed", N_("tendon or bone exposed")


class Judgement(Term):
    """The clinician's word, never the program's."""

    YES = "yes", N_("yes")
    SUSPECTED = "suspected", N_("suspected")
    NO = "no", N_("no")
    NOT_JUDGED = "not_judged", N_("not judged")


class Sign(Term):
    """Signs of infection of an ulcer."""

    PAIN_INCREASE = "pain_increase", N_("more pain")
    SWELLING = "swelling", N_("swelling")
    ERYTHEMA = "erythema", N_("erythema")
    PUS = "pus", N_("purulent discharge")
    FEVER = "fever", N_("fever")


class ProcedureKind(Term):
    """A procedure on the hand."""

    ADSVF = "adsvf", N_("Fat and ADSVF")
    FAT = "fat", N_("Fat graft")
    SYMPATHECTOMY = "sympathectomy", N_("Sympathectomy")
    BOTULINUM = "botulinum", N_("Botulinum toxin")
    DEBRIDEMENT = "debridement", N_("Debridement")
    CALCINOSIS_REMOVAL = "calcinosis_removal", N_("Removal of calcinosis")
    ARTHRODESIS = "arthrodesis", N_("Arthrodesis")
    HYPERBARIC = "hyperbaric", N_("Hyperbaric oxygen")
    OTHER = "other", N_("Other procedure")


class ProcedureState(Term):
    """Where a procedure stands."""

    PLANNED = "planned", N_("planned")
    DONE = "done", N_("done")
    CANCELLED = "cancelled", N_("cancelled")


class AmputationLevel(Term):
    """Where a digit ends, from the tip to the knuckle."""

    TIP = "tip", N_("through the distal phalanx")
    DIP = "dip", N_("at the end joint (DIP; IP of the thumb)")
    MIDDLE = "middle", N_("through the middle phalanx")
    PIP = "pip", N_("at the PIP joint")
    PROXIMAL = "proximal", N_("through the proximal phalanx")
    MCP = "mcp", N_("at the knuckle (MCP)")


class AmputationCheck(Term):
    """How an amputation known at the visit before was found; nothing recorded says that nobody looked."""

    NOT_REEXAMINED = "not_reexamined", N_("not re-examined")
    AS_BEFORE = "as_before", N_("as before")
    CHANGED = "changed", N_("changed")


class AmputationCause(Term):
    """Why a digit was lost."""

    ISCHAEMIA = "ischaemia", N_("ischaemia or gangrene")
    INFECTION = "infection", N_("infection")
    TRAUMA = "trauma", N_("injury")
    OTHER = "other", N_("other cause")


class Expected(Term):
    """Where a patient on today's list stands."""

    NOT_BEGUN = "not_begun", N_("not begun")
    DRAFT = "draft", N_("draft")
    FINISHED = "finished", N_("finished")
