"""The main job from end to end, with real keys and clicks in the real window: `make journey`.

Starts a screen of its own, writes the demo clinic, finds a patient by typing, records a visit (thirty values by
table and form, two ulcers by mouse, texts), looks at trends and summary, finishes, closes, opens again and looks
whether all is there; at last compares the exported record with what was typed. Pictures of each state are in
out/journey. Where a control stands is asked over the accessibility bus, never assumed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ssc_hand.domain.anatomy import DIGITS, Site
from ssc_hand.domain.catalogue import CATALOGUE
from tests.journeys.bus import PATIENCE, AbsentError, Bus, Node
from tests.journeys.desktop import CHECKOUT, command, desktop, program, what_is_missing

#: How often Tab is pressed before a text counts as out of reach.
_TABS = 12
OUT = CHECKOUT / "out" / "journey"
RECORD, TYPED_NAME, FAMILY = "DEMO-025", "kowal", "Kowalczyk"

#: What is typed: one value per digit, in the order of the table; commas and points both.
REFILL = ("2.1", "3,4", "5.0", "1,3", "2.8", "0", "2.2", "4,5", "1.9", "3")
TEMPERATURE = ("29.4", "28,7", "27.5", "28.0", "27,1", "30.2", "29", "28.8", "29,3", "27.9")
PAIN = ("0", "3", "7", "1", "2", "0", "4", "10", "1", "5")
TEXTS = {"Findings": "Cold, stiff fingers; two ulcers.", "Plan": "Dress daily, review in two weeks."}


@dataclass(frozen=True, slots=True)
class Ulcer:
    """An ulcer that is placed by mouse on the visible face of the hand."""

    site: str  #: its code in the file
    place: str  #: its name on the screen
    length: str
    width: str
    infection: str  #: the word chosen from the list
    infection_key: str  #: the word in the file


ULCERS = (
    Ulcer("R.D2.distal", "right index, distal phalanx", "4", "2,5", "suspected", "suspected"),
    Ulcer("L.D3.middle", "left middle, middle phalanx", "6.5", "3", "no", "no"),
)


class Person:
    """Someone at the screen, with eyes, a keyboard and a mouse."""

    def __init__(self, bus: Bus, environment: Mapping[str, str], out: Path = OUT) -> None:
        """Pictures of what the screen shows go to `out`."""
        self.bus = bus
        self._out = out
        self._environment = dict(environment)
        self._pictures = len(list(out.glob("*.png")))

    def keys(self, *names: str) -> None:
        """Press keys, such as `Return` or `ctrl+q`."""
        self._do("key", "--clearmodifiers", *names)

    def types(self, text: str) -> None:
        """Type a text, letter by letter."""
        self._do("type", "--delay", "12", "--", text)

    def clicks(self, control: Node, *, button: int = 1) -> None:
        """Click into the middle of a control."""
        x, y = control.middle
        self._do("mousemove", "--sync", str(x), str(y), "click", str(button))

    def tabs_to(self, name: str) -> None:
        """Press Tab until the text with this name has the keyboard."""
        for _press in range(_TABS):
            self.keys("Tab")
            if self.bus.find(role="text", name=name, hidden=True).focused:
                return
        raise AssertionError(f"Tab does not lead to “{name}”")

    def takes_the_window(self) -> None:
        """Give the window the keyboard: without it the first keys are lost."""
        self._do("search", "--sync", "--onlyvisible", "--name", "ssc_hand", "windowfocus", "--sync")

    def keeps_picture(self, name: str) -> None:
        """Keep what the screen shows."""
        self._pictures += 1
        path = self._out / f"{self._pictures:02}-{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], env=self._environment, check=True)

    def _do(self, *words: str) -> None:
        subprocess.run(
            ["xdotool", *words], env=self._environment, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL
        )


def main() -> int:
    """0 when all was there at the end; 1 with one sentence if something is missing here or went wrong."""
    missing = what_is_missing("xdotool", "import")
    if missing:
        print(f"The journey needs packages that are not installed: {', '.join(missing)}.", file=sys.stderr)
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.png"):
        old.unlink()
    try:
        with tempfile.TemporaryDirectory(prefix="ssc-hand-journey-") as folder, desktop(Path(folder)) as environment:
            travel(Path(folder), environment)
    except (AssertionError, subprocess.SubprocessError) as problem:
        print(f"The journey ended early: {problem}", file=sys.stderr)
        return 1
    print(f"All of it was there. Pictures: {OUT}")
    return 0


def travel(folder: Path, environment: dict[str, str]) -> None:
    """The whole way, there and back again."""
    clinic, exported = folder / "clinic", folder / "exported.json"
    command(environment, "demo", str(clinic))
    with at_the_screen(clinic, environment) as person:
        find_patient(person)
        start_visit(person)
        enter_in_table(person)
        enter_in_form(person)
        place_ulcers(person)
        write_texts(person)
        look_at_trends_and_summary(person)
        finish(person)
    with at_the_screen(clinic, environment) as person:
        find_patient(person)
        see_it_again(person)
    command(environment, "export", "--data", str(clinic), "--patient", RECORD, "--out", str(exported))
    compare(json.loads(exported.read_text(encoding="utf-8")))
    command(environment, "check", "--data", str(clinic))


@contextmanager
def at_the_screen(clinic: Path, environment: dict[str, str], out: Path = OUT) -> Iterator[Person]:
    """The window, opened; at the end it is closed by its own key, and has to go by itself."""
    with program(clinic, environment) as process:
        bus = Bus(process.pid, environment)
        try:
            person = Person(bus, environment, out)
            bus.find(role="list item")
            person.takes_the_window()
            yield person
            person.keys("ctrl+q")
            assert process.wait(timeout=PATIENCE) == 0, "the window did not close as it should"
        except AbsentError:
            person.keeps_picture("missing")
            raise
        finally:
            bus.close()


def find_patient(person: Person) -> None:
    """Type part of a name, go down, and choose."""
    box = person.bus.find(role="text", begins="Find patient")
    person.clicks(box)
    person.types(TYPED_NAME)
    found = person.bus.find(role="list item", begins=FAMILY)
    assert RECORD in found.name
    person.keeps_picture("found")
    person.keys("Down", "Return")
    person.bus.find(role="panel", begins=f"Patient: {FAMILY}")
    person.keeps_picture("patient")


def start_visit(person: Person) -> None:
    """A follow-up, by its key."""
    person.keys("ctrl+shift+n")
    person.bus.find(role="push button", name="Finish visit")
    person.keeps_picture("new-visit")


def cell(person: Person, site: Site, measure: str) -> Node:
    """The cell of the table for a value."""
    return person.bus.find(role="table cell", begins=f"{site.name}, {CATALOGUE[measure].name}: ")


def enter_in_table(person: Person) -> None:
    """Two rows of ten values, one after the other with Enter."""
    for measure, values in (("crt", REFILL), ("skin_temp", TEMPERATURE)):
        person.clicks(cell(person, DIGITS[0], measure))
        for value in values:
            person.types(value)
            person.keys("Return")
        for site, value in zip(DIGITS, values, strict=True):
            person.bus.find(
                role="table cell", begins=f"{site.name}, {CATALOGUE[measure].name}: {shown(measure, value)}"
            )
        person.keeps_picture(f"table-{measure}")


def shown(measure: str, typed: str) -> str:
    """How a typed value is shown."""
    kind = CATALOGUE[measure].kind
    return kind.format(kind.parse(typed))


def enter_in_form(person: Person) -> None:
    """Choose each digit by a click on the hand, and type its pain into the form."""
    for site, value in zip(DIGITS, PAIN, strict=True):
        person.clicks(person.bus.find(role="check box", name=f"{site.name}, distal phalanx"))
        entry = person.bus.find(role="text", name=f"{CATALOGUE['pain'].name}, {site.name}")
        person.clicks(entry)
        person.types(value)
        person.keys("Return")
        person.bus.find(role="table cell", begins=f"{site.name}, {CATALOGUE['pain'].name}: {value}")
    person.keeps_picture("form-pain")


def place_ulcers(person: Person) -> None:
    """One through the tool and one through the menu of the place; each described on its card."""
    for number, ulcer in enumerate(ULCERS):
        if number == 0:
            person.clicks(person.bus.find(role="push button", name="Place a mark"))
            person.keys("Down", "Return")  # the first kind of the list is the ulcer
            person.bus.find(role="push button", begins="Ulcer")
            person.clicks(person.bus.find(role="check box", name=ulcer.place))
        else:
            person.clicks(person.bus.find(role="check box", name=ulcer.place), button=3)
            person.keys("Down", "Return")
        describe(person, ulcer)
        person.keeps_picture(f"ulcer-{number + 1}")


def describe(person: Person, ulcer: Ulcer) -> None:
    """Size and infection of the ulcer whose card has opened."""
    person.bus.find(role="label", ends=f": ulcer, {ulcer.place}")
    for name, value in (("Length", ulcer.length), ("Width", ulcer.width)):
        person.clicks(person.bus.find(role="text", name=name))
        person.types(value)
        person.keys("Tab")
    person.clicks(person.bus.find(role="combo box", about="Infection"))
    person.types(ulcer.infection)
    person.keys("Return")
    person.bus.find(role="combo box", about="Infection", name=ulcer.infection)


def write_texts(person: Person) -> None:
    """Findings and plan, in words, by keyboard from the first text on."""
    person.clicks(person.bus.find(role="page tab", name="Conditions and texts"))
    person.clicks(person.bus.find(role="text", name="Reason for the visit"))
    for name, text in TEXTS.items():
        person.tabs_to(name)
        person.types(text)
    person.keys("Tab")
    person.keeps_picture("texts")


def look_at_trends_and_summary(person: Person) -> None:
    """Each page by its key, and back."""
    person.keys("F7")
    person.bus.find(role="push button", name="Save picture…")
    person.keeps_picture("trends")
    person.keys("F8")
    person.bus.find(role="label", begins="page 1 of ")
    person.keeps_picture("summary")
    person.keys("F6")
    person.bus.find(role="push button", name="Finish visit")


def finish(person: Person) -> None:
    """Make the visit final."""
    person.keys("ctrl+Return")
    person.bus.find(role="push button", name="Reopen…")
    person.keeps_picture("finished")


def see_it_again(person: Person) -> None:
    """After a new start the newest visit shows every value, and both ulcers."""
    for measure, values in (("crt", REFILL), ("skin_temp", TEMPERATURE), ("pain", PAIN)):
        for site, value in zip(DIGITS, values, strict=True):
            person.bus.find(
                role="table cell", begins=f"{site.name}, {CATALOGUE[measure].name}: {shown(measure, value)}"
            )
    for ulcer in ULCERS:
        found = person.bus.find(role="check box", name=ulcer.place)
        assert "ulcer, active, new" in found.description, f"no new ulcer at the {ulcer.place}"
    person.keeps_picture("opened-again")


def compare(bundle: dict[str, Any]) -> None:
    """What the file says against what was typed; `AssertionError` tells the first difference."""
    visit = max(bundle["patients"][0]["visits"], key=lambda each: str(each["at"]))
    assert visit["state"] == "final", "the visit is not final"
    found = {(each["measure"], each["site"]): each.get("value") for each in visit["observations"]}
    for measure, values in (("crt", REFILL), ("skin_temp", TEMPERATURE), ("pain", PAIN)):
        for site, typed in zip(DIGITS, values, strict=True):
            wanted, got = float(typed.replace(",", ".")), found.get((measure, site.code))
            assert got == wanted, f"{measure} of the {site.name}: typed {typed}, kept {got}"
    for ulcer in ULCERS:
        check_ulcer(ulcer, visit["lesions"])
    for name, text in TEXTS.items():
        assert visit[name.lower()] == text, f"{name}: {visit[name.lower()]!r} was kept"


def check_ulcer(ulcer: Ulcer, lesions: list[dict[str, Any]]) -> None:
    """One ulcer, with its exact point, size and infection."""
    here = [each for each in lesions if each["site"] == ulcer.site and each["status"] == "active"]
    assert len(here) == 1, f"{len(here)} active ulcers at the {ulcer.place}"
    kept = here[0]
    size = (kept["length_mm"], kept["width_mm"])
    wanted = (float(ulcer.length.replace(",", ".")), float(ulcer.width.replace(",", ".")))
    assert size == wanted, f"the ulcer at the {ulcer.place} has {size} mm"
    assert kept["infection"] == ulcer.infection_key, f"its infection is {kept['infection']}"
    assert "x" in kept and "y" in kept, f"the ulcer at the {ulcer.place} has no exact point"


if __name__ == "__main__":
    sys.exit(main())
