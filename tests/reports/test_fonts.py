"""Fonts on paper, and reportlab kept from obeying its surroundings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssc_hand.reports import fonts
from ssc_hand.resources import ROOT

FOLDER = ROOT / "fonts"
CHECKOUT = Path(__file__).parents[2]
SHIPPED = sorted(FOLDER.glob("*.ttf"))


def _python(code: str, home: Path, **environment: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=home,
        env={**os.environ, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


@pytest.mark.parametrize("module", ["ssc_hand.reports", "ssc_hand.reports.text", "ssc_hand.reports.fonts"])
@pytest.mark.parametrize("settings", [".reportlab_settings", "reportlab_settings.py"])
def test_a_settings_file_of_reportlab_is_never_run(tmp_path: Path, module: str, settings: str) -> None:
    hostile = "import pathlib; pathlib.Path('was_run').touch(); invariant = 0\n"
    (tmp_path / settings).write_text(hostile)
    _python(f"import {module}, reportlab.platypus", tmp_path)
    assert not (tmp_path / "was_run").exists()


def test_the_settings_file_would_be_run_without_our_care(tmp_path: Path) -> None:
    (tmp_path / ".reportlab_settings").write_text("import pathlib; pathlib.Path('was_run').touch()\n")
    _python("import reportlab.rl_config", tmp_path)
    assert (tmp_path / "was_run").exists()


def test_the_environment_changes_nothing(tmp_path: Path) -> None:
    code = (
        "import os; from ssc_hand.reports import engine; from reportlab import rl_config as c;"
        "print(c.invariant, c.toColorCanUse, c.trustedHosts, c.pageCompression, c.TTFSearchPath,"
        "[n for n in os.environ if n.startswith('RL_')])"
    )
    hostile = {
        "RL_invariant": "0",
        "RL_pageCompression": "0",
        "RL_toColorCanUse": "rl_safe_eval",
        "RL_trustedHosts": "*",
        "RL_TTFSearchPath": str(tmp_path),
    }
    assert _python(code, tmp_path, **hostile) == _python(code, tmp_path) == "1 None None 1 [] []"


def test_the_dangerous_part_of_reportlab_is_never_imported(tmp_path: Path) -> None:
    code = "import ssc_hand.reports.text, sys; print('reportlab.lib.fontfinder' in sys.modules)"
    assert _python(code, tmp_path) == "False"


@pytest.mark.parametrize("font", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_font_is_truetype_used_and_named_in_the_readme(font: Path) -> None:
    assert font.read_bytes()[:4] == b"\x00\x01\x00\x00"
    assert any(font.stem in (family.regular, family.bold) for family in fonts.FAMILIES)
    assert font.stem.partition("-")[0] in (FOLDER / "README.md").read_text()


def test_every_licence_that_the_readme_names_is_there() -> None:
    readme = (FOLDER / "README.md").read_text()
    licences = sorted(path.name for path in FOLDER.glob("LICENSE-*"))
    assert len(licences) == 5
    assert all(name in readme for name in licences)


def test_the_fonts_stay_small_enough_to_carry() -> None:
    assert sum(path.stat().st_size for path in SHIPPED) < 12_000_000


@pytest.mark.parametrize(
    ("script", "sample"),
    [
        ("Latin", "ÅßøŁłŞİığŐűẾộ"),
        ("Greek", "ΆΈαβγώς"),
        ("Cyrillic", "ЁйЇґЖщ"),
        ("Arabic", "محمدپچگک،؟٣"),
        ("Hebrew", "שלוםףךץ"),
        ("Armenian", "Հայ"),
        ("Georgian", "ქართ"),
        ("Ethiopic", "አበበ"),
        ("Thai", "ประเทศ"),
        ("Chinese", "王小明鄧龍"),
        ("Japanese", "山田さくらカタカナー々"),
        ("Korean", "김민준뷁"),
        ("signs", "°±×·–—−≤≥≈→½²₂✓●…•§µΔ"),
    ],
)
@pytest.mark.parametrize("bold", [False, True])
def test_a_script_is_covered(script: str, sample: str, bold: bool) -> None:
    assert [character for character in sample if fonts.font_for(character, bold=bold) is None] == [], script


@pytest.mark.parametrize("character", "कबতకെខမ\u0007\ue000\U000e0fff\ud800")
def test_what_no_font_draws_rightly_has_none(character: str) -> None:
    assert fonts.font_for(character) is None


def test_figures_have_one_width_in_both_weights() -> None:
    fonts.prepare()
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - reportlab only after our package

    for name in (fonts.REGULAR, fonts.BOLD):
        assert len({stringWidth(figure, name, 10) for figure in "0123456789"}) == 1


def test_han_characters_are_not_read_for_a_latin_text(tmp_path: Path) -> None:
    code = (
        "from ssc_hand.reports import text; from reportlab.pdfbase import pdfmetrics;"
        "text.runs('Søren −3 ≥ 2', text.Lettering(9));"
        "print(sorted(n for n in pdfmetrics.getRegisteredFontNames() if 'Sans' in n or 'Nanum' in n))"
    )
    assert _python(code, tmp_path) == "['NotoSans-Bold', 'NotoSans-Regular', 'NotoSansMath-Regular']"
