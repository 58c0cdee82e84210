"""The trends page: choose what to follow, see it over time, open the visit behind a point, save the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShowEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ssc_hand.charts.spec import ChartSpec
from ssc_hand.domain.anatomy import DIGITS, Hand, Scope, Site
from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.dates import day_label
from ssc_hand.domain.errors import SscHandError
from ssc_hand.domain.records import PatientRecord
from ssc_hand.i18n import N_, _, ngettext
from ssc_hand.ui.saving import write_file
from ssc_hand.ui.trends.digits import DigitPicker
from ssc_hand.ui.trends.plot import Picture
from ssc_hand.ui.trends.subject import Contrast, Subject, View, contrasts_of, measures, views_of
from ssc_hand.ui.trends.toggle import Toggle
from ssc_hand.ui.trends.trend_plot import TrendPlot
from ssc_hand.ui.widgets.action_button import action_button, page_action
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role, plain_tooltip

#: Asks where to save: suggested file name and filter -> the file, or None where the person thought better of it.
ChooseFile = Callable[[str, str], Path | None]
_MOST_NOTES = 4
#: Lines of the open list of measures.
_MOST_CHOICES = 30
#: The least room for the name of what is followed.
_FEWEST_LETTERS = 20
_VIEW_NAMES = {
    View.MEANS: N_("Hand means"),
    View.SITES: N_("Digits"),
    View.AGAINST: N_("Hand against hand"),
}
_VIEW_TIPS = {
    View.MEANS: N_("The mean over the digits of each hand, with its n"),
    View.SITES: N_("Each chosen digit, or each hand, on its own"),
    View.AGAINST: N_("One hand minus the other, over digits measured on both"),
}


class TrendPanel(QWidget):
    """Follows one patient over visits."""

    visit_requested = Signal(str)  #: the id of the visit behind a point
    notice_posted = Signal(str)  #: one sentence for the message bar

    def __init__(self, choose_file: ChooseFile, parent: QWidget | None = None) -> None:
        """A page without a patient; `choose_file` is asked where a picture is to be saved."""
        super().__init__(parent)
        self._choose_file = choose_file
        self._record: PatientRecord | None = None
        self._older_from: int | None = None
        self._caption = ""
        self._contrasts: tuple[Contrast, ...] = ()
        self._is_stale = False
        self._measure = self._make_measures()
        self._views, self._view_buttons = self._make_views()
        self._contrast = QComboBox()
        self._contrast.setAccessibleName(_("Which hand minus which"))
        self._contrast.setToolTip(_("Which hand minus which"))
        self._contrast.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._contrast.setMinimumContentsLength(22)
        self._digits = DigitPicker()
        self._plot = TrendPlot()
        self.whole_action = page_action(
            self,
            _("Whole time"),
            QKeySequence("Ctrl+0"),
            self._plot.show_all,
            tip=_("Show the whole time again after zooming with the wheel"),
        )
        self.save_action = page_action(
            self,
            _("Save picture…"),
            QKeySequence(QKeySequence.StandardKey.Save),
            self.save_picture,
            tip=_("Save the chart as a picture, PNG or SVG"),
        )
        self._plot.setAccessibleName(_("Chart; left and right walk over the values, Enter opens the visit"))
        self._empty = PlainLabel("", role=Role.MUTED, wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        self._notes = PlainLabel("", role=Role.MUTED, wrap=True)
        self._notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._digits.choose([site for site in DIGITS if site.hand is Hand.RIGHT])
        self._connect()
        self._fill_contrasts()
        self._refresh()

    def show_record(self, record: PatientRecord | None, older_from: int | None, caption: str = "") -> None:
        """Follow this patient with what is chosen now; drawn when seen. The caption is written into the chart."""
        self._record, self._older_from, self._caption = record, older_from, caption
        self._fill_contrasts()
        self._refresh()

    def choose(self, measure_key: str, sites: Iterable[Site] = ()) -> None:
        """Choose a measure of the catalogue, and its digits where some are given."""
        self._measure.setCurrentIndex(self._measure.findData(measure_key))
        if wanted := [site.of_digit for site in sites if site.digit]:
            self._view_buttons[View.SITES].setChecked(True)
            self._digits.choose(wanted)
        self._refresh()

    @property
    def subject(self) -> Subject:
        """What is chosen."""
        key = self._measure.currentData()
        index = max(0, self._contrast.currentIndex())
        return Subject(
            measure=CATALOGUE[key] if key else None,
            view=next(view for view, button in self._view_buttons.items() if button.isChecked()),
            sites=self._digits.sites,
            contrast=self._contrasts[index],
            older_from=self._older_from,
        )

    @property
    def chart(self) -> ChartSpec | None:
        """The chart that is drawn; None while there is nothing to show."""
        return self._plot.spec if self._pages.currentWidget() is self._plot else None

    @property
    def empty_words(self) -> str:
        """The sentence shown in place of a chart; empty while there is one."""
        return self._empty.text() if self._pages.currentWidget() is self._empty else ""

    def save_picture(self) -> None:
        """Ask for a file and save the chart in the format of its ending: PNG, or SVG."""
        if self._record is None or self.chart is None:
            return
        suggested = f"{self._record.patient.record_number}-{self._measure.currentData() or 'ulcers'}.png"
        path = self._choose_file(_file_name(suggested), _("PNG picture (*.png);;SVG drawing (*.svg)"))
        if path is None:
            return
        kind = Picture.SVG if path.suffix.lower() == ".svg" else Picture.PNG
        path = path if path.suffix else path.with_suffix(f".{kind.value}")
        try:
            write_file(path, self._plot.picture(kind))
        except SscHandError as error:
            self.notice_posted.emit(str(error))
        else:
            self.notice_posted.emit(_("The picture was saved as {name}.").format(name=path.name))

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was put off while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._draw()

    def _make_measures(self) -> QComboBox:
        box = QComboBox()
        box.addItem(_("Number of ulcers"), "")
        group = None
        for measure in measures():
            if measure.group is not group:
                group = measure.group
                _add_heading(box, group.label)
            box.addItem(measure.title, measure.key)
        box.setCurrentIndex(box.findData(CATALOGUE.layers[0].key))
        box.setMaxVisibleItems(_MOST_CHOICES)
        box.setMinimumWidth(box.fontMetrics().averageCharWidth() * _FEWEST_LETTERS)  # with large text it gives way
        box.setAccessibleName(_("What to follow"))
        box.setToolTip(_("What to follow (arrow keys change it)"))
        return box

    def _make_views(self) -> tuple[QWidget, dict[View, Toggle]]:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        group = QButtonGroup(row)
        buttons = {}
        for view in View:
            button = Toggle(_(_VIEW_NAMES[view]), name=_(_VIEW_NAMES[view]), tip=_(_VIEW_TIPS[view]))
            group.addButton(button)
            layout.addWidget(button)
            buttons[view] = button
        buttons[View.MEANS].setChecked(True)
        return row, buttons

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self._measure, self._views, self._contrast):
            top.addWidget(widget)
        top.addStretch(1)
        for action in (self.whole_action, self.save_action):
            top.addWidget(action_button(action, action.text()))
        self._pages.addWidget(self._plot)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._digits)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._notes)

    def _connect(self) -> None:
        self._measure.currentIndexChanged.connect(self._refresh)
        self._contrast.currentIndexChanged.connect(self._refresh)
        self._digits.changed.connect(self._refresh)
        for button in self._view_buttons.values():
            button.clicked.connect(self._refresh)
        self._plot.visit_requested.connect(self.visit_requested)

    def _fill_contrasts(self) -> None:
        contrasts = contrasts_of(self._record)
        if contrasts == self._contrasts:
            return
        kept = self._contrast.currentText()
        self._contrasts = contrasts
        with QSignalBlocker(self._contrast):
            self._contrast.clear()
            self._contrast.addItems([each.words for each in contrasts])
            self._contrast.setCurrentIndex(max(0, self._contrast.findText(kept)))

    def _refresh(self) -> None:
        """Show the controls that matter now, and draw as soon as somebody looks."""
        measure = self.subject.measure
        views = views_of(measure)
        self._views.setVisible(bool(views))
        for view, button in self._view_buttons.items():
            button.setVisible(view in views)
        if views and self.subject.view not in views:
            self._view_buttons[views[0]].setChecked(True)
        hands = measure is not None and measure.scope is Scope.HAND
        self._view_buttons[View.SITES].setText(_("Each hand") if hands else _(_VIEW_NAMES[View.SITES]))
        view = self.subject.view
        self._contrast.setVisible(bool(views) and view is View.AGAINST)
        self._digits.setVisible(bool(views) and not hands and view is View.SITES)
        self._is_stale = True
        if self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self._is_stale = False
        record = self._record
        spec = self.subject.chart(record) if record else None
        if record is None or spec is None or spec.is_empty:
            self._empty.setText(self.subject.why_empty(record) if record else _("Choose a patient to follow."))
            self._pages.setCurrentWidget(self._empty)
            self._notes.setText("")
        else:
            self._plot.show_chart(spec, self._caption)
            self._pages.setCurrentWidget(self._plot)
            self._tell_notes(_notes_of(spec))
        for action in (self.whole_action, self.save_action):
            action.setEnabled(self.chart is not None)

    def _tell_notes(self, notes: list[str]) -> None:
        more = len(notes) - _MOST_NOTES
        shown = notes[:_MOST_NOTES]
        if more > 0:
            shown.append(
                ngettext("{n} more: rest the pointer here", "{n} more: rest the pointer here", more).format(n=more)
            )
        self._notes.setText("\n".join(shown))
        self._notes.setToolTip(plain_tooltip("\n".join(notes)) if more > 0 else "")


def _add_heading(box: QComboBox, text: str) -> None:
    """A line of the list that cannot be chosen: the arrow keys pass over it."""
    box.addItem(text)
    model = box.model()
    index = model.index(box.count() - 1, 0)
    font = box.font()
    font.setBold(True)
    model.setData(index, font, Qt.ItemDataRole.FontRole)
    if isinstance(model, QStandardItemModel):
        model.itemFromIndex(index).setFlags(Qt.ItemFlag.NoItemFlags)


def _notes_of(spec: ChartSpec) -> list[str]:
    """What stands below a chart: meaning and source first, then where values stop being comparable."""
    notes = [spec.meaning] if spec.meaning else []
    notes += [_("{words}. Source: {source}").format(words=each.words, source=each.source) for each in spec.levels]
    notes += [f"≠ {day_label(each.after)}: {each.words}" for each in spec.breaks]
    return [*notes, *spec.notes]


def _file_name(text: str) -> str:
    """The text without what a file name cannot hold on some system."""
    return "".join("-" if char in '/\\:*?"<>|' else char for char in text)
