"""What assistive software does, as a process of its own: reads one order per line, answers in one line of JSON.

Runs under the Python of the system, whose `gi` speaks to the accessibility bus; `tests.journeys.bus` starts it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - the version has to be asked for first

#: The tree of one window is never deeper.
_DEEPEST = 40
_known: list[Any] = []


def everything(node: Any, *, wants_hidden: bool, depth: int = 0) -> Iterator[Any]:
    """A node and all below it, but nothing below what is hidden unless that is wanted; what vanishes is passed over."""
    yield node
    if depth < _DEEPEST and (wants_hidden or node.get_state_set().contains(Atspi.StateType.SHOWING)):
        for number in range(node.get_child_count()):
            child = node.get_child_at_index(number)
            if child is not None:
                yield from everything(child, wants_hidden=wants_hidden, depth=depth + 1)


def applications(process: int) -> Iterator[Any]:
    """The programs on the bus with this process id."""
    desktop = Atspi.get_desktop(0)
    for number in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(number)
        if application is not None and application.get_process_id() == process:
            yield application


def told(node: Any, again: int | None = None) -> dict[str, Any]:
    """What the bus says of a node: names, place on the screen, states, and its text where it has one."""
    states = node.get_state_set()
    component = node.get_component_iface()
    box = Atspi.Component.get_extents(component, Atspi.CoordType.SCREEN) if component else None
    text = node.get_text_iface()
    if again is None:
        _known.append(node)
    return {
        "id": len(_known) - 1 if again is None else again,
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "description": node.get_description() or "",
        "box": [box.x, box.y, box.width, box.height] if box else None,
        "showing": states.contains(Atspi.StateType.SHOWING),
        "enabled": states.contains(Atspi.StateType.ENABLED),
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "checked": states.contains(Atspi.StateType.CHECKED),
        "text": Atspi.Text.get_text(text, 0, -1) if text else None,
    }


def fits(node: Any, order: dict[str, Any]) -> bool:
    """Whether a node has the name, part of a name or description, the role and visibility asked for."""
    name, about = node.get_name() or "", node.get_description() or ""
    differs = (
        name != order.get("name", name),
        not name.startswith(order.get("begins", "")),
        not name.endswith(order.get("ends", "")),
        not about.startswith(order.get("about", "")),
        bool(order.get("role")) and node.get_role_name() != order["role"],
    )
    if any(differs):
        return False
    return bool(order.get("hidden", False)) or bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def find(order: dict[str, Any]) -> list[dict[str, Any]]:
    """All nodes that fit; a node that goes away while it is asked counts as absent."""
    found = []
    wants_hidden = bool(order.get("hidden", False))
    within = [_known[order["within"]]] if "within" in order else applications(order["process"])
    for top in within:
        top.clear_cache()
        for node in everything(top, wants_hidden=wants_hidden):
            if fits(node, order):
                found.append(told(node))
                if not order.get("all", False):
                    return found
    return found


def press(order: dict[str, Any]) -> bool:
    """The first action of a node: what a click would do."""
    return bool(Atspi.Action.do_action(_known[order["id"]].get_action_iface(), 0))


def write(order: dict[str, Any]) -> bool:
    """Replace the text of a node."""
    return bool(Atspi.EditableText.set_text_contents(_known[order["id"]].get_editable_text_iface(), order["text"]))


def key(order: dict[str, Any]) -> bool:
    """Press and release a key, as a switch or a voice would."""
    return bool(Atspi.generate_keyboard_event(order["symbol"], None, Atspi.KeySynthType.SYM))


def look(order: dict[str, Any]) -> dict[str, Any]:
    """A node again, as it is now."""
    node = _known[order["id"]]
    node.clear_cache()
    return told(node, order["id"])


def listen(_order: dict[str, Any]) -> bool:
    """Hear what programs say aloud from now on."""
    return bool(_listener.register("object:announcement"))


def heard(_order: dict[str, Any]) -> list[str]:
    """What was said since the last question."""
    context = gi.repository.GLib.MainContext.default()
    while context.iteration(False):
        pass
    said, _heard[:] = list(_heard), []
    return said


_heard: list[str] = []
_listener = Atspi.EventListener.new(lambda event: _heard.append(str(event.any_data)))

_ORDERS = {"listen": listen, "heard": heard, "find": find, "press": press, "write": write, "key": key, "look": look}


def main() -> None:
    """Answer until the orders end."""
    for line in sys.stdin:
        order = json.loads(line)
        try:
            answer: object = {"answer": _ORDERS[order["do"]](order)}
        except gi.repository.GLib.GError as error:
            answer = {"error": error.message}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
