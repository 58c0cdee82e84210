"""What the strip says and how it looks: a line in large type and a chip for each digit, painted from values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen

from ssc_hand.domain.anatomy import Site
from ssc_hand.domain.derived import is_absent, reading
from ssc_hand.domain.measures import Measure
from ssc_hand.domain.path import Stop
from ssc_hand.domain.typing import Stage, choices
from ssc_hand.i18n import _
from ssc_hand.ui.models.entry_path import EntryPath
from ssc_hand.ui.models.settled import Tone, places_in_words
from ssc_hand.ui.widgets import shades

#: Sizes of the large line, from the one that is wanted down to what a narrow window has room for.
_LARGE, _MIDDLE, _PLAIN, _SMALL = 1.5, 1.25, 1.0, 0.86
_RADIUS = 5.0
_PAD = 8
#: Between the edge of a chip and its words.
_EDGE = 3
#: Styles lay no light over these, but white words need a darker ground than a highlight often is (percent).
_DARKER = 135
#: How much of the width the measure, its place and what is typed may take before they are written smaller.
_ASKED_SHARE = 0.72
_CARET = "▏"


class State(Enum):
    """What a chip says of its place."""

    MISSING = auto()
    RECORDED = auto()
    NO_VALUE = auto()
    ABSENT = auto()


@dataclass(frozen=True, slots=True)
class Chip:
    """One place of the measure that is asked for."""

    stop: Stop
    state: State
    text: str
    is_current: bool
    is_chosen: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The line in large type."""

    measure: Measure | None
    #: Which of the measures of the path it is: "5/24"; empty where there is but one.
    step: str
    is_new_measure: bool
    #: Whether the next key goes here: a caret elsewhere would promise what does not happen.
    has_keyboard: bool
    place: str
    typed: str
    stage: Stage
    unit: str
    note: str
    tone: Tone
    is_choice: bool
    last: str
    #: The same in fewer signs.
    last_short: str

    @classmethod
    def of(cls, path: EntryPath, *, has_keyboard: bool = True) -> Line:
        """What the path says now."""
        stop, typing = path.stop, path.typing
        measure = stop.measure if stop else None
        readings = path.readings(measure) if measure else 1
        place = places_in_words(path.sites) if stop else ""
        if stop and (readings > 1 or path.reading > 1) and len(path.sites) == 1:
            place = _("{place}, reading {n}").format(place=place, n=path.reading)
        return cls(
            measure=measure,
            step=_step(path, measure),
            is_new_measure=path.is_new_measure,
            has_keyboard=has_keyboard,
            place=place,
            typed=typing.text if typing else "",
            stage=typing.stage if typing else Stage.EMPTY,
            unit=measure.unit if measure else "",
            note=_note(path),
            tone=path.tone if path.note else Tone.PLAIN,
            is_choice=bool(path.asked),
            last=f"{path.last.place}  {path.last.words}" if path.last else "",
            last_short=f"{path.last.place}  {path.last.short}" if path.last else "",
        )

    @property
    def words(self) -> str:
        """All of it, as a screen reader tells it."""
        asked = f"{self.measure.name}, {self.place}: {self.typed or _('nothing typed')}" if self.measure else ""
        step = _("Measure {step}").format(step=self.step) if self.step else ""
        last = _("Settled last: {what}").format(what=self.last) if self.last else ""
        return ". ".join(part for part in (asked, step, self.note, last) if part)

    @property
    def is_urgent(self) -> bool:
        """Whether the note is a question, a refusal or a choice, which must be read before going on."""
        return self.is_choice or self.tone is not Tone.PLAIN


def _step(path: EntryPath, measure: Measure | None) -> str:
    if measure not in path.measures or len(path.measures) == 1:
        return ""
    return f"{path.measures.index(measure) + 1}/{len(path.measures)}"


def _note(path: EntryPath) -> str:
    if path.asked:
        return path.asked
    if path.note:
        typing = path.typing
        if typing is not None and typing.stage is Stage.HELD:
            return _("{question} Enter takes it, Backspace mends it.").format(question=path.note)
        if typing is not None and typing.stage is Stage.REFUSED:
            return _("{refusal} Backspace mends it, Esc drops it.").format(refusal=path.note)
        return path.note
    return _hint(path)


def _hint(path: EntryPath) -> str:
    """How a value of the measure is entered, while nothing else is to be said."""
    stop = path.stop
    if stop is None:
        return ""
    words = choices(stop.measure)
    if words:
        return "   ".join(f"{key} {label}" for key, (_value, label) in words.items())
    return stop.measure.note and _(stop.measure.note)


def chips_of(path: EntryPath) -> list[Chip]:
    """The places of the measure asked for, in the order of the path; those that are gone keep their place."""
    record, visit, stop = path.record, path.visit, path.stop
    if record is None or visit is None:
        return []
    measure = stop.measure if stop else path.stops[-1].measure if path.stops else None
    if measure is None:
        return []
    made = []
    for site in path.order.sites(measure.scope):
        found = reading(visit, site, measure)
        state = State.MISSING if found is None else State.NO_VALUE if found.value is None else State.RECORDED
        if is_absent(record, visit, site):
            state = State.ABSENT
        made.append(
            Chip(
                stop=Stop(measure.key, site),
                state=state,
                text=found.text if found else _("amput.") if state is State.ABSENT else "",
                is_current=stop is not None and stop.site == site,
                is_chosen=stop is not None and site in path.sites,
                is_last=path.last is not None and path.last.measure is measure and site in path.last.sites,
            )
        )
    return made


class StripPainter:
    """Paints the parts of the strip in the colours of a palette."""

    def __init__(self, painter: QPainter, palette: QPalette, font: QFont) -> None:
        self._painter = painter
        self._palette = palette
        self._font = font
        self._large, self._small, self._bold = (
            sized(font, _LARGE, bold=True),
            sized(font, _SMALL),
            sized(font, 1.0, bold=True),
        )
        roles = QPalette.ColorRole
        self._text, self._muted = palette.color(roles.WindowText), shades.muted(palette)
        self._on = palette.color(roles.HighlightedText)
        highlight = palette.color(roles.Highlight)
        self._highlight = (
            highlight.darker(_DARKER) if shades.contrast(highlight, self._on) < shades.READABLE else highlight
        )
        self._edge = shades.mixed(self._text, palette.color(roles.Window), 0.35)
        #: What there was no room for.
        self.left_out: list[str] = []

    @staticmethod
    def head_height(font: QFont) -> int:
        """The height of the line in large type, in pixels; two lines of small type fit in."""
        two = 2 * QFontMetrics(sized(font, _SMALL)).height() + 2
        return max(QFontMetrics(sized(font, _LARGE, bold=True)).height() + 6, two)

    @staticmethod
    def chip_height(font: QFont) -> int:
        """The least height of a chip, in pixels: the digit and its value."""
        return QFontMetrics(sized(font, _SMALL)).height() + QFontMetrics(sized(font, 1.0, bold=True)).height() + 4

    # -- the large line ------------------------------------------------------------------------------------

    def line(self, area: QRect, line: Line) -> bool:
        """Measure, place and what is typed; what is to be said; what was settled last.

        False where a question or a refusal found no room and is to be said beneath.
        """
        left, right = area.left(), area.right()
        if line.measure is not None:
            self._fit_asked(area.width(), line)
            left = self._asked(area, line) + 2 * _PAD
        noted = _lines_width(line.note, self._said_font(line)) if line.is_urgent else 0
        fits = noted <= right - left
        if line.last:
            room = QRect(left, area.top(), right - left, area.height())
            right = self._last(room, line, noted + 2 * _PAD if noted and fits else 0) - 2 * _PAD
        if line.note and fits:
            self.said(QRect(left, area.top(), right - left, area.height()), line)
        return fits

    def _fit_asked(self, room: int, line: Line) -> None:
        """Write smaller what else would not stand whole beside the rest."""
        for scale in (_LARGE, _MIDDLE, _PLAIN):
            self._large = sized(self._font, scale, bold=True)
            if self._asked_width(line) <= room * _ASKED_SHARE:
                return

    def _asked_width(self, line: Line) -> int:
        assert line.measure is not None
        metrics, plain = QFontMetrics(self._large), QFontMetrics(self._font)
        name = self._pill_width(line.measure.name, line)
        typed = max(metrics.horizontalAdvance(line.typed + _CARET), metrics.horizontalAdvance("00.0")) + 2 * _PAD
        unit = plain.horizontalAdvance(line.unit) + 7 if line.unit else 0
        return name + metrics.horizontalAdvance(line.place) + 2 + 3 * _PAD + typed + unit

    def _pill_width(self, name: str, line: Line) -> int:
        step = QFontMetrics(self._small).horizontalAdvance(line.step) + _PAD if line.step else 0
        return QFontMetrics(self._large).horizontalAdvance(name) + 2 * _PAD + step

    def _last(self, area: QRect, line: Line, noted: int) -> int:
        """What was settled last, at the right end, beside a note of this width; gives where it begins."""
        words = self.last_in_large(line, area.width() - noted)
        if words:
            width = QFontMetrics(self._large).horizontalAdvance(words) + _PAD
            self._words(_right_part(area, width), words, self._large, self._text, Qt.AlignmentFlag.AlignRight)
            return area.right() - width
        # Over two lines where one is too long; the chip keeps telling it where a question needs all the room.
        place, _gap, value = f"✓ {line.last}".rpartition("  ")
        font = sized(self._font, _SMALL, bold=True)
        metrics = QFontMetrics(font)
        width = max(metrics.horizontalAdvance(place), metrics.horizontalAdvance(value)) + 2
        if width + noted > area.width():
            self.left_out.append(line.last)
            return area.right()
        upper = _right_part(area, width)
        upper.setHeight(area.height() // 2)
        for rect, text in ((upper, place), (upper.translated(0, upper.height()), value)):
            self._words(rect, text, font, self._text, Qt.AlignmentFlag.AlignRight)
        return area.right() - width

    def last_in_large(self, line: Line, room: int) -> str:
        """What was settled last as it stands in large type in this width, in few signs at need; empty if it cannot."""
        metrics = QFontMetrics(self._large)
        ways = (f"✓ {words}" for words in (line.last, line.last_short))
        return next((words for words in ways if metrics.horizontalAdvance(words) + _PAD <= room), "")

    def _asked(self, area: QRect, line: Line) -> int:
        """The measure, the place and the box with what is typed; gives where the box ends."""
        assert line.measure is not None
        metrics = QFontMetrics(self._large)
        name = line.measure.name
        if self._asked_width(line) > area.width():
            name = line.measure.head
        pill = QRect(area.left(), area.top() + 1, self._pill_width(name, line), area.height() - 2)
        ink, step_ink = self._text, self._muted
        if line.is_new_measure:
            self._box(pill, self._highlight, self._highlight)
            ink = step_ink = self._on
        else:
            self._box(pill, self._edge, None)
        inner = pill.adjusted(_PAD, 0, -_PAD, 0)
        self._words(inner, name, self._large, ink)
        self._words(inner, line.step, self._small, step_ink, Qt.AlignmentFlag.AlignRight)
        x = pill.right() + int(1.5 * _PAD)
        place = QRect(x, area.top(), metrics.horizontalAdvance(line.place) + 2, area.height())
        self._words(place, line.place, self._large, self._text)
        return self._typed(QRect(place.right() + int(1.5 * _PAD), area.top() + 1, 0, area.height() - 2), line)

    def _typed(self, at: QRect, line: Line) -> int:
        metrics = QFontMetrics(self._large)
        has_caret = line.has_keyboard and line.stage not in (Stage.HELD, Stage.REFUSED)
        text = f"{line.typed}{_CARET}" if has_caret else line.typed
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance("00.0")) + 2 * _PAD
        box = QRect(at.left(), at.top(), width, at.height())
        self._box(box, self._tone(line), self._palette.color(QPalette.ColorRole.Base), 2.0)
        ink = self._palette.color(QPalette.ColorRole.Text)
        self._words(box.adjusted(_PAD, 0, 0, 0), text, self._large, ink)
        if not line.unit:
            return box.right()
        unit = QRect(box.right() + 5, at.top(), QFontMetrics(self._font).horizontalAdvance(line.unit) + 2, at.height())
        self._words(unit, line.unit, self._font, self._muted)
        return unit.right()

    def _tone(self, line: Line) -> QColor:
        if line.stage is Stage.HELD:
            return shades.caution(self._palette)
        if line.stage is Stage.REFUSED:
            return shades.alarm(self._palette)
        return self._highlight if line.has_keyboard else self._edge

    def _said_font(self, line: Line) -> QFont:
        return sized(self._font, _SMALL, bold=line.is_urgent)

    def said(self, area: QRect, line: Line) -> None:
        """A sentence in at most two lines; whatever is asked or refused in bold. A hint is whole or left out."""
        colours = {
            Tone.PLAIN: self._text if line.is_choice or line.measure is None else self._muted,
            Tone.ASKING: shades.caution(self._palette),
            Tone.REFUSING: shades.alarm(self._palette),
        }
        font = self._said_font(line)
        if line.measure is None and QFontMetrics(self._font).horizontalAdvance(line.note) <= area.width():
            font = sized(self._font, _PLAIN, bold=line.is_urgent)  # past the end there is nothing else to read
        lines = _broken(line.note, QFontMetrics(font), area.width())
        if " ".join(lines) != line.note:
            self.left_out.append(line.note)
            if not line.is_urgent:
                return
        height = QFontMetrics(font).height()
        top = area.top() + (area.height() - height * len(lines)) // 2
        for number, text in enumerate(lines):
            row = QRect(area.left(), top + number * height, area.width(), height)
            self._words(row, text, font, colours[line.tone])

    # -- chips -----------------------------------------------------------------------------------------------

    def chips(self, area: QRect, chips: Sequence[Chip]) -> list[tuple[QRect, Stop]]:
        """The places in their order, each hand with its name before it; gives where each was drawn."""
        if not chips:
            return []
        is_of_digits = chips[0].stop.site.digit is not None
        hands = list(dict.fromkeys(chip.stop.site.hand for chip in chips)) if is_of_digits else []
        metrics = QFontMetrics(self._small)
        longest = max(metrics.horizontalAdvance(_name(chip.stop.site)) for chip in chips) + 2 * _EDGE
        gap = 3
        for shorten in (False, True):
            # Where room is short the letters of the drawing name the hands, so that the digits keep their names.
            sides = {hand: hand.value if shorten else hand.label.upper() for hand in hands if hand}
            side = max((metrics.horizontalAdvance(words) for words in sides.values()), default=-_PAD) + _PAD
            between = _PAD * max(len(sides) - 1, 0)
            width = (area.width() - side * len(sides) - between - gap * len(chips)) // len(chips)
            if width >= longest:
                break
        width = min(width, 4 * area.height())
        x, hand = area.left(), None
        drawn: list[tuple[QRect, Stop]] = []
        for chip in chips:
            if chip.stop.site.hand is not hand and chip.stop.site.hand in sides:
                hand = chip.stop.site.hand
                x += _PAD if drawn else 0
                self._words(QRect(x, area.top(), side, area.height()), sides[hand], self._small, self._muted)
                x += side
            rect = QRect(x, area.top(), width, area.height())
            self._chip(rect, chip)
            drawn.append((rect, chip.stop))
            x += width + gap
        return drawn

    def _chip(self, rect: QRect, chip: Chip) -> None:
        self._painter.save()
        ink, name_ink = self._text, self._muted
        if chip.is_current:
            self._box(rect, self._highlight, self._highlight)
            ink = name_ink = self._on
        elif chip.is_chosen:
            self._box(rect, self._highlight, None, 2.0)
        elif chip.state is State.MISSING:
            self._box(rect, self._edge, None, style=Qt.PenStyle.DashLine)
        elif chip.state is not State.ABSENT:
            self._box(rect, self._edge, self._palette.color(QPalette.ColorRole.Base))
        inner = rect.adjusted(_EDGE, 2, -_EDGE, -2)
        top = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(self._small).height())
        centre = Qt.AlignmentFlag.AlignHCenter
        name = _name(chip.stop.site)
        self._words(
            top,
            self._cut(name, self._small, top.width()),
            self._small,
            name_ink,
            centre,
        )
        font = self._bold if chip.state is State.RECORDED else self._small
        below = QRect(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        self._words(
            below,
            self._cut(chip.text, font, below.width()),
            font,
            ink if chip.state is not State.ABSENT else self._muted,
            centre,
        )
        if chip.is_last and not chip.is_current:
            self._painter.fillRect(QRect(rect.left() + 4, rect.bottom() - 3, rect.width() - 8, 3), self._highlight)
        self._painter.restore()

    def _cut(self, text: str, font: QFont, width: int) -> str:
        """As much of the text as this width takes."""
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        if shown != text:
            self.left_out.append(text)
        return shown

    def focus(self, rect: QRect) -> None:
        """The frame of the widget that has the keyboard."""
        self._box(rect.adjusted(0, 0, -1, -1), self._highlight, None)

    # -- brushes ---------------------------------------------------------------------------------------------

    def _box(
        self,
        rect: QRect,
        edge: QColor,
        fill: QColor | None,
        breadth: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
    ) -> None:
        self._painter.setPen(QPen(edge, breadth, style))
        self._painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        half = breadth / 2
        self._painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), _RADIUS, _RADIUS)

    def _words(
        self,
        rect: QRect,
        text: str,
        font: QFont,
        ink: QColor,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def sized(font: QFont, scale: float, *, bold: bool = False) -> QFont:
    """The font at another size."""
    made = QFont(font)
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * scale)
    else:
        made.setPixelSize(round(font.pixelSize() * scale))
    made.setBold(bold)
    return made


def _right_part(area: QRect, width: int) -> QRect:
    return QRect(area.right() - width + 1, area.top(), width, area.height())


def _lines_width(text: str, font: QFont) -> int:
    """The least width at which two lines take the text."""
    metrics = QFontMetrics(font)
    words = text.split(" ")
    return min(
        max(metrics.horizontalAdvance(" ".join(words[:at])), metrics.horizontalAdvance(" ".join(words[at:])))
        for at in range(1, len(words) + 1)
    )


def _name(site: Site) -> str:
    return site.digit.label if site.digit else site.name


def _broken(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The text in at most two lines of this width, the second with an ellipsis where it is too long."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split(" ")
    for at in range(len(words) - 1, 0, -1):
        first = " ".join(words[:at])
        if metrics.horizontalAdvance(first) <= width:
            rest = " ".join(words[at:])
            return [first, metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)]
    return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
