"""The trends page shows what is chosen, says why there is nothing, and saves the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.records import PatientRecord
from ssc_hand.ui.trends.panel import TrendPanel
from tests.charts.records import procedure, record, visit, with_value

NOWHERE: Path | None = None


class Files:
    """Answers where to save, and remembers what was suggested."""

    def __init__(self, answer: Path | None) -> None:
        self.answer = answer
        self.suggested = ""

    def choose(self, suggested: str, _filter: str) -> Path | None:
        self.suggested = suggested
        return self.answer


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "chart.png")


@pytest.fixture
def panel(qtbot: QtBot, files: Files) -> TrendPanel:
    widget = TrendPanel(files.choose)
    qtbot.addWidget(widget)
    widget.resize(1000, 600)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def two_visits() -> PatientRecord:
    first = visit("2024-01-10", {"R.D2": 2.5, "R.D3": 3.5, "L.D2": 2.0})
    second = visit("2024-04-10", {"R.D2": 3.5, "R.D3": 3.5, "L.D2": 2.0})
    return record(with_value(first, "V", "rcs", 4.0), second)


def button(panel: TrendPanel, name: str) -> QAbstractButton:
    return next(each for each in panel.findChildren(QAbstractButton) if name in (each.text(), each.accessibleName()))


def lines(panel: TrendPanel) -> list[str]:
    assert panel.chart is not None
    return [line.name for line in panel.chart.lines]


def test_a_patient_is_shown_by_the_means_of_both_hands_first(panel: TrendPanel) -> None:
    panel.show_record(two_visits(), None)
    assert lines(panel) == ["right hand, mean of digits", "left hand, mean of digits"]


def test_chosen_digits_are_drawn_and_remembered_for_the_next_patient(panel: TrendPanel, qtbot: QtBot) -> None:
    panel.show_record(two_visits(), None)
    qtbot.mouseClick(button(panel, "Digits"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(panel, "all digits of the right hand"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(panel, "left index"), Qt.MouseButton.LeftButton)
    assert lines(panel) == ["left index"]
    panel.show_record(record(visit("2024-02-10", {"L.D2": 9})), None)
    assert lines(panel) == ["left index"]


def test_the_keyboard_toggles_a_digit(panel: TrendPanel, qtbot: QtBot) -> None:
    panel.show_record(two_visits(), None)
    panel.choose("crt", [parse_site("R.D2")])
    panel.activateWindow()
    button(panel, "right index").setFocus()
    qtbot.keyClick(button(panel, "right index"), Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert lines(panel) == ["right index", "right middle"]


def test_a_site_asked_for_from_elsewhere_is_shown_as_its_digit(panel: TrendPanel) -> None:
    panel.show_record(two_visits(), None)
    panel.choose("crt", [parse_site("R.D3.distal")])
    assert lines(panel) == ["right middle"]


def test_one_hand_minus_the_other_offers_the_procedures_on_one_hand(panel: TrendPanel, qtbot: QtBot) -> None:
    made = two_visits()
    panel.show_record(record(*made.visits, procedures=(procedure("2024-02-01"),)), None)
    qtbot.mouseClick(button(panel, "Hand against hand"), Qt.MouseButton.LeftButton)
    assert lines(panel) == ["right hand minus left hand"]
    box = next(each for each in panel.findChildren(QComboBox) if each.accessibleName() == "Which hand minus which")
    assert [box.itemText(row) for row in range(box.count())] == [
        "right hand minus left hand",
        "left hand minus right hand",
        "treated minus other: Fat and ADSVF, RIGHT, done 1 Feb 2024",
    ]


def test_measures_stand_under_headings_that_cannot_be_chosen(panel: TrendPanel, qtbot: QtBot) -> None:
    box = next(each for each in panel.findChildren(QComboBox) if each.accessibleName() == "What to follow")
    words = [box.itemText(row) for row in range(box.count())]
    assert words[0] == "Number of ulcers"
    assert words[words.index("Movement") + 1] == "MCP flexion (°)"
    assert box.currentText() == "Capillary refill (s)"
    qtbot.keyClick(box, Qt.Key.Key_Up)
    # Past the heading between them.
    assert box.currentText() == words[words.index("Capillary refill (s)") - 2]
    assert box.currentText() == "Temperature of the back of the hand (°C)"


def test_a_measure_of_the_whole_visit_has_one_line_and_no_choice_of_digits(panel: TrendPanel) -> None:
    panel.show_record(two_visits(), None)
    panel.choose("rcs")
    assert lines(panel) == ["whole visit"]
    assert not button(panel, "Digits").isVisible()
    assert not button(panel, "right index").isVisible()


@pytest.mark.parametrize(
    ("made", "measure", "words"),
    [
        (record(), "crt", "This patient has no visit yet. Values appear here from the first visit on."),
        (record(visit("2024-01-10")), "rcs", "Raynaud Condition Score is not recorded at any visit."),
    ],
)
def test_an_empty_chart_says_why(panel: TrendPanel, made: PatientRecord, measure: str, words: str) -> None:
    panel.show_record(made, None)
    panel.choose(measure)
    assert panel.chart is None
    assert panel.empty_words == words
    assert not button(panel, "Save picture…").isEnabled()


def test_no_chosen_digit_says_so(panel: TrendPanel, qtbot: QtBot) -> None:
    panel.show_record(two_visits(), None)
    panel.choose("crt", [parse_site("R.D2")])
    qtbot.mouseClick(button(panel, "right index"), Qt.MouseButton.LeftButton)
    assert panel.empty_words == "No digit is chosen. Choose one or more above."


def test_a_record_given_while_nobody_looks_is_drawn_when_somebody_does(panel: TrendPanel) -> None:
    panel.hide()
    panel.show_record(two_visits(), None)
    assert panel.chart is None
    panel.show()
    assert panel.chart is not None


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("a", b"\x89PNG")])
def test_the_picture_is_saved_in_the_format_of_its_ending(
    panel: TrendPanel, files: Files, tmp_path: Path, qtbot: QtBot, name: str, begins: bytes
) -> None:
    files.answer = tmp_path / name
    panel.show_record(two_visits(), None)
    with qtbot.waitSignal(panel.notice_posted) as told:
        panel.save_picture()
    (written,) = tmp_path.iterdir()
    assert written.read_bytes().startswith(begins)
    assert told.args == [f"The picture was saved as {written.name}."]


def test_the_suggested_name_of_a_picture_never_holds_the_name_of_the_patient(panel: TrendPanel, files: Files) -> None:
    files.answer = NOWHERE
    panel.show_record(two_visits(), None)
    panel.save_picture()
    assert files.suggested == "100-crt.png"


def test_a_picture_that_cannot_be_written_is_told_and_nothing_is_left(
    panel: TrendPanel, files: Files, tmp_path: Path, qtbot: QtBot
) -> None:
    files.answer = tmp_path / "no such folder" / "a.png"
    panel.show_record(two_visits(), None)
    with qtbot.waitSignal(panel.notice_posted) as told:
        panel.save_picture()
    assert told.args is not None
    assert told.args[0].startswith("a.png could not be written")
    assert list(tmp_path.iterdir()) == []


def test_every_control_says_what_it_is(panel: TrendPanel) -> None:
    for control in (*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)):
        if control.parent() is None or control.objectName().startswith("qt_"):
            continue
        assert control.accessibleName() or getattr(control, "text", str)()
        assert control.toolTip()
