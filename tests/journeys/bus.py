"""The accessibility bus as tests use it: find a control by its name, press it, write into it, read it."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.desktop import SYSTEM_PYTHON

_CLIENT = Path(__file__).with_name("bus_client.py")
#: X11's number of the Enter key.
_RETURN = 0xFF0D
#: Seconds after which something that does not appear counts as missing.
PATIENCE = 20.0
#: How the window begins the sentence about an error that nobody caught.
MISTAKE = "The program made a mistake"


@dataclass(frozen=True, slots=True)
class Node:
    """A control as the bus tells it; `box` is x, y, width and height in pixels of the screen."""

    id: int
    role: str
    name: str
    description: str
    box: tuple[int, int, int, int]
    showing: bool
    enabled: bool
    focused: bool
    checked: bool
    text: str | None

    @property
    def middle(self) -> tuple[int, int]:
        """The pixel in the middle of the control."""
        x, y, width, height = self.box
        return x + width // 2, y + height // 2


class AbsentError(AssertionError):
    """A control did not appear; the text says which."""


class BrokenError(AssertionError):
    """The program broke off, or made a mistake; the text says which."""


class Bus:
    """One program, seen as assistive software sees it."""

    def __init__(
        self, process: int, environment: dict[str, str], has_ended: Callable[[], bool] = lambda: False
    ) -> None:
        self.process = process
        self._has_ended = has_ended
        self._client = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", str(_CLIENT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
        )

    def close(self) -> None:
        """End the client."""
        assert self._client.stdin is not None and self._client.stdout is not None
        self._client.stdin.close()
        self._client.stdout.close()
        self._client.wait(timeout=PATIENCE)

    def all(self, **what: Any) -> list[Node]:
        """All controls that show now with this `role`, `name` (or one that `begins` or `ends` so) and `about`."""
        return [_node(found) for found in self._ask(do="find", process=self.process, all=True, **what) or []]

    def find(self, **what: Any) -> Node:
        """Wait until such a control shows; `AbsentError` if it does not."""
        # Each question takes the bus some milliseconds: asking again is the waiting.
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            found = self._ask(do="find", process=self.process, **what)
            if found:
                return _node(found[0])
            self.check()
        raise AbsentError(f"nothing on the screen has {what}")

    def wait_gone(self, **what: Any) -> None:
        """Wait until no such control shows."""
        until = time.monotonic() + PATIENCE
        while self._ask(do="find", process=self.process, **what):
            if time.monotonic() > until:
                raise AbsentError(f"still on the screen: {what}")

    def check(self) -> None:
        """`BrokenError` where the program has ended, or says that it made a mistake."""
        if self._has_ended():
            raise BrokenError("the program has ended")
        if told := self._ask(do="find", process=self.process, begins=MISTAKE):
            raise BrokenError(told[0]["name"])

    def listen(self) -> None:
        """Hear announcements from now on."""
        assert self._ask(do="listen"), "the bus tells nobody what is announced"

    def heard(self) -> list[str]:
        """What was announced since this was last asked."""
        return list(self._ask(do="heard"))

    def press(self, node: Node) -> None:
        """What a click on it would do."""
        if not self._ask(do="press", id=node.id):
            self.check()
            raise BrokenError(f"{node.name} could not be pressed")

    def write(self, node: Node, text: str) -> None:
        """Replace its text at once, as dictation does: no key is pressed and the focus does not move."""
        if not self._ask(do="write", id=node.id, text=text):
            self.check()
            raise BrokenError(f"{node.name} took no text")

    def press_enter(self) -> None:
        """The Enter key, from assistive software, to whatever has the keyboard."""
        assert self._ask(do="key", symbol=_RETURN), "the key could not be pressed"

    def look(self, node: Node) -> Node:
        """The control as it is now; `AbsentError` where it is no longer there."""
        seen = self._ask(do="look", id=node.id)
        if seen is None:
            raise AbsentError(f"{node.name} has gone")
        return _node(seen)

    def _ask(self, **order: Any) -> Any:
        assert self._client.stdin is not None and self._client.stdout is not None
        self._client.stdin.write(json.dumps(order) + "\n")
        self._client.stdin.flush()
        answer = json.loads(self._client.stdout.readline())
        # An error is a control that went away while it was asked: it is not there.
        return answer.get("answer")


def _node(found: dict[str, Any]) -> Node:
    box = found.pop("box") or (0, 0, 0, 0)
    return Node(box=tuple(box), **found)
