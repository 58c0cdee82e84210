"""Whether the path is read: contrast in light, dark and high contrast, nothing cut with large text, an honest caret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.protocols import FULL, QUICK, Protocol
from ssc_hand.ui.bedside.number_pad import NumberPad
from ssc_hand.ui.bedside.refill_timer import RefillTimer
from ssc_hand.ui.bedside.strip import EntryStrip
from ssc_hand.ui.bedside.strip_painting import Line, StripPainter, sized
from ssc_hand.ui.visit_page import VisitPage
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.plain_label import PlainLabel
from ssc_hand.ui.widgets.shades import contrast
from tests.builders import a_patient, a_record, the_settings
from tests.ui.desk import Desk, a_desk
from tests.ui.scripted_prompts import ScriptedPrompts

PATIENT = a_patient()
#: Window, base, button, text, highlight and text on it, of desktops as they are found.
DESKTOPS = {
    "light": ("#efefef", "#ffffff", "#efefef", "#000000", "#308cc6", "#ffffff"),
    "dark": ("#25282b", "#191b1d", "#33373c", "#e8e8e8", "#3d7dd8", "#ffffff"),
    "high contrast black": ("#000000", "#000000", "#000000", "#ffffff", "#1aebff", "#000000"),
    "high contrast white": ("#ffffff", "#ffffff", "#ffffff", "#000000", "#37006e", "#ffffff"),
}
_R = QPalette.ColorRole


def a_palette(desktop: tuple[str, ...]) -> QPalette:
    """The palette of a desktop."""
    window, base, button, text, highlight, on = desktop
    palette = QPalette()
    for roles, colour in (
        ((_R.Window,), window),
        ((_R.Base,), base),
        ((_R.Button,), button),
        ((_R.WindowText, _R.Text, _R.ButtonText), text),
        ((_R.Highlight,), highlight),
        ((_R.HighlightedText,), on),
    ):
        for role in roles:
            palette.setColor(role, QColor(colour))
    return palette


@pytest.fixture(params=list(DESKTOPS.values()), ids=list(DESKTOPS))
def palette(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[QPalette]:
    """The desktop in the colours of a theme."""
    before = qapp.palette()
    made = a_palette(request.param)
    qapp.setPalette(made)
    yield made
    qapp.setPalette(before)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with a_desk(qtbot, tmp_path / "clinic", a_record(patient=PATIENT)) as made:
        yield made


def a_page(qtbot: QtBot, desk: Desk, tmp_path: Path, protocol: Protocol = FULL) -> VisitPage:
    """The page of a new visit."""
    page = VisitPage(desk.editor, ScriptedPrompts())
    page.use_settings(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))
    page.set_clinic(the_settings(protocol=protocol.key))
    qtbot.addWidget(page)
    page.resize(1084, 700)
    page.show()
    qtbot.waitExposed(page)
    desk.start(PATIENT.id)
    return page


def unread(widget: QWidget) -> list[str]:
    """The words in a widget that stand out from their ground by less than 4.5."""
    found = []
    for label in widget.findChildren(PlainLabel):
        ink, ground = label.palette().color(label.foregroundRole()), widget.palette().color(_R.Window)
        found += [label.text()] if label.isEnabled() and contrast(ink, ground) < 4.5 else []
    for button in widget.findChildren(QPushButton):
        ink, ground = (button.palette().color(role) for role in (_R.ButtonText, _R.Button))
        found += [button.text()] if button.isEnabled() and contrast(ink, ground) < 4.5 else []
    return found


def ground_of(picture: QImage, rect: QRect) -> QColor:
    """The colour that most of a rectangle has: letters cover less."""
    inside = rect.intersected(picture.rect())
    across, down = range(inside.left(), inside.right(), 3), range(inside.top() + 1, inside.bottom(), 2)
    return QColor(Counter(picture.pixel(x, y) for x in across for y in down).most_common(1)[0][0])


def test_the_strip_is_read_in_every_theme(
    qtbot: QtBot, desk: Desk, tmp_path: Path, palette: QPalette, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(qtbot, desk, tmp_path)
    written: list[tuple[str, QColor, QRect]] = []
    write = StripPainter._words

    def note(self: StripPainter, rect: QRect, text: str, font: QFont, ink: QColor, *rest: Qt.AlignmentFlag) -> None:
        written.append((text, ink, QRect(rect)))
        write(self, rect, text, font, ink, *rest)

    monkeypatch.setattr(StripPainter, "_words", note)
    strip = page.bedside.strip
    for place, typed in (("pain@R.D1", "7"), ("crt@R.D2", "2.5"), ("crt@R.D3", "99"), ("skin_temp@R.D1", "xn")):
        page.bedside.path.go_to(place)
        QTest.keyClicks(page.hands.view, typed)
        written.clear()
        picture = strip.grab().toImage()
        assert written
        for text, ink, rect in written:
            ground = ground_of(picture, rect)
            assert not text.strip() or contrast(ink, ground) >= 4.5, text
        QTest.keyClick(page.hands.view, Qt.Key.Key_Escape)


def test_timer_and_pad_are_read_in_every_theme(qtbot: QtBot, palette: QPalette) -> None:
    beside = QWidget()
    qtbot.addWidget(beside)
    beside.resize(400, 500)
    beside.show()
    timer, pad = RefillTimer(beside), NumberPad(beside)
    pad.show_measure(CATALOGUE["crt"], "right thumb")
    timer.start("right thumb")
    assert unread(timer) == []
    assert unread(pad) == []
    assert contrast(*timer.face.colours()) >= 4.5
    timer.cancel()


def test_the_card_is_read_in_every_theme(qtbot: QtBot, desk: Desk, tmp_path: Path, palette: QPalette) -> None:
    page = a_page(qtbot, desk, tmp_path)
    page.bedside.path.go_to("crt@R.D2")
    QTest.keyClick(page.hands.view, Qt.Key.Key_U)
    card = page.lesion_desk.card
    assert card.isVisible()
    assert unread(card) == []
    assert any(chip.isChecked() for chip in card.findChildren(ChipButton))


def test_the_account_and_its_buttons_are_read_in_every_theme(
    qtbot: QtBot, desk: Desk, tmp_path: Path, palette: QPalette
) -> None:
    page = a_page(qtbot, desk, tmp_path)
    page.aids.bar.pad.setChecked(True)
    assert unread(page.aids.bar) == []


@pytest.fixture
def large_text(qapp: QApplication) -> Iterator[None]:
    """Text twice as large."""
    before = qapp.font()
    font = QFont(before)
    font.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def left_out(strip: EntryStrip) -> tuple[str, ...]:
    """What the strip has no room for now."""
    strip.grab()
    return strip.left_out


@pytest.mark.usefixtures("large_text")
def test_with_text_twice_as_large_nothing_asked_for_is_cut(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = a_page(qtbot, desk, tmp_path)
    path, strip = page.bedside.path, page.bedside.strip
    for stop in path.stops:
        path.go(stop)
        line = Line.of(path)
        assert set(left_out(strip)) <= {line.note, line.last}, stop.name
        assert line.is_urgent or line.measure is not None


@pytest.mark.usefixtures("large_text")
@pytest.mark.parametrize("typed", ["99", "25.", "x", "1000000"])
def test_with_text_twice_as_large_a_question_is_whole(qtbot: QtBot, desk: Desk, tmp_path: Path, typed: str) -> None:
    page = a_page(qtbot, desk, tmp_path)
    page.bedside.path.go_to("crt@L.D3")
    QTest.keyClicks(page.hands.view, typed)
    if typed != "x":
        QTest.keyClick(page.hands.view, Qt.Key.Key_Return)
    assert Line.of(page.bedside.path).is_urgent
    assert left_out(page.bedside.strip) == ()


def test_the_caret_is_shown_where_the_keyboard_is(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = a_page(qtbot, desk, tmp_path)
    page.activateWindow()
    page.hands.view.setFocus()
    qtbot.waitUntil(page.hands.view.hasFocus)
    strip = page.bedside.strip
    assert strip.has_keyboard
    page.bedside.path.go_to("crt@R.D2")
    QTest.keyClick(page.hands.view, Qt.Key.Key_U)
    assert page.lesion_desk.card.hasFocus()
    assert not strip.has_keyboard
    QTest.keyClick(page.lesion_desk.card, Qt.Key.Key_Escape)
    assert strip.has_keyboard


def test_the_strip_says_which_of_the_measures_is_asked_for(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = a_page(qtbot, desk, tmp_path, QUICK)
    path = page.bedside.path
    assert Line.of(path).step == "1/2"
    path.go_to("crt@R.D1")
    assert Line.of(path).step == "2/2"
    assert "Measure 2/2" in page.bedside.strip.accessibleDescription()


def test_a_long_value_stays_in_large_type_in_fewer_signs(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    page = a_page(qtbot, desk, tmp_path, QUICK)
    page.bedside.path.go_to("crt@R.D3")
    QTest.keyClicks(page.hands.view, "f")
    line = Line.of(page.bedside.path)
    picture = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    drawn = StripPainter(painter, page.palette(), page.font())
    assert drawn.last_in_large(line, 1000) == "✓ right middle  no refill within 30 s"
    room = QFontMetrics(sized(page.font(), 1.5, bold=True)).horizontalAdvance("✓ right middle  >30 s")
    assert drawn.last_in_large(line, room + 8) == "✓ right middle  >30 s"
    assert drawn.last_in_large(line, room - 1) == ""
    painter.end()
