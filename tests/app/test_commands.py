"""The commands as scripts meet them: output, one sentence on standard error, exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssc_hand import __version__
from ssc_hand.app import main as commands
from ssc_hand.app.main import main
from ssc_hand.tasks import demo_clinic
from tests.exchange.given import bundle, patient, visit

Outcome = tuple[int, str, str]
Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: exit code, output, errors."""

    def _run(*words: object) -> Outcome:
        code = main([str(word) for word in words])
        seen = capsys.readouterr()
        return code, seen.out, seen.err

    return _run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "clinic"
    demo_clinic.write_demo(folder)
    return folder


def one_sentence(outcome: Outcome, code: int) -> str:
    assert outcome[:2] == (code, "")
    assert outcome[2].count("\n") == 1
    return outcome[2]


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"ssc-hand {__version__}\n", "")


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["patients"],
        ["check", "--data"],
        ["demo"],
        ["import", "--data", "d"],
        ["export", "--data", "d"],
        ["report", "--data", "d", "--out", "a.pdf"],
        ["report", "--data", "d", "--patient", "1", "--out", "a.pdf", "--paper", "A5"],
        ["patients", "--data", ""],
        ["patients", "--data", "d", "--nonsense"],
    ],
)
def test_wrong_use_is_one_sentence_and_code_2(run: Run, words: list[str]) -> None:
    assert one_sentence(run(*words), 2).startswith("ssc-hand")


def test_patients_are_one_line_each_with_four_columns(run: Run, demo: Path) -> None:
    code, out, err = run("patients", "--data", demo)
    rows = [line.split("\t") for line in out.splitlines()]
    assert (code, err, len(rows)) == (0, "", 31)
    assert ["DEMO-021", "Παπαδοπούλου, Ελένη", "1959-02-19", "5"] in rows
    assert max(int(row[3]) for row in rows) == 40


def test_patients_are_found_without_case_and_accents(run: Run, demo: Path) -> None:
    for text in ("nguyen tuyet", "DEMO-023", "1978-08-08"):
        assert run("patients", "--data", demo, "--find", text)[1].startswith("DEMO-023\tNguyễn")
    assert run("--data", demo, "patients", "--find", "nobody") == (0, "", "")


def test_demo_import_export_report_and_check_work_together(run: Run, tmp_path: Path) -> None:
    assert run("demo", tmp_path / "demo")[0] == 0
    assert run("export", "--data", tmp_path / "demo", "--out", tmp_path / "a.json")[0] == 0
    assert run("import", "--data", tmp_path / "copy", tmp_path / "a.json")[0] == 0
    assert run("export", "--data", tmp_path / "copy", "--out", tmp_path / "b.json")[0] == 0
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()
    report = run("report", "--data", tmp_path / "copy", "--patient", "DEMO-022", "--out", tmp_path / "a.pdf")
    assert report == (0, "", "")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert run("check", "--data", tmp_path / "copy")[0] == 0


def test_a_report_has_photographs_when_asked_for(run: Run, demo: Path, tmp_path: Path) -> None:
    asked = ["report", "--data", demo, "--patient", "DEMO-029", "--out"]
    assert run(*asked, tmp_path / "plain.pdf") == (0, "", "")
    assert run(*asked, tmp_path / "shown.pdf", "--photographs") == (0, "", "")
    plain, shown = ((tmp_path / name).read_bytes() for name in ("plain.pdf", "shown.pdf"))
    assert b"/DCTDecode" in shown and b"/DCTDecode" not in plain


def test_two_demo_clinics_export_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("demo", tmp_path / name)[0] == 0
        assert run("export", "--data", tmp_path / name, "--out", tmp_path / f"{name}.json")[0] == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_a_refused_import_names_the_place_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    bad = visit(observations=[{"measure": "crt", "site": "R.D2", "value": 99}])
    (tmp_path / "a.json").write_text(bundle(patient(record_number="1"), patient(bad)), encoding="utf-8")
    said = one_sentence(run("import", "--data", tmp_path / "clinic", tmp_path / "a.json"), 1)
    assert "patient 2 (record 0012), visit 1, observation 1: Capillary refill, right index" in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_what_is_quoted_of_a_file_is_short_and_moves_nothing_on_a_terminal(run: Run, tmp_path: Path) -> None:
    long = "9" * 1_000_000
    for bad in (
        patient(sex="\x1b[31mred\x07\ud800"),
        patient(first_raynaud=long),
        patient(visit(observations=[{"measure": "crt", "site": long, "value": 1}])),
    ):
        (tmp_path / "a.json").write_text(bundle(bad), encoding="utf-8")
        said = one_sentence(run("import", "--data", tmp_path / "clinic", tmp_path / "a.json"), 1)
        assert said.rstrip("\n").isprintable() and len(said) < 300


def test_failures_are_one_sentence_and_code_1(run: Run, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "deep.json").write_text("[" * 10_000_000)
    (tmp_path / "clinic").mkdir()
    (tmp_path / "clinic" / "clinic.db").write_bytes(b"")
    for words, said in (
        (["patients", "--data", tmp_path / "none"], "does not exist"),
        (["patients", "--data", tmp_path / "deep.json"], "is a file"),
        (["check", "--data", tmp_path / "clinic"], "is empty"),
        (["demo", tmp_path], "is not empty"),
        (["import", "--data", tmp_path / "new", tmp_path / "none.json"], "could not be read"),
        (["import", "--data", tmp_path / "new", tmp_path / "deep.json"], "nested more than"),
        (["export", "--data", demo, "--patient", "none", "--out", tmp_path / "a.json"], "no patient"),
        (["export", "--data", demo, "--out", tmp_path / "none" / "a.json"], "could not be written"),
        (["report", "--data", demo, "--patient", "DEMO-001", "--visit", "1999-01-01", "--out", "a.pdf"], "no visit"),
        (["report", "--data", demo, "--patient", "DEMO-001", "--out", tmp_path], "could not be written"),
    ):
        assert said in one_sentence(run(*words), 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clinic", "deep.json"]


def test_a_record_that_cannot_be_fails_the_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(bundle(patient(visit())), encoding="utf-8")
    assert run("import", "--data", tmp_path / "clinic", tmp_path / "a.json")[0] == 0
    with (tmp_path / "clinic" / "clinic.db").open("r+b") as file:
        file.truncate(9000)
    assert one_sentence(run("check", "--data", tmp_path / "clinic"), 1)


def test_a_fault_of_the_program_is_one_sentence_and_logged_without_what_was_typed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSC_HAND_CONFIG_DIR", str(tmp_path))

    def broken(_folder: Path) -> int:
        raise ValueError("Ana Ruiz 0012")

    monkeypatch.setattr(demo_clinic, "write_demo", broken)
    said = one_sentence(run("demo", tmp_path / "clinic"), 1)
    logged = (tmp_path / "log" / "ssc-hand.log").read_text(encoding="utf-8")
    assert "ValueError" in said and "ValueError" in logged and "broken" in logged
    assert "Ruiz" not in said + logged


def test_ctrl_c_ends_quietly(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_folder: Path) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo_clinic, "write_demo", stopped)
    assert run("demo", tmp_path / "clinic") == (130, "", "")


PURE = """
import sys
from ssc_hand.app.main import main
assert main(sys.argv[1:]) == 0
late = {"PySide6", "pyqtgraph", "numpy", "reportlab", "pypdfium2"} & set(sys.modules)
assert not late, late
"""


@pytest.mark.parametrize("words", [["patients"], ["check"], ["export", "--out", "a.json"]], ids=lambda words: words[0])
def test_commands_about_records_load_neither_qt_nor_paper(demo: Path, tmp_path: Path, words: list[str]) -> None:
    command = [sys.executable, "-c", PURE, *words, "--data", str(demo)]
    done = subprocess.run(command, cwd=tmp_path, env=_environment(), capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_listing_to_a_reader_that_stops_listening_says_nothing(demo: Path) -> None:
    command = [sys.executable, "-m", "ssc_hand", "patients", "--data", str(demo)]
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def _environment() -> dict[str, str]:
    checkout = Path(commands.__file__).parents[2]
    return {**os.environ, "PYTHONPATH": str(checkout)}


def test_the_export_is_plain_json_in_utf8(run: Run, demo: Path, tmp_path: Path) -> None:
    run("export", "--data", demo, "--patient", "DEMO-024", "--out", tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text(encoding="utf-8")
    assert "الحسن" in text
    assert json.loads(text)["patients"][0]["record_number"] == "DEMO-024"
