"""The capillary refill timer: both hands are busy, so any key, tap or pedal starts it and stops it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ssc_hand.domain.catalogue import CATALOGUE
from ssc_hand.domain.kinds import Beyond
from ssc_hand.domain.refill_clock import END_S, PRESS_S, Outcome, Phase, RefillClock
from ssc_hand.i18n import _
from ssc_hand.ui.widgets.chip_button import ChipButton
from ssc_hand.ui.widgets.key_repeats import KeyRepeats
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

#: The longest wait between two pictures of a running clock; the change of a phase is waited for exactly.
_TICK_MS = 50
#: After so long without its next press, a key that was let go is not repeating.
_REPEAT_MS = 60
_CRT = CATALOGUE["crt"]
_POINTER = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_POINTER_END = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})


class _Face(QWidget):
    """The word and the number in type that is read from across the bed; inverted once the finger is to be let go."""

    _WORD_SHARE, _NUMBER_SHARE = 0.26, 0.34

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.word = ""
        self.number = ""
        self.share = 0.0
        self.is_inverted = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(self.fontMetrics().height() * 6)

    def show_state(self, word: str, number: str, share: float, *, inverted: bool) -> None:
        """Show this; nothing is painted where nothing changed."""
        shown = (word, number, round(share, 2), inverted)
        if shown != (self.word, self.number, round(self.share, 2), self.is_inverted):
            self.word, self.number, self.share, self.is_inverted = word, number, share, inverted
            self.update()

    def colours(self) -> tuple[QColor, QColor]:
        """Ground and ink: the two farthest apart that the desktop has, exchanged at "release"."""
        palette = self.palette()
        ground, ink = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
        return (ink, ground) if self.is_inverted else (ground, ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The word above, the number beneath, and a plain bar."""
        painter = QPainter(self)
        ground, ink = self.colours()
        painter.fillRect(self.rect(), ground)
        painter.setPen(ink)
        box = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        word = QRectF(box.left(), box.top() + box.height() * 0.08, box.width(), box.height() * self._WORD_SHARE)
        number = QRectF(box.left(), word.bottom(), box.width(), box.height() * 0.5)
        self._draw(painter, word, self.word, box.height() * self._WORD_SHARE * 0.7)
        self._draw(painter, number, self.number, box.height() * self._NUMBER_SHARE)
        bar = QRectF(box.left() + box.width() * 0.1, box.bottom() - 14, box.width() * 0.8, 8)
        painter.drawRect(bar)
        painter.fillRect(QRectF(bar.topLeft(), QPointF(bar.left() + bar.width() * self.share, bar.bottom())), ink)
        painter.end()

    def _draw(self, painter: QPainter, box: QRectF, text: str, pixels: float) -> None:
        font = QFont(self.font())
        font.setBold(True)
        font.setPixelSize(max(int(pixels), 8))
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text)
        if width > box.width():
            font.setPixelSize(max(int(pixels * box.width() / width), 8))
            painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


class RefillTimer(QWidget):
    """One digit's refill: five seconds of pressing, "release", a stopwatch, and the time handed on.

    While it runs, every key, tap and button of its window belongs to it; the wheel and other windows do not.
    Times are of a monotonic clock, in seconds with one decimal.
    """

    measured = Signal(float, int)  #: seconds, and which press of the digit (from 1)
    no_refill = Signal(int)  #: which press of the digit
    #: The presses of the digit are done: the path goes on.
    finished = Signal()
    cancelled = Signal()
    taken_back = Signal(int)  #: the press that is to be forgotten
    nail_bed_chosen = Signal()
    options_changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, clock: Callable[[], float] | None = None) -> None:
        """A timer at rest and out of sight; `clock` gives seconds that only go forward (else, of this computer)."""
        super().__init__(parent)
        self._now = clock or time.monotonic
        self._clock = RefillClock()
        self._phase = Phase.READY
        self._is_running = False
        self._swallows_end = False
        self._held_key: int | None = None
        self._press = 1
        self._kept: dict[int, str] = {}
        self._was_restarted = False
        self._tick = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._tick.timeout.connect(self.tick)
        self._repeats = KeyRepeats()
        self._lifted_at = 0.0
        self._lift = QTimer(self, singleShot=True, interval=_REPEAT_MS)
        self._lift.timeout.connect(self._on_lift_timeout)
        self.setAutoFillBackground(True)
        self.setAccessibleName(_("Capillary refill timer"))
        self._build()
        self.hide()

    def _build(self) -> None:
        self._title = PlainLabel("", self, role=Role.TITLE, wrap=True)
        self._remark = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._offer = PlainLabel("", self, role=Role.BOLD, wrap=True)
        self._nail_bed = QPushButton(_("Nail bed (b)"), self)
        self._nail_bed.setToolTip(
            _("Records that this digit is pressed at the nail bed, and begins the five seconds again")
        )
        self._nail_bed.clicked.connect(self._on_nail_bed_clicked)
        self.face = _Face(self)
        self._hint = PlainLabel("", self, wrap=True)
        self._hint.setObjectName("hint")
        self._hint.setMinimumHeight(2 * self._hint.fontMetrics().lineSpacing())  # the face must not jump
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told = PlainLabel("", self, role=Role.MUTED, wrap=True)
        self._presses = [ChipButton(str(number), self) for number in (1, 2, 3)]
        self._sound = ChipButton(_("Sound"), self)
        self._sound.setToolTip(_("A short sound at “release”"))
        self._sound.clicked.connect(self._on_option_clicked)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(PlainLabel(_("Presses of each digit:"), self, role=Role.MUTED))
        for number, chip in enumerate(self._presses, 1):
            chip.setAccessibleName(_("{n} presses of each digit").format(n=number))
            chip.setAutoExclusive(True)
            chip.clicked.connect(self._on_option_clicked)
            foot.addWidget(chip)
        foot.addStretch(1)
        foot.addWidget(self._sound)
        self._presses[0].setChecked(True)
        for each in (self._nail_bed, *self._presses, self._sound):
            each.setMinimumSize(millimetres(self, TARGET_MM), millimetres(self, TARGET_MM))
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys belong to the clock
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._remark)
        column.addWidget(self._offer)
        column.addWidget(self._nail_bed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.face, 1)
        column.addWidget(self._hint)
        column.addWidget(self._told)
        column.addLayout(foot)

    # -- options -----------------------------------------------------------------------------------------

    @property
    def presses(self) -> int:
        """How many presses are timed at each digit, 1 to 3; each is kept, and their mean is shown."""
        return next(number for number, chip in enumerate(self._presses, 1) if chip.isChecked())

    @property
    def sound(self) -> bool:
        """Whether a sound tells "release"."""
        return self._sound.isChecked()

    def set_options(self, *, presses: int, sound: bool) -> None:
        """What the user chose last; a number of presses that there is not leaves the choice as it is."""
        if 1 <= presses <= len(self._presses):
            self._presses[presses - 1].setChecked(True)
        self._sound.setChecked(sound)

    @Slot()
    def _on_option_clicked(self) -> None:
        self._show()
        self.options_changed.emit()

    # -- starting and ending -----------------------------------------------------------------------------

    @property
    def is_running(self) -> bool:
        """Whether it waits for a key, tap or pedal."""
        return self._is_running

    @property
    def is_held(self) -> bool:
        """Whether the key that started it is still down."""
        return self._held_key is not None

    @property
    def phase(self) -> Phase:
        """Where the press stands now."""
        return self._clock.phase(self._now())

    def start(self, site_name: str, remark: str = "", *, offer: str = "", held_key: int | None = None) -> None:
        """Begin the first press of a digit at once.

        `offer` is the sentence that offers the nail bed, `held_key` the key (Qt.Key) that is being held down.
        """
        self._title.setText(_("{measure}, {site}").format(measure=_CRT.name, site=site_name))
        self._remark.setText(remark or _(_CRT.note))
        self._offer.setText(offer)
        self._press, self._kept = 1, {}
        self._run()
        self._begin(held_key)

    @Slot()
    def cancel(self) -> None:
        """End without recording anything more."""
        if self._is_running:
            self._end()
            self.cancelled.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, it ends: keys must not go into a clock that nobody sees."""
        super().hideEvent(event)
        self.cancel()

    def _run(self) -> None:
        if not self._is_running:
            self._is_running = True
            _application().installEventFilter(self)
        self.show()
        self.raise_()

    def _end(self) -> None:
        self._is_running = False
        self._clock.cancel()
        self._tick.stop()
        self._lift.stop()
        if not self._swallows_end:
            _application().removeEventFilter(self)
        self.hide()

    def _begin(self, held_key: int | None) -> None:
        self._lift.stop()
        self._held_key = held_key
        self._was_restarted = self._clock.key_down(self._now(), held=held_key is not None) is Outcome.RESTARTED
        self._phase = Phase.PRESSING
        self._show()
        self._say(_("Press now"))
        self._wait()

    def _wait(self) -> None:
        rest = self._clock.until_next(self._now())
        self._tick.start(_TICK_MS if rest is None else max(0, min(_TICK_MS, int(rest * 1000) + 1)))

    @Slot()
    def tick(self) -> None:
        """Look at the clock: show the number, and tell a change of phase."""
        if not self._is_running:
            return
        phase = self.phase
        if phase is not self._phase:
            self._phase = phase
            self._on_phase_changed(phase)
        self._show()
        if phase in (Phase.PRESSING, Phase.REFILLING):
            self._wait()

    def _on_phase_changed(self, phase: Phase) -> None:
        if phase is Phase.REFILLING:
            self._say(_("Release"))
            if self.sound:
                QApplication.beep()
        elif phase is Phase.OVERDUE:
            self._say(_CRT.text(Beyond(END_S)))

    # -- keys, taps, pedals ------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While it runs, take every key and tap of its window."""
        if not isinstance(watched, QWidget) or watched.window() is not self.window():
            return False
        kind = event.type()
        if self._swallows_end and kind in _POINTER_END:
            self._forget_pointer()
            return True
        if not self._is_running:
            return False
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent):
            return self.take_key(event)
        if kind in _POINTER:
            return self._take_pointer(watched, event)
        return kind == QEvent.Type.ContextMenu

    def take_key(self, event: QKeyEvent) -> bool:
        """A key of any kind went down or up; True where it was for the clock."""
        if not self._is_running:
            return False
        if self._repeats.is_repeat(event):
            self._lift.stop()  # it was not let go
        elif event.type() == QEvent.Type.KeyRelease:
            if event.key() == self._held_key:
                self._lifted_at = self._now()
                self._lift.start()
        elif event.type() == QEvent.Type.KeyPress:
            self._key_down(event)
        return True

    @Slot()
    def _on_lift_timeout(self) -> None:
        """The key that started it was let go for good, at the time when it was."""
        if self._is_running:
            self._held_key = None
            self._heed(self._clock.key_up(self._lifted_at))

    def _key_down(self, event: QKeyEvent) -> None:
        is_undo = event.key() == Qt.Key.Key_Z and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        phase = self.phase
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif phase is Phase.READY and (is_undo or event.key() == Qt.Key.Key_Backspace):
            self._take_back()
        elif phase is Phase.PRESSING and event.key() == Qt.Key.Key_B and self._offer.text():
            self._on_nail_bed_clicked()
        elif phase is Phase.READY and _is_modifier(event):
            return  # the Ctrl of Ctrl+Z starts nothing
        elif phase in (Phase.READY, Phase.PRESSING):
            self._begin(event.key())
        else:
            self._heed(self._clock.key_down(self._now()))

    def _take_pointer(self, watched: QWidget, event: QEvent) -> bool:
        """A tap is a key; only the buttons of the timer itself answer for themselves while nothing is timed yet."""
        is_own = isinstance(watched, QPushButton) and self.isAncestorOf(watched)
        if is_own and self.phase in (Phase.READY, Phase.PRESSING):
            return False
        event.accept()
        self._swallows_end = True
        if self.phase in (Phase.READY, Phase.PRESSING):
            self._begin(None)
        else:
            self._heed(self._clock.key_down(self._now()))
        return True

    def _forget_pointer(self) -> None:
        self._swallows_end = False
        if not self._is_running:
            _application().removeEventFilter(self)

    def _escape(self) -> None:
        """Without a result so far, all is dropped; between two presses, what was timed stays."""
        if self._kept:
            self._finish()
        else:
            self.cancel()

    def _heed(self, outcome: Outcome) -> None:
        if outcome is Outcome.MEASURED and self._clock.seconds is not None:
            seconds, press = self._clock.seconds, self._press
            self._kept[press] = _CRT.text(seconds)
            self.measured.emit(seconds, press)
            self._after_press()
        elif outcome is Outcome.NO_REFILL:
            self.no_refill.emit(self._press)
            self._finish()

    def _after_press(self) -> None:
        if self._press >= self.presses:
            self._finish()
            return
        self._press += 1
        self._phase = Phase.READY
        self._tick.stop()
        self._show()

    def _finish(self) -> None:
        if self._is_running:
            self._end()
            self.finished.emit()

    def _take_back(self) -> None:
        if self._press > 1:
            self._press -= 1
            self._kept.pop(self._press, None)
            self.taken_back.emit(self._press)
            self._show()

    @Slot()
    def _on_nail_bed_clicked(self) -> None:
        self._offer.setText("")
        self._remark.setText(_("Pressed at the nail bed."))
        self.nail_bed_chosen.emit()
        if self._is_running:
            self._begin(None)

    # -- what is shown -----------------------------------------------------------------------------------

    def _show(self) -> None:
        now = self._now()
        phase = self._clock.phase(now)
        word, number, share = self._words(phase, now)
        self.face.show_state(word, number, share, inverted=phase in (Phase.REFILLING, Phase.OVERDUE))
        self._hint.setText(self._hints(phase))
        kept = ", ".join(_("press {n}: {value}").format(n=n, value=value) for n, value in sorted(self._kept.items()))
        self._told.setText(kept or " ")
        self._offer.setVisible(bool(self._offer.text()))
        self._nail_bed.setVisible(bool(self._offer.text()))

    def _words(self, phase: Phase, now: float) -> tuple[str, str, float]:
        match phase:
            case Phase.READY:
                return _("READY"), _("{n} of {total}").format(n=self._press, total=self.presses), 0.0
            case Phase.PRESSING:
                pressed = self._clock.pressed_for(now)
                return _("PRESS"), str(max(math.ceil(PRESS_S - pressed), 1)), pressed / PRESS_S
            case Phase.REFILLING:
                elapsed = self._clock.elapsed(now)
                return _("RELEASE"), _CRT.text(int(elapsed * 10) / 10), elapsed / END_S
            case Phase.OVERDUE:
                return _("NO REFILL?"), f"{_CRT.kind.format(Beyond(END_S))} {_CRT.unit}", 1.0

    def _hints(self, phase: Phase) -> str:
        match phase:
            case Phase.READY:
                return _("Any key or tap begins the next press. Backspace takes the last one back; Escape goes on.")
            case Phase.PRESSING:
                again = _("Begun again, nothing was measured. ") if self._was_restarted else ""
                return again + _("Press evenly. Any key or tap begins the five seconds again; Escape drops it.")
            case Phase.REFILLING:
                return _("Any key, tap or pedal when the colour is back; Escape drops it.")
            case Phase.OVERDUE:
                return _("Any key or tap records: {words}. Escape drops it.").format(words=_CRT.text(Beyond(END_S)))

    def _say(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _is_modifier(event: QKeyEvent) -> bool:
    keys = Qt.Key
    return event.key() in (keys.Key_Control, keys.Key_Shift, keys.Key_Alt, keys.Key_Meta, keys.Key_AltGr)


def _application() -> QCoreApplication:
    found = QApplication.instance()
    assert found is not None
    return found
