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
from ssc_hand.ui.models.entry_path import EntryPath, Tone, places_in_words
from ssc_hand.ui.widgets import shades

_LARGE, _SMALL = 1.5, 0.86
_RADIUS = 5.0
_PAD = 8
#: Styles lay no light over these, but white words need a darker ground than a highlight often is (percent).
_DARKER = 135
#: Shares of the width of the large line.
_MEASURE_SHARE, _LAST_SHARE = 0.30, 0.27
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
    is_new_measure: bool
    place: str
    typed: str
    stage: Stage
    unit: str
    note: str
    tone: Tone
    is_choice: bool
    last: str

    @classmethod
    def of(cls, path: EntryPath) -> Line:
        """What the path says now."""
        stop, typing = path.stop, path.typing
        measure = stop.measure if stop else None
        readings = path.readings(measure) if measure else 1
        place = places_in_words(path.sites) if stop else ""
        if stop and (readings > 1 or path.reading > 1) and len(path.sites) == 1:
            place = _("{place}, reading {n}").format(place=place, n=path.reading)
        return cls(
            measure=measure,
            is_new_measure=path.is_new_measure,
            place=place,
            typed=typing.text if typing else "",
            stage=typing.stage if typing else Stage.EMPTY,
            unit=measure.unit if measure else "",
            note=_note(path),
            tone=path.tone if path.note else Tone.PLAIN,
            is_choice=bool(path.asked),
            last=f"{path.last.place}  {path.last.words}" if path.last else "",
        )

    @property
    def words(self) -> str:
        """All of it, as a screen reader tells it."""
        asked = f"{self.measure.name}, {self.place}: {self.typed or _('nothing typed')}" if self.measure else ""
        last = _("Settled last: {what}").format(what=self.last) if self.last else ""
        return ". ".join(part for part in (asked, self.note, last) if part)


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

    def line(self, area: QRect, line: Line) -> None:
        """Measure, place and what is typed; what is to be said; what was settled last."""
        left, right = area.left(), area.right()
        if line.last:
            right = self._last(area, line.last) - 2 * _PAD
        if line.measure is not None:
            left = self._asked(QRect(left, area.top(), right - left, area.height()), line) + 2 * _PAD
        if line.note:
            self._said(QRect(left, area.top(), right - left, area.height()), line)

    def _last(self, area: QRect, words: str) -> int:
        """What was settled last, at the right end; gives where it begins."""
        metrics = QFontMetrics(self._large)
        words = metrics.elidedText(f"✓ {words}", Qt.TextElideMode.ElideMiddle, int(area.width() * _LAST_SHARE))
        box = QRect(area)
        box.setLeft(area.right() - metrics.horizontalAdvance(words) - _PAD)
        self._words(box, words, self._large, self._text, Qt.AlignmentFlag.AlignRight)
        return box.left()

    def _asked(self, area: QRect, line: Line) -> int:
        """The measure, the place and the box with what is typed; gives where the box ends."""
        assert line.measure is not None
        metrics = QFontMetrics(self._large)
        room = int(area.width() * _MEASURE_SHARE * 1.4)
        name = line.measure.name
        if metrics.horizontalAdvance(name) > room:
            name = metrics.elidedText(line.measure.head, Qt.TextElideMode.ElideRight, room)
        pill = QRect(area.left(), area.top() + 1, metrics.horizontalAdvance(name) + 2 * _PAD, area.height() - 2)
        ink = self._text
        if line.is_new_measure:
            self._box(pill, self._highlight, self._highlight)
            ink = self._on
        else:
            self._box(pill, self._edge, None)
        self._words(pill, name, self._large, ink, Qt.AlignmentFlag.AlignHCenter)
        x = pill.right() + int(1.5 * _PAD)
        place = QRect(x, area.top(), metrics.horizontalAdvance(line.place) + 2, area.height())
        self._words(place, line.place, self._large, self._text)
        return self._typed(QRect(place.right() + int(1.5 * _PAD), area.top() + 1, 0, area.height() - 2), line)

    def _typed(self, at: QRect, line: Line) -> int:
        metrics = QFontMetrics(self._large)
        text = line.typed if line.stage in (Stage.HELD, Stage.REFUSED) else f"{line.typed}{_CARET}"
        width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance("00.0")) + 2 * _PAD
        box = QRect(at.left(), at.top(), width, at.height())
        colour = self._tone(line)
        self._box(box, colour, self._palette.color(QPalette.ColorRole.Base), 2.0)
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
        return shades.alarm(self._palette) if line.stage is Stage.REFUSED else self._highlight

    def _said(self, area: QRect, line: Line) -> None:
        """A sentence in at most two lines; whatever is asked or refused in bold."""
        colours = {
            Tone.PLAIN: self._text if line.is_choice else self._muted,
            Tone.ASKING: shades.caution(self._palette),
            Tone.REFUSING: shades.alarm(self._palette),
        }
        font = sized(self._font, _SMALL, bold=line.is_choice or line.tone is not Tone.PLAIN)
        lines = _broken(line.note, QFontMetrics(font), area.width())
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
        sides = {hand: hand.label.upper() for hand in hands if hand}
        metrics = QFontMetrics(self._small)
        side = max((metrics.horizontalAdvance(words) for words in sides.values()), default=-_PAD) + _PAD
        gap = 3
        width = min((area.width() - side * len(sides) - gap * len(chips)) // len(chips), 12 * area.height() // 3)
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
        inner = rect.adjusted(3, 2, -3, -2)
        top = QRect(inner.left(), inner.top(), inner.width(), QFontMetrics(self._small).height())
        centre = Qt.AlignmentFlag.AlignHCenter
        name = _name(chip.stop.site)
        self._words(
            top,
            QFontMetrics(self._small).elidedText(name, Qt.TextElideMode.ElideRight, top.width()),
            self._small,
            name_ink,
            centre,
        )
        font = self._bold if chip.state is State.RECORDED else self._small
        below = QRect(inner.left(), top.bottom(), inner.width(), inner.bottom() - top.bottom())
        text = QFontMetrics(font).elidedText(chip.text, Qt.TextElideMode.ElideRight, below.width())
        self._words(below, text, font, ink if chip.state is not State.ABSENT else self._muted, centre)
        if chip.is_last and not chip.is_current:
            self._painter.fillRect(QRect(rect.left() + 4, rect.bottom() - 3, rect.width() - 8, 3), self._highlight)
        self._painter.restore()

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
