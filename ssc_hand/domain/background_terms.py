"""The closed lists of words of a patient's background: medicines, complications, smoking, allergies, antibodies."""

from __future__ import annotations

from ssc_hand.domain.vocabulary import Term
from ssc_hand.i18n import N_


class MedicineKind(Term):
    """The class of a medicine; vasodilators by class, since each acts differently on a hand."""

    CALCIUM_CHANNEL_BLOCKER = "calcium_channel_blocker", N_("calcium channel blocker")
    PDE5_INHIBITOR = "pde5_inhibitor", N_("PDE5 inhibitor")
    PROSTACYCLIN = "prostacyclin", N_("iloprost or other prostacyclin")
    ENDOTHELIN_ANTAGONIST = "endothelin_antagonist", N_("endothelin receptor antagonist")
    OTHER_VASODILATOR = "other_vasodilator", N_("other vasodilator")
    ANTICOAGULANT = "anticoagulant", N_("anticoagulant")
    ANTIPLATELET = "antiplatelet", N_("antiplatelet")
    IMMUNOSUPPRESSANT = "immunosuppressant", N_("immunosuppressant")
    STEROID = "steroid", N_("steroid")
    ANALGESIC = "analgesic", N_("analgesic")
    ANTIBIOTIC = "antibiotic", N_("antibiotic")
    OTHER = "other", N_("other medicine")


#: Medicines that make a hand bleed longer when it is operated on.
BLOOD_THINNERS = frozenset({MedicineKind.ANTICOAGULANT, MedicineKind.ANTIPLATELET})


class ComplicationKind(Term):
    """What went wrong after a procedure, or with a treatment; in the clinic's own plain words."""

    BLEEDING = "bleeding", N_("bleeding or haematoma")
    INFECTION = "infection", N_("infection")
    WOUND = "wound", N_("wound that heals badly")
    SWELLING = "swelling", N_("lasting swelling")
    PAIN = "pain", N_("pain")
    ISCHAEMIA = "ischaemia", N_("ischaemia of a digit")
    NECROSIS = "necrosis", N_("necrosis of skin or fat")
    NERVE = "nerve", N_("numbness or injury of a nerve")
    WEAKNESS = "weakness", N_("weakness of the hand")
    STIFFNESS = "stiffness", N_("stiffness")
    DONOR_SITE = "donor_site", N_("trouble at the donor site")
    EMBOLISM = "embolism", N_("embolism or thrombosis")
    REACTION = "reaction", N_("reaction to a medicine or anaesthetic")
    OTHER = "other", N_("other complication")


class Grade(Term):
    """How bad a complication was, in the clinician's judgement; no published scale is meant."""

    MILD = "mild", N_("mild")
    MODERATE = "moderate", N_("moderate")
    SEVERE = "severe", N_("severe")


class Outcome(Term):
    """What became of a complication."""

    RESOLVED = "resolved", N_("resolved")
    RESOLVING = "resolving", N_("getting better")
    PERSISTING = "persisting", N_("unchanged")
    LASTING = "lasting", N_("resolved with lasting damage")


class Smoking(Term):
    """Whether the patient smokes."""

    NEVER = "never", N_("never smoked")
    FORMER = "former", N_("former smoker")
    CURRENT = "current", N_("smokes")


class AllergyStatus(Term):
    """Whether allergies are known; that none is known is an answer, and an empty field is not."""

    NONE_KNOWN = "none_known", N_("none known")
    KNOWN = "known", N_("allergic")


class AntibodyResult(Term):
    """The result of an antibody; "not tested" is an answer of its own, beside not recorded."""

    POSITIVE = "positive", N_("positive")
    NEGATIVE = "negative", N_("negative")
    NOT_TESTED = "not_tested", N_("not tested")
