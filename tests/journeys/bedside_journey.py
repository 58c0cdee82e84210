"""A full assessment at the bedside, by keys alone in the real window: `make bedside`.

Starts a screen of its own with the demo clinic, finds a patient, and records both hands along the path: values, a
value that is held, one that is refused, rows from a spreadsheet, reasons, the refill timer, two ulcers on their
cards, the lesions of the visit before, texts. Not one click. Pictures of each state are in out/bedside; at last the
exported record is compared with what was typed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ssc_hand.domain.anatomy import DIGITS
from ssc_hand.domain.protocols import own_protocol, write_own
from tests.clinics import enter_clinic
from tests.journeys.bus import PATIENCE, AbsentError
from tests.journeys.desktop import CHECKOUT, command, desktop, running, what_is_missing
from tests.journeys.xvfb_journey import FAMILY, RECORD, TYPED_NAME, Person, at_the_screen

OUT = CHECKOUT / "out" / "bedside"
#: The clinic's own protocol, so that thirty values are asked for.
PROTOCOL = own_protocol("bedside", "Bedside", ("pain", "skin_temp", "crt"), refill_once=True)
TEXTS = {"Findings": "Cold, stiff fingers; two ulcers, dry.", "Plan": "Dress daily, review in two weeks."}
#: What the file must say at the end; words are reasons. The refill before these comes from the timer.
PAIN = (3, 4, 5, "not_done", "ulcer", 10, 0, 1, 2, 3)
TEMPERATURE = (29.4, 28.7, 38.6, 27.1, 28.0, 26.8, 26.1, 27.3, 28.8, 28.0)
REFILL = (">30", 2.8, 5.2, 4.0, 3.1, 2.2, 6.4, 5.1, 5.0)
ULCERS: tuple[dict[str, object], ...] = (
    {"site": "R.D2", "length_mm": 4.0, "width_mm": 2.5, "depth": "superficial", "infection": "suspected", "pain": 5},
    {"site": "L.D3", "length_mm": 6.0, "width_mm": 3.0, "depth": None, "infection": None, "pain": None},
)
_TABS_OF_THE_PAGE = 4
#: A program that has what is given on its clipboard, and says so; a spreadsheet that is open beside.
_SPREADSHEET = (
    "import sys; from PySide6.QtGui import QGuiApplication; app = QGuiApplication([]);"
    "app.clipboard().setText(sys.argv[1]); print('copied', flush=True); app.exec()"
)


def main() -> int:
    """0 when the record says what was typed; 1 with one sentence if something is missing here or went wrong."""
    missing = what_is_missing("xdotool", "import")
    if missing:
        print(f"The journey needs packages that are not installed: {', '.join(missing)}.", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    try:
        with tempfile.TemporaryDirectory(prefix="ssc-hand-bedside-") as folder, desktop(Path(folder)) as environment:
            travel(Path(folder), environment)
    except (AssertionError, subprocess.SubprocessError) as problem:
        print(f"The journey ended early: {problem}", file=sys.stderr)
        return 1
    print(f"The record says what was typed. Pictures: {OUT}")
    return 0


def travel(folder: Path, environment: dict[str, str]) -> None:
    """The whole way, and a look into the exported file."""
    clinic, exported = folder / "clinic", folder / "exported.json"
    command(environment, "demo", str(clinic))
    with enter_clinic(clinic, by="bedside") as opened:
        settings = replace(opened.settings, protocol=PROTOCOL.key, own_protocols=write_own((PROTOCOL,)))
        opened.save_settings(settings)
    with at_the_screen(clinic, environment, OUT) as person:
        begin(person)
        look_at_the_map(person)
        enter_pain(person)
        enter_temperature(person, environment)
        time_a_refill(person)
        enter_refill(person)
        describe_ulcers(person)
        examine_again(person)
        write_texts(person)
        finish(person)
    command(environment, "export", "--data", str(clinic), "--patient", RECORD, "--out", str(exported))
    compare(json.loads(exported.read_text(encoding="utf-8")))
    command(environment, "check", "--data", str(clinic))


def sees(person: Person, words: str) -> None:
    """Wait until the strip of the path says this, as it tells a screen reader."""
    until, said = time.monotonic() + PATIENCE, ""
    while time.monotonic() < until:
        said = person.bus.find(name="Path of entry").description
        if words.casefold() in said.casefold():
            return
    raise AbsentError(f"the strip says “{said}”, not “{words}”")


def begin(person: Person) -> None:
    """Find the patient and start a follow-up."""
    person.keys("ctrl+f")
    person.types(TYPED_NAME)
    person.bus.find(role="list item", begins=FAMILY)
    person.keeps_picture("found")
    person.keys("Down", "Return")
    person.bus.find(role="panel", begins=f"Patient: {FAMILY}")
    person.keys("ctrl+shift+n")
    sees(person, "Pain now, right thumb")
    person.keeps_picture("new-visit")


def look_at_the_map(person: Person) -> None:
    """F1 shows the keys over the hands, and Escape puts them away."""
    person.keys("F1")
    person.bus.find(name="Map of keys")
    person.keeps_picture("map-of-keys")
    person.keys("Escape")
    person.bus.wait_gone(name="Map of keys")


def enter_pain(person: Person) -> None:
    """One key a value; one digit not done, one that could not be assessed, and a ten with its own key."""
    person.types("345")
    sees(person, "right ring")
    person.keeps_picture("pain-along-the-path")
    person.types("n")
    sees(person, "right little")
    person.keeps_picture("not-done")
    person.types("x")
    sees(person, "2 ulcer".replace(" ", "\u00a0"))
    person.keeps_picture("reason-wanted")
    person.types("2")
    sees(person, "left thumb")
    person.types("t")
    sees(person, "left index")
    person.keeps_picture("ten")
    person.types("0123")
    sees(person, "temperature, right thumb")
    person.keeps_picture("next-measure")


def enter_temperature(person: Person, environment: dict[str, str]) -> None:
    """Point and comma; a value beyond the usual is held, an impossible one refused; a row is pasted."""
    person.types("29.428,7")
    sees(person, "right middle")
    person.types("38.6")
    sees(person, "38.6")
    person.keeps_picture("held-until-confirmed")
    person.keys("Return")
    sees(person, "right ring")
    person.types("99")
    person.keeps_picture("refused")
    person.keys("Escape")
    person.types("27.128.0")
    sees(person, "left thumb")
    with copied("\t".join(["27.1"] * 11), environment):
        person.keys("ctrl+v")
        sees(person, "Nothing was recorded")
        person.keeps_picture("eleven-refused-whole")
    with copied("26.8\t26.1\t27,3\t28.8\t28.0", environment):
        person.keys("ctrl+v")
        sees(person, "refill, right thumb")
        person.keeps_picture("row-pasted")


@contextmanager
def copied(text: str, environment: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile this is what was copied elsewhere."""
    with running([sys.executable, "-c", _SPREADSHEET, text], environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "copied"
        yield


def time_a_refill(person: Person) -> None:
    """Space begins the press; at the word the stopwatch runs by itself; any key stops it and the path goes on."""
    person.keys("space")
    person.bus.find(role="label", begins="Press evenly.")
    person.keeps_picture("timer-press")
    person.bus.find(role="label", begins="Any key, tap or pedal when the colour is back")
    person.keeps_picture("timer-release")
    person.keys("space")
    sees(person, "refill, right index")
    person.keeps_picture("timed")


def enter_refill(person: Person) -> None:
    """No refill by its key, the others typed; the last one is taken back and typed again."""
    person.types("f")
    sees(person, "right middle")
    person.keeps_picture("no-refill")
    person.types("2.85.24.03.12.26.45.1")
    sees(person, "left little")
    person.types("3.0")
    sees(person, "path is")
    person.keeps_picture("end-of-the-path")
    person.keys("BackSpace")
    sees(person, "Cleared")
    person.keeps_picture("taken-back")
    person.types("5.0")
    sees(person, "path is")


def describe_ulcers(person: Person) -> None:
    """To a digit by hand and number, a new ulcer by its letter, and its card by keys."""
    person.types("r2")
    sees(person, "right index")
    person.types("u")
    person.bus.find(role="label", ends=": ulcer, right index")
    person.keeps_picture("ulcer-card")
    person.types("m4x2.5")
    person.bus.find(role="label", begins="Length × width (mm): 4x2.5")
    person.keeps_picture("ulcer-size")
    person.keys("Return")
    person.types("1125")
    person.bus.find(name="Pain: 5")
    person.keeps_picture("ulcer-described")
    person.keys("Return")
    person.types("l3u")
    person.bus.find(role="label", ends=": ulcer, left middle")
    person.types("m6x3")
    person.keys("Return", "Escape")
    person.bus.wait_gone(name="Close this card")
    person.keeps_picture("two-ulcers")


def examine_again(person: Person) -> None:
    """The lesions of the visit before, one key each, then the look at both hands."""
    person.types("e")
    person.bus.find(role="label", begins="Lesions of earlier visits: 0 of 2")
    person.keeps_picture("re-examination")
    person.types("1")
    person.bus.find(role="label", begins="Lesions of earlier visits: 1 of 2")
    person.keeps_picture("re-examined-one")
    person.types("1")
    person.bus.find(role="label", begins="Lesions of earlier visits: 2 of 2")
    person.types("0")
    person.bus.find(role="label", ends="hands looked at")
    person.keeps_picture("re-examined-all")


def write_texts(person: Person) -> None:
    """Escape leaves the hands for the tabs; arrows and Tab lead to the texts."""
    person.keys("F6", "Escape")
    for _press in range(_TABS_OF_THE_PAGE):
        if person.bus.all(role="text", name="Reason for the visit"):
            break
        person.keys("Right")
    for name, text in TEXTS.items():
        person.tabs_to(name)
        person.types(text)
    person.keeps_picture("texts")


def finish(person: Person) -> None:
    """Make the visit final."""
    person.keys("ctrl+Return")
    person.bus.find(role="push button", name="Reopen…")
    person.keeps_picture("finished")


def compare(bundle: dict[str, Any]) -> None:
    """What the file says against what was typed; `AssertionError` tells the first difference."""
    visit = max(bundle["patients"][0]["visits"], key=lambda each: str(each["at"]))
    assert visit["state"] == "final", "the visit is not final"
    found = {(each["measure"], each["site"]): each for each in visit["observations"]}
    timed = found["crt", DIGITS[0].code].get("value")
    assert isinstance(timed, float) and 0 < timed < PATIENCE, f"the timer wrote {timed}"
    wanted = {"pain": PAIN, "skin_temp": TEMPERATURE, "crt": (timed, *REFILL)}
    for key, values in wanted.items():
        for site, typed in zip(DIGITS, values, strict=True):
            kept = found[key, site.code]
            says = kept.get("reason") or kept.get("value")
            assert says == typed, f"{key} of the {site.name}: typed {typed}, kept {says}"
    check_lesions(visit)
    for name, text in TEXTS.items():
        assert visit[name.lower()] == text, f"{name}: {visit[name.lower()]!r} was kept"


def check_lesions(visit: dict[str, Any]) -> None:
    """Two new ulcers with their sizes, the earlier lesions looked at, and both hands."""
    assert visit["lesions_reviewed"] is True, "the look at both hands is not kept"
    assert not [each for each in visit["lesions"] if each.get("status") == "not_reexamined"], "not all re-examined"
    found = [{key: each.get(key) for key in ULCERS[0]} for each in visit["lesions"]]
    for wanted in ULCERS:
        assert wanted in found, f"{wanted} is not among {found}"


if __name__ == "__main__":
    sys.exit(main())
