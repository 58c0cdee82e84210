"""The tables of each hand and of the whole visit: values, means with their n, one hand minus the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from ssc_hand.domain.anatomy import HANDS, VISIT, Hand, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.compare import (
    Difference,
    Mean,
    change,
    hand_change,
    hand_mean,
    hand_minus_other,
    treated_minus_other,
)
from ssc_hand.domain.dates import day_label
from ssc_hand.domain.derived import all_readings, not_scored, reading
from ssc_hand.domain.measures import Direction, Measure
from ssc_hand.domain.protocols import Protocol
from ssc_hand.domain.records import PatientRecord, Procedure, Visit
from ssc_hand.domain.vocabulary import ProcedureState
from ssc_hand.i18n import _
from ssc_hand.reports.digit_table import bare
from ssc_hand.reports.grid import Cell, Command, Notes, bold, cut, grid, minus, number, raised, words
from ssc_hand.reports.silence import silent_names
from ssc_hand.reports.styles import HAIR, INK, styles
from ssc_hand.reports.text import inline, markup

_LABEL_SHARE = 0.27
_LABEL_SHARE_ALONE = 0.4
_VISIT_SHARES = (0.27, 0.19, 0.19, 0.11, 0.24)


@dataclass
class _Sheet:
    record: PatientRecord
    visit: Visit
    before: Visit | None
    notes: Notes = field(default_factory=Notes)


def averaged() -> tuple[Measure, ...]:
    """The digit measures whose mean over a hand is shown: quantities with a unit that the drawing can show.

    A rating of pain per digit is no validated instrument, so it is not summed up.
    """
    return tuple(m for m in CATALOGUE.of(Scope.DIGIT) if m.is_number and m.unit and m.shades)


def hand_table(record: PatientRecord, visit: Visit, protocol: Protocol, width: float) -> list[Flowable]:
    """Values and means of each hand, with the previous visit's, the change, and right minus left."""
    sheet = _Sheet(record, visit, record.previous(visit))
    told = [measure for measure in CATALOGUE.of(Scope.HAND) if _is_told(sheet, measure)]
    rows = [_measured(sheet, measure) for measure in told]
    rows += [_averaged(sheet, measure) for measure in averaged() if _is_averaged(sheet, measure)]
    silent = _silent(sheet, [m for m in CATALOGUE.entered(Scope.HAND) if m not in told and protocol.asks(m)])
    if not rows:
        return silent or [words(_("No measure of a hand was asked for or recorded."), styles().body)]
    head, commands = _hand_head(sheet)
    count = len(head[0]) - 1
    label = width * (_LABEL_SHARE if sheet.before else _LABEL_SHARE_ALONE)
    widths = [label, *[(width - label) / count] * count]
    table = grid([*head, *rows], widths, head=len(head), more=commands)
    return [table, *silent, *sheet.notes.below(), *_treated(sheet)]


def _is_averaged(sheet: _Sheet, measure: Measure) -> bool:
    """Whether any digit has something to average, or a reason why not, at this visit or the one before."""
    return any(all_readings(visit, measure) for visit in (sheet.visit, sheet.before) if visit)


def _is_told(sheet: _Sheet, measure: Measure) -> bool:
    """Whether this visit or the one before says anything about it, of either hand."""
    visits = [sheet.visit] if sheet.before is None else [sheet.visit, sheet.before]
    return any(reading(visit, site, measure) is not None for visit in visits for site in HANDS)


def _silent(sheet: _Sheet, measures: Sequence[Measure]) -> list[Flowable]:
    """What was asked for and has no row, because nothing was recorded, is said in one line."""
    if not measures:
        return []
    text = _("Not recorded: {names}.") if sheet.before is None else _("Not recorded at either visit: {names}.")
    return [words(text.format(names=silent_names(measures)), styles().note)]


def _hand_head(sheet: _Sheet) -> tuple[list[list[Cell]], list[Command]]:
    names = [_("{side} hand").format(side=hand.hand.label.upper()) for hand in HANDS if hand.hand]
    minus = words(_("right minus left"), styles().head)
    if sheet.before is None:
        return [["", *names, minus]], []
    top: list[Cell] = [""]
    below: list[Cell] = [""]
    commands: list[Command] = []
    for name in names:
        commands += [
            ("SPAN", (len(top), 0), (len(top) + 2, 0)),
            ("LINEBELOW", (len(top), 0), (len(top) + 2, 0), HAIR, INK),
        ]
        top += [name, "", ""]
        below += [_("now"), _("before"), _("change")]
    return [[*top, minus], [*below, ""]], commands


def _label(sheet: _Sheet, title: str, measure: Measure) -> Cell:
    text = [measure.meaning, _(measure.note) if measure.note else ""]
    source = ""
    if measure.change is not None:
        text.append(_("published meaningful change {amount}").format(amount=f"{measure.change.amount:g}"))
        source = _("Source: {source}.").format(source=measure.change.source)
    if measure.key == "ddd":
        text.append(not_scored())
    note = "; ".join(part for part in text if part)
    signs = [sheet.notes.sign(f"{measure.name}: {note}." if note else ""), sheet.notes.sign(source)]
    return markup(inline(title) + raised(" ".join(sign for sign in signs if sign)), styles().cell)


def _measured(sheet: _Sheet, measure: Measure) -> list[Cell]:
    row: list[Cell] = [_label(sheet, measure.title, measure)]
    for site in HANDS:
        row.append(_reading(sheet, sheet.visit, site, measure))
        if sheet.before is not None:
            row.append(_reading(sheet, sheet.before, site, measure))
            row.append(_change(sheet, change(sheet.record, sheet.visit, site, measure)))
    if not measure.is_number:
        return [*row, ""]
    return [*row, _minus(sheet, hand_minus_other(sheet.record, sheet.visit, Hand.RIGHT, measure))]


def _reading(sheet: _Sheet, visit: Visit, site: Site, measure: Measure) -> Cell:
    found = reading(visit, site, measure)
    if found is None:
        return words(_("not recorded"), styles().cell_small)
    if found.value is None:
        short, shortened = cut(found.words)
        sign = f" ({sheet.notes.sign(found.words)})" if shortened else ""
        return words(short + sign, styles().cell_small)
    if found.basis:
        return words(f"{found.text} ({found.basis})")
    return number(found.text, aligned=False)


def _change(sheet: _Sheet, found: Difference | None) -> Cell:
    if found is None:
        return ""
    if found.value is None:
        return words(_("not comparable"), styles().cell_small)
    return number(bare(found), aligned=False)


def _averaged(sheet: _Sheet, measure: Measure) -> list[Cell]:
    title = _("{measure}, mean of digits").format(measure=measure.name)
    row: list[Cell] = [_label(sheet, f"{title} ({measure.unit})", measure)]
    for hand in Hand:
        row.append(_mean(sheet, hand_mean(sheet.record, sheet.visit, hand, measure)))
        if sheet.before is not None:
            row.append(_mean(sheet, hand_mean(sheet.record, sheet.before, hand, measure)))
            row.append(_minus(sheet, hand_change(sheet.record, sheet.visit, hand, measure)))
    return [*row, _minus(sheet, hand_minus_other(sheet.record, sheet.visit, Hand.RIGHT, measure))]


def _mean(sheet: _Sheet, found: Mean) -> Cell:
    if found.value is None:
        why = _left_out(found) if found.is_left_out else ""
        return markup(inline(found.words) + raised(sheet.notes.sign(why)), styles().cell_small)
    text = ("≥ " if found.at_least else "") + found.measure.kind.format(found.value)
    return _with_n(sheet, text, found)


def _minus(sheet: _Sheet, found: Difference | None) -> Cell:
    if found is None:
        return ""
    if found.value is None:
        return words(_("not comparable"), styles().cell_small)
    if found.measure.scope is not Scope.DIGIT:
        return number(bare(found), aligned=False)
    return _with_n(sheet, bare(found), found)


def _with_n(sheet: _Sheet, text: str, found: Mean | Difference) -> Cell:
    n = f'<font size="6.6">{inline(_("(n = {n})").format(n=found.n))}</font>'
    return markup(f"{inline(minus(text))} {n}{raised(sheet.notes.sign(_left_out(found)))}", styles().cell)


def _left_out(found: Mean | Difference) -> str:
    # That thumbs are not scored is true of every hand and stands with the measure.
    named = [each for each in found.left_out if not each.endswith(not_scored())]
    return _("left out: {digits}.").format(digits="; ".join(named)) if named else ""


def _treated(sheet: _Sheet) -> Iterator[Flowable]:
    """The treated hand minus the other, for each procedure done by the day of the visit."""
    for procedure in sheet.record.procedures:
        done = procedure.state is ProcedureState.DONE
        if done and (procedure.date is None or procedure.date.earliest <= sheet.visit.day):
            head = _("Treated minus other hand, {procedure}:").format(procedure=procedure.words)
            yield markup(f"{bold(head)} {inline('; '.join(_treated_words(sheet, procedure)))}.", styles().quiet)


def _treated_words(sheet: _Sheet, procedure: Procedure) -> list[str]:
    measures = (*(m for m in CATALOGUE.of(Scope.HAND) if m.is_number), *averaged())
    found = [treated_minus_other(sheet.record, sheet.visit, procedure, measure) for measure in measures]
    if not any(found):
        return [_("both hands were treated, so there is no other hand")]
    recorded = [each for each in found if each is not None and each.value is not None]
    return [_treated_word(each) for each in recorded] or [_("nothing was recorded on both hands")]


def _treated_word(found: Difference) -> str:
    text = _("{measure} {words}").format(measure=found.measure.name, words=found.words)
    return _("{text} (n = {n})").format(text=text, n=found.n) if found.measure.scope is Scope.DIGIT else text


def visit_table(record: PatientRecord, visit: Visit, protocol: Protocol, width: float) -> list[Flowable]:
    """The scores that belong to the whole visit, and those asked for that are missing."""
    sheet = _Sheet(record, visit, record.previous(visit))
    scores = [m for m in CATALOGUE.of(Scope.VISIT) if m.is_number and m.worse is not Direction.NEITHER]
    visits = [each for each in (visit, sheet.before) if each]
    measures = [m for m in scores if any(reading(each, VISIT, m) for each in visits)]
    silent = _silent(sheet, [m for m in scores if m not in measures and not m.derived and protocol.asks(m)])
    if not measures:
        return silent or [words(_("No score was asked for or recorded."), styles().body)]
    head = _visit_head(sheet, _("change"))
    rows = [[_label(sheet, measure.title, measure), *_visit_cells(sheet, measure)] for measure in measures]
    shares = _VISIT_SHARES[:4] if sheet.before else _VISIT_SHARES[:2]
    return [grid([head, *rows], [share * width for share in shares], head=1), *silent, *sheet.notes.below()]


def _visit_head(sheet: _Sheet, *more: str) -> list[Cell]:
    head: list[Cell] = ["", words(_("This visit"), styles().head)]
    if sheet.before is not None:
        before = _("Previous visit, {day}").format(day=day_label(sheet.before.day))
        head += [words(before, styles().head), *(words(each, styles().head) for each in more)]
    return head


def _visit_cells(sheet: _Sheet, measure: Measure) -> list[Cell]:
    cells = [_with_days(sheet, sheet.visit, measure)]
    if sheet.before is not None:
        cells.append(_with_days(sheet, sheet.before, measure))
        found = change(sheet.record, sheet.visit, VISIT, measure)
        cells.append(_change(sheet, found if found and found.value is not None else None))
    return cells


def _with_days(sheet: _Sheet, visit: Visit, measure: Measure) -> Cell:
    """A score with the number of days that it is the mean of, where the catalogue has such a measure."""
    days = CATALOGUE.get(f"{measure.key}_days")
    found = reading(visit, VISIT, measure)
    if days is None or found is None or found.value is None:
        return _reading(sheet, visit, VISIT, measure)
    count = reading(visit, VISIT, days)
    text = _("{score} (diary of {days} days)") if count and count.value is not None else _("{score} (days {missing})")
    return words(text.format(score=found.text, days=count.text if count else "", missing=_("not recorded")))


def conditions_table(
    record: PatientRecord, visit: Visit, fields: Sequence[tuple[str, str, str]], width: float
) -> list[Flowable]:
    """The conditions of measurement, now and at the previous visit; a sign stands where they differ.

    `fields` are name, value now and value then, each value empty where not recorded.
    """
    sheet = _Sheet(record, visit, record.previous(visit))
    rows = [[words(name), *_condition_cells(sheet, now, then)] for name, now, then in fields]
    shares = (0.27, 0.365, 0.365) if sheet.before else (0.27, 0.73)
    return [grid([_visit_head(sheet), *rows], [share * width for share in shares], head=1)]


def _condition_cells(sheet: _Sheet, now: str, then: str) -> list[Cell]:
    missing = _("not recorded")
    cells: list[Cell] = [words(now or missing, styles().cell if now else styles().cell_small)]
    if sheet.before is not None:
        text = then or missing
        style = styles().cell if then else styles().cell_small
        cells.append(markup(f"{bold('≠')} {inline(text)}", styles().cell) if now != then else words(text, style))
    return cells
