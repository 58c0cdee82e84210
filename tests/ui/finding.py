"""Finding a widget inside another."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

Kind = TypeVar("Kind", bound=QWidget)


def the(kind: type[Kind], parent: QWidget) -> Kind:
    """The first widget of this kind inside `parent`."""
    found = parent.findChild(kind)
    assert found is not None, f"no {kind.__name__} in {type(parent).__name__}"
    return found
