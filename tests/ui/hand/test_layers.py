"""The kept pictures: after any change they show what a drawing made afresh shows, and only a spot was painted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ssc_hand.charts.scales import Ground
from ssc_hand.domain.anatomy import Aspect, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.records import PatientRecord
from ssc_hand.domain.vocabulary import AmputationLevel, Reason, Status
from ssc_hand.ui.hand.layout import Posture
from ssc_hand.ui.hand.picture import Scene
from ssc_hand.ui.hand.view import HandView
from tests.builders import VisitBuilder, a_patient, a_record, a_visit, an_amputation

A_PERSON = a_patient()
LOST = an_amputation(A_PERSON, "L.D3", level=AmputationLevel.PIP)
CUT = an_amputation(A_PERSON, "L.D2", level=AmputationLevel.MIDDLE)


def a_view(qtbot: QtBot) -> HandView:
    """A drawing of its own."""
    made = HandView()
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    qtbot.waitExposed(made)
    return made


def a_scene(record: PatientRecord, aspect: Aspect = Aspect.DORSAL, layer: str | None = "crt") -> Scene:
    """The last visit of a patient."""
    chosen = CATALOGUE[layer] if layer else None
    return Scene(record, record.visits[-1], aspect, chosen, Ground.LIGHT, None)


def of(visit: VisitBuilder, *, lost: bool = False) -> PatientRecord:
    """The person with one visit, always the same one however much it holds."""
    record = a_record(visit, patient=A_PERSON, amputations=(LOST, CUT) if lost else ())
    return replace(record, visits=(replace(record.visits[0], id="the visit"),))


def seen(view: HandView) -> QImage:
    """What is on the screen."""
    return view.grab().toImage()


def looks_like(one: QImage, other: QImage) -> bool:
    """Whether two pictures differ by no more than soft edges do that were painted in two goes."""
    if one.size() != other.size():
        return False
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return all(a == b or abs(a - b) <= 4 for a, b in pairs)


def plain() -> VisitBuilder:
    """Three digits with values."""
    return a_visit().at("R.D1", crt=2.5).at("R.D2", crt=3.5).at("L.D2", crt=1.0, skin_temp=31.0, pain=4)


def tip_ulcer() -> VisitBuilder:
    """An ulcer where the value of its digit will stand."""
    return a_visit().with_ulcer("R.D2.distal", id="a", aspect=Aspect.DORSAL, x=0.32, y=0.035)


def side_ulcer(status: Status) -> VisitBuilder:
    """An ulcer of a left finger."""
    return plain().with_ulcer("L.D2.middle", id="b", aspect=Aspect.DORSAL, x=0.4, y=0.3, status=status)


COURSE = {
    "a value appears": lambda: [plain(), plain().at("R.D4", crt=9.0)],
    "a value changes and its flag goes": lambda: [plain().at("R.D2", crt=9.0), plain().at("R.D2", crt=0.5)],
    "a value goes": lambda: [plain(), a_visit().at("R.D1", crt=2.5)],
    "a reason stands for it": lambda: [plain(), plain().at("R.D2", crt=Reason.PAIN), plain().at("R.D2", crt=4.0)],
    "a value pushes a mark aside": lambda: [tip_ulcer(), tip_ulcer().at("R.D2", crt=2.0)],
    "an ulcer appears": lambda: [plain(), side_ulcer(Status.ACTIVE)],
    "an ulcer heals": lambda: [side_ulcer(Status.ACTIVE), side_ulcer(Status.HEALED)],
}


@pytest.mark.parametrize("course", COURSE.values(), ids=COURSE.keys())
@pytest.mark.parametrize("lost", [False, True], ids=["whole hands", "with stumps"])
def test_a_change_leaves_the_same_picture_as_a_drawing_made_afresh(
    qtbot: QtBot, course: Callable[[], list[VisitBuilder]], *, lost: bool
) -> None:
    kept, visits = a_view(qtbot), course()
    for visit in visits:
        kept.show_scene(a_scene(of(visit, lost=lost)))
        kept.show_choice((parse_site("R.D2"), parse_site("R.D4")))
        after = seen(kept)
    afresh = a_view(qtbot)
    afresh.show_scene(a_scene(of(visits[-1], lost=lost)))
    afresh.show_choice((parse_site("R.D2"), parse_site("R.D4")))
    assert looks_like(after, seen(afresh))


@pytest.mark.parametrize("posture", Posture, ids=str)
def test_another_layer_face_and_stumps_leave_nothing_of_the_old(qtbot: QtBot, posture: Posture) -> None:
    kept, afresh = a_view(qtbot), a_view(qtbot)
    scenes = [
        a_scene(of(plain())),
        a_scene(of(plain()), layer="pain"),
        a_scene(of(plain()), aspect=Aspect.PALMAR, layer="pain"),
        a_scene(of(plain(), lost=True), aspect=Aspect.PALMAR),
        a_scene(of(plain(), lost=True), layer=None),
    ]
    kept.set_posture(posture)
    for scene in scenes:
        kept.show_scene(scene)
        seen(kept)
    afresh.show_scene(scenes[-1])
    afresh.set_posture(posture)
    assert looks_like(seen(kept), seen(afresh))
    assert not looks_like(seen(kept), seen(a_view(qtbot)))


def test_a_changed_value_paints_its_digit_alone(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    view.show_scene(a_scene(of(plain())))
    seen(view)
    stage = view._layers.stage
    assert stage is not None
    changed = view._layers.show(stage, view._hands)
    assert changed.isEmpty()
    before = view._layers._hands
    view.show_scene(a_scene(of(plain().at("R.D2", crt=7.0))))
    due = view._layers._due.boundingRect()
    assert due.contains(view.point_of(parse_site("R.D2.distal")))
    assert due.width() * due.height() < 0.1 * view.width() * view.height()
    assert view._layers._hands[parse_site("L").hand] is before[parse_site("L").hand]  # type: ignore[index]


def test_what_is_said_of_a_digit_follows_each_change(qtbot: QtBot) -> None:
    view = a_view(qtbot)
    tip = parse_site("R.D2.distal")
    said = []
    ulcer = plain().with_ulcer("R.D2.distal", id="d")
    for visit in (plain(), plain().at("R.D2", crt=7.0), ulcer):
        view.show_scene(a_scene(of(visit)))
        said.append(view.words_of(tip))
    assert "3.5 s" in said[0] and "7.0 s" in said[1] and "A: ulcer" in said[2]
    assert "3.5 s" in said[2]
