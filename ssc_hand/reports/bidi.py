"""Right-to-left text for paper: joining Arabic letters, and the order in which a line's characters are seen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from arabic_reshaper import ArabicReshaper
from arabic_reshaper.ligatures import LIGATURES
from bidi import algorithm

# Hebrew to extended Arabic, the presentation forms, and the right-to-left part of the next plane.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
# What the library's Python algorithm does not know: separators (a line has none) and isolates.
_AS_SPACE = frozenset({"B", "S", "LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF"})
# Lam and alef are never written apart; the other ligatures are ornament that most fonts lack.
_LIGATURES = {name: name.startswith("ARABIC LIGATURE LAM WITH ALEF") for name, _forms in LIGATURES}
#: Set on both sides of a value in a sentence of ours: keeps the value's direction from leaking out.
MARK = "\u200e"


def has_right_to_left(text: str) -> bool:
    """Whether any character is written from right to left, so that paper shows another order than the typed one."""
    return _RIGHT_TO_LEFT.search(text) is not None


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter is written from right to left (UAX #9, rules P2 and P3)."""
    if not has_right_to_left(text):
        return False
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((direction != "L" for direction in strong if direction in ("L", "R", "AL")), False)


@cache
def _reshaper() -> ArabicReshaper:
    options = {"delete_harakat": False, "delete_tatweel": False, "support_zwj": False, "support_ligatures": True}
    return ArabicReshaper({**options, **_LIGATURES})


def joined(text: str) -> str:
    """The text in typed order with Arabic letters in the forms they take beside their neighbours."""
    return _reshaper().reshape(text) if has_right_to_left(text) else text


def visual_order(line: str, *, right_to_left: bool) -> list[tuple[int, str]]:
    """The line's characters from left to right, mirrored where needed, each with its place in `line` (UAX #9)."""
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"] = int(right_to_left)
    storage["base_dir"] = "R" if right_to_left else "L"
    known = "".join(" " if unicodedata.bidirectional(c) in _AS_SPACE else c for c in line)
    algorithm.get_embedding_levels(known, storage)
    for index, entry in enumerate(storage["chars"]):
        entry["index"] = index
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    # Marks stay before their letter: fonts for these scripts draw a mark forward, over the glyph that follows.
    return [(int(entry["index"]), str(entry["ch"])) for entry in storage["chars"]]
