"""The menus: what can be asked of the window, with its shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from ssc_hand.domain.vocabulary import Reason, VisitKind
from ssc_hand.i18n import _

if TYPE_CHECKING:
    from ssc_hand.ui.main_window import MainWindow


def fill_menus(window: MainWindow) -> None:
    """Make the menus of the window; an entry of None is a line between two groups."""
    hands = window.visit_page.hands
    menus: dict[str, tuple[QAction | None, ...]] = {
        _("&Clinic"): (
            _action(window, _("Open another clinic…"), "Ctrl+O", window.ask_for_clinic),
            _action(window, _("About this clinic…"), "", window.show_clinic_page),
            _action(window, _("Who is writing…"), "", window.ask_who),
            None,
            _action(window, _("Quit"), "Ctrl+Q", window.close),
        ),
        _("&Edit"): _undo_and_redo(window),
        _("&Patient"): (
            window.browser.find_action,
            window.browser.new_action,
            _action(window, _("Person, risks, medicines, procedures…"), "Ctrl+E", window.show_patient_editor),
            window.browser.today_action,
        ),
        _("&Visit"): (
            *(_start_action(window, kind) for kind in VisitKind),
            None,
            *hands.wanted_actions,
            _action(window, _("Re-examine lesions"), "Ctrl+L", window.visit_page.review_lesions),
            _reasons(window),
            None,
            _action(window, _("Finish visit"), "Ctrl+Return", window.visit_page.finish),
        ),
        _("V&iew"): (
            _action(window, _("Visit page"), "F6", window.show_hands),
            _action(window, _("Next part of the visit page"), "Shift+F6", window.go_to_next_part),
            _action(window, _("Trends"), "F7", window.show_trends_page),
            _action(window, _("Summary"), "F8", window.show_summary_page),
            _action(window, _("Photographs"), "F9", window.show_photographs_page),
            None,
            window.visit_page.path_action,
            hands.flip_action,
            hands.previous_action,
            None,
            *hands.layer_actions,
        ),
        _("&Help"): (
            _action(window, _("Keys at the bedside"), "F1", window.show_keys),
            _action(window, _("About ssc_hand"), "", window.tell_about),
        ),
    }
    for title, actions in menus.items():
        menu = window.menuBar().addMenu(title)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)


def _undo_and_redo(window: MainWindow) -> tuple[QAction, QAction]:
    group = window.editor.undo_group
    undo, redo = group.createUndoAction(window, _("Undo")), group.createRedoAction(window, _("Redo"))
    undo.setShortcut(QKeySequence(QKeySequence.StandardKey.Undo))
    # Everywhere both that of the system and Ctrl+Y, which hands remember from elsewhere.
    keys = QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)
    also = QKeySequence("Ctrl+Y")
    redo.setShortcuts(keys if also in keys else [*keys, also])
    return undo, redo


def _action(window: MainWindow, text: str, shortcut: str, slot: Callable[[], object]) -> QAction:
    action = QAction(text, window)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.triggered.connect(slot)
    return action


def _reasons(window: MainWindow) -> QAction:
    """What else the value asked for now can be; the menu bar is all in the tree that screen readers read."""
    menu = QMenu(_("The value asked for now"), window)
    menu.addAction(_action(window, _("no refill"), "", window.visit_page.record_no_refill))
    menu.addAction(_action(window, _("not recorded"), "", window.visit_page.clear_asked))
    menu.addSeparator()
    for reason in Reason:
        action = _action(window, reason.in_place_of_a_value(), "", window.visit_page.excuse)
        action.setData(reason.value)
        menu.addAction(action)
    return menu.menuAction()


def _start_action(window: MainWindow, kind: VisitKind) -> QAction:
    shortcut = "Ctrl+Shift+N" if kind is VisitKind.FOLLOW_UP else ""
    action = _action(window, _("Start visit: {kind}").format(kind=kind.label), shortcut, window.start_visit_of_action)
    action.setData(kind.value)
    return action
