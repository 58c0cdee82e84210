"""Assistive software: what it can do with a program by names and actions alone, without coordinates and keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Protocol

from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from ssc_hand.ui.main_window import MainWindow
from tests.journeys.bus import PATIENCE, AbsentError, Bus, Node

_ROLES = {
    "check box": QAccessible.Role.CheckBox,
    "combo box": QAccessible.Role.ComboBox,
    "list item": QAccessible.Role.ListItem,
    "menu item": QAccessible.Role.MenuItem,
    "page tab": QAccessible.Role.PageTab,
    "push button": QAccessible.Role.Button,
    "text": QAccessible.Role.EditableText,
}
#: How often a control that is known is looked at before the screen is read anew.
_LOOKS = 30
#: Entries of menus and of lists to choose from are there while these are closed.
_IN_CLOSED = ("menu item", "list item")


class Reader(Protocol):
    """What assistive software can do."""

    def press(self, role: str, name: str, *, begins: bool = False) -> None:
        """Do the first action of the control with this role and name (or whose name begins so), once it is there."""

    def choose(self, about: str, word: str) -> None:
        """Do the action of an entry of the closed list that is described so."""

    def write(self, name: str, text: str) -> None:
        """Replace the text of the control with this name, once it is there."""

    def wait_for(self, role: str, name: str, *, about: str = "") -> None:
        """Wait for a control whose name and description begin so."""


class OverTheBus:
    """Assistive software as a process of its own; what it has read once it only looks at again."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._known: dict[str, dict[int, Node]] = {}

    def press(self, role: str, name: str, *, begins: bool = False) -> None:
        self._bus.press(self._find(role, name, begins=begins))

    def choose(self, about: str, word: str) -> None:
        combo = self._bus.find(role="combo box", about=about)
        self._bus.press(self._bus.find(role="list item", name=word, within=combo.id, hidden=True))
        self._bus.find(role="combo box", about=about, name=word)

    def write(self, name: str, text: str) -> None:
        self._bus.write(self._find("text", name), text)

    def wait_for(self, role: str, name: str, *, about: str = "") -> None:
        if role:
            self._find(role, name, begins=True, about=about)
        else:
            self._bus.find(begins=name, about=about)

    def _find(self, role: str, name: str, *, begins: bool = False, about: str = "") -> Node:
        """Look again at what is known while that may still become what is sought; then read the screen anew."""

        def fits(node: Node) -> bool:
            is_named = node.name.startswith(name) if begins else node.name == name
            return is_named and node.description.startswith(about) and (node.showing or role in _IN_CLOSED)

        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := next(filter(fits, self._again(role, name)), None) or next(filter(fits, self._anew(role)), None):
                return found
            self._bus.check()
        raise AbsentError(f"no {role} “{name}” {about}")

    def _again(self, role: str, name: str) -> Iterator[Node]:
        """What is known under this name, a few times; of texts all, as they get other names with other digits."""
        known = self._known.get(role, {})
        near = [node for node in known.values() if node.name.startswith(name) or role == "text"]
        for _time in range(_LOOKS):
            for node in near:
                with suppress(AbsentError):
                    yield self._bus.look(node)

    def _anew(self, role: str) -> list[Node]:
        where = {"within": self._bus.find(role="menu bar").id, "hidden": True} if role == "menu item" else {}
        found = self._bus.all(role=role, **where)
        self._known[role] = {node.id: node for node in found}
        return found


class InTheProcess:
    """The same, by the interfaces that Qt hands to whatever bus a system has."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self._qtbot, self._window = qtbot, window

    def press(self, role: str, name: str, *, begins: bool = False) -> None:
        _act(self._find(role, lambda each: _name(each) == name or (begins and _name(each).startswith(name))))

    def choose(self, about: str, word: str) -> None:
        combo = self._find("combo box", lambda each: _about(each).startswith(about))
        entries = (each for each in _below(combo, wants_hidden=True) if _is(each, "list item"))
        _act(next(each for each in entries if _name(each) == word))
        self._find("combo box", lambda each: _about(each).startswith(about) and _name(each) == word)

    def write(self, name: str, text: str) -> None:
        self._find("text", lambda each: _name(each) == name).setText(QAccessible.Text.Value, text)

    def wait_for(self, role: str, name: str, *, about: str = "") -> None:
        self._find(role, lambda each: _name(each).startswith(name) and _about(each).startswith(about))

    def _find(self, role: str, fits: Callable[[QAccessibleInterface], bool]) -> QAccessibleInterface:
        found: list[QAccessibleInterface] = []

        def is_there() -> bool:
            every = _below(QAccessible.queryAccessibleInterface(self._window), wants_hidden=role in _IN_CLOSED)
            found[:] = [each for each in every if _is(each, role) and fits(each)][:1]
            return bool(found)

        self._qtbot.waitUntil(is_there, timeout=int(PATIENCE * 1000))
        return found[0]


def _below(top: QAccessibleInterface, *, wants_hidden: bool) -> Iterator[QAccessibleInterface]:
    waiting = [top]
    while waiting:
        each = waiting.pop()
        if wants_hidden or not each.state().invisible:
            yield each
            waiting += [each.child(number) for number in range(each.childCount())]


def _is(each: QAccessibleInterface, role: str) -> bool:
    return not role or each.role() is _ROLES[role]


def _name(each: QAccessibleInterface) -> str:
    return each.text(QAccessible.Text.Name)


def _about(each: QAccessibleInterface) -> str:
    return each.text(QAccessible.Text.Description)


def _act(each: QAccessibleInterface) -> None:
    actions = each.actionInterface()
    actions.doAction(actions.actionNames()[0])
