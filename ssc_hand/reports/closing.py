"""How the summary closes: procedures, amputations, texts, remarks, and the place for a signature."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from ssc_hand.domain.amputations import amputations_at
from ssc_hand.domain.background import volume_remark, volume_words
from ssc_hand.domain.fields import VISIT, field_of
from ssc_hand.domain.records import PatientRecord, Visit
from ssc_hand.i18n import _
from ssc_hand.reports import bidi, fonts
from ssc_hand.reports.background import complications
from ssc_hand.reports.grid import bold
from ssc_hand.reports.styles import HAIR, INK, styles
from ssc_hand.reports.text import inline, markup, paragraph

_TEXTS = ("reason", "ulcer_history", "findings", "plan", "next_review")


def treatment(record: PatientRecord, visit: Visit) -> Iterator[Flowable]:
    """Procedures, complications and amputations, and which of them nobody recorded."""
    parts = {
        _("Procedures"): list(_procedures(record)),
        _("Complications"): list(complications(record, visit)),
        _("Amputations"): list(_amputations(record, visit)),
    }
    for found in parts.values():
        yield from found
    missing = [name for name, found in parts.items() if not found]
    if missing:
        yield paragraph(_("{names}: none recorded.").format(names=", ".join(missing)), styles().body)


def _procedures(record: PatientRecord) -> Iterator[Flowable]:
    """Every procedure in words, cancelled ones too."""
    for procedure in record.procedures:
        more = (volume_words(procedure), volume_remark(procedure), procedure.note)
        yield markup("<br/>".join([bold(procedure.words), *(inline(each) for each in more if each)]), styles().body)


def _amputations(record: PatientRecord, visit: Visit) -> Iterator[Flowable]:
    """Every amputation with level, date and cause, and how one that was known before was found at this visit."""
    found = {each.amputation.id: each.check.label for each in amputations_at(record, visit)}
    for amputation in record.amputations:
        cause = amputation.cause.label if amputation.cause else _("cause not recorded")
        text = f"{bold(amputation.words)}{inline(f', {amputation.level.label}; {cause}')}"
        if today := found.get(amputation.id):
            text += inline(_("; at this visit: {check}").format(check=today))
        yield markup(text + (f"<br/>{inline(amputation.note)}" if amputation.note else ""), styles().body)


def texts(visit: Visit) -> Iterator[Flowable]:
    """What was written about the visit, each with its name."""
    for key in _TEXTS:
        field = field_of(VISIT, key)
        value = field.format(getattr(visit, key))
        if bidi.starts_right_to_left(value):
            yield paragraph(field.name, styles().text_title)
            yield paragraph(value, styles().body)
        else:
            yield markup(f"{bold(field.name)}&nbsp; {inline(value or _('not recorded'))}", styles().text)


def remarks(visit: Visit) -> Iterator[Flowable]:
    """Why the visit was reopened or moved from another patient."""
    if visit.remarks:
        yield paragraph(_("Remarks on this record"), styles().section)
    for remark in visit.remarks:
        yield paragraph(remark, styles().body)


def signature(visit: Visit, width: float) -> Flowable:
    """Who examined, and the place to sign."""
    examiner = visit.examiner or _("not recorded")
    role = visit.examiner_role or _("role not recorded")
    who = markup(f"{bold(_('Examiner'))}&nbsp; {inline(f'{examiner}, {role}')}", styles().body)
    names = [_("Signature"), "", _("Date"), "", _("Copies to")]
    gap = 14.0
    room = width - 2 * gap
    line = Table(
        [names],
        [room * 0.38, gap, room * 0.2, gap, room * 0.42],
        style=[
            ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 7.4, 9),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            *(("LINEABOVE", (column, 0), (column, 0), HAIR + 0.2, INK) for column in (0, 2, 4)),
        ],
        hAlign="LEFT",
    )
    return KeepTogether([Spacer(0, 10), who, Spacer(0, 30), line])
