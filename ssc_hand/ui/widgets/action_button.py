"""An action with its shortcut told, and the text button that stands for it on a page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QToolButton, QWidget


def page_action(owner: QWidget, text: str, keys: QKeySequence, slot: Callable[[], object], *, tip: str) -> QAction:
    """An action whose shortcut works while the focus is on the page `owner`; its tooltip tells the shortcut."""
    action = QAction(text, owner)
    action.setIconText(text)
    action.setShortcut(keys)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{tip} ({shown})" if shown else tip)
    action.triggered.connect(slot)
    owner.addAction(action)
    return action


def action_button(action: QAction, name: str) -> QToolButton:
    """A button with the text of an action; `name` is what a screen reader says."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(name)
    return button
