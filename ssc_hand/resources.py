"""Finds files of resources/ in a checkout, a wheel and a frozen build; the only module that knows where they lie."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).with_name("resources")
_CHECKOUT = Path(__file__).parent.parent / "resources"

#: The folder that holds drawings, fonts, icons and the bundle's JSON Schema.
ROOT = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
