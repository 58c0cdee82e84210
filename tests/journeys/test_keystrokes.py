"""How many keys an assessment takes: delivered to the real window, counted there, and read back from the file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bench import assessment, keystrokes
from tests.bench.typist import SKILLED_S, Operators
from tests.journeys.desktop import CHECKOUT


@dataclass(frozen=True)
class Replays:
    """What the replays took, each made in a window of its own, and the folder with what they left."""

    folder: Path
    decimals: int
    whole: int
    keys: Operators
    mouse: Operators


@pytest.fixture(scope="module")
def replays(tmp_path_factory: pytest.TempPathFactory) -> Replays:
    folder = tmp_path_factory.mktemp("replays")
    # In a process of its own: its windows have the whole application to themselves, as the program's window has.
    command = [sys.executable, "-m", "tests.bench.keystrokes", str(folder)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "SSC_HAND_CONFIG_DIR": str(folder / "settings")}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    keys, mouse = Operators(**found["keys"]), Operators(**found["mouse"])
    return Replays(folder, found["decimals"], found["whole"], keys, mouse)


def test_thirty_values_take_no_more_than_1_15_keys_for_each_character(replays: Replays) -> None:
    assert 0 < replays.decimals <= 1.15 * len(assessment.written())


def test_whole_degrees_and_seconds_take_one_enter_more_each(replays: Replays) -> None:
    tens = assessment.WHOLE["pain"].count("10")
    assert replays.whole == len(assessment.written(assessment.WHOLE)) - tens + 20


def test_a_full_assessment_by_keys_is_estimated_under_two_minutes_and_shorter_than_by_mouse(replays: Replays) -> None:
    assert (replays.keys.points, replays.keys.homes) == (0, 0)
    assert replays.mouse.points >= 30
    assert replays.mouse.homes >= 60
    assert replays.keys.seconds(SKILLED_S) < 120 < replays.mouse.seconds(SKILLED_S)


def test_what_was_typed_is_in_the_file_and_another_value_would_be_told(replays: Replays) -> None:
    visit = assessment.newest(keystrokes.kept(replays.folder / "decimals"))
    assessment.check(visit)
    with pytest.raises(AssertionError, match="right thumb"):
        assessment.check(visit, {**assessment.VALUES, "crt": ("2.2", *assessment.VALUES["crt"][1:])})


def test_the_texts_are_as_long_as_the_goal_has_them() -> None:
    assert (len(assessment.FINDINGS), len(assessment.PLAN)) == (120, 80)
