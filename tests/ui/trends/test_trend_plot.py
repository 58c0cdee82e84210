"""The plot shows a chart as it is, tells what lies under the pointer and leads to the visit."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from pytestqt.qtbot import QtBot

from ssc_hand.charts.spec import ChartSpec
from ssc_hand.charts.trend import sites_trend
from ssc_hand.domain.anatomy import DIGITS, parse_site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.vocabulary import Reason, VisitState
from ssc_hand.ui.trends.plot import Picture
from ssc_hand.ui.trends.trend_plot import TrendPlot
from tests.charts.records import procedure, record, visit


def spec(*codes: str) -> ChartSpec:
    made = record(
        visit("2024-01-10", {"R.D2": 2.5, "L.D2": 3.0}),
        visit("2024-04-10", {"R.D2": 4.5, "L.D2": Reason.DRESSING}),
        visit("2024-07-10", {"R.D2": Beyond(30), "L.D2": 2.0}, state=VisitState.DRAFT),
        procedures=(procedure("2024-03-12"), procedure("2024-06")),
    )
    sites = [parse_site(code) for code in codes or ("R.D2", "L.D2")]
    return sites_trend(made, CATALOGUE["crt"], sites, older_from=None)


@pytest.fixture
def plot(qtbot: QtBot) -> TrendPlot:
    widget = TrendPlot()
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_chart(spec(), "DEMO")
    return widget


def place_of(plot: TrendPlot, number: int) -> QPoint:
    _point, x, y = plot.placed()[number]
    return QPointF(x, y).toPoint()


def test_a_click_on_a_point_asks_for_its_visit(plot: TrendPlot, qtbot: QtBot) -> None:
    with qtbot.waitSignal(plot.visit_requested) as asked:
        qtbot.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place_of(plot, 0))
    assert asked.args == ["2024-01-10"]


def test_a_click_beside_every_point_asks_for_nothing(plot: TrendPlot, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(plot.visit_requested):
        qtbot.mouseClick(plot.canvas, Qt.MouseButton.LeftButton, pos=place_of(plot, 0) + QPoint(40, -60))


def test_the_arrow_keys_walk_over_the_values_and_enter_opens_the_visit(plot: TrendPlot, qtbot: QtBot) -> None:
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert "10 Jan 2024" in plot.told
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert "10 Jul 2024" in plot.told
    assert plot.told == plot.accessibleDescription()
    with qtbot.waitSignal(plot.visit_requested) as asked:
        qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert asked.args == ["2024-07-10"]


def test_no_refill_is_told_and_drawn_above_every_other_value(plot: TrendPlot) -> None:
    heights = {point.words.splitlines()[1]: y for point, _x, y in plot.placed()}
    top = min(heights.values())
    assert heights["right index: no refill within 30 s"] == top


def test_values_at_the_same_place_are_told_together(plot: TrendPlot, qtbot: QtBot) -> None:
    made = record(visit("2024-01-10", {"R.D2": 3.0, "L.D2": 3.0}), visit("2024-02-10", {"R.D2": 1.0}))
    plot.show_chart(sites_trend(made, CATALOGUE["crt"], DIGITS, older_from=None))
    qtbot.keyClick(plot, Qt.Key.Key_Home)
    assert plot.told == "10 Jan 2024, 09:30, follow-up\nright index: 3.0 s\nleft index: 3.0 s"


def test_a_new_chart_takes_the_old_words_away(plot: TrendPlot, qtbot: QtBot) -> None:
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    plot.show_chart(spec("R.D2"))
    assert plot.told == ""


def test_another_palette_redraws_the_chart_in_its_colours(plot: TrendPlot) -> None:
    dark = QPalette(plot.palette())
    dark.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    dark.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0"))
    plot.setPalette(dark)
    image = plot.grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() - 3).lightness() < 40


def test_a_png_picture_is_on_white_and_large(plot: TrendPlot) -> None:
    dark = QPalette(plot.palette())
    dark.setColor(QPalette.ColorRole.Base, QColor("#101010"))
    plot.setPalette(dark)
    image = QImage.fromData(plot.picture(Picture.PNG))
    assert image.width() >= 2000
    assert image.pixelColor(5, image.height() - 5) == QColor("#ffffff")


def test_an_svg_picture_holds_its_words_as_text_whatever_they_are(plot: TrendPlot) -> None:
    content = plot.picture(Picture.SVG)
    root = ET.fromstring(content)
    words = " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))
    assert "right index" in words
    assert "DEMO" in words
    assert "Fat and ADSVF, RIGHT, done 12 Mar 2024" in words


def test_forty_visits_of_ten_digits_hold_all_their_points(plot: TrendPlot) -> None:
    values = {site.code: 2.0 for site in DIGITS}
    visits = [visit(f"20{12 + n // 4}-{n % 4 * 3 + 1:02d}-10", values) for n in range(40)]
    plot.show_chart(sites_trend(record(*visits), CATALOGUE["crt"], DIGITS, older_from=None))
    assert len(plot.placed()) == 400
