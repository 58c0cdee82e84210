"""The place of the path goes to the file by itself while nobody enters anything, and comes back with the draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.path import parse_stop
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.place_keeper import PlaceKeeper
from ssc_hand.ui.models.selection import SiteSelection
from tests.builders import a_patient, a_record
from tests.clinics import enter_clinic
from tests.ui.desk import WHO, Desk, a_desk

PATIENT = a_patient()
MEASURES = tuple(CATALOGUE[key] for key in ("pain", "skin_temp", "crt"))


class Place:
    """A path over a desk, with the keeper of its place."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.path = EntryPath(desk.editor, SiteSelection(), lambda: None)
        self.keeper = PlaceKeeper(desk.editor, self.path)
        desk.editor.visit_changed.connect(self.path.show_visit)
        desk.editor.visit_changed.connect(self.keeper.show_visit)
        self.path.ask_for(MEASURES)

    @property
    def on_disk(self) -> str:
        """What the next start would offer."""
        with enter_clinic(self.desk.folder, by=WHO) as clinic:
            left = clinic.left_off()
        return left.place if left else ""


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Place]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(patient=PATIENT)) as desk:
        made = Place(desk)
        desk.start(PATIENT.id)
        desk.editor.set_value((parse_site("R.D1"),), MEASURES[0], 3)
        desk.wait()
        yield made


def test_a_place_that_somebody_went_to_is_on_disk_without_an_entry(place: Place, qtbot: QtBot) -> None:
    place.path.go(parse_stop("skin_temp@L.D2"))
    qtbot.waitUntil(lambda: place.on_disk == "skin_temp@L.D2")


def test_a_draft_that_is_opened_again_keeps_the_place_at_which_it_was_left(place: Place, qtbot: QtBot) -> None:
    desk, visit = place.desk, place.desk.visit.id
    place.path.go(parse_stop("crt@R.D4"))
    qtbot.waitUntil(lambda: place.on_disk == "crt@R.D4")
    desk.show(PATIENT.id)
    desk.show(PATIENT.id, visit)
    desk.wait()
    assert (place.path.place, place.on_disk) == ("crt@R.D4", "crt@R.D4")
    place.path.go(parse_stop("crt@R.D5"))
    qtbot.waitUntil(lambda: place.on_disk == "crt@R.D5")
