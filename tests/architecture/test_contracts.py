"""The import contracts in pyproject.toml leave no room out; `lint-imports` then keeps them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from tests.architecture.source import CHECKOUT

#: Rooms of ui that are no panels: any panel may stand on them.
SHARED_IN_UI = {"forms", "models", "widgets"}


def contract(key: str, field: str) -> set[str]:
    """What the contract with the id `key` lists in `field`."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {entry["id"]: entry for entry in settings["tool"]["importlinter"]["contracts"]}
    return set(contracts[key][field])


def rooms(*parts: str) -> Iterator[str]:
    """The packages that lie in the package ssc_hand.`parts`, by their own name."""
    folder = CHECKOUT.joinpath("ssc_hand", *parts)
    return (path.parent.name for path in folder.glob("*/__init__.py"))


def full(names: set[str], *, inside: str) -> set[str]:
    """`names` as modules inside the package `inside`."""
    return {f"{inside}.{name}" for name in names}


def test_every_room_but_two_is_kept_free_of_qt() -> None:
    expected = full({*rooms(), "i18n", "resources"} - {"ui", "app"}, inside="ssc_hand")
    assert contract("qt", "source_modules") == expected


def test_every_panel_is_a_stranger_to_the_others() -> None:
    assert contract("panels", "modules") == full({*rooms("ui")} - SHARED_IN_UI, inside="ssc_hand.ui")


def test_every_room_of_ui_but_the_models_is_kept_from_storage() -> None:
    expected = full({*rooms("ui")} - {"models"}, inside="ssc_hand.ui")
    assert contract("widgets", "source_modules") - {"ssc_hand.ui.main_window"} == expected


@pytest.mark.parametrize("room", ["forms", "models"])
def test_widgets_know_no_room_of_ui(room: str) -> None:
    assert f"ssc_hand.ui.{room}" in contract("widgets-alone", "forbidden_modules")
    assert contract("panels", "modules") <= contract("widgets-alone", "forbidden_modules")
