"""The table of digits: every measure now, at the previous visit, and the change, in names and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.platypus import Flowable

from ssc_hand.domain.anatomy import DIGITS, Hand, Scope, Site
from ssc_hand.domain.catalogue import BESIDE, CATALOGUE
from ssc_hand.domain.compare import Difference, change
from ssc_hand.domain.derived import Reading, all_readings, is_absent, limit_for, mark, not_scored, reading
from ssc_hand.domain.measures import Direction, Group, Measure, NoLimit, Person
from ssc_hand.domain.protocols import Protocol
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.reports.detail_tables import detail_tables
from ssc_hand.reports.grid import Cell, Command, Notes, bold, cut, grid, minus, number, words
from ssc_hand.reports.silence import silent_names
from ssc_hand.reports.styles import HAIR, INK, RULE, styles
from ssc_hand.reports.text import inline, markup

_DIGIT_WIDTH = 62.0
_LEAST_WORDS, _MOST_WORDS = 60.0, 92.0
_LEAST_NUMBERS, _MOST_NUMBERS = 82.0, 110.0
#: Of a number that stands alone, at a first visit.
_LEAST_NUMBERS_ALONE = 50.0
#: How the room of a number is shared by now, before and change.
_PARTS = (0.32, 0.29, 0.39)
#: Headings whose measures are read together and so stand in a table of their own.
_APART = frozenset({Group.MOVEMENT, Group.SENSATION, Group.NAILFOLD})
#: Stands where two values cannot be compared because the digit was shortened between them.
_LOST = "—"


@dataclass
class _Sheet:
    """One table while it is made: who, when, and the notes that gather on the way."""

    record: PatientRecord
    visit: Visit
    before: Visit | None
    person: Person
    notes: Notes = field(default_factory=Notes)
    marks: dict[str, str] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    shortened: bool = False

    @property
    def across(self) -> int:
        """How many columns a number takes."""
        return 3 if self.before else 1


def digit_table(
    record: PatientRecord, visit: Visit, person: Person, protocol: Protocol, width: float
) -> list[Flowable]:
    """The digit measures that are recorded, digit by digit, what the signs mean, and what of the protocol is missing.

    What does not fit beside each other on the paper follows in small tables of their own.
    """
    sheet = _Sheet(record, visit, record.previous(visit), person)
    recorded, silent = _columns(sheet, protocol)
    below: list[Flowable] = [words(_silence(silent), styles().quiet)] if silent else []
    if not recorded:
        return below or [words(_("No measure of digits was asked for or recorded."), styles().body)]
    measures = _beside_each_other(sheet, recorded, width)
    others = [measure for measure in recorded if measure not in measures]
    main = [*_main(sheet, measures, width), *below, *_below(sheet, measures)] if measures else below
    return [*main, *detail_tables(record, visit, others, width)]


def _main(sheet: _Sheet, measures: Sequence[Measure], width: float) -> list[Flowable]:
    head = _head(sheet, measures)
    rows = [_row(sheet, site, measures, len(head) + number) for number, site in enumerate(DIGITS)]
    first_left = len(head) + next(number for number, site in enumerate(DIGITS) if site.hand is Hand.LEFT)
    sheet.commands += [
        ("LINEABOVE", (0, first_left), (-1, first_left), RULE, INK),
        ("NOSPLIT", (0, 0), (-1, first_left - 1)),
        ("NOSPLIT", (0, first_left), (-1, -1)),
    ]
    return [grid([*head, *rows], _widths(sheet, measures, width), head=len(head), more=sheet.commands)]


def _beside_each_other(sheet: _Sheet, measures: Sequence[Measure], width: float) -> list[Measure]:
    """The first measures of the catalogue, as many as stand in one table; those of some digits only stand apart."""
    least = _LEAST_NUMBERS if sheet.before else _LEAST_NUMBERS_ALONE
    room = width - _DIGIT_WIDTH
    found = []
    for measure in measures:
        room -= least if measure.is_number else _LEAST_WORDS
        if room < 0:
            break
        if measure.digits is None and measure.group not in _APART:
            found.append(measure)
    return found


def _columns(sheet: _Sheet, protocol: Protocol) -> tuple[list[Measure], list[Measure]]:
    """The digit measures that are recorded, and those asked for of which neither visit records anything.

    "Since" of another measure stands with that one, and where refill was pressed below the table.
    """
    visits = [sheet.visit] + ([sheet.before] if sheet.before else [])
    found = [m for m in CATALOGUE.of(Scope.DIGIT) if m.key not in BESIDE and not m.key.endswith("_since")]
    shown = [m for m in found if any(all_readings(each, m) for each in visits)]
    return shown, [m for m in found if m not in shown and not m.derived and protocol.asks(m)]


def _silence(silent: Sequence[Measure]) -> str:
    return _("Not recorded at any digit: {measures}.").format(measures=silent_names(silent))


def _widths(sheet: _Sheet, measures: Sequence[Measure], width: float) -> list[float]:
    numbers = sum(measure.is_number for measure in measures)
    worded = len(measures) - numbers
    room = width - _DIGIT_WIDTH
    words_width = min(_MOST_WORDS, max(_LEAST_WORDS, (room - numbers * _LEAST_NUMBERS) / (worded or 1)))
    each = min((room - worded * words_width) / (numbers or 1), _MOST_NUMBERS)
    parts = [each * part for part in _PARTS] if sheet.before else [each]
    found = [_DIGIT_WIDTH]
    for measure in measures:
        found += parts if measure.is_number else [words_width]
    return found


def _head(sheet: _Sheet, measures: Sequence[Measure]) -> list[list[Cell]]:
    titles: list[Cell] = [words(_("Digit"), styles().head)]
    below: list[Cell] = [""]
    for measure in measures:
        start = len(titles)
        style = styles().head_centre if measure.is_number and sheet.before else styles().head
        titles.append(words(measure.title, style))
        below.append("")
        if not (measure.is_number and sheet.before):
            continue
        titles += ["", ""]
        below[start:] = [words(each, styles().head_small) for each in (_("now"), _("before"), _("change"))]
        end = start + 2
        sheet.commands += [
            ("SPAN", (start, 0), (end, 0)),
            ("LINEBELOW", (start, 0), (end, 0), HAIR, INK),
            ("LEFTPADDING", (start, 1), (end, -1), 0),
            ("RIGHTPADDING", (start, 1), (end, -1), 3),
            ("RIGHTPADDING", (end, 1), (end, -1), 7),
        ]
    return [titles, below] if sheet.before else [titles]


def _row(sheet: _Sheet, site: Site, measures: Sequence[Measure], number: int) -> list[Cell]:
    row: list[Cell] = [_digit(sheet, site)]
    if gone := is_absent(sheet.record, sheet.visit, site):
        text = _("{level}: nothing of it remains to be measured").format(level=gone.level.label)
        sheet.commands.append(("SPAN", (1, number), (-1, number)))
        columns = sum(sheet.across if measure.is_number else 1 for measure in measures)
        return [*row, words(text, styles().cell_small), *[""] * (columns - 1)]
    for measure in measures:
        if measure.is_number:
            row += _number_cells(sheet, site, measure, (len(row), number))
        else:
            row.append(_word_cell(sheet, site, measure))
    return row


def _digit(sheet: _Sheet, site: Site) -> Cell:
    lost = sheet.record.amputation(site, sheet.visit.day)
    if lost is None:
        return words(site.name)
    when = lost.date.label if lost.date else _("date unknown")
    what = _("amputated {when}") if lost.whole_digit else _("stump, amputated {when}")
    return [words(site.name), words(what.format(when=when), styles().cell_small)]


def _number_cells(sheet: _Sheet, site: Site, measure: Measure, at: tuple[int, int]) -> list[Cell]:
    column, row = at
    now = reading(sheet.visit, site, measure)
    if now is not None and now.number is not None:
        value = _value(sheet, now)
        if sheet.before is None:
            return [value]
        return [value, *_earlier(sheet, site, measure, (column + 1, row))]
    text = _absent_words(sheet, now)
    if sheet.before is not None:
        then = reading(sheet.before, site, measure)
        if then is not None and then.number is not None:
            text = _("{text}; before {value}").format(text=text, value=minus(then.text))
        sheet.commands.append(("SPAN", (column, row), (column + 2, row)))
        return [words(text, styles().cell_small), "", ""]
    return [words(text, styles().cell_small)]


def _absent_words(sheet: _Sheet, found: Reading | None) -> str:
    """Why there is no number; a long reason stands in full below the table."""
    if found is None:
        return _("not recorded")
    if found.why == not_scored():
        return found.why
    short, shortened = cut(found.words)
    if shortened:
        short += f" ({sheet.notes.sign(found.words)})"
    return short


def _value(sheet: _Sheet, found: Reading) -> Cell:
    stands_out = mark(sheet.visit, found, sheet.person)
    if stands_out is None:
        return number(found.text, aligned=sheet.before is not None)
    symbol = "▲" if found.measure.worse is Direction.HIGHER else "▼"
    sheet.marks[symbol] = _("{words}. Source: {source}").format(words=stands_out.words, source=stands_out.source)
    style = styles().cell_right if sheet.before else styles().cell
    return markup(f'<font size="6">{inline(symbol)}</font> {bold(minus(found.text))}', style)


def _earlier(sheet: _Sheet, site: Site, measure: Measure, at: tuple[int, int]) -> list[Cell]:
    """The value of the previous visit and the change."""
    assert sheet.before is not None
    column, row = at
    then = reading(sheet.before, site, measure)
    if then is None or then.number is None:
        sheet.commands.append(("SPAN", (column, row), (column + 1, row)))
        text = _("not recorded then") if then is None else _("then {why}").format(why=_absent_words(sheet, then))
        return [words(text, styles().cell_small), ""]
    found = change(sheet.record, sheet.visit, site, measure)
    if found is None or found.value is None:
        sheet.shortened = True
        return [quiet(then.text), quiet(_LOST)]
    return [quiet(then.text), quiet(bare(found))]


def quiet(text: str) -> Flowable:
    """A number beside the value itself: the earlier one, or the change."""
    return markup(inline(minus(text)), styles().cell_right_quiet)


def bare(found: Difference) -> str:
    """A difference without its unit, for a column that has the unit in its head."""
    unit = found.measure.unit
    return found.words.removesuffix(unit).rstrip() if unit else found.words


def _word_cell(sheet: _Sheet, site: Site, measure: Measure) -> Cell:
    now = _worded(sheet, sheet.visit, site, measure)
    if sheet.before is None:
        return words(now or _("not recorded"), styles().cell if now else styles().cell_small)
    then = _worded(sheet, sheet.before, site, measure)
    if not all_readings(sheet.before, measure):
        # Said once below the table instead of in every cell.
        return words(now or _("not recorded"), styles().cell if now else styles().cell_small)
    if not now and not then:
        return words(_("not recorded"), styles().cell_small)
    if now == then:
        # Said once below the table: without another word it is as before.
        return words(now)
    before = _("before: {then}").format(then=then or _("not recorded"))
    return [
        words(now or _("not recorded"), styles().cell if now else styles().cell_small),
        words(before, styles().cell_small),
    ]


def _worded(sheet: _Sheet, visit: Visit, site: Site, measure: Measure) -> str:
    """A value in words with its "since"; empty where it is not recorded."""
    found = reading(visit, site, measure)
    if found is None:
        return ""
    text = _absent_words(sheet, found) if found.value is None else found.words
    since = CATALOGUE.get(f"{measure.key}_since")
    started = reading(visit, site, since) if since else None
    if started is None or found.value is not True:
        return text
    return _("{text}, since {when}").format(text=text, when=_absent_words(sheet, started))


def _below(sheet: _Sheet, measures: Sequence[Measure]) -> list[Flowable]:
    lines = [f"{inline(symbol)}&nbsp; {inline(text)}." for symbol, text in sorted(sheet.marks.items())]
    lines += map(inline, _without_limit(sheet, measures))
    lines += map(inline, _repeats(sheet, measures))
    lines += map(inline, _places(sheet, measures))
    if then := " ".join(_not_then(sheet, measures)):
        lines.append(inline(then))
    if sheet.shortened:
        lines.append(inline(_("{sign} not comparable: the digit was shortened between the visits.").format(sign=_LOST)))
    lines.append(inline(" ".join(text for measure in measures if (text := _meaning(measure)))))
    return [*(markup(line, styles().note) for line in lines), *sheet.notes.below()]


def _not_then(sheet: _Sheet, measures: Sequence[Measure]) -> Iterator[str]:
    """How measures in words stand to the previous visit where their cells are silent."""
    if sheet.before is None:
        return
    for measure in measures:
        if measure.is_number:
            continue
        if all_readings(sheet.before, measure):
            yield _("{measure}: as before where nothing is added.").format(measure=measure.name)
        else:
            yield _("{measure}: not recorded at any digit at the previous visit.").format(measure=measure.name)


def _meaning(measure: Measure) -> str:
    parts = [measure.meaning, _(measure.note) if measure.note else ""]
    text = "; ".join(part for part in parts if part)
    return f"{measure.name}: {text}." if text else ""


def _without_limit(sheet: _Sheet, measures: Sequence[Measure]) -> Iterator[str]:
    for measure in measures:
        found = limit_for(measure, sheet.person)
        if isinstance(found, NoLimit) and any(reading(sheet.visit, site, measure) for site in DIGITS):
            yield f"{measure.name}: {found.why}."


def _repeats(sheet: _Sheet, measures: Sequence[Measure]) -> Iterator[str]:
    """Of how many readings a value is the mean, where it is of more than one."""
    for measure in measures:
        found = [each for site in DIGITS if (each := reading(sheet.visit, site, measure)) and each.n]
        several = [each for each in found if each.n > 1]
        if not several:
            continue
        if len({each.n for each in found}) == 1:
            yield _("{measure}: each value is the mean of {n} readings.").format(measure=measure.name, n=found[0].n)
        else:
            names = ", ".join(f"{each.site.name} ({each.n})" for each in several)
            yield _("{measure}: means of several readings at {names}.").format(measure=measure.name, names=names)


def _places(sheet: _Sheet, measures: Sequence[Measure]) -> Iterator[str]:
    """Where refill was pressed at digits for which that was recorded."""
    for measure in measures:
        found = [each for site in DIGITS if (each := reading(sheet.visit, site, measure)) and each.place]
        for place in dict.fromkeys(each.place for each in found if each.place):
            names = ", ".join(each.site.name for each in found if each.place is place)
            yield _("{measure}: pressed at the {place} at {names}.").format(
                measure=measure.name, place=place.label, names=names
            )
