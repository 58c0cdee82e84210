"""How many keys thirty values take, and how long a full assessment takes by the keystroke-level model.

Every count comes from a replay in the window, whose values are then read back from the file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from ssc_hand.domain.records import PatientRecord
from tests.bench import assessment, material
from tests.bench.measuring import Row
from tests.bench.typist import HOME_S, POINT_S, SKILLED_S, THINK_S, USUAL_S, Operators, Typist
from tests.bench.window import opened, settle, until

#: As large as a screen of 1920 x 1080 leaves it: the table is whole, so that the mouse needs no scrolling.
_SIZE = (1920, 1040)
_PATIENT = "DEMO-002"
_GOAL_S = 120
_MOST_KEYS = 1.15
_NOTE = (
    "From the key that starts the visit to the one that finishes it: thirty values with one decimal and pain, two "
    "ulcers with size, origin, depth, infection and pain, findings of 120 and plan of 80 characters, the patient open "
    "and a protocol that asks for these values. Excluded: the examination itself, reading instruments, and lesions of "
    "earlier visits (one key each). Operators of Card, Moran and Newell (1980): K for each key or button, Shift and "
    f"Ctrl counted; P {POINT_S:.2f} s; H {HOME_S:.2f} s; M {THINK_S:.2f} s by their rules: one before each command, "
    "word of a list and Enter after a number of free length; none within a command, a text or before a number, which "
    "is data. By mouse the visit is started by its key too; the window is 1920 pixels wide."
)


def replay(folder: Path, way: Callable[[Typist], None]) -> Operators:
    """Go one way through a new visit in a new clinic in `folder`; what it took. The visit is left to be read."""
    record = material.the_patient(_PATIENT)
    assessment.prepare(folder, record)
    with opened(folder) as window:
        window.resize(*_SIZE)
        window.open_patient(record.patient.id)
        until(lambda: window.editor.record is not None)
        settle()
        person = Typist(window)
        way(person)
    return person.count


def kept(folder: Path) -> PatientRecord:
    """What a replay left in the file."""
    return assessment.kept(folder, material.the_patient(_PATIENT).patient.id)


def keys_for_values(folder: Path, values: Mapping[str, Sequence[str]]) -> int:
    """How many keys thirty values took, which then stood in the file."""
    before: list[int] = []

    def way(person: Typist) -> None:
        assessment.begin(person)
        before.append(person.count.keys)
        assessment.enter_values(person, values)

    count = replay(folder, way)
    assessment.check(assessment.newest(kept(folder)), values)
    return count.keys - before[0]


def whole_way(folder: Path, way: Callable[[Typist], None]) -> Operators:
    """What a full assessment took, which then stood in the file."""
    count = replay(folder, way)
    assessment.check_all(kept(folder))
    return count


def rows(home: Path) -> list[Row]:
    """Keys for thirty values, and the estimate with two speeds of typing, both beside the mouse."""
    keys = whole_way(home / "by-keys", assessment.by_keys)
    mouse = whole_way(home / "by-mouse", assessment.by_mouse)
    return [
        _values_row("keys for 30 values", home / "decimals", assessment.VALUES, goal=_MOST_KEYS),
        _values_row("  in whole degrees and seconds (Enter)", home / "whole", assessment.WHOLE, goal=None),
        _estimate("assessment by keys, K 0.20 s (skilled typist)", SKILLED_S, keys, mouse),
        _estimate("  K 0.28 s (average person, no typist)", USUAL_S, keys, mouse),
        _cautious("  K 0.20 s, and one M more for each value", SKILLED_S, keys, mouse),
    ]


def main(folder: Path) -> None:
    """Make every replay in clinics in `folder`, and print what each took as JSON."""
    with_values: dict[str, Mapping[str, Sequence[str]]] = {"decimals": assessment.VALUES, "whole": assessment.WHOLE}
    ways = {"keys": assessment.by_keys, "mouse": assessment.by_mouse}
    found = {
        **{name: keys_for_values(folder / name, values) for name, values in with_values.items()},
        **{name: asdict(whole_way(folder / name, way)) for name, way in ways.items()},
    }
    print(json.dumps(found))


def _values_row(what: str, folder: Path, values: Mapping[str, Sequence[str]], *, goal: float | None) -> Row:
    return Row(
        what=what,
        ours=keys_for_values(folder, values),
        floor=len(assessment.written(values)),
        beside="the characters of the values as written",
        times=goal,
        unit="keys",
    )


def _estimate(what: str, key_s: float, keys: Operators, mouse: Operators) -> Row:
    return Row(
        what=what,
        ours=keys.seconds(key_s),
        floor=mouse.seconds(key_s),
        beside=f"by mouse and table: {_words(mouse)}; by keys: {_words(keys)}",
        at_most=_GOAL_S,
        unit="sec",
    )


def _cautious(what: str, key_s: float, keys: Operators, mouse: Operators) -> Row:
    return Row(
        what=what,
        ours=keys.seconds(key_s, per_value=True),
        floor=mouse.seconds(key_s, per_value=True),
        beside="the same; no rule asks for this",
        unit="sec",
        note=_NOTE,
    )


def _words(count: Operators) -> str:
    parts = {"K": count.keys, "P": count.points, "H": count.homes, "M": count.thoughts}
    return ", ".join(f"{number} {name}" for name, number in parts.items() if number)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
