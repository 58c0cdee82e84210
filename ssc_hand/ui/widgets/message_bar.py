"""Inline message with one action: it never stops anyone from going on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from ssc_hand.i18n import N_, _
from ssc_hand.ui.notices import Notice, NoticeKind
from ssc_hand.ui.widgets import shades
from ssc_hand.ui.widgets.plain_label import PlainLabel

_WORDS = {NoticeKind.INFO: N_("Note"), NoticeKind.WARNING: N_("Warning"), NoticeKind.ERROR: N_("Error")}
_RADIUS = 4.0


class _ActionButton(QPushButton):
    """A button that Enter presses; letters belong into a search box."""

    typed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


def paint_faint(widget: QWidget, colour: QColor) -> None:
    """A faint ground and an edge in a colour, over the whole of a widget that stands out from the page."""
    window = widget.palette().color(QPalette.ColorRole.Window)
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(shades.mixed(colour, window, 0.6))
    painter.setBrush(shades.mixed(colour, window, 0.1))
    painter.drawRoundedRect(widget.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
    painter.end()


class MessageBar(QWidget):
    """Shows the newest notice; closing it brings back the one before, unless that was a mere note."""

    closed = Signal()
    typed = Signal(str)  #: letters typed while the keyboard is at the button of the notice

    def __init__(self, parent: QWidget | None = None) -> None:
        """A bar that is hidden until there is something to say."""
        super().__init__(parent)
        self._waiting: list[Notice] = []
        self._icon = QLabel(self)
        self._text = PlainLabel(parent=self, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = _ActionButton(self)
        self._action.typed.connect(self.typed)
        self._action.clicked.connect(self._on_action_clicked)
        self._close = QToolButton(self)
        self._close.setAutoRaise(True)
        self._close.setText("×")
        self._close.setAccessibleName(_("Close this message"))
        self._close.setToolTip(_("Close this message"))
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown now."""
        return self._waiting[-1] if self._waiting else None

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show this notice in front of any other."""
        kept = (n for n in self._waiting if n.kind is not NoticeKind.INFO and n.text != notice.text)
        self._waiting = [*kept, notice]
        self._refresh()
        self._announce(notice)
        if notice.is_offered:
            self._action.setFocus()

    @Slot()
    def dismiss(self) -> None:
        """Close the notice that is shown."""
        if self._waiting:
            self._waiting.pop()
            self._refresh()
        if not self._waiting:
            self.closed.emit()

    def withdraw(self, notice: Notice) -> None:
        """Close a notice that has become pointless, wherever it waits."""
        if notice in self._waiting:
            self._waiting.remove(notice)
            self._refresh()

    @Slot()
    def drop_refusals(self) -> None:
        """Close the warnings that ask for nothing: what was refused belongs to what is left now."""
        kept = [each for each in self._waiting if each.kind is not NoticeKind.WARNING or each.action_text]
        if kept != self._waiting:
            self._waiting = kept
            self._refresh()

    @Slot()
    def clear(self) -> None:
        """Close all notices."""
        self._waiting = []
        self._refresh()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A faint ground and an edge in the shade of the kind."""
        if self.notice is None:
            return
        paint_faint(self, self._colour(self.notice.kind))

    @Slot()
    def _on_action_clicked(self) -> None:
        notice = self.notice
        self.dismiss()
        if notice and notice.action:
            notice.action()

    def _icon_of(self, kind: NoticeKind) -> QIcon:
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - start-up: brings six hundred words for one

        icons = {
            NoticeKind.INFO: QStyle.StandardPixmap.SP_MessageBoxInformation,
            NoticeKind.WARNING: QStyle.StandardPixmap.SP_MessageBoxWarning,
            NoticeKind.ERROR: QStyle.StandardPixmap.SP_MessageBoxCritical,
        }
        return self.style().standardIcon(icons[kind])

    def _refresh(self) -> None:
        notice = self.notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        size = self.fontMetrics().height()
        self._icon.setPixmap(self._icon_of(notice.kind).pixmap(size, size))
        self._icon.setAccessibleName(_(_WORDS[notice.kind]))
        self._text.setText(notice.text)
        self._action.setText(notice.action_text.replace("&", "&&"))
        self._action.setVisible(bool(notice.action_text))
        self.setAccessibleName(f"{_(_WORDS[notice.kind])}: {notice.text}")
        self.update()

    def _announce(self, notice: Notice) -> None:
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - start-up: many words

        spoken = QAccessibleAnnouncementEvent(self, f"{_(_WORDS[notice.kind])}: {notice.text}")
        if notice.kind is not NoticeKind.INFO:
            spoken.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(spoken)

    def _colour(self, kind: NoticeKind) -> QColor:
        match kind:
            case NoticeKind.ERROR:
                return shades.alarm(self.palette())
            case NoticeKind.WARNING:
                return shades.caution(self.palette())
            case _:
                return self.palette().color(QPalette.ColorRole.Highlight)
