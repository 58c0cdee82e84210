"""One transparent button per place of the strip, so that screen readers and switches reach what is only painted."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from ssc_hand.domain.derived import reading
from ssc_hand.domain.path import Stop
from ssc_hand.i18n import _
from ssc_hand.ui.bedside.strip_painting import Chip, State, chips_of
from ssc_hand.ui.models.entry_path import EntryPath


class StopButton(QAbstractButton):
    """A place of the path for the accessibility bus; it is down where the value is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip: Chip | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setUpdatesEnabled(False)  # going down would have the strip beneath painted a second time at each key

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing: the strip beneath shows the place."""


class StopButtons(QObject):
    """All places of the measure that is asked for, each with its value in words; a press goes there."""

    stop_chosen = Signal(object)  #: Stop

    def __init__(self, path: EntryPath, strip: QWidget) -> None:
        super().__init__(strip)
        self._path = path
        self._strip = strip
        self._buttons: list[StopButton] = []
        self._is_showing = False
        # The path tells of one key in several changes.
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._show)
        path.changed.connect(self._due.start)

    def place(self, rects: Sequence[tuple[QRect, Stop]]) -> None:
        """Lay each button over the place that is painted there."""
        where = {stop: rect for rect, stop in rects}
        for button in self._buttons:
            rect = where.get(button.chip.stop) if button.chip else None
            if rect is not None and button.geometry() != rect:
                button.setGeometry(rect)

    @Slot()
    def _show(self) -> None:
        chips = chips_of(self._path)
        while len(self._buttons) < len(chips):
            button = StopButton(self._strip)
            # Assistive software may press or toggle; both toggle, and only a press clicks.
            button.toggled.connect(self._on_button_toggled)
            self._buttons.append(button)
        self._is_showing = True
        for number, button in enumerate(self._buttons):
            chip = chips[number] if number < len(chips) else None
            if chip != button.chip:
                self._tell(button, chip)
        self._is_showing = False

    def _tell(self, button: StopButton, chip: Chip | None) -> None:
        button.chip = chip
        button.setVisible(chip is not None)
        if chip is not None:
            button.setAccessibleName(chip.stop.name)
            button.setAccessibleDescription(self._words(chip))
            button.setEnabled(self._path.can_edit and chip.state is not State.ABSENT)
            button.setChecked(chip.is_current)

    def _words(self, chip: Chip) -> str:
        visit = self._path.visit
        found = reading(visit, chip.stop.site, chip.stop.measure) if visit else None
        if found is None and chip.state is State.ABSENT:
            return _("Nothing can be recorded there.")
        said = found.words if found else _("not recorded")
        return _("{value}; asked for now").format(value=said) if chip.is_current else said

    @Slot()
    def _on_button_toggled(self) -> None:
        button = self.sender()
        if self._is_showing or not isinstance(button, StopButton) or button.chip is None:
            return
        self._is_showing = True
        button.setChecked(button.chip.is_current)  # until the path has gone there
        self._is_showing = False
        self.stop_chosen.emit(button.chip.stop)
