"""From a visit to the picture of both hands: which values stand beyond the digits, which lesions are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from ssc_hand.domain.anatomy import DIGITS, Aspect, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings, PaperLayout
from ssc_hand.domain.derived import (
    NAIL_BED_SIGN,
    NOT_ASSESSED_SIGN,
    NOT_DONE_SIGN,
    all_readings,
    is_absent,
    mark,
    nail_bed_legend,
    person_at,
)
from ssc_hand.domain.lesions import lesions_at
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import _
from ssc_hand.reports.grid import Drawn, minus
from ssc_hand.reports.hand_figure import DigitValue, HandsFigure, HandsPicture, LesionMark, View
from ssc_hand.reports.marks import RADIUS, Look, draw_mark, look_of
from ssc_hand.reports.styles import QUIET
from ssc_hand.reports.text import Lettering, draw, width

#: What is written on each view, the first of them that the visit has: refill is seen from the back, the
#: temperature is taken at the pulp.
_LAYERS = {Aspect.DORSAL: ("crt", "pain", "ddd"), Aspect.PALMAR: ("skin_temp", "pain", "ddd")}
#: Statuses that share a filling or an outline.
_DRAWN_ALIKE = (
    (Status.ACTIVE, Status.PRESENT),
    (Status.INDETERMINATE,),
    (Status.HEALED, Status.RESOLVED),
    (Status.NOT_SEEN, Status.NOT_REEXAMINED),
)
_LEGEND = Lettering(7.2)


def hands(record: PatientRecord, visit: Visit, clinic: ClinicSettings, room: float) -> list[Flowable]:
    """The figure and its legend."""
    picture = HandsPicture(
        views=tuple(_view(record, visit, clinic, aspect) for aspect in Aspect),
        lesions=tuple(_lesions(record, visit)),
        amputations={site: found for site in DIGITS if (found := record.amputation(site, visit.day)) is not None},
        facing=clinic.paper_layout is PaperLayout.FACING,
    )
    return [HandsFigure(picture, room), Spacer(0, 3), *_legend(picture, room)]


def _view(record: PatientRecord, visit: Visit, clinic: ClinicSettings, aspect: Aspect) -> View:
    measure = _layer(visit, aspect)
    person = person_at(record.patient, visit, older_from=clinic.older_from)
    values: dict[Site, DigitValue] = {}
    for site, found in all_readings(visit, measure).items():
        if not is_absent(record, visit, site):
            text = minus(found.sign)
            marked = mark(visit, found, person) is not None
            values[site] = DigitValue(text=f"▲{text}" if marked else text, marked=marked)
    return View(aspect=aspect, caption=measure.title, values=values)


def _layer(visit: Visit, aspect: Aspect) -> Measure:
    found = [CATALOGUE[key] for key in _LAYERS[aspect]]
    return next((measure for measure in found if all_readings(visit, measure)), found[0])


def _lesions(record: PatientRecord, visit: Visit) -> list[LesionMark]:
    marks = []
    first_visit = record.previous(visit) is None
    for each in lesions_at(record, visit):
        lesion = each.lesion
        if each.status is Status.AMPUTATED:
            continue
        point = None if lesion.x is None or lesion.y is None else (lesion.x, lesion.y)
        marks.append(
            LesionMark(
                letter=lesion.letter,
                look=look_of(each, first_visit=first_visit),
                site=lesion.site,
                aspect=lesion.aspect,
                point=point,
            )
        )
    return marks


def _legend(picture: HandsPicture, room: float) -> list[Flowable]:
    """What the signs of this figure mean, and only of this one."""
    lines: list[list[tuple[Look | None, str]]] = [[]]
    used = 0.0
    for look, text in _entries(picture):
        need = (2 * RADIUS + 14 if look else 0) + width(text, _LEGEND) + 12
        if used + need > room and lines[-1]:
            lines.append([])
            used = 0.0
        lines[-1].append((look, text))
        used += need
    return [Drawn((room, _line_height(line)), partial(_paint, line)) for line in lines]


def _line_height(entries: Sequence[tuple[Look | None, str]]) -> float:
    return 17.0 if any(look for look, _text in entries) else 10.0


def _paint(entries: Sequence[tuple[Look | None, str]], canvas: Canvas) -> None:
    x = 0.0
    for look, text in entries:
        if look:
            draw_mark(canvas, (x + RADIUS + 4, 7.5), "", look)
            x += 2 * RADIUS + 12
        canvas.setFillColor(QUIET)
        y = 5.0 if any(look for look, _text in entries) else 2.0
        x += draw(canvas, (x, y), text, _LEGEND) + 12


def _entries(picture: HandsPicture) -> list[tuple[Look | None, str]]:
    looks = [mark.look for mark in picture.lesions]
    entries: list[tuple[Look | None, str]] = []
    for kind in LesionKind:
        if any(look.kind is kind for look in looks):
            entries.append((Look(kind, None), kind.label))
    entries += _status_entries(looks)
    if any(look.new for look in looks):
        entries.append((Look(LesionKind.ULCER, None, new=True), _("double outline: new")))
    if any(not look.exact for look in looks):
        entries.append((Look(LesionKind.ULCER, None, exact=False), _("dotted ring: about here")))
    entries += _value_entries(picture)
    if any(len(view.values) + len(picture.amputations) < len(DIGITS) for view in picture.views):
        entries.append((None, _("no number: not recorded")))
    if picture.amputations:
        entries.append((None, _("thick line: amputation")))
    return entries


def _value_entries(picture: HandsPicture) -> list[tuple[Look | None, str]]:
    """What the signs at the values mean."""
    entries: list[tuple[Look | None, str]] = []
    values = [value for view in picture.views for value in view.values.values()]
    if any(value.marked for value in values):
        entries.append((None, _("▲ marked by a published limit (see Digits)")))
    said = {value.text for value in values}
    if NOT_ASSESSED_SIGN in said:
        entries.append((None, _("{sign} could not be assessed").format(sign=NOT_ASSESSED_SIGN)))
    if NOT_DONE_SIGN in said:
        entries.append((None, _("{sign} not done").format(sign=NOT_DONE_SIGN)))
    if any(NAIL_BED_SIGN in text for text in said):
        entries.append((None, nail_bed_legend()))
    return entries


def _status_entries(looks: Sequence[Look]) -> list[tuple[Look | None, str]]:
    entries: list[tuple[Look | None, str]] = []
    for alike in _DRAWN_ALIKE:
        labels = [status.label for status in alike if any(look.status is status for look in looks)]
        if labels:
            entries.append((Look(LesionKind.ULCER, alike[0]), _(" or ").join(labels)))
    return entries
