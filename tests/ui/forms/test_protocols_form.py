"""The clinic's own protocols are made with ticks, and nothing is kept until the page is saved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QCheckBox, QScrollArea
from pytestqt.qtbot import QtBot

from ssc_hand.domain.clinic import ClinicSettings
from ssc_hand.domain.errors import Refused
from ssc_hand.domain.protocols import FULL, QUICK, own_protocol, protocols_of, write_own
from ssc_hand.ui.clinic_page import ClinicPage
from ssc_hand.ui.forms.protocols_form import ProtocolsForm
from ssc_hand.ui.widgets.shades import contrast
from tests.builders import the_settings

OWN = own_protocol("k1", "Ulcer clinic", ["crt", "colour"], refill_once=False)


@pytest.fixture
def page(qtbot: QtBot) -> ClinicPage:
    made = ClinicPage()
    qtbot.addWidget(made)
    made.resize(1200, 900)
    made.show_settings(the_settings(own_protocols=write_own([OWN])))
    made.show()
    return made


def tick(form: ProtocolsForm, words: str) -> QCheckBox:
    """The box of a measure."""
    return next(box for box in form.findChildren(QCheckBox) if box.text() == words)


def choose(form: ProtocolsForm, name: str) -> None:
    """Choose a protocol to look at."""
    form.edited_box.setCurrentIndex(form.edited_box.findText(name))
    form.edited_box.activated.emit(form.edited_box.currentIndex())


def saved(page: ClinicPage, qtbot: QtBot) -> ClinicSettings:
    """What the page hands on when it is saved."""
    told: list[ClinicSettings] = []
    page.save_requested.connect(told.append)
    page._on_save_clicked()
    assert len(told) == 1
    return told[0]


def test_the_protocols_of_the_program_can_be_looked_at_and_not_changed(page: ClinicPage) -> None:
    form = page.protocols
    choose(form, "Quick")
    assert tick(form, "Capillary refill (digit)").isChecked() and not tick(form, "Pain now (digit)").isChecked()
    assert not tick(form, "Pain now (digit)").isEnabled() and not form.remove_button.isEnabled()


def test_a_protocol_that_cannot_be_changed_can_be_read(page: ClinicPage) -> None:
    choose(page.protocols, FULL.name)
    for box in page.protocols.findChildren(QCheckBox):
        palette = box.palette()
        assert not box.isEnabled()
        ground = palette.color(QPalette.ColorRole.Window)
        assert contrast(palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText), ground) >= 4.5


def test_an_own_protocol_is_changed_by_ticks(page: ClinicPage, qtbot: QtBot) -> None:
    form = page.protocols
    choose(form, "Ulcer clinic")
    assert not form.once_box.isChecked()
    tick(form, "Pain now (digit)").click()
    tick(form, "Colour now (digit)").click()
    (_quick, _full, _trial, own) = protocols_of(saved(page, qtbot))
    assert (own.key, own.name, own.measures) == ("k1", "Ulcer clinic", ("pain", "crt"))


def test_a_new_protocol_is_named_ticked_and_made_the_default(page: ClinicPage, qtbot: QtBot) -> None:
    form = page.protocols
    choose(form, "Quick")
    qtbot.mouseClick(form.new_button, Qt.MouseButton.LeftButton)
    assert form.name_line.text() == "" and tick(form, "Capillary refill (digit)").isChecked()
    qtbot.keyClicks(form.name_line, "Nailfold day")
    qtbot.keyClick(form.name_line, Qt.Key.Key_Return)
    tick(form, "Capillary density (digit)").click()
    form.default_box.setCurrentIndex(form.default_box.findText("Nailfold day"))
    kept = saved(page, qtbot)
    own = next(each for each in protocols_of(kept) if each.key == kept.protocol)
    assert own.name == "Nailfold day" and set(own.measures) == {*QUICK.measures, "nvc_density"}


def test_a_protocol_without_a_name_is_refused_and_the_page_stays(page: ClinicPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.protocols.new_button, Qt.MouseButton.LeftButton)
    told: list[object] = []
    page.save_requested.connect(told.append)
    page.closed.connect(lambda: told.append("closed"))
    page._on_save_clicked()
    assert told == []
    with pytest.raises(Refused, match="needs a name"):
        page.protocols.values()


def test_a_protocol_that_was_removed_is_no_default_any_more(page: ClinicPage, qtbot: QtBot) -> None:
    form = page.protocols
    form.default_box.setCurrentIndex(form.default_box.findText("Ulcer clinic"))
    choose(form, "Ulcer clinic")
    qtbot.mouseClick(form.remove_button, Qt.MouseButton.LeftButton)
    kept = saved(page, qtbot)
    assert (kept.protocol, kept.own_protocols) == (QUICK.key, None)


def test_what_the_page_showed_first_is_what_is_kept(page: ClinicPage, qtbot: QtBot) -> None:
    kept = saved(page, qtbot)
    assert kept == the_settings(own_protocols=write_own([OWN])) and kept.protocol == FULL.key


@pytest.mark.parametrize("width", [700, 1000, 1600])
def test_the_ticks_need_no_scrolling_to_the_side(page: ClinicPage, width: int) -> None:
    page.resize(width, 700)
    area = page.findChildren(QScrollArea)[0]
    assert area.horizontalScrollBar().maximum() == 0
    ticks = page.protocols.findChildren(QCheckBox)
    assert all(box.mapTo(page, box.rect().bottomRight()).x() <= width for box in ticks)
