"""What stands over the enlarged drawing: the way back to whole hands, and a sentence after a touch that zoomed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from ssc_hand.i18n import _
from ssc_hand.ui.hand.zoom import Zoom
from ssc_hand.ui.widgets.action_button import page_action
from ssc_hand.ui.widgets.millimetres import TARGET_MM, millimetres
from ssc_hand.ui.widgets.plain_label import PlainLabel, Role

_MARGIN = 8


class ZoomTools(QObject):
    """A button in the corner of the drawing, keys to zoom by, and a line of words at its lower edge."""

    def __init__(
        self, view: QWidget, whole: Callable[[], None], larger: Callable[[], None], smaller: Callable[[], None]
    ) -> None:
        """Over `view`; the three are called to see it whole, larger and smaller."""
        super().__init__(view)
        self._view = view
        keys = QKeySequence.StandardKey
        back = page_action(view, _("Whole hands"), QKeySequence("Ctrl+0"), whole, tip=_("See both hands whole again"))
        page_action(view, _("Larger"), QKeySequence(keys.ZoomIn), larger, tip=_("See the digit larger"))
        page_action(view, _("Smaller"), QKeySequence(keys.ZoomOut), smaller, tip=_("See more of the hands"))
        self._is_below = True
        self._button = QToolButton(view)
        self._button.setDefaultAction(back)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.hide()
        self._hint = PlainLabel("", view, role=Role.BOLD, wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setContentsMargins(10, 6, 10, 6)
        self._hint.setFrameShape(QFrame.Shape.Box)
        self._hint.setAutoFillBackground(True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.setBackgroundRole(QPalette.ColorRole.ToolTipBase)
        self._hint.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._hint.hide()
        view.installEventFilter(self)

    def show_zoom(self, zoom: Zoom, *, fingers_up: bool) -> None:
        """Offer the way back where not all is seen, at the side of the wrists: values stand at the fingertips."""
        self._is_below = fingers_up
        self._button.setVisible(not zoom.is_whole)
        self._lay()

    @Slot(str)
    def show_hint(self, words: str) -> None:
        """Say what has happened; no words take the sentence away."""
        if words == self._hint.text():
            return
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
        self._lay()
        if words:
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - start-up

            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._view, words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the drawing gets another size."""
        if watched is self._view and event.type() is QEvent.Type.Resize:
            self._lay()
        return False

    def _lay(self) -> None:
        if self._button.isHidden() and self._hint.isHidden():
            return
        view, least = self._view, millimetres(self._view, TARGET_MM)
        size = self._button.sizeHint().expandedTo(self._button.minimumSizeHint())
        width, height = max(size.width() + _MARGIN, least), max(size.height(), least)
        top = view.height() - height - _MARGIN if self._is_below else _MARGIN
        self._button.setGeometry(view.width() - width - _MARGIN, top, width, height)
        self._button.raise_()
        room = max(view.width() - 2 * (width + 2 * _MARGIN), 1)
        wide = min(self._hint.fontMetrics().horizontalAdvance(self._hint.text()) + 40, room)
        high = self._hint.heightForWidth(wide)
        self._hint.setGeometry((view.width() - wide) // 2, view.height() - high - _MARGIN, wide, high)
        self._hint.raise_()
