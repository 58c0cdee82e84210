"""What every table of the paper has in common: rules, padding, cells of words, repeated heads, lettered notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table

from ssc_hand.reports import fonts
from ssc_hand.reports.styles import HAIR, INK, LINE, RULE, styles
from ssc_hand.reports.text import inline, markup

#: A string is set as it is, in the main font only, so it holds plain words of ours; a number or anything of a user
#: goes through `number` or `words`, which know what to do where the main font has no glyph.
Cell = str | Flowable | Sequence[Flowable]
Command = Any

#: Characters of a user that one cell holds; a row cannot be divided between pages, so longer texts go below.
CELL_LIMIT = 160


def words(text: str, style: ParagraphStyle | None = None) -> Paragraph:
    """A cell of words, wrapped and safe."""
    return markup(inline(text), style or styles().cell)


def number(text: str, *, aligned: bool = True) -> Paragraph:
    """A cell with a number; at the right, so that the digits of a column stand below each other."""
    return markup(inline(minus(text)), styles().cell_right if aligned else styles().cell)


def minus(text: str) -> str:
    """A number with a real minus sign, which a hyphen is easily taken for a blot."""
    return "−" + text[1:] if text.startswith("-") else text


def bold(text: str) -> str:
    """Markup for words that stand out."""
    return f"<b>{inline(text, bold=True)}</b>"


def raised(sign: str) -> str:
    """Markup for the sign of a note."""
    # The space keeps the sign apart from the word also where the text is copied or read aloud.
    return f'<super rise="2.6" size="5.4">\u00a0{inline(sign)}</super>' if sign else ""


def cut(text: str) -> tuple[str, bool]:
    """A text short enough for a cell, and whether something was cut off."""
    line = " ".join(text.split())
    if len(line) <= CELL_LIMIT:
        return line, False
    return line[:CELL_LIMIT].rstrip() + " …", True


class Notes:
    """Lettered notes of one table; the same words have the same letter."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def sign(self, text: str) -> str:
        """The letter of a note; empty for an empty note."""
        if not text:
            return ""
        return self._letters.setdefault(text, _letter(len(self._letters)))

    def below(self) -> list[Flowable]:
        """The notes to print below the table, one after the other in one paragraph."""
        ordered = sorted(self._letters.items(), key=lambda item: (len(item[1]), item[1]))
        text = " &nbsp; ".join(f"<b>{sign}</b>&nbsp;{inline(text)}" for text, sign in ordered)
        return [markup(text, styles().note)] if ordered else []


def _letter(number: int) -> str:
    return chr(97 + number) if number < 26 else _letter(number // 26 - 1) + chr(97 + number % 26)


def grid(
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    head: int,
    more: Sequence[Command] = (),
) -> Table:
    """A table with thin rules; the first `head` rows are repeated on every page."""
    first, last = (0, 0), (-1, -1)
    commands: list[Command] = [
        ("FONT", first, last, fonts.REGULAR, 7.8, 9.6),
        ("TEXTCOLOR", first, last, INK),
        ("VALIGN", first, last, "TOP"),
        ("LEFTPADDING", first, last, 2),
        ("RIGHTPADDING", first, last, 4),
        ("TOPPADDING", first, last, 1.8),
        ("BOTTOMPADDING", first, last, 2.2),
        ("LINEBELOW", (0, head), last, HAIR, LINE),
        ("LINEBELOW", (0, -1), last, RULE, INK),
    ]
    if head:
        commands += [
            ("FONT", first, (-1, head - 1), fonts.BOLD, 7.2, 9),
            ("LINEABOVE", first, (-1, 0), RULE, INK),
            ("LINEBELOW", (0, head - 1), (-1, head - 1), RULE, INK),
        ]
    table = Table(list(map(list, rows)), list(widths), repeatRows=head, style=[*commands, *more], hAlign="LEFT")
    table.spaceAfter = 2
    return table


class Drawn(Flowable):
    """A small drawing of fixed size inside a table or a line of the story."""

    def __init__(self, size: tuple[float, float], painter: Callable[[Any], None]) -> None:
        super().__init__()
        self.width, self.height = size
        self._painter = painter

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Its own size, whatever room there is."""
        return self.width, self.height

    def draw(self) -> None:
        """Let the painter draw with the lower left corner as origin."""
        self._painter(self.canv)
