"""The fonts that paper uses: which there are, which one draws a character, and reading each only when needed."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Container
from dataclasses import dataclass
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ssc_hand.resources import ROOT

#: Name of the main font, for styles and canvases; `prepare()` first.
REGULAR = "NotoSans-Regular"
#: Name of the bold main font.
BOLD = "NotoSans-Bold"


@dataclass(frozen=True)
class Family:
    """A font, its bold one (or itself where none is shipped), and the code points it is asked for."""

    regular: str
    bold: str
    ranges: tuple[tuple[int, int], ...]


_EVERYTHING = ((0, 0x10FFFF),)
_MAIN = Family(REGULAR, BOLD, _EVERYTHING)
# In the order in which they are asked. A family for a script is asked for that script only, so that a text
# in Latin letters never reads the four megabytes of Han characters.
FAMILIES = (
    # Accents that no letter is composed with: these are drawn back over the letter, the main font's are not.
    Family("DejaVuSans", "DejaVuSans-Bold", ((0x300, 0x36F),)),
    _MAIN,
    Family(
        "NotoSansArabic-Regular",
        "NotoSansArabic-Bold",
        ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)),
    ),
    Family("NotoSansHebrew-Regular", "NotoSansHebrew-Bold", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    # Its tone marks stand above the vowel signs as they are; other fonts need shaping to part them.
    Family("Waree", "Waree-Bold", ((0xE00, 0xE7F),)),
    Family(
        "NotoSansEthiopic-Regular",
        "NotoSansEthiopic-Regular",
        ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)),
    ),
    Family("NotoSansMath-Regular", "DejaVuSans-Bold", ((0x2190, 0x22FF),)),
    Family("DejaVuSans", "DejaVuSans-Bold", _EVERYTHING),
    Family("NanumSquareRoundR", "NanumSquareRoundR", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    Family(
        "DroidSansFallbackFull",
        "DroidSansFallbackFull",
        ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x2FA1F)),
    ),
)
# Letters of these scripts change form and place with their neighbours, which nothing here can do; a wrong
# syllable misleads, a code point does not.
_NEEDS_SHAPING = (
    (0x700, 0x74F),  # Syriac
    (0x780, 0x85F),  # Thaana, N'Ko, Samaritan, Mandaic
    (0x900, 0xDFF),  # Devanagari to Sinhala
    (0xF00, 0x109F),  # Tibetan, Myanmar
    (0x1700, 0x18AF),  # Philippine scripts, Khmer, Mongolian
    (0x1900, 0x1CFF),  # Limbu to Vedic signs
    (0xA800, 0xABFF),  # Syloti Nagri to Meetei Mayek
    (0x10A00, 0x11FFF),  # Kharoshthi and the younger scripts of India
    (0x1E900, 0x1E95F),  # Adlam
)
# Controls, surrogates, private use, unassigned: a glyph that a font has for them means nothing.
_WITHOUT_MEANING = frozenset({"Cc", "Cs", "Co", "Cn"})


@cache
def prepare() -> None:
    """Make the main font known to reportlab, with bold for `<b>`."""
    for name in (REGULAR, BOLD):
        _characters(name)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def font_for(character: str, *, bold: bool = False) -> str | None:
    """The registered font that draws the character; None where none has it, or none could draw it rightly.

    Where the bold font lacks the character, the regular one draws it.
    """
    code = ord(character)
    if unicodedata.category(character) in _WITHOUT_MEANING or _within(code, _NEEDS_SHAPING):
        return None
    for family in FAMILIES:
        if _within(code, family.ranges):
            for name in (family.bold, family.regular) if bold else (family.regular,):
                if code in _characters(name):
                    return name
    return None


@cache
def _characters(name: str) -> Container[int]:
    """The code points of a shipped font, which is registered by the way."""
    # Read from memory: handed a path, reportlab would also try it as an address.
    font = TTFont(name, io.BytesIO((ROOT / "fonts" / f"{name}.ttf").read_bytes()))
    pdfmetrics.registerFont(font)
    # A font that is in no family cannot be named in markup.
    pdfmetrics.registerFontFamily(name)
    characters: Container[int] = font.face.charToGlyph
    return characters


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
