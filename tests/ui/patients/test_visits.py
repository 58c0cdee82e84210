"""The visits of one patient."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ssc_hand.domain.vocabulary import LesionKind, Status, VisitKind
from ssc_hand.ui.patients.visits import VisitList
from ssc_hand.ui.widgets.line_list import LineList
from tests.ui.finding import the
from tests.ui.patients.people import a_record, a_visit

RECORD = a_record(
    a_visit("2025-01-03"),
    a_visit("2025-02-03", ulcer=Status.ACTIVE),
    a_visit("2025-03-03", draft=True, ulcer=Status.INDETERMINATE),
)


@pytest.fixture
def visits(qtbot: QtBot) -> VisitList:
    made = VisitList()
    qtbot.addWidget(made)
    made.resize(260, 400)
    made.show()
    return made


def test_the_newest_visit_stands_first(visits: VisitList) -> None:
    visits.show_record(RECORD)
    assert [row.title for row in visits.rows] == [
        "3 Mar 2025, follow-up",
        "3 Feb 2025, follow-up",
        "3 Jan 2025, follow-up",
    ]
    assert [row.badge for row in visits.rows] == ["draft", "", ""]


def test_each_visit_tells_its_ulcers(visits: VisitList) -> None:
    visits.show_record(RECORD)
    details = [row.detail.replace("\u00a0", " ") for row in visits.rows]
    assert details[0].startswith("no active ulcer, 1 indeterminate")
    assert details[1].startswith("1 active ulcer")
    assert details[2].startswith("no active ulcer")


def test_rows_that_are_kept_say_what_a_list_made_anew_says(visits: VisitList, qtbot: QtBot) -> None:
    first, second, draft = RECORD.visits
    healed = replace(draft, states={key: replace(each, status=Status.HEALED) for key, each in draft.states.items()})
    early = replace(first, states=dict(second.states))
    other_kind = [replace(lesion, kind=LesionKind.GANGRENE) for lesion in RECORD.lesions]
    changed = (
        RECORD.with_visit(healed),
        RECORD.with_visit(early),
        RECORD.with_visit(a_visit("2025-01-20", ulcer=Status.ACTIVE)),
        replace(RECORD, lesions=tuple(other_kind)),
        replace(RECORD, visits=RECORD.visits[1:]),
        replace(RECORD, patient=replace(RECORD.patient, id="another")),
        RECORD,
    )
    for record in changed:
        visits.show_record(record)
        anew = VisitList()
        qtbot.addWidget(anew)
        anew.show_record(record)
        assert visits.rows == anew.rows


def test_the_open_visit_stays_marked_when_the_record_changes(visits: VisitList) -> None:
    visits.set_current("visit-2025-02-03")
    visits.show_record(RECORD)
    visits.show_record(a_record(*RECORD.visits, a_visit("2025-04-03")))
    assert the(LineList, visits).current_key == "visit-2025-02-03"


def test_enter_opens_a_visit(visits: VisitList, qtbot: QtBot) -> None:
    visits.show_record(RECORD)
    lines = the(LineList, visits)
    lines.enter()
    with qtbot.waitSignal(visits.visit_chosen, check_params_cb=lambda key: key == "visit-2025-03-03"):
        qtbot.keyClick(lines, Qt.Key.Key_Return)


def test_every_kind_of_visit_can_be_started(visits: VisitList) -> None:
    started: list[object] = []
    visits.start_requested.connect(started.append)
    visits.show_record(RECORD)
    for action in visits.start_menu.actions():
        action.trigger()
    assert started == list(VisitKind)


def test_without_a_patient_no_visit_can_be_started(visits: VisitList) -> None:
    start = the(QPushButton, visits)
    assert not start.isEnabled()
    visits.show_record(RECORD)
    assert start.isEnabled()
    visits.show_record(None)
    assert (start.isEnabled(), visits.rows) == (False, ())


def test_a_patient_without_visits_says_how_to_begin(visits: VisitList) -> None:
    visits.show_record(a_record())
    assert "Start visit" in visits.remark
