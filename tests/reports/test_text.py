"""People's texts on paper: as typed, in the right order, on the page; read back from real PDF files."""

from __future__ import annotations

import io
import unicodedata
from time import perf_counter

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssc_hand.reports import bidi, fonts, text  # before reportlab, which it makes safe
from ssc_hand.reports.text import Lettering  # isort: split

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate

BODY = ParagraphStyle("body", fontName=fonts.REGULAR, fontSize=10, leading=14)
HEADING = ParagraphStyle("heading", fontName=fonts.BOLD, fontSize=14, leading=18)
NINE = Lettering(9)
MARGIN = 50
# reportlab's frames keep this much inside the margin.
FRAME_PADDING = 6

HOSTILE = [
    "<b>O'Brien & Søn</b>", "<b>x", "x</b>", "</para>", "<para>", "<José> Pérez", "a<b", "a>b", "a & b", "&amp;",
    "&lt;b&gt;", "&#1114112;", "&#x110000;", "&#0;", "&nosuch;", "&", "<", ">", "<>", '"', "'", "'; DROP TABLE x; --",
    "<script>alert(1)</script>", "<!-- gone -->", "<![CDATA[gone]]>", "<?php gone ?>", "<!DOCTYPE x>",
    '<img src="/etc/hostname"/>', '<img src="http://127.0.0.1:9/x.png" width="9" height="9"/>',
    '<img src="file:///etc/passwd"/>', '<a href="javascript:alert(1)">x</a>', '<a href="file:///etc/passwd">x</a>',
    '<font name="NoSuchFont">x</font>', '<font color="__import__(1)">x</font>', '<font size="9999">x</font>',
    '<index item="x"/>', "<br/>", '<seq id="x"/>', "<onDraw name='x'/>", "<super>x</super>", "<bullet>x</bullet>",
    '<span backColor="[[[getattr(pow,Word)] for Word in [1]]]">x</span>', "%(x)s {0} %s {x}", "\\n\\x00 \\u202e",
    "=1+1", "(x) Tj ET Q", "endstream endobj", "$x^2$", "`id`", "../../etc/passwd", "a" * 500,
]  # fmt: skip
LANGUAGES = {
    "English": "Ann Smith, right index finger", "Polish": "Zażółć gęślą jaźń ŁÓDŹ", "Turkish": "İstanbul ışığı Şeyma Ğ",
    "Vietnamese": "Nguyễn Thị Ánh Ế ộ ữ", "decomposed Vietnamese": unicodedata.normalize("NFD", "Nguyễn Thị Ánh"),
    "Greek": "Ελένη Παπαδόπουλος", "Cyrillic": "Алексей Ёлкин Ґанна Їжак", "Armenian": "Հայաստան",
    "Georgian": "საქართველო", "Amharic": "አበበ በቀለ", "Chinese": "王小明，右手食指。",
    "Japanese": "山田さくら カタカナー",
    "Korean": "김민준 서울", "Thai": "สมชาย ผู้ป่วย ที่นั่น", "signs": "−0.4 °C ≥ 3 → 12 mm² ½ H₂O ✓ ±2 × 3",
}  # fmt: skip


def _built(*flowables: Flowable, compressed: int = 1) -> bytes:
    file = io.BytesIO()
    template = SimpleDocTemplate(file, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, pageCompression=compressed)
    template.build(list(flowables))
    return file.getvalue()


def _pdf(*flowables: Flowable) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(_built(*flowables))


def _text(document: pypdfium2.PdfDocument) -> str:
    pages = [page.get_textpage().get_text_range() for page in document]
    return unicodedata.normalize("NFC", "\n".join(pages).replace("\r\n", "\n"))


def _without_breaks(read: str) -> str:
    return "".join(read.split())


def _seen(document: pypdfium2.PdfDocument) -> list[str]:
    """The lines of the first page from top to bottom, each ordered by where its characters stand."""
    page = document[0].get_textpage()
    lines: dict[int, list[tuple[float, str]]] = {}
    for index in range(page.count_chars()):
        character = page.get_text_range(index, 1)
        left, bottom, _right, _top = page.get_charbox(index, loose=True)
        if character.strip():
            lines.setdefault(round(bottom / 7), []).append((left, character))
    from_top = sorted(lines.items(), reverse=True)
    return [_as_read(_plain("".join(c for _x, c in sorted(line)))) for _y, line in from_top]


def _as_read(seen: str) -> str:
    """A line as `_seen` gives it: without spaces, and blind to which way a bracket points.

    PDFium turns brackets beside right-to-left letters round when it reads them, so only `runs` can tell.
    """
    return seen.replace(" ", "").replace("(", "|").replace(")", "|")


def _plain(seen: str) -> str:
    """Joined forms of Arabic letters as the letters they are."""
    return unicodedata.normalize("NFKC", seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_reads_back_as_typed(language: str) -> None:
    typed = LANGUAGES[language]
    expected = _without_breaks(unicodedata.normalize("NFC", typed))
    for flowable in (
        text.paragraph(typed, BODY),
        text.paragraph(typed, HEADING),
        text.markup(text.inline(typed), BODY),
    ):
        assert _without_breaks(_text(_pdf(flowable))) == expected
    assert text.missing(typed) == frozenset()


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_hostile_text_prints_as_typed(typed: str) -> None:
    sentence = f"<b>Name:</b> {text.inline(typed)}!"
    document = _pdf(text.paragraph(typed, BODY), text.markup(sentence, BODY))
    assert _without_breaks(_text(document)) == _without_breaks(f"{typed}Name:{typed}!")
    assert len(list(document[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) == 0


def test_no_hostile_text_becomes_a_link() -> None:
    file = _built(*(text.paragraph(typed, BODY) for typed in HOSTILE), compressed=0)
    assert b"/Annot" not in file
    assert b"/URI" not in file


def test_lines_stay_lines_whatever_ends_them() -> None:
    document = _pdf(text.paragraph("one\ntwo\r\nthree\u2028four\n\nfive", BODY))
    assert _seen(document) == ["one", "two", "three", "four", "five"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("क\u0930 x", "[U+0915 U+0930] x"),
        ("a\x00b", "a[U+0000]b"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\ue000\U000f0000b", "a[U+E000 U+F0000]b"),
        ("a\u200b\ufeff\u202eb", "ab"),
    ],
)
def test_what_no_font_has_is_shown_by_its_number(typed: str, shown: str) -> None:
    assert _text(_pdf(text.paragraph(typed, BODY))).strip() == shown


def test_missing_tells_what_no_font_has() -> None:
    assert text.missing("Ann क\n\u0007 محمد") == {0x915, 7}
    assert text.missing("") == frozenset()


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("محمد علي", "يلع دمحم"),
        ("Patient: محمد علي, 12", "Patient: 12 ,يلع دمحم"),
        ("Dr محمد علي Smith", "Dr يلع دمحم Smith"),
        ("שלום עולם", "םלוע םולש"),
        ("שלום 12.5 (ימין)", "(ןימי) 12.5 םולש"),
        ("ימין AB12", "AB12 ןימי"),
    ],
)
def test_right_to_left_text_stands_in_the_order_in_which_it_is_read(typed: str, seen: str) -> None:
    assert _plain("".join(run.text for run in text.runs(typed, NINE))) == seen
    file = io.BytesIO()
    canvas = Canvas(file)
    text.draw(canvas, (100, 100), typed, NINE)
    canvas.save()
    for document in (_pdf(text.paragraph(typed, BODY)), pypdfium2.PdfDocument(file.getvalue())):
        assert _seen(document) == [_as_read(seen)]


def test_arabic_letters_are_joined_and_lam_alef_is_one() -> None:
    assert [run.text for run in text.runs("محمد", NINE)] == ["ﺪﻤﺤﻣ"]
    assert [run.text for run in text.runs("لا", NINE)] == ["ﻻ"]


def test_a_value_inside_our_sentence_leaves_the_sentence_in_order() -> None:
    sentence = f"<b>Name:</b> {text.inline('محمد علي')}, 12 <b>{text.inline('דני', bold=True)}</b> (old)"
    assert _seen(_pdf(text.markup(sentence, BODY))) == [_as_read("Name: يلع دمحم, 12 ינד (old)")]


def test_a_long_arabic_note_is_broken_before_it_is_ordered() -> None:
    words = ["محمد", "علي", "سالم", "كريم", "نادر"] * 12
    lines = _seen(_pdf(text.paragraph(" ".join(words), BODY)))
    assert len(lines) > 2
    assert "".join(line[::-1] for line in lines) == "".join(words)


def test_an_arabic_note_starts_at_the_right_margin_on_every_line() -> None:
    read = _pdf(text.paragraph(" ".join(["محمد", "علي", "سالم"] * 20) + "\nعلي", BODY))[0].get_textpage()
    edges: dict[float, float] = {}
    for index in range(read.count_chars()):
        if read.get_text_range(index, 1).strip():
            _left, bottom, right, _top = read.get_charbox(index, loose=True)
            edges[round(bottom)] = max(right, edges.get(round(bottom), 0))
    assert len(edges) == 4
    assert list(edges.values()) == pytest.approx([A4[0] - MARGIN - FRAME_PADDING] * 4, abs=0.5)


def test_a_note_over_two_pages_keeps_its_order() -> None:
    words = [f"محمد {number} علي" for number in range(900)]
    document = _pdf(text.paragraph(" ".join(words), BODY))
    assert len(document) > 1
    numbers = [word for word in _text(document).replace("\n", " ").split() if word.isdecimal()]
    assert set(numbers) == {str(number) for number in range(900)}


@pytest.mark.parametrize("unit", ["W", "W ", "é", "م", "王", "क", "<", "a王", "😀م"])
def test_twenty_thousand_characters_stay_on_the_paper_and_are_quick(unit: str) -> None:
    typed = (unit * 20_000)[:20_000]
    began = perf_counter()
    document = _pdf(text.paragraph(typed, BODY))
    assert perf_counter() - began < 60  # a guard against quadratic work, not a measure of speed
    for page in document:
        read = page.get_textpage()
        rights = [read.get_charbox(i)[2] for i in range(0, read.count_chars(), 37)]
        assert max(rights) <= A4[0] - MARGIN


def test_drawn_text_is_placed_by_its_end_or_middle() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    widths = [text.draw(canvas, (300, y), "Søren 王", NINE, align=align) for y, align in ((90, 0), (60, 0.5), (30, 1))]
    canvas.save()
    assert len(set(widths)) == 1
    assert widths[0] == pytest.approx(text.width("Søren 王", NINE))
    read = pypdfium2.PdfDocument(file.getvalue())[0].get_textpage()
    lefts = [read.get_charbox(i, loose=True)[0] for i in range(read.count_chars()) if read.get_text_range(i, 1) == "S"]
    assert lefts == pytest.approx([300, 300 - widths[0] / 2, 300 - widths[0]], abs=0.6)


def test_an_accent_without_a_composed_letter_stands_over_its_letter() -> None:
    read = _pdf(text.paragraph("x\u0304", ParagraphStyle("large", BODY, fontSize=40, leading=48)))[0].get_textpage()
    (left, _b, right, top), (mark_left, mark_bottom, mark_right, _t) = read.get_charbox(0), read.get_charbox(1)
    assert (mark_left + mark_right) / 2 == pytest.approx((left + right) / 2, abs=3)
    assert mark_bottom > top


def test_a_text_that_fits_is_left_alone_and_another_is_cut_with_an_ellipsis() -> None:
    assert text.fit("Ann", NINE, 100) == "Ann"
    cut = text.fit("Wolfeschlegelsteinhausenbergerdorff", NINE, 60)
    assert cut.endswith("…")
    assert cut.startswith("Wolfe")
    assert text.width(cut, NINE) <= 60 < text.width(cut[:-1] + "el…", NINE)
    assert text.fit("W" * 20_000, NINE, 60).startswith("WWW")


def test_a_cut_never_parts_a_letter_from_its_mark() -> None:
    typed = "x\u0331" * 40
    assert all(
        text.fit(typed, NINE, room).count("x") == text.fit(typed, NINE, room).count("\u0331") for room in range(20, 90)
    )


def test_bold_text_is_bold_in_every_script_that_has_it() -> None:
    names = {run.font for run in text.runs("Ann محمد דוד สม −3", Lettering(9, bold=True))}
    assert names == {
        "NotoSans-Bold",
        "NotoSansArabic-Bold",
        "NotoSansHebrew-Bold",
        "Waree-Bold",
        "DejaVuSans-Bold",
    }
    assert 'name="NotoSansArabic-Bold"' in text.inline("محمد", bold=True)


def test_equal_texts_give_equal_bytes() -> None:
    assert _built(text.paragraph("محمد 王 Søren", BODY)) == _built(text.paragraph("محمد 王 Søren", BODY))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=80))
def test_no_text_fails(typed: str) -> None:
    _built(text.paragraph(typed, BODY), text.markup(f"<b>{text.inline(typed, bold=True)}</b>.", BODY))
    canvas = Canvas(io.BytesIO())
    text.draw(canvas, (0, 0), text.fit(typed, NINE, 60), NINE)
    text.missing(typed)


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("ab1 ،,.()[]אבמחلاَ\u05b8\u200d\u200c\u2067\u2069\u202b+-%$\u0661/"), max_size=24),
    st.booleans(),
)
def test_ordering_a_line_loses_nothing_that_is_seen(line: str, right_to_left: bool) -> None:
    order = bidi.visual_order(line, right_to_left=right_to_left)
    places = [place for place, _character in order]
    assert len(set(places)) == len(places)
    visible = {i for i, c in enumerate(line) if unicodedata.category(c) != "Cf"}
    assert visible <= set(places)
