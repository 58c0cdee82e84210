"""Digit measures that are many: narrow columns under their headings, with the value of before where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable, KeepTogether, Spacer

from ssc_hand.domain.anatomy import DIGITS, Site
from ssc_hand.domain.derived import all_readings, is_absent, reading
from ssc_hand.domain.measures import Group, Measure, with_unit
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.reports.grid import Cell, Notes, bold, cut, grid, minus, words
from ssc_hand.reports.styles import styles
from ssc_hand.reports.text import inline, markup

_DIGIT_WIDTH = 62.0
_LEAST_NUMBERS, _MOST_NUMBERS, _WORDS, _MOST_WORDS = 44.0, 60.0, 84.0, 190.0
#: Stands where a digit has no such joint or is not looked at.
_NOT_THERE = "—"


@dataclass
class _Sheet:
    record: PatientRecord
    visit: Visit
    before: Visit | None
    notes: Notes = field(default_factory=Notes)


def detail_tables(record: PatientRecord, visit: Visit, measures: Sequence[Measure], width: float) -> list[Flowable]:
    """A table for each heading, or for several narrow ones; digits of which nothing is said have no row."""
    sheet = _Sheet(record, visit, record.previous(visit))
    found: list[Flowable] = []
    for columns in _packed(measures, width):
        found += _table(sheet, columns, width)
    return [*found, *sheet.notes.below()]


def _packed(measures: Sequence[Measure], width: float) -> list[list[Measure]]:
    """The measures by table: headings stay whole, and share a table where they fit."""
    tables: list[list[Measure]] = []
    for group in Group:
        columns = [measure for measure in measures if measure.group is group]
        if columns and tables and _least_width([*tables[-1], *columns]) <= width:
            tables[-1] += columns
        elif columns:
            tables.append(columns)
    return tables


def _least_width(measures: Sequence[Measure]) -> float:
    return _DIGIT_WIDTH + sum(_LEAST_NUMBERS if measure.is_number else _WORDS for measure in measures)


def _table(sheet: _Sheet, measures: Sequence[Measure], width: float) -> list[Flowable]:
    sites = [site for site in DIGITS if _has_row(sheet, site, measures)]
    head: list[Cell] = [words(_("Digit"), styles().head)]
    head += [words(with_unit(m.head, f"({m.unit})" if m.unit else ""), styles().head) for m in measures]
    rows = [[words(site.name), *(_cell(sheet, site, measure) for measure in measures)] for site in sites]
    title = markup(bold(", ".join(dict.fromkeys(measure.group.label for measure in measures))), styles().body)
    note = markup(inline(" ".join(_notes(sheet, sites, measures))), styles().note)
    return [Spacer(0, 4), KeepTogether([title, grid([head, *rows], _widths(measures, width), head=1), note])]


def _widths(measures: Sequence[Measure], width: float) -> list[float]:
    """Numbers up to their widest, then words up to theirs, which may be reasons of several lines."""
    worded = sum(not measure.is_number for measure in measures)
    numbers = len(measures) - worded
    number = min((width - _DIGIT_WIDTH - worded * _WORDS) / (numbers or 1), _MOST_NUMBERS)
    words_ = min((width - _DIGIT_WIDTH - numbers * number) / (worded or 1), _MOST_WORDS)
    return [_DIGIT_WIDTH, *(number if measure.is_number else words_ for measure in measures)]


def _has_row(sheet: _Sheet, site: Site, measures: Iterable[Measure]) -> bool:
    visits = [each for each in (sheet.visit, sheet.before) if each]
    return any(reading(visit, site, measure) for visit in visits for measure in measures)


def _cell(sheet: _Sheet, site: Site, measure: Measure) -> Cell:
    if not measure.fits(site):
        return words(_NOT_THERE, styles().cell_small)
    now = _text(sheet, sheet.visit, site, measure)
    said = words(now or _("not recorded"), styles().cell if now else styles().cell_small)
    if is_absent(sheet.record, sheet.visit, site):
        said = words(_("amputated"), styles().cell_small)
    then = _text(sheet, sheet.before, site, measure) if sheet.before else ""
    if sheet.before is None or then == now or not all_readings(sheet.before, measure):
        return said
    before = _("before {value}").format(value=then) if then else _("not recorded then")
    return [said, words(before, styles().cell_small)]


def _text(sheet: _Sheet, visit: Visit, site: Site, measure: Measure) -> str:
    """The value without its unit, or a dash with the reason; empty where it is not recorded."""
    found = reading(visit, site, measure)
    if found is None:
        return ""
    if found.value is None and measure.derived:
        return "–"
    short, shortened = cut(minus(found.text))
    return f"{short} ({sheet.notes.sign(found.words)})" if shortened else short


def _notes(sheet: _Sheet, sites: Sequence[Site], measures: Sequence[Measure]) -> Iterator[str]:
    """What the signs and the measures mean, and how the table stands to the previous visit."""
    if not all(measure.fits(site) for measure in measures for site in sites):
        yield _("{sign} not at this digit.").format(sign=_NOT_THERE)
    if any(measure.derived for measure in measures):
        yield _("– not computable.")
    if sheet.before is not None:
        new = [measure.name for measure in measures if not all_readings(sheet.before, measure)]
        if len(new) < len(measures):
            yield _("As at the previous visit where nothing is added.")
        if new:
            yield _("Not recorded at the previous visit: {names}.").format(names=", ".join(new))
    told: dict[str, list[str]] = {}
    for measure in measures:
        text = "; ".join(part for part in (measure.meaning, _(measure.note) if measure.note else "") if part)
        if text:
            told.setdefault(text, []).append(measure.name)
    for text, names in told.items():
        yield f"{', '.join(names)}: {text}."
