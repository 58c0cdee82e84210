"""The table of lesions: each letter of the drawing in words, with its change since the previous visit."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from ssc_hand.domain.fields import LESION, LESION_STATE, field_of
from ssc_hand.domain.lesions import LesionAt, area_mm2, healing_words, lesions_at, reviewed_words
from ssc_hand.domain.records import LesionState, PatientRecord, Visit
from ssc_hand.domain.vocabulary import LesionKind, Status
from ssc_hand.i18n import _
from ssc_hand.reports.grid import Cell, Drawn, bold, grid, words
from ssc_hand.reports.marks import RADIUS, draw_mark, look_of
from ssc_hand.reports.styles import styles
from ssc_hand.reports.text import inline, markup

_SHARES = (0.055, 0.335, 0.115, 0.15, 0.185, 0.16)


def lesion_table(record: PatientRecord, visit: Visit, width: float) -> list[Flowable]:
    """The lesions that the visit knows, by letter, and their notes in full; `record` ends with the visit."""
    found = lesions_at(record, visit)
    reviewed = words(reviewed_words(visit) + ".", styles().body)
    if not found:
        return [words(_("No lesion is recorded at this visit, and none is carried over."), styles().body), reviewed]
    head: list[Cell] = [
        "",
        words(_("Lesion"), styles().head),
        words(_("Status"), styles().head),
        words(_("Size, depth"), styles().head),
        words(_("Infection"), styles().head),
        words(_("Change"), styles().head),
    ]
    rows = [head, *(_row(record, visit, each) for each in found)]
    table = grid(rows, [share * width for share in _SHARES], head=1, more=[("VALIGN", (0, 1), (0, -1), "TOP")])
    return [table, *_notes_below(found), reviewed]


def _row(record: PatientRecord, visit: Visit, each: LesionAt) -> list[Cell]:
    is_ulcer = each.lesion.kind is LesionKind.ULCER
    return [
        _mark(each, first_visit=record.previous(visit) is None),
        _what_and_where(each),
        words(each.status.label),
        _size_cell(each),
        words(_infection(each) if is_ulcer else ""),
        words("; ".join(_since(record, visit, each))),
    ]


def _mark(each: LesionAt, *, first_visit: bool) -> Drawn:
    size = 2 * RADIUS + 10

    def paint(canvas: Canvas) -> None:
        draw_mark(canvas, (size / 2, size / 2 - 1), each.lesion.letter, look_of(each, first_visit=first_visit))

    return Drawn((size, size - 2), paint)


def _what_and_where(each: LesionAt) -> Cell:
    lesion = each.lesion
    kind = lesion.kind.label
    if lesion.kind is LesionKind.ULCER:
        kind += f", {lesion.origin.label}" if lesion.origin else _(", origin not recorded")
    parts = [kind]
    if each.state.pain is not None and each.was_examined:
        parts.append(_("pain {n} (0–10)").format(n=each.state.pain))
    if not lesion.is_exact:
        parts.append(_("exact point not recorded"))
    digit = lesion.site.of_digit.name
    place = bold(digit) + inline(lesion.place.removeprefix(digit))
    return markup(f"{place}<br/>{inline('; '.join(parts))}", styles().cell)


def _beside(each: LesionAt) -> str:
    """What stands in the place of a finding that nobody made today."""
    return "" if each.status is Status.AMPUTATED else _("not examined")


def _size_cell(each: LesionAt) -> Cell:
    """Size, area and depth; of another lesion than an ulcer, and of a healed one, only what was recorded."""
    if not each.was_examined:
        return words(_beside(each))
    size, depth = _size(each.state), field_of(LESION_STATE, "depth").format(each.state.depth)
    if each.lesion.kind is LesionKind.ULCER and each.is_open:
        missing = _("not recorded")
        if not size and not depth:
            return words(_("size and depth not recorded"))
        size = size or _("size {missing}").format(missing=missing)
        depth = depth or _("depth {missing}").format(missing=missing)
    return [words(part) for part in (*size.split("\n"), depth) if part] or ""


def _size(state: LesionState) -> str:
    """Size and area on two lines; empty where neither length nor width is recorded."""
    length, width = (field_of(LESION_STATE, key) for key in ("length_mm", "width_mm"))
    if state.length_mm is None and state.width_mm is None:
        return ""
    area = area_mm2(state)
    if area is not None:
        return _("{length} × {width} mm\narea {area} mm²").format(
            length=length.format(state.length_mm), width=width.format(state.width_mm), area=f"{area:.0f}"
        )
    return ", ".join(
        _("{name} {value} mm").format(name=field.name.lower(), value=field.format(value))
        if value is not None
        else _("{name} not recorded").format(name=field.name.lower())
        for field, value in ((length, state.length_mm), (width, state.width_mm))
    )


def _said(each: LesionAt, key: str) -> str:
    """A field of the state in words; "not recorded" and "not examined" are two different things."""
    if not each.was_examined:
        return _beside(each)
    text = field_of(LESION_STATE, key).format(getattr(each.state, key))
    return text or (_("not recorded") if each.is_open else "")


def _infection(each: LesionAt) -> str:
    if not each.was_examined:
        return _beside(each)
    parts = [text] if (text := _said(each, "infection")) else []
    for key in ("signs", "swab"):
        if value := getattr(each.state, key):
            parts.append(f"{_name(key)}: {field_of(LESION_STATE, key).format(value)}")
    for key in ("exposed_bone", "osteomyelitis"):
        value = getattr(each.state, key)
        if value is not None:
            parts.append(f"{_name(key)}: {field_of(LESION_STATE, key).format(value)}")
    return "; ".join(parts)


def _name(key: str) -> str:
    name = field_of(LESION_STATE, key).name
    return name[:1].lower() + name[1:]


def _since(record: PatientRecord, visit: Visit, each: LesionAt) -> Iterator[str]:
    if not each.carried:
        yield _("first recorded") if record.previous(visit) is None else _("new")
        yield from _history(record, each)
    elif each.status is Status.AMPUTATED:
        yield _("ended with the amputation of the digit, not healed")
    elif not each.was_examined:
        yield _last_seen(each)
    else:
        yield from _compared(record, each)


def _history(record: PatientRecord, each: LesionAt) -> Iterator[str]:
    if each.lesion.onset:
        onset = field_of(LESION, "onset")
        yield f"{onset.name.lower()} {each.lesion.onset.label}"
    letters = {lesion.id: lesion.letter for lesion in record.lesions}
    if each.lesion.follows in letters:
        yield _("where {letter} had healed").format(letter=letters[each.lesion.follows])


def _last_seen(each: LesionAt) -> str:
    if each.before is None:
        return _("never examined")
    size = _size(each.before).replace("\n", ", ")
    return _("last examined: {status}").format(status=each.before.status.label) + (f", {size}" if size else "")


def _compared(record: PatientRecord, each: LesionAt) -> Iterator[str]:
    before = each.before
    assert before is not None
    if each.status is Status.HEALED:
        yield healing_words(record, each.lesion) or _("healed, first seen at this visit")
        return
    if before.status is not each.status:
        yield _("was {status}").format(status=before.status.label)
    if each.state.size_change:
        yield _("judged by eye: {change}").format(change=each.state.size_change.label)
    then, now = area_mm2(before), area_mm2(each.state)
    if then is not None and now is not None:
        yield _("area {then} to {now} mm² ({change})").format(
            then=f"{then:.0f}", now=f"{now:.0f}", change=_signed_area(now - then)
        )
    elif now is not None:
        yield _("area not recorded then")
    elif before.status is each.status and not each.state.size_change:
        yield _("status as before")


def _signed_area(change: float) -> str:
    number = f"{abs(change):.0f}"
    if number == "0":
        return number
    return ("+" if change > 0 else "−") + number


def _notes_below(found: tuple[LesionAt, ...]) -> list[Flowable]:
    """Notes in full: they can be long, and a row of a table cannot be divided between pages."""
    return [
        markup(f"<b>{each.lesion.letter}</b>&nbsp; {inline(each.state.note)}", styles().quiet)
        for each in found
        if each.state.note
    ]
