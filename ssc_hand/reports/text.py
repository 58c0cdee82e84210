"""The one way for a person's text onto paper: as typed, wrapped, in the right order, with a font for each run."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from ssc_hand.reports import bidi, fonts

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_ELLIPSIS = "…"
# No line of paper holds more characters, so that cutting a long note to a line looks at no more of it.
_LONGEST_LINE = 2_000


@dataclass(frozen=True)
class Lettering:
    """How a single line is lettered: size in points, and weight."""

    size: float
    bold: bool = False


@dataclass(frozen=True)
class Run:
    """A stretch of a line in one font, as it is drawn from left to right; width in points."""

    font: str
    text: str
    width: float


def paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    """A person's text as a flowable that wraps; lines stay lines, and Arabic or Hebrew starts at the right."""
    if bidi.starts_right_to_left(text):
        alignment = TA_RIGHT if style.alignment == TA_LEFT else style.alignment
        style = ParagraphStyle(style.name, style, alignment=alignment, right_to_left=True)
    return markup(_marked_up(text, bold=style.fontName == fonts.BOLD), style)


def markup(text: str, style: ParagraphStyle) -> Paragraph:
    """A sentence of ours in reportlab's markup, into which people's texts went by `inline`."""
    fonts.prepare()
    return (_Reordered if bidi.has_right_to_left(text) else _Wrapped)(text, style)


def inline(text: str, *, bold: bool = False) -> str:
    """A person's text for our own markup, to be given to `markup`; nothing in it acts as a tag.

    Inside `<b>` give `bold`, for the letters that the main font does not have.
    """
    marked_up = _marked_up(text, bold=bold)
    return f"{bidi.MARK}{marked_up}{bidi.MARK}" if bidi.has_right_to_left(text) else marked_up


def missing(text: str) -> frozenset[int]:
    """The code points of the text that no shipped font can draw, which appear as numbers in brackets."""
    return frozenset(
        ord(character)
        for line in _LINE_END.split(text)
        for font, characters in _pieces(line, bold=False)
        if font is None
        for character in characters
    )


def runs(text: str, lettering: Lettering) -> list[Run]:
    """A text of one line as it is drawn from left to right, for canvases and drawings."""
    fonts.prepare()
    pieces = _drawable(" ".join(_LINE_END.split(text)), bold=lettering.bold)
    if bidi.has_right_to_left(text):
        pieces = _reordered(pieces, right_to_left=bidi.starts_right_to_left(text))
    return [Run(font, piece, stringWidth(piece, font, lettering.size)) for font, piece in pieces]


def width(text: str, lettering: Lettering) -> float:
    """The width in points of a text of one line."""
    return sum(run.width for run in runs(text, lettering))


def fit(text: str, lettering: Lettering, room: float) -> str:
    """The text if it fits into `room` points, else its beginning with an ellipsis."""
    if len(text) <= _LONGEST_LINE and width(text, lettering) <= room:
        return text
    low, high = 0, min(len(text), _LONGEST_LINE)
    while low < high:
        middle = (low + high + 1) // 2
        if width(_beginning(text, middle), lettering) <= room:
            low = middle
        else:
            high = middle - 1
    return _beginning(text, low)


def draw(canvas: Canvas, at: tuple[float, float], text: str, lettering: Lettering, *, align: float = 0) -> float:
    """Draw a text of one line with its baseline `at`, and give its width in points.

    `align` 0, 0.5 or 1 puts the left end, the middle or the right end of the text there.
    """
    line = runs(text, lettering)
    total = sum(run.width for run in line)
    x = at[0] - align * total
    for run in line:
        canvas.setFont(run.font, lettering.size)
        canvas.drawString(x, at[1], run.text)
        x += run.width
    return total


def _beginning(text: str, length: int) -> str:
    # A mark belongs to the letter before it and is cut with it.
    while length and length < len(text) and unicodedata.combining(text[length]):
        length -= 1
    return text[:length].rstrip() + _ELLIPSIS


def _pieces(line: str, *, bold: bool) -> Iterator[tuple[str | None, str]]:
    """The line in typed order, joined, each stretch with the font that draws it; None where none does."""
    if line.isascii() and line.isprintable():
        # Nearly every cell of a table: the main font has all of it, and nothing in it joins or turns around.
        if line:
            yield (fonts.BOLD if bold else fonts.REGULAR), line
        return
    joined = bidi.joined(unicodedata.normalize("NFC", line.replace("\t", " ")))
    visible = (character for character in joined if unicodedata.category(character) != "Cf")
    for font, characters in groupby(visible, lambda character: fonts.font_for(character, bold=bold)):
        yield font, "".join(characters)


def _drawable(line: str, *, bold: bool) -> list[tuple[str, str]]:
    """The pieces of the line; what no font has becomes code points in brackets."""
    main = fonts.BOLD if bold else fonts.REGULAR
    return [
        (font, piece) if font else (main, f"[{' '.join(f'U+{ord(c):04X}' for c in piece)}]")
        for font, piece in _pieces(line, bold=bold)
    ]


def _marked_up(text: str, *, bold: bool) -> str:
    """The text with its lines and the fonts that differ from the paragraph's as tags, and no other tag."""
    return "<br/>".join(
        "".join(
            escape(piece) if font in (fonts.REGULAR, fonts.BOLD) else f'<font name="{font}">{escape(piece)}</font>'
            for font, piece in _drawable(line, bold=bold)
        )
        for line in _LINE_END.split(text)
    )


def _reordered(pieces: list[tuple[str, str]], *, right_to_left: bool) -> list[tuple[str, str]]:
    owners = [font for font, piece in pieces for _character in piece]
    line = "".join(piece for _font, piece in pieces)
    order = bidi.visual_order(line, right_to_left=right_to_left)
    drawn = groupby(order, lambda item: owners[item[0]])
    return [(font, "".join(character for _index, character in group)) for font, group in drawn]


class _Wrapped(Paragraph):
    """A paragraph that breaks its lines once for a width: tables and frames ask for the same one several times."""

    _broken_for: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 - reportlab's names
        """Width and height of the lines, in points; as broken for this width the last time."""
        # Reportlab drops the lines where it splits a paragraph over pages.
        if self._broken_for is None or self._broken_for[0] != availWidth or not hasattr(self, "blPara"):
            self._broken_for = availWidth, super().wrap(availWidth, availHeight)
        return self._broken_for[1]


class _Reordered(_Wrapped):
    """A paragraph that breaks its lines in typed order and puts each into seen order when it is drawn."""

    blPara: Any  # noqa: N815 - reportlab's broken lines, which its types leave out

    def drawPara(self, debug: int = 0) -> None:  # noqa: N802 - reportlab's spelling
        """Draw the lines in seen order; the broken lines stay as typed, for splitting over pages."""
        typed = self.blPara
        right_to_left = getattr(self.style, "right_to_left", False)
        seen = _seen_words if typed.kind == 0 else _seen_fragments
        self.blPara = typed.clone(lines=[seen(line, right_to_left=right_to_left) for line in typed.lines])
        try:
            super().drawPara(debug)
        finally:
            self.blPara = typed


def _seen_words(line: tuple[float, list[str]], *, right_to_left: bool) -> tuple[float, list[str]]:
    """A line of words in one font, in seen order."""
    order = bidi.visual_order(" ".join(line[1]), right_to_left=right_to_left)
    return line[0], ["".join(character for _index, character in order if character != bidi.MARK)]


def _seen_fragments(line: Any, *, right_to_left: bool) -> Any:
    """A line of reportlab's fragments, in seen order; a fragment without text (a picture) keeps its place."""
    owners: list[Any] = []
    characters: list[str] = []
    for fragment in line.words:
        for character in fragment.text if _is_text(fragment) else _OBJECT:
            owners.append(fragment)
            characters.append(character)
    while right_to_left and characters and characters[-1] == " ":
        # A space at the end of a line would push its beginning out of the margin.
        del owners[-1], characters[-1]
    order = bidi.visual_order("".join(characters), right_to_left=right_to_left)
    words = []
    for owner, group in groupby(order, lambda item: owners[item[0]]):
        text = "".join(character for _index, character in group if character != bidi.MARK)
        words.append(owner.clone(text=text) if _is_text(owner) else owner)
    return line.clone(words=words)


_OBJECT = "\ufffc"


def _is_text(fragment: Any) -> bool:
    return bool(getattr(fragment, "text", "")) and not hasattr(fragment, "cbDefn")
