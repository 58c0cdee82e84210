"""What paper looks like: sizes, inks, rules and paragraph styles, and nothing about what is said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from reportlab.lib.colors import Color, HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from ssc_hand.reports import fonts

SIZES: dict[str, tuple[float, float]] = {"A4": A4, "Letter": LETTER}

INK: Color = black
#: For what is said beside the value: earlier values, notes. Dark enough to survive a copying machine.
QUIET: Color = HexColor(0x4A4A4A)
#: Hairlines between rows.
LINE: Color = HexColor(0xB4B4B4)
#: The words across a draft: light enough that a value on top of them stays the darkest thing.
GHOST: Color = HexColor(0xE0E0E0)

HAIR = 0.4
RULE = 0.8

MARGIN = 15 * mm
#: Height of what stands above and below the text on every page.
HEAD = 17 * mm
FOOT = 11 * mm


@dataclass(frozen=True)
class Page:
    """The page that everything is laid out on, in points."""

    width: float
    height: float

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * MARGIN


def page_of(paper: str) -> Page:
    """The page of a paper size; anything but A4 and Letter is a `KeyError`."""
    return Page(*SIZES[paper])


@dataclass(frozen=True)
class Styles:
    """The paragraph styles; each is named by what it is for."""

    body: ParagraphStyle
    quiet: ParagraphStyle
    note: ParagraphStyle
    section: ParagraphStyle
    title: ParagraphStyle
    name: ParagraphStyle
    long_name: ParagraphStyle
    lead: ParagraphStyle
    label: ParagraphStyle
    alert: ParagraphStyle
    cell: ParagraphStyle
    cell_small: ParagraphStyle
    cell_right: ParagraphStyle
    cell_right_quiet: ParagraphStyle
    head_small: ParagraphStyle
    head: ParagraphStyle
    head_centre: ParagraphStyle
    head_right: ParagraphStyle
    visit: ParagraphStyle
    body_right: ParagraphStyle
    quiet_right: ParagraphStyle
    text_title: ParagraphStyle
    text: ParagraphStyle


@cache
def styles() -> Styles:
    """The paragraph styles, made once."""
    fonts.prepare()
    body = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=8.6, leading=11.6, textColor=INK)
    cell = ParagraphStyle("cell", body, fontSize=7.8, leading=9.6)

    def bold(name: str, parent: ParagraphStyle, size: float, leading: float) -> ParagraphStyle:
        return ParagraphStyle(name, parent, fontName=fonts.BOLD, fontSize=size, leading=leading)

    quiet = ParagraphStyle("quiet", body, fontSize=7.6, leading=10, textColor=QUIET)
    head = bold("head", cell, 7.2, 9)
    # A word without spaces longer than the line is broken rather than pushed over the margin.
    for style in (body, cell):
        style.splitLongWords = 1
    return Styles(
        body=body,
        quiet=quiet,
        note=ParagraphStyle("note", body, fontSize=6.9, leading=8.9, textColor=QUIET),
        section=ParagraphStyle("section", bold("s", body, 9.6, 12.4), spaceBefore=9, spaceAfter=2.6),
        title=bold("title", body, 9.6, 12.4),
        name=bold("name", body, 15, 18.6),
        long_name=bold("long_name", body, 9.6, 12.6),
        lead=ParagraphStyle("lead", body, fontSize=9, leading=12.2),
        label=bold("label", body, 9, 12.2),
        alert=bold("alert", body, 9, 12.2),
        cell=cell,
        cell_small=ParagraphStyle("cell_small", cell, fontSize=6.9, leading=8.4, textColor=QUIET),
        cell_right=ParagraphStyle("cell_right", cell, alignment=TA_RIGHT),
        cell_right_quiet=ParagraphStyle("cell_right_quiet", cell, fontSize=7.4, alignment=TA_RIGHT, textColor=QUIET),
        head_small=ParagraphStyle("head_small", cell, fontSize=6.4, leading=8, alignment=TA_RIGHT, textColor=QUIET),
        head=head,
        head_centre=ParagraphStyle("head_centre", head, alignment=TA_CENTER),
        head_right=ParagraphStyle("head_right", bold("hr", body, 9.6, 12.4), alignment=TA_RIGHT),
        visit=ParagraphStyle("visit", bold("v", body, 11, 18.6), alignment=TA_RIGHT),
        body_right=ParagraphStyle("body_right", body, alignment=TA_RIGHT),
        quiet_right=ParagraphStyle("quiet_right", quiet, alignment=TA_RIGHT),
        text=ParagraphStyle("text", body, spaceBefore=2.4),
        text_title=ParagraphStyle("text_title", bold("tt", body, 8.2, 11), spaceBefore=3),
    )
