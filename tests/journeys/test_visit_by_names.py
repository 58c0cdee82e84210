"""Without eyes and hands: a whole visit is recorded by names and actions, over an accessibility bus of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from ssc_hand.app.compose import make_window
from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.vocabulary import Reason
from ssc_hand.tasks.demo_clinic import BY, write_demo
from ssc_hand.tasks.export_bundle import export_bundle
from tests.journeys.bus import BrokenError, Bus
from tests.journeys.desktop import desktop, program, what_is_missing
from tests.journeys.readers import InTheProcess, OverTheBus, Reader

FAMILY, RECORD = "Kowalczyk", "DEMO-025"
#: One value per digit and measure; commas and points both.
VALUES = {
    "pain": ("0", "3", "7", "1", "2", "0", "4", "10", "1", "5"),
    "skin_temp": ("29.4", "28,7", "27.5", "28.0", "27,1", "30.2", "29.0", "28.8", "29,3", "27.9"),
    "crt": ("2.1", "3,4", "5.0", "1,3", "2.8", "0.5", "2.2", "4,5", "1.9", "3.0"),
}
#: Where oxygen saturation could not be assessed, and why.
EXCUSED = {DIGITS[1]: Reason.DRESSING, DIGITS[7]: Reason.NO_SIGNAL}
#: Where the ulcers are, their length and width, the word for their depth, and what the file says of both.
ULCERS = (
    ("right index, distal phalanx", "R.D2.distal", ("4", "2,5"), "superficial", (4.0, 2.5)),
    ("left middle, middle phalanx", "L.D3.middle", ("6.5", "3"), "deep", (6.5, 3.0)),
)
FINDINGS, PLAN = "Cold, stiff fingers; two ulcers.", "Dress daily, review in two weeks."


def record_visit(reader: Reader) -> None:
    """From the search for the patient to the finished visit."""
    reader.write("Find patient by name, record number or birth date", FAMILY)
    reader.press("list item", FAMILY, begins=True)
    reader.wait_for("", f"Patient: {FAMILY}")
    reader.press("menu item", "Start visit: follow-up")
    reader.wait_for("push button", "Finish visit")
    enter_values(reader)
    change_a_mind(reader)
    give_reasons(reader)
    for ulcer in ULCERS:
        describe_ulcer(reader, ulcer[0], ulcer[2], ulcer[3])
    re_examine(reader)
    reader.press("page tab", "Conditions and texts")
    reader.write("Findings", FINDINGS)
    reader.write("Plan", PLAN)
    reader.press("push button", "Finish visit")
    reader.wait_for("push button", "Reopen…")
    reader.wait_for("", "✓ everything is saved")


def enter_values(reader: Reader) -> None:
    """Choose each digit and write its values; then hear each of them at its place, measure by measure."""
    for number, site in enumerate(DIGITS):
        reader.press("check box", f"{site.name}, distal phalanx")
        for key, typed in VALUES.items():
            reader.write(f"{CATALOGUE[key].name}, {site.name}", typed[number])
    reader.press("check box", f"{DIGITS[0].name}, distal phalanx")  # settles what was written last
    for key in VALUES:
        reader.press("menu item", CATALOGUE[key].title)
        for number in range(len(DIGITS)):
            hear(reader, key, number)


def hear(reader: Reader, key: str, number: int) -> None:
    """Hear a value at its digit."""
    measure = CATALOGUE[key]
    said = f"{measure.name}: {measure.text(measure.kind.parse(VALUES[key][number]))}"
    reader.wait_for("check box", f"{DIGITS[number].name}, distal phalanx", about=said)


def change_a_mind(reader: Reader) -> None:
    """No refill, nothing recorded at all, and the value again: what keys do over the hands is in the menu bar too."""
    measure, place = CATALOGUE["crt"], f"{DIGITS[0].name}, distal phalanx"
    for action, said in (("no refill", measure.text(measure.kind.parse(">30"))), ("not recorded", "not recorded")):
        reader.press("check box", place)
        reader.press("menu item", action)
        reader.wait_for("check box", place, about=f"{measure.name}: {said}")
    reader.write(f"{measure.name}, {DIGITS[0].name}", VALUES["crt"][0])
    reader.press("check box", place)
    hear(reader, "crt", 0)
    for hand in ("Left hand first", "Right hand first"):
        reader.press("menu item", hand)


def give_reasons(reader: Reader) -> None:
    """Say where another measure could not be assessed."""
    measure = CATALOGUE["spo2"]
    for site, reason in EXCUSED.items():
        place = f"{site.name}, distal phalanx"
        reader.press("check box", place)
        reader.press("menu item", measure.title)
        reader.wait_for("check box", place, about=f"{measure.name}: not recorded")
        reader.press("menu item", reason.in_place_of_a_value())
        reader.wait_for("check box", place, about=f"{measure.name}: could not be assessed: {reason.label}")


def describe_ulcer(reader: Reader, place: str, size: tuple[str, str], depth: str) -> None:
    """Put an ulcer at a place, and say how large, how deep and how infected it is."""
    reader.press("check box", place)
    reader.press("menu item", "New ulcer at the chosen place")
    for name, typed in zip(("Length", "Width"), size, strict=True):
        reader.write(name, typed)
    reader.choose("Depth", depth)
    reader.choose("Infection", "suspected")


def re_examine(reader: Reader) -> None:
    """Answer for each lesion of the visits before, and that both hands were looked at."""
    reader.press("menu item", "Re-examine lesions")
    reader.wait_for("", "Lesions of earlier visits: 0 of 2 re-examined")
    reader.press("check box", "not seen today")
    reader.wait_for("", "Lesions of earlier visits: 1 of 2 re-examined")
    reader.press("check box", "not seen today")
    reader.wait_for("", "Lesions of earlier visits: 2 of 2 re-examined")
    reader.press("check box", "0  Both hands looked at: no other lesion")


def compare(clinic: Path, exported: Path) -> None:
    """What the file says is what was entered."""
    export_bundle(clinic, exported, by=BY, record_number=RECORD)
    patient = json.loads(exported.read_text(encoding="utf-8"))["patients"][0]
    visit = max(patient["visits"], key=lambda each: str(each["at"]))
    assert visit["state"] == "final"
    kept = {(each["site"], each["measure"]): each for each in visit["observations"]}
    for key, typed in VALUES.items():
        wanted = [float(each.replace(",", ".")) for each in typed]
        assert [kept[site.code, key]["value"] for site in DIGITS] == wanted
    assert {site: kept[site.code, "spo2"]["reason"] for site in EXCUSED} == {
        s: each.value for s, each in EXCUSED.items()
    }
    assert len(kept) == 30 + len(EXCUSED)
    for _place, site, _typed, depth, size in ULCERS:
        new = next(each for each in visit["lesions"] if each["site"] == site and each["status"] == "active")
        assert (new["length_mm"], new["width_mm"], new["depth"], new["infection"]) == (*size, depth, "suspected")
    assert sum(each["status"] == "not_seen" for each in visit["lesions"]) == 2
    assert (visit["lesions_reviewed"], visit["findings"], visit["plan"]) == (True, FINDINGS, PLAN)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic that each test may change: none needs it untouched."""
    folder = tmp_path_factory.mktemp("by-names") / "clinic"
    write_demo(folder)
    return folder


@contextmanager
def over_the_bus(folder: Path, clinic: Path, *planted: str) -> Iterator[Bus]:
    """The program on a desktop of its own, heard over its own bus."""
    with desktop(folder) as environment, program(clinic, environment, *planted) as process:
        bus = Bus(process.pid, environment, lambda: process.poll() is not None)
        try:
            yield bus
        finally:
            bus.close()


@contextmanager
def in_the_process(qtbot: QtBot, folder: Path, clinic: Path) -> Iterator[Reader]:
    """The same without a bus, for systems that have none."""
    window = make_window(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    window.show()
    window.open_clinic(clinic, BY)
    yield InTheProcess(qtbot, window)


def test_a_whole_visit_is_recorded_by_names_and_actions(written: Path, tmp_path: Path, qtbot: QtBot) -> None:
    if what_is_missing():
        with in_the_process(qtbot, tmp_path, written) as reader:
            record_visit(reader)
    else:
        with over_the_bus(tmp_path, written) as bus:
            record_visit(OverTheBus(bus))
    compare(written, tmp_path / "exported.json")


@pytest.mark.parametrize("how", ["killed", "broken"])
def test_a_program_that_breaks_off_midway_is_noticed(how: str, written: Path, tmp_path: Path) -> None:
    if what_is_missing():
        return  # only a process of its own can be killed
    with over_the_bus(tmp_path, written, "tests.journeys.planted", how, "5") as bus, pytest.raises(BrokenError):
        record_visit(OverTheBus(bus))


def test_the_same_holds_inside_the_process(qtbot: QtBot, tmp_path: Path) -> None:
    write_demo(tmp_path / "clinic")
    with in_the_process(qtbot, tmp_path, tmp_path / "clinic") as reader:
        record_visit(reader)
    compare(tmp_path / "clinic", tmp_path / "exported.json")
