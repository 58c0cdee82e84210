"""How the summary opens: the clinic, who the patient is, which visit it was, and the five lines."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer, Table

from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.dates import day_label, time_label
from ssc_hand.domain.fields import PATIENT, field_of
from ssc_hand.domain.records import Patient, PatientRecord, Visit
from ssc_hand.domain.summary import five_lines
from ssc_hand.domain.vocabulary import ProcedureState
from ssc_hand.i18n import _
from ssc_hand.reports.background import risk_line
from ssc_hand.reports.grid import Command, bold, cut
from ssc_hand.reports.styles import HAIR, INK, LINE, RULE, styles
from ssc_hand.reports.text import inline, markup, paragraph

#: Characters of a name beyond which it is set smaller.
_LONG_NAME = 70
_BARE: list[Command] = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


def masthead(clinic: ClinicSettings, width: float) -> list[Flowable]:
    """The clinic with address and telephone, and what this paper is."""
    # An address of many lines would push the patient off the page that is named after them.
    address, _cut = cut(" · ".join((clinic.address or _("address not recorded")).split("\n")))
    telephone = _("telephone {number}").format(number=clinic.telephone or _("not recorded"))
    left = [paragraph(clinic.name, styles().title), paragraph(f"{address} · {telephone}", styles().quiet)]
    right = paragraph(_("Visit summary, both hands"), styles().head_right)
    table = Table([[left, right]], [width * 0.72, width * 0.28], style=[*_BARE, *_rule_below()])
    return [table, Spacer(0, 5)]


def _rule_below() -> list[Command]:
    return [("LINEBELOW", (0, 0), (-1, -1), RULE, INK), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]


def identity(record: PatientRecord, visit: Visit, width: float) -> list[Flowable]:
    """The patient, the visit, and procedures, of which a planned one comes first and loud."""
    patient = record.patient
    left = [
        # Always at the left, also a name that is written from the right: this is where eyes look for it.
        markup(bold(patient.full_name), styles().name if len(patient.full_name) <= _LONG_NAME else styles().long_name),
        markup(_person_markup(patient, visit), styles().body),
        paragraph(_disease(patient), styles().quiet),
    ]
    table = Table([[left, _visit_cell(visit)]], [width * 0.7, width * 0.3], style=_BARE)
    return [table, risk_line(record, visit), *_procedures(record), Spacer(0, 6)]


def _person_markup(patient: Patient, visit: Visit) -> str:
    parts = [bold(_("Record {number}").format(number=patient.record_number))]
    age = patient.age_on(visit.day)
    if patient.birth_date is None:
        parts.append(inline(_("birth date not recorded")))
    else:
        born = _("born {day}, {age} years").format(day=day_label(patient.birth_date), age=age)
        parts.append(inline(born))
    parts.append(inline(_said(patient, "sex")))
    return " · ".join(parts)


def _said(record: object, key: str) -> str:
    """A field with its name where the value alone would not say what it is about."""
    field = field_of(PATIENT, key)
    value = field.format(getattr(record, key))
    if key == "sex" and value:
        return value
    return f"{field.name[:1].lower()}{field.name[1:]}: {value or _('not recorded')}"


def _disease(patient: Patient) -> str:
    text = "; ".join(_said(patient, key) for key in ("dominant_hand", "subset", "first_raynaud", "first_other"))
    return text.replace("sSc ", "SSc ")[:1].upper() + text.replace("sSc ", "SSc ")[1:]


def _visit_cell(visit: Visit) -> list[Flowable]:
    examiner = visit.examiner or _("examiner not recorded")
    role = visit.examiner_role or _("role not recorded")
    state = _("{kind} visit, {state}").format(kind=visit.kind.label, state=visit.state.label)
    return [
        paragraph(time_label(visit.at), styles().visit),
        paragraph(state[:1].upper() + state[1:], styles().body_right),
        paragraph(f"{examiner}, {role}", styles().quiet_right),
    ]


def _procedures(record: PatientRecord) -> list[Flowable]:
    ordered = sorted(record.procedures, key=lambda p: p.state is not ProcedureState.PLANNED)
    shown = [p for p in ordered if p.state is not ProcedureState.CANCELLED]
    return [paragraph(p.words, styles().alert if p.state is ProcedureState.PLANNED else styles().body) for p in shown]


def five_lines_box(record: PatientRecord, visit: Visit, width: float) -> list[Flowable]:
    """The five lines between two rules."""
    rows = [
        [paragraph(line.label, styles().label), paragraph(line.words[:1].upper() + line.words[1:], styles().lead)]
        for line in five_lines(record, visit)
    ]
    style: list[Command] = [
        *_BARE,
        ("LINEABOVE", (0, 0), (-1, 0), 1.6, INK),
        ("LINEBELOW", (0, 0), (-1, -2), HAIR, LINE),
        ("LINEBELOW", (0, -1), (-1, -1), 1.6, INK),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (0, -1), 8),
    ]
    return [Table(rows, [width * 0.21, width * 0.79], style=style), Spacer(0, 9)]
