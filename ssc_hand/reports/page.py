"""The frame around the story: who and what on every page, page x of y, and the words across a draft."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from ssc_hand.i18n import _
from ssc_hand.reports import fonts
from ssc_hand.reports.styles import FOOT, GHOST, HAIR, HEAD, INK, LINE, MARGIN, QUIET, RULE, Page
from ssc_hand.reports.text import Lettering, draw, fit, width

_STRONG = Lettering(8.2, bold=True)
_PLAIN = Lettering(7.4)
#: Points of the head that always belong to the name.
_LEAST_NAME = 90.0


@dataclass(frozen=True, kw_only=True)
class Running:
    """What every page says about itself."""

    #: Family and given name; cut with an ellipsis where the line is too short.
    patient: str
    #: Record number and birth date.
    identity: str
    clinic: str
    visit: str
    #: Time printed and version of the program.
    printed: str
    #: Said at the top of each page where the clinic is no real one; empty otherwise.
    purpose: str
    draft: bool


def build(page: Page, running: Running, story: list[Flowable]) -> bytes:
    """The story as a PDF with everything around it; equal input gives equal bytes."""
    fonts.prepare()
    target = io.BytesIO()
    document = _document(page, running, target)

    def numbered(*given: Any, **named: Any) -> Canvas:
        return _Counted(*given, page=page, **named)

    document.build(story, canvasmaker=numbered)
    return target.getvalue()


def _document(page: Page, running: Running, target: io.BytesIO) -> BaseDocTemplate:
    def first(canvas: Canvas, _document: BaseDocTemplate) -> None:
        _draw_around(canvas, page, running)

    def later(canvas: Canvas, _document: BaseDocTemplate) -> None:
        _draw_around(canvas, page, running)
        _draw_head(canvas, page, running)

    # The title of the file shows in window titles and print queues, so it names no patient.
    return BaseDocTemplate(
        target,
        pagesize=(page.width, page.height),
        pageTemplates=[
            # The first page says in its text, larger, who the patient is, and needs no head.
            PageTemplate(id="first", frames=[_frame(page, HEAD - 15)], onPage=first, autoNextPageTemplate="later"),
            PageTemplate(id="later", frames=[_frame(page, HEAD + 3)], onPage=later),
        ],
        title=_("Visit summary"),
        author="ssc_hand",
        creator="ssc_hand",
        lang="en",
    )


def _frame(page: Page, above: float) -> Frame:
    below = FOOT + 7
    return Frame(
        MARGIN,
        below,
        page.text_width,
        page.height - above - below,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


class _Counted(Canvas):
    """A canvas that knows the number of pages when it writes "page x of y"."""

    def __init__(self, *given: Any, page: Page, **named: Any) -> None:
        super().__init__(*given, **named)
        self._page = page
        self._finished: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's spelling
        """Keep the page until the number of pages is known."""
        self._finished.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined] # the stubs do not know it

    def save(self) -> None:
        """Write all pages, each with its number."""
        for number, state in enumerate(list(self._finished), 1):
            self.__dict__.update(state)
            text = _("page {number} of {total}").format(number=number, total=len(self._finished))
            self.setFillColor(INK)
            draw(self, (self._page.width - MARGIN, FOOT - 2), text, _STRONG, align=1)
            super().showPage()
        super().save()


def _draw_around(canvas: Canvas, page: Page, running: Running) -> None:
    """Draw the foot and, first and beneath everything, the words across a draft."""
    canvas.saveState()
    if running.draft:
        _draw_draft(canvas, page)
    if running.purpose:
        _draw_purpose(canvas, page, running.purpose)
    _draw_foot(canvas, page, running)
    canvas.restoreState()


def _draw_draft(canvas: Canvas, page: Page) -> None:
    text = _("DRAFT - NOT SIGNED")
    across = (page.width**2 + page.height**2) ** 0.5
    size = 0.72 * across / width(text, Lettering(1, bold=True))
    canvas.saveState()
    canvas.setFillColor(GHOST)
    canvas.translate(page.width / 2, page.height / 2)
    canvas.rotate(54.7)
    draw(canvas, (0, -size / 3), text, Lettering(size, bold=True), align=0.5)
    canvas.restoreState()


def _draw_head(canvas: Canvas, page: Page, running: Running) -> None:
    left, right = MARGIN, page.width - MARGIN
    top = page.height - HEAD + 12
    canvas.setFillColor(INK)
    taken = width(running.visit, _STRONG) + 10
    draw(canvas, (right, top), running.visit, _STRONG, align=1)
    whole = right - left - taken
    # A number longer than any clinic's is cut here; the first page has it whole.
    identity = fit(f" · {running.identity}", _PLAIN, whole - _LEAST_NAME)
    room = whole - width(identity, _PLAIN)
    end = draw(canvas, (left, top), fit(running.patient, _STRONG, room), _STRONG)
    draw(canvas, (left + end, top), identity, _PLAIN)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(RULE)
    canvas.line(left, top - 4.5, right, top - 4.5)


def _draw_purpose(canvas: Canvas, page: Page, words: str) -> None:
    lettering = Lettering(7.6, bold=True)
    half = width(words, lettering) / 2 + 6
    y = page.height - HEAD + 28
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(RULE)
    canvas.rect(page.width / 2 - half, y - 3, 2 * half, 11)
    draw(canvas, (page.width / 2, y), words, lettering, align=0.5)


def _draw_foot(canvas: Canvas, page: Page, running: Running) -> None:
    left, right = MARGIN, page.width - MARGIN
    y = FOOT - 2
    canvas.setStrokeColor(LINE)
    canvas.setLineWidth(HAIR)
    canvas.line(left, y + 9.5, right, y + 9.5)
    canvas.setFillColor(QUIET)
    # The number of pages is written last and needs its place.
    room = right - left - 70
    end = draw(canvas, (left, y), running.printed, _PLAIN)
    clinic = fit(running.clinic, _PLAIN, room - end - 12)
    draw(canvas, (left + end, y), f" · {clinic}" if clinic else "", _PLAIN)
