"""The number pad for touch: the keys of the bedside as targets that a finger in a glove hits."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ssc_hand.domain.keymap import REASON_KEYS
from ssc_hand.domain.kinds import Number
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.typing import choices, is_one_key
from ssc_hand.i18n import _
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: Wider targets help nobody, and the pad would be read as a poster.
_LARGEST_MM = 24.0
_EASY_MM = 12.0
_GAP = 4
_DIGIT_SCALE = 1.7
_REASON_COLUMNS = 2


class PadKey(QPushButton):
    """One key of the pad: a target of at least 9 mm that never takes the keyboard away from the hand."""

    def __init__(self, label: str, key: Qt.Key, text: str, *, large: bool = False, parent: QWidget) -> None:
        """A key that stands for this one of a keyboard; `text` is the character that it types."""
        super().__init__(label.replace("&", "&&"), parent)
        self.key, self.typed = key, text
        self._is_large = large
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if large:
            font = self.font()
            font.setPointSizeF(font.pointSizeF() * _DIGIT_SCALE)
            self.setFont(font)

    def minimumSizeHint(self) -> QSize:
        """Its words, and never less than a finger."""
        least = millimetres(self, TARGET_MM)
        metrics = self.fontMetrics()
        wide = max(metrics.horizontalAdvance(line) for line in self.text().split("\n"))
        high = metrics.height() * (self.text().count("\n") + 1)
        return QSize(max(least, wide + metrics.height()), max(least, high + metrics.height() // 2))

    def sizeHint(self) -> QSize:
        """A little more than a finger; the pad gives it the rest."""
        least = self.minimumSizeHint()
        return QSize(least.width(), max(least.height(), millimetres(self, _EASY_MM)))


class NumberPad(QWidget):
    """Shows the keys that the current measure understands, and tells each one as a keyboard would."""

    pressed = Signal(int, str)  #: Qt.Key and the character, as the path takes them
    timer_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """A pad for a number."""
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Number pad"))
        self._measure: Measure | None = None
        self._title = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._pages = QStackedWidget(self)
        self._numbers = self._make_numbers()
        self._words = _page(self._pages)
        self._reasons = self._make_reasons()
        for page in (self._numbers, self._words, self._reasons):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 6)
        column.setSpacing(_GAP)
        column.addWidget(self._title)
        column.addWidget(self._pages, 1)
        column.addWidget(self._make_way())
        column.addStretch(0)

    # -- keys --------------------------------------------------------------------------------------------

    def _make_numbers(self) -> QWidget:
        page = _page(self._pages)
        keys = Qt.Key
        for number in range(10):
            row, column = (3, 0) if number == 0 else (2 - (number - 1) // 3, (number - 1) % 3)
            _put(page, self._key(str(number), Qt.Key(keys.Key_0 + number), str(number), large=True), row, column)
        self._separator = self._key(".", keys.Key_Period, ".", large=True)
        self._separator.setAccessibleName(_("decimal point"))
        self._ten = self._key("10", keys.Key_T, "t", large=True)
        self._back = self._key(_("Back"), keys.Key_Backspace, "\b")
        self._back.setToolTip(_("Takes back a digit typed; with nothing typed, the value before"))
        self._no_refill = self._key(_("No\nrefill"), keys.Key_F, "f")
        self._timer = QPushButton(_("Start\ntimer"), page)
        self._timer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer.clicked.connect(self.timer_requested)
        enter = self._key(_("Enter"), keys.Key_Return, "\r")
        for key, row, column in (
            (self._separator, 3, 1),
            (self._ten, 3, 2),
            (self._back, 0, 3),
            (self._no_refill, 1, 3),
            (self._timer, 2, 3),
            (enter, 3, 3),
        ):
            _put(page, key, row, column)
        for sometimes in (self._separator, self._ten, self._no_refill, self._timer):
            policy = sometimes.sizePolicy()
            policy.setRetainSizeWhenHidden(True)  # keys never move under a finger
            sometimes.setSizePolicy(policy)
        return page

    def _make_reasons(self) -> QWidget:
        page = _page(self._pages)
        for place, (char, reason) in enumerate(REASON_KEYS.items()):
            key = self._key(reason.label, Qt.Key(Qt.Key.Key_0 + int(char)), char)
            _put(page, key, place // _REASON_COLUMNS, place % _REASON_COLUMNS)
        drop = self._key(_("Drop"), Qt.Key.Key_Escape, "\x1b")
        drop.setToolTip(_("Back to the value; nothing is recorded"))
        rows = -(-len(REASON_KEYS) // _REASON_COLUMNS)
        _put(page, drop, rows, 0, columns=_REASON_COLUMNS)
        return page

    def _make_way(self) -> QWidget:
        page = _page(self)
        keys = Qt.Key
        before = self._key(_("◀ Value before"), keys.Key_Backtab, "")
        after = self._key(_("Next value ▶"), keys.Key_Tab, "\t")
        not_done = self._key(_("Not done"), keys.Key_N, "n")
        self._not_assessed = self._key(_("Could not be assessed …"), keys.Key_X, "x")
        for place, key in enumerate((not_done, self._not_assessed, before, after)):
            _put(page, key, place // 2, place % 2)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return page

    def _key(self, label: str, key: Qt.Key, text: str, *, large: bool = False) -> PadKey:
        made = PadKey(label, key, text, large=large, parent=self)
        made.clicked.connect(self._on_key_clicked)
        return made

    # -- what is shown -----------------------------------------------------------------------------------

    def show_measure(self, measure: Measure | None, place: str = "") -> None:
        """The keys of this measure; `place` names the digit that they write to."""
        self._title.setText(_("{measure}, {site}").format(measure=measure.name, site=place) if measure else "")
        if measure is not self._measure:
            self._measure = measure
            self._fit(measure)
        self._pages.setCurrentWidget(self._page_of(measure))

    def _page_of(self, measure: Measure | None) -> QWidget:
        return self._words if measure is not None and choices(measure) else self._numbers

    def _fit(self, measure: Measure | None) -> None:
        kind = measure.kind if measure else None
        is_number = isinstance(kind, Number)
        self._separator.setVisible(isinstance(kind, Number) and kind.decimals > 0)
        is_score = measure is not None and is_one_key(measure)
        self._ten.setVisible(is_score and isinstance(kind, Number) and kind.hard[1] >= 10)
        has_end = isinstance(kind, Number) and kind.beyond is not None
        self._no_refill.setVisible(has_end)
        self._timer.setVisible(has_end)
        if measure is not None and not is_number:
            self._show_words(choices(measure).items())

    def _show_words(self, words: Iterable[tuple[str, tuple[object, str]]]) -> None:
        fresh = _page(self._pages)
        for place, (char, (_value, label)) in enumerate(words):
            key = self._key(label, Qt.Key(Qt.Key.Key_0 + int(char)), char)
            _put(fresh, key, place // _REASON_COLUMNS, place % _REASON_COLUMNS)
        self._pages.removeWidget(self._words)
        self._words.deleteLater()
        self._words = fresh
        self._pages.addWidget(fresh)

    def showEvent(self, event: QShowEvent) -> None:
        """Keys in millimetres of the screen on which it is shown."""
        super().showEvent(event)
        self._pages.setMaximumHeight(millimetres(self, _LARGEST_MM) * 4)
        for key in self.findChildren(PadKey):
            key.updateGeometry()

    # -- presses -----------------------------------------------------------------------------------------

    @Slot()
    def _on_key_clicked(self) -> None:
        key = self.sender()
        if isinstance(key, PadKey):
            asks_why = key is self._not_assessed and self._pages.currentWidget() is not self._reasons
            self._pages.setCurrentWidget(self._reasons if asks_why else self._page_of(self._measure))
            self.pressed.emit(int(key.key), key.typed)


def _page(parent: QWidget) -> QWidget:
    page = QWidget(parent)
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(_GAP)
    return page


def _put(page: QWidget, key: QWidget, row: int, column: int, *, columns: int = 1) -> None:
    grid = page.layout()
    assert isinstance(grid, QGridLayout)
    grid.addWidget(key, row, column, 1, columns)
    for each in range(column, column + columns):
        grid.setColumnStretch(each, 1)
    grid.setRowStretch(row, 1)
