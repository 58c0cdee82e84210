"""The visit summary as a PDF: the order of the story, nothing about looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from ssc_hand.charts.spec import ChartSpec
from ssc_hand.charts.trend import means_trend, sites_of_trend, sites_trend, ulcers_trend
from ssc_hand.domain.anatomy import VISIT, Scope
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.clinic import ClinicSettings, Purpose
from ssc_hand.domain.compare import conditions_that_differ
from ssc_hand.domain.dates import day_label, time_label
from ssc_hand.domain.derived import SOURCES, person_at, reading
from ssc_hand.domain.fields import CONDITIONS, field_of
from ssc_hand.domain.fields import VISIT as VISIT_FIELDS
from ssc_hand.domain.measures import Direction, Measure, Person
from ssc_hand.domain.protocols import protocol_of
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.domain.recurrence import SOURCE, recurrence
from ssc_hand.i18n import _
from ssc_hand.reports import opening
from ssc_hand.reports.background import background
from ssc_hand.reports.closing import remarks, signature, texts, treatment
from ssc_hand.reports.digit_table import digit_table
from ssc_hand.reports.hand_table import conditions_table, hand_table, visit_table
from ssc_hand.reports.hands_on_paper import hands
from ssc_hand.reports.lesion_table import lesion_table
from ssc_hand.reports.page import Running, build
from ssc_hand.reports.photographs import photographs
from ssc_hand.reports.styles import Page, page_of, styles
from ssc_hand.reports.text import paragraph
from ssc_hand.reports.trend_figure import trend_rows


@dataclass(frozen=True)
class _Story:
    """What the parts of the story are told from; the record ends with the visit."""

    record: PatientRecord
    visit: Visit
    clinic: ClinicSettings
    width: float


@dataclass(frozen=True)
class Printing:
    """When and by which program it is printed, and on which paper; None is the clinic's own."""

    printed_at: dt.datetime
    version: str
    paper: str | None = None


def visit_summary(
    record: PatientRecord,
    visit: Visit,
    clinic: ClinicSettings,
    *,
    printed_at: dt.datetime,
    version: str,
    paper: str | None = None,
) -> bytes:
    """The summary of one visit as a PDF, on the clinic's paper or another ("A4", "Letter").

    Later visits do not enter it, so that it says what was known at the visit. Equal input gives equal bytes.
    """
    return illustrated_summary(record, visit, clinic, {}, Printing(printed_at, version, paper))


def illustrated_summary(
    record: PatientRecord, visit: Visit, clinic: ClinicSettings, pictures: Mapping[str, bytes], printing: Printing
) -> bytes:
    """The summary with the photographs of the visit at its end; `pictures` are their bytes by id.

    Without any picture it is the summary: photographs are printed only where they were asked for.
    """
    page = page_of(printing.paper or clinic.paper)
    known = replace(record, visits=record.until(visit))
    story = _Story(known, visit, clinic, page.text_width)
    told = _told(story, page)
    if pictures:
        first, *others = photographs(known, visit, pictures, story.width)
        told += [KeepTogether([paragraph(_("Photographs"), styles().section), first]), *others]
    return build(page, _running(story, printing.printed_at, printing.version), told)


def _running(story: _Story, printed_at: dt.datetime, version: str) -> Running:
    patient, visit = story.record.patient, story.visit
    birth = patient.birth_date
    born = _("born {day}").format(day=day_label(birth)) if birth else _("birth date not recorded")
    return Running(
        patient=patient.full_name,
        identity=f"{_('record {number}').format(number=patient.record_number)} · {born}",
        clinic=story.clinic.name,
        visit=_("Visit of {when}").format(when=time_label(visit.at)),
        printed=_("Printed {when} · ssc_hand {version} · not for emergency use").format(
            when=time_label(printed_at), version=version
        ),
        purpose="" if story.clinic.purpose is Purpose.CLINIC else story.clinic.purpose.label.upper(),
        draft=visit.is_draft,
    )


def _told(story: _Story, page: Page) -> list[Flowable]:
    record, visit, width = story.record, story.visit, story.width
    protocol = protocol_of(visit, story.clinic)
    return [
        *opening.masthead(story.clinic, width),
        *opening.identity(record, visit, width),
        *opening.five_lines_box(record, visit, width),
        *hands(record, visit, story.clinic, width),
        *_section(_("Lesions"), [*lesion_table(record, visit, width), _course(story)]),
        *_comparison(story),
        *_section(
            _("Background, medicines, procedures and complications"),
            [*background(record, visit), *treatment(record, visit)],
        ),
        *_by_hand(_("Digits"), digit_table(record, visit, _person(story), protocol, width)),
        _together(_("Hands"), hand_table(record, visit, protocol, width)),
        _together(_("Whole visit"), visit_table(record, visit, protocol, width)),
        _together(_("Conditions of measurement"), conditions_table(record, visit, _conditions(story), width)),
        *_trends(story),
        *_section(_("History, findings and plan"), texts(visit)),
        *remarks(visit),
        signature(visit, width),
    ]


def _course(story: _Story) -> Flowable:
    """Episodic, recurrent or chronic, with the rule's source; or why it cannot be told yet."""
    found = recurrence(story.record, story.visit)
    text = _("Course of digital ulcers: {words}.").format(words=found.words)
    if found.course is not None:
        text += " " + _("Source: {source}.").format(source=SOURCE)
    return paragraph(text, styles().note)


def _section(title: str, content: Iterable[Flowable], *, room: float = 70) -> list[Flowable]:
    """A title that never stands alone at the foot of a page, and what follows it."""
    return [CondPageBreak(room), paragraph(title, styles().section), *content]


def _together(title: str, content: Iterable[Flowable]) -> Flowable:
    """A short section, on one page with its notes."""
    return KeepTogether([paragraph(title, styles().section), *content])


def _by_hand(title: str, content: list[Flowable]) -> list[Flowable]:
    """A section whose table is divided between the hands or not at all; its title stays with the first hand."""
    first, *others = content
    _width, height = first.wrap(10_000, 10_000)
    return [CondPageBreak(0.62 * height + 30), paragraph(title, styles().section), first, *others]


def _person(story: _Story) -> Person:
    return person_at(story.record.patient, story.visit, older_from=story.clinic.older_from)


def _comparison(story: _Story) -> list[Flowable]:
    """With what the visit is compared, and first of all how the conditions differed."""
    before = story.record.previous(story.visit)
    if before is None:
        return [Spacer(0, 6), paragraph(_("First visit: there is nothing to compare with."), styles().quiet)]
    differing = conditions_that_differ(story.record, story.visit)
    how = "; ".join(differing) if differing else _("none that was recorded")
    text = _("“Before” is the visit of {when} ({kind}). Conditions that differed: {how}.").format(
        when=time_label(before.at), kind=before.kind.label, how=how
    )
    return [Spacer(0, 6), paragraph(text, styles().quiet)]


def _conditions(story: _Story) -> list[tuple[str, str, str]]:
    """Every condition by name, with its value at this visit and at the previous one."""
    before = story.record.previous(story.visit)
    found = []
    for key in CONDITIONS:
        field = field_of(VISIT_FIELDS, key)
        then = field.format(getattr(before, key)) if before else ""
        found.append((field.name, field.format(getattr(story.visit, key)), then))
    for measure in CATALOGUE.of(Scope.VISIT):
        if _is_condition(measure):
            found.append((measure.name, _words(story.visit, measure), _words(before, measure)))
    return found


def _is_condition(measure: Measure) -> bool:
    """Whether a measure of the visit tells the surroundings and not the patient."""
    return measure.worse is Direction.NEITHER and not measure.key.endswith("_days")


def _words(visit: Visit | None, measure: Measure) -> str:
    found = reading(visit, VISIT, measure) if visit else None
    return found.words if found else ""


def _trends(story: _Story) -> list[Flowable]:
    if len(story.record.visits) < 2:
        return []
    rows = trend_rows(_charts(story), story.width)
    if not rows:
        return []
    legend = _(
        "Thin line: the means stand on different digits. Dotted: published limit. ▼\u00a0procedure. "
        "//\u00a0not comparable before and after. ^\u00a0at least this, or beyond the scale. "
        "×\u00a0could not be assessed."
    )
    *others, last = rows
    # The title never stands without a chart, nor what the signs mean.
    title, signs = paragraph(_("Trends"), styles().section), paragraph(legend, styles().note)
    if not others:
        return [KeepTogether([title, last, signs])]
    return [KeepTogether([title, others[0]]), *others[1:], KeepTogether([last, signs])]


def _follows_another(measure: Measure) -> bool:
    """Whether it is computed from what has a chart itself."""
    return measure.derived and any(CATALOGUE[source].shades for source in SOURCES[measure.key])


def _charts(story: _Story) -> list[ChartSpec]:
    """Ulcers, and every measure of a quantity or with a published meaningful change."""
    record, older_from = story.record, story.clinic.older_from
    charts = [ulcers_trend(record)]
    for measure in CATALOGUE.values():
        if not measure.is_number or _follows_another(measure):
            continue
        if measure.scope is Scope.DIGIT and measure.unit and measure.shades:
            spec = means_trend(record, measure, older_from=older_from)
            title = _("{measure}, mean of digits ({unit})").format(measure=measure.name, unit=measure.unit)
            charts.append(replace(spec, title=title))
        elif measure.change or (measure.scope is Scope.HAND and measure.worse is not Direction.NEITHER):
            charts.append(sites_trend(record, measure, sites_of_trend(measure), older_from=older_from))
    return charts
