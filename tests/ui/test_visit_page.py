"""The page of one visit: drawing, table, forms and lesions in step, and every entry on its way to the disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
)
from pytestqt.qtbot import QtBot

from ssc_hand.domain.anatomy import VISIT, Aspect, Site, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.protocols import FULL, own_protocol
from ssc_hand.domain.vocabulary import AmputationLevel, LesionKind, Location, Reason, Status, VisitState
from ssc_hand.ui.forms.measure_form import MeasureForm
from ssc_hand.ui.forms.measure_row import MeasureRow
from ssc_hand.ui.hand.accessible import SiteButton
from ssc_hand.ui.visit_page import VisitPage
from tests.builders import a_patient, a_record, a_visit, an_amputation, the_settings
from tests.ui.desk import Desk, a_desk
from tests.ui.scripted_prompts import ScriptedPrompts

INDEX, MIDDLE = parse_site("R.D2"), parse_site("R.D3")
PATIENT = a_patient()
GONE = an_amputation(PATIENT, "L.D5", level=AmputationLevel.MCP)
BEFORE = a_visit("2025-09-01T09:00").at("R.D2", crt=4.0).with_ulcer("L.D3.distal", id="a", x=0.5, y=0.1).final()
RECORD = a_record(BEFORE, patient=PATIENT, amputations=(GONE,))


class Page:
    """The page over a real desk."""

    def __init__(self, qtbot: QtBot, desk: Desk, prompts: ScriptedPrompts) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.widget = VisitPage(desk.editor, prompts)
        self.refusals: list[str] = []
        self.widget.refused.connect(self.refusals.append)
        qtbot.addWidget(self.widget)
        self.widget.resize(1250, 900)
        self.widget.show()
        qtbot.waitExposed(self.widget)

    @property
    def sites(self) -> tuple[Site, ...]:
        """What is chosen."""
        return self.widget.selection.sites

    def press(self, code: str) -> None:
        """Press a place of the drawing."""
        view = self.widget.hands.view
        self.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.point_of(parse_site(code)))

    def line(self, key: str = "crt", form: MeasureForm | None = None) -> QLineEdit:
        """The first line edit of a measure."""
        rows = (form or self.widget.digit_form).findChildren(MeasureRow)
        found = next(row for row in rows if row.measure.key == key).findChild(QLineEdit)
        assert isinstance(found, QLineEdit)
        return found

    def type(self, text: str, key: str = "crt") -> None:
        """Type into the form without leaving the line."""
        self.line(key).setFocus()
        self.line(key).selectAll()
        self.qtbot.keyClicks(self.line(key), text)

    def cell(self, code: str, key: str = "crt") -> Any:
        """What the table shows."""
        model = self.widget.model
        column = model.column_of(parse_site(code))
        assert column is not None
        row = model.row_of(CATALOGUE[key])
        assert row is not None
        return model.index(row, column).data()

    def value(self, site: Site = INDEX, key: str = "crt", repeat: int = 1) -> Any:
        """What is on disk."""
        self.desk.wait()
        found = self.desk.visit_on_disk().observations.get((site, key, repeat))
        return found and (found.reason if found.value is None else found.value)

    def words(self) -> str:
        """All that can be read on the page."""
        return "\n".join(label.text() for label in self.widget.findChildren(QLabel) if label.isVisible())

    def button(self, text: str) -> QAbstractButton:
        """The button with this text."""
        return next(b for b in self.widget.findChildren(QAbstractButton) if b.text() == text)


@pytest.fixture
def prompts() -> ScriptedPrompts:
    return ScriptedPrompts("in plaster")


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, prompts: ScriptedPrompts) -> Iterator[Page]:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        made = Page(qtbot, desk, prompts)
        desk.start(PATIENT.id)
        yield made
        for menu in made.widget.findChildren(QMenu):
            menu.close()


# -- in step ---------------------------------------------------------------------------------------------------


def test_without_a_visit_the_page_says_what_to_do(page: Page) -> None:
    page.desk.editor.show(None)
    assert "Choose a visit at the left, or start one" in page.words()
    assert not page.widget.table.isVisible()


def test_a_place_pressed_on_the_drawing_is_chosen_in_form_and_table(page: Page) -> None:
    page.press("R.D2.distal")
    assert page.sites == (INDEX,)
    assert "Right index" in page.words()
    assert page.line().accessibleName() == "Capillary refill, right index"
    assert page.widget.model.site_at(page.widget.table.currentIndex()) == INDEX
    page.press("R.D2.distal")
    assert page.sites == (parse_site("R.D2.distal"),)
    assert page.line().accessibleName() == "Capillary refill, right index"


def test_a_hand_pressed_shows_the_measures_of_the_hand(page: Page) -> None:
    page.press("L")
    assert page.sites == (parse_site("L"),)
    assert page.widget.hand_form.isVisible() and not page.widget.digit_form.isVisible()
    assert page.line("dorsum_temp", page.widget.hand_form).accessibleName().endswith("left hand")


def test_a_cell_chosen_in_the_table_is_chosen_on_the_drawing(page: Page) -> None:
    model = page.widget.model
    column = model.column_of(parse_site("L.D2"))
    assert column is not None
    row = model.row_of(CATALOGUE["pain"])
    assert row is not None
    page.widget.table.setCurrentIndex(model.index(row, column))
    assert page.sites == (parse_site("L.D2"),)
    chosen = page.widget.findChild(SiteButton, "L.D2.distal")
    assert isinstance(chosen, SiteButton) and chosen.isChecked()


def test_an_amputation_is_told_at_its_digit_and_the_digit_takes_nothing(page: Page) -> None:
    page.widget.selection.choose(parse_site("L.D5"))
    assert "left little: amputated 2024" in page.words()
    page.type("2")
    page.widget.settle()
    assert "Nothing can be recorded there" in page.words()
    assert page.cell("L.D5") == "amput."
    assert not page.desk.editor.is_on_disk


# -- entering --------------------------------------------------------------------------------------------------


def test_a_value_typed_in_the_form_is_on_disk_in_the_table_and_on_the_drawing(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("4,5")
    page.qtbot.keyClick(page.line(), Qt.Key.Key_Return)
    assert page.value() == 4.5
    assert page.cell("R.D2") == "4.5"
    assert "4.5 s" in page.widget.hands.view.words_of(parse_site("R.D2.distal"))
    assert "✓ everything is saved" in page.words()


def test_a_value_typed_in_the_table_is_shown_in_the_form(page: Page) -> None:
    page.press("R.D2.distal")
    page.widget.bedside.path.choose_measure(CATALOGUE["crt"])
    model = page.widget.model
    model.setData(page.widget.table.currentIndex(), "3,5")
    assert page.line().text() == "3.5"


def test_typing_over_the_hand_begins_an_entry_of_the_layer_shown(page: Page) -> None:
    page.press("R.D2.distal")
    page.widget.hands.show_layer(CATALOGUE["pain"])
    page.qtbot.keyClicks(page.widget.hands.view, "7")
    page.qtbot.keyClick(page.line("pain"), Qt.Key.Key_Return)
    assert page.value(key="pain") == 7


def test_a_value_goes_to_every_chosen_digit(page: Page) -> None:
    page.widget.selection.choose_many((INDEX, MIDDLE))
    page.type("6", "pain")
    page.widget.settle()
    assert (page.value(INDEX, "pain"), page.value(MIDDLE, "pain")) == (6, 6)


@pytest.mark.parametrize("way", ["mouse", "button", "key", "table"])
def test_what_is_being_typed_stays_with_the_digit_it_was_typed_for(page: Page, way: str) -> None:
    page.press("R.D2.distal")
    page.type("4.5")
    if way == "mouse":
        page.press("R.D3.distal")
    elif way == "button":
        page.widget.findChild(SiteButton, "R.D3.distal").click()  # type: ignore[union-attr]
    elif way == "key":
        page.qtbot.keyClick(page.widget.hands.view, Qt.Key.Key_Right)
    else:
        column = page.widget.model.column_of(MIDDLE)
        assert column is not None
        row = page.widget.model.row_of(CATALOGUE["crt"])
        assert row is not None
        page.widget.table.setCurrentIndex(page.widget.model.index(row, column))
    assert page.sites[-1].of_digit == MIDDLE
    assert page.value(INDEX) == 4.5
    assert page.value(MIDDLE) is None
    assert page.line().text() == ""


def test_all_that_stands_unsettled_is_recorded_when_another_place_is_pressed(page: Page) -> None:
    page.press("R.D2.distal")
    for text, key in (("6", "pain"), ("29.4", "skin_temp"), ("4.5", "crt")):
        page.line(key).setText(text)  # as dictation does: neither key nor focus
    page.press("R.D3.distal")
    assert [page.value(INDEX, key) for key in ("pain", "skin_temp", "crt")] == [6, 29.4, 4.5]
    assert page.line().text() == ""


def test_one_key_goes_from_the_hands_to_the_findings(page: Page) -> None:
    page.widget.hands.view.setFocus()
    page.qtbot.keyClicks(page.widget.hands.view, "w")
    entry = page.widget.fields.editor("findings").entry
    assert isinstance(entry, QPlainTextEdit)
    assert entry.isVisible()
    page.qtbot.keyClicks(entry, "Cold.")
    page.widget.settle()
    visit = page.desk.editor.visit
    assert visit is not None
    assert visit.findings == "Cold."


def test_a_refused_text_is_told_when_the_page_is_left(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("31")
    page.press("R.D3.distal")
    assert any("right index" in told and "outside 0 to 30" in told for told in page.refusals)
    assert not page.desk.editor.is_on_disk


def reason_menu(page: Page) -> QMenu:
    """The menu of reasons of the table."""
    before = set(page.widget.findChildren(QMenu))
    page.qtbot.keyClicks(page.widget.table, "x")
    (menu,) = [each for each in page.widget.findChildren(QMenu) if each not in before]
    return menu


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_x_in_the_table_asks_for_a_reason_and_keeps_it(page: Page) -> None:
    page.press("R.D2.distal")
    page.widget.bedside.path.choose_measure(CATALOGUE["crt"])
    menu = reason_menu(page)
    next(action for action in menu.actions() if "nail" in action.text()).trigger()
    assert page.value() is Reason.NAIL


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_another_reason_is_asked_once_for_all_chosen_cells(page: Page, prompts: ScriptedPrompts) -> None:
    page.press("R.D2.distal")
    page.widget.bedside.path.choose_measure(CATALOGUE["crt"])
    page.qtbot.keyClick(page.widget.table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    menu = reason_menu(page)
    next(action for action in menu.actions() if "other" in action.text()).trigger()
    assert page.value(INDEX) is Reason.OTHER and page.value(MIDDLE) is Reason.OTHER
    assert len(prompts.asked) == 1
    assert page.desk.editor.undo_stack.count() == 1


def test_a_reason_chosen_in_the_form_is_kept_and_shown(page: Page) -> None:
    page.press("R.D2.distal")
    row = next(row for row in page.widget.digit_form.findChildren(MeasureRow) if row.measure.key == "crt")
    button = next(b for b in row.findChildren(QAbstractButton) if b.text() == "⋯")
    menu = button.menu()  # type: ignore[attr-defined]
    next(action for action in menu.actions() if "dressing" in action.text()).trigger()
    assert page.value() is Reason.DRESSING
    assert page.cell("R.D2") == "– dressing"


def test_a_text_of_the_visit_is_kept(page: Page) -> None:
    page.widget.tabs.setCurrentIndex(2)
    entry = page.widget.fields.editor("plan").entry
    assert isinstance(entry, QPlainTextEdit)
    entry.setFocus()
    page.qtbot.keyClicks(entry, "Review in May")
    page.widget.settle()
    page.desk.wait()
    assert page.desk.visit_on_disk().plan == "Review in May"


def test_seated_now_and_the_first_temperature_give_the_minutes(page: Page) -> None:
    page.button("Seated now").click()
    page.desk.clock.go_on(21)
    page.press("R.D2.distal")
    page.type("29", "skin_temp")
    page.widget.settle()
    assert page.value(VISIT, "acclimatisation") == 21


def test_undo_takes_an_entry_back_everywhere(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("4.5")
    page.widget.settle()
    page.desk.editor.undo_stack.undo()
    assert page.line().text() == ""
    assert page.cell("R.D2") == ""
    assert page.value() is None


# -- lesions ---------------------------------------------------------------------------------------------------


def place(page: Page, code: str, kind: LesionKind = LesionKind.ULCER) -> None:
    """Place a mark with the mouse."""
    next(a for a in page.widget.hands.tool_actions if LesionKind.of(a.data()) is kind).trigger()
    page.press(code)


def test_a_mark_placed_is_a_new_lesion_with_its_card_open(page: Page) -> None:
    page.widget.hands.show_aspect(Aspect.PALMAR)
    place(page, "R.D2.distal")
    assert page.widget.lesions.isVisible()
    assert "B: ulcer, right index, distal phalanx" in page.words()
    assert page.widget.tabs.tabText(1) == "Lesions (2)"
    page.desk.wait()
    record = page.desk.on_disk(PATIENT.id)
    (lesion,) = [each for each in record.lesions if each.letter == "B"]
    assert (lesion.site.code, lesion.aspect, lesion.location) == ("R.D2.distal", Aspect.PALMAR, Location.TIP)
    assert lesion.is_exact
    assert record.visits[-1].states[lesion.id].status is Status.ACTIVE


def test_a_carried_over_lesion_is_re_examined_from_its_mark(page: Page) -> None:
    page.widget.hands.show_aspect(Aspect.PALMAR)
    view = page.widget.hands.view
    lesion = RECORD.lesions[0]
    assert lesion.site.hand is not None and lesion.x is not None and lesion.y is not None
    at = view.point_at(lesion.site.hand, (lesion.x, lesion.y))
    page.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    if "A: ulcer" not in page.words():
        page.widget.show_lesion("a")
    page.button("healed").click()
    page.desk.wait()
    assert page.desk.visit_on_disk().states["a"].status is Status.HEALED


def test_a_lesion_chosen_in_the_list_turns_the_hands_to_its_face(page: Page) -> None:
    page.widget.hands.show_aspect(Aspect.DORSAL)
    page.widget.lesions.lesion_chosen.emit("a")
    assert page.widget.hands.view.aspect is Aspect.PALMAR
    assert page.sites == (parse_site("L.D3.distal"),)


def test_a_lesion_withdrawn_is_gone(page: Page) -> None:
    place(page, "R.D2.distal")
    page.button("Entered by mistake: withdraw").click()
    page.desk.wait()
    assert [each.letter for each in page.desk.on_disk(PATIENT.id).lesions] == ["A"]


# -- the visit as a whole --------------------------------------------------------------------------------------


def test_finishing_settles_what_is_being_typed_and_makes_the_page_read_only(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("4.5")
    page.widget.bar.finish_button.click()
    assert page.value() == 4.5
    assert page.desk.visit_on_disk().state is VisitState.FINAL
    assert not page.line().isVisible()
    assert page.widget.bar.reopen_button.isVisible() and not page.widget.bar.finish_button.isVisible()


def test_a_date_that_was_refused_is_told_when_the_visit_is_left_and_keeps_it_from_being_finished(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("4.5")
    date = page.widget.fields.editor("next_review").entry
    page.qtbot.keyClicks(date, "2026-02-30")
    page.widget.settle()
    assert any("Next review" in told and "2026-02-30" in told for told in page.refusals)
    page.widget.bar.finish_button.click()
    page.desk.wait()
    assert page.desk.visit_on_disk().state is VisitState.DRAFT
    page.qtbot.keyClick(date, Qt.Key.Key_Escape)
    page.widget.bar.finish_button.click()
    page.desk.wait()
    assert page.desk.visit_on_disk().state is VisitState.FINAL


def test_finishing_a_visit_without_an_entry_is_refused(page: Page) -> None:
    page.widget.bar.finish_button.click()
    assert any("no entry yet" in told for told in page.refusals)


def test_reopening_asks_for_a_reason_and_shows_it(page: Page, prompts: ScriptedPrompts) -> None:
    page.widget.bar.set_who("Dr. Lind")
    page.desk.show(PATIENT.id, RECORD.visits[0].id)
    page.widget.bar.reopen_button.click()
    page.desk.wait()
    assert len(prompts.asked) == 1
    assert page.desk.visit_on_disk().remarks == ("Reopened 2 Mar 2026, 09:30 by Dr. Lind: in plaster",)
    assert page.widget.bar.finish_button.isVisible()


def test_who_turns_away_from_the_question_reopens_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    with a_desk(qtbot, tmp_path / "clinic", RECORD) as desk:
        page = Page(qtbot, desk, ScriptedPrompts(None))
        desk.show(PATIENT.id, RECORD.visits[0].id)
        page.widget.bar.reopen_button.click()
        desk.wait()
        assert desk.visit_on_disk().state is VisitState.FINAL


def test_the_bar_tells_how_far_the_visit_has_come(page: Page) -> None:
    assert "kept from the first entry on" in page.words()
    assert not page.widget.bar.move_button.isVisible()
    page.desk.editor.set_typed((INDEX,), CATALOGUE["crt"], "2")
    assert "saving…" in page.words()
    page.desk.wait()
    assert "✓ everything is saved" in page.words()
    assert page.widget.bar.move_button.isVisible()


def test_not_everything_is_saved_while_something_refused_stands_on_the_page(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("4,5")
    page.qtbot.keyClick(page.line(), Qt.Key.Key_Return)
    page.type("four")
    page.qtbot.keyClick(page.line(), Qt.Key.Key_Return)
    assert "! not recorded: see the page" in page.words()
    page.type("4")
    page.qtbot.keyClick(page.line(), Qt.Key.Key_Return)
    page.desk.wait()
    assert "✓ everything is saved" in page.words()


def test_what_was_typed_for_one_visit_does_not_follow_to_another(page: Page) -> None:
    page.press("R.D2.distal")
    page.type("31")
    page.desk.show(PATIENT.id, RECORD.visits[0].id)
    page.desk.start(PATIENT.id)
    assert page.line().text() == ""
    assert page.widget.digit_form.errors == []


def test_the_table_goes_to_the_row_of_the_layer_also_where_it_is_computed(page: Page) -> None:
    chosen = next(a for a in page.widget.hands.layer_actions if a.data() is CATALOGUE["ddd"])
    chosen.trigger()
    assert page.widget.table.currentIndex().row() == page.widget.model.row_of(CATALOGUE["ddd"])


# -- protocols -------------------------------------------------------------------------------------------------


def test_the_protocol_of_the_clinic_decides_what_is_asked(page: Page) -> None:
    page.widget.set_clinic(the_settings(protocol="quick"))
    page.press("R.D2.distal")
    rows = [row.measure.key for row in page.widget.digit_form.findChildren(MeasureRow) if row.isVisible()]
    assert rows == ["crt", "refill_place"]
    assert page.widget.bar.protocol_box.currentText() == "Quick"


def test_another_protocol_is_chosen_for_a_visit_and_kept_with_it(page: Page) -> None:
    page.widget.set_clinic(the_settings(protocol="quick"))
    box = page.widget.bar.protocol_box
    box.setCurrentIndex(box.findText("Trial"))
    box.activated.emit(box.currentIndex())
    page.desk.wait()
    assert page.desk.visit_on_disk().protocol == "trial"
    page.press("R.D2.distal")
    assert page.line("spo2").isVisible()
    page.desk.editor.undo_stack.undo()
    assert box.currentText() == "Quick"


def test_what_is_recorded_is_shown_whatever_the_protocol(page: Page) -> None:
    page.desk.editor.set_typed((INDEX,), CATALOGUE["spo2"], "96")
    page.widget.set_clinic(the_settings(protocol="quick"))
    page.press("R.D2.distal")
    assert page.line("spo2").text() == "96" and page.cell("R.D2", "spo2") == "96"


def test_beneath_the_name_of_the_whole_visit_no_value_of_a_hand_is_entered(page: Page) -> None:
    page.widget.selection.choose(VISIT)
    page.widget.tabs.setCurrentIndex(0)
    assert not page.widget.hand_form.isVisible() and not page.widget.digit_form.isVisible()
    assert "What belongs to the whole visit stands in “Conditions and texts”." in page.words()
    page.press("R.D2.distal")
    assert page.widget.digit_form.isVisible()


def test_the_table_stands_in_the_row_of_what_is_asked_for(page: Page) -> None:
    page.press("R.D2.distal")
    page.widget.bedside.path.choose_measure(CATALOGUE["skin_temp"])
    index = page.widget.table.currentIndex()
    assert page.widget.model.measure_at(index).key == "skin_temp"
    assert page.widget.model.site_at(index) == INDEX


def test_the_name_of_a_protocol_is_read_whole_where_there_is_room(page: Page) -> None:
    box, name = page.widget.bar.protocol_box, "Both hands at the bedside"
    page.widget.bar.set_protocols([own_protocol("bedside", name, ("crt",), refill_once=True), FULL], FULL)
    page.widget.resize(1100, 768)
    QApplication.processEvents()
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    parts = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, parts, box)
    assert room.width() >= box.fontMetrics().horizontalAdvance(name)


def test_for_the_whole_visit_its_own_tab_is_shown_and_for_a_digit_the_one_of_the_place_again(page: Page) -> None:
    tabs = page.widget.tabs
    page.widget.selection.choose(parse_site("R.D3"))
    tabs.setCurrentIndex(0)
    page.widget.selection.choose(VISIT)
    assert tabs.tabText(tabs.currentIndex()) == "Conditions and texts"
    page.widget.selection.choose(parse_site("R.D2"))
    assert tabs.tabText(tabs.currentIndex()) == "Chosen place"


def test_another_tab_that_somebody_chose_stays_for_the_whole_visit(page: Page) -> None:
    tabs = page.widget.tabs
    tabs.setCurrentIndex(1)
    page.widget.selection.choose(VISIT)
    page.widget.selection.choose(parse_site("R.D2"))
    assert tabs.currentIndex() == 1
